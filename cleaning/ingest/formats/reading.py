"""Which format a stream is in, and what is in it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cleaning.ingest.formats import archives, compressed, feeds, json_files, mail, parquet, tables, warc
from cleaning.ingest.formats.record import Format, Item, Reading, Record, read_limited, too_large

TEXT, HTML = "text/plain", "text/html"
# Files that are one document.
PLAIN = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), HTML),
}
FORMATS: tuple[Format, ...] = (
    *compressed.FORMATS,
    *archives.FORMATS,
    *warc.FORMATS,
    *parquet.FORMATS,
    *json_files.FORMATS,
    *tables.FORMATS,
    *mail.FORMATS,
    *feeds.FORMATS,
)
_HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# A page begins within this many bytes; what is before it are blanks, an XML declaration and comments.
START_BYTES = 4_000
_BUFFER_BYTES = 1 << 16
_FENCES = (b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")
# Archives have such bytes in their first lengths, texts nowhere.
_CONTROL = re.compile(rb"[\x00-\x08]")
_BLANKS = b" \t\r\n\f\v\xef\xbb\xbf"


def format_of(name: str, head: bytes) -> Format | None:
    """The format that a stream with this name and these first bytes is in; None where it is one document."""
    if begins_page(head):
        return None
    for one in FORMATS:
        if one.begins is not None and one.begins(head):
            return one
    suffix = os.path.splitext(name)[1].lower()
    named = next((one for one in FORMATS if suffix in one.suffixes), None)
    is_text = bool(head) and not _CONTROL.search(head)
    return None if named and named.is_binary and is_text else named


def may_hold_records(name: str) -> bool:
    """Does the name promise a format of several documents?"""
    suffix = os.path.splitext(name)[1].lower()
    return any(suffix in one.suffixes for one in FORMATS)


def why_not_read(name: str, head: Callable[[], bytes] = bytes) -> str | None:
    """Why a file or member of this name is left alone; None where it is read.

    ``head`` is asked for the first bytes where the name says nothing. A page or a format tells itself by them; plain
    text without a suffix may be anything, a licence or a Makefile.
    """
    last = name.rsplit("/", 1)[-1]
    if last.startswith("."):
        return "hidden file"
    suffix = os.path.splitext(last)[1].lower()
    if suffix in PLAIN or may_hold_records(last):
        return None
    if suffix:
        return f"not a type that is read: {suffix}"
    first = head()
    if begins_page(first) or any(one.begins is not None and one.begins(first) for one in FORMATS):
        return None
    return "not a type that is read: no suffix, and nothing says that it is a page; name the file itself to read it"


def media_type_of(name: str, data: bytes) -> str:
    """``text/html`` or ``text/plain``: told by the content first, by the name second."""
    if begins_page(data[:START_BYTES]):
        return HTML
    return PLAIN.get(os.path.splitext(name)[1].lower(), TEXT)


def begins_page(head: bytes) -> bool:
    """Is a page's first tag the first thing after blanks, an XML declaration and comments?"""
    head = head[:START_BYTES].lstrip(_BLANKS)
    if head.startswith(b"<?xml"):
        head = head.partition(b">")[2].lstrip(_BLANKS)
    position = 0
    while head.startswith(b"<!--", position):
        end = head.find(b"-->", position + 4)
        if end < 0:
            return False
        position = end + 3
        while head[position : position + 1].isspace():
            position += 1
    return _HTML_TAG.match(head, position) is not None


def read_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The documents in a stream, in order, one at a time; a stream that is one document is named "".

    Raises:
        BrokenContainer: the stream cannot be read, or not to its end.
    """
    buffered = peekable(stream)
    head = buffered.peek(START_BYTES)[:START_BYTES]
    found = format_of(reading.name, head)
    if found is not None:
        yield from found.read(buffered, reading)
        return
    data = read_limited(buffered, reading.limits.file_bytes)
    if data is None:
        yield too_large("", reading.limits)
    else:
        yield whole(data, reading)


def whole(data: bytes, reading: Reading) -> Record:
    """The one document that some bytes are; of a text with a head, what is below it, and what the head says."""
    media_type = media_type_of(reading.name, data)
    if media_type == TEXT and data.startswith(_FENCES):
        from cleaning.ingest.formats.front_matter import read_head  # which loads a parser that few texts need

        return read_head(data, reading) or Record("", data, media_type)
    return Record("", data, media_type)


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """A stream whose next bytes can be looked at."""
    # A member of a tar archive is a BufferedReader of another kind, and only pretends to seek.
    return stream if type(stream) is io.BufferedReader else io.BufferedReader(_Plain(stream), _BUFFER_BYTES)


class _Plain(io.RawIOBase):
    """A stream that can be read and nothing else."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
