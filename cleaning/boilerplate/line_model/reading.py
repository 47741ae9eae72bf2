"""Lines of one document as arrays of characters and tokens, ready for vectorised features."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Floats = NDArray[np.float64]

# Of a longer line only the head and the tail are looked at: 1 line in 4,000 of the training data is longer.
HEAD_CHARS = 1500
TAIL_CHARS = 500

# Classes of characters; the table of codepoints is built by `character_classes` and stored with the model.
OTHER, SPACE, LOWER, UPPER, CASELESS, DIGIT, TERMINAL, COMMA, COLON = range(9)
QUOTE, BRACKET, DASH, BULLET, ADDRESS, SIGN, NEWLINE, ASTRAL = range(9, 17)
CLASS_COUNT = 17

# Scripts written without blanks give one token a character, so that their 2-grams are worth something.
_DENSE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[\n©|:?!@»›→]|[{_DENSE}]|[^\W_{_DENSE}]+")


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a document: class and line of each, a closing newline for each line; the first of each line.

    `token_chars`: characters of each token.
    """

    classes: NDArray[np.uint8]
    char_line: Ints
    char_start: Ints
    token_chars: Ints


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one document as tokens, each with the number of its line.

    `hashes`, `token_line`: one entry a token (case-folded word, digits as 0).
    `first_token`, `token_count`, `chars`: one entry a line; `chars` is the full length.
    """

    count: int
    hashes: Hashes
    token_line: Ints
    first_token: Ints
    token_count: Ints
    chars: Ints


def cap(line: str) -> str:
    """The part of a line that is looked at.

    >>> len(cap("x" * 10_000_000))
    2001
    """
    if len(line) > HEAD_CHARS + TAIL_CHARS:
        line = f"{line[:HEAD_CHARS]} {line[-TAIL_CHARS:]}"
    return line.replace("\n", " ") if "\n" in line else line


def find_tokens(text: str) -> list[str]:
    """Case-folded words with digits as 0, and a few telling signs, in order."""
    text = text.lower()
    for digit in "123456789":  # str.translate is slow where a text is not all ASCII
        text = text.replace(digit, "0")
    return _TOKEN.findall(text)


def hash_tokens(tokens: Sequence[str]) -> Hashes:
    """CRC-32 of each token: the same on any platform."""
    return np.fromiter(map(crc32, map(str.encode, tokens)), dtype=np.uint32, count=len(tokens))


def read_page(lines: Sequence[str], class_table: NDArray[np.uint8]) -> tuple[Page, Letters]:
    """The arrays of a document's lines."""
    count = len(lines)
    text = "\n".join(map(cap, lines)) + "\n"
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    classes = np.where(points < class_table.size, class_table[np.minimum(points, class_table.size - 1)], ASTRAL)
    breaks = np.flatnonzero(points == 10)
    char_start = np.concatenate(([0], breaks[:-1] + 1))
    char_line = np.repeat(np.arange(count), np.diff(breaks, prepend=-1))
    tokens = find_tokens(text)
    hashes = hash_tokens(tokens)
    lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    is_break = hashes == _BREAK
    is_break[is_break] = [tokens[i] == "\n" for i in np.flatnonzero(is_break)]
    token_line = np.cumsum(is_break)[~is_break]
    token_count = np.bincount(token_line, minlength=count)
    page = Page(
        count=count,
        hashes=hashes[~is_break],
        token_line=token_line,
        first_token=np.cumsum(token_count) - token_count,
        token_count=token_count,
        chars=np.fromiter(map(len, lines), dtype=np.int64, count=count),
    )
    return page, Letters(classes.astype(np.uint8), char_line, char_start, lengths[~is_break])


_BREAK = np.uint32(crc32(b"\n"))
