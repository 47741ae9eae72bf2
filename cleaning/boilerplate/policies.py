"""Terms of use and privacy policies that are the text: what is furniture elsewhere is what they say.

"We use cookies to keep you signed in.", "By using the service you agree to these terms." and "If you have questions,
please contact us" stand below many a story, and in a policy they are the story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cleaning.boilerplate.mentions import topic_words
from cleaning.boilerplate.phrases.words import fold, is_unspaced, split_words
from cleaning.boilerplate.rule import Line, Page
from cleaning.records import Kind, Mark

# So many sentences, and of them such a share with a word of law: 208 of 378 policies, terms and guidelines (Open Terms
# Archive), and 4 renderings of 2 of 709 labelled pages, which are dialogs about cookies and little else.
_SENTENCES, _SHARE = 12, 0.5
# Stories of contracts and courts speak of terms, consent and liability as often, hardly ever of cookies and personal
# data: of nine that were written to look like policies, with prompts in them, none has as many such sentences.
_SURE_SHARE = 0.2
# What such texts say in headings and items, and what in sentences only: "Share this article" is furniture.
_SAID = frozenset({Kind.COOKIE_NOTICE, Kind.CONTACT, Kind.COMMENT_PROMPT, Kind.NAVIGATION, Kind.TEMPLATE})
_SAID_IN_SENTENCES = frozenset({
    *_SAID, Kind.APP_PROMO, Kind.COPYRIGHT, Kind.NEWSLETTER, Kind.PAYWALL, Kind.RELATED_LINKS, Kind.SHARE,
})  # fmt: skip
# "Accept all", "Cookie settings": buttons, unless they are headings or items.
_LABEL_WORDS = 3
_ITEM = re.compile(r"[#*•●◦▪–-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)


def policy_lines(page: Page) -> range:
    """Indices of the lines from the first to the last sentence of a policy; empty in other texts."""
    return page.once(_policy_lines)


def _policy_lines(page: Page) -> range:
    told = [line for line in page.lines if line.is_prose or line.is_sentence]
    if len(told) < _SENTENCES:
        return range(0)
    sure = _speaking(told, "policy", _SURE_SHARE)
    others = [line for line in told if line.index not in sure] if sure else []
    of_law = sure | _speaking(others, "policy word", 0.0) if sure else sure
    return range(min(of_law), max(of_law) + 1) if sure and len(of_law) >= _SHARE * len(told) else range(0)


def _speaking(lines: Sequence[Line], family: str, least: float) -> set[int]:
    """Indices of the lines that hold a word of a family; none where these cannot be ``least`` of all any more."""
    found: set[int] = set()
    most = (1 - least) * len(lines)
    for number, line in enumerate(lines, start=1):
        if _speaks(line, family):
            found.add(line.index)
        elif number - len(found) > most:
            return set()
    return found


def _speaks(line: Line, family: str) -> bool:
    words = line.word_set or frozenset(split_words(fold(line.text)))
    phrases: list[str] = []
    for word in words:
        found = _phrases_of(word, family)
        if found is not None:
            if not found:
                return True
            phrases += found
    if phrases:
        spaced = f" {' '.join(line.words or split_words(fold(line.text)))} "
        if any(phrase in spaced for phrase in phrases):
            return True
    return line.is_unspaced and any(word in line.text for word in _words(family).unspaced)


class _Words(NamedTuple):
    """Words of law that stand alone, those that begin so, phrases by their first word, and what has no blanks."""

    alone: frozenset[str]
    stems: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    unspaced: tuple[str, ...]


@cache
def _words(family: str) -> _Words:
    alone, stems, unspaced, phrases = set[str](), set[str](), set[str](), defaultdict[str, list[str]](list)
    for row in sorted(topic_words(family)):
        first, *rest = split_words(row.rstrip("*"))
        if is_unspaced(row):
            unspaced.add(row)
        elif rest:
            phrases[first].append(" ".join(["", first, *rest, *[""] * (not row.endswith("*"))]))
        elif row.endswith("*"):
            stems.add(row[:-1])
        else:
            alone.add(row)
    by_first = {first: tuple(sorted(found)) for first, found in phrases.items()}
    return _Words(frozenset(alone), tuple(sorted(stems)), by_first, tuple(sorted(unspaced)))


@lru_cache(maxsize=50_000)
def _phrases_of(word: str, family: str) -> tuple[str, ...] | None:
    """The phrases of law that begin with a word: none where it speaks of law alone; None where it does not.

    Kept for each word: a pattern of all 230 rows takes a hundred times as long.
    """
    known = _words(family)
    return () if word in known.alone or word.startswith(known.stems) else known.phrases.get(word)


def said_in_policy(page: Page) -> frozenset[int]:
    """Indices of those lines of a policy that are more than a label."""
    return frozenset(index for index in policy_lines(page) if _is_said(page.lines[index]))


def without_policy(page: Page, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks but those of prompts and notices on the lines of a policy."""
    said = {page.lines[index].start: page.lines[index] for index in said_in_policy(page)} if marks else {}
    return [mark for mark in marks if not _is_spared(said.get(mark.start), mark)] if said else marks


def _is_spared(line: Line | None, mark: Mark) -> bool:
    return line is not None and mark.kind in (_SAID_IN_SENTENCES if line.is_sentence else _SAID)


def _is_said(line: Line) -> bool:
    return line.is_sentence or line.n_words >= _LABEL_WORDS or _ITEM.match(line.text) is not None
