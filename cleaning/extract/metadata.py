"""What a page says of itself: JSON-LD first, then meta tags, the page only where they are silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from cleaning.extract.authors import find_authors
from cleaning.extract.blocks import Blocks
from cleaning.extract.declared import Declared
from cleaning.extract.head import Head
from cleaning.extract.near_title import texts_near_title
from cleaning.extract.origins import JSON_LD, META, PAGE, RECORD, SEARCH, Said, origin_of
from cleaning.extract.own_names import SITES, own_names
from cleaning.extract.stamps import MODIFIED, day_of_article, find_stamps, said_days, said_stamps
from cleaning.extract.titles import choose_title
from cleaning.extract.values import pick_values
from cleaning.normalize.addresses import normalize_url
from cleaning.normalize.metadata import parse_tags, split_tags
from cleaning.normalize.rights import parse_rights
from cleaning.records import Origin, RawMetadata

_TITLES = ("og:title", "twitter:title", "citation_title", "parsely-title")
_TAGS = ("article:tag", "keywords", "news_keywords")
_ADDRESSES = ("og:url", "twitter:url")
_NOTICE_CHARS = 300


def read_metadata(
    root: Any, page: str, url: str | None, head: Head, declared: Declared, blocks: Blocks, *, is_story: bool
) -> RawMetadata:
    """The metadata of a page. ``is_story``: worth a search of the page for its author and date where it states none."""
    address = find_address(head, url)
    site_name = head.first(*SITES)
    stated = [title for title in (head.first(*_TITLES), declared.headline, head.title) if title]
    title = choose_title(stated, head.headings, site_name, address)
    near = texts_near_title(blocks, title)
    day, is_guess = day_of_article(root, head.meta, head.times, declared, address, near, is_story=is_story)
    published, modified = find_stamps(page, day, *said_stamps(head.meta, head.times, declared, near))
    picked = pick_values(root, head, declared, address, is_story=is_story)
    notice = _rights_notice(blocks)
    own = own_names(head, declared, address, notice, picked["section"][0])
    authors, authors_origin = find_authors(root, declared, own, near, is_story=is_story)
    tags = [*declared.tags, *(value for name in _TAGS for value in head.meta.get(name, ()))]
    # Among those for Parse.ly are names of templates and of sections.
    tags = tags or head.meta.get("parsely-tags", [])
    linked_tags = parse_tags(tag for value in declared.tags for tag in split_tags(value))
    values: dict[str, Any] = {name: value for name, (value, _) in picked.items()}
    found = RawMetadata(
        title=title,
        authors=authors,
        published=published,
        modified=modified,
        tags=tuple(tag for value in tags for tag in split_tags(value)),
        url=address,
        rights=notice,
        **values,
    )
    origins = (
        _title_origin(found.title, head, declared),
        authors_origin,
        _published_origin(published, said_days(head.meta, head.times, declared, address), is_guess=is_guess),
        origin_of("modified", modified, [(JSON_LD, declared.modified), (META, head.first(*MODIFIED))]),
        Origin("tags", JSON_LD if linked_tags else META),
        Origin("url", META if address != url else RECORD),
        Origin("rights", PAGE),
        *(origin for _, origin in picked.values()),
    )
    return replace(found, origins=tuple(origin for origin in origins if getattr(found, origin.field)))


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


def _title_origin(title: str | None, head: Head, declared: Declared) -> Origin:
    stated = [*((META, value) for name in _TITLES for value in head.meta.get(name, ())), (PAGE, head.title)]
    return origin_of("title", title, [(JSON_LD, declared.headline), *stated, *((PAGE, one) for one in head.headings)])


def _published_origin(published: str | None, said: Sequence[Said], *, is_guess: bool) -> Origin:
    return Origin("published", SEARCH) if is_guess else origin_of("published", (published or "")[:10], said)


def _rights_notice(blocks: Blocks) -> str | None:
    """The last short block that is a notice of copyright: the page's own, at its foot."""
    return next((text for text in reversed(blocks.texts) if len(text) <= _NOTICE_CHARS and parse_rights(text)[1]), None)
