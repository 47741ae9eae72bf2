"""Snapshots: whole or absent, made visible by one atomic swap.

<out>/published/latest          -> snapshots/<id>
<out>/published/snapshots/<id>/ documents/ removals/ relations/ quarantine/ sources/ manifest.json …
<out>/work/staging/<run id>/    what a run writes until it publishes
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from cleaning.errors import BrokenSnapshot

_TIMED = re.compile(r"\d{8}T\d{9}-[0-9a-f]+")


def published_folder(out: Path) -> Path:
    """``<out>/published``."""
    return out / "published"


def staging_folder(out: Path) -> Path:
    """``<out>/work/staging``."""
    return out / "work" / "staging"


def latest_snapshot(out: Path) -> Path | None:
    """The folder of the published snapshot, or None before the first one.

    Raises:
        BrokenSnapshot: ``latest`` points to nothing, or is no link.
    """
    link = published_folder(out) / "latest"
    if not os.path.lexists(link):
        return None
    if not link.is_symlink():
        raise BrokenSnapshot(
            f"{link}: is no link but a copy: whoever copied the output followed links. Copy it with them (cp -a), or "
            f"delete {link} and make it anew, a link to the newest of the snapshots beside it (ln -s snapshots/NAME)"
        )
    if not link.is_dir():
        raise BrokenSnapshot(
            f"{link}: points to {os.readlink(link)}, which is not there; remove the link and run again"
        )
    return link.resolve()


def snapshot_name(out: Path, run_id: str) -> str:
    """The name of the snapshot that a run publishes: its id, which begins with the time of the run.

    Names sort by age, whatever the machine's clock does: where it went back since the newest snapshot was published,
    the name takes the time after that one's.
    """
    folder = published_folder(out) / "snapshots"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    newest = max((name for name in names if _TIMED.fullmatch(name)), default="")
    if run_id > newest:
        return run_id
    after = datetime.strptime(newest.partition("-")[0], "%Y%m%dT%H%M%S%f") + timedelta(milliseconds=1)
    return f"{after:%Y%m%dT%H%M%S}{after.microsecond // 1000:03d}-{run_id.partition('-')[2]}"


def swap_in(staged: Path, out: Path, snapshot: str) -> Path:
    """Moves a staged snapshot to its place and points ``latest`` to it; returns the new folder.

    Every file is on disk before the swap, and the swap is one rename: a reader sees this snapshot or
    the one before, also when the machine dies in between.
    """
    folder = published_folder(out) / "snapshots"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(staged.rglob("*")):
        _sync(path)
    _sync(staged)
    target = folder / snapshot
    staged.rename(target)
    _sync(folder)
    link = published_folder(out) / "latest"
    fresh = link.with_name(f".latest-{snapshot}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("snapshots") / snapshot, target_is_directory=True)
    os.replace(fresh, link)
    _sync(link.parent)
    return target


def prune(out: Path, keep: int) -> tuple[str, ...]:
    """Deletes all but the ``keep`` newest snapshots, never the published one; returns their names."""
    folder = published_folder(out) / "snapshots"
    latest = latest_snapshot(out)
    # Their names sort by age: see snapshot_name.
    names = sorted((path.name for path in folder.iterdir() if path.is_dir()), reverse=True)
    old = [name for name in names[keep:] if latest is None or name != latest.name]
    for name in old:
        doomed = folder / f".{name}.deleted"
        (folder / name).rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    return tuple(old)


def _sync(path: Path) -> None:
    if path.is_symlink():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        # Some file systems refuse to sync a folder; the rename is atomic there all the same.
        if not path.is_dir():
            raise
    finally:
        os.close(descriptor)
