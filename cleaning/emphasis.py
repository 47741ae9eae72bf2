"""The signs with which Markdown emphasizes, taken off before words are compared: ``_**Related:**_`` is "Related:"."""

from __future__ import annotations

import re

# A sign with its partner around something, neither within a word: "*.py", "2 * 3" and "snake_case" have none. What is
# emphasized is a phrase; without a bound a line of signs without partners takes quadratic time.
_PAIR = re.compile(r"(?<![^\W_])([*_]{1,3})(?=[^\s*_])([^\n]{0,300}?[^\s*_])\1(?![^\W_])")
# What is left where one link or name within the line was emphasized: "Journal Reference** :".
_LONE = re.compile(r"(?<=[^\W_])\*\*(?=\s?:?$)|^__\s(?=\S)")
_INVISIBLE = str.maketrans(dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")))
_NESTED = 3


def without_emphasis(text: str) -> str:
    """The text without signs of emphasis, and without characters that nobody sees where it has some.

    >>> without_emphasis("_**Related:**_ the *old* bridge"), without_emphasis("a_b * 2 *.py __init__")
    ('Related: the old bridge', 'a_b * 2 *.py init')
    """
    if "*" not in text and "_" not in text:
        return text
    text = text.translate(_INVISIBLE)
    for _ in range(_NESTED):
        plain = _PAIR.sub(r"\2", text)
        if plain == text:
            break
        text = plain
    return _LONE.sub("", text)
