"""How the last run into an output ended, for whoever asks later. Kept in ``<out>/work``, never published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cleaning.errors import BadCall, Locked
from flows.files import read_json, write_json
from flows.last_run import is_last_run
from flows.messages import message_of
from flows.settings import RunRequest

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
def outcome_noted(request: RunRequest, *, by_hand: bool) -> Iterator[None]:
    """Notes how the run inside ends, also one that ends before it has begun; not in an output that is not there.

    ``by_hand``: somebody at a command line sees what is wrong with the call, and it says nothing of the corpus. It does
    where the same call could be carried out before: its inputs or its recipe are what went wrong since.
    """
    try:
        yield
    except Locked:
        raise  # the run that holds the lock says how it ends
    except BaseException as error:
        if not (by_hand and isinstance(error, BadCall) and not is_last_run(request)):
            _note(request.out, message_of(error))
        raise
    _note(request.out, "")


@contextmanager
def beginning_noted(out: Path) -> Iterator[None]:
    """Notes that a run is under way. The lock on the output is held. A call that is wrong leaves what was noted."""
    before = _read(out)
    with suppress(OSError):
        write_json(out / "work" / _FILE, before | {"began_at": datetime.now(UTC)})
    try:
        yield
    except BadCall:
        with suppress(OSError):
            write_json(out / "work" / _FILE, before)
        raise


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
