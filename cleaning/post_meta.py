"""Lines that say several things of a post: "Posted by Jane Doe on May 3, 2024 in News | 5 comments"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cleaning.bylines import parse_byline, parse_name_in_place, parse_name_with_role, strip_role
from cleaning.credits import DEGREES, Names, is_full, match_lead
from cleaning.date_words import without_date_words
from cleaning.dates import Stamp, find_dates
from cleaning.emphasis import without_emphasis
from cleaning.names import bare_label, find_agencies, listed_phrases, parse_names, places
from cleaning.people import find_person
from cleaning.post_words import post_words

# 99 of 100 such lines on the labelled pages (927 different ones) have at most 95 characters.
MAX_CHARS = 220
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|zuletzt|mis\s+à\s+jour|modifié|actualizado|aggiornato|atualizado"
    r"|bijgewerkt|uppdaterad|opdateret|oppdatert|päivitetty|обновлено|оновлено|aktualizac\w+)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# "By Jane DoeUpdated May 3, 2024", "May 3, 2019Jane Doe": the markup between them is gone.
_GLUED_WORD = re.compile(r"(?<=[a-z\d])(?=(?:Updated|Published|Posted|By|Comments?|In(?=\s[^\W\d_a-z]))\b)")
_GLUED_NAME = re.compile(r"(?<=(?:19|20)\d\d)(?=[^\W\d_a-z][a-z])")
_NUMBERS = re.compile(
    r"(?<![\d.])\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?:\s+(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[+-]\d{4})?)?(?!\d)"
)
# Words that only a byline begins with: one name behind them is enough.
_POSTED = ("posted by", "submitted by", "published by", "added by", "written by", "post written by")
# Stands where a date stood.
_HOLE = "\x1f"
_SPLIT = re.compile(rf"{_HOLE}|\s*[|•·»›●‧∙⋅]\s*|\s+[–—~+*/-]+\s+|\s*//\s*|\t|\s{{2,}}|[()\[\]【】（）;；]")
_EDGES = " \t,.:;–—-@#*|/<>"
# "Politics / January 11, 2024", "Example News January 11, 2024, 7:57 AM": a sign that divides fields, or an hour.
_DIVIDED = re.compile(r"\d:\d\d|^[^|•·]{3,}(?:\s[/]{1,2}\s|\s?[|•·]\s?)[^|•·]{3,}$")
_IN_SECTION = re.compile(r"\s(?:(?:filed|posted|published)\s)?(?:[Ii]n|under)\s(?=[^\W\d_a-z])")
_AND = re.compile(r"\s*[,&]\s*|\s(?:and|und|et|y)\s")
_LABELS = re.compile(r"\s*[,/&]\s*|\s(?:and|und)\s")
# A word that may be a category, though nothing says so.
_LABEL = re.compile(r"#?[^\W_a-z][^|.!?:]{1,40}|#\w{2,40}")
_MAX_LABEL_WORDS, _MAX_LABELS, _MAX_UNCLEAR_WORDS = 6, 12, 3
_CLEAR_LEAD_CHARS = 6
_ALIAS = re.compile(r"@?[^\W_][\w.'’-]{1,24}(?:\s[^\W_][\w.'’-]{0,24})?")
_PAPER = re.compile(
    r"(?:The\s)?(?:[^\W\d_a-z][\w.&’'-]*\s){0,3}(?:News|Newspaper|Post|Times|Herald|Tribune|Journal|Gazette|Courier"
    r"|Chronicle|Telegraph|Observer|Press|Blog|Magazine|Radio|Zeitung|Anzeiger|Presse)"
    r"|[\w.-]+\.(?:com|org|net|de|fr|it|es|co\.uk|info)"
    r"|[\u3400-\u9fff]{1,8}(?:网|報|报|社|新闻|新聞|在线)|[가-힣]{2,8}(?:신문|뉴스|일보)"
)


@dataclass(frozen=True, slots=True)
class PostMeta:
    """What a line says of a post.

    Attributes:
        names: its authors.
        published, modified: when.
        section: the first category.
        is_led: a word says what follows ("by", "filed under"), or comments are counted.
    """

    names: Names = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    section: str | None = None
    is_led: bool = False


@dataclass(slots=True)
class _Fields:
    """What the parts of a line are."""

    is_dated: bool
    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    is_led: bool = False
    is_sourced: bool = False
    is_counted: bool = False
    is_filed: bool = False
    is_in: bool = False
    n_unclear: int = 0


@lru_cache(maxsize=1024)
def parse_post_meta(text: str) -> PostMeta | None:
    """What a line of several facts says of a post, or None where the line is anything else.

    A bare date and a bare byline are none: a line says two things at least, one of them a date, who wrote or how many
    comments there are.

    >>> parse_post_meta("By Jane Doe on May 3, 2024 in News | 5 comments").section
    'News'
    >>> parse_post_meta("04.02.2022 | 15:33 Uhr | Jane Doe").names, parse_post_meta("May 3, 2024 // by ada").names
    (('Jane Doe',), ('ada',))
    >>> [parse_post_meta(text) for text in ("By Jane Doe", "May 3, 2024", "Phoenix (11/18/2026)")]
    [None, None, None]
    """
    if len(text) > MAX_CHARS or not (_DIGIT.search(text) or match_lead(text, "byline")):
        return None
    text = without_emphasis(text.strip())
    # "Released: May 3, 2024" says it of a book.
    if len(text) < 8 or text[:8].casefold() == "released" or text.endswith(("!", "?", "…", ":")):
        return None
    text = _GLUED_NAME.sub(" | ", _GLUED_WORD.sub(" ", text))
    dates = find_dates(text)
    if not (dates or _NUMBERS.search(text) or match_lead(text, "byline")):
        return None
    ends = [0, *(found.end for found in dates)]
    starts = [*(found.start for found in dates), len(text)]
    holed = _HOLE.join(text[end:start] for end, start in zip(ends, starts, strict=True))
    # 08/09/2012 is either of two days, but it is a day.
    holed, n_days = _NUMBERS.subn(_HOLE, holed)
    n_dates = len(dates) + n_days
    fields = _Fields(is_dated=n_dates > 0)
    if not all(_read_part(part, fields) for part in _parts(holed)):
        return None
    if not _says_two_things(fields, n_dates, is_divided=_DIVIDED.search(text) is not None):
        return None
    is_led = fields.is_led or fields.is_counted or fields.is_filed or fields.is_in
    section = fields.labels[0] if fields.labels else None
    return PostMeta(tuple(dict.fromkeys(fields.names)), *read_stamps(text), section, is_led)


def read_stamps(text: str) -> tuple[Stamp | None, Stamp | None]:
    """When a line says that a text was published, and when it was changed: by the words before each date.

    >>> [stamp and stamp.stated for stamp in read_stamps("Published May 3, 2024 | Last updated 4 June 2024, 10:30")]
    ['2024-05-03', '2024-06-04T10:30']
    """
    published = modified = None
    begin = 0
    for found in find_dates(text):
        stamp = Stamp(found.at, found.stated)
        if _UPDATED.search(text, begin, found.end):
            modified = modified or stamp
        else:
            published = published or stamp
        begin = found.end
    return published, modified


def _says_two_things(fields: _Fields, n_dates: int, *, is_divided: bool) -> bool:
    facts = fields.is_led + fields.is_counted + fields.is_filed + fields.is_in
    if not n_dates:
        return fields.is_led and facts > 1 and not fields.n_unclear
    if facts or fields.names:
        # "… takes effect on May 3, 2024 in Harbour Town": a bare "in" files nothing beside words that nobody knows.
        is_sure = fields.is_led or fields.is_counted or fields.is_filed or fields.names
        return fields.n_unclear <= (1 if is_sure else 0)
    return n_dates == 1 and is_divided and fields.n_unclear + fields.is_sourced == 1


def _parts(text: str) -> Iterator[str]:
    """The parts of a line between dates and signs that divide fields."""
    value = post_words().value
    for match in value.finditer(text):
        yield match[0]
    for part in _SPLIT.split(value.sub(_HOLE, text)):
        bare = part.strip(_EDGES)
        if bare:
            yield bare


def _read_part(part: str, fields: _Fields) -> bool:
    """Notes what a part says; False where it says nothing that is known."""
    known = post_words()
    value = known.value.fullmatch(part)
    if value:
        fields.is_led = True
        if value["author"] and "=" not in value["value"]:
            fields.names.append(value["value"])
        return True
    edited = known.edited.fullmatch(part)
    if bare_label(part) in known.known or (edited and parse_names(edited["names"])):
        return True
    # "min read" and "in News" begin with words of dates.
    if _read_count(part, fields) or _read_section(part, fields):
        return True
    bare = without_date_words(part)
    if bare != part and _is_person(part) and not _is_person(bare):
        bare = part
    if not bare or _read_count(bare, fields) or _read_section(bare, fields):
        return True
    if _read_byline(bare, fields) or _read_name(bare, fields):
        return True
    if fields.is_dated and _LABEL.fullmatch(bare) and len(bare.split()) <= _MAX_UNCLEAR_WORDS:
        fields.n_unclear += 1
        return True
    return False


def _is_person(part: str) -> bool:
    """Is the part a name, or a byline that has one? "May" may be of Theresa."""
    return find_person(part) is not None or parse_byline(part) is not None


def _read_count(part: str, fields: _Fields) -> bool:
    is_count = post_words().count.fullmatch(part) is not None
    fields.is_counted |= is_count
    return is_count


def _read_section(part: str, fields: _Fields) -> bool:
    found = post_words().section.fullmatch(part)
    if found is None:
        return False
    labels = [label for name in _LABELS.split(found["labels"]) if (label := name.strip(" #"))]
    is_clear = len(found["lead"]) >= _CLEAR_LEAD_CHARS or ":" in part
    if not 0 < len(labels) <= _MAX_LABELS or not all(_is_category(label, is_clear=is_clear) for label in labels):
        return False
    fields.labels += labels
    fields.is_filed |= is_clear
    fields.is_in |= not is_clear
    return True


def _is_category(label: str, *, is_clear: bool) -> bool:
    """May a label be a category: behind a bare "in" only one with a capital?"""
    return len(label.split()) <= _MAX_LABEL_WORDS and (is_clear or not label[0].islower()) and label[-1] not in ".!?"


def _read_byline(part: str, fields: _Fields) -> bool:
    lead = match_lead(part, "byline")
    if lead is None:
        # "By |": the name is gone.
        is_bare = match_lead(f"{part} Jane Doe", "byline") is not None and len(part.split()) <= 2
        fields.is_led |= is_bare
        return is_bare
    section = _IN_SECTION.search(part, lead[1].start("names"))
    if section and part[section.end() :].casefold() not in places():
        label = part[section.end() :].split(",")[0].strip()
        if not _is_category(label, is_clear=False):
            return False
        fields.labels.append(label)
        fields.is_filed = True
        part = part[: section.start()]
    names = parse_byline(part)
    if names is None:
        is_posted = fields.is_filed and lead[1]["lead"].casefold() in _POSTED
        names = _aliases(part[lead[1].start("names") :], is_dated=fields.is_dated or is_posted)
    if names is None:
        return False
    fields.names += (name.split("@")[0].strip() or name for name in names)
    fields.is_led = True
    return True


def _aliases(text: str, *, is_dated: bool) -> Names | None:
    """The names behind "by" that are no full ones: one word beside a date, or a full one with a place behind it."""
    behind = without_date_words(strip_role(DEGREES.sub("", text)))
    if is_dated and (not behind or _ALIAS.fullmatch(behind)):
        is_nobody = not behind or behind.casefold() in post_words().staff or bare_label(behind) in post_words().known
        return () if is_nobody else (behind,)
    first = behind.split(",")[0].strip()
    parsed = parse_names(first) if first != behind else None
    return parsed if parsed and all(map(is_full, parsed)) else None


def _read_name(part: str, fields: _Fields) -> bool:
    if part.casefold() in post_words().staff or find_agencies(part):
        fields.is_led = True
        return True
    if _PAPER.fullmatch(part):
        fields.is_sourced = True
        return True
    name, _, label = part.rpartition(" ")
    if bare_label(label) in listed_phrases("section_label") and (person := find_person(name)):
        fields.names.append(person)
        fields.labels.append(label)
        return True
    people = [find_person(name) for name in _AND.split(part)]
    if not all(people):
        names = parse_name_with_role(part) or parse_name_in_place(part, is_dated=False) or ()
        people = [find_person(name) for name in names]
    fields.names += (person for person in people if person)
    return bool(people) and all(people)
