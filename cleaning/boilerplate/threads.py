"""Lines that sign what readers wrote: "Jane on May 3, 2024 at 9:00 am", "Jane Doe said…", "3 days ago"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleaning.boilerplate.finders import word_set
from cleaning.boilerplate.rule import Line, Page, Span
from cleaning.dates import is_month
from cleaning.digits import has_digit

# A signature has no more words and characters: 995 of 1,000 below 337 blog posts (7,259 that state day and hour).
MAX_WORDS, MAX_CHARS = 14, 120
# So many different ones are a thread: on the development pages all counted lines below the first of four signatures are
# comments (2,501 lines of 9 pages).
MIN_SIGNATURES = 4
# A thread is one to its end: where the signs thin out, something else begins.
LINES_A_SIGN = 8
# What needs no heading to be known for the signature of a comment: "Sharon says", as a line, and "Re: (Score:2)".
_SAY = word_set(
    """says schreibt sagt dit écrit dice dijo scrive disse diz zegt schreef pisze skriver sier siger kirjoittaa píše
    spune diyor пишет пише λέει"""
)
_SCORE = re.compile(r"\(Score:\s?-?\d")
_SIGNATURE_WORDS, _NAME_WORDS, _STORY_LINES = 12, 4, 2
_STORY_WORDS = 400
# Questions and their answers are a page's story.
_ANSWERS = word_set("answered asked")
# "a.m." is one token; a number inside a name ("roe77") is none.
_TOKEN = re.compile(
    r"(?<![^\W_])\d+(?=(?:st|nd|rd|th|[ap]m|h|t)?(?![^\W_]))|[ap]\.?m\b\.?|[^\W_]+|[^\w\s]", re.IGNORECASE
)
# "TheHarboursideAugust 5, 2012": the markup between name and date is gone.
_GLUED = re.compile(
    r"(?<=[a-z])(?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d)"
)
_WEEKDAYS = word_set(
    """mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday mo di mi
    do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi
    vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì
    giovedì venerdì sabato domenica segunda terça quarta quinta sexta"""
)
_HALVES = frozenset(["am", "pm", "uhr", "h"])
_JOINTS = word_set("at on um of de del à le the st nd rd th t o alle às kl om o'clock godz klo ore ora hora saat")
_AGO = re.compile(
    r"(?:\S+\s){0,5}\d+\+?\s?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|[smhdwy])\sago(?:\s?[^\w\s].{0,20}|\s\w{1,9})?"
    r"|(?:\S+\s){0,4}(?:vor\s\d+\s\w+|il\sy\sa\s\d+\s\w+|hace\s\d+\s\w+|há\s\d+\s\w+)"
    r"|(?:\S+\s){0,4}\d+\s\w+\s(?:fa|geleden|temu|sedan|siden|sitten|önce|назад|тому)\b.{0,20}",
    re.IGNORECASE,
)
# Blogs of one platform sign "Jane Doe said…"; "she said," ends a quotation, and in forums "Jane said:" begins one.
_SAID = re.compile(r"(?!(?:[Ss]?[Hh]e|[Tt]hey|I|[Ww]e)\s)\S.{0,50}\ssaid\s?(?:\.\.\.|…|,)")


@lru_cache(maxsize=1024)
def stamp_shape(text: str) -> str | None:
    """How a line states a day and an hour: numbers, months and signs without their values; None where it states none.

    Lines that a machine wrote below each other state theirs alike.

    >>> stamp_shape("Jane on May 3, 2024 at 9:00 am") == stamp_shape("12. John Roe, June 17, 2023 at 11:42 pm")
    True
    >>> stamp_shape("Thu, 08/09/2012 - 13:04 | 2691543 jane"), stamp_shape("It opens at 9:00 am."), stamp_shape("May 3")
    ('W,N/N/N-N:N', None, None)
    >>> stamp_shape("18 h 02 – mardi 14 novembre 2023"), stamp_shape("2 czerwca 1982, godz. 9:34")
    ('NPN~WNMN', 'NMN,.N:N')
    """
    if len(text) > MAX_CHARS or not has_digit(text):
        return None
    runs: list[list[str]] = [[]]
    for token in _TOKEN.findall(_GLUED.sub(" ", text)):
        kind = _kind(token)
        if kind:
            runs[-1].append(kind)
        elif runs[-1]:
            runs.append([])
    shapes = (found for run in runs if (found := _stamp("".join(run).replace("J", ""))))
    return max(shapes, key=len, default=None)


# n: a number of two digits, as minutes are.
_DAY = r"(?:(?:[Nn][.]?,?)?M[.]?[Nn]?,?(?:[-']?[Nn])?|[Nn]/[Nn]/[Nn]|[Nn]-[Nn]-[Nn]|[Nn][.][Nn][.][Nn])"
_HOUR = r"[Nn](?:[:.]|P)n(?:[:.]n)?P{0,2}"
_STAMP = re.compile(rf"(?:W[,.]?)?{_DAY}[^NnM]{{0,3}}{_HOUR}|{_HOUR}[^NnM]{{0,3}}(?:W[,.]?)?{_DAY}")


def _stamp(kinds: str) -> str | None:
    found = _STAMP.search(kinds)
    return found[0].upper() if found else None


def _kind(token: str) -> str:
    """One letter: number, month, weekday, half of the day, joint; a sign as it is; nothing for other words."""
    if token.isdigit():
        return "n" if len(token) == 2 else "N"
    if not token[0].isalpha():
        return token if token in ",.:/-'" else "~" if token in "–—|@·•(" else ""
    word = token.casefold().replace(".", "")
    if len(word) > 2 and is_month(word):
        return "M"
    return "W" if word in _WEEKDAYS else "P" if word in _HALVES else "J" if word in _JOINTS else ""


def is_ago(text: str) -> bool:
    """Does a line say how long ago something was written, behind a name at most?

    >>> is_ago("Jane Doe 12 days ago"), is_ago("vor 3 Stunden"), is_ago("The bridge fell 12 days ago in the night")
    (True, True, False)
    """
    return len(text) <= MAX_CHARS and has_digit(text) and _AGO.fullmatch(text) is not None


def is_said(text: str) -> bool:
    """Is a line a name and "said", as one platform signs comments?

    >>> is_said("Anonymous said..."), is_said("jane d. said,"), is_said("she said,"), is_said("Jane Doe said.")
    (True, True, False, False)
    """
    return _SAID.fullmatch(text) is not None


def is_signature(line: Line) -> bool:
    """Is a line the name of somebody who wrote, as platforms sign comments: "Sharon says", "Re: (Score:2)"?"""
    words = line.words
    if not 2 <= len(words) <= _SIGNATURE_WORDS:
        return False
    if words[-1] in _SAY:
        return line.text.endswith((words[-1], ":"))
    return is_said(line.text) or ("score" in words and bool(_SCORE.search(line.text)))


def name_above(page: Page, stamp: Line) -> Line:
    """The line of a day and an hour, or the name above it."""
    above = page.lines[stamp.index - 1] if stamp.index else stamp
    return above if above.n_words <= _NAME_WORDS and not above.ends_sentence else stamp


def follows_story(page: Page, heading: Line) -> bool:
    """Are there paragraphs above? A forum page is a thread from its top on, and that is its story."""
    return sum(line.is_prose for line in page.lines[: heading.index]) >= _STORY_LINES


def thread_from(page: Page, first: Line, n_signs: int) -> Iterator[Span]:
    """All lines from the first one of a thread of so many signatures on; none where it is no thread."""
    below = page.lines[first.index :]
    if follows_story(page, first) and n_signs * LINES_A_SIGN >= len(below):
        yield from (Span(line.start, line.end, f"in a thread that {first.text[:40]!r} begins") for line in below)


def posts_stamps(page: Page) -> Sequence[Line]:
    """The lines, four different ones or more, that state a day and an hour alike: those of the posts of a thread."""
    return page.once(_posts_stamps)


def _posts_stamps(page: Page) -> Sequence[Line]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in page.lines_that(is_stamp):
        groups["ago" if is_ago(line.text) else stamp_shape(line.text) or ""].append(line)
    signs = max(groups.values(), key=len, default=[])
    n_different = len({line.text for line in signs})
    if n_different < MIN_SIGNATURES:
        return ()
    return signs[1:] if n_different > MIN_SIGNATURES and _is_of_story(page, signs) else signs


def _is_of_story(page: Page, signs: Sequence[Line]) -> bool:
    """Is the first stamp the story's own: above so long a text that what readers wrote is short beside it?

    Of 24 forum threads among the development pages' gold texts two have so long a first post, 1.4 times as long as the
    longest answer.
    """
    ends = [line.index for line in signs[1:]]
    n_words = [
        sum(line.n_words for line in page.lines[start.index + 1 : end] if line.is_prose)
        for start, end in zip(signs, ends, strict=False)
    ]
    return n_words[0] >= _STORY_WORDS and n_words[0] >= 2 * max(n_words[1:])


def is_stamp(line: Line) -> bool:
    """Is the line when something was written, by day and hour, or how long ago, beside a name at most?"""
    if line.n_words > MAX_WORDS or not _ANSWERS.isdisjoint(line.words) or (line.ends_sentence and line.n_words > 8):
        return False
    return not line.is_row and (is_ago(line.text) or stamp_shape(line.text) is not None)
