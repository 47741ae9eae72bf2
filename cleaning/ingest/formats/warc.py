"""WARC files, plain or compressed record by record: responses, resources and conversions.

Read by warcio. fastwarc 2.0.1 ends in a panic of its native code where a stream cannot seek.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

from cleaning.ingest.formats.record import (
    BrokenContainer,
    Format,
    Ignored,
    Item,
    Reading,
    Record,
    Unread,
    read_limited,
    too_large,
)
from cleaning.records import RawMetadata, Reason

_PAGES = ("text/html", "application/xhtml+xml", "application/xhtml")
_TEXTS = ("text/plain", "text/markdown")
# Served as plain text, and nobody's text: what crawlers fetch first, and the code of a site.
_FOR_MACHINES = re.compile(
    r"/(?P<name>(?:robots|ads|app-ads|sellers|security|humans)\.(?:txt|json)|[^/]*\.(?:m?js|css|json|map|xml|svg))$",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Requests and notes of the crawler are no documents and are passed over.
_HEADER_BYTES, _HEADER_END = 1 << 16, b"\r\n\r\n"
_DOCUMENTS = ("response", "resource", "conversion", "revisit")


def read_warc(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The pages of a WARC file, named for their record ids."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    # warcio takes anything else for the older ARC format, and finds records in plain text.
    head = stream.peek(5)[:5]  # type: ignore[attr-defined]  # each stream that is read can be peeked at
    if head and not _begins(head):
        raise BrokenContainer(Reason.TRUNCATED, "it does not begin as a WARC file does; fetch it again")
    end = _End(stream)
    try:
        for record in _quietly(iter(ArchiveIterator(end))):
            item = None
            if record.rec_type in _DOCUMENTS:
                number += 1
                reading.count_member()
                item = _read_record(record, _name(record, number), reading)
            missing = _missing(record)
            if missing and isinstance(item, Record):
                item = Unread(item.name, Reason.TRUNCATED, f"the file breaks off {missing:,} bytes before its end")
            if item is not None:
                yield item
            if missing and not isinstance(item, Unread):
                raise BrokenContainer(Reason.TRUNCATED, f"the WARC file breaks off in a record after {number}")
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error) as error:
        detail = f"the WARC file is broken after {number} records: {error}; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail) from None
    if end.is_in_header():
        detail = f"the WARC file breaks off in the header of the record after {number} others; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail)


class _End:
    """A stream that knows how it ended: warcio passes over a header that breaks off."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._last = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._last = (self._last + data)[-_HEADER_BYTES:]
        return data

    def is_in_header(self) -> bool:
        """Does the stream end in the header of a record?"""
        start = (b"\n" + self._last).rfind(b"\nWARC/1.")
        return start >= 0 and _HEADER_END not in self._last[start:]


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records, without what warcio writes to the terminal: pieces of the file, where lengths are wrong."""
    while True:
        with redirect_stderr(io.StringIO()):
            try:
                record = next(records, None)
            except AttributeError:  # warcio looks into the type of a record that has none
                raise ValueError("a header breaks off, or has no type") from None
        if record is None:
            return
        yield record


def _read_record(record: Any, name: str, reading: Reading) -> Item:
    http = record.http_headers
    if record.rec_type == "revisit":
        return Ignored(name, "a revisit: the page is as it was")
    if http is not None and http.get_statuscode() != "200":
        return Ignored(name, f"HTTP status {http.get_statuscode()}")
    told = (http or record.rec_headers).get_header("Content-Type") or ""
    media_type = told.partition(";")[0].strip().lower()
    if media_type and media_type not in (*_PAGES, *_TEXTS):
        return Ignored(name, f"not a type that is read: {media_type}")
    # A text that was made of a page (WET) may be of one that is called "node.js".
    machine = _FOR_MACHINES.search(_path(record)) if record.rec_type != "conversion" else None
    if machine and media_type in _TEXTS:
        return Ignored(name, f"no text for readers: {machine['name']}")
    limit = reading.limits.file_bytes
    try:
        data = read_limited(record.content_stream(), limit)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        return Unread(name, Reason.TRUNCATED, f"the body of the record cannot be unpacked: {error}")
    if data is None:
        return too_large(name, reading.limits)
    # A page of an encyclopedia may be called "Node.js", and be sent without a type.
    if machine and not media_type and not data.lstrip().startswith(b"<"):
        return Ignored(name, f"no text for readers: {machine['name']}")
    charset = _CHARSET.search(told)
    shown = "text/html" if media_type in _PAGES else "text/plain" if media_type in _TEXTS else None
    encoding = "utf-8" if record.rec_type == "conversion" else charset[1] if charset else None
    return Record(name, data, shown, encoding, _metadata(record))


def _path(record: Any) -> str:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    return re.split(r"[?#]", address, maxsplit=1)[0]


def _missing(record: Any) -> int:
    """Bytes that the record is to have, and the file has not."""
    while record.raw_stream.read(1 << 16):  # what stands behind the end of packed content
        pass
    return int(getattr(record.raw_stream, "limit", 0))


def _name(record: Any, number: int) -> str:
    """The record's own id, which outlasts the order of records; its number where it has none."""
    said = record.rec_headers.get_header("WARC-Record-ID") or ""
    return said.strip("<> ").removeprefix("urn:uuid:") or str(number)


def _metadata(record: Any) -> RawMetadata:
    date = record.rec_headers.get_header("WARC-Date")
    extra = (("warc_date", date),) if date else ()
    return RawMetadata(url=record.rec_headers.get_header("WARC-Target-URI"), extra=extra)


def _begins(head: bytes) -> bool:
    return head.startswith(b"WARC/")


FORMATS = (Format("WARC", (".warc",), read_warc, _begins),)
