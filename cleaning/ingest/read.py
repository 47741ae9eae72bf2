"""The bytes of one source, within its limits, with their media type."""

from __future__ import annotations

import hashlib
import os
import re

from cleaning.recipe import Limits
from cleaning.records import RawDocument, Reason, Rejection, Source, Stage

TEXT, HTML = "text/plain", "text/html"
SUFFIXES = {".txt": TEXT, ".text": TEXT, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".shtml": HTML}
_HTML_START = re.compile(
    rb"^[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def media_type_of(name: str, data: bytes) -> str:
    """``text/html`` or ``text/plain``: told by the content first, by the name second."""
    if _HTML_START.match(data[:4000]):
        return HTML
    return SUFFIXES.get(os.path.splitext(name)[1].lower(), TEXT)


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
