"""One writer for one output at a time, by a lock that the kernel drops when its holder dies."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cleaning.errors import BadCall, Locked

_PATIENCE_SECONDS = 0.5


@contextmanager
def output_lock(out: Path) -> Iterator[None]:
    """Hold ``<out>/work/.lock``. The file stays: deleting it would let two writers in.

    Raises Locked when another run holds it, BadCall when the output cannot be written.
    """
    work = out / "work"
    _refuse_read_only(out / "published")
    try:
        work.mkdir(parents=True, exist_ok=True)
        # Not at once: whoever asks who writes here holds the lock for a moment.
        lock = FileLock(work / ".lock", timeout=_PATIENCE_SECONDS)
        lock.acquire()
    except Timeout:
        raise Locked(_who_holds(work / ".lock.json", out)) from None
    except OSError as error:
        raise BadCall(
            f"{out}: cannot be written ({error.strerror}). Make it writable, or name another --out."
        ) from error
    try:
        _name_holder(work / ".lock.json")
        yield
    finally:
        lock.release()


def who_writes(out: Path) -> str | None:
    """Who holds the lock on an output; None where nobody does. Nothing is written for the answer."""
    place = out / "work" / ".lock"
    try:
        file = place.open("rb")
    except OSError:
        return None
    with file:
        try:
            import fcntl
        except ImportError:  # Windows
            return _who_writes_by_trying(place, out)
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _who_holds(out / "work" / ".lock.json", out)
    return None


def _who_writes_by_trying(place: Path, out: Path) -> str | None:
    try:
        with FileLock(place, timeout=0):
            return None
    except Timeout:
        return _who_holds(out / "work" / ".lock.json", out)
    except OSError:
        return None


def _refuse_read_only(published: Path) -> None:
    # Said before hours of work, not after them, when the snapshot is to be moved there.
    for folder in (published, published / "snapshots"):
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise BadCall(f"{folder}: cannot be written (it is read-only). Make it writable, or name another --out.")


def _name_holder(note: Path) -> None:
    since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    with suppress(OSError):  # only a courtesy to whoever comes second
        note.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")


def _who_holds(note: Path, out: Path) -> str:
    who = "Another run"
    with suppress(OSError, ValueError, KeyError):
        holder = json.loads(note.read_text(encoding="utf-8"))
        who = f"Another run (process {holder['pid']}, since {holder['since']})"
    return f"{who} is writing to {out}. Wait until it has ended, or name another --out."
