"""Words that stand around a date in a line that says when a text was published, in many languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cleaning.dates import find_date, is_month
from cleaning.digits import has_digit

_CLOCK = re.compile(r"@?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d){1,2}(?:\s?[ap]\.?m\.?|uhr|h)?|@?\d{1,2}[ap]m", re.IGNORECASE)
_MAX_DAY_CHARS = 120
# "10 minutes" may be an ingredient of a recipe: a time of reading or of the past has two such words.
_SPAN_WORDS, _MAX_SPAN_WORDS = 2, 6
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words that stand around a date.

    Attributes:
        around: all of them.
        times: those that make a number a time, as in "3 hours ago".
        published: those that say that a text was published or changed.
        weekdays: names of days; not all of them are among the first.
    """

    around: frozenset[str]
    times: frozenset[str]
    published: frozenset[str]
    weekdays: frozenset[str]


@cache
def date_words() -> DateWords:
    """The words of ``phrases/date_words.txt``, case-folded."""
    text = files("cleaning.boilerplate").joinpath("phrases", "date_words.txt").read_text(encoding="utf-8")
    rows = [row for row in text.casefold().splitlines() if row and not row.startswith("#")]
    labels = ("times:", "published:", "weekdays:")
    times, published, weekdays = (
        frozenset(word for row in rows if row.startswith(label) for word in row.split()[1:]) for label in labels
    )
    around = frozenset(word for row in rows if not row.startswith(labels) for word in row.split())
    return DateWords(around | times | published, times, published, weekdays)


def without_date_words(text: str) -> str:
    """The text without words of dates, hours and numbers of days at its ends.

    >>> without_date_words("Updated on Monday 5:30 pm Jane Doe at"), without_date_words("May 3")
    ('Jane Doe', '')
    """
    words = text.split()
    while words and _is_date_word(words[0]):
        del words[0]
    while words and _is_date_word(words[-1]):
        del words[-1]
    return " ".join(words)


def is_day(text: str) -> bool:
    """Is a text a whole date, its hour and words that stand around it, and nothing else?

    >>> is_day("Updated: Friday, May 3, 2024, 5:00 am PST"), is_day("The vote of May 3, 2024"), is_day("May 3")
    (True, False, False)
    """
    if len(text) > _MAX_DAY_CHARS or not has_digit(text):
        return False
    found = find_date(text)
    return found is not None and not without_date_words(f"{text[: found.start]} {text[found.end :]}")


def are_of_span(words: Sequence[str]) -> bool:
    """May the words, case-folded and without numbers, say how long something takes, or how long ago it was?"""
    times = date_words().times
    return len(words) <= _MAX_SPAN_WORDS and sum(word in times for word in words) >= _SPAN_WORDS


def is_time_span(text: str) -> bool:
    """Is a text a time of reading or of the past, and nothing else?

    >>> is_time_span("9 min read"), is_time_span("3 hours ago"), is_time_span("10 minutes")
    (True, True, False)
    """
    bare = (word.strip(".,:;()[]|–—-@").casefold() for word in text.split())
    words = [word for word in bare if word and not word[0].isdigit()]
    return has_digit(text) and are_of_span(words) and all(word in date_words().around for word in words)


def _is_date_word(word: str) -> bool:
    bare = word.strip(".,:;()[]|–—-@").casefold()
    return (
        not bare
        or bare in date_words().around
        or is_month(bare)
        or _CLOCK.fullmatch(bare) is not None
        or _NUMBER.fullmatch(bare) is not None
    )
