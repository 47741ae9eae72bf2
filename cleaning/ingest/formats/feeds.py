"""RSS and Atom files: one document an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from cleaning.dates import RECORD_YEARS, stamp_within
from cleaning.ingest.formats.record import BrokenContainer, Format, Item, Reading, Record, Unread, too_large
from cleaning.records import RawMetadata, Reason

_ENTRIES = ("item", "entry")
_BODIES = ("encoded", "content", "description", "summary")
_DESCRIPTIONS = ("description", "summary")
_LINKS = ("link", "id", "guid")
_DATES = ("pubDate", "published", "date", "issued")
_CHANGES = ("updated", "modified")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
# Pictures of an item have titles, descriptions and texts of their own.
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)
# How RSS has an author named: "news@site.example (Jane Doe)".
_MAILED = re.compile(r"[^\s@()]{1,100}@[^\s@()]{1,200}\s{0,9}\((?P<name>[^()]{1,100})\)$")
_WEB = ("http://", "https://")

Children = dict[str, list[etree._Element]]


def read_feed(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The entries of a feed, named for their place, counted from 1. Entities other than XML's own stay as they are."""
    number = 0
    feed: dict[str, list[str]] = {"author": [], "language": []}
    try:
        events = etree.iterparse(
            stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        for _, element in events:
            parent = element.getparent()
            if _key(element) not in _ENTRIES:
                _note(element, parent, feed)
                continue
            number += 1
            reading.count_member()
            yield _read_entry(element, str(number), reading, feed)
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, ValueError, OSError) as error:
        detail = f"the feed is broken after entry {number}: {error}; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail) from None
    if not number:
        raise BrokenContainer(Reason.NO_TEXT, "an XML file without entries of a feed; feeds are RSS and Atom")


def _note(element: etree._Element, parent: etree._Element | None, feed: dict[str, list[str]]) -> None:
    """Keeps what the head of a feed says for the entries below it; Atom's authors are those of entries without one."""
    above = _key(parent) if parent is not None else ""
    if (_key(element), above) == ("author", "feed"):
        feed["author"].append(_author(element))
    elif (_key(element), above) == ("language", "channel"):
        feed["language"].append(_content(element).strip())


def _read_entry(entry: etree._Element, name: str, reading: Reading, feed: dict[str, list[str]]) -> Item:
    found = _children(entry)
    body, key = next(((text, key) for key in _BODIES for text in _contents(found, key)), ("", ""))
    if not body:
        return Unread(name, Reason.NO_TEXT, "the entry has no content, description or summary")
    data = body.encode("utf-8", "replace")
    if len(data) > reading.limits.file_bytes:
        return too_large(name, reading.limits)
    published, changed = _first_date(found, _DATES), _first_date(found, _CHANGES)
    url = _address(found)
    metadata = RawMetadata(
        title=_plain(found, ("title",)),
        authors=_authors(found) or tuple(filter(None, feed["author"])),
        authors_key="creator" if "creator" in found else "author",
        published=published or changed,
        modified=changed if published and changed != published else None,
        tags=tuple(filter(None, ((c.get("term") or _content(c)).strip() for c in found.get("category", ())))),
        description=_plain(found, _DESCRIPTIONS) if key not in _DESCRIPTIONS else None,
        url=url,
        image=next((file for file in _files(found) if _is_picture(file)), ("", ""))[0] or None,
        declared_language=_language(entry) or next(filter(None, feed["language"]), None),
        extra=tuple(_extra(found, url)),
    )
    return Record(name, data, "text/html" if "<" in body else "text/plain", "utf-8", metadata)


def _key(element: etree._Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return f"media:{tag.removeprefix(_MEDIA)}" if tag.startswith(_MEDIA) else tag.rpartition("}")[2]


def _children(element: etree._Element) -> Children:
    found: Children = {}
    for child in element:
        found.setdefault(_key(child), []).append(child)
    return found


def _content(element: etree._Element) -> str:
    """The text of an element; XHTML in it as it is written."""
    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""


def _contents(found: Children, key: str) -> Iterator[str]:
    return (text for text in map(_content, found.get(key, ())) if text.strip())


def _first_date(found: Children, keys: tuple[str, ...]) -> str | None:
    return next((text.strip() for key in keys for text in _contents(found, key) if _is_date(text)), None)


def _is_date(text: str) -> bool:
    return stamp_within(text, RECORD_YEARS) is not None


def _plain(found: Children, keys: tuple[str, ...]) -> str | None:
    """The first of these as text: of a title only where it says that it is a page's, of a description in any case."""
    for element in (child for key in keys for child in found.get(key, ())):
        text = "".join(map(str, element.itertext(etree.Element, etree.Entity)))
        if element.get("type", "").endswith("html") or (keys == _DESCRIPTIONS and "<" in text):
            page = etree.fromstring(f"<p>{text}</p>".encode(), etree.HTMLParser(encoding="utf-8"))
            text = "".join(map(str, page.itertext(etree.Element))) if page is not None else ""
        if text.strip():
            return " ".join(text.split())
    return None


def _authors(found: Children) -> tuple[str, ...]:
    named = [_author(child) for key in ("creator", "author") for child in found.get(key, ())]
    # An entry that was taken over from another feed has that feed's authors.
    named = named or [
        _author(child) for source in found.get("source", ()) for child in _children(source).get("author", ())
    ]
    return tuple(filter(None, named))


def _author(element: etree._Element) -> str:
    named = [_content(child) for child in element if _key(child) == "name"]
    text = (named[0] if named else _content(element)).strip()
    mailed = _MAILED.match(text)
    return mailed["name"].strip() if mailed else text


def _address(found: Children) -> str | None:
    links = [child for key in _LINKS for child in found.get(key, ()) if child.get("rel", "alternate") == "alternate"]
    values = ((child.get("href") or _content(child)).strip() for child in links)
    return next((value for value in values if value.startswith(_WEB)), None)


def _files(found: Children) -> Iterator[tuple[str, str]]:
    """(address, kind) of the pictures and recordings of an entry."""
    groups = [_children(group) for group in found.get("media:group", ())]
    enclosed = [link for link in found.get("link", ()) if link.get("rel") == "enclosure"]
    media = [child for part in (found, *groups) for child in part.get("media:content", ())]
    for file in (*found.get("enclosure", ()), *enclosed, *media):
        address = (file.get("url") or file.get("href") or "").strip()
        if address.startswith(_WEB):
            yield address, file.get("medium") or file.get("type") or ""


def _is_picture(file: tuple[str, str]) -> bool:
    address, kind = file
    return kind.startswith("image") or (not kind and _PICTURE.search(address) is not None)


def _language(entry: etree._Element) -> str | None:
    said = (element.get(_LANGUAGE) for element in (entry, *entry.iterancestors()))
    return next(filter(None, said), None)


def _extra(found: Children, url: str | None) -> Iterator[tuple[str, str]]:
    """What names the entry beside its address, dates that cannot be read, and its recordings."""
    for key in ("guid", "id"):
        yield from ((key, text.strip()) for text in _contents(found, key) if text.strip() != url)
    for key in (*_DATES, *_CHANGES):
        yield from ((key, text.strip()) for text in _contents(found, key) if not _is_date(text))
    addresses = dict.fromkeys(address for address, kind in _files(found) if not _is_picture((address, kind)))
    if addresses:
        yield "enclosure", " ".join(addresses)


def _begins(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2_000]
    return start.startswith(b"<") and _ROOT.search(start) is not None and b"<html" not in start.lower()


FORMATS = (Format("feed", (".rss", ".atom", ".xml"), read_feed, _begins),)
