"""Files of JSON: a document a line, a list of documents, one behind the other, or a single one.

The recipe names their fields.
"""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from cleaning.ingest.formats.fields import as_row, look_up, read_row
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
from cleaning.ingest.formats.values import is_blank, read_body
from cleaning.records import Reason

_LINES, _WHOLE = (".jsonl", ".ndjson"), (".json",)
_BOM, _WIDE = codecs.BOM_UTF8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_SIGN = re.compile(r"\S")
# An object with a named value, or a list of such: no text begins so.
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\\\n]{1,80}"\s*:')
# Objects of these keys hold the rows of a JSON file that is no list; so do others, where a row has a text.
_LIST_KEYS = ("documents", "articles", "items", "records", "results", "data", "rows", "pages", "entries")
_WRAPPED_DEPTH = 2


def read_json(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The documents of a stream, named for their lines or places, counted from 1; a single one is named "".

    Where an object fills the first line and another begins the next, each line is a document, whatever the name says.
    """
    suffix = os.path.splitext(reading.name)[1].lower()
    if stream.peek(2)[:2] in _WIDE:  # type: ignore[attr-defined]
        # Characters of two bytes have no lines that a reader of bytes could see.
        yield from _read_whole([], stream, reading, is_named=suffix in (*_LINES, *_WHOLE))
        return
    lines = _lines(stream, reading.limits.file_bytes * 2)
    begin = [] if suffix in _LINES else list(_two_rows(lines))
    if suffix in _LINES or _are_rows([line for line in begin if line is None or line.strip(_BLANKS)]):
        yield from _read_lines(chain(begin, lines), reading)
    else:
        yield from _read_whole(begin, stream, reading, is_named=suffix in _WHOLE)


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is longer than the limit."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None


def _two_rows(lines: Iterator[bytes | None]) -> Iterator[bytes | None]:
    """The lines up to the second that is not blank."""
    rows = 0
    for line in lines:
        yield line
        rows += line is None or bool(line.strip(_BLANKS))
        if rows > 1:
            return


def _are_rows(begin: list[bytes | None]) -> bool:
    """Is the first of two lines an object, and begins the other one?"""
    if len(begin) < 2 or not all(line and line.lstrip(_BLANKS).startswith(b"{") for line in begin):
        return False
    try:
        return isinstance(json.loads((begin[0] or b"").removeprefix(_BOM)), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(lines: Iterable[bytes | None], reading: Reading) -> Iterator[Item]:
    """One document a line; named for the line, counted from 1. Blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        name = str(number)
        if line is None:
            yield too_large(name, reading.limits)
        elif line.strip(_BLANKS):
            yield _read_line(line, name, reading)


def _read_line(line: bytes, name: str, reading: Reading) -> Item:
    try:
        row = json.loads(line.removeprefix(_BOM), object_pairs_hook=_unlost)
    except (ValueError, RecursionError) as error:
        return Unread(name, Reason.UNDECODABLE, f"the line is not JSON: {error}; mend or remove it")
    return _read_value(row, name, reading, "the line is JSON, but no object with fields")


def _read_value(row: Any, name: str, reading: Reading, why_not: str) -> Item:
    if isinstance(row, Ignored):
        return row
    if isinstance(row, str):
        row = {reading.fields.text[0]: row}
    return read_row(_inner(row), name, reading) if isinstance(row, dict) else Unread(name, Reason.NO_TEXT, why_not)


def _inner(row: dict[str, Any]) -> dict[str, Any]:
    """The document in a hit of Elasticsearch or OpenSearch, with what the hit says of it."""
    source = row.get("_source")
    if not isinstance(source, dict):
        return row
    return {**{key: value for key, value in row.items() if key != "_source"}, **source}


def _unlost(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; a key that comes again is kept under another name."""
    row = dict(pairs)
    return row if len(row) == len(pairs) else as_row(pairs)


def _read_whole(begin: list[bytes | None], stream: BinaryIO, reading: Reading, *, is_named: bool) -> Iterator[Item]:
    """The documents of a file that is JSON as a whole; one that is not ``is_named`` so may be a text after all."""
    limit = reading.limits.file_bytes
    start = None if None in begin else b"".join(line or b"" for line in begin)
    rest = None if start is None or len(start) > limit else read_limited(stream, limit - len(start))
    if start is None or rest is None:
        detail = (
            f"a JSON file that is not an object a line has to be read whole, and has more than the recipe's "
            f"limits.file_bytes of {limit:,}; raise the limit, or write one object a line (.jsonl)"
        )
        raise BrokenContainer(Reason.TOO_LARGE, detail)
    rows = _rows(start + rest, {*reading.fields.text, *reading.fields.html})
    if not is_named:
        try:
            rows = iter(list(rows))
        except BrokenContainer:
            yield Record("", start + rest)
            return
    for number, (row, is_file) in enumerate(rows, start=1):
        if is_file:
            yield read_row(row if isinstance(row, dict) else {}, "", reading)
        else:
            yield _read_value(row, str(number), reading, "no object with fields")


def _rows(data: bytes, own: Collection[str]) -> Iterator[tuple[Any, bool]]:
    """The rows of lists and the values that stand one behind the other, and whether each is all that there is.

    Raises:
        BrokenContainer: what follows the rows that were had cannot be read.
    """
    number = place = 0
    text = ""
    try:
        text = data.decode(json.detect_encoding(data), "surrogatepass")
        place = _next(text, 0)
        while number == 0 or place < len(text):
            if text.startswith("[", place):
                for row, place in _items(text, place + 1):  # noqa: B007, B020 - where the next one begins
                    if row is not _NO_ROW:
                        number += 1
                        yield row, False
                number = max(number, 1)
                continue
            value, end = _DECODER.raw_decode(text, place)
            place = _next(text, end)
            is_file = number == 0 and place == len(text)
            rows = _rows_of(value, own) if is_file else None
            for row in [value] if rows is None else rows:
                number += 1
                yield row, is_file and rows is None
            number = max(number, 1)
    except (ValueError, RecursionError) as error:
        # Of what is cut off the reader misses what comes next, or finds quotes that do not end.
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        is_cut = bool(text) and (_next(text, at) >= len(text) or "Unterminated string" in str(error))
        behind = f" behind row {number}" if number else ""
        detail = f"not JSON{behind}: {error}; {'fetch' if is_cut else 'mend'} the file{' again' if is_cut else ''}"
        raise BrokenContainer(Reason.TRUNCATED if is_cut else Reason.UNDECODABLE, detail) from None


def _items(text: str, place: int) -> Iterator[tuple[Any, int]]:
    """The values of the list that opens before a place, each with the place behind it; last, no row and its end.

    Raises:
        ValueError: the list cannot be read to its end.
    """
    place = _next(text, place)
    is_first = True
    while not text.startswith("]", place):
        if not is_first:
            if not text.startswith(",", place):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, place)
            place = _next(text, place + 1)
        value, end = _DECODER.raw_decode(text, place)
        place, is_first = _next(text, end), False
        yield value, place
    yield _NO_ROW, _next(text, place + 1)


def _next(text: str, place: int) -> int:
    """The place of the next sign that is no blank."""
    found = _SIGN.search(text, place)
    return found.start() if found else len(text)


_STORY_CHARS = 200


def _rows_of(value: Any, own: Collection[str]) -> list[Any] | None:
    """The rows of the lists that an object holds; what has a text of its ``own``, by these names, is a document.

    Lists of which no row has a text are left alone where others have some, and are named.
    """
    if not isinstance(value, dict) or _has_text(value, own):
        return None
    lists = sorted(_lists_in(value), key=lambda found: _rank(found[0]))
    with_texts = [path for path, rows in lists if any(isinstance(row, dict) and _has_text(row, own) for row in rows)]
    # A story in a field of an unusual name beside its comments: these are no documents in its place.
    is_story = any(isinstance(inner, str) and len(inner) > _STORY_CHARS for inner in value.values())
    if is_story and not set(with_texts).intersection(_LIST_KEYS):
        return None
    if not with_texts:
        return next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), None)
    found = [row for path, rows in lists if path in with_texts for row in rows]
    left = (path for path, rows in lists if path not in with_texts and any(isinstance(row, dict) for row in rows))
    left = (path.encode("utf-8", "backslashreplace").decode() for path in left)
    return [*found, *(Ignored(path, "a list beside the documents, none of whose objects has a text") for path in left)]


def _lists_in(value: dict[str, Any], above: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """The lists in an object, and in those in it, by the names that lead there."""
    for key, inner in value.items():
        if isinstance(inner, list):
            yield f"{above}{key}", inner
        elif isinstance(inner, dict) and depth < _WRAPPED_DEPTH:
            yield from _lists_in(inner, f"{above}{key}.", depth + 1)


def _rank(path: str) -> int:
    """Usual names of lists come first: numbers of their rows do not depend on what else there is."""
    return _LIST_KEYS.index(path) if path in _LIST_KEYS else len(_LIST_KEYS)


def _has_text(row: dict[str, Any], own: Collection[str]) -> bool:
    values = (look_up(_inner(row), name) for name in own)
    return any(not is_blank(value) and read_body(value)[0] for value in values)


_DECODER = json.JSONDecoder(object_pairs_hook=_unlost)
_NO_ROW = object()


def _begins(head: bytes) -> bool:
    return _BEGINS.match(head) is not None


FORMATS = (Format("JSON", (*_LINES, *_WHOLE), read_json, _begins),)
