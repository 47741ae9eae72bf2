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
    classes = _classes(text, class_table)
    breaks = (classes == NEWLINE).nonzero()[0]
    char_start = np.zeros(count, dtype=np.int64)
    char_start[1:] = breaks[:-1] + 1
    hashes, lengths, is_break = _tokens(text)
    is_token = ~is_break
    token_line = is_break.cumsum()[is_token]
    token_count = np.bincount(token_line, minlength=count)
    page = Page(
        count=count,
        hashes=hashes[is_token],
        token_line=token_line,
        first_token=token_count.cumsum() - token_count,
        token_count=token_count,
        chars=np.fromiter(map(len, lines), dtype=np.int64, count=count),
    )
    char_line = np.arange(count).repeat(breaks + 1 - char_start)
    return page, Letters(classes, char_line, char_start, lengths[is_token])


def _classes(text: str, class_table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if text.isascii():
        return np.frombuffer(text.encode().translate(class_table[:256].tobytes()), dtype=np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    classes = class_table.take(points, mode="clip")
    is_astral = points >= class_table.size
    if is_astral.any():
        classes[is_astral] = ASTRAL
    return classes


def _tokens(text: str) -> tuple[Hashes, Ints, NDArray[np.bool_]]:
    """Hash and characters of each token of a text, and whether it is the end of a line."""
    apart = _set_apart(text.lower())
    if apart is None:
        tokens = find_tokens(text)
        lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
        is_break = np.fromiter((token == "\n" for token in tokens), dtype=bool, count=len(tokens))
        return hash_tokens(tokens), lengths, is_break
    signs = np.frombuffer(apart, dtype=np.uint8)
    is_blank = signs == _BLANK
    edges = (is_blank[1:] != is_blank[:-1]).nonzero()[0] + 1
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    if not apart.isascii():
        # What follows the first byte of a character is none.
        inside = ((signs & 0xC0) == 0x80).cumsum()
        lengths -= inside[ends - 1] - inside[starts]
    hashes = np.fromiter(map(crc32, apart.split()), dtype=np.uint32, count=starts.size)
    return hashes, lengths, signs[starts] == _END


def _set_apart(text: str) -> bytes | None:
    """The tokens of a lower-case text in UTF-8 with blanks around each, digits as 0, line ends as `_END`.

    Ten times as fast as a regular expression. None where a script without blanks would make a token of each letter.
    """
    if not text.isascii():
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        # In all scripts but those without blanks a text has a hundred different signs at most.
        strange = np.unique(points[points > 127])
        if strange.size > _MOST_STRANGE:
            return None
        letters = "".join(map(chr, strange.tolist()))
        others = [letter for letter in letters if not letter.isalnum()]
        if len(others) > _MOST_OTHERS or _IS_DENSE.search(letters):
            return None
        for other in others:
            text = text.replace(other, f" {other} " if other in _SIGNS else " ")
    apart = b" " + text.encode().translate(_LETTERS)
    for sign in _ASCII_SIGNS:
        if sign in apart:
            apart = apart.replace(sign, b" " + sign + b" ")
    return apart


def _letters() -> bytes:
    """A table that leaves letters as they are, writes digits as 0, line ends as `_END`, blanks for other signs."""
    table = bytearray(range(256))
    for byte in range(128):
        sign = chr(byte)
        if sign.isdigit():
            table[byte] = ord("0")
        elif not sign.isalnum() and sign not in _SIGNS:
            table[byte] = _END if sign == "\n" else _BLANK
    return bytes(table)


_SIGNS = "©|:?!@»›→"
_IS_DENSE = re.compile(f"[{_DENSE}]")
# Each of the others is a walk through the text.
_MOST_STRANGE, _MOST_OTHERS = 200, 40
_BLANK, _END = ord(" "), 0
_ASCII_SIGNS = (*(sign.encode() for sign in _SIGNS if sign.isascii()), bytes([_END]))
_LETTERS = _letters()
