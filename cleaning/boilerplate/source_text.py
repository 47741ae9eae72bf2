"""Source text in a story: a tutorial shows notices of rights, links and tags, and none of them is the page's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.boilerplate.rule import Page
from cleaning.records import Mark

# "~~~" is a line in many a plain text.
_FENCE = re.compile(r"```")
# How comments and tags begin in source text, and how its statements end or begin. Both have to meet: "# 1 in the list"
# or a line that ends with ";" alone may be prose.
_COMMENT = re.compile(r"(?://|/\*|\*\s|#\s|--\s|<!--|<[a-z][\w-]*[\s>])")
_STATEMENT = re.compile(
    r".*[;{}]$|.*\w\([^()]*\):?$|(?:import|const|let|var|def|class|return|package|using|#include|<\?php)\s\S+(?:\s\S+){0,4}$"
)
_MOST_CHARS = 200


def without_source_text(page: Page, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks but those on source text: between fences of Markdown, or comments and tags beside statements."""
    if not marks:
        return marks
    places = {line.start: line.index for line in page.lines}
    inside = _fenced(page)
    return [
        mark
        for mark in marks
        if (index := places.get(mark.start)) is None or not (index in inside or _is_comment(page, index))
    ]


def _fenced(page: Page) -> frozenset[int]:
    fences = [line.index for line in page.lines if _FENCE.match(line.text)]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return frozenset(index for first, last in pairs for index in range(first, last + 1))


def _is_comment(page: Page, index: int) -> bool:
    """Is a line a comment or a tag, and one beside it a statement?"""
    if not _COMMENT.match(page.lines[index].text):
        return False
    beside = [page.lines[place].text for place in (index - 1, index + 1) if 0 <= place < len(page.lines)]
    return any(len(text) <= _MOST_CHARS and _STATEMENT.match(text) for text in beside)
