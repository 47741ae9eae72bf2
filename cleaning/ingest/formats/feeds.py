"""RSS and Atom files: one document an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from cleaning.ingest.formats.record import BrokenContainer, Format, Item, Reading, Record, Unread, too_large
from cleaning.records import RawMetadata, Reason

_ENTRIES = ("item", "entry")
_BODIES = ("encoded", "content", "description", "summary")
_LINKS = ("link", "id", "guid")
_DATES = ("pubDate", "published", "date", "issued", "updated")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


def read_feed(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The entries of a feed, named for their place, counted from 1. Entities other than XML's own stay as they are."""
    number = 0
    try:
        events = etree.iterparse(
            stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        for _, element in events:
            if _local(element) not in _ENTRIES:
                continue
            number += 1
            reading.count_member()
            yield _read_entry(element, str(number), reading)
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, ValueError, OSError) as error:
        detail = f"the feed is broken after entry {number}: {error}; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail) from None
    if not number:
        raise BrokenContainer(Reason.NO_TEXT, "an XML file without entries of a feed; feeds are RSS and Atom")


def _read_entry(entry: etree._Element, name: str, reading: Reading) -> Item:
    found: dict[str, list[etree._Element]] = {}
    for child in entry:
        found.setdefault(_local(child), []).append(child)
    bodies = [_content(child) for key in _BODIES for child in found.get(key, ())]
    body = next((text for text in bodies if text.strip()), "")
    if not body:
        return Unread(name, Reason.NO_TEXT, "the entry has no content, description or summary")
    data = body.encode("utf-8", "replace")
    if len(data) > reading.limits.file_bytes:
        return too_large(name, reading.limits)
    metadata = RawMetadata(
        title=_first(found, ("title",)),
        authors=tuple(filter(None, (_author(child) for key in ("creator", "author") for child in found.get(key, ())))),
        published=_first(found, _DATES),
        tags=tuple(filter(None, ((c.get("term") or _content(c)).strip() for c in found.get("category", ())))),
        url=_address(found),
    )
    return Record(name, data, "text/html" if "<" in body else "text/plain", "utf-8", metadata)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _content(element: etree._Element) -> str:
    """The text of an element; XHTML in it as it is written."""
    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""


def _author(element: etree._Element) -> str:
    named = [_content(child) for child in element if _local(child) == "name"]
    return (named[0] if named else _content(element)).strip()


def _first(found: dict[str, list[etree._Element]], keys: tuple[str, ...]) -> str | None:
    texts = (_content(child).strip() for key in keys for child in found.get(key, ()))
    return next((text for text in texts if text), None)


def _address(found: dict[str, list[etree._Element]]) -> str | None:
    links = [child for key in _LINKS for child in found.get(key, ()) if child.get("rel", "alternate") == "alternate"]
    values = ((child.get("href") or _content(child)).strip() for child in links)
    return next((value for value in values if value.startswith(("http://", "https://"))), None)


def _begins(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2_000]
    return start.startswith(b"<") and _ROOT.search(start) is not None and b"<html" not in start.lower()


FORMATS = (Format("feed", (".rss", ".atom", ".xml"), read_feed, _begins),)
