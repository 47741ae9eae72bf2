"""Rows of a list in the story that rules take for its metadata.

One name with a job below a story is its author, one day alone is when it was published, one agency its source. Of
three or more the text has a list: who has signed, where a band plays, what somebody did in which year. The rules see
one line each, and those of the rows that they know would go and leave holes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Line, Page
from cleaning.date_words import date_words
from cleaning.dates import find_date
from cleaning.records import Mark

_AGENCY = "CR002"
_CODES = frozenset(("MD003", "MD004", "MD008", _AGENCY))
# On whole pages these are of the teasers around the story, which go as one: of 357 labelled lines 355 are furniture.
# In texts that open with their story none is.
_HEAD_LINES = 12
_ROWS, _ROWS_OF_ALL, _FIELDS = 3, 4, 2
_MONTH = re.compile(r"[^\W\d_]{3,12}\.?\s\d{4}")
_LABELS, _BULLETS, _DAY_CHARS = "NV001", "-*•·–", 12


def without_rows(page: Page, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks but those on rows of a list that stands below the first paragraph of the story."""
    if not 0 <= page.first_prose <= _HEAD_LINES:
        return marks
    lines = {line.start: line for line in page.lines[page.first_prose + 1 :]}
    rows = [(mark, lines[mark.start]) for mark in marks if mark.start in lines]
    rows = [(mark, line) for mark, line in rows if mark.end >= line.end]
    spared = frozenset(_rows_alike(rows)) | frozenset(_rows_of_neighbours(page, rows))
    return [mark for mark in marks if (mark.rule, mark.start) not in spared] if spared else marks


def _rows_alike(rows: Sequence[tuple[Mark, Line]]) -> Iterator[tuple[str, int]]:
    """Three rows or more that one rule knows, four of several, two months, or two values of a label ("Ort: Arena")."""
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for mark, line in rows:
        label, colon, value = line.text.partition(":")
        if mark.rule in _CODES and mark.rule != _AGENCY and not _says_published(line):
            groups[mark.rule, "month" if _MONTH.fullmatch(line.text) else ""].append(line)
        elif mark.rule == _LABELS and colon and value.strip():
            groups[mark.rule, label].append(line)
    bare = [(rule, line) for (rule, label), lines in groups.items() if not label for line in lines]
    if len({line.text for _, line in bare}) >= _ROWS_OF_ALL:
        yield from ((rule, line.start) for rule, line in bare)
    for (rule, label), lines in groups.items():
        if len({line.text for line in lines}) >= (_FIELDS if label else _ROWS):
            yield from ((rule, line.start) for line in lines)


def _says_published(line: Line) -> bool:
    return "：" in line.text or not date_words().published.isdisjoint(line.word_set)


def _rows_of_neighbours(page: Page, rows: Sequence[tuple[Mark, Line]]) -> Iterator[tuple[str, int]]:
    """A row beside another one that no rule knows: both begin with a bullet, or with a day."""
    marked = {line.index for _, line in rows}
    for mark, line in rows:
        if mark.rule not in _CODES:
            continue
        beside = [other for other in page.lines[line.index - 1 : line.index + 2] if other.index not in marked]
        if any(_is_like(line.text, other.text) for other in beside):
            yield mark.rule, line.start


def _is_like(text: str, other: str) -> bool:
    if text[0] in _BULLETS:
        return other[0] == text[0]
    return text[0].isdigit() and other[0].isdigit() and all(find_date(row[:_DAY_CHARS]) for row in (text, other))
