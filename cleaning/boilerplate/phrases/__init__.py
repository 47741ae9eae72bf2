"""Phrase lists: data that a person extends without Python.

One ``<kind>.tsv`` a kind with the columns ``language``, ``use`` and ``phrase``; ``#`` starts a comment.
``use`` says what a whole line equal to the phrase is: ``line`` goes itself, ``heading`` is the title of
a block and claims what stands under it. All lists are compiled into one table, so that a line costs one
look-up however many phrases there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cleaning.records import Kind

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# The longest listed phrase has 67 characters; a longer line cannot be one.
LONGEST_PHRASE_CHARS = 100


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of a phrase list."""

    kind: Kind
    language: str
    use: str
    phrase: str


def normalize_phrase(text: str) -> str:
    """The form in which lines and phrases are compared.

    >>> normalize_phrase("▸ Read  More: »")
    'read more'
    """
    return " ".join(_EDGES.sub("", text.replace("’", "'")).split()).casefold()


@cache
def phrase_table() -> Mapping[str, tuple[Phrase, ...]]:
    """Normalised phrase to the rows that list it.

    Raises:
        ValueError: a row has not three columns, or an unknown use; names the file and the line.
    """
    table: dict[str, list[Phrase]] = {}
    for kind in Kind:
        resource = files(__package__).joinpath(f"{kind}.tsv")
        if not resource.is_file():
            continue
        for number, row in enumerate(resource.read_text(encoding="utf-8").splitlines(), start=1):
            if not row.strip() or row.startswith("#"):
                continue
            parts = row.split("\t")
            if len(parts) != 3 or parts[1] not in ("line", "heading"):
                raise ValueError(f"{kind}.tsv, line {number}: not 'language<TAB>line|heading<TAB>phrase': {row!r}")
            phrase = Phrase(kind, *parts)
            table.setdefault(normalize_phrase(phrase.phrase), []).append(phrase)
    return {key: tuple(rows) for key, rows in table.items()}


def find_phrases(line: str) -> tuple[Phrase, ...]:
    """The rows that list the whole line as a phrase; most lines are none."""
    if len(line) > LONGEST_PHRASE_CHARS:
        return ()
    return phrase_table().get(normalize_phrase(line), ())
