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


def _counts_of_pairs(letters: Letters, count_lines: int) -> dict[str, Floats]:
    """Counts a line of what stands side by side: title words, sentence ends, points in words, times."""
    classes, line = letters.classes, letters.char_line
    before, here, after = classes[:-2], classes[1:-1], classes[2:]
    is_letter = np.zeros(CLASS_COUNT, dtype=bool)
    is_letter[[reading.LOWER, reading.UPPER, reading.CASELESS]] = True

    def count(where: NDArray[np.bool_]) -> Floats:
        return np.bincount(line[1:-1][where], minlength=count_lines).astype(np.float64)

    starts = letters.char_start
    starts_upper = np.bincount(line[starts], classes[starts] == reading.UPPER, count_lines)
    blank_after = (after == reading.SPACE) | (after == reading.NEWLINE)
    digit_before, digit_after = before == reading.DIGIT, after == reading.DIGIT
    return {
        "title": starts_upper + count((here == reading.UPPER) & ~is_letter[before]),
        "sentence": count((here == reading.TERMINAL) & blank_after & (before != reading.TERMINAL)),
        "inner_point": count((here == reading.TERMINAL) & is_letter[before] & is_letter[after]),
        "inner_underscore": count((here == reading.DASH) & ~blank_after & (before != reading.SPACE)),
        "clock": count((here == reading.COLON) & digit_before & digit_after),
        "digit_run": count((here == reading.DIGIT) & ~digit_after),
    }


def _edge_classes(page: Letters) -> list[Floats]:
    """Classes of the first, second, last and last but one character; of a shorter line the newline's."""
    last = np.append(page.char_start[1:], page.classes.size) - 1  # the newline of each line
    first, end = page.char_start, page.classes.size - 1
    second = page.classes[np.minimum(first + 1, last)]
    final = page.classes[np.maximum(last - 1, first)]
    before = page.classes[np.maximum(np.minimum(last - 2, end), first)]
    return [values.astype(np.float64) for values in (page.classes[first], second, final, before)]


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
    return np.stack([
        np.log1p(page.chars), np.log1p(page.token_count), word_chars / words, short / words,
        kinds[reading.UPPER] / seen, kinds[reading.CASELESS] / seen, kinds[reading.DIGIT] / seen, signs / seen,
        pairs["title"] / words, kinds[reading.TERMINAL], pairs["sentence"], kinds[reading.COMMA],
        kinds[reading.COLON], kinds[reading.QUOTE], kinds[reading.BRACKET], kinds[reading.DASH],
        kinds[reading.BULLET], kinds[reading.ADDRESS], kinds[reading.SIGN], pairs["inner_point"],
        pairs["inner_underscore"], pairs["clock"], pairs["digit_run"], *_edge_classes(letters),
        kinds[reading.OTHER] / seen, kinds[reading.ASTRAL],
    ])  # fmt: skip
