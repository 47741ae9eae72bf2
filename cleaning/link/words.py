"""The words of a text that say what it is about, with weights: what two reports on one event have in common.

Words weigh what is usual (term frequency by inverse document frequency: Salton and Buckley 1988), but the frequencies
are those of a table, not of the corpus: what two documents are to each other does not depend on the others.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import read_arrays
from cleaning.link.shingles import LEFT_OUT

SHARES = Path(__file__).with_name("word_shares.npz")
SHARES_VERSION = "2"
# So many of the words with the most weight are kept of a text.
MOST_WORDS = 64
# What comes later is background; of 200 words or 400 no more pairs are told right.
_READ_WORDS = 300
_READ_CHARS = 20 * _READ_WORDS
_TITLE_WEIGHT = 2
# Names and numbers tell events apart, and what stands in a tenth of a percent of all texts or in none is as rare.
_NAME_WEIGHT = 2.0
_RAREST_SHARE = 0.0005
# A name is no word that one text in a hundred has.
_NAME_RARITY, _LEAST_NAME = -math.log(0.01), 3
# Of a language that the table does not know all words would be rare: of the 74 languages that it knows the least have a
# share of .19, and two texts there are no more alike than elsewhere (.24 at most of eight in each).
_KNOWN_SHARE = 0.15
_SPACELESS = "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_FIRST_SPACELESS, _IS_SPACELESS = "\u0e00", re.compile(f"[{_SPACELESS}]")
# Vowel signs are part of their words.
_MARKS = "".join(chr(point) for point in range(0x300, 0x10000) if unicodedata.category(chr(point))[0] == "M")
_LETTER = rf"(?:[^\W{_SPACELESS}]|[{_MARKS}])"
_WORD = re.compile(rf"[{_SPACELESS}]+|{_LETTER}+")
# Inside of a sentence, where a capital letter means a name.
_INSIDE = re.compile(rf"(?:(?<=[^\s.!?:;\"“”„«»()\[\]–—•|-] )|(?<=\w['’])){_LETTER}+")
# A line or two share their few words with any other on the matter: of 470 messages of fewer than 60 words 20 were in
# a story with another, and 8 are with this.
_LEAST_WORDS = 30

# A word of a text: its number, its part of a vector of length 1, whether it is a name in the text.
TOPIC_WORD = np.dtype([("word", "<u4"), ("weight", "<f4"), ("is_name", "?")])


def topic_words(text: str, title: str = "") -> NDArray[np.void]:
    """Up to 64 words of ``TOPIC_WORD``, by falling weight.

    None of a text of fewer than 30 words, or in a language that the table does not know.

    >>> words = topic_words("The mayor of Wollongong said on Friday that the bridge at Kiama will open in June. " * 3)
    >>> int(words["is_name"].sum())
    2
    """
    text = text[:_READ_CHARS]
    if not text.isascii():
        text = text.translate(_without_marks())
    found = list(islice(_WORD.finditer(text), _READ_WORDS))
    read = text[: found[-1].end()] if found else ""
    counts = Counter(islice(all_words(read), _READ_WORDS))
    lower = frozenset(counts)
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[word.casefold()] += count
    is_known = sum(count for word, count in folded.items() if _number_and_rarity(word)[2])
    if folded.total() < _LEAST_WORDS or is_known < _KNOWN_SHARE * folded.total():
        return np.empty(0, TOPIC_WORD)
    for word in all_words(title):
        folded[word.casefold()] += _TITLE_WEIGHT
    inside = {word for word in _INSIDE.findall(read) if word[0].isupper() or word[0].isdigit()}
    marked = {word.casefold() for word in inside}
    names = {word.casefold() for word in inside if word[0].isupper() and len(word) >= _LEAST_NAME} - lower
    # Of a script that knows no capitals any rare word counts.
    names.update(word for word in lower if word == word.upper() and word[0].isalpha())
    rows = []
    for word, count in folded.items():
        number, rarity, _ = _number_and_rarity(word)
        weight = (1 + math.log(count)) * rarity * (_NAME_WEIGHT if word in marked else 1.0)
        rows.append((number, weight, word in names and rarity > _NAME_RARITY))
    rows = sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST_WORDS]
    length = math.sqrt(sum(weight * weight for _, weight, _ in rows)) or 1.0
    return np.array([(number, weight / length, is_name) for number, weight, is_name in rows], TOPIC_WORD)


@lru_cache(maxsize=1 << 16)
def _number_and_rarity(folded: str) -> tuple[int, float, bool]:
    """The number of a word, minus the logarithm of the share of texts that have it, and whether any is known to."""
    number = word_number(folded)
    share = _shares().get(number, 0.0)
    return number, -math.log(max(share, _RAREST_SHARE)), share > 0


def word_number(word: str) -> int:
    """32 bits that stand for a word, whatever its case."""
    return crc32(word.casefold().encode("utf-8", "surrogatepass"))


def all_words(text: str) -> Iterator[str]:
    """The words of a text, in order, single letters left out; where no spaces part words, each two characters."""
    for word in _WORD.findall(text):
        if word[0] >= _FIRST_SPACELESS and _IS_SPACELESS.match(word):
            yield from (word[place : place + 2] for place in range(max(len(word) - 1, 1)))
        elif len(word) > 1 or word.isdigit():
            yield word


@cache
def _without_marks() -> dict[int, None]:
    return dict.fromkeys(LEFT_OUT)


@cache
def _shares() -> dict[int, float]:
    """Of the numbers of words the share of texts that have them, in the language where that is largest."""
    stored = read_arrays(SHARES, SHARES_VERSION)
    return dict(zip(stored["words"].tolist(), (stored["shares"] / 65535).tolist(), strict=True))
