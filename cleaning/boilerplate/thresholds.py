"""Which lines the line model is sure of: thresholds by the look of the text and by the place of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleaning.boilerplate.rule import Line, Page
from cleaning.digits import has_digit
from cleaning.recipe import LineModel


class Place(IntEnum):
    """Where a line stands among the paragraphs that the model believes.

    AROUND: above the first or below the last, where menus, lists of other stories and comments stand.
    BLOCK: in a gap between two of them as long as a sidebar or a block of links, or longer and nothing but boilerplate.
    BETWEEN: in a gap of a few lines, headings of the story as often as prompts, or in one so long that it is a table.
    """

    AROUND = 0
    BLOCK = 1
    BETWEEN = 2


class Thresholds(NamedTuple):
    """Probability from which a line is marked, by its place."""

    around: float
    block: float
    between: float


class Look(IntEnum):
    """What the model makes of a text as a whole.

    LITTLE: few of its lines look like boilerplate.
    OPENS: many do, but it opens with its story, as an extractor's output does.
    WHOLE_PAGE: any other, where menus come first: what they surround scores higher there, content too.
    UNSURE: hardly a line that looks so does it clearly: fiction, a table of contents, a language it knows little of.
    """

    LITTLE = 0
    OPENS = 1
    WHOLE_PAGE = 2
    UNSURE = 3


@dataclass(frozen=True, slots=True)
class Story:
    """The paragraphs that the model believes, and what it makes of the text."""

    lines: Sequence[int]
    look: Look

    @property
    def is_below_menus(self) -> bool:
        """Does much of the text look like boilerplate, and menus come before the story?"""
        return self.look == Look.WHOLE_PAGE


_ByLook = tuple[Thresholds, ...]


def _by_look(*rows: tuple[float, float, float]) -> _ByLook:
    return tuple(Thresholds(*row) for row in rows)


# By profile and look. Figures of each on sites that the model had not seen are in docs/line_model.md. Of what main
# content loses at .50 to .80 where it would not at .75 to .88, labels called 216 lines boilerplate and 49 content; of
# all content that it loses blind readers called four lines in seven furniture.
THRESHOLDS: dict[LineModel, _ByLook] = {
    "conservative": _by_look((0.90, 0.97, 0.97), (0.95, 0.95, 0.98), (0.97, 0.98, 0.995), (0.95, 0.97, 0.97)),
    "default": _by_look((0.50, 0.80, 0.80), (0.76, 0.74, 0.80), (0.89, 0.94, 0.992), (0.85, 0.88, 0.88)),
    "aggressive": _by_look((0.40, 0.75, 0.75), (0.60, 0.65, 0.75), (0.82, 0.85, 0.97), (0.75, 0.85, 0.85)),
}
# A sentence, of so many words at least, is more to lose than a label. In a text that opens with its story and has much
# boilerplate it is none: around the story those of .75 to .85 were boilerplate 227 times and content 18 times, in
# blocks those of .7 to .9 115 and 10 times, in shorter gaps those of .75 to .9 62 and 2 times.
_SENTENCES: dict[LineModel, _ByLook] = {
    "conservative": _by_look((0.95, 0.97, 0.97), (0.95, 0.97, 0.98), (0.97, 0.98, 0.995), (0.95, 0.97, 0.97)),
    "default": _by_look((0.85, 0.95, 0.95), (0.74, 0.68, 0.73), (0.92, 0.97, 0.992), (0.92, 0.97, 0.97)),
    "aggressive": _by_look((0.80, 0.93, 0.93), (0.60, 0.60, 0.65), (0.88, 0.95, 0.97), (0.92, 0.97, 0.97)),
}
# Without its end, too, where little looks like boilerplate: of so many words or more that score under .92 there, four
# were boilerplate and one was content.
_LONG_WORDS = 15
# But for a paragraph between others: entries of a live blog score .7 to .9 now and then.
_PARAGRAPH = 0.9
# Gaps of so many lines are blocks. On whole pages of sites that the model had not seen, short lines that score .9 to
# .99 are boilerplate or content 47 and 14 times in shorter gaps, 455 and 48 in these, 1,126 and 359 in longer ones, and
# 11,644 and 202 around the story.
_BLOCK_LINES = range(4, 31)
# A longer gap with this mean is nothing but boilerplate: comments between one story and the next, menus below a teaser.
# What stayed of 5 such gaps in main content and of 27 on whole pages, by the threshold for tables, was boilerplate 683
# and 1,144 times, content 2 and 21 times.
_SOLID_MEAN = 0.95
# What stands before the first such gap is no story where it has less than this share of its words, nor is what stands
# behind the last: a teaser in the menu, a notice at the foot of the page.
_STRAY_SHARE, _STRAY_GAP, _STRAY_MEAN = 0.05, 20, 0.9
# Much: at least this share of the lines scores above one half.
_MUCH_SHARE = 0.15
# Unsure: of these lines less than this share scores above .9. On sites that the model had not seen, of such texts in
# main content it would take 73 lines of boilerplate and 19 of content more with the thresholds of much boilerplate, and
# from .75 on 41 and 15 around the story.
_CLEAR, _CLEAR_SHARE = 0.9, 0.1
# A text opens with its story where a paragraph that the model believes is among its first lines, up to this number. Of
# 256 development records in main content of which much looks like boilerplate 244 do, of 1,338 of whole pages 105.
OPENING_LINES = 10
# A story has so many paragraphs, or at least this share of the lines. With less the text is a list, and no line stands
# around it: of 40 development records with less than that share those of five paragraphs or more, pages of 400 to 1,300
# lines, lose 4 lines of content for 370 of boilerplate that score .8 to .95 around them.
_STORY_LINES, _STORY_SHARE = 5, 0.02
# Between two paragraphs of the story so many lines with so low a mean are a list or a table of the story: what the
# model is sure of among them stays with the others. On sites that it had not seen this keeps 96 lines of content for
# 250 of boilerplate on whole pages, 79 for 260 in main content.
_LIST_LINES, _LIST_MEAN = 4, 0.8
# But for those that it is as sure of as this: on whole pages .92 to .95 were boilerplate 334 and content 8 times, more
# 1,030 and 22. In a text that opens with its story and has much boilerplate a block goes by the threshold of blocks
# though it is mixed: those of .75 to .9 were boilerplate 179 and content 22 times.
_LISTED = 0.92
# A row of a table between paragraphs: so many numbers, and so large a share of its words. On sites that the model had
# not seen 48 such lines were content and one was boilerplate; around the story none and 267.
_NUMBERS, _NUMBER_SHARE = 3, 0.4


def sure_lines(page: Page, profile: LineModel, scores: Sequence[float], story: Story) -> list[Line]:
    """The lines that score high enough for a text of this look and for their place in it."""
    has_story = len(story.lines) >= min(_STORY_LINES, _STORY_SHARE * len(scores))
    look = story.look if has_story else _look((), scores)
    thresholds, sentence = THRESHOLDS[profile][look], _SENTENCES[profile][look]
    places = _places(story.lines, scores) if has_story else [Place.BETWEEN] * len(scores)
    of_story = lists_of_story(story, scores) if has_story else frozenset()
    sure = []
    for line, score, place in zip(page.lines, scores, places, strict=True):
        is_long = line.n_words >= _LONG_WORDS and look in (Look.LITTLE, Look.UNSURE)
        if score < (sentence if is_long or _is_sentence(line) else thresholds)[place]:
            continue
        if score < _PARAGRAPH and place != Place.AROUND and line.is_prose:
            continue
        if line.index in of_story and score < _LISTED and not (look == Look.OPENS and place == Place.BLOCK):
            continue
        if place == Place.AROUND or not is_row_of_numbers(line.text):
            sure.append(line)
    return sure


def find_story(page: Page, scores: Sequence[float]) -> Story:
    """The story of a page, and what its text looks like."""
    lines = _story_lines(page, scores)
    return Story(lines, _look(lines, scores))


def _story_lines(page: Page, scores: Sequence[float]) -> list[int]:
    """The paragraphs that the model believes, without those that stray before or behind the story."""
    story = [line.index for line in page.lines if line.is_prose and scores[line.index] < 0.5]
    words = list(accumulate(page.lines[index].n_words for index in story))
    gaps = [
        place
        for place, (before, after) in enumerate(pairwise(story), start=1)
        if after - before > _STRAY_GAP and sum(scores[before + 1 : after]) >= _STRAY_MEAN * (after - before - 1)
    ]
    few = _STRAY_SHARE * words[-1] if words else 0
    first = max((place for place in gaps if words[place - 1] < few), default=0)
    last = min((place for place in gaps if words[-1] - words[place - 1] < few), default=len(story))
    return story[first:last]


def is_solid(scores: Sequence[float]) -> bool:
    """Are the lines of a gap more than a block has, and boilerplate all of them?"""
    return len(scores) >= _BLOCK_LINES.stop and sum(scores) >= _SOLID_MEAN * len(scores)


def _look(story: Sequence[int], scores: Sequence[float]) -> Look:
    likely = sum(score > 0.5 for score in scores)
    if sum(score > _CLEAR for score in scores) < _CLEAR_SHARE * likely:
        return Look.UNSURE
    if likely < _MUCH_SHARE * len(scores):
        return Look.LITTLE
    return Look.OPENS if story and story[0] <= OPENING_LINES else Look.WHOLE_PAGE


def _places(story: Sequence[int], scores: Sequence[float]) -> list[Place]:
    places = [Place.AROUND] * len(scores)
    for before, after in pairwise(story):
        is_block = after - before - 1 in _BLOCK_LINES or is_solid(scores[before + 1 : after])
        places[before:after] = [Place.BLOCK if is_block else Place.BETWEEN] * (after - before)
    return places


def lists_of_story(story: Story, scores: Sequence[float]) -> frozenset[int]:
    """The lines of long stretches between two paragraphs of the story that the model finds mixed."""
    return frozenset(
        index
        for before, after in pairwise(story.lines)
        if after - before > _LIST_LINES and sum(scores[before + 1 : after]) < _LIST_MEAN * (after - before - 1)
        for index in range(before + 1, after)
    )


def _is_sentence(line: Line) -> bool:
    """Is it a paragraph, or a sentence of some words with its end?"""
    return line.is_prose or line.is_sentence


def is_row_of_numbers(text: str) -> bool:
    """Is the line a row of a table: three numbers or more, and two words in five?

    >>> is_row_of_numbers("Pro | 8.3 mm | 10.3 mm | 12.5 mm"), is_row_of_numbers("12 readers wrote to us in 2019")
    (True, False)
    """
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    numbers = sum(has_digit(word) for word in words)
    return numbers >= _NUMBERS and numbers >= _NUMBER_SHARE * len(words)
