"""Counts and shares of a text that expectations and readers filter by."""

from __future__ import annotations

import re
from collections import Counter

from cleaning.boilerplate.rule import Page
from cleaning.records import Quality

_WORD = re.compile(r"\w+")


def count_words(text: str) -> int:
    r"""Runs of word characters, as ``\w+`` finds them."""
    return len(_WORD.findall(text))


def count_lines(text: str) -> int:
    """Rows of the text that are not empty."""
    return sum(map(bool, map(str.strip, text.split("\n"))))


def measure_quality(page: Page, n_words: int, source_words: int) -> Quality:
    """The quality signals of a clean text; shares are rounded to four places.

    A paragraph that was broken to a width, as in mails, counts as one line.
    """
    counts = Counter(page.text)
    letters, digits, upper = (
        sum(count for character, count in counts.items() if is_of(character))
        for is_of in (str.isalpha, str.isdigit, str.isupper)
    )
    word_chars = counts["_"] + sum(count for character, count in counts.items() if character.isalnum())
    printed = sum(len(line.text) for line in page.lines) or 1
    lines = len(page.lines) or 1
    return Quality(
        alpha_share=round(letters / printed, 4),
        digit_share=round(digits / printed, 4),
        upper_share=round(upper / (letters or 1), 4),
        terminal_line_share=round(sum(line.ends_sentence for line in page.lines) / lines, 4),
        mean_word_chars=round(word_chars / (n_words or 1), 4),
        mean_line_words=round(n_words / lines, 4),
        repeated_line_share=round(1 - len({line.text for line in page.lines}) / lines, 4),
        removed_share=round(max(0.0, 1 - n_words / source_words) if source_words else 0.0, 4),
        replacement_chars=counts["\ufffd"],
    )
