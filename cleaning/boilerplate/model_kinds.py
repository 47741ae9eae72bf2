"""Of which kind a line is that only the model takes."""

from __future__ import annotations

from collections.abc import Mapping

from cleaning.boilerplate.rule import Line, Page
from cleaning.boilerplate.wordings import kind_by_words
from cleaning.people import find_person
from cleaning.records import MOVED_KINDS, Kind

# Of lines of so many words that their words alone would take, with a byline or a date within three lines below them,
# 14 were titles, authors and days and 9 boilerplate.
_HEADLINE_WORDS = 3
# A marked line within so many lines lends its kind to lines that only the model marks.
_NEAR_LINES = 3
_LABEL_WORDS = 5
_NAME_WORDS = 7
_ABOVE_NAMES = (Kind.TITLE, Kind.BYLINE, Kind.AUTHOR_BIO)


def kind_of(page: Page, line: Line, marked: Mapping[int, Kind], *, by_words: bool = False) -> Kind:
    """The kind of the nearest line that a rule marked; else by its words; else by shape: label, headline or other.

    Kinds that become metadata are not lent: what they say is in the rule's own line.
    """
    if _is_author(page, line, marked):
        return Kind.BYLINE
    if by_words and (said := kind_by_words(line.text)) is not None:
        return said
    for distance in range(1, _NEAR_LINES + 1):
        for index in (line.index - distance, line.index + distance):
            kind = marked.get(page.lines[index].start) if 0 <= index < len(page.lines) else None
            if kind is not None and kind not in MOVED_KINDS:
                return kind
    if (said := kind_by_words(line.text)) is not None:
        return said
    if line.n_words <= _LABEL_WORDS:
        return Kind.NAVIGATION
    return Kind.TEMPLATE if line.ends_sentence else Kind.RELATED_LINKS


def is_above_byline(page: Page, line: Line, marked: Mapping[int, Kind]) -> bool:
    """May a line above the story be its title, by the byline or the date near below it?

    It goes with the others, since in the next pass nothing would tell it from a prompt, but as what it is.
    """
    if line.index >= page.first_prose or line.n_words < _HEADLINE_WORDS:
        return False
    below = page.lines[line.index + 1 : line.index + 1 + _NEAR_LINES]
    return any(marked.get(other.start) in (Kind.BYLINE, Kind.TIMESTAMP) for other in below)


def _is_author(page: Page, line: Line, marked: Mapping[int, Kind]) -> bool:
    """Is the line a name below the title, a byline or the label of an author box, or beside the day?

    It goes, but as what it is: of 147 such lines on pages with labelled authors 119 name one.
    """
    if not line.index or line.n_words > _NAME_WORDS or find_person(line.text) is None:
        return False
    near = page.lines[line.index - 1 : line.index + 2 : 2]
    above = marked.get(page.lines[line.index - 1].start)
    return above in _ABOVE_NAMES or any(marked.get(other.start) == Kind.TIMESTAMP for other in near)
