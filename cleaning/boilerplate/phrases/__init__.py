"""Phrase lists: data that a person extends without Python.

One ``<kind>.tsv`` a kind with the columns ``language``, ``use`` and ``phrase``; ``#`` starts a comment.
``use`` says what a line that equals the phrase is: with ``line`` and ``start`` it goes itself, with
``heading`` it is the title of a block and claims what stands under it. With ``start`` a line of up to
``MAX_START_WORDS`` words that only starts with the phrase goes as well. All lists are compiled into one
table: what a line costs does not depend on how many phrases there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cleaning.errors import BrokenRules
from cleaning.records import Kind

# Bullets, arrows, bars and closing marks around a phrase. Quotes, brackets, slashes and the like stay: a line
# such as '--file=' or '[print]' is code, not the label of a button.
_EDGES = re.compile(
    r"^(?:[\s|•·●▪▸►▶→←↓↑»«›‹✓✔★☆❯➤>]+|[-–—*+#]+\s+|\(+(?=[^()]*\)\W*$))+|[\s|•·●▸►▶→←↓↑»«›‹>:：.…!?,;)–—-]+$"
)
# The longest listed phrase has 67 characters; a longer line cannot be one.
LONGEST_PHRASE_CHARS = 100
# Prompts that start with a phrase have at most so many words in 99 of 100 lines of the residual benchmark's
# development pages; the longest phrase has nine words.
MAX_START_WORDS = 40
MAX_START_CHARS = 400
_LONGEST_START_WORDS = 9
USES = ("line", "heading", "start")


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
        BrokenRules: a row has not three columns, or an unknown use; names the file and the line.
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
            if len(parts) != 3 or parts[1] not in USES:
                wanted = f"language<TAB>{'|'.join(USES)}<TAB>phrase"
                raise BrokenRules(f"phrases/{kind}.tsv, line {number}: not {wanted!r}: {row!r}")
            phrase = Phrase(kind, *parts)
            table.setdefault(normalize_phrase(phrase.phrase), []).append(phrase)
    return {key: tuple(rows) for key, rows in table.items()}


@cache
def past_words() -> frozenset[str]:
    """Words that tell what was or was said: a line with one of them is of the story, however it starts."""
    rows = files(__package__).joinpath("past_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


def find_phrases(line: str) -> tuple[Phrase, ...]:
    """The rows that list the line as a phrase, or as one that starts with a phrase; most lines are neither."""
    if len(line) > MAX_START_CHARS:
        return ()
    text = normalize_phrase(line)
    return phrase_table().get(text, ()) or _find_start(text)


def _find_start(text: str) -> tuple[Phrase, ...]:
    """The rows of the longest ``start`` phrase that a normalised line starts with."""
    words = text.split(" ", MAX_START_WORDS)
    if len(words) > MAX_START_WORDS or not past_words().isdisjoint(words):
        return ()
    for count in range(min(len(words), _LONGEST_START_WORDS), 0, -1):
        start = _EDGES.sub("", " ".join(words[:count]))
        rows = tuple(row for row in phrase_table().get(start, ()) if row.use == "start")
        if rows:
            return rows
    return ()
