"""Tables: rows one below the other that have the same number of cells."""

from __future__ import annotations

from itertools import groupby

from cleaning.boilerplate.rule import Page

# On labelled and public pages 1,398 lines of so many rows and more are content and 55 boilerplate, eight of which the
# model takes. A long list of places that no page has goes row by row: each that is taken pulls the next one after it.
_ROWS, _BARS = 8, 2


def table_rows(page: Page) -> frozenset[int]:
    """The lines of tables."""
    found: list[int] = []
    for bars, run in groupby(page.lines, key=lambda line: line.text.count(" | ")):
        rows = [line.index for line in run] if bars >= _BARS else []
        found += rows if len(rows) >= _ROWS else []
    return frozenset(found)
