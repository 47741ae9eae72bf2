"""Whether the first row of a table names its columns, or is a document as the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.dates import parse_stamp
from cleaning.recipe import Fields

# So many rows below the first one are looked at.
SAMPLE_ROWS = 5
# No name of a field has so many characters, and few have so many words.
_CELL_CHARS, _NAME_WORDS = 100, 5
_DATE_CHARS = 40
_COLUMN = re.compile(r"column [1-9]\d*")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*\s?%?")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FULL_STOP = (".", "!", "?", "…", "。", "！", "？", "।")
_CLOSING = "'\"”’») "
# Kinds that a name is not of: a column whose first cell alone is of no such kind has that cell as its name.
_VALUES = frozenset(["number", "address", "date"])
_PROSE = frozenset(["sentence", "words"])


def is_header(first: Sequence[str], rows: Sequence[Sequence[str]], fields: Fields) -> bool:
    """Does the first row name the columns? ``rows``: some of those below.

    What the recipe says goes first: a table that has the field of the text has a header, and one of which the recipe
    names a ``column 2`` has none. Else a cell tells that no name would be so, as a number, an address or a sentence.

    >>> is_header(["1", "The bridge is closed again."], [["2", "Boats may pass."]], Fields())
    False
    >>> is_header(["nr", "inhalt"], [["2", "Boats may pass."]], Fields())
    True
    """
    named = {name for names in fields.model_dump().values() for name in names}
    if not {*fields.text, *fields.html}.isdisjoint(first):
        return True
    if any(map(_COLUMN.fullmatch, named)) or any(len(cell) > _CELL_CHARS for cell in first):
        return False
    kinds = [_kind(cell) for cell in first]
    columns = [[_kind(row[place]) for row in rows if place < len(row)] for place in range(len(first))]
    if any(_is_name_of(*column) for column in zip(kinds, columns, strict=True)):
        return True
    if not {name.casefold() for name in named}.isdisjoint(cell.strip().casefold() for cell in first):
        return True
    is_value = any(kind in _VALUES or kind == "sentence" for kind in kinds)
    return not is_value and not any(_is_prose(*column) for column in zip(kinds, columns, strict=True))


def _is_name_of(kind: str, below: Sequence[str]) -> bool:
    """Are all cells of a column values of one kind, but the first, which is something else?"""
    return bool(kind) and kind not in _PROSE and len(set(below)) == 1 and below[0] in _VALUES and below[0] != kind


def _is_prose(kind: str, below: Sequence[str]) -> bool:
    return bool(below) and _PROSE.issuperset([kind, *below])


def _kind(cell: str) -> str:
    """What a cell holds, as far as that tells a name from a value; nothing of an empty one."""
    text = cell.strip()
    if not text:
        return ""
    if _NUMBER.fullmatch(text):
        return "number"
    if _ADDRESS.fullmatch(text):
        return "address"
    if len(text) <= _DATE_CHARS and text[0].isdigit() and parse_stamp(text):
        return "date"
    # Scripts without blanks between words end a sentence with a sign of their own.
    is_long = len(text.split()) >= _NAME_WORDS or text.endswith(("。", "！", "？"))
    is_sentence = is_long and text.rstrip(_CLOSING).endswith(_FULL_STOP)
    return "sentence" if is_sentence else "words" if is_long else "name"
