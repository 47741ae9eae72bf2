"""The words of lines that say of a post where it is filed, who edited it and how often it was read, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cleaning.digits import has_digit
from cleaning.names import listed_phrases

_MAX_COUNT_CHARS = 40


@dataclass(frozen=True, slots=True)
class PostWords:
    """Patterns of parts of a line, and the parts that say nothing more.

    Attributes:
        count: "5 comments", "min read"; bare_count: with a number, and of readers alone.
        section: categories behind a word such as "filed under", groups ``lead`` and ``labels``.
        edited: people who are no authors, group ``names``.
        value: "来源：…", groups ``author`` and ``value``.
        known: case-folded prompts; staff: case-folded names that are nobody's.
    """

    count: re.Pattern[str]
    bare_count: re.Pattern[str]
    section: re.Pattern[str]
    edited: re.Pattern[str]
    value: re.Pattern[str]
    known: frozenset[str]
    staff: frozenset[str]


def is_count(text: str) -> bool:
    """Does a text say how often a post was read, shared or commented on, and nothing else?

    >>> [is_count(text) for text in ("1.2K views", "45 partages", "Views: 300", "14 votes", "5 minutes")]
    [True, True, True, False, False]
    """
    return len(text) <= _MAX_COUNT_CHARS and has_digit(text) and post_words().bare_count.fullmatch(text) is not None


@cache
def post_words() -> PostWords:
    """The words of ``phrases/post_meta.txt``."""
    rows = files("cleaning.boilerplate").joinpath("phrases", "post_meta.txt").read_text(encoding="utf-8").splitlines()
    words: dict[str, list[str]] = {}
    for row in rows:
        if not row.startswith("#"):
            use, _, said = row.partition(":")
            words.setdefault(use, []).extend(part for word in said.split("|") if (part := word.strip()))
    number = rf"(?:\d[\d.,]*\s?[km]?|{_any(words['none'])})"
    counts = _any([*words["count"], *words["measure"]])
    counted = rf"(?:{number}\s?\+?\s?)?{counts}(?:\s?:?\s?\(?\d[\d.,]*\)?)?(?:\s(?:on|zu)\s.{{3,80}})?"
    values = rf"(?:(?P<author>{_any(words['author'])})|{_any(words['field'])})\s?[:：]\s?"
    bare = rf"{number}\s?\+?\s?{_any(words['count'])}|{_any(words['count'])}\s?:?\s?\(?\d[\d.,]*\s?[km]?\)?"
    phrases = (listed_phrases(kind) for kind in ("share", "navigation", "comment_prompt"))
    return PostWords(
        count=re.compile(counted, re.IGNORECASE),
        bare_count=re.compile(bare, re.IGNORECASE),
        section=re.compile(rf"(?P<lead>{_any(words['section'])})(?:\s+|(?<=:))(?P<labels>\S.*)", re.IGNORECASE),
        edited=re.compile(rf"{_any(words['edited'])}\s(?P<names>\S.*)", re.IGNORECASE),
        value=re.compile(values + r"(?P<value>[^\s:：]{1,20}(?:\s[A-Z]\w+)?)"),
        known=frozenset(words["prompt"]).union(*phrases),
        staff=frozenset(words["staff"]),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; one with a colon has it, any other may."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_word(word) for word in ordered) + ")"


def _word(word: str) -> str:
    is_labelled = word.endswith(":")
    pattern = r"\s".join(map(re.escape, word.rstrip(":").split()))
    return pattern + (r"\s?:" if is_labelled else r"\s?:?" if word[-1].isalpha() else "")
