"""Credits and notices of rights that are glued to a paragraph, behind its last sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleaning.bylines import parse_byline
from cleaning.credits import parse_credit_line
from cleaning.names import find_agencies
from cleaning.records import Kind

_MIN_REST_CHARS = 10
# The longest credit at the end of a paragraph of the seeds and the benchmark's stories has 181 characters.
_TAIL_CHARS = 620
_LAST_BRACKET = re.compile(
    r"\s*[(\[（【〔/](?P<inside>[^()\[\]（）【】〔〕/\n]{1,500}(?:/[^()\[\]（）【】/\n]{2,30})?)[)\]）】〕/]\s?\.?$"
)
_LAST_DASH = re.compile(r"\s*(?:[–—/|]|\s-)\s?(?P<inside>[^\s–—/|][^–—|\n]{1,30})$")
_LAST_WORD = re.compile(r"\s+(?P<inside>[^\W\d_a-z][^.!?\n]{1,24}?)\.?$")
# "… ihr entlang. dpa abc/def": with the letters of those who wrote and edited it.
_LAST_AGENCY = re.compile(
    r"\s+(?:[-–—]{1,2}\s?)?(?P<inside>[^\W\d_][^\s.!?()]{1,24}(?:\s?,\s?red)?)(?:\s[a-z]{2,4}(?:/[a-z]{2,4}){1,3})?$"
)
# More than the three patterns above can take.
_NAME_CHARS = 100
_REPORTER = re.compile(r"\s+[가-힣]{2,4}\s?(?:기자|특파원)(?:\s?[\w.+-]+@[\w.-]+)?$")
_RIGHTS = re.compile(
    r"(?:(?:©|ⓒ|\([cC]\))\s*(?:Copyright\s*)?(?=[^\W\d_a-z]|(?:19|20)\d\d|(?:dpa|epd|sid|apa)\b|$)|Copyright\s*(?:©|\([cC]\)|[^.!?\n]{0,40}?(?:19|20)\d\d\b))[^\n]{0,240}$"
)
_SENTENCE_START = re.compile(r"(?<=[.!?…。！？»”\"’')\]）])\s+(?=[^\W\d_a-z]|[(\[*–—])|(?<=[。！？])(?=\S)")
_STOPS = ".!?…"
_TERMINAL = ".!?…。！？।؟\"”»’')）」』"
_END_MARKS = frozenset(["完", "終わり", "了", "ends", "fin", "fim", "fine", "konec"])


@dataclass(frozen=True, slots=True)
class Tail:
    """A credit or a notice of rights behind the last sentence of a paragraph: ``text[start:end]``."""

    start: int
    end: int
    kind: Kind


@lru_cache(maxsize=64)
def find_tails(text: str, *, is_last: bool) -> tuple[Tail, ...]:
    """The credits and notices behind the last sentence of a paragraph, the last one first.

    ``is_last``: the paragraph is among the last ones, where a credit need not stand in brackets.

    >>> find_tails("The council voted on Tuesday. (Reporting by Jane Doe)", is_last=False)
    (Tail(start=29, end=53, kind=<Kind.CONTRIBUTOR_CREDIT: 'contributor_credit'>),)
    >>> find_tails("The council voted on Tuesday. With reporting by Reuters.", is_last=True)[0].start
    29
    >>> find_tails('" It is the right to protest. " (AP)', is_last=False)[0].start
    31
    >>> find_tails("The council voted. Copyright 2024 The AP. All rights reserved.", is_last=True)[0].start
    18
    """
    tails: list[Tail] = []
    end = len(text)
    while end > _MIN_REST_CHARS:
        offset = max(0, end - _TAIL_CHARS)
        window = text[offset:end]
        found = next(
            filter(None, (_follows(window, find(window, is_last)) for find in (_credit_tail, _rights_tail))), None
        )
        if found is None:
            break
        tails.append(Tail(offset + found[0], end, found[1]))
        end = offset + len(window[: found[0]].rstrip())
    return tuple(tails)


def _credit_tail(tail: str, is_last: bool) -> tuple[int, Kind] | None:
    found = _bracket_tail(tail) if tail[-1] in ")]）】〕/" or tail[-2:-1] in (")", "]") else None
    if found is None and is_last:
        # Of "… With reporting by Reuters" the last word is an agency, but no credit of its own.
        return _follows(tail, _dash_tail(tail)) or _sentence_tail(tail)
    return found


def _follows(window: str, found: tuple[int, Kind] | None) -> tuple[int, Kind] | None:
    """What was found, if a sentence ends before it."""
    return found if found and _ends_sentence(window[: found[0]]) else None


def _rights_tail(tail: str, _: bool) -> tuple[int, Kind] | None:
    if not any(sign in tail for sign in ("©", "ⓒ", "(c)", "(C)", "Copyright")):
        return None
    for match in re.finditer(r"©|ⓒ|\([cC]\)|\bCopyright\b", tail):
        start = match.start()
        if start and _RIGHTS.match(tail, start) and _ends_sentence(tail[:start]):
            return len(tail[:start].rstrip()), Kind.COPYRIGHT
    return None


def _bracket_tail(tail: str) -> tuple[int, Kind] | None:
    match = _LAST_BRACKET.search(tail)
    if match is None:
        return None
    inside = match["inside"].strip(" ©")
    if find_agencies(inside) or inside.casefold() in _END_MARKS:
        return match.start(), Kind.AGENCY_CREDIT
    credit = parse_credit_line(inside)
    if credit:
        return match.start(), Kind.CONTRIBUTOR_CREDIT if credit[1] else Kind.AGENCY_CREDIT
    return (match.start(), Kind.BYLINE) if parse_byline(inside) else None


def _dash_tail(tail: str) -> tuple[int, Kind] | None:
    reporter = _REPORTER.search(tail) if "기자" in tail or "특파원" in tail else None
    if reporter:
        return reporter.start(), Kind.BYLINE
    for pattern in (_LAST_AGENCY, _LAST_DASH, _LAST_WORD):
        match = pattern.search(tail, max(0, len(tail) - _NAME_CHARS))
        if match and find_agencies(match["inside"]) and (pattern is not _LAST_AGENCY or _is_sign(tail, match)):
            return match.start(), Kind.AGENCY_CREDIT
    return None


def _is_sign(tail: str, match: re.Match[str]) -> bool:
    """Is it an agency's short form, and no answer to a question? "Who told it first? Reuters", "One word: Mia"."""
    inside = match["inside"]
    return tail[: match.start()].rstrip()[-1:] not in "?？" and (inside.isupper() or inside.islower() or "/" in inside)


def _sentence_tail(tail: str) -> tuple[int, Kind] | None:
    """The longest run of last sentences that are all credits."""
    found: tuple[int, Kind] | None = None
    for start, end in _last_sentences(tail):
        credit = parse_credit_line(tail[start:end])
        if credit is None:
            break
        kind = (
            Kind.CONTRIBUTOR_CREDIT
            if credit[1] or (found and found[1] == Kind.CONTRIBUTOR_CREDIT)
            else Kind.AGENCY_CREDIT
        )
        found = (start, kind)
    return (len(tail[: found[0]].rstrip()), found[1]) if found else None


def _last_sentences(tail: str) -> Iterator[tuple[int, int]]:
    end = len(tail)
    for match in reversed(list(_SENTENCE_START.finditer(tail))[-4:]):
        yield match.end(), end
        end = match.start()


def _ends_sentence(text: str) -> bool:
    """Does a text end as a sentence does, and in no quotation mark that opens what stands behind it?"""
    bare = text.rstrip()
    # Tokenised text has blanks around marks: '… to protest. " (AP)'.
    before = bare[:-1].rstrip()
    opens_quote = bare[-1:] in "\"”»’'" and bare[-2:-1].isspace() and before[-1:] not in _STOPS
    return bare[-1:] in _TERMINAL and len(text) >= _MIN_REST_CHARS and not opens_quote
