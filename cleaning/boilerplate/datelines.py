"""Datelines: the place, the day and the agency that a paragraph begins with."""

from __future__ import annotations

import re

from cleaning.bylines import parse_byline
from cleaning.dates import is_month
from cleaning.digits import has_digit
from cleaning.han_bylines import find_han_head
from cleaning.names import agencies, find_agencies, places

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
# "Rome, Jan 24, 2018 / 04:26 am (CNA).- "
_AT_HOUR = re.compile(
    r"[^\W\d_a-z][^/\n]{2,30}, [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4} / \d{1,2}:\d\d ?[ap]m"
    r"(?: ?\([^()\n]{2,30}\))?\s?\.?\s?[-–—]{1,2}\s?"
)
# "RALEIGH, N.C., Oct. 3, 2024 /PRNewswire/ -- "
_WIRE = re.compile(r"(?P<head>[^/\n]{2,60}?)\s?/(?P<inside>[^/\n]{2,20})/\s?(?:--?|[–—])\s?(?P<bare>)")
# The stops of "Wien, 14. Dezember – " and of "LONDON, Sept. 12 – " end no dateline.
_PLAIN = re.compile(
    rf"(?P<head>[^\n{_OPEN}:—–]{{3,40}}?)(?P<separator>\s?(?:[—–]|:(?!\d))\s*|\s-{{1,2}}\s|(?<=\w)--\s?|\.\s?[-–—]{{1,2}}\s?|(?<!\s\d)(?<!\s\d\d)\.\s(?!\d))"
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
_DASHED = frozenset(("—", "–", "-", "--"))
# The call letters of American stations, or a day.
_STATION_OR_DAY = re.compile(r"[KW][A-Z]{2,3}(?:[-\s](?:TV|FM|AM))?|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?")
_MIN_CAPITALS = 5
# A longer place has a comma, a stop or a day in it: "MINNEAPOLIS, Minn., May 3".
_MOST_PLAIN_WORDS = 4
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
    if end := find_han_head(text):
        return end
    if may_name_agency(text) and (match := _BRACKET.match(text)) and _is_credited_place(match, text, is_first):
        return match.end()
    if is_first and " / " in head and (match := _AT_HOUR.match(text)):
        return match.end()
    if is_first and ("/" in head or "- " in head or "– " in head or "— " in head):
        match = _WIRE.match(text) or _SLASHES.match(text)
        if match and find_agencies(match["inside"] or match["bare"]) and _is_place(match["head"]):
            return match.end()
    if "日" in head and (match := _XINHUA.match(text)) and match["agency"].casefold() in agencies():
        return match.end()
    return _plain_dateline(text) if is_first else 0


def _is_credited_place(match: re.Match[str], text: str, is_first: bool) -> bool:
    if is_first and _STATION_OR_DAY.fullmatch(match["inside"]):
        # "GREEN BAY, Wis. (WBAY) – ", "WASHINGTON (Aug. 13) -- "
        is_place = _is_place(match["head"], may_be_empty=match["inside"][0] in "KW")
        return is_place and match["separator"].strip(" .") in _DASHED
    if not _names_agency(match["inside"]) or not _is_place(match["head"], may_be_empty=True):
        return False
    rest, place = text[match.end() :], match["head"].strip()
    if "|" in match["separator"] and (rest[:1].isdigit() or "|" in rest):
        return False  # "Docosahexaenoic acid (DHA) | 0.1 g"
    if place and not _has_case(place) and place.casefold() not in places():
        # "据法新社（AFP）报道": without capitals only a dash tells a place from a clause.
        return bool(match["separator"].strip()) and not find_agencies(place)
    if match["separator"].strip() or match.group(0).rstrip()[-1:] == "=" or (not rest and match["head"].strip()):
        return True
    # Without a dash between them, a sentence must start behind the bracket.
    is_cjk = match.group(0).rstrip()[-1:] in "】］〕"
    return is_cjk or (len(rest) >= _MIN_REST_CHARS and not rest[0].islower() and rest[0].isalpha())


def _names_agency(inside: str) -> bool:
    """Does the inside of a bracket name an agency, and beside it places and days only?"""
    if find_agencies(inside):
        return True
    if ":" in inside:  # "(Photo: Reuters/Jane Doe)"
        return False
    parts = [part for part in re.split(r"[\s=,/・、]+", inside) if part]
    known = agencies()
    return any(part.casefold() in known for part in parts) and all(not part[0].islower() for part in parts)


def _is_place(head: str, *, may_be_empty: bool = False) -> bool:
    """Could the words be a place and a day? Each has a capital, or is a number, a month or a particle."""
    words = re.findall(r"[^\s,]+", head)
    if not words:
        return may_be_empty
    has_case = _has_case(head)
    if len(words) > (8 if has_case else 4) or (not has_case and len(head) > 24) or head.rstrip()[-1] in '!?"”»':
        return False
    if len(words) > _MOST_PLAIN_WORDS and "," not in head and "." not in head and not has_digit(head):
        return False  # "The Public Policy Institute of Example (UPI) Jane Doe said"
    return all(
        not word[0].islower() or is_month(word) or word in _PARTICLES or before[0].isdigit()
        for before, word in zip(["-", *words], words, strict=False)
    )


def _has_case(text: str) -> bool:
    return text.upper() != text.lower()


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
