"""When a page was published and changed: JSON-LD, meta tags, time elements, then htmldate's search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaning.dates import PAGE_YEARS, stamp_within
from cleaning.extract.borrowed import search_day
from cleaning.extract.declared import Declared
from cleaning.extract.origins import ADDRESS, JSON_LD, META, PAGE, Said
from cleaning.post_meta import read_stamps

# Right on 93 of 100 labelled pages that state one.
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "article:published",
    "sailthru.date", "dc.date.issued", "dcterms.created", "date", "dc.date", "pubdate",
    "publishdate", "publish-date", "cxenseparse:recs:publishtime", "citation_publication_date", "dc.date.created",
    "dcterms.date", "weibo: article:create_at", "og:time", "parsely-pub-date", "dateupdate",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "article:updated_time", "datemodified", "modified",
    "last-modified", "dcterms.modified", "dc.date.modified", "revised", "lastmod", "weibo: article:update_at",
)  # fmt: skip
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ](?P<clock>\d\d:\d\d)[\d:.,]*\s*(?P<zone>Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
# Where pages give the time of day: meta tags, then JSON-LD. Two patterns: one with both takes twice the time.
_META_STAMP = re.compile(
    r"""<meta[^>]{0,100}?["'](?:article|og):(?P<part>published|modified|updated)_time["'][^>]{0,60}?content=
        ["'](?P<value>[^"']{10,40})["']""",
    re.IGNORECASE | re.VERBOSE,
)
_JSON_STAMP = re.compile(r""""date(?P<part>Published|Modified)"\s*:\s*["'](?P<value>[^"']{10,40})["']""")
_STAMP_CHARS = 400_000
_DATE_LINE_CHARS = 100
_SENTENCE_BLANKS = 7
_DATE_SIGN = re.compile(r"(?:19|20)\d\d|\d\d?[./]\d\d?[./]\d\d\b")
# A date in an address: three numbers (htmldate takes each of them for a date), and the forms that only a date has.
_LOOSE_URL_DATE = re.compile(r"\D((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?:\D|$)")
_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/)")
_URL_DATE = re.compile(
    r"""/(?:19|20)\d\d/\d\d?/\d\d?(?:/|$) | /(?:19|20)\d\d-\d\d/\d\d(?:/|$)
    | (?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)""",
    re.VERBOSE,
)


def find_stamps(
    page: str, day: str | None, said_published: Sequence[str] = (), said_modified: Sequence[str] = ()
) -> tuple[str | None, str | None]:
    """(published, modified) as the page's own data gives them, with the time of day and its zone where any part does.

    A page carries the stamps of other stories too: those count that are of the ``day`` (ISO date) of the article, and
    changes that are not before it. ``said_published`` and ``said_modified`` are what other parts say, best first.
    """
    found = [match for pattern in (_META_STAMP, _JSON_STAMP) for match in pattern.finditer(page, 0, _STAMP_CHARS)]
    found.sort(key=re.Match.start)
    published = [match["value"].strip() for match in found if match["part"].lower() == "published"]
    modified = [match["value"].strip() for match in found if match["part"].lower() != "published"]
    if day is None:
        return next(iter(published), None), next(iter(modified), None)
    of_day = [value for value in (*published, *said_published) if value.startswith(day)]
    # Of the changes that are told the first, or what says the same more exactly.
    later = [value for value in (*modified, *said_modified) if _ISO_DAY.match(value) and value[:10] >= day]
    same = [value for value in later if value[:10] == later[0][:10]]
    return max(of_day, key=_precision, default=day), max(same, key=_precision, default=None)


def _precision(stamp: str) -> int:
    """How much a stamp says: a day, midnight (which stands for a day), a time, a time in a zone."""
    time = _TIME.match(stamp)
    if time is None:
        return 0
    return 1 if time["clock"].startswith("00:00") else 2 + (time["zone"] is not None)


def said_stamps(
    meta: Mapping[str, Sequence[str]], times: Sequence[str], declared: Declared, near: Iterable[str]
) -> tuple[list[str], list[str]]:
    """What the parts of a page say of its publication and of its last change, best first, as they write it.

    Of the time elements the first: the others are of comments and of other stories. Last what is printed near the
    title: most often without its zone, but with the hour that data which give a day do not tell.
    """
    named = [value for name in _PUBLISHED for value in meta.get(name, ())]
    changed = [value for name in MODIFIED for value in meta.get(name, ())]
    printed = [read_stamps(text) for text in near if _may_date(text)]
    first = [stamp.stated for stamp, _ in printed if stamp]
    last = [stamp.stated for _, stamp in printed if stamp]
    return [declared.published or "", *named, *times[:1], *first], [declared.modified or "", *changed, *last]


def day_of_article(
    root: Any,
    meta: Mapping[str, Sequence[str]],
    times: Sequence[str],
    declared: Declared,
    url: str | None,
    near: Sequence[str],
    *,
    is_story: bool,
) -> tuple[str | None, bool]:
    """The day of publication, ISO, and whether it is a guess from the whole page.

    Of a thread it is what its JSON-LD says: the other dates there are of replies.

    ``near``: the texts near the title. Folders of the address, /YYYY/MM/DD/, come first: stamps are in other time
    zones, and are set anew. A date that only the address states counts as folders, /YYYY/MM/DD/ or /YYYY-MM/DD/, or as
    YYYY-MM-DD: other numbers are a version as well ("2024-4-4").
    """
    folders = _FOLDERS.search(url or "")
    if folders and not declared.is_thread:
        return "-".join(part.zfill(2) for part in folders.groups()), False
    stated = _first_day([declared.published or ""])
    if stated or (declared.is_thread and declared.published):
        return stated, False
    stated = _first_day(value for name in _PUBLISHED for value in meta.get(name, ())) or _first_day(times)
    stated = stated or _day_near_title(near)
    if stated or not is_story:
        return stated, False
    # In stories only: elsewhere what stands anywhere in the page is the copyright's date.
    found = search_day(root, url)
    loose = _LOOSE_URL_DATE.search(url or "")
    if loose and "-".join(part.zfill(2) for part in loose.groups()) == found and not _URL_DATE.search(url or ""):
        return None, False
    return found, found is not None


def said_days(
    meta: Mapping[str, Sequence[str]], times: Sequence[str], declared: Declared, url: str | None
) -> list[Said]:
    """The days of publication that the parts of a page say, ISO."""
    folders = _FOLDERS.search(url or "")
    return [
        (ADDRESS, "-".join(part.zfill(2) for part in folders.groups()) if folders else None),
        (JSON_LD, _first_day([declared.published or ""])),
        (META, _first_day(value for name in _PUBLISHED for value in meta.get(name, ()))),
        (PAGE, _first_day(times)),
    ]


def _first_day(values: Iterable[str]) -> str | None:
    return next((match[0] for value in values if (match := _ISO_DAY.match(value.strip()))), None)


def _may_date(text: str) -> bool:
    """May a block say when the page was published? A sentence tells of the day when something else began."""
    is_sentence = text[-1:] in ".!?。" and text.count(" ") >= _SENTENCE_BLANKS
    return len(text) <= _DATE_LINE_CHARS and not is_sentence and _DATE_SIGN.search(text) is not None


def _day_near_title(near: Iterable[str]) -> str | None:
    """The first date in a short block near the title.

    Right on 240 of 270 labelled pages that state no date in their head and have one there.
    """
    # In UTC "September 13, 2011, 8:50 PM EDT" would be of the day after.
    stamps = (stamp_within(text, PAGE_YEARS) for text in near if _may_date(text))
    return next((stamp.stated[:10] for stamp in stamps if stamp), None)
