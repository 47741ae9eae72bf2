"""A row of named values to a document: which field is the text, which the page, which metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from itertools import islice
from typing import Any, TypeVar

from cleaning.ingest.formats.record import Item, Reading, Record, Unread, too_large
from cleaning.ingest.formats.values import (
    is_blank,
    read_address,
    read_body,
    read_language,
    read_names,
    read_page,
    read_tags,
    read_text,
    read_time,
)
from cleaning.records import RawMetadata, Reason

TEXT, HTML = "text/plain", "text/html"
# So much of what came with a record and has no column is kept: most fields, characters of one.
_MAX_EXTRA, _EXTRA_CHARS = 100, 2_000
_NAME_CHARS = 200
_SURROGATE = re.compile("[\ud800-\udfff]")
_T = TypeVar("_T")


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
    """The record of a row, by the recipe's field names; of several names for one thing the first that can be read."""
    used: set[str] = set()
    read_from: dict[tuple[str, ...], str] = {}

    def value(names: tuple[str, ...], read: Callable[[Any], tuple[_T, bool]]) -> _T | None:
        for field in names:
            found = look_up(row, field)
            result, is_whole = (None, False) if is_blank(found) else read(found)
            # What a value holds beside what was read stays in extra.
            used.update([field] if is_whole else ())
            if result:
                read_from[names] = field
                return result
        return None

    fields = reading.fields
    name = (_name(value(fields.id, read_text)) or f"row-{name}") if fields.id and name else name
    used.clear()
    page = value(fields.html, read_page)
    body = page if page is not None else value(fields.text, read_body)
    if body is None:
        return Unread(name, Reason.NO_TEXT, f"no text in it: {_why_no_text(row, (*fields.html, *fields.text))}")
    data = body if isinstance(body, bytes) else _SURROGATE.sub("\ufffd", body).encode()
    if len(data) > reading.limits.file_bytes:
        return too_large(name, reading.limits)
    metadata = RawMetadata(
        title=value(fields.title, read_text),
        authors=value(fields.authors, read_names) or (),
        published=value(fields.published, read_time),
        modified=value(fields.modified, read_time),
        section=value(fields.section, read_text),
        tags=value(fields.tags, read_tags) or (),
        description=value(fields.description, read_text),
        declared_language=value(fields.language, read_language),
        url=value(fields.url, read_address),
    )
    metadata = replace(metadata, extra=tuple(_extra(row, used)), authors_key=read_from.get(fields.authors))
    encoding = None if isinstance(body, bytes) else "utf-8"
    return Record(name, data, HTML if page is not None else None, encoding, metadata)


def _name(said: str | None) -> str | None:
    """What a record calls itself, in one line; None where it is longer than a name is."""
    text = " ".join((said or "").split())
    return text if text and len(text) <= _NAME_CHARS and text.isprintable() else None


def look_up(row: Mapping[str, Any], field: str) -> Any:
    """The value of a field; ``a.b`` is the field b of the object in a, where no field is called so."""
    if field in row:
        return row[field]
    first, dot, rest = field.partition(".")
    inner = row.get(first) if dot else None
    return look_up(inner, rest) if isinstance(inner, Mapping) else None


_SHOWN_FIELDS = 12


def _why_no_text(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for field in names:
        found = look_up(row, field)
        if not is_blank(found):
            return f"its field {field} holds {type(found).__name__}, not text"
    if empty := [field for field in names if _has(row, field)]:
        return f"its field {empty[0]} is empty"
    shown = ", ".join(list(row)[:_SHOWN_FIELDS]) or "none"
    if len(row) > _SHOWN_FIELDS:
        shown += f" and {len(row) - _SHOWN_FIELDS} more"
    missing = " or ".join(names)
    return f"its fields are {shown}; none is called {missing}. Name the one with the text in the recipe: [fields] text"


def _has(row: Mapping[str, Any], field: str) -> bool:
    first, dot, rest = field.partition(".")
    inner = row.get(first) if dot else None
    return field in row or (isinstance(inner, Mapping) and _has(inner, rest))


def _extra(row: Mapping[str, Any], used: Collection[str]) -> Iterator[tuple[str, str]]:
    """What came with the row and has no column, as text; objects and lists as JSON."""
    left = ((key, value) for key, value in _unused(row, used) if value is not None)
    for key, value in islice(left, _MAX_EXTRA):
        yield _SURROGATE.sub("\ufffd", str(key)), _shown(value)[:_EXTRA_CHARS]


def _unused(row: Mapping[str, Any], used: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The fields of an object without those that have a column, also of objects in it."""
    for key, value in row.items():
        if key in used:
            continue
        inner = {name.partition(".")[2] for name in used if name.startswith(f"{key}.")}
        left = dict(_unused(value, inner)) if inner and isinstance(value, Mapping) else value
        if left or left is value:
            yield key, left


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return f"{len(value):,} bytes, not text"
    if isinstance(value, date | time):
        return str(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
