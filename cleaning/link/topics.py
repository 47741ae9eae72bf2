"""Which documents tell of one event in words of their own.

Reports on one event share names, numbers and the words of the matter, and hardly a sentence. Their vectors are compared
by the cosine, and clustered by average link: what joins a group has to be like all of it, not like one. Allan et al.
(Topic Detection and Tracking, 1998) set the task; that days tell events apart is from there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.link.candidates import all_pairs, pair_entries, unique_pairs
from cleaning.link.facts import DAY, Facts, Numbers
from cleaning.link.groups import Groups
from cleaning.link.scratch import Buckets, Sequences
from cleaning.link.shingles import mixed
from cleaning.link.words import MOST_WORDS, TOPIC_WORD

# Of 600 articles on 51 events and on other things B-cubed F1 is .89 from .24 to .28 and .88 at .3; of 1,152 pages, each
# about something else, 31 are in a story with another at .24, 25 at .28 and 22 at .3.
ONE_EVENT = 0.28
# Where names in common make so little of it two texts are on one subject: a guide, a recipe, a comparison. Of 709
# articles without dates, each about something else, 62 are in a story with another, 87 where any name will do.
_BY_NAMES, _NAMELESS = 0.05, 0.5
# What is two weeks apart, by dates of publication, is another event. Of the pages 69 are in a story with another
# without this.
_APART = 14 * DAY
# Two texts of one site are alike as its texts are: that counts for little beside what texts of others say.
_ONE_SITE = 0.15
# Documents are compared that share two of the words with the most weight: of pairs that are alike 99.4 % do.
_LOOKED_UP = 16
# What recurs (elections, rate decisions) has the same words each time, and these have too many holders: documents with
# dates are looked up by the words of their two weeks, too. In an archive of 200 such months recall is .90, else .27.
_PAIRS_OF_ONE = 8
_PAIRS_AT_ONCE = 1 << 14
# What hangs together is clustered at once up to so many, which takes their number by itself in memory and time; of more
# those that hang together more closely, and the rest; of what never falls apart so many at a time, in order of dates.
_MOST_TOGETHER, _STEP, _CLOSEST, _AT_ONCE = 1_000, 0.04, 0.8, 250

Pairs = tuple[Numbers, Numbers]
Floats = NDArray[np.float64]


class Topics:
    """Takes the words of texts in any order and groups these at the end; some 600 bytes a document in a file."""

    def __init__(self, documents: int, path: Path) -> None:
        self._folder = path
        path.mkdir(parents=True)
        self._rows = Sequences(path / "words", TOPIC_WORD)
        self._places = np.full(documents, -1, np.int64)
        self._added = 0
        self._words = np.empty((0, MOST_WORDS), TOPIC_WORD)
        self._sizes = np.zeros(documents, np.uint8)

    def add(self, number: int, words: NDArray[np.void]) -> None:
        """``words``: of ``TOPIC_WORD``; a document without any tells of no event."""
        if len(words):
            row = np.zeros(MOST_WORDS, TOPIC_WORD)
            row[: len(words)] = words
            self._rows.add(row)
            self._places[number], self._sizes[number] = self._added, len(words)
            self._added += 1

    def close(self) -> None:
        """Ends the use of the file."""
        self._words = np.empty((0, MOST_WORDS), TOPIC_WORD)
        self._rows.close()

    def events(
        self, numbers: Numbers, members: Mapping[int, Sequence[int]], facts: Facts
    ) -> Iterator[tuple[list[int], Floats]]:
        """Groups of the documents with the ``numbers`` that tell of one event, and how alike each two are.

        ``members``: of each the copies that it is kept for; it is of the time of the first of them, and tells what any
        does. Groups are sorted; of a group of n documents the likenesses are n × n.
        """
        self._words = self._rows.all().reshape(-1, MOST_WORDS)
        times = facts.times.copy()
        for number, copies in members.items():
            dated = [int(times[copy]) for copy in (number, *copies) if times[copy]]
            times[number] = min(dated, default=0)
            telling = next((copy for copy in (number, *copies) if self._sizes[copy]), number)
            self._places[number], self._sizes[number] = self._places[telling], self._sizes[telling]
        facts = replace(facts, times=times)
        first, second, alike = self._edges(numbers, facts)
        for together in _components(first, second, alike, len(self._sizes)):
            likeness = self._likenesses(together, facts)
            for group in average_link(likeness, ONE_EVENT):
                yield [together[place] for place in group], likeness[np.ix_(group, group)]

    def _edges(self, numbers: Numbers, facts: Facts) -> tuple[Numbers, Numbers, Floats]:
        """The pairs that are alike."""
        found: list[tuple[Numbers, Numbers, Floats]] = [(*(np.empty(0, np.int64),) * 2, np.empty(0))]
        for first, second in self._candidates(numbers, facts):
            # Most of the time is spent here, and of these pairs it is known that they are not alike.
            may_be = ~(_are_apart(first, second, facts) | _are_of_one_site(first, second, facts))
            if not may_be.any():
                continue
            first, second = first[may_be], second[may_be]
            alike = self._alike(first, second, facts)
            is_edge = alike >= ONE_EVENT
            found.append((first[is_edge], second[is_edge], alike[is_edge]))
        first, second, alike = (np.concatenate(column) for column in zip(*found, strict=True))
        return first, second, alike

    def _candidates(self, numbers: Numbers, facts: Facts) -> Iterator[Pairs]:
        numbers = numbers[self._sizes[numbers] > 0]
        left, right = np.triu_indices(_LOOKED_UP, 1)
        keys = Buckets(self._folder / "keys", len(numbers) * len(left))
        for number in numbers.tolist():
            size = min(_LOOKED_UP, int(self._sizes[number]))
            words = np.sort(self._words["word"][self._places[number], :size]).astype(np.uint64)
            one, other = (left, right) if size == _LOOKED_UP else np.triu_indices(size, 1)
            plain = mixed((words[one] << np.uint64(32)) | words[other])
            keys.add(plain, number)
            if time := int(facts.times[number]):
                for slot in (time // _APART, time // _APART + 1):
                    keys.add(mixed(plain + np.uint64(slot % (1 << 32) + 1)), number)
        pairs = Buckets(self._folder / "pairs", len(numbers) * len(left) * _PAIRS_OF_ONE)
        for found in all_pairs(keys.read()):
            pairs.add(*pair_entries(found))
        for entries in pairs.read():
            first, second = unique_pairs(entries)
            for start in range(0, len(first), _PAIRS_AT_ONCE):
                yield first[start : start + _PAIRS_AT_ONCE], second[start : start + _PAIRS_AT_ONCE]

    def _likenesses(self, members: list[int], facts: Facts) -> Floats:
        """Of each two of the documents."""
        found = np.zeros((len(members), len(members)))
        numbers = np.array(members)
        left, right = np.triu_indices(len(members), 1)
        for start in range(0, len(left), _PAIRS_AT_ONCE):
            one, other = left[start : start + _PAIRS_AT_ONCE], right[start : start + _PAIRS_AT_ONCE]
            found[one, other] = found[other, one] = self._alike(numbers[one], numbers[other], facts)
        return found

    def _alike(self, first: Numbers, second: Numbers, facts: Facts) -> Floats:
        """How alike two documents are in what they tell, 0 to 1, of each pair; of two events minus infinity."""
        cosines, by_names = self._cosines(first, second)
        cosines[by_names < _BY_NAMES] *= _NAMELESS
        cosines[_are_apart(first, second, facts)] = -np.inf
        is_one_site = _are_of_one_site(first, second, facts)
        alike: Floats = np.where(is_one_site, np.minimum(cosines, _ONE_SITE), cosines).round(6)
        return alike

    def _cosines(self, first: Numbers, second: Numbers) -> tuple[Floats, Floats]:
        """Of each pair the cosine, and what names in common make of it."""
        numbers, places = np.unique(np.concatenate([first, second]), return_inverse=True)
        rows = self._words[self._places[numbers]]
        vocabulary, words = np.unique(rows["word"], return_inverse=True)
        words = words.reshape(rows.shape)
        weights: Floats = rows["weight"].astype(np.float64)
        # The words of one document, laid out over all that there are here.
        laid_out: Floats = np.zeros(len(vocabulary))
        is_name = np.zeros(len(vocabulary), bool)
        cosines: Floats = np.empty(len(first))
        by_names: Floats = np.empty(len(first))
        one, other = places[: len(first)], places[len(first) :]
        order = np.argsort(one, kind="stable")
        starts = np.flatnonzero(np.diff(one[order], prepend=-1))
        for pairs in np.split(order, starts[1:]):
            own = one[pairs[0]]
            laid_out[words[own]], is_name[words[own]] = weights[own], rows["is_name"][own]
            others = other[pairs]
            products = laid_out[words[others]] * weights[others]
            cosines[pairs] = products.sum(axis=1)
            by_names[pairs] = np.where(is_name[words[others]] & rows["is_name"][others], products, 0.0).sum(axis=1)
            laid_out[words[own]] = 0.0
        return cosines, by_names


def _are_apart(first: Numbers, second: Numbers, facts: Facts) -> NDArray[np.bool_]:
    times, others = facts.times[first], facts.times[second]
    apart: NDArray[np.bool_] = (times != 0) & (others != 0) & (np.abs(times - others) > _APART)
    return apart


def _are_of_one_site(first: Numbers, second: Numbers, facts: Facts) -> NDArray[np.bool_]:
    of_one: NDArray[np.bool_] = (facts.sites[first] == facts.sites[second]) & (facts.sites[first] != 0)
    return of_one


def _components(first: Numbers, second: Numbers, alike: Floats, documents: int) -> Iterator[list[int]]:
    """What hangs together by pairs that are alike; of too many documents those that hang together more closely."""
    is_left = np.ones(documents, bool)
    least = ONE_EVENT
    while least <= _CLOSEST:
        too_large = np.zeros(documents, bool)
        for members in _joined(first, second, alike >= least, documents):
            if len(members) <= _MOST_TOGETHER:
                is_left[members] = False
                yield members
            else:
                too_large[members] = True
        if least == ONE_EVENT:
            within = too_large[first]
            first, second, alike = first[within], second[within], alike[within]
        is_edge = too_large[first] & too_large[second]
        if not is_edge.any():
            break
        least += _STEP
    # What fell out on the way, and what never fell apart.
    for members in _joined(first, second, is_left[first] & is_left[second], documents):
        for start in range(0, len(members), _AT_ONCE):
            yield members[start : start + _AT_ONCE]


def _joined(first: Numbers, second: Numbers, is_edge: NDArray[np.bool_], documents: int) -> list[list[int]]:
    groups = Groups(documents)
    for one, other in zip(first[is_edge].tolist(), second[is_edge].tolist(), strict=True):
        groups.join(one, other)
    return groups.of_several()


def average_link(likeness: Floats, least: float) -> list[list[int]]:
    """The groups of two and more: those that are most alike become one, as long as they are so by ``least`` on average.

    >>> average_link(np.array([[1, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 1]]), 0.28)
    [[0, 1]]
    """
    alike = likeness.copy()
    np.fill_diagonal(alike, -1.0)
    sizes = np.ones(len(alike))
    members = [[place] for place in range(len(alike))]
    while True:
        one, other = divmod(int(alike.argmax()), len(alike))
        if alike[one, other] < least:
            return sorted(sorted(group) for group in members if len(group) > 1)
        one, other = sorted((one, other))
        joined = (alike[one] * sizes[one] + alike[other] * sizes[other]) / (sizes[one] + sizes[other])
        joined[[one, other]] = -1.0
        alike[one] = alike[:, one] = joined
        alike[other] = alike[:, other] = -1.0
        sizes[one] += sizes[other]
        members[one] += members[other]
        members[other] = []
