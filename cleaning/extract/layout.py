"""A page's main text with the blocks that were left out of it, each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaning.extract.blocks import Blocks
from cleaning.extract.render import render_lines

# In a text by someone else's hand a block is looked for in so many lines.
_AHEAD_LINES = 40
# A text of so many letters is no word of another one.
_LONG = 25
# More blocks than that are another text, and so is what is longer than this share of the text.
_MOST_PUT_BACK, _PUT_BACK_SHARE = 500, 0.5
# What blocks have around marks of notes and before powers and indices, and another hand's text has not.
_SIGNS = re.compile(r"[\s\[\]^_]+")


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
    """The lines of a text that somebody else made of the page, with the blocks that are not in it between them.

    A block is in the text where a line of it, not far behind the last one that was found, is the block or holds it;
    what is short has to be the whole line or a cell or item of it.
    """
    lines = text.split("\n")
    keys = [_key(line) for line in lines]
    cells = [{_key(cell) for cell in (*line.split("|"), line.lstrip(" -*•"))} for line in lines]
    page: list[PageLine] = []
    number = 0
    for block, score in zip(blocks.texts, likely, strict=True):
        key = _key(block)
        # The line before once more: several blocks can make one line.
        near = range(max(number - 1, 0), min(number + _AHEAD_LINES, len(lines)))
        found = next((n for n in near if key in cells[n] or (len(key) >= _LONG and key in keys[n])), None)
        # A block can be a paragraph that the other hand has broken into lines.
        if found is None and len(key) >= _LONG:
            found = next((n for n in near if len(keys[n]) >= _LONG and keys[n] in key), None)
        if found is None:
            page.append(Dropped(block, score))
        elif found >= number:
            page += lines[number : found + 1]
            number = found + 1
    return [*page, *lines[number:]]


def put_back(text: str, blocks: Blocks, sure: Sequence[str]) -> str:
    """A text that somebody else made of the page, with the sure blocks that are not in it in their places.

    Before the first and behind the last line of that text only long ones are, and none where they may be another text.
    """
    whole, lines_of = _key(text), set(map(_key, text.split("\n")))
    missing = {
        block for block in sure[:_MOST_PUT_BACK] if _key(block) not in (whole if len(block) >= _LONG else lines_of)
    }
    # What is short may have been joined to the line behind it.
    missing = {block for block in missing if len(block) >= _LONG or not _opens(_key(block), lines_of)}
    if not missing:
        return text
    lines = lay_out_text(text, blocks, [0.0] * len(blocks.texts))
    known = [number for number, line in enumerate(lines) if isinstance(line, str)]
    is_other = sum(len(block) for block in missing if len(block) >= _LONG) > _PUT_BACK_SHARE * len(text)
    found: list[str] = []
    for number, line in enumerate(lines):
        if isinstance(line, str):
            found.append(line)
        elif line.text in missing:
            is_inside = known[0] < number < known[-1]
            if is_inside or (len(line.text) >= _LONG and not is_other):
                found.append(line.text)
                missing.discard(line.text)
    return "\n".join(found)


def _opens(key: str, lines: Iterable[str]) -> bool:
    return any(line.startswith(key) for line in lines)


def _key(text: str) -> str:
    return _SIGNS.sub("", text)
