"""What the lines of one list have in common."""

from __future__ import annotations

import re

from cleaning.digits import has_digit

_WORDS, _CHARS = 3, 40
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


def find_series(text: str) -> str | None:
    """What the lines of a list begin with alike: "Q:", or "w 9 –" for "July 3 – …" and "June 30 – …"; else None.

    >>> [find_series(text) for text in ("Q: Why?", "July 3 – Paris", "2020: Rome", "Three bridges", "12")]
    ['q', 'w 9 –', '9:', None, None]
    """
    head, colon, rest = text[:_CHARS].partition(":")
    if colon and rest.strip() and len(head.split()) <= _WORDS:
        if not has_digit(head):
            return head.casefold()
        if rest[0] == " ":  # otherwise it is a time
            return _shape(head) + ":"
    shape = _shape(" ".join(text[:_CHARS].split(None, _WORDS)[:_WORDS]))
    return shape if "9" in shape and shape.replace("w", "").replace("9", "").strip() else None


def _shape(text: str) -> str:
    return _LETTERS.sub("w", _DIGITS.sub("9", text))
