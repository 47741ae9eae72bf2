"""What the values of a record's fields say: a text, names, a time. Each with whether that is all that the value holds.

What a value holds beside, or in a form that nobody knows, is to be kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from cleaning.dates import RECORD_YEARS, stamp_within

Texts = tuple[tuple[str, ...], bool]
Text = tuple[str | None, bool]

_NONE: Text = (None, False)
# pandas writes a column of numbers with a gap in it as fractions.
_EPOCH, _SECOND_DIGITS = re.compile(r"(\d{9,10}|\d{13})(?:\.\d+)?"), 10
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
# A list as Python and pandas write it into a cell: ['Jo Brandt', "Tim Ort"].
_STRING = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_PRINTED = re.compile(rf"\[\s*(?:(?:{_STRING})[\s,]*)*\]")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{4})?(?:[-_](?:[a-zA-Z]{2}|\d{3}))?")
_LISTED = re.compile("[,;|，、،]")
_NAME_KEYS = ("name", "label", "term", "fullName", "full_name", "displayName", "display_name")
_NAME_PARTS = (
    ("first_name", "last_name"),
    ("firstName", "lastName"),
    ("given_name", "family_name"),
    ("givenName", "familyName"),
    ("given", "family"),
    ("first", "last"),
)
_TYPE_KEYS = frozenset(["@type", "type"])


def is_blank(value: Any) -> bool:
    """Does a field hold nothing: no value, an empty one, blanks, or what pandas writes for no number?"""
    is_empty = value is None or value in ([], {}) or (isinstance(value, float) and value != value)
    return is_empty or (isinstance(value, str | bytes) and not value.strip())


def read_body(value: Any) -> tuple[str | bytes | None, bool]:
    """A page or a text as it is; a list of texts with empty lines between them.

    >>> read_body(["One.", "Two."]), read_body([{"p": "One."}])
    (('One.\\n\\nTwo.', True), (None, False))
    """
    if isinstance(value, list) and all(part is None or isinstance(part, str | int | float) for part in value):
        value = "\n\n".join(str(part) for part in value if not is_blank(part))
    return (value, True) if isinstance(value, str | bytes) else (None, False)


def read_page(value: Any) -> tuple[str | bytes | None, bool]:
    """A page as it is."""
    return (value, True) if isinstance(value, str | bytes) else (None, False)


def read_text(value: Any) -> Text:
    """One text; the first of several.

    >>> read_text("Vote"), read_text(["Vote", "A bridge"]), read_text({"main": "Vote"})
    (('Vote', True), ('Vote', False), (None, False))
    """
    if isinstance(value, list | tuple):
        filled = [item for item in value if not is_blank(item)]
        text, is_whole = read_text(filled[0]) if filled else _NONE
        return text, is_whole and len(filled) == 1
    if isinstance(value, Mapping):
        return _read_object(value)
    return _NONE if is_blank(value) or isinstance(value, bytes) else (str(value).strip(), True)


def read_address(value: Any) -> Text:
    """One address of the web."""
    text, is_whole = read_text(value)
    return (text, is_whole) if text and _ADDRESS.match(text) else _NONE


def read_time(value: Any) -> Text:
    """A time as it is stated; seconds, or milliseconds, since 1970 as UTC. None before 1500 and after 2100.

    >>> read_time(1700000000.0), read_time("soon")
    (('2023-11-14T22:13:20+00:00', True), (None, False))
    """
    text, is_whole = read_text(value)
    epoch = _EPOCH.fullmatch(text or "")
    if epoch:
        seconds = int(epoch[1]) if len(epoch[1]) <= _SECOND_DIGITS else int(epoch[1]) / 1000
        text = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    return (text, is_whole) if stamp_within(text, RECORD_YEARS) else _NONE


def read_language(value: Any) -> Text:
    """The tag of a language, as it is stated.

    >>> read_language("pt_BR"), read_language("English")
    (('pt_BR', True), (None, False))
    """
    text, is_whole = read_text(value)
    return (text, is_whole) if text and _LANGUAGE.fullmatch(text.strip()) else _NONE


def read_names(value: Any) -> Texts:
    """Names of people: a list of them, or of objects with a name; in a string one a line.

    >>> read_names("['Jo Brandt' 'Tim Ort']"), read_names({"first_name": "Jo", "last_name": "Brandt"})
    ((('Jo Brandt', 'Tim Ort'), True), (('Jo Brandt',), True))
    """
    return _read_list(str.splitlines, value)


def read_tags(value: Any) -> Texts:
    """Tags: a list of them, or of objects with a name; in a string between commas.

    >>> read_tags("town, bridge"), read_tags([{"label": "town"}, {"id": 7}])
    ((('town', 'bridge'), True), (('town',), False))
    """
    return _read_list(_LISTED.split, value)


def _read_list(split: Callable[[str], list[str]], value: Any) -> Texts:
    if isinstance(value, str):
        printed = _printed(value.strip())
        value = split(value) if printed is None else printed
    items = list(value) if isinstance(value, list | tuple) else [value]
    return _all(read_text(item) for item in items if not is_blank(item))


def _all(found: Iterable[Text]) -> Texts:
    pairs = list(found)
    return tuple(text for text, _ in pairs if text), all(text and is_whole for text, is_whole in pairs)


def _printed(text: str) -> list[str] | None:
    """The strings of a list that was printed into a cell."""
    if not _PRINTED.fullmatch(text):
        return None
    return [re.sub(r"\\(.)", r"\1", string[1:-1]) for string in re.findall(_STRING, text)]


def _read_object(value: Mapping[Any, Any]) -> Text:
    """The name that an object has, in one field or two."""
    for keys in _keys(value):
        parts = [str(value[key]).strip() for key in keys if isinstance(value.get(key), str) and value[key].strip()]
        if parts:
            others = (key for key in value if key not in keys and key not in _TYPE_KEYS and not is_blank(value[key]))
            return " ".join(parts), next(others, None) is None
    return _NONE


def _keys(value: Mapping[Any, Any]) -> Iterator[tuple[str, ...]]:
    yield from ((key,) for key in _NAME_KEYS if key in value)
    yield from (keys for keys in _NAME_PARTS if any(key in value for key in keys))
