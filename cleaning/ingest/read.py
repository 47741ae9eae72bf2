"""The bytes of one source, within its limits, with their media type."""

from __future__ import annotations

import hashlib
import os
import re

from cleaning.recipe import Limits
from cleaning.records import RawDocument, Reason, Rejection, Source, Stage

TEXT, HTML = "text/plain", "text/html"
SUFFIXES = {".txt": TEXT, ".text": TEXT, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".shtml": HTML}
_HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# A page begins within this many bytes; what is before it are blanks, an XML declaration and comments.
_START_BYTES = 4000
_BLANKS = b" \t\r\n\f\v\xef\xbb\xbf"


def media_type_of(name: str, data: bytes) -> str:
    """``text/html`` or ``text/plain``: told by the content first, by the name second."""
    if _begins_page(data[:_START_BYTES]):
        return HTML
    return SUFFIXES.get(os.path.splitext(name)[1].lower(), TEXT)


def _begins_page(head: bytes) -> bool:
    """Is a page's first tag the first thing after blanks, an XML declaration and comments?"""
    head = head.lstrip(_BLANKS)
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


def read_document(source: Source, path: str, limits: Limits) -> RawDocument | Rejection:
    """The raw document at a path, or why it cannot be had."""
    if source.size_bytes > limits.file_bytes:
        detail = (
            f"{source.size_bytes:,} bytes, more than the recipe's limits.file_bytes of {limits.file_bytes:,}; "
            "raise the limit or split the file"
        )
        return _reject(source, Reason.TOO_LARGE, detail)
    try:
        with open(path, "rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        return _reject(source, Reason.VANISHED, "the file was there when the run began and is gone; run again")
    except OSError as error:
        detail = f"{error.strerror}; make the file readable for the user of this run"
        return _reject(source, Reason.UNREADABLE, detail)
    if len(data) > limits.file_bytes:
        return _reject(source, Reason.TOO_LARGE, "the file grew beyond limits.file_bytes while it was read; run again")
    return RawDocument(source, media_type_of(source.path, data), data, hashlib.sha256(data).hexdigest())


def _reject(source: Source, reason: Reason, detail: str) -> Rejection:
    return Rejection(source.id, source.path, Stage.INGEST, reason, detail, size_bytes=source.size_bytes)
