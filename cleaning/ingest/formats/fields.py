"""A row of named values to a document: which field is the text, which the page, which metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from cleaning.dates import parse_stamp
from cleaning.ingest.formats.record import Item, Reading, Record, Unread, too_large
from cleaning.records import RawMetadata, Reason

TEXT, HTML = "text/plain", "text/html"
# So much of what came with a record and has no column is kept: most fields, characters of one.
_EPOCH, _SECOND_DIGITS = re.compile(r"\d{9,10}|\d{13}"), 10
_MAX_EXTRA, _EXTRA_CHARS = 100, 2_000
_NAME_CHARS = 200
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)


def as_row(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The row of these fields; of several of one name the first that is filled has it, the others are numbered.

    >>> as_row([("text", ""), ("text", "One"), ("text", "Two")])
    {'text': 'One', 'text~2': 'Two'}
    """
    row: dict[str, Any] = {}
    met: dict[str, int] = {}
    for name, value in pairs:
        if row.get(name, "") in ("", None):
            row[name] = value
        else:
            row[free_name(name, met)] = value
        met.setdefault(name, 1)
    return row


def free_name(name: str, met: dict[str, int]) -> str:
    """The name, or with the first number behind it that is not ``met``, which notes it: names and their numbers.

    >>> met = {}
    >>> [free_name(name, met) for name in ("x", "x~2", "x", "x")]
    ['x', 'x~2', 'x~3', 'x~4']
    """
    number = met.get(name, 0) + 1
    free = name if number == 1 else f"{name}~{number}"
    while number > 1 and free in met:
        number += 1
        free = f"{name}~{number}"
    met[name] = number
    met.setdefault(free, 1)
    return free


def read_row(row: Mapping[str, Any], name: str, reading: Reading) -> Item:
    """The record of a row, by the recipe's field names; of several names for one thing the first that is filled."""
    used: set[str] = set()

    def value(names: tuple[str, ...]) -> Any:
        for field in names:
            found = _look_up(row, field)
            if not _is_blank(found):
                used.add(field.partition(".")[0])
                return found
        return None

    fields = reading.fields
    name = (_name(value(fields.id)) or f"row-{name}") if fields.id and name else name
    used.clear()
    page, text = value(fields.html), None
    if not isinstance(page, str | bytes):
        page, text = None, value(fields.text)
        text = "\n\n".join(map(str, text)) if isinstance(text, list) else text
    body = page if page is not None else text
    if not isinstance(body, str | bytes):
        return Unread(name, Reason.NO_TEXT, f"no text in it: {_why_no_text(row, (*fields.html, *fields.text))}")
    data = body if isinstance(body, bytes) else _SURROGATE.sub("\ufffd", body).encode()
    if len(data) > reading.limits.file_bytes:
        return too_large(name, reading.limits)
    times = {name: _time(value(getattr(fields, name))) for name in ("published", "modified")}
    # A time that cannot be read is kept as it is, and so is an address that is none.
    unread = {n for name in times if times[name] is None for n in getattr(fields, name)}
    url = _text(value(fields.url))
    if url is None or not _ADDRESS.match(url):
        unread.update(fields.url)
    metadata = RawMetadata(
        title=_text(value(fields.title)),
        authors=_texts(value(fields.authors)),
        published=times["published"],
        modified=times["modified"],
        section=_text(value(fields.section)),
        tags=_texts(value(fields.tags)),
        description=_text(value(fields.description)),
        url=url,
        extra=_extra(row, used - unread),
    )
    encoding = None if isinstance(body, bytes) else "utf-8"
    return Record(name, data, HTML if page is not None else None, encoding, metadata)


def _name(value: Any) -> str | None:
    """What a record calls itself, in one line; None where it is longer than a name is."""
    text = " ".join((_text(value) or "").split())
    return text if text and len(text) <= _NAME_CHARS and text.isprintable() and value == value else None


def _look_up(row: Mapping[str, Any], field: str) -> Any:
    """The value of a field; ``a.b`` is the field b of the object in a, where no field is called so."""
    if field in row:
        return row[field]
    first, dot, rest = field.partition(".")
    inner = row.get(first) if dot else None
    return _look_up(inner, rest) if isinstance(inner, Mapping) else None


def _is_blank(value: Any) -> bool:
    """Does a field hold nothing: no value, an empty one, or blanks?"""
    return value is None or value in ([], {}) or (isinstance(value, str | bytes) and not value.strip())


def _why_no_text(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for field in names:
        found = _look_up(row, field)
        if not _is_blank(found):
            return f"its field {field} holds {type(found).__name__}, not text"
    if empty := [field for field in names if _has(row, field)]:
        return f"its field {empty[0]} is empty"
    shown = ", ".join(list(row)[:12]) or "none"
    return f"its fields are {shown}. Name the one with the text in the recipe: [fields] text"


def _has(row: Mapping[str, Any], field: str) -> bool:
    first, dot, rest = field.partition(".")
    inner = row.get(first) if dot else None
    return field in row or (isinstance(inner, Mapping) and _has(inner, rest))


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, Mapping | bytes):
        return None
    if isinstance(value, list | tuple):
        return _text(value[0]) if value else None
    return str(value).strip() or None


def _time(value: Any) -> str | None:
    """A time as it is stated; seconds, or milliseconds, since 1970 as UTC. None where it cannot be read."""
    text = _text(value)
    if text and _EPOCH.fullmatch(text):
        seconds = int(text) if len(text) <= _SECOND_DIGITS else int(text) / 1000
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    return text if parse_stamp(text) else None


def _texts(value: Any) -> tuple[str, ...]:
    """A list of names or tags, as a list, a list of objects with a name, or one string of them."""
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list | tuple):
        parts = [item.get("name") if isinstance(item, Mapping) else item for item in value]
        return tuple(text for text in map(_text, parts) if text)
    text = _text(value)
    return (text,) if text else ()


def _extra(row: Mapping[str, Any], used: set[str]) -> tuple[tuple[str, str], ...]:
    """What came with the row and has no column, as text; objects and lists as JSON."""
    kept: list[tuple[str, str]] = []
    for key, value in row.items():
        if key in used or value is None or len(kept) == _MAX_EXTRA:
            continue
        kept.append((_SURROGATE.sub("\ufffd", str(key)), _shown(value)[:_EXTRA_CHARS]))
    return tuple(kept)


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return f"{len(value):,} bytes, not text"
    if isinstance(value, date | time):
        return str(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
