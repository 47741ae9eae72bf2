"""Sentences that were broken where a page marks words as links, as naive scripts and some archives have them."""

from __future__ import annotations

from cleaning.boilerplate.rule import Line, Page

# Signs that no line begins with but the rest of a sentence, and those that may open a quotation.
_REST, _APOSTROPHES = frozenset(",;)"), frozenset("'’")
_REST_WORDS = 3
# So many words within sentences, and a page has more of them.
_BROKEN = 3


def is_in_sentence(page: Page, line: Line) -> bool:
    """Is a line a word of a sentence that goes on in the line below, or was begun in the one above?

    "Spor" of "Kulübü," / "Spor" / "'da konuştu": to a rule that knows words alone it is the name of a section.
    """
    if line.index and page.lines[line.index - 1].text[-1] == ",":
        return True
    below = page.lines[line.index + 1].text if line.index + 1 < len(page.lines) else ""
    if not below or line.ends_sentence:
        return False
    if below[0] in _REST or (below[0] in _APOSTROPHES and below[1:2].islower()):
        return True
    return below[0].islower() and page.lines[line.index + 1].n_words >= _REST_WORDS


def has_broken_sentences(page: Page) -> bool:
    """Are several short lines of a page words of sentences?"""
    return bool(broken_words(page))


def broken_words(page: Page) -> frozenset[int]:
    """The short lines that are words of sentences, where there are several."""
    return page.once(_find_broken)


def _find_broken(page: Page) -> frozenset[int]:
    found = [line.index for line in page.lines if line.n_words <= _REST_WORDS and is_in_sentence(page, line)]
    return frozenset(found) if len(found) >= _BROKEN else frozenset()
