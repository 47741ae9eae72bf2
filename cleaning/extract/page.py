"""The main text and the metadata of one HTML page, by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cleaning.extract.declared import Declared, find_declared
from cleaning.normalize.addresses import normalize_site
from cleaning.normalize.authors import parse_authors
from cleaning.records import RawMetadata

# Pages after which trafilatura's caches are emptied: they grow by about 1 MB a page (FACTS).
_RESET_EVERY_PAGES = 50
# The extensive search for a date costs a third of the page's time and finds no more right ones
# on 42 labelled pages.
_DATE_SEARCH = {"extensive_search": False, "original_date": True}
_TAG = re.compile(
    r"<\s*(?:!doctype|html|head|body|div|p|span|a|meta|table|article|h[1-6]|br|li|script|title)\b", re.IGNORECASE
)
_OPEN_TAG_AT_END = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}$")
# Where pages give the time of day that trafilatura leaves out: meta tags, then JSON-LD.
_STAMPS = re.compile(
    r"""(?:<meta[^>]{0,100}?["'](?:article|og):(?P<meta>published|modified|updated)_time["'][^>]{0,60}?content=
        |"date(?P<json>Published|Modified)"\s*:\s*)["'](?P<value>[^"']{10,40})["']""",
    re.IGNORECASE | re.VERBOSE,
)
_STAMP_CHARS = 400_000
_NO_WORD = re.compile(r"\W+")
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
# A date in an address: three numbers (trafilatura takes each of them for a date), and the forms that only a date has.
_LOOSE_URL_DATE = re.compile(r"\D((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?:\D|$)")
_URL_DATE = re.compile(
    r"""/(?:19|20)\d\d/\d\d?/\d\d?(?:/|$) | /(?:19|20)\d\d-\d\d/\d\d(?:/|$)
    | (?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)""",
    re.VERBOSE,
)
_seen_pages = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The main text of a page, not yet normalised, and what the page says of itself."""

    text: str
    metadata: RawMetadata


def is_html(text: str) -> bool:
    """Is there any markup of a page in the first 4,000 characters, or in the whole of a short text?"""
    return bool(_TAG.search(text[:4000]))


def is_cut_short(text: str) -> bool:
    """Does a page end inside a tag? A missing ``</html>`` is common and means nothing."""
    return bool(_OPEN_TAG_AT_END.search(text[-2100:]))


def extract_page(page: str, url: str | None = None) -> Extracted | None:
    """The main text and metadata of an HTML page; None where it has no text."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    _keep_memory_bounded()
    # The parser refuses a declaration of the encoding in text that is already decoded, and NUL.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page).replace("\x00", "")
    found: Any = bare_extraction(
        page, url=url, include_comments=False, with_metadata=True, date_extraction_params=_DATE_SEARCH
    )
    if found is None or not (found.text or "").strip():
        return None
    return Extracted(found.text, _raw_metadata(found, url, page))


def find_stamps(page: str, day: str | None) -> tuple[str | None, str | None]:
    """(published, modified) as the page's own data gives them, with the time of day.

    A page carries the stamps of other stories too: the first one counts that is of the ``day`` (ISO date)
    that trafilatura found, and the first change that is not before it.
    """
    published = modified = None
    for match in _STAMPS.finditer(page, 0, _STAMP_CHARS):
        value = match["value"].strip()
        is_published = (match["meta"] or match["json"]).lower() == "published"
        if is_published and published is None and (day is None or value.startswith(day)):
            published = value
        elif not is_published and modified is None and value[:10] >= (day or ""):
            modified = value
    return published or day, modified


def _raw_metadata(found: Any, url: str | None, page: str) -> RawMetadata:
    declared = find_declared(page, found.url or url)
    published, modified = find_stamps(page, _day(found, declared))
    tags = tuple(str(tag) for value in (found.tags or []) for tag in str(value).split(","))
    sections = [str(category) for category in (found.categories or [])]
    return RawMetadata(
        title=found.title,
        authors=_authors(found, declared),
        published=published,
        modified=modified,
        section=sections[0] if sections else None,
        tags=tags,
        description=found.description,
        url=found.url or url,
    )


def _day(found: Any, declared: Declared) -> str | None:
    """The day of publication, ISO: of a thread what its JSON-LD says, since the other dates there are of replies.

    A date that only the address states counts as folders, /YYYY/MM/DD/ or /YYYY-MM/DD/, or as YYYY-MM-DD: other
    numbers are a version as well ("2024-4-4").
    """
    said = (declared.published or "")[:10]
    if declared.is_thread and _ISO_DAY.fullmatch(said):
        return said
    address = found.url or ""
    loose = _LOOSE_URL_DATE.search(address)
    if loose and "-".join(part.zfill(2) for part in loose.groups()) == found.date and not _URL_DATE.search(address):
        return said if _ISO_DAY.fullmatch(said) else None
    return str(found.date) if found.date else None


def _authors(found: Any, declared: Declared) -> tuple[str, ...]:
    """The names of the first source that yields some: JSON-LD, meta tags, then what trafilatura found."""
    by_source = [_people(values, found) for values in declared.authors]
    linked = next((names for names in by_source if names), ())
    # Pages that name one author in JSON-LD and all of them in a meta tag.
    longer = next((names for names in by_source if linked and set(names) > set(linked)), linked)
    if longer or (declared.is_thread and declared.authors):
        return longer
    said = [value for values in declared.authors for value in values]
    return tuple(name for name in _people([found.author or ""], found) if not _is_part(name, said))


def _is_part(name: str, refused: Iterable[str]) -> bool:
    """Is the name what is left of a value that is no name: "User" of "user447274", "Sales" of "Example, Sales GmbH"?"""
    if " " not in name:
        return any(_compact(name) in _compact(value) for value in refused)
    spaced = (_NO_WORD.sub(" ", f" {value} ") for value in refused if value != name)
    return any(f" {name} " in value for value in spaced)


def _people(values: Iterable[str], found: Any) -> tuple[str, ...]:
    """The names but for the site's own: a word that is the name of the site, and every form of its address."""
    host = normalize_site(found.url) or ""
    labels = {_compact(found.sitename or ""), _compact(host.rpartition(".")[0])}
    return tuple(
        name
        for name in parse_authors(values)
        if _compact(name) != _compact(host) and (" " in name or _compact(name) not in labels)
    )


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _keep_memory_bounded() -> None:
    global _seen_pages
    _seen_pages += 1
    if _seen_pages % _RESET_EVERY_PAGES == 0:
        from trafilatura.meta import reset_caches

        reset_caches()
