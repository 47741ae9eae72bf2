"""Credits that are glued to a paragraph: a dateline before its first sentence, a credit behind its last one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleaning.bylines import parse_byline
from cleaning.credits import parse_credit_line
from cleaning.dates import is_month
from cleaning.names import agencies, find_agencies, places
from cleaning.records import Kind

# Longest dateline of the seeds and the stories of the language benchmark: 61 characters.
_HEAD_CHARS = 70
_WINDOW_CHARS = 240
_AGENCY_CHARS = _HEAD_CHARS + 44
_OPEN, _CLOSE = r"(\[（【［〔", r")\]）】］〕"
_SEPARATOR = r"\s*(?:[-–—:=।|]+|\.\s?[-–—]+|[-–—]\.)\s*"
_BRACKET = re.compile(
    rf"(?P<head>[^{_OPEN}{_CLOSE}\n]{{0,{_HEAD_CHARS}}}?)\s?[{_OPEN}](?P<inside>[^{_OPEN}{_CLOSE}\n]{{2,40}})[{_CLOSE}]"
    rf"(?:\s*[가-힣]{{2,4}}\s?(?:기자|특파원)\s?=)?(?P<separator>{_SEPARATOR}|\s*)"
)
# "МОСКВА, 5 мар - РИА Новости. " and "МОСКВА, 5 марта. /ТАСС/. "
_SLASHES = re.compile(
    r"(?P<head>[^\W\d_a-zа-я][^/\n.]{2,40})(?:\.?\s*/(?P<inside>[^/\n]{2,20})/\.?|\s[-–—]\s(?P<bare>[^./:\n]{2,20})[.:])(?P<separator>\s+)"
)
_XINHUA = re.compile(
    r"(?:[（(【]\s*)?(?P<agency>[^\s（(\d]{2,5}?社|中新网|新华网)(?P<place>[^\s（(\d]{1,8}?)(?:\d{1,2}月)?\d{1,2}日(?:电|訊|讯|電)\s*[）)】]?"
    r"(?:\s*[（(][^（）()\n]{2,24}[）)])?\s*"
)
# "RALEIGH, N.C., Oct. 3, 2024 /PRNewswire/ -- "
_WIRE = re.compile(r"(?P<head>[^/\n]{2,60}?)\s?/(?P<inside>[^/\n]{2,20})/\s?(?:--?|[–—])\s?(?P<bare>)")
# The stops of "Wien, 14. Dezember – " and of "LONDON, Sept. 12 – " end no dateline.
_PLAIN = re.compile(
    rf"(?P<head>[^\n{_OPEN}:—–]{{3,40}}?)(?P<separator>\s?[—–:]\s*|\s-{{1,2}}\s|\.\s?[-–—]\s?|(?<!\s\d)(?<!\s\d\d)\.\s(?!\d))"
)
# The initial of "By Jane D. Roe, Reuters – " ends no sentence.
_BY = re.compile(r"(?P<head>by\s[^\n—–]{3,60}?)(?:\s?[—–]\s*|\s-{1,2}\s)", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]+(?:[ .'’/-]+[^\W\d_]+){0,3}")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "am",
        "den",
        "le",
        "la",
        "el",
        "las",
        "los",
        "of",
        "the",
        "und",
        "and",
        "i",
        "z",
        "w",
    ]
)
_DASHES = frozenset("—–-")
_MIN_CAPITALS = 5
_MIN_REST_CHARS = 10


def find_dateline(text: str, *, is_first: bool) -> int:
    """The end of the dateline that a paragraph starts with, 0 where it starts with none.

    A place alone is a dateline in the first paragraphs of a text only (``is_first``), with an agency anywhere.

    >>> find_dateline("LONDON (Reuters) - The council voted on Tuesday.", is_first=False)
    19
    >>> find_dateline("London (the largest city) voted on Tuesday.", is_first=True)
    0
    """
    end = 0
    while step := _one_dateline(text[end : end + _WINDOW_CHARS], is_first):
        end += step
    return end


def may_name_agency(text: str) -> bool:
    """Does a paragraph open with a bracket or the sign of a day, as a dateline with an agency does?"""
    head = text[:_AGENCY_CHARS]
    return "(" in head or "[" in head or "（" in head or "【" in head or "［" in head or "〔" in head or "日" in head


def _one_dateline(text: str, is_first: bool) -> int:
    head = text[:_AGENCY_CHARS]
    if may_name_agency(text) and (match := _BRACKET.match(text)) and _is_credited_place(match, text):
        return match.end()
    if is_first and ("/" in head or "- " in head or "– " in head or "— " in head):
        match = _WIRE.match(text) or _SLASHES.match(text)
        if match and find_agencies(match["inside"] or match["bare"]) and _is_place(match["head"]):
            return match.end()
    if "日" in head and (match := _XINHUA.match(text)) and match["agency"].casefold() in agencies():
        return match.end()
    return _plain_dateline(text) if is_first else 0


def _is_credited_place(match: re.Match[str], text: str) -> bool:
    if not _names_agency(match["inside"]) or not _is_place(match["head"], may_be_empty=True):
        return False
    rest = text[match.end() :]
    if match["separator"].strip() or match.group(0).rstrip()[-1:] == "=" or (not rest and match["head"].strip()):
        return True
    # Without a dash between them, a sentence must start behind the bracket.
    is_cjk = match.group(0).rstrip()[-1:] in "】］〕"
    return is_cjk or (len(rest) >= _MIN_REST_CHARS and not rest[0].islower() and rest[0].isalpha())


def _names_agency(inside: str) -> bool:
    """Does the inside of a bracket name an agency, and beside it places and days only?"""
    if find_agencies(inside):
        return True
    parts = [part for part in re.split(r"[\s=,/・、]+", inside) if part]
    known = agencies()
    return any(part.casefold() in known for part in parts) and all(not part[0].islower() for part in parts)


def _is_place(head: str, *, may_be_empty: bool = False) -> bool:
    """Could the words be a place and a day? Each has a capital, or is a number, a month or a particle."""
    words = re.findall(r"[^\s,]+", head)
    if not words:
        return may_be_empty
    has_case = head.upper() != head.lower()
    if len(words) > (8 if has_case else 4) or (not has_case and len(head) > 24) or head.rstrip()[-1] in '!?"”»':
        return False
    return all(
        not word[0].islower() or is_month(word) or word in _PARTICLES or before[0].isdigit()
        for before, word in zip(["-", *words], words, strict=False)
    )


def _plain_dateline(text: str) -> int:
    by = _BY.match(text) if text[:3].casefold() == "by " else None
    if by and len(text) - by.end() >= _MIN_REST_CHARS and parse_byline(by["head"]):
        return by.end()
    match = _PLAIN.match(text)
    if match is None:
        return 0
    head, rest = match["head"].strip(), text[match.end() :].lstrip("\"'“”„«‘")
    if len(rest) < _MIN_REST_CHARS or rest[0].islower() or not (rest[0].isalpha() or rest[0].isdigit()):
        return 0
    dash = match["separator"].strip()[-1:]
    place = head.split(",")[0].strip(" .")
    if not _is_place(head) or not _CAPITALS.match(place):
        return 0
    if place.casefold() in places():
        return match.end()
    is_capitals = place == place.upper() != place.lower() and len(place) >= _MIN_CAPITALS
    return match.end() if is_capitals and dash in _DASHES else 0


# The longest credit at the end of a paragraph of the seeds and the benchmark's stories has 181 characters.
_TAIL_CHARS = 320
_LAST_BRACKET = re.compile(
    r"\s*[(\[（【〔/](?P<inside>[^()\[\]（）【】〔〕/\n]{1,200}(?:/[^()\[\]（）【】/\n]{2,30})?)[)\]）】〕/]\s?\.?$"
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
