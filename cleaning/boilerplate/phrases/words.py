"""The words of a line as phrases are compared: case-folded, accents and vowel signs with their letters."""

from __future__ import annotations

import re
from functools import lru_cache

# Vowel signs of Indic scripts and points of Arabic and Hebrew are part of words, though not alphanumeric.
_WORD = re.compile(r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e]+")
# Letters and digits as they are, blanks for all else: half as long as a pattern takes. In Markdown _ emphasizes.
_ASCII_WORDS = "".join(sign if sign.isalnum() else " " for sign in map(chr, range(128)))
_TYPOGRAPHY = "_’“”‘–—…•©®\xa0"
# Scripts that are written without spaces, and Hangul, whose words carry their particles: compared by letters.
_BY_LETTERS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


@lru_cache(maxsize=1024)
def find_words(text: str) -> tuple[str, ...]:
    """The case-folded words of a text; kept, since a text is gone through in several passes.

    >>> find_words("Read  More: विज्ञापन!")
    ('read', 'more', 'विज्ञापन')
    """
    return split_words(fold(text))


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text that is folded."""
    if text.isascii():
        return tuple(text.translate(_ASCII_WORDS).split())
    # Of a line in English most often the quotes and dashes alone are not ASCII.
    plain = text
    for sign in _TYPOGRAPHY:
        plain = plain.replace(sign, " ")
    return tuple(plain.translate(_ASCII_WORDS).split() if plain.isascii() else _WORD.findall(plain))


def fold(text: str) -> str:
    """The text without letter case; the capital İ of Turkish is an i, whose dot casefold makes a sign of its own.

    >>> fold("İLGİLİ Haberler")
    'ilgili haberler'
    """
    return (text if text.isascii() else text.replace("İ", "i")).casefold()


def find_word_end(text: str, count: int) -> int:
    """The offset behind the first ``count`` words of a text."""
    for number, match in enumerate(_WORD.finditer(text.replace("_", " ")), start=1):
        if number == count:
            return match.end()
    return len(text)


def is_unspaced(text: str) -> bool:
    """Does the text hold letters of a script that phrases are compared in letter by letter?"""
    return not text.isascii() and _BY_LETTERS.search(text) is not None
