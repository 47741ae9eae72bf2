"""The shape of each block's text, without its words: lengths, case, digits, signs. No language is known here."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Classes of characters. DENSE: letters of scripts that write no blanks between words.
OTHER, LOWER, UPPER, CASELESS, DENSE, DIGIT, SPACE, STOP, COMMA, COLON, QUOTE, BRACKET, DASH, BULLET, SLASH, SIGN = (
    range(16)
)
CLASS_COUNT = 17
_END = 16
_BY_CATEGORY = {
    "Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": CASELESS, "Lm": CASELESS, "Mn": CASELESS, "Mc": CASELESS,
    "Nd": DIGIT, "Nl": DIGIT, "No": DIGIT, "Zs": SPACE, "Zl": SPACE, "Zp": SPACE, "Ps": BRACKET, "Pe": BRACKET,
    "Pi": QUOTE, "Pf": QUOTE, "Pd": DASH, "Sc": SIGN, "So": SIGN,
}  # fmt: skip
_BY_SIGN = {
    SPACE: "\t\n\x0b\x0c\r", STOP: ".!?…。！？؟।۔｡", COMMA: ",;，、；،؛", COLON: ":：", QUOTE: "\"'`´„‚「」『』",
    BULLET: "|»›«‹>→·•*#+~▶►●▪■◦‣", SLASH: "/\\@&=%_", SIGN: "©®™$€£",
}  # fmt: skip
# Thai and Lao, Burmese, Khmer, kana, Han.
_DENSE_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
_DENSE_WORD_CHARS = 2.0
# Of a longer block the first so many characters are looked at; 999 of 1,000 blocks are shorter.
_LOOKED_AT_CHARS = 4000
PROSE_WORDS = 10

NAMES = (
    "log_words", "log_chars", "mean_word_chars", "upper_share", "digit_share", "sign_share", "title_share", "stops",
    "commas", "colons", "quotes", "brackets", "slashes", "bullets", "symbols", "sentences", "stop_density",
    "first_class", "last_class", "link_share", "bold_share", "dense_share", "is_prose",
)  # fmt: skip


@cache
def _classes() -> NDArray[np.uint8]:
    """Class of each code point below 65,536."""
    points = range(1 << 16)
    table = np.array([_BY_CATEGORY.get(unicodedata.category(chr(point)), OTHER) for point in points], dtype=np.uint8)
    for first, last in _DENSE_RANGES:
        table[first : last + 1][np.isin(table[first : last + 1], (CASELESS, OTHER))] = DENSE
    for kind, signs in _BY_SIGN.items():
        table[[ord(sign) for sign in signs]] = kind
    return table


class Shapes:
    """Words, prose and the table of shapes of some texts."""

    def __init__(self, texts: Sequence[str], chars: NDArray[np.int64]) -> None:
        count = len(texts)
        cut = [text[:_LOOKED_AT_CHARS] for text in texts]
        points = np.frombuffer("\n".join([*cut, ""]).encode("utf-32-le", "replace"), dtype=np.uint32)
        lengths = np.fromiter(map(len, cut), np.int64, count)
        ends = np.cumsum(lengths + 1) - 1
        kinds = _classes()[np.minimum(points, 0xFFFF)]
        kinds[points > 0xFFFF] = OTHER
        kinds[ends] = _END
        line = np.repeat(np.arange(count), lengths + 1)
        table = np.bincount(line * CLASS_COUNT + kinds, minlength=count * CLASS_COUNT).reshape(count, -1).T
        self.kinds: Floats = table.astype(np.float64)
        self._read(kinds, line, ends - lengths, ends, count)
        full = np.fromiter(map(len, texts), np.float64, count)
        self.words *= full / np.maximum(lengths, 1)
        self._shares(chars.astype(np.float64), full, lengths)

    def _read(self, kinds: NDArray[np.uint8], line: NDArray[np.int64], first: NDArray[np.int64],
              ends: NDArray[np.int64], count: int) -> None:  # fmt: skip
        is_word = ((kinds >= LOWER) & (kinds <= CASELESS)) | (kinds == DIGIT)
        starts = is_word.copy()
        starts[1:] &= ~is_word[:-1]
        self.words: Floats = np.bincount(line[starts], minlength=count) + self.kinds[DENSE] / _DENSE_WORD_CHARS
        self.title: Floats = np.bincount(line[starts & (kinds == UPPER)], minlength=count).astype(np.float64)
        stop = kinds == STOP
        stop[:-1] &= (kinds[1:] == SPACE) | (kinds[1:] == _END) | (kinds[1:] == QUOTE) | (kinds[1:] == DENSE)
        self.sentences: Floats = np.bincount(line[stop], minlength=count).astype(np.float64)
        self.first_class = kinds[first].astype(np.float64)
        self.last_class = kinds[np.maximum(ends - 1, 0)].astype(np.float64)

    def _shares(self, chars: Floats, full: Floats, lengths: NDArray[np.int64]) -> None:
        kinds, seen = self.kinds, np.maximum(lengths, 1)
        raw = np.maximum(chars[:, 2], 1)
        self.link_share = np.minimum(chars[:, 0] / raw, 1)
        self.link_words = self.words * self.link_share
        letters = kinds[LOWER] + kinds[UPPER] + kinds[CASELESS] + kinds[DENSE]
        signs = kinds[STOP:].sum(axis=0) - kinds[_END]
        self.is_prose = (
            (self.words >= PROSE_WORDS)
            & (self.link_share < 0.5)
            & (self.sentences + kinds[COMMA] > 0)
            & (letters > 0.6 * lengths)
        )
        self.prose = np.where(self.is_prose, self.words * (1 - self.link_share), 0.0)
        words = np.maximum(self.words, 1)
        self.table = np.stack([
            np.log1p(self.words), np.log1p(full), letters / words, kinds[UPPER] / seen, kinds[DIGIT] / seen,
            signs / seen, self.title / words, kinds[STOP], kinds[COMMA], kinds[COLON], kinds[QUOTE], kinds[BRACKET],
            kinds[SLASH], kinds[BULLET], kinds[SIGN], self.sentences, self.sentences / words, self.first_class,
            self.last_class, self.link_share, np.minimum(chars[:, 1] / raw, 1), kinds[DENSE] / seen, self.is_prose,
        ])  # fmt: skip


def repeats(texts: Sequence[str]) -> Floats:
    """How often each text occurs."""
    counts = Counter(texts)
    return np.array([counts[text] for text in texts], dtype=np.float64)
