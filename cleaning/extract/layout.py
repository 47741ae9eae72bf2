"""A page's main text with the blocks that were left out of it, each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaning.extract.blocks import Blocks
from cleaning.extract.render import render_lines

# A text by someone else's hand is compared with the blocks so far ahead, in characters without blanks.
_AHEAD = 20_000
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block that was left out, and how likely it was main content."""

    text: str
    score: float


PageLine = str | Dropped


def lay_out_blocks(blocks: Blocks, keep: Sequence[bool], likely: Sequence[float]) -> list[PageLine]:
    """The lines of the kept blocks, as they are rendered, with the others between them.

    A cell that is left out of a row comes behind the row.
    """
    starts = dict(render_lines(blocks, [number for number, is_kept in enumerate(keep) if is_kept]))
    page: list[PageLine] = []
    for number, is_kept in enumerate(keep):
        if number in starts:
            page.append(starts[number])
        elif not is_kept:
            page.append(Dropped(blocks.texts[number], likely[number]))
    return page


def lay_out_text(text: str, blocks: Blocks, likely: Sequence[float]) -> list[PageLine]:
    """The lines of a text that somebody else made of the page, with the blocks that are not in it between them."""
    lines = text.split("\n")
    ends, length = [], 0
    for line in lines:
        length += len(_BLANKS.sub("", line))
        ends.append(length)
    page: list[PageLine] = []
    number = 0
    for place, dropped in _missing(_BLANKS.sub("", text), blocks, likely):
        while number < len(lines) and ends[number] <= place:
            page.append(lines[number])
            number += 1
        page.append(dropped)
    return [*page, *lines[number:]]


def _missing(compact: str, blocks: Blocks, likely: Sequence[float]) -> Iterator[tuple[int, Dropped]]:
    """The blocks that a text without blanks does not hold, each with the end of the last one before that it does."""
    place = 0
    for text, score in zip(blocks.texts, likely, strict=True):
        key = _BLANKS.sub("", text)
        found = compact.find(key, place, place + _AHEAD + len(key))
        if found >= 0:
            place = found + len(key)
        else:
            yield place, Dropped(text, score)
