"""Lines that are no sentence of a story by their words alone, wherever they stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleaning.boilerplate.rule import Line, Page
from cleaning.boilerplate.thresholds import is_whole_page, lists_of_story
from cleaning.credits import is_made_by
from cleaning.recipe import LineModel

if TYPE_CHECKING:
    from cleaning.boilerplate.line_model import LineScorer

WORDING_NAME = "wording"

_Pairs = tuple[tuple[float, float], ...]


class _Thresholds(NamedTuple):
    """Pairs of log odds of the words and probability of the line model; a line that reaches both of a pair goes.

    text: of a text that opens with its story. page: of the rendering of a whole page, where menus come first.
    plain: of a text whose paragraphs all tell a story.
    """

    text: _Pairs
    page: _Pairs
    plain: _Pairs


# The line model goes by place, and a prompt that is alone between paragraphs stands where a paragraph would: of 533
# lines of furniture written blind that no rule takes (benchmarks/held_out_lines.tsv), each alone in a story, it gives
# three in four less than .3. What a pair removes and loses on labelled pages is in docs/line_model.md.
_THRESHOLDS: dict[LineModel, _Thresholds] = {
    "conservative": _Thresholds(((2.0, 0.8), (3.0, 0.6)), (), ((4.0, 0.1),)),
    "default": _Thresholds(((1.5, 0.7), (2.0, 0.55)), ((2.0, 0.9),), ((3.0, 0.05),)),
    "aggressive": _Thresholds(((1.0, 0.5), (2.0, 0.3)), ((2.0, 0.7),), ((2.5, 0.03),)),
}
# A longer line is a paragraph, whose words add up to anything; a single word says nothing.
_WORDS = range(2, 41)
# A text is plain where at most this share of its paragraphs, lines of so many words that the line model believes,
# speaks as furniture does. Guides and shops ask their readers to do things in every second line.
_PLAIN_SHARE, _PARAGRAPH_WORDS = 0.02, 8
# Items of lists, code.
_NO_PROMPT = frozenset("•*+-–—|#>`'‘{<$")
# Somebody is quoted: "The defendant had printed “© 2019 Example Press” on each page."
_QUOTES = frozenset('"“”„«»「」『』')


def worded_lines(
    page: Page, profile: LineModel, scores: Sequence[float], scorer: LineScorer
) -> Iterator[tuple[Line, float]]:
    """The lines that go by their words, with the log odds of these; ``scores`` are those of the line model."""
    if profile == "off":
        return
    thresholds = _THRESHOLDS[profile]
    odds: list[float] = scorer.wordings([line.text for line in page.lines]).tolist()
    least = min(pair[0] for pairs in thresholds for pair in pairs)
    if max(odds, default=least - 1) < least:
        return
    is_page = is_whole_page(page, scores)
    usual = thresholds.page if is_page else thresholds.text
    paragraphs = {line.index for line in page.lines if line.n_words >= _PARAGRAPH_WORDS and scores[line.index] < 0.5}
    speaking = {index for index in paragraphs if odds[index] > 0}
    lists = lists_of_story(page, scores)
    for line in page.lines:
        if (
            odds[line.index] < least
            or line.index in lists
            or line.n_words not in _WORDS
            or not may_be_prompt(line.text)
        ):
            continue
        others = len(speaking) - (line.index in speaking)
        is_plain = not is_page and others <= _PLAIN_SHARE * len(paragraphs)
        wanted = usual + thresholds.plain if is_plain else usual
        if any(odds[line.index] >= words and scores[line.index] >= model for words, model in wanted):
            yield line, odds[line.index]


def may_be_prompt(text: str) -> bool:
    """Is a line no item of a list, no code, no quotation and no credit of a book or a film?

    >>> may_be_prompt("Get our briefing before breakfast"), may_be_prompt("Written by Jane Doe")
    (True, False)
    """
    if text[0] in _NO_PROMPT or not _QUOTES.isdisjoint(text):
        return False
    return ":" in text or not is_made_by(text)


def as_probability(odds: float) -> float:
    """The probability that log odds stand for.

    >>> as_probability(0.0), as_probability(3.0)
    (0.5, 0.9526)
    """
    return round(1 / (1 + math.exp(-odds)), 4)
