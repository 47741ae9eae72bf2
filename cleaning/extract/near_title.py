"""Where the title of a page stands among its blocks, and what stands beside it: bylines and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaning.extract.blocks import Blocks

# Where bylines stand, counted in blocks from the title.
BLOCKS_BEHIND, BLOCKS_BEFORE = 12, 5
_LEAST_LETTERS, _MOST_CHARS = 8, 400
_SIGNS = re.compile(r"[\W_]+")


def texts_near_title(blocks: Blocks, title: str | None) -> list[str]:
    """The texts of the title's block and of those behind it, then of those before it; none where it does not stand out.

    The title's block is the heading that says it, else the first block that does, else the last h1: teasers below a
    story have headings of their own.
    """
    at = _title_block(blocks, _letters(title or ""))
    if at is None:
        return []
    return [*blocks.texts[at : at + BLOCKS_BEHIND], *blocks.texts[max(0, at - BLOCKS_BEFORE) : at]]


def _title_block(blocks: Blocks, title: str) -> int | None:
    heads = [number for number, node in enumerate(blocks.node) if blocks.nodes.tag[node] == "h1"]
    if title:
        for number in heads:
            if _is_said(title, blocks.texts[number]):
                return number
        for number, text in enumerate(blocks.texts):
            if len(text) <= _MOST_CHARS and _letters(text) == title:
                return number
    return heads[-1] if heads else None


def _is_said(title: str, text: str) -> bool:
    """Does a heading say the title, or a part of it, or the title and more?"""
    said = _letters(text[:_MOST_CHARS])
    shorter, longer = sorted((said, title), key=len)
    return said == title or (len(shorter) >= _LEAST_LETTERS and shorter in longer)


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()
