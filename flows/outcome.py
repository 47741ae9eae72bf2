"""How the last run into an output ended, for whoever asks later. Kept in ``<out>/work``, never published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cleaning.errors import Locked
from flows.files import read_json, write_json
from flows.messages import message_of

_FILE = "last-outcome.json"


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last run that came to an end ended, and when; ``fault`` is empty where it ended well.

    ``began_at`` of the run that came after it, which is under way or was killed; None where there is none.
    """

    ended_at: datetime | None
    fault: str
    began_at: datetime | None


def read_outcome(out: Path) -> LastRun:
    """What is noted in an output."""
    note = _read(out)
    return LastRun(_time(note.get("ended_at")), str(note.get("fault", "")), _time(note.get("began_at")))


@contextmanager
def outcome_noted(out: Path) -> Iterator[None]:
    """Notes how the run inside ends, also one that ends before it has begun; not in an output that is not there."""
    try:
        yield
    except Locked:
        raise  # the run that holds the lock says how it ends
    except BaseException as error:
        _note(out, message_of(error))
        raise
    _note(out, "")


def note_beginning(out: Path) -> None:
    """Notes that a run is under way. The lock on the output is held."""
    with suppress(OSError):
        write_json(out / "work" / _FILE, _read(out) | {"began_at": datetime.now(UTC)})


def _note(out: Path, fault: str) -> None:
    with suppress(OSError):  # the error that is noted may be that of a full disk
        if (out / "work").is_dir():
            write_json(out / "work" / _FILE, {"ended_at": datetime.now(UTC), "fault": fault})


def _read(out: Path) -> dict[str, Any]:
    try:
        note = read_json(out / "work" / _FILE)
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _time(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
