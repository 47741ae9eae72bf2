"""What a page tells Parse.ly: one meta tag with an object, or a tag for each value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

TAG = "parsely-page"
# The longest of 96 pages that have one has 2,700 characters.
_MAX_CHARS, _MAX_VALUES = 20_000, 50
_NAMES = {
    "title": "parsely-title",
    "author": "parsely-author",
    "authors": "parsely-author",
    "pub_date": "parsely-pub-date",
    "section": "parsely-section",
    "tags": "parsely-tags",
}
_TEXT = r'"(?:[^"\\]|\\.){0,2000}"'
_PAIR = re.compile(rf'"(?P<key>{"|".join(_NAMES)})"\s*:\s*(?P<value>{_TEXT}|\[\s*{_TEXT}(?:\s*,\s*{_TEXT})*\s*\])')


def read_parsely(content: str) -> Iterator[tuple[str, str]]:
    """The values of the object, each with the name of the tag that would hold it alone.

    Of an object that breaks off, what stands before the break: titles with an apostrophe end the attribute.

    >>> list(read_parsely('{"title": "Bridge &amp; road", "author": "Jane Doe", "post_id": 3}'))
    [('parsely-title', 'Bridge & road'), ('parsely-author', 'Jane Doe')]
    >>> list(read_parsely('{"author": "Jane Doe", "title": "The council'))
    [('parsely-author', 'Jane Doe')]
    """
    for key, value in _pairs(content[:_MAX_CHARS]):
        for one in (value if isinstance(value, list) else [value])[:_MAX_VALUES]:
            text = " ".join(unescape(one).split()) if isinstance(one, str) else ""
            if key in _NAMES and text:
                yield _NAMES[key], text


def _pairs(content: str) -> Iterator[tuple[str, Any]]:
    """The pairs of the object; of one that is escaped twice or broken, those that can be read one by one."""
    for text in (content, unescape(content)):
        whole = _loads(text)
        if isinstance(whole, dict):
            yield from whole.items()
            return
        found = [(match["key"], _loads(match["value"])) for match in _PAIR.finditer(text)]
        if found:
            yield from found
            return


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
