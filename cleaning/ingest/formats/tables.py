"""CSV and TSV: each row is a document; the recipe names its fields."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator
from itertools import chain, dropwhile, islice
from typing import BinaryIO

from cleaning.ingest.decode import Undecoded, decode
from cleaning.ingest.formats.fields import as_row, read_row
from cleaning.ingest.formats.headers import SAMPLE_ROWS, is_header
from cleaning.ingest.formats.record import BrokenContainer, Format, Item, Reading, Unread
from cleaning.ingest.guess import MIXED, read_mixed
from cleaning.records import Reason

_DELIMITERS = (",", ";", "\t", "|")
# Stands, quoted, behind the last line and nowhere else. In quotes that are not closed it becomes part of their field.
_END = "\0"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAID = re.compile(r'"?sep=(?P<sign>.)"?\s*$', re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")


def read_csv(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """One document a row below the header; named for the row, counted from 1 without the header.

    Where the first row is none, the fields are called "column 1", "column 2" and so on.
    """
    csv.field_size_limit(min(sys.maxsize, max(reading.limits.file_bytes, 131_072)))
    head = stream.peek(2)[:2]  # type: ignore[attr-defined]
    encoding = "utf-16" if head in _WIDE else "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    lines: Iterator[str] = (line.replace(_END, "") for line in text)
    number = 0
    try:
        lines = dropwhile(str.isspace, lines)
        first = next(lines, "")
        # Spreadsheets write what is between the cells into a line of its own.
        said = _SAID.match(first)
        first = next(lines, "") if said else first
        sign = said["sign"] if said else _delimiter(first, reading)
        rows: Iterator[list[str]] = csv.reader(chain([first], lines, [f'"{_END}"']), delimiter=sign)
        header = next(rows, [])
        sample, rows = _looked_at(rows)
        if not _is_cut(header) and not is_header(header, sample, reading.fields):
            rows, header = chain([header], rows), [f"column {place}" for place in range(1, len(header) + 1)]
        for number, row in enumerate(chain([header], rows)):
            if _is_cut(row):
                raise _open_quotes(number)
            if number and row and header and row != [_END]:
                yield _csv_row(header, row, str(number), reading)
    except (csv.Error, UnicodeError) as error:
        detail = f"the table is broken after row {number}: {error}; mend the file"
        raise BrokenContainer(Reason.UNDECODABLE, detail) from None


def _looked_at(rows: Iterator[list[str]]) -> tuple[list[list[str]], Iterator[list[str]]]:
    """Some rows, and all of them; a row that cannot be read stops those who come to it, not those who look ahead."""
    seen: list[list[str]] = []
    try:
        seen.extend(islice(rows, SAMPLE_ROWS))
    except (csv.Error, UnicodeError) as error:
        rows = _broken(error)
    return [row for row in seen if row and row != [_END]], chain(seen, rows)


def _broken(error: Exception) -> Iterator[list[str]]:
    raise error
    yield []


def _is_cut(row: list[str]) -> bool:
    """Do quotes that open in the row stay open to the end of the file?"""
    return bool(row) and row[-1].endswith(f'{_END}"')


def _csv_row(header: list[str], row: list[str], name: str, reading: Reading) -> Item:
    if any(cell.strip() for cell in row[len(header) :]):
        detail = (
            f"{len(row)} cells, and the first row has {len(header)}: what stands between cells stands in a text, too; "
            "put quotes around the text and run again"
        )
        return Unread(name, Reason.UNDECODABLE, detail)
    cells = [*header, *row]
    if not all(map(_is_utf8, cells)):
        decoded = decode("\n".join(cells).encode("utf-8", "surrogateescape"))
        if isinstance(decoded, Undecoded):
            return Unread(name, decoded.reason, decoded.detail)
        cells = [_decoded(cell, decoded.encoding) for cell in cells]
    names, values = cells[: len(header)], cells[len(header) :]
    return read_row(as_row(zip(names, values, strict=False)), name, reading)


def _is_utf8(cell: str) -> bool:
    return cell.isascii() or not _ESCAPED.search(cell)


def _decoded(cell: str, encoding: str) -> str:
    """A cell that was read as UTF-8, in the character set of its row."""
    data = cell.encode("utf-8", "surrogateescape")
    return read_mixed(data)[0] if encoding == MIXED else data.decode(encoding, "replace")


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


FORMATS = (Format("CSV", (".csv", ".tsv"), read_csv),)
