"""Bounds on a worker, kept by the kernel: they hold in C code too, where no thread of Python gets a turn.

A worker notes which document it is at, and of a file that it reads at which item, for as long as it is at it. When it
dies, the note tells which; what ran out of time is rejected at once, what two workers died of at the second death: the
first may be somebody else's doing.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from cleaning.records import Reason, Rejection, Source, Stage
from flows.files import read_json, write_json

# A document may wait for disks and for its turn: by the clock it gets so many times its processor seconds.
_CLOCK_TIMES = 10
_DEATHS = 2
# A file at whose items workers die here and there is given up, too.
_DEATHS_IN_ALL = 6
# What the timers send; nobody handles them, so they end the process.
TIME_SIGNALS = tuple(getattr(signal, name) for name in ("SIGPROF", "SIGALRM") if hasattr(signal, name))

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Blame:
    """Why a document or file is rejected. ``items``: so many were read of a file before; None: it was being cleaned."""

    rejection: Rejection
    items: int | None


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
    def document(self, source: Source, items: int | None = None) -> Iterator[None]:
        """While this lasts, the chunk is at the document, and its time runs.

        ``items``: so many of the file have been read, and the next one is; None: the document is cleaned.
        """
        said = {"id": source.id, "container": source.container, "path": source.path, "items": items}
        note = json.dumps(said).encode("ascii")
        os.ftruncate(self._file, len(note))
        os.pwrite(self._file, note, 0)
        self._set_timers(self._seconds)
        try:
            yield
        finally:
            self._set_timers(0)
            # What the worker dies of from here on is not this document's doing.
            os.ftruncate(self._file, 0)

    def read(self, source: Source, items: Iterator[_Item], end: int | None) -> Iterator[_Item]:
        """The items that are read from a file; of one that workers died of the first ``end``."""
        for number in count():
            if number == end:
                return
            with self.document(source, number):
                item = next(items, None)
            if item is None:
                return
            yield item

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
        note = json.loads(_note_file(chunk).read_bytes())
    except (OSError, ValueError):
        return False
    known = _read(chunk)
    new = {"path": note["path"], "container": note["container"], "deaths": {}, "reason": None}
    entry = known.setdefault(note["id"], new)
    deaths, items = entry["deaths"], note["items"]
    deaths[str(items)] = deaths.get(str(items), 0) + 1
    where = f" when it was read on behind entry {items:,}, and nothing from there on is published" if items else ""
    if signal_number in TIME_SIGNALS:
        said = f"it took more than the recipe's limits.document_seconds{where}; raise the limit, or look at the file"
        entry |= {"reason": str(Reason.TIMED_OUT), "detail": said, "items": items}
    elif deaths[str(items)] >= _DEATHS or sum(deaths.values()) >= _DEATHS_IN_ALL:
        said = f"the process that cleaned it ended {sum(deaths.values())} times{where}: {how} Please report this file."
        entry |= {"reason": str(Reason.CRASHED), "detail": said, "items": items}
    write_json(_blame_file(chunk), known)
    return True


def read_blame(chunk: Path) -> dict[str, Blame]:
    """The documents and files of a chunk that workers died of, by id."""
    return {
        key: Blame(
            Rejection(
                id=key,
                source=entry["path"],
                stage=Stage.CLEAN if entry["items"] is None else Stage.INGEST,
                reason=Reason(entry["reason"]),
                detail=entry["detail"],
                container=entry["container"],
            ),
            entry["items"],
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
