"""Files of rows: JSON lines, JSON, CSV and TSV. Each row is a document; the recipe names its fields."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from cleaning.ingest.formats.fields import as_row, read_row
from cleaning.ingest.formats.record import (
    BrokenContainer,
    Format,
    Item,
    Reading,
    Unread,
    read_limited,
    too_large,
)
from cleaning.records import Reason

_DELIMITERS = (",", ";", "\t", "|")
# Stands, quoted, behind the last line and nowhere else. In quotes that are not closed it becomes part of their field.
_END = "\0"
_BOM = codecs.BOM_UTF8
_SAID = re.compile(r'"?sep=(?P<sign>.)"?\s*$', re.IGNORECASE)
# Objects of these keys hold the rows of a JSON file that is no list.
_LIST_KEYS = ("documents", "articles", "items", "records", "results", "data", "rows", "pages", "entries")


def read_json_lines(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """One document a line; named for the line, counted from 1. Blank lines are passed over."""
    limit = reading.limits.file_bytes * 2
    for number, line in enumerate(_lines(stream, limit), start=1):
        name = str(number)
        if line is None:
            yield too_large(name, reading.limits)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _json_row(line, name, reading)


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is longer than the limit."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None


def _json_row(line: bytes, name: str, reading: Reading) -> Item:
    try:
        row = json.loads(line.removeprefix(_BOM), object_pairs_hook=_unlost)
    except (ValueError, RecursionError) as error:
        return Unread(name, Reason.UNDECODABLE, f"the line is not JSON: {error}; mend or remove it")
    if isinstance(row, str):
        row = {reading.fields.text[0]: row}
    if not isinstance(row, dict):
        return Unread(name, Reason.NO_TEXT, "the line is JSON, but no object with fields")
    return read_row(row, name, reading)


def _unlost(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; a key that comes again is kept under another name."""
    row = dict(pairs)
    return row if len(row) == len(pairs) else as_row(pairs)


def read_json(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """A list of documents, an object that holds such a list, or one document; named for the place, from 1."""
    data = read_limited(stream, reading.limits.file_bytes)
    if data is None:
        detail = (
            f"a JSON file has to be read whole, and has more than the recipe's limits.file_bytes of "
            f"{reading.limits.file_bytes:,}; raise the limit, or write one object a line (.jsonl)"
        )
        raise BrokenContainer(Reason.TOO_LARGE, detail)
    try:
        value = json.loads(data.removeprefix(_BOM), object_pairs_hook=_unlost)
    except (ValueError, RecursionError) as error:
        raise BrokenContainer(Reason.UNDECODABLE, f"not JSON: {error}; mend the file") from None
    rows = _rows_of(value)
    if rows is None:
        yield read_row(value if isinstance(value, dict) else {}, "", reading)
        return
    for number, row in enumerate(rows, start=1):
        row = {reading.fields.text[0]: row} if isinstance(row, str) else row
        yield (
            read_row(row, str(number), reading)
            if isinstance(row, dict)
            else Unread(str(number), Reason.NO_TEXT, "no object with fields")
        )


def _rows_of(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), None)
    return None


def read_csv(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """One document a row below the header; named for the row, counted from 1 without the header."""
    csv.field_size_limit(min(sys.maxsize, max(reading.limits.file_bytes, 131_072)))
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    lines = (line.replace(_END, "") for line in text)
    number = 0
    try:
        first = next(lines, "")
        # Spreadsheets write what is between the cells into a line of its own.
        said = _SAID.match(first)
        first = next(lines, "") if said else first
        sign = said["sign"] if said else _delimiter(first, reading)
        rows = csv.reader(chain([first], lines, [f'"{_END}"']), delimiter=sign)
        header = next(rows, [])
        for number, row in enumerate(chain([header], rows)):
            if row and row[-1].endswith(f'{_END}"'):
                raise _open_quotes(number)
            if number and row and header and row != [_END]:
                yield _csv_row(header, row, str(number), reading)
    except csv.Error as error:
        detail = f"the table is broken after row {number}: {error}; mend the file"
        raise BrokenContainer(Reason.UNDECODABLE, detail) from None


def _csv_row(header: list[str], row: list[str], name: str, reading: Reading) -> Item:
    if any(cell.strip() for cell in row[len(header) :]):
        detail = (
            f"{len(row)} cells, and the header has {len(header)}: what stands between cells stands in a text, too; "
            "put quotes around the text and run again"
        )
        return Unread(name, Reason.UNDECODABLE, detail)
    return read_row(as_row(zip(header, row, strict=False)), name, reading)


def _open_quotes(number: int) -> BrokenContainer:
    where = f"row {number}" if number else "the header"
    detail = f"quotes that open in {where} are not closed: the file breaks off, or a quote is missing; mend the file"
    return BrokenContainer(Reason.TRUNCATED, detail)


def _delimiter(header: str, reading: Reading) -> str:
    """What is between the fields: what the name says, unless the header names the text, or several fields, by another.

    Spreadsheets of half of Europe write semicolons, since the comma is in their numbers.
    """
    said = "\t" if reading.name.lower().endswith(".tsv") else ","
    fields = {sign: next(csv.reader([header], delimiter=sign), []) for sign in dict.fromkeys((said, *_DELIMITERS))}
    wanted = {*reading.fields.text, *reading.fields.html}
    named = [sign for sign, names in fields.items() if wanted.intersection(names)]
    if named or len(fields[said]) > 1:
        return named[0] if named else said
    return max(fields, key=lambda sign: len(fields[sign]))


FORMATS = (
    Format("JSON lines", (".jsonl", ".ndjson"), read_json_lines),
    Format("JSON", (".json",), read_json),
    Format("CSV", (".csv", ".tsv"), read_csv),
)
