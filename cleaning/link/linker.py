"""Links the documents of a corpus: near copies, revisions, rewritten texts and quotations, and what tells one story.

What comes out depends on the documents alone, not on the order in which they come: a document's number is its place
by date of publication and id, and of equal choices the lower number wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from cleaning.link.candidates import BANDS, all_pairs, band_keys, often_enough, pair_entries, sample, with_first
from cleaning.link.facts import Facts
from cleaning.link.likeness import Runs
from cleaning.link.scratch import Buckets, Sequences
from cleaning.link.shingles import Shingles, chars_a_word, shingles
from cleaning.link.topics import Topics
from cleaning.link.work import Links, Work

# Runs that are looked up in a document of some 450 words.
_SAMPLED = 100
# Pairs that one of these may make: more than usual, less than the most (a run with 50 holders makes 24 for each).
_PAIRS_OF_ONE = 8


class Linker:
    """Takes the texts one by one, in any order, and links them at the end.

    ``scratch``: a folder that it makes and uses; it takes there some eight bytes a word. Linking needs some 400 bytes
    of memory a document, 100 MB more, and what it finds, beside pages of the scratch files that are mapped: of 150,000
    documents of 400 words 610 MB were resident, 470 of them such pages.
    """

    def __init__(self, documents: int, scratch: Path) -> None:
        scratch.mkdir(parents=True)
        self._scratch = scratch
        self._places = np.full(documents, -1, np.int64)
        self._lengths = np.zeros(documents, np.int64)
        self._chars_a_word = np.ones(documents, np.uint8)
        self._added = 0
        self._sequences = Sequences(scratch / "sequences")
        self._bands = Buckets(scratch / "bands", documents * BANDS)
        self._topics = Topics(documents, scratch / "topics")

    def add(self, number: int, text: str, title: str = "", *, may_report: bool = True) -> None:
        """``number``: the document's place by date of publication and id, from 0.

        ``may_report``: what it tells may be what others tell in other words; a list, a product or a form tells nothing.
        """
        found = shingles(text)
        self._places[number] = self._added
        self._added += 1
        self._sequences.add(found)
        self._chars_a_word[number] = 1 if text.isascii() else chars_a_word(text)
        unique = np.unique(found)
        self._lengths[number] = len(unique)
        self._bands.add(band_keys(unique), number)
        if may_report:
            self._topics.add(number, text, title)

    def finish(self, facts: Facts) -> Links:
        """Every link, and what of the documents is to be kept. Afterwards nothing can be added."""
        work = Work(self._runs, self._lengths, facts)
        for first, second in zip(*with_first(self._bands.read()), strict=True):
            work.join_if_alike(int(first), int(second))
        work.settle_groups()
        for first, second in self._pairs(work.to_look_up()):
            work.compare(first, second)
        work.settle_parts()
        for group, alike in self._topics.events(np.flatnonzero(work.kept_for == np.arange(len(work.kept_for))), facts):
            work.tell_one_story(group, alike)
        self._sequences.close()
        return Links(work.rows(), work.kept_for, work.stories())

    def _sequence(self, number: int) -> Shingles:
        return self._sequences[int(self._places[number])]

    def _runs(self, number: int) -> Runs:
        return Runs(self._sequence(number), int(self._chars_a_word[number]))

    def _pairs(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The documents among those with the ``numbers`` that share enough of what is looked up."""
        runs = Buckets(self._scratch / "runs", len(numbers) * _SAMPLED)
        sampled = np.zeros(len(self._places), np.int64)
        for number in numbers:
            looked_up = sample(np.unique(self._sequence(number)))
            sampled[number] = len(looked_up)
            runs.add(looked_up, number)
        pairs = Buckets(self._scratch / "pairs", len(numbers) * _SAMPLED * _PAIRS_OF_ONE)
        for found in all_pairs(runs.read()):
            pairs.add(*pair_entries(found))
        for entries in pairs.read():
            first, second = often_enough(entries, sampled)
            yield from zip(first.tolist(), second.tolist(), strict=True)
