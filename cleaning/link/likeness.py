"""How much of its text one document shares with another, and what that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cleaning.link.shingles import WORDS, Shingles

# Six runs of three words in a row: eight words that stand in both texts in one order.
_PASSAGE_SHINGLES = 6
_PARTS = 10

# The thresholds are from labelled versions of 80 articles (furniture around, words and sentences changed, cut short,
# rewritten word by word, quoted), 600 articles on 51 events, and 1,823 pages of which each is about something else.
# A copy, cut short or with things added: of teasers and of texts with other furniture the least is .94, of edited
# ones (3 % of the words, a sentence out, another in) .82.
NEAR_COPY = 0.8
# A short text that stands in a larger one has some twenty words at least: fewer are a phrase.
_PART_SHINGLES = 16
# So alike that the lengths are, too.
ABOUT_THE_SAME = 0.7
# As good as one text, or with one passage of half of it and some sentences at least: what a site publishes anew. What
# a program writes of each day has no such passage.
REVISION, _REVISION_WORDS = 0.5, 60
# Most of the smaller text, put together anew: with four tenths of the sentences cut and two new ones the least is .63.
_RETOLD = 0.5
_RETOLD_SHINGLES = 40
# Rewritten word by word: a sixth of the runs are left at least, all over the text; of two texts on one subject an
# eighth at most.
_REWORDED = 0.14
_REWORDED_SHINGLES = 20
_REWORDED_SPREAD = 0.7
_REWORDED_IN_PASSAGES = 0.8
# A quotation: turns of speech and names of laws in common come to less, but in 14 pairs of the pages.
_QUOTED = 0.05
_QUOTED_WORDS, _QUOTED_IN_A_ROW = 24, 15
_QUOTED_SENTENCE = 20
# What is less than half of a larger text, and not its beginning, may be one report of several there. Of 240 pages made
# of 3 to 12 reports each, 12 of 1,440 reports but the first are taken for the whole, and 233 of 240 that are first.
_PART_OF_MANY = 0.5
# Few of those print their reports in other words than the reports themselves.
_REWRITTEN_PART = 0.34


class Relation(StrEnum):
    """What a document is to another one."""

    SAME = "same"
    NEAR_COPY = "near_copy"
    REVISION = "revision"
    REWRITE = "rewrite"
    QUOTES = "quotes"
    SAME_STORY = "same_story"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share of their runs of three words; the smaller text is the one that has fewer of them.

    ``shared``: how many different runs. ``resemblance``: their share of the runs of both (Jaccard). ``containments``:
    their share of the first and of the second text's. ``passage_words``: words of the smaller text that stand in
    passages of eight words and more, word by word in the other; ``longest_passage``: of the longest. ``in_passages``:
    their share of what is shared. ``spread``: the share of the tenths of the smaller text that have their part of it.
    ``begins``: most of the beginning of the larger is in the smaller. Where characters begin the words, counts are of
    words of the usual length.
    """

    shared: int
    resemblance: float
    containments: tuple[float, float]
    passage_words: int
    longest_passage: int
    in_passages: float
    spread: float
    begins: bool

    @property
    def of_smaller(self) -> float:
        """The share of the smaller text that the other one holds."""
        return max(self.containments)

    def is_one_story(self, relation: Relation) -> bool:
        """Are they one text in two versions, and not a page of many reports and one of these?"""
        if relation == Relation.QUOTES:
            return False
        sizes = min(self.containments) / max(self.containments)
        return self.begins or sizes >= (_REWRITTEN_PART if relation == Relation.REWRITE else _PART_OF_MANY)

    @property
    def is_contained(self) -> bool:
        """Does nearly all of the smaller text stand in the other one?"""
        is_more_than_a_phrase = self.resemblance >= ABOUT_THE_SAME or self.shared >= _PART_SHINGLES
        return self.of_smaller >= NEAR_COPY and is_more_than_a_phrase

    @property
    def is_copy(self) -> bool:
        """Does nothing get lost, or little, where the one that has less goes?"""
        return self.is_contained and self.is_one_story(Relation.NEAR_COPY)


NOTHING_SHARED = Likeness(0, 0.0, (0.0, 0.0), 0, 0, 0.0, 0.0, False)


class Runs:
    """The runs of three words of a text, ready to be compared with others'. ``unique``: each once, sorted."""

    def __init__(self, sequence: Shingles, chars_a_word: int = 1) -> None:
        """``chars_a_word``: as of the function of that name."""
        self.sequence, self.chars_a_word = sequence, chars_a_word
        self.unique, self._place = np.unique(sequence, return_inverse=True)

    def are_in(self, other: Runs) -> NDArray[np.bool_]:
        """Of each run, in the order of ``unique``, whether the other text has it."""
        return _are_in(self.unique, other)

    def in_order(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask of ``unique`` as one of the text."""
        return mask[self._place]


def likeness(first: Runs, second: Runs) -> Likeness:
    """Compares two texts."""
    smaller, larger = (first, second) if len(first.unique) <= len(second.unique) else (second, first)
    if not len(smaller.unique):
        return NOTHING_SHARED
    are_shared = smaller.are_in(larger)
    shared = int(np.count_nonzero(are_shared))
    if not shared:
        return NOTHING_SHARED
    in_text = smaller.in_order(are_shared)
    lengths = _run_lengths(in_text)
    passages = lengths[lengths >= _PASSAGE_SHINGLES * smaller.chars_a_word] + WORDS - 1
    beginning = larger.sequence[: max(len(larger.sequence) // _PARTS, 1)]
    size = smaller.chars_a_word
    return Likeness(
        shared // size,
        shared / (len(first.unique) + len(second.unique) - shared),
        (shared / len(first.unique), shared / len(second.unique)),
        int(passages.sum()) // size,
        int(passages.max(initial=0)) // size,
        min(int(passages.sum()) / shared, 1.0),
        _spread(in_text),
        bool(2 * np.count_nonzero(_are_in(beginning, smaller)) >= len(beginning)),
    )


def relation_of(found: Likeness, *, one_site: bool, are_versions: bool) -> Relation | None:
    """What a document is to one that it shares text with; None where that says nothing.

    ``one_site``: both are of one site, whose pages share furniture, forms and what a program writes of each day; there
    copies alone mean something. ``are_versions``: they are of two times, or of one address.
    """
    if one_site and are_versions and _is_revised(found):
        return Relation.REVISION
    if found.is_contained:
        return Relation.NEAR_COPY
    if one_site:
        return None
    if found.of_smaller >= _RETOLD and found.shared >= _RETOLD_SHINGLES:
        return Relation.REWRITE
    if (
        found.of_smaller >= _REWORDED
        and found.shared >= _REWORDED_SHINGLES
        and found.spread >= _REWORDED_SPREAD
        and found.in_passages < _REWORDED_IN_PASSAGES
    ):
        return Relation.REWRITE
    return Relation.QUOTES if _is_quoted(found) else None


def _is_quoted(found: Likeness) -> bool:
    """Is there a sentence that stands in both texts, or are there some passages?"""
    if found.longest_passage >= _QUOTED_SENTENCE:
        return True
    is_part = found.of_smaller >= _QUOTED and found.passage_words >= _QUOTED_WORDS
    return is_part and found.longest_passage >= _QUOTED_IN_A_ROW


def _is_revised(found: Likeness) -> bool:
    """Are two texts the same but for little, or one with a passage of the other that is half of it?"""
    if found.resemblance < REVISION or found.of_smaller >= NEAR_COPY:
        return found.resemblance >= REVISION
    return found.longest_passage >= _REVISION_WORDS and 2 * found.longest_passage * found.of_smaller >= found.shared


def _are_in(sequence: Shingles, other: Runs) -> NDArray[np.bool_]:
    places = np.searchsorted(other.unique, sequence)
    found: NDArray[np.bool_] = other.unique[np.minimum(places, len(other.unique) - 1)] == sequence
    return found


def _run_lengths(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return edges[1::2] - edges[::2]


def _spread(mask: NDArray[np.bool_]) -> float:
    """The share of the tenths of a text that hold at least a third of what a tenth would hold of what is shared."""
    cuts = np.linspace(0, len(mask), _PARTS + 1).astype(np.int64)
    sums = np.diff(np.concatenate(([0], np.cumsum(mask)))[cuts])
    return float(np.mean(3 * sums * _PARTS >= mask.sum()))
