"""What the last run into an output was told, so that it can be repeated. Kept in ``<out>/work``, never published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cleaning.errors import BadCall
from flows.files import read_json, write_json
from flows.input_list import prune_lists
from flows.settings import RunRequest

_FILE = "last-run.json"


def note_run(request: RunRequest) -> None:
    """Notes the request. The lock on the output is held."""
    write_json(request.out / "work" / _FILE, _note_of(request))
    with suppress(OSError):
        prune_lists(request.out, request.absolute().inputs)


def is_last_run(request: RunRequest) -> bool:
    """Does a request name the inputs and the recipe of the last run that could be planned?"""
    try:
        return bool(read_json(request.out / "work" / _FILE) == _note_of(request))
    except (OSError, ValueError):
        return False


def _note_of(request: RunRequest) -> dict[str, Any]:
    whole = request.absolute()
    return {"inputs": list(whole.inputs), "recipe": str(whole.recipe) if whole.recipe else None}


@contextmanager
def nothing_left_of_no_run(out: Path) -> Iterator[None]:
    """Takes an output that was not there before away again, where the run inside comes to no plan. The lock is held."""
    try:
        yield
    except BaseException:
        work = out / "work"
        if not (work / _FILE).exists():
            with suppress(OSError):  # where a server has its home there it stays
                for path in work.iterdir():
                    path.unlink()
                work.rmdir()
                out.rmdir()
        raise


def read_last_run(out: Path) -> RunRequest:
    """The request of the last run.

    Raises:
        BadCall: none is noted.
    """
    try:
        found = read_json(out / "work" / _FILE)
    except (OSError, ValueError):
        raise BadCall(
            f"{out}: it is not known what the last run cleaned. Name the inputs: cleaning retry {out} INPUT"
        ) from None
    return RunRequest.of(found["inputs"], str(out), recipe=found["recipe"])
