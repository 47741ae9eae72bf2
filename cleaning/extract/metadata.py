"""What a page says of itself: JSON-LD first, then meta tags, the page only where they are silent."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from cleaning.extract.blocks import Blocks
from cleaning.extract.declared import Declared
from cleaning.extract.stamps import day_of_article, find_stamps
from cleaning.extract.titles import choose_title
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.authors import parse_authors
from cleaning.records import RawMetadata

_TITLES = ("og:title", "twitter:title", "citation_title")
_SITES = ("og:site_name", "application-name")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "cxenseparse:category")
_TAGS = ("article:tag", "keywords", "news_keywords", "parsely-tags")
_ADDRESSES = ("og:url", "twitter:url")
_NO_WORD = re.compile(r"\W+")
_MAX_VALUES = 200
_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """The values of the meta tags by lower-case name, and the address, title and h1 headings that a page states."""

    meta: dict[str, list[str]]
    canonical: str | None
    title: str
    headings: tuple[str, ...]
    times: tuple[str, ...]

    def first(self, *names: str) -> str | None:
        """The first value of the first name that has one."""
        return next((value for name in names for value in self.meta.get(name, ())), None)


def read_head(root: Any) -> Head:
    """What a tree states in its head, and in h1 and time elements."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "")[:_MAX_CHARS].split())
        for key in ("property", "name", "itemprop"):
            name = element.get(key)
            if name and content and len(meta.setdefault(name.lower(), [])) < _MAX_VALUES:
                meta[name.lower()].append(content)
    links = (link for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return Head(
        meta=meta,
        canonical=next((link.get("href") for link in links if link.get("href")), None),
        title=next(map(_text, root.iter("title")), ""),
        headings=tuple(_text(element) for element, _ in zip(root.iter("h1"), range(_MAX_VALUES), strict=False)),
        times=tuple(filter(None, (element.get("datetime") for element in root.iter("time")))),
    )


def read_metadata(
    root: Any, page: str, url: str | None, head: Head, declared: Declared, blocks: Blocks, *, is_story: bool
) -> RawMetadata:
    """The metadata of a page. ``is_story``: worth a search of the page for its author and date where it states none."""
    address = find_address(head, url)
    day = day_of_article(root, head.meta, head.times, declared, address, blocks, is_story=is_story)
    published, modified = find_stamps(page, day)
    section, tags = head.first(*_SECTIONS), [value for name in _TAGS for value in head.meta.get(name, ())]
    stated = [title for title in (head.first(*_TITLES), head.title) if title]
    site_name = head.first(*_SITES)
    return RawMetadata(
        title=choose_title(stated, head.headings, site_name, address),
        authors=_authors(root, declared, site_name, address, is_story=is_story),
        published=published,
        modified=modified,
        section=section or (_linked(root, "category") if is_story else None),
        tags=tuple(tag for value in tags for tag in value.split(",")),
        description=head.first(*_DESCRIPTIONS),
        url=address,
    )


def find_address(head: Head, url: str | None) -> str | None:
    """The address that a page states as its own, else the one it came from."""
    for stated in (head.canonical, head.first(*_ADDRESSES)):
        try:
            found = urljoin(url or "", stated or "")
        except ValueError:
            continue
        if stated and normalize_url(found):
            return found
    return url


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _linked(root: Any, relation: str) -> str | None:
    """The text of the first link that says it leads to the page's category."""
    links = (link for link in root.iter("a") if relation in (link.get("rel") or "").split())
    return next((_text(link)[:_MAX_CHARS] for link in links), None)


def _authors(
    root: Any, declared: Declared, site_name: str | None, url: str | None, *, is_story: bool
) -> tuple[str, ...]:
    """The names of the first source that yields some: JSON-LD, meta tags, then what trafilatura finds in a story."""
    by_source = [_people(values, site_name, url) for values in declared.authors]
    linked = next((names for names in by_source if names), ())
    # Pages that name one author in JSON-LD and all of them in a meta tag.
    longer = next((names for names in by_source if linked and set(names) > set(linked)), linked)
    if longer or not is_story or (declared.is_thread and declared.authors):
        return longer
    from trafilatura.metadata import extract_author

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    said = [value for values in declared.authors for value in values]
    found = _people([extract_author(root) or ""], site_name, url)
    return tuple(name for name in found if not _is_part(name, said))


def _is_part(name: str, refused: Iterable[str]) -> bool:
    """Is the name what is left of a value that is no name: "User" of "user447274", "Sales" of "Example, Sales GmbH"?"""
    if " " not in name:
        return any(_compact(name) in _compact(value) for value in refused)
    spaced = (_NO_WORD.sub(" ", f" {value} ") for value in refused if value != name)
    return any(f" {name} " in value for value in spaced)


def _people(values: Iterable[str], site_name: str | None, url: str | None) -> tuple[str, ...]:
    """The names but for the site's own: a word that is the name of the site, and every form of its address."""
    host = normalize_site(url) or ""
    labels = {_compact(site_name or ""), _compact(host.rpartition(".")[0])}
    return tuple(
        name
        for name in parse_authors(values)
        if _compact(name) != _compact(host) and (" " in name or _compact(name) not in labels)
    )


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
