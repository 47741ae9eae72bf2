"""The runs of three words of a text as numbers, in order: what copies of it have in common with it.

Three words and not the usual five: of a text whose every sixth word is another, as rewriting programs make them, a
third of its runs of three are left, and an eighth of its runs of five.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]
Points = NDArray[np.uint32]

WORDS = 3
# So many characters are read at once: a piece needs some 60 bytes of memory for each.
_PIECE_CHARS = 1_000_000
_SAMPLE_CHARS = 4_000
# Scripts without spaces between words, in which a word begins with each character: how many it then has, and about how
# many a word of the language has. Ten characters in a row of one text, or five, are rarely in another by chance.
_EAST, _SOUTH_EAST = 2, 3
_SPACELESS = {_EAST: (3, 2), _SOUTH_EAST: (8, 4)}
_RANGES = (
    *((0x0E00, 0x0EFF, _SOUTH_EAST), (0x1000, 0x109F, _SOUTH_EAST), (0x1780, 0x17FF, _SOUTH_EAST)),
    *((0x0F00, 0x0FFF, _SOUTH_EAST), (0x3040, 0x30FF, _EAST), (0x3400, 0x9FFF, _EAST), (0xF900, 0xFAFF, _EAST)),
)
_BMP, _IDEOGRAPHS = 0x10000, 0x20000
# Marks that are written or left out: vowel signs of Arabic and Hebrew, the stretched line, joiners, soft hyphens.
LEFT_OUT = (
    *range(0x0591, 0x05C8),
    0x0640,
    *range(0x064B, 0x0660),
    *(0x0670, 0x200C, 0x200D, 0x00AD),
    *range(0xFE00, 0xFE10),
)
_ALIKE = {0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x0671: 0x0627}  # alef, with and without hamza
_DROPPED = 9
# Odd, so that each has an inverse modulo 2**64: the number of a word does not depend on where the word stands.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


def shingles(text: str) -> Shingles:
    """A number of 64 bits for each run of three words, in the order of the text, repeats included.

    Case, punctuation and white space make no difference. The numbers are the same on every machine. A text of fewer
    than three words has none.

    >>> list(shingles("The vote is off.")) == list(shingles("the VOTE – is off"))
    True
    """
    words = [_words(text[start : start + _PIECE_CHARS]) for start in range(0, max(len(text), 1), _PIECE_CHARS)]
    every = np.concatenate(words) if len(words) > 1 else words[0]
    if len(every) < WORDS:
        return np.empty(0, np.uint64)
    found = every[: 1 - WORDS].copy()
    for distance in range(1, WORDS):
        found *= np.uint64(_BASE)
        found += every[distance : len(every) - WORDS + 1 + distance]
    return mixed(found)


def chars_a_word(text: str) -> int:
    """How many of the words that ``shingles`` reads make one: 1, but where characters begin them.

    >>> chars_a_word("The vote is off."), chars_a_word("会议将在星期五举行 (AP)")
    (1, 2)
    """
    kinds = _kinds_of(_points(text[:_SAMPLE_CHARS]))
    counts = {kind: int(np.count_nonzero(kinds == kind)) for kind in _SPACELESS}
    kind = max(counts, key=lambda kind: counts[kind])
    return _SPACELESS[kind][1] if 2 * counts[kind] > np.count_nonzero(kinds) else 1


def _points(text: str) -> Points:
    points = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), "<u4")
    return points if text.isascii() else np.where(points < _BMP, _alike()[np.minimum(points, _BMP - 1)], points)


def _words(text: str) -> Shingles:
    """A number for each word."""
    points = _points(text)
    kinds = _kinds_of(points)
    if _DROPPED in kinds:
        points, kinds = points[kinds != _DROPPED], kinds[kinds != _DROPPED]
    places, numbers = _spaced_words(points, kinds)
    for kind, (size, _) in _SPACELESS.items():
        if kind in kinds:
            begins = np.flatnonzero(kinds == kind)
            places = np.concatenate((places, begins))
            numbers = np.concatenate((numbers, _from_each(points[begins], size)))
    return mixed(numbers[np.argsort(places, kind="stable")])


def _spaced_words(points: Points, kinds: NDArray[np.uint8]) -> tuple[NDArray[np.int64], Shingles]:
    """Where words of letters begin, and their numbers."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], kinds == 1, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(points.astype(np.uint64) * _powers(_BASE, len(points)), out=sums[1:])
    return starts, (sums[ends] - sums[starts]) * _powers(_INVERSE, len(points))[starts]


def _from_each(points: Points, size: int) -> Shingles:
    """The number of the characters from each on, ``size`` of them; near the end fewer."""
    numbers = np.zeros(len(points), np.uint64)
    for distance in range(min(size, len(points))):
        numbers[: len(points) - distance] += points[distance:] * _powers(_BASE, size)[distance]
    return numbers


def _kinds_of(points: Points) -> NDArray[np.uint8]:
    kinds: NDArray[np.uint8] = _kinds()[np.minimum(points, _BMP - 1)]
    beyond = np.flatnonzero(points >= _BMP)
    for place in beyond.tolist():
        point = int(points[place])
        is_ideograph = point >= _IDEOGRAPHS and chr(point).isalpha()
        kinds[place] = _EAST if is_ideograph else chr(point).isalnum()
    return kinds


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of each character: 0 none of a word, 1 part of one, 2 and 3 of a script without spaces, 9 to be left out."""
    found = np.fromiter(
        (chr(point).isalnum() or unicodedata.category(chr(point))[0] == "M" for point in range(_BMP)), np.uint8, _BMP
    )
    for first, last, kind in _RANGES:
        found[first : last + 1] *= np.uint8(kind)
    found[list(LEFT_OUT)] = _DROPPED
    return found


@cache
def _alike() -> Points:
    found = np.arange(_BMP, dtype=np.uint32)
    found[list(_ALIKE)] = list(_ALIKE.values())
    return found


def _powers(base: int, length: int) -> NDArray[np.uint64]:
    found = np.full(max(length, 1), base, np.uint64)
    found[0] = 1
    return np.multiply.accumulate(found)


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each value with its bits stirred, no two alike: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
