"""The shape of a line, without its words: lengths, case, digits, signs, first and last character."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import reading
from cleaning.boilerplate.line_model.reading import CLASS_COUNT, Floats, Letters, Page

_BY_CATEGORY = {
    "Ll": reading.LOWER, "Lu": reading.UPPER, "Lt": reading.UPPER, "Lo": reading.CASELESS, "Lm": reading.CASELESS,
    "Mn": reading.CASELESS, "Mc": reading.CASELESS, "Nd": reading.DIGIT, "Nl": reading.DIGIT, "No": reading.DIGIT,
    "Zs": reading.SPACE, "Zl": reading.SPACE, "Zp": reading.SPACE, "Ps": reading.BRACKET, "Pe": reading.BRACKET,
    "Pi": reading.QUOTE, "Pf": reading.QUOTE, "Pd": reading.DASH, "Sc": reading.SIGN, "So": reading.SIGN,
}  # fmt: skip
_BY_SIGN = {
    reading.SPACE: "\t\x0b\x0c\r",
    reading.NEWLINE: "\n",
    reading.TERMINAL: ".!?…。！？؟।۔｡",
    reading.COMMA: ",;，、；،؛",
    reading.COLON: ":：",
    reading.QUOTE: "\"'`´„‚「」『』",
    reading.DASH: "_",
    reading.BULLET: "|»›«‹>→·•*#+~▶►●▪■◦‣",
    reading.ADDRESS: "/\\@&=%",
    reading.SIGN: "©®™",
}


def character_classes() -> NDArray[np.uint8]:
    """Class of each codepoint below 65,536.

    >>> int(character_classes()[ord("A")]) == reading.UPPER
    True
    """
    table = np.zeros(1 << 16, dtype=np.uint8)
    for point in range(table.size):
        table[point] = _BY_CATEGORY.get(unicodedata.category(chr(point)), reading.OTHER)
    for kind, signs in _BY_SIGN.items():
        for sign in signs:
            table[ord(sign)] = kind
    return table


NAMES = (
    "log_chars", "log_words", "mean_word_chars", "short_word_share", "upper_share", "caseless_share", "digit_share",
    "sign_share", "title_word_share", "terminal_count", "sentence_count", "comma_count", "colon_count", "quote_count",
    "bracket_count", "dash_count", "bullet_count", "address_count", "symbol_count", "inner_point_count",
    "inner_underscore_count", "clock_count", "digit_run_count", "first_class", "second_class", "last_class",
    "before_last_class", "other_share", "astral_count",
)  # fmt: skip


_PAIRS = ("upper_inside", "sentence", "inner_point", "inner_underscore", "clock", "digit_run")


def _counts_of_pairs(letters: Letters, count_lines: int) -> dict[str, Floats]:
    """Counts a line of what stands side by side: title words, sentence ends, points in words, times."""
    classes = letters.classes
    kind = {name: classes == name for name in (reading.SPACE, reading.UPPER, reading.DIGIT, reading.TERMINAL)}
    is_letter = classes - np.uint8(reading.LOWER) <= reading.CASELESS - reading.LOWER
    is_blank = kind[reading.SPACE] | (classes == reading.NEWLINE)
    before, here, after = slice(None, -2), slice(1, -1), slice(2, None)
    digit, terminal = kind[reading.DIGIT], kind[reading.TERMINAL]
    found = (
        kind[reading.UPPER][here] > is_letter[before],
        (terminal[here] & is_blank[after]) > terminal[before],
        terminal[here] & is_letter[before] & is_letter[after],
        (classes[here] == reading.DASH) > (is_blank[after] | kind[reading.SPACE][before]),
        (classes[here] == reading.COLON) & digit[before] & digit[after],
        digit[here] > digit[after],
    )
    places = [where.nonzero()[0] for where in found]
    lines = letters.char_line.take(np.concatenate(places) + 1)
    lines += np.repeat(np.arange(len(found)) * count_lines, [place.size for place in places])
    counts = np.bincount(lines, minlength=len(found) * count_lines).reshape(len(found), count_lines)
    pairs = dict(zip(_PAIRS, counts.astype(np.float64), strict=True))
    return pairs | {"title": pairs["upper_inside"] + kind[reading.UPPER].take(letters.char_start)}


def as_first(shapes: Floats, words: int) -> Floats:
    """The shapes of a line of so many words if it were the first: there nothing is counted of its first character.

    `shapes` are those that the line has behind others.
    """
    values = dict(zip(NAMES, shapes.tolist(), strict=True))
    first, second, most = int(values["first_class"]), int(values["second_class"]), max(words, 1)
    is_blank = second in (reading.SPACE, reading.NEWLINE)
    if first == reading.UPPER:
        values["title_word_share"] = (round(values["title_word_share"] * most) - 1) / most
    values["sentence_count"] -= first == reading.TERMINAL and is_blank
    values["inner_underscore_count"] -= first == reading.DASH and not is_blank
    values["digit_run_count"] -= first == reading.DIGIT and second != reading.DIGIT
    return np.array(list(values.values()))


def _edge_classes(page: Letters) -> Floats:
    """Array (4, lines): first, second, last and last but one character; of a shorter line the newline's."""
    first, end = page.char_start, page.classes.size - 1
    last = np.full(first.size, end)  # the newline of each line
    last[:-1] = first[1:] - 1
    places = (
        first,
        np.minimum(first + 1, last),
        np.maximum(last - 1, first),
        np.maximum(np.minimum(last - 2, end), first),
    )
    return page.classes.take(np.concatenate(places)).reshape(4, first.size).astype(np.float64)


def shape_features(page: Page, letters: Letters) -> Floats:
    """Array (len(NAMES), lines) of shapes; counts are capped by the characters looked at."""
    table = np.bincount(letters.char_line * CLASS_COUNT + letters.classes, minlength=page.count * CLASS_COUNT)
    kinds = table.reshape(page.count, CLASS_COUNT).T.astype(np.float64)
    seen = np.maximum(kinds.sum(axis=0) - 1, 1)
    words = np.maximum(page.token_count, 1)
    pairs = _counts_of_pairs(letters, page.count)
    word_chars = np.bincount(page.token_line, letters.token_chars, page.count)
    short = np.bincount(page.token_line, letters.token_chars <= 3, page.count)
    signs = kinds[reading.TERMINAL : reading.NEWLINE].sum(axis=0)
    return np.concatenate([
        np.log1p(page.chars), np.log1p(page.token_count), word_chars / words, short / words,
        kinds[reading.UPPER] / seen, kinds[reading.CASELESS] / seen, kinds[reading.DIGIT] / seen, signs / seen,
        pairs["title"] / words, kinds[reading.TERMINAL], pairs["sentence"], kinds[reading.COMMA],
        kinds[reading.COLON], kinds[reading.QUOTE], kinds[reading.BRACKET], kinds[reading.DASH],
        kinds[reading.BULLET], kinds[reading.ADDRESS], kinds[reading.SIGN], pairs["inner_point"],
        pairs["inner_underscore"], pairs["clock"], pairs["digit_run"], *_edge_classes(letters),
        kinds[reading.OTHER] / seen, kinds[reading.ASTRAL],
    ]).reshape(len(NAMES), page.count)  # fmt: skip
