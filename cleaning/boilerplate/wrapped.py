"""Texts whose paragraphs were broken into rows of one width, as in mails and plain-text archives.

Whoever broke them filled each row: the first word of the next row did not fit any more. That tells such a text from one
whose rows are paragraphs, verses or entries of a list, where the next word would have fitted. A paragraph is then
judged as one line; "help." alone at the end of one is no label of a button.

Of 9,424 renderings of 2,000 labelled pages those of ten pages have such rows by this test, and all ten do. Of 3,156
texts, 526 articles broken at six widths from 60 to 78 characters, 3,147 come back as paragraphs, with and without
blank lines between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Mails are broken at 65 to 78 characters, terminals at 80, books of Project Gutenberg at 65 to 75.
_LEAST_WIDTH, _MOST_WIDTH = 40, 100
# So many rows have to be full, and so many of all that another row follows directly: the last row of a paragraph
# without a blank line behind it is not full.
_FULL_ROWS = 5
_FULL_SHARE = 0.5
# Of full rows at least so many end within a sentence; of paragraphs that happen to be of one length none does.
_OPEN_SHARE = 0.4
# Verses begin with a capital, each; of rows of prose a sixth does in English, and two in five in German.
_CAPITAL_SHARE = 0.8
# Rows beyond the width, such as long addresses, among those of several words.
_WIDE_SHARE = 0.05

# Characters that take two columns, of scripts that are broken anywhere; a full stop may not begin a row, and takes the
# character before it along.
_DOUBLE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_DOUBLE_COLUMNS = 4

_ITEM = re.compile(r"[-*•·▪►»›>|#=+]|\(?(?:\d{1,3}|[A-Za-z])[.)]\s")
# At the start of a row a dash begins an item or a speech where the row above ends a sentence.
_DASHES = ("–", "—")
_TERMINAL = frozenset(".!?:;…")


def rows_joined(rows: Sequence[str]) -> frozenset[int]:
    """Indices of the rows that go on with the paragraph of the row above; none where the rows are paragraphs.

    >>> rows = ["The council of the town voted on Tuesday", "to close the bridge that has served them", "well."]
    >>> sorted(rows_joined([*rows, "", *rows, "", *rows]))
    [1, 2, 5, 6, 9, 10]
    """
    width = _width(rows)
    if not width:
        return frozenset()
    pairs = [(n, row, rows[n + 1]) for n, row in enumerate(rows[:-1]) if row and rows[n + 1]]
    full = [(n, row, after) for n, row, after in pairs if _is_full(row, after, width)]
    if len(full) < max(_FULL_ROWS, _FULL_SHARE * len(pairs)):
        return frozenset()
    n_open = sum(row[-1] not in _TERMINAL for _, row, _ in full)
    n_capital = sum(after[0].isupper() for _, _, after in full)
    if n_open < _OPEN_SHARE * len(full) or n_capital > _CAPITAL_SHARE * len(full):
        return frozenset()
    return frozenset(n + 1 for n, row, after in full if not _is_item(after, row))


def _columns(row: str) -> int:
    return len(row) if row.isascii() else len(row) + len(_DOUBLE.findall(row))


def _width(rows: Sequence[str]) -> int:
    """Columns of the widest row, those apart that are wider than a broken row is; 0 where rows are not broken."""
    columns = [_columns(row) for row in rows if " " in row or (row and _DOUBLE.match(row))]
    narrow = [count for count in columns if count <= _MOST_WIDTH]
    if len(columns) - len(narrow) > _WIDE_SHARE * len(columns):
        return 0
    width = max(narrow, default=0)
    return width if width >= _LEAST_WIDTH else 0


def _is_full(row: str, after: str, width: int) -> bool:
    """Would the first word of the next row not have fitted any more?"""
    columns = _columns(row)
    if columns > width:
        return False
    if _DOUBLE.match(after):
        return columns + _DOUBLE_COLUMNS > width
    return columns + 1 + _columns(after.split(" ", 1)[0]) > width


def _is_item(row: str, above: str) -> bool:
    return _ITEM.match(row) is not None or (row.startswith(_DASHES) and above[-1] in _TERMINAL)
