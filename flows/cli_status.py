"""``cleaning status``: what is published, and how the last run ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App

if TYPE_CHECKING:
    from rich.console import Console

HELP = """What is published in a folder, how the last run ended, what changed, and what waits in quarantine.

Exit code 0: the last run ended well, or the first one is under way; 1: it failed, was stopped or was
killed, or is older than `--max-age`, and readers see the snapshot before it, if there is one; 2:
nothing is published, or the call is wrong. For example:

```
cleaning status data
cleaning status data --max-age 26h
```
"""
_MARGIN = 13

app = App(name="status", help=HELP, help_format="markdown")


@app.default
def status(data: str = "data", *, max_age: str | None = None) -> int:
    """Say what is published, since when, how the last run ended, and what waits.

    Parameters
    ----------
    data
        The folder or remote place that runs publish in.
    max_age
        A last run that ended longer ago counts as failed: 26h, 90m, 8d. A schedule that has stopped is noticed so.
    """
    from rich.console import Console

    from cleaning.errors import BadCall
    from cleaning.publish.snapshot import latest_snapshot
    from flows.mirror import open_view
    from flows.settings import output_of

    address, work = output_of(data)
    running = _who_runs(work)
    fault, ended = _last_run(work, is_running=running is not None)
    limit = _parse_age(max_age)
    console = Console(soft_wrap=True, highlight=False)
    if fault:
        _print(console, "last run", ended)
    out = open_view(data)
    is_published = latest_snapshot(out) is not None
    if is_published:
        _print_published(console, out)
    elif fault or running:
        _print(console, "published", "nothing is published there yet")
    else:
        raise BadCall(f"{data}: nothing is published there yet. Run: cleaning run INPUT --out {data}")
    if not fault:
        fault, ended = _too_old(work, ended, limit, is_running=running is not None)
        _print(console, "last run", ended)
    _print(console, "running", running or "no run writes here now")
    if is_published:
        _print_quarantine(console, out, address or str(work))
    return 1 if fault else 0


def _last_run(work: Path, *, is_running: bool) -> tuple[bool, str]:
    """Whether the last run failed, and what is to be said of it."""
    from flows.outcome import read_outcome

    last = read_outcome(work)
    if last.began_at is not None and not is_running:
        return True, (
            f"FAILED: it began at {last.began_at:%Y-%m-%d %H:%M:%S} UTC and did not come to its end (killed, or the "
            "machine went down). Run again: what it had finished is taken over."
        )
    if last.ended_at is None:
        return False, "no run has been noted"
    when = f"{last.ended_at:%Y-%m-%d %H:%M:%S} UTC"
    return bool(last.fault), f"FAILED {when}: {last.fault}" if last.fault else f"ended well, {when}"


def _parse_age(text: str | None) -> timedelta | None:
    from cleaning.errors import BadCall
    from flows.schedule import parse_every

    age = parse_every(text) if text else None
    if text and age is None:
        raise BadCall(f'--max-age "{text}" is not a time span. Write 90m, 26h or 8d.')
    return age


def _too_old(work: Path, ended: str, limit: timedelta | None, *, is_running: bool) -> tuple[bool, str]:
    """Whether the last run is too long ago, and what is to be said of it."""
    from flows.outcome import read_outcome

    at = read_outcome(work).ended_at
    if limit is None or is_running or (at is not None and datetime.now(UTC) - at <= limit):
        return False, ended
    return True, f"TOO OLD: {ended}, longer ago than --max-age"


def _print_published(console: Console, out: Path) -> None:
    from cleaning.counted import counted
    from cleaning.publish.compare import list_snapshots

    known = list_snapshots(out)
    manifest, path, _ = next(item for item in known if item[2])
    counts = manifest.counts
    _print(console, "published", f"{path.name}, {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC")
    _print(console, "inputs", ", ".join(manifest.inputs))
    _print(
        console,
        "sources",
        f"{counts.sources:,} in {counted(counts.files, 'file')} = {counted(counts.documents, 'document')} + "
        f"{counts.quarantined:,} quarantined + {counts.skipped:,} skipped",
    )
    _print(console, "changes", f"files: {counts.changes}")
    _print(console, "snapshots", str(len(known)))


def _print_quarantine(console: Console, out: Path, place: str) -> None:
    from cleaning.publish.compare import count_quarantine, find_snapshot

    rows = count_quarantine(find_snapshot(out, "latest"))
    for stage, reason, n, sources in rows:
        more = ", …" if n > len(sources) else ""
        _print(console, "quarantine", f"{n:>6,}  {stage}: {reason}: {', '.join(sources)}{more}")
    if rows:
        _print(console, "", f"mend the files or the recipe, then: cleaning retry {place}")


def _print(console: Console, name: str, text: str) -> None:
    lines = text.split("\n")
    console.print(f"{name:<{_MARGIN}}" + f"\n{'':{_MARGIN}}".join(lines), markup=False)


def _who_runs(out: Path) -> str | None:
    from flows.lock import who_writes

    holder = who_writes(out)
    return holder and holder.partition(" is writing")[0]
