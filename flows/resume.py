"""What a run that was killed had finished, for the run after it.

A part is what one batch of one chunk became. It holds for every chunk of the same sources, with the same sizes and
modification times, under the same engine: rules, model, recipe, suites and schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cleaning.publish.parts import whole_parts
from flows.files import CHUNKS, LINES, PARTS, RUN_FILE, read_json

# Key of a chunk to the parts that were made of it.
Finished = Mapping[str, list[Path]]


def finished_parts(root: Path, engine: str) -> Finished:
    """The parts in the staging folders of runs that did not come to their end."""
    found: dict[str, list[Path]] = {}
    for staging in sorted(root.iterdir()) if root.is_dir() else ():
        with suppress(OSError, ValueError, KeyError):
            if read_json(staging / RUN_FILE)["engine"] != engine:
                continue
            for chunk in (staging / CHUNKS).glob("[0-9]*.json"):
                # Templates may have been cut off these parts already: then they are no longer what they were.
                parts = whole_parts(staging / PARTS, f"{chunk.stem}.[0-9]*")
                whole = [part for part in parts if (staging / LINES / part.name).is_dir()]
                if whole and not list((staging / PARTS).glob("kept-*")):
                    found.setdefault(_key(chunk), whole)
    return found


def take_over(chunk: Path, finished: Finished) -> None:
    """Moves the finished parts of the same chunk to the staging folder of ``chunk``."""
    staging = chunk.parent.parent
    for part in finished.get(_key(chunk), ()):
        number = part.name.rpartition(".")[2]
        with suppress(OSError):
            (part.parent.parent / LINES / part.name).rename(staging / LINES / f"{chunk.stem}.{number}")
            part.rename(staging / PARTS / f"{chunk.stem}.{number}")


def _key(chunk: Path) -> str:
    return sha256(chunk.read_bytes()).hexdigest()
