"""Formats that hold documents: told by content first, by name second. One reader a format, listed in ``FORMATS``."""

from cleaning.ingest.formats.fields import free_name
from cleaning.ingest.formats.reading import (
    FORMATS,
    PLAIN,
    START_BYTES,
    format_of,
    may_hold_records,
    media_type_of,
    peekable,
    read_stream,
    whole,
    why_not_read,
)
from cleaning.ingest.formats.record import BrokenContainer, Ignored, Item, Reading, Record, StreamLost, Unread

__all__ = [
    "FORMATS",
    "PLAIN",
    "START_BYTES",
    "BrokenContainer",
    "Ignored",
    "Item",
    "Reading",
    "Record",
    "StreamLost",
    "Unread",
    "format_of",
    "free_name",
    "may_hold_records",
    "media_type_of",
    "peekable",
    "read_stream",
    "whole",
    "why_not_read",
]
