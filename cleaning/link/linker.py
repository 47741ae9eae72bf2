"""Links the documents of a corpus: near copies, revisions, rewritten texts and quotations, and what tells one story.

What comes out depends on the documents alone, not on the order in which they come: a document's number is its place
by date of publication and id, and of equal choices the lower number wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from cleaning.link.candidates import BANDS, all_pairs, often_enough, pair_entries, with_first
from cleaning.link.facts import Facts
from cleaning.link.likeness import Runs
from cleaning.link.scratch import Buckets, Sequences
from cleaning.link.shingles import shingles
from cleaning.link.sketch import Sketch
from cleaning.link.topics import Topics
from cleaning.link.work import Links, Work

# Runs that are looked up in a document of some 450 words.
_SAMPLED = 100
# Pairs that one of these may make: more than usual, less than the most (a run with 50 holders makes 24 for each).
_PAIRS_OF_ONE = 8


class Linker:
    """Takes the texts one by one, in any order, and links them at the end.

    ``scratch``: a folder that it makes and uses; it takes there the texts and some 1.5 kB each. Linking needs some 400
    bytes of memory a document, 100 MB more, and what it finds, beside pages of the scratch files that are mapped.
    """

    def __init__(self, documents: int, scratch: Path) -> None:
        scratch.mkdir(parents=True)
        self._scratch = scratch
        self._places = np.full(documents, -1, np.int64)
        self._lengths = np.zeros(documents, np.int64)
        self._chars_a_word = np.ones(documents, np.uint8)
        self._added = 0
        self._texts = Sequences(scratch / "texts", np.uint8)
        self._samples = Sequences(scratch / "samples", np.uint64)
        self._bands = Buckets(scratch / "bands", documents * BANDS)
        self._topics = Topics(documents, scratch / "topics")

    def add(self, number: int, text: bytes, sketch: Sketch) -> None:
        """``number``: the document's place by date of publication and id, from 0; ``text``: as UTF-8."""
        self._places[number] = self._added
        self._added += 1
        self._texts.add(text)
        self._samples.add(sketch.sampled)
        self._lengths[number], self._chars_a_word[number] = sketch.runs, sketch.chars_a_word
        self._bands.add(sketch.bands, number)
        self._topics.add(number, sketch.words)

    def finish(self, facts: Facts) -> Links:
        """Every link, and what of the documents is to be kept. Afterwards nothing can be added."""
        work = Work(self._runs, self._lengths, facts)
        for first, second in zip(*with_first(self._bands.read()), strict=True):
            work.join_if_alike(int(first), int(second))
        work.settle_groups()
        for first, second in self._pairs(work.to_look_up()):
            work.compare(first, second)
        work.settle_parts()
        kept = np.flatnonzero(work.kept_for == np.arange(len(work.kept_for)))
        for group, alike in self._topics.events(kept, work.members(), facts):
            work.tell_one_story(group, alike)
        self._topics.close()
        self._texts.close()
        self._samples.close()
        return Links(work.rows(), work.kept_for, work.stories())

    def _runs(self, number: int) -> Runs:
        text = self._texts[int(self._places[number])].tobytes().decode("utf-8", "surrogatepass")
        return Runs(shingles(text), int(self._chars_a_word[number]))

    def _pairs(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The documents among those with the ``numbers`` that share enough of what is looked up."""
        runs = Buckets(self._scratch / "runs", len(numbers) * _SAMPLED)
        sampled = np.zeros(len(self._places), np.int64)
        for number in numbers:
            looked_up = self._samples[int(self._places[number])]
            sampled[number] = len(looked_up)
            runs.add(looked_up, number)
        pairs = Buckets(self._scratch / "pairs", len(numbers) * _SAMPLED * _PAIRS_OF_ONE)
        for found in all_pairs(runs.read()):
            pairs.add(*pair_entries(found))
        for entries in pairs.read():
            first, second = often_enough(entries, sampled)
            yield from zip(first.tolist(), second.tolist(), strict=True)
