"""``cleaning snapshots``: what is published, since when, and what changed."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App

if TYPE_CHECKING:
    from rich.console import Console

    from cleaning.publish.compare_fields import FieldChange

SNAPSHOTS_HELP = """The published snapshots: list them, delete old ones, say what changed between two.

For example:

```
cleaning snapshots list data
cleaning snapshots diff previous latest --data data
cleaning snapshots prune data --keep 2
```
"""
_SHOWN = 20
_VALUE_CHARS = 80

app = App(name="snapshots", help=SNAPSHOTS_HELP, help_format="markdown")


@app.command(name="list")
def list_(data: str = "data") -> int:
    """List the snapshots, oldest first; the published one is marked.

    Parameters
    ----------
    data
        The folder or remote place that runs publish in.
    """
    from rich.table import Table

    from cleaning.counted import counted
    from cleaning.publish.compare import bytes_on_disk, list_snapshots
    from flows.settings import output_of

    known = list_snapshots(_published(data))
    table = Table("", box=None)
    # A name that is cut short cannot be given to the next command.
    table.add_column("snapshot", min_width=max((len(path.name) for _, path, _ in known), default=0))
    for head in ("created", "documents", "quarantined", "MB"):
        table.add_column(head)
    for manifest, path, is_latest in known:
        created, counts = f"{manifest.created_at:%Y-%m-%d %H:%M} UTC", manifest.counts
        size = f"{sum(file.bytes for file in manifest.files) / 1e6:,.1f}"
        row = (path.name, created, f"{counts.documents:,}", f"{counts.quarantined:,}", size)
        table.add_row("→" if is_latest else "", *row)
    console = _console()
    console.print(table)
    if output_of(data)[0]:
        stored = sum(file.bytes for manifest, _, _ in known for file in manifest.files) / 1e6
        console.print(f"{counted(len(known), 'snapshot')}, {stored:,.1f} MB", markup=False)
        return 0
    on_disk = bytes_on_disk(path for _, path, _ in known) / 1e6
    console.print(
        f"{counted(len(known), 'snapshot')}, {on_disk:,.1f} MB on disk: files that did not change are shared",
        markup=False,
    )
    return 0


@app.command
def prune(data: str = "data", *, keep: int = 5) -> int:
    """Delete all but the newest snapshots; never the published one.

    Parameters
    ----------
    data
        The folder or remote place that runs publish in.
    keep
        How many stay.
    """
    from cleaning.errors import BadCall
    from cleaning.publish.snapshot import prune as prune_snapshots
    from flows.lock import output_lock
    from flows.remote import RemoteOutput, drop_old
    from flows.settings import output_of

    if keep < 1:
        raise BadCall(f"--keep {keep}: at least one snapshot stays.")
    address, out = output_of(data)
    with output_lock(out if address else _published(data)):
        gone = drop_old(RemoteOutput(address), keep) if address else prune_snapshots(out, keep)
    _console().print(f"deleted {len(gone)}: {', '.join(gone)}" if gone else "nothing to delete", markup=False)
    return 0


@app.command
def diff(first: str, second: str = "latest", *, data: str = "data") -> int:
    """Say which documents came, went and changed from one snapshot to another, and what of their metadata did.

    Parameters
    ----------
    first
        Name of a snapshot, the beginning of one, or `previous`.
    second
        The same; `latest` unless given.
    data
        The folder or remote place that runs publish in.
    """
    from cleaning.counted import counted
    from cleaning.publish.compare import compare_snapshots, find_snapshot
    from flows.mirror import fetch_whole

    out = _published(data)
    both = [fetch_whole(data, find_snapshot(out, wanted)) for wanted in (first, second)]
    found = compare_snapshots(*both)
    console = _console()
    for mark, names in (("+", found.added), ("-", found.gone), ("~", found.changed)):
        _print_some(console, mark, names)
    _print_some(console, ">", tuple(f"{name}: {before} → {after}" for name, before, after in found.outcomes))
    for change in found.fields:
        _print_field(console, change)
    said = (
        f"{len(found.added):,} new, {len(found.gone):,} gone, {len(found.changed):,} with another text, "
        f"{found.with_other_metadata:,} with other metadata"
    )
    console.print(f"{said}; {counted(len(found.outcomes), 'source')} with another outcome", markup=False)
    return 0


def _published(folder: str) -> Path:
    from cleaning.errors import BadCall
    from cleaning.publish.snapshot import latest_snapshot
    from flows.mirror import open_view

    out = open_view(folder)
    if latest_snapshot(out) is None:
        raise BadCall(f"{folder}: nothing is published there yet. Run: cleaning run INPUT --out {folder}")
    return out


def _print_some(console: Console, mark: str, names: tuple[str, ...]) -> None:
    for name in names[:_SHOWN]:
        console.print(f"{mark} {name}", markup=False)
    if len(names) > _SHOWN:
        console.print(f"{mark} … and {len(names) - _SHOWN:,} more", markup=False)


def _print_field(console: Console, change: FieldChange) -> None:
    from cleaning.counted import counted

    console.print(f"{change.field} changed in {counted(change.documents, 'document')}", markup=False)
    for source, *values in change.examples:
        before, after = (_shortened(value) or "(nothing)" for value in values)
        console.print(f"    {source}: {before} → {after}", markup=False)
    if change.documents > len(change.examples):
        console.print(f"    … and {change.documents - len(change.examples):,} more", markup=False)


def _shortened(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _VALUE_CHARS else line[: _VALUE_CHARS - 1] + "…"


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=True, highlight=False)


def where_it_went(snapshot: Path, data: str) -> str:
    """The call that says what went since the snapshot before, where that is still there."""
    from cleaning.publish.manifest import read_manifest

    before, place = read_manifest(snapshot).previous, data
    if before is None or not (snapshot.parent / before).is_dir():
        return ""
    names = "previous latest"
    if Path(data).resolve() == snapshot:  # one snapshot was named, maybe an older one
        names, place = f"{before} {snapshot.name}", os.path.relpath(snapshot.parents[2])
    called = "" if place == "data" else f" --data {shlex.quote(place)}"
    return f"What went since the snapshot before: cleaning snapshots diff {names}{called}"
