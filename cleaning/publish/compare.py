"""What differs between two snapshots, and what is in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from cleaning.errors import BadCall
from cleaning.publish.compare_fields import FieldChange, compare_fields
from cleaning.publish.manifest import MANIFEST, Manifest, check_files, read_manifest
from cleaning.publish.snapshot import latest_snapshot, published_folder

# Sources that are named for each reason of the quarantine.
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Sources of documents that are only in the second snapshot, only in the first, or in both with other texts.

    ``outcomes``: sources whose outcome is another: (source, before, after). ``fields``: those
    that have other values in documents of both, which are ``with_other_metadata`` in all.
    """

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    outcomes: tuple[tuple[str, str, str], ...]
    with_other_metadata: int
    fields: tuple[FieldChange, ...]


def list_snapshots(out: Path) -> list[tuple[Manifest, Path, bool]]:
    """The snapshots of an output, oldest first, and whether each is the published one."""
    folder = published_folder(out) / "snapshots"
    latest = latest_snapshot(out)
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [
        (read_manifest(path), path, latest is not None and path.name == latest.name)
        for path in paths
        if (path / MANIFEST).is_file() and not path.name.startswith(".")
    ]


def find_snapshot(out: Path, wanted: str) -> Path:
    """The snapshot whose name begins so; ``latest`` is the published one, ``previous`` the one before it.

    Raises:
        BadCall: none or several do.
    """
    known = list_snapshots(out)
    if wanted == "latest":
        found = [path for _, path, is_latest in known if is_latest]
    elif wanted == "previous":
        found = _before_latest(known)
    else:
        found = [path for _, path, _ in known if path.name.startswith(wanted)]
    if len(found) != 1:
        raise BadCall(_not_one(out, wanted, [path.name for path in found], [path.name for _, path, _ in known]))
    return found[0]


def _before_latest(known: Sequence[tuple[Manifest, Path, bool]]) -> list[Path]:
    """The snapshot that was the published one before, where it is still there.

    Not simply the one before in age: a run that was killed may have left one that never was published, and whoever
    went back to an older one goes on from there.
    """
    latest = next(((manifest, path) for manifest, path, is_latest in known if is_latest), None)
    if latest is None:
        return []
    manifest, place = latest
    if manifest.previous is not None:
        return [path for _, path, _ in known if path.name == manifest.previous]
    return [path for _, path, _ in known if path.name < place.name][-1:]


def _not_one(out: Path, wanted: str, found: list[str], known: list[str]) -> str:
    if found:
        return f"{wanted}: {len(found)} snapshots of {out} begin so: {', '.join(found)}; give more of the name."
    if wanted == "previous" and len(known) == 1:
        return f"{out}: there is only one snapshot so far, {known[0]}. The next run that changes something adds one."
    if wanted == "previous":
        said = "the snapshot before the published one is not there, or not any more"
        return f"{out}: {said}. There are: {', '.join(known) or 'none'}."
    words = "latest, previous" if len(known) > 1 else "latest"
    return f"{wanted}: no snapshot of {out} begins so. There are: {', '.join(known) or 'none'}; or say {words}."


def compare_snapshots(first: Path, second: Path) -> Difference:
    """What became of the sources from the first snapshot to the second, sorted.

    Raises:
        BrokenSnapshot: a file of one is missing or has another size.
    """
    check_files(first)
    check_files(second)
    before, after = _texts(first), _texts(second)
    outcomes_before, outcomes_after = _outcomes(first), _outcomes(second)
    with_other_metadata, fields = compare_fields(first, second)
    both = sorted(outcomes_before.keys() & outcomes_after.keys())
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(key for key in before.keys() & after.keys() if before[key] != after[key])),
        outcomes=tuple(
            (key, outcomes_before[key], outcomes_after[key])
            for key in both
            if outcomes_before[key] != outcomes_after[key]
        ),
        with_other_metadata=with_other_metadata,
        fields=fields,
    )


def count_quarantine(snapshot: Path) -> list[tuple[str, str, int, tuple[str, ...]]]:
    """(stage, reason, rows, the first sources) of the quarantine, most rows first.

    Raises:
        BrokenSnapshot: a file of the snapshot is missing or has another size.
    """
    check_files(snapshot)
    rows = ds.dataset(snapshot / "quarantine").to_table(columns=["stage", "reason", "source"]).to_pylist()
    sources: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        sources.setdefault((row["stage"], row["reason"]), []).append(row["source"])
    ordered = sorted(sources.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(stage, reason, len(names), tuple(sorted(names)[:_EXAMPLES])) for (stage, reason), names in ordered]


def bytes_on_disk(paths: Iterator[Path]) -> int:
    """Bytes of the files under the folders; a file that several snapshots share counts once."""
    sizes: dict[tuple[int, int], int] = {}
    for folder in paths:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                status = path.stat()
                sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())


def _texts(snapshot: Path) -> dict[str, str]:
    rows = ds.dataset(snapshot / "documents").to_table(columns=["source", "text_sha256"])
    return dict(zip(rows["source"].to_pylist(), rows["text_sha256"].to_pylist(), strict=True))


def _outcomes(snapshot: Path) -> dict[str, str]:
    rows = ds.dataset(snapshot / "sources").to_table(columns=["source", "outcome"])
    return dict(zip(rows["source"].to_pylist(), rows["outcome"].cast(pa.string()).to_pylist(), strict=True))
