"""The lines of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from cleaning.boilerplate.rule import Line, Page
from cleaning.boilerplate.wrapped import rows_joined

# Number of a line, counted from 1, its offsets, and whether a blank row or none is before and after it.
_Place = tuple[int, int, int, bool, bool]


def split_page(text: str, title: str | None = None, before: Page | None = None) -> Page:
    """The page of a normalised text. What was found out of equal lines of a page ``before`` is taken over.

    The rows of a paragraph that was broken to a width are one line, whose text has a blank for each line break.

    >>> [line.text for line in split_page("a\\n\\n b").lines]
    ['a', 'b']
    """
    rows = text.split("\n")
    bare = [row.strip() for row in rows]
    return _page(text, _places(rows, bare, rows_joined(bare)), title, before)


def page_of_rows(rows: Sequence[str]) -> Page:
    """The page of the rows, each that is not empty a line of its own, whatever stands around it.

    >>> [line.text for line in page_of_rows(["a ", "", "b"]).lines]
    ['a', 'b']
    """
    return _page("\n".join(rows), _places(rows, [row.strip() for row in rows], ()))


def _page(text: str, places: Iterable[_Place], title: str | None = None, before: Page | None = None) -> Page:
    known = {line.text: line.__dict__ for line in before.lines} if before else {}
    nothing: dict[str, Any] = {}
    lines: list[Line] = []
    fresh: list[Line] = []
    for number, start, end, blank_before, blank_after in places:
        shown = text[start:end].replace("\n", " ")
        line = Line.placed(
            known.get(shown, nothing),
            index=len(lines),
            number=number,
            start=start,
            end=end,
            text=shown,
            blank_before=blank_before,
            blank_after=blank_after,
        )
        lines.append(line)
        if shown not in known:
            fresh.append(line)
    return Page(text, tuple(lines), title, before.answers if before else {}, tuple(fresh))


def _places(rows: Sequence[str], bare: Sequence[str], joined: Collection[int]) -> list[_Place]:
    """The lines of rows: ``bare`` without blanks at their ends, those in ``joined`` going on with the row above."""
    places: list[_Place] = []
    offset, is_blank = 0, True
    for index, (row, stripped, after) in enumerate(zip(rows, bare, [*bare[1:], ""], strict=True)):
        if stripped:
            start = offset if len(row) == len(stripped) else offset + len(row) - len(row.lstrip())
            end = start + len(stripped)
            if index in joined:
                number, start, _, is_blank, _ = places.pop()
                places.append((number, start, end, is_blank, not after))
            else:
                places.append((index + 1, start, end, is_blank, not after))
        is_blank = not stripped
        offset += len(row) + 1
    return places
