"""What stands above a text between two fences: title, author, date and tags of a post in Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import yaml

from cleaning.ingest.formats.fields import read_row
from cleaning.ingest.formats.record import Reading, Record

# A fence opens in the first line, and closes within so many bytes.
_MOST_BYTES = 16_384
_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.*?)(?<=\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"[A-Za-z_][\w.-]*")
# "Anna: Hello there" between two rules is speech: a head has one of these keys, or one that the recipe names.
_USUAL_KEYS = """layout draft slug permalink categories weight lang language type aliases image cover toc status
    comments series excerpt subtitle nav_order template menu format license id uuid thumbnail cssclass"""
_USUAL = frozenset(_USUAL_KEYS.split())
_NOTHING = ("", "~", "null")
_BODY = "\0"  # no key is called so


class _Loader(yaml.BaseLoader):
    """Reads every value as text; a key that comes again and a value that stands for another are errors."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        found = super().construct_mapping(node, deep)
        if len(found) < len(node.value):
            raise yaml.YAMLError("a key comes twice")
        return found

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


def read_head(data: bytes, reading: Reading) -> Record | None:
    """The text below the head, with what the head says of it; None where there is no head."""
    found = _FENCE.match(data[:_MOST_BYTES])
    if found is None or (found.end() == _MOST_BYTES < len(data)):
        return None
    named = {field for value in reading.fields.model_dump().values() for field in value}
    fields = reading.fields.model_copy(update={"html": (), "id": (), "text": (_BODY,)})
    try:
        said = _said(found[2].decode(), is_toml=found[1] == b"+++")
        if not isinstance(said, Mapping) or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in said):
            return None
        if not (named | _USUAL).intersection(key.lower() for key in said):
            return None
        row = {key: value for key, value in said.items() if value not in _NOTHING}
        item = read_row({**row, _BODY: data[found.end() :]}, "", replace(reading, fields=fields))
    except (ValueError, RecursionError, yaml.YAMLError):
        return None
    return item if isinstance(item, Record) else None


def _said(head: str, *, is_toml: bool) -> Any:
    return tomllib.loads(head) if is_toml else yaml.load(head, Loader=_Loader)
