"""Tables and lists of values: rows that have the same number of cells, or a label and what it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby

from cleaning.boilerplate.rule import Line, Page
from cleaning.digits import has_digit

# On labelled and public pages 1,398 lines of so many rows and more are content and 55 boilerplate, eight of which the
# model takes. A long list of places that no page has goes row by row: each that is taken pulls the next one after it.
_ROWS, _BARS = 8, 2
# A name, a colon and what has a number, or a name and a result.
_VALUE = re.compile(r"[^\W\d][^:：]{0,40}[:：].*\d|[^\W\d][^\d:]{1,30}\s\d+\s?[-–—:]\s?\d+$")
_VALUE_WORDS, _VALUE_ROWS = 10, 3
# A label of a few words, a colon and what it stands for, whatever that is.
_LABELLED = re.compile(r"[^\W\d][^:：]{0,30}[:：]\s?[^\s/]")
_LABEL_WORDS, _LABELLED_WORDS = 4, 14


def table_rows(page: Page) -> frozenset[int]:
    """The lines of tables."""
    found: list[int] = []
    for bars, run in groupby(page.lines, key=lambda line: line.text.count(" | ")):
        rows = [line.index for line in run] if bars >= _BARS else []
        found += rows if len(rows) >= _ROWS else []
    return frozenset(found)


def rows_of_values(page: Page) -> frozenset[int]:
    """Three rows and more, one below the other within the prose, of a name and a number, as "Fish soup: £6".

    On labelled pages 439 such lines are content and 28 boilerplate (main content); of what the model or the words would
    take 4 are boilerplate and none content.
    """
    found: list[int] = []
    inside = page.lines[max(page.first_prose, 0) : page.last_prose + 1]
    for is_row, run in groupby(inside, lambda line: line.n_words <= _VALUE_WORDS and bool(_VALUE.match(line.text))):
        rows = [line.index for line in run]
        if is_row and len(rows) >= _VALUE_ROWS:
            found += rows
    return frozenset(found)


def labelled_rows(page: Page) -> frozenset[int]:
    """Three rows and more of a label and what it stands for, as "Director: Jane Doe".

    They stand one below the other, or have the same label and a number each: "Cost: £6" in every part of a guide.

    Of such rows on labelled pages that open with their story 3,491 are content that stays; their words took eight of
    content and three of boilerplate.
    """
    found: list[int] = []
    by_label = defaultdict[str, list[int]](list)
    for is_row, run in groupby(page.lines, _is_labelled):
        rows = list(run) if is_row else []
        found += [line.index for line in rows] if len(rows) >= _VALUE_ROWS else []
        for line in rows:
            if has_digit(line.text) and not line.phrases:
                by_label[line.text.partition(":")[0].casefold()].append(line.index)
    return frozenset(found).union(*(rows for rows in by_label.values() if len(rows) >= _VALUE_ROWS))


def _is_labelled(line: Line) -> bool:
    row = _LABELLED.match(line.text) if line.n_words <= _LABELLED_WORDS else None
    return row is not None and len(row.group().split()) <= _LABEL_WORDS + 1
