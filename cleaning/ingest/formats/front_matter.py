"""What stands above a text between two fences: title, author, date and tags of a post in Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cleaning.ingest.formats.fields import read_row
from cleaning.ingest.formats.record import Reading, Record

# A fence opens in the first line, and closes within so many bytes.
_MOST_BYTES = 16_384
_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.*?)(?<=\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# YAML as people write it there: keys with a value, a list or a block of lines behind them. Anything else is no head.
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s+(.*))?$")
_ENTRY = re.compile(r"\s*-\s+(.*)$")
_COMMENT = re.compile(r"\s+#.*$")
_BLOCKS = frozenset({"", "|", ">", "|-", ">-", "|+", ">+"})
_QUOTES = ("'", '"')
_BODY = "\0"  # no key is called so


def read_head(data: bytes, reading: Reading) -> Record | None:
    """The text below the head, with what the head says of it; None where there is no head."""
    if not data.startswith((b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")):
        return None
    found = _FENCE.match(data[:_MOST_BYTES])
    said = _said(found[2], is_toml=found[1] == b"+++") if found else None
    if found is None or not said:
        return None
    fields = reading.fields.model_copy(update={"html": (), "text": (_BODY,)})
    item = read_row({**said, _BODY: data[found.end() :]}, "", replace(reading, fields=fields))
    return item if isinstance(item, Record) else None


def _said(head: bytes, *, is_toml: bool) -> Mapping[str, Any] | None:
    try:
        text = head.decode()
        return tomllib.loads(text) if is_toml else _yaml(text.splitlines())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None


def _yaml(lines: list[str]) -> dict[str, Any] | None:
    said: dict[str, Any] = {}
    key = None
    for line in lines:
        entry, start = _ENTRY.match(line), _KEY.match(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if key is not None and entry and not isinstance(said[key], str):
            said[key].append(_value(entry[1]))
        elif start:
            key = start[1]
            value = _COMMENT.sub("", start[2] or "").strip()
            said[key] = [] if value in _BLOCKS else _value(value)
        elif key is not None and line[0].isspace():
            # The lines of a block, or a value that goes on.
            held = said[key] if isinstance(said[key], list) else [said[key]]
            said[key] = " ".join([*map(str, held), line.strip()])
        else:
            return None
    return said


def _value(text: str) -> Any:
    """A value without its quotes; what stands in brackets is a list."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_value(part) for part in text[1:-1].split(",") if part.strip()]
    is_quoted = len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]
    return text[1:-1] if is_quoted else text
