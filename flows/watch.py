"""Bounds on a worker, kept by the kernel: they hold in C code too, where no thread of Python gets a turn.

A worker notes which document it is at. When it dies, the note tells which; a document that ran out of time is
rejected at once, one that two workers died of at the second death: the first may be somebody else's doing.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from cleaning.records import Reason, Rejection, Source, Stage
from flows.files import read_json, write_json

# A document may wait for disks and for its turn: by the clock it gets so many times its processor seconds.
_CLOCK_TIMES = 10
_DEATHS = 2
# What the timers send; nobody handles them, so they end the process.
TIME_SIGNALS = tuple(getattr(signal, name) for name in ("SIGPROF", "SIGALRM") if hasattr(signal, name))

_Item = TypeVar("_Item")


class Watch:
    """Notes the document that a chunk is at, and bounds the time that it may take."""

    def __init__(self, chunk: Path, seconds: int) -> None:
        self._path = _note_file(chunk)
        self._seconds = seconds if TIME_SIGNALS else 0
        self._file = -1

    def __enter__(self) -> Self:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)
        with suppress(OSError):
            self._path.unlink()

    @contextmanager
    def document(self, source: Source) -> Iterator[None]:
        """While this lasts, the chunk is at the document, and its time runs."""
        note = f"{source.id}\n{source.container or ''}\n{source.path}".encode("utf-8", "surrogatepass")
        os.ftruncate(self._file, len(note))
        os.pwrite(self._file, note, 0)
        self._set_timers(self._seconds)
        try:
            yield
        finally:
            self._set_timers(0)

    def next_item(self, source: Source, items: Iterator[_Item]) -> _Item | None:
        """The next of the items that are read from a file; None at the end."""
        with self.document(source):
            return next(items, None)

    def _set_timers(self, seconds: int) -> None:
        if self._seconds:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, seconds * _CLOCK_TIMES)


@contextmanager
def bounded_memory(limit: int) -> Iterator[None]:
    """While this lasts, the data of this process is at most ``limit`` bytes, where the system can: else MemoryError."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def note_death(chunk: Path, how: str, signal_number: int | None) -> bool:
    """Blames the document that a worker died at; False where the worker was at none."""
    try:
        source_id, container, path = _note_file(chunk).read_bytes().decode("utf-8", "surrogatepass").split("\n", 2)
    except (OSError, ValueError):
        return False
    known = _read(chunk)
    entry = known.setdefault(source_id, {"path": path, "container": container or None, "deaths": 0, "reason": None})
    entry["deaths"] += 1
    if signal_number in TIME_SIGNALS:
        entry["reason"] = str(Reason.TIMED_OUT)
        entry["detail"] = "it took more than the recipe's limits.document_seconds; raise the limit, or look at the file"
    elif entry["deaths"] >= _DEATHS:
        entry["reason"] = str(Reason.CRASHED)
        entry["detail"] = f"the process that cleaned it ended {entry['deaths']} times: {how} Please report this file."
    write_json(_blame_file(chunk), known)
    return True


def read_blame(chunk: Path) -> dict[str, Rejection]:
    """The rejections of the documents of a chunk that workers died of, by id."""
    return {
        key: Rejection(
            id=key,
            source=entry["path"],
            stage=Stage.CLEAN,
            reason=Reason(entry["reason"]),
            detail=entry["detail"],
            container=entry["container"],
        )
        for key, entry in _read(chunk).items()
        if entry["reason"]
    }


def _read(chunk: Path) -> dict[str, dict[str, Any]]:
    path = _blame_file(chunk)
    known: dict[str, dict[str, Any]] = read_json(path) if path.exists() else {}
    return known


def _note_file(chunk: Path) -> Path:
    return chunk.with_suffix(".now")


def _blame_file(chunk: Path) -> Path:
    return chunk.with_suffix(".blame")
