"""What the last run into an output was told, so that it can be repeated. Kept in ``<out>/work``, never published."""

from __future__ import annotations

from pathlib import Path

from cleaning.errors import BadCall
from flows.files import read_json, write_json
from flows.settings import RunRequest

_FILE = "last-run.json"


def note_run(request: RunRequest) -> None:
    """Notes the request. The lock on the output is held."""
    whole = request.absolute()
    write_json(
        request.out / "work" / _FILE,
        {"inputs": list(whole.inputs), "recipe": str(whole.recipe) if whole.recipe else None},
    )


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
