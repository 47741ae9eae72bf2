"""The runs of three words of a text as numbers, in order: what copies of it have in common with it.

Three words and not the usual five: of a text whose every sixth word is another, as rewriting programs make them, a
third of its runs of three are left, and an eighth of its runs of five.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]

WORDS = 3
# So much of a text is read: of longer ones the beginning is compared.
MAX_CHARS = 1_000_000
# Scripts without spaces between words: there each character begins a word of three characters.
_SPACELESS = (
    *((0x0E00, 0x0EFF), (0x0F00, 0x109F), (0x1780, 0x17FF)),  # Thai and Lao, Tibetan and Burmese, Khmer
    *((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)),  # Kana, Chinese characters
)
_BMP = 0x10000
_SPACELESS_WORD = 3
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
    points = np.frombuffer(text[:MAX_CHARS].casefold().encode("utf-32-le", "surrogatepass"), "<u4")
    starts, ends = _words(points)
    if len(starts) < WORDS:
        return np.empty(0, np.uint64)
    powers = _powers(_BASE, len(points))
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(points.astype(np.uint64) * powers, out=sums[1:])
    words = mixed((sums[ends] - sums[starts]) * _powers(_INVERSE, len(points))[starts])
    found = words[: 1 - WORDS].copy()
    for distance in range(1, WORDS):
        found *= np.uint64(_BASE)
        found += words[distance : len(words) - WORDS + 1 + distance]
    return mixed(found)


def _words(points: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the words begin and end."""
    kinds = _kinds()[np.minimum(points, _BMP)]
    padded = np.concatenate(([0], kinds, [0]))
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    # Between two changes all characters are of one kind.
    spans = np.stack((changes[:-1], changes[1:]), axis=1)
    spaced = spans[kinds[spans[:, 0]] == 1]
    alone = np.flatnonzero(kinds == 2)
    starts = np.concatenate((spaced[:, 0], alone))
    ends = np.concatenate((spaced[:, 1], np.minimum(alone + _SPACELESS_WORD, len(points))))
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of each character: 0 none of a word, 1 part of one, 2 of a script without spaces; the last for all others."""
    found = np.fromiter((chr(point).isalnum() for point in range(_BMP)), np.uint8, _BMP)
    for first, last in _SPACELESS:
        found[first : last + 1] *= 2
    return np.append(found, np.uint8(1))


def _powers(base: int, length: int) -> NDArray[np.uint64]:
    found = np.full(max(length, 1), base, np.uint64)
    found[0] = 1
    return np.multiply.accumulate(found)


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each value with its bits stirred, no two alike: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
