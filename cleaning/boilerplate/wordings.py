"""Lines that are no sentence of a story by their words alone, wherever they stand."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaning.boilerplate.rule import Line, Page
from cleaning.boilerplate.story_shapes import below_ranks, goes_on
from cleaning.boilerplate.thresholds import Story, is_row_of_numbers, lists_of_story
from cleaning.credits import is_made_by
from cleaning.recipe import LineModel
from cleaning.records import Kind

if TYPE_CHECKING:
    from cleaning.boilerplate.line_model import LineScorer

WORDING_NAME = "wording"

_Pairs = tuple[tuple[float, float], ...]


class _Thresholds(NamedTuple):
    """Pairs of log odds of the words and probability of the line model; a line that reaches both of a pair goes.

    text: of a text that opens with its story. page: of the rendering of a whole page, where menus come first.
    plain: of a text whose paragraphs all tell a story. told: of one half of whose other paragraphs do, whatever stands
    between them. sure: the log odds that are enough by themselves.
    """

    text: _Pairs
    page: _Pairs
    plain: _Pairs
    told: _Pairs
    sure: float


# The line model goes by place, and a prompt that is alone between paragraphs stands where a paragraph would: of 533
# lines of furniture written blind that no rule takes (benchmarks/held_out_lines.tsv), each alone in a story, it gives
# three in four less than .3, and half of the Chinese and Korean ones less than .03. What the profiles remove and lose
# on labelled pages is in docs/line_model.md.
_THRESHOLDS: dict[LineModel, _Thresholds] = {
    "conservative": _Thresholds(((2.0, 0.8), (3.0, 0.6)), (), ((4.0, 0.1),), (), math.inf),
    "default": _Thresholds(
        ((1.5, 0.65), (2.0, 0.5)), ((2.0, 0.9),), ((3.0, 0.07), (4.0, 0.02), (5.0, 0.006)), ((8.0, 0.02),), 9.5
    ),
    "aggressive": _Thresholds(((1.0, 0.5), (2.0, 0.3)), ((2.0, 0.7),), ((2.5, 0.03),), ((6.0, 0.02),), 7.5),
}
# A longer line is a paragraph, whose words add up to anything; a single word says nothing.
_WORDS = range(2, 41)
# A text is plain where at most this share of its paragraphs, lines of so many words that the line model believes,
# speaks as furniture does, with log odds beyond 1.5. Guides and shops ask their readers to do things in every second
# line. One misread paragraph makes no guide of a story whose others tell it plainly: their mean is as low as this.
_PLAIN_SHARE, _PARAGRAPH_WORDS, _SPEAKS, _TELLS = 0.02, 8, 1.5, -3.0
# Items of lists, code.
_NO_PROMPT = frozenset("•*+-–—|#>`'‘{<$")
# Somebody is quoted: "The defendant had printed “© 2019 Example Press” on each page."
_QUOTES = frozenset('"“”„«»「」『』')
# A lost sentence is worse than a missed line: with 1 less of the log odds of its words a fifth less of look-alikes goes
# and of furniture one line in sixty (benchmarks/held_out_lines.py). In a plain story it is 3 less: of dressed stories
# (benchmarks/dressed.py) .30 % of the lines go in place of .35, half of the words, and as much furniture as before; of
# held-out lines 63 % in place of 65. A short line above a paragraph may be its heading.
_LESS, _LESS_IN_STORY, _LESS_OF_HEADING, _SENTENCE_WORDS, _HEADING_WORDS = 1.0, 3.0, 0.3, 10, 5
# "Nobody answered the phone.": with 1 less 68.1 % of held-out lines go between paragraphs in place of 68.6, and of
# their look-alikes 2.2 in place of 2.9.
_LESS_OF_SHORT_SENTENCE = 1.0
# In scripts without blanks the odds of a sentence grow with its length: of 59 pages of Chinese news two lost a
# paragraph of 80 signs, both with a probability below .1.
_UNSPACED_WORDS, _UNSPACED_SCORE = 20, 0.3
# Without blanks between words a heading shares its few signs with labels: of 41 Chinese headings that were made to
# tempt 10 go with .3 less and 3 with 2 less; of 108 lines of furniture in Chinese, Japanese and Korean one more stays.
# The same among headings that nobody doubts: on the labelled pages 40 lines of furniture stay for 37 of content.
_LESS_AMONG_HEADINGS, _HEADINGS = 2.0, 2
# And among headlines, in a text of several stories: on labelled pages ten lines of furniture stay for 22 of content.
_HEADLINE_WORDS, _HEADLINES = range(3, 13), 4
# An interview: so many questions above a paragraph; in one line they are a writer's. "Please name one." is one more.
_QUESTIONS, _QUESTION_SIGNS = 3, ("?", "？", "؟")
# The first line above a paragraph may be the title. Of 3,768 English and Spanish news texts 20 lost their title to its
# words ("Asia shares defy post-quake gloom"), none does with 2 less; 8 of 22,578 labelled lines stay.
_LESS_OF_TITLE = 2.0
_NAME_CHARS = 30
_CELL_SIGNS = 2
# How Chinese and Japanese papers are named below what is quoted from them. No labelled or written line ends so.
_CITED = re.compile(r"（(?:19|20)\d\d年(?:\d{1,2}月)?）$")
# Of 854 lines that nobody had looked at seven in ten reach it, and of these four in five get their kind.
_KIND_SHARE = 0.5


def worded_lines(
    page: Page, profile: LineModel, scores: Sequence[float], story: Story, scorer: LineScorer
) -> Iterator[tuple[Line, float]]:
    """The lines that go by their words, with the log odds of these; ``scores`` are those of the line model."""
    if profile == "off":
        return
    thresholds = _THRESHOLDS[profile]
    odds: list[float] = scorer.wordings([line.text for line in page.lines]).tolist()
    least = min(words for pairs in (thresholds.text, thresholds.page, thresholds.plain) for words, _ in pairs)
    if max(odds, default=least - 1) < least:
        return
    is_page = story.is_below_menus
    usual, plain = thresholds.page if is_page else thresholds.text, thresholds.plain
    paragraphs = {line.index for line in page.lines if line.n_words >= _PARAGRAPH_WORDS and scores[line.index] < 0.5}
    speaking = {index for index in paragraphs if odds[index] > _SPEAKS}
    total = sum(odds[index] for index in paragraphs)
    sorted_odds = sorted(odds[index] for index in paragraphs)
    left = lists_of_story(story, scores) | _asked(page, paragraphs) | _of_series(page)
    headings, less_of_headings = _headings(page, odds, paragraphs)
    for line in page.lines:
        if odds[line.index] < least or line.index in left or line.n_words not in _WORDS or not may_be_prompt(line.text):
            continue
        others = len(speaking) - (line.index in speaking)
        is_own = line.index in paragraphs
        tells = total - is_own * odds[line.index] <= _TELLS * (len(paragraphs) - is_own)
        is_plain = not is_page and (others <= _PLAIN_SHARE * len(paragraphs) or (others == 1 and tells))
        is_told = _median_without(sorted_odds, odds[line.index] if is_own else None) <= 0
        is_above = not line.ends_sentence and line.index + 1 in paragraphs
        is_heading = line.index in headings
        if (goes_on(page, line) and scores[line.index + 1] < 0.5) or _is_unspaced_paragraph(line, scores[line.index]):
            continue
        is_long = line.ends_sentence and line.n_words >= _SENTENCE_WORDS
        # "Sign in" above a paragraph of a glossary: what rules know, and have left in its place, words do not take.
        if is_heading and line.phrases:
            continue
        less_of_heading = _LESS_AMONG_HEADINGS if line.is_unspaced else less_of_headings
        less_of_title = _LESS_OF_TITLE if is_above and line.index == 0 else 0.0
        said, score = odds[line.index] - less_of_title, scores[line.index]
        if (
            _reaches(usual, said - _LESS * (is_long + is_heading), score)
            or (is_plain and _reaches(plain, said - _less_in_story(line) - less_of_heading * is_heading, score))
            or odds[line.index] >= thresholds.sure
            or (is_told and _reaches(thresholds.told, odds[line.index], score))
        ):
            yield line, odds[line.index]


def _is_unspaced_paragraph(line: Line, score: float) -> bool:
    is_long = line.ends_sentence and line.n_words >= _UNSPACED_WORDS
    return is_long and score < _UNSPACED_SCORE and line.is_unspaced


def _less_in_story(line: Line) -> float:
    if not line.ends_sentence:
        return 0.0
    return _LESS_IN_STORY if line.n_words >= _SENTENCE_WORDS else _LESS_OF_SHORT_SENTENCE


def _headings(page: Page, odds: Sequence[float], paragraphs: Set[int]) -> tuple[Set[int], float]:
    """The lines that may be headings of what is below them, and how much less their words say."""
    headings = {line.index for line in page.lines if _is_heading(line, paragraphs)}
    headlines = {line.index for line in page.lines if _is_headline(page, line, paragraphs)}
    if sum(odds[index] < 0 for index in headlines) >= _HEADLINES:
        return headings | headlines, _LESS_AMONG_HEADINGS
    is_among = sum(odds[index] < 0 for index in headings) >= _HEADINGS
    return headings, _LESS_AMONG_HEADINGS if is_among else _LESS_OF_HEADING


def _is_heading(line: Line, paragraphs: Set[int]) -> bool:
    """May a line be the heading of the paragraph below it?"""
    return line.index + 1 in paragraphs and not line.ends_sentence and line.n_words <= _HEADING_WORDS


def _is_headline(page: Page, line: Line, paragraphs: Set[int]) -> bool:
    """May a line be the headline of the story below it, in a text of several?"""
    is_above = line.index + 1 in paragraphs and (line.index == 0 or page.lines[line.index - 1].ends_sentence)
    return is_above and not line.ends_sentence and line.n_words in _HEADLINE_WORDS


def _median_without(values: Sequence[float], own: float | None) -> float:
    """The middle one of sorted values but ``own``; infinite of none."""
    places = len(values) - (own is not None)
    if places == 0:
        return math.inf
    middle = places // 2
    return values[middle + (own is not None and bisect_left(values, own) <= middle)]


def _reaches(pairs: _Pairs, said: float, score: float) -> bool:
    return any(said >= words and score >= model for words, model in pairs)


def _asked(page: Page, paragraphs: Set[int]) -> frozenset[int]:
    """The short sentences between two paragraphs of an interview."""
    asked = [line.index for line in page.lines if line.ends_sentence and line.index + 1 in paragraphs]
    if sum(page.lines[index].text.endswith(_QUESTION_SIGNS) for index in asked) < _QUESTIONS:
        return frozenset()
    return frozenset(i for i in asked if i - 1 in paragraphs and page.lines[i].n_words < _SENTENCE_WORDS)


def _turns(page: Page) -> frozenset[int]:
    """The lines of speakers, two or more who say something twice: "AMANDA: Mayor, thank you for being with us."."""
    found: dict[str, list[int]] = defaultdict(list)
    for line in page.lines:
        speaker, colon, said = line.text.partition(": ")
        if colon and said and len(speaker) <= _NAME_CHARS and not line.phrases:
            found[speaker].append(line.index)
    turns = [lines for lines in found.values() if len(lines) > 1]
    return frozenset(index for lines in turns for index in lines) if len(turns) > 1 else frozenset()


def _of_series(page: Page) -> frozenset[int]:
    """The lines of speakers, below ranks, and of tables."""
    return _turns(page) | below_ranks(page) | _table_rows(page)


def _table_rows(page: Page) -> frozenset[int]:
    """The rows of tables: lines of three cells or more beside another one of as many."""
    cells = [line.text.count(" | ") for line in page.lines]
    alike = [index for index, (one, two) in enumerate(pairwise(cells)) if one == two >= _CELL_SIGNS]
    return frozenset(alike).union(index + 1 for index in alike)


def may_be_prompt(text: str) -> bool:
    """Is a line no item of a list, code, quotation, time alone, row of numbers, credit or source of a work?

    >>> may_be_prompt("Get our briefing before breakfast"), may_be_prompt("Written by Jane Doe"), may_be_prompt("03:02")
    (True, False, False)
    >>> may_be_prompt("Pro | 8.3 mm | 10.3 mm | 12.5 mm"), may_be_prompt("RSS (HD) | RSS (SD) | RSS (MP3)")
    (False, True)
    >>> may_be_prompt("What are you waiting for? A sign? A letter from the mayor?"), may_be_prompt("Agree? Why? Say it")
    (False, True)
    """
    if text[0] in _NO_PROMPT or _CITED.search(text) or not _QUOTES.isdisjoint(text) or not any(map(str.isalpha, text)):
        return False
    if text.count(" | ") > 1 and is_row_of_numbers(text):
        return False
    # "Corrections? Updates? Omissions?" is no more than a label.
    if sum(map(text.count, _QUESTION_SIGNS)) >= _QUESTIONS and text.partition("?")[0].count(" ") > 1:
        return False
    return ":" in text or not is_made_by(text)


def kind_by_words(text: str) -> Kind | None:
    """The kind that a line of furniture is by its words, where these are clear enough.

    >>> kind_by_words("Get our free football briefing in your inbox"), kind_by_words("Rain until Friday")
    (<Kind.NEWSLETTER: 'newsletter'>, None)
    """
    from cleaning.boilerplate.line_model.kinds import likeliest_kind

    kind, share = likeliest_kind(text)
    return kind if share >= _KIND_SHARE else None


def as_probability(odds: float) -> float:
    """The probability that log odds stand for.

    >>> as_probability(0.0), as_probability(3.0)
    (0.5, 0.9526)
    """
    return round(1 / (1 + math.exp(-odds)), 4)
