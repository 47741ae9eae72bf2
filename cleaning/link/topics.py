"""Which documents tell of one event in words of their own.

Reports on one event share names, numbers and the words of the matter, and hardly a sentence. Their vectors are compared
by the cosine, and clustered by average link: what joins a group has to be like all of it, not like one. Allan et al.
(Topic Detection and Tracking, 1998) set the task; that days tell events apart is from there, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.link.candidates import all_pairs, pair_entries, unique_pairs
from cleaning.link.facts import DAY, Facts, Numbers
from cleaning.link.groups import Groups
from cleaning.link.scratch import Buckets
from cleaning.link.shingles import Shingles, mixed
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
# Two texts of one site are alike as its texts are; they are in one story where texts of others are.
_ONE_SITE = 0.27
# Documents are compared that share two of the words with the most weight: of pairs that are alike 99.4 % do.
_LOOKED_UP = 16
_PAIRS_OF_ONE = 8
_PAIRS_AT_ONCE = 1 << 12
# Groups of more are taken apart before they are clustered, which takes their number by itself in memory and time.
_MOST_TOGETHER = 1_000
_STEP = 0.04

Pairs = tuple[Numbers, Numbers]
Floats = NDArray[np.float64]


class Topics:
    """Takes texts in any order and groups them at the end; some 600 bytes a document in a file."""

    def __init__(self, documents: int, path: Path) -> None:
        self._folder = path
        path.mkdir(parents=True)
        shape = (max(documents, 1), MOST_WORDS)
        self._words: NDArray[np.void] = np.memmap(path / "words", TOPIC_WORD, "w+", shape=shape)
        self._sizes = np.zeros(documents, np.uint8)

    def add(self, number: int, words: NDArray[np.void]) -> None:
        """``words``: of ``TOPIC_WORD``; a document without any tells of no event."""
        self._sizes[number] = len(words)
        self._words[number, : len(words)] = words

    def events(self, numbers: Numbers, facts: Facts) -> Iterator[tuple[list[int], Floats]]:
        """Groups of the documents with the ``numbers`` that tell of one event, and how alike each two are.

        Groups come by their lowest number, each sorted; of a group of n documents the likenesses are n × n.
        """
        first, second, alike = self._edges(numbers, facts)
        found: list[tuple[list[int], Floats]] = []
        for members in _components(first, second, alike, len(self._sizes)):
            likeness = self._likenesses(members, facts)
            for group in average_link(likeness, ONE_EVENT):
                found.append(([members[place] for place in group], likeness[np.ix_(group, group)]))
        yield from sorted(found, key=lambda event: event[0][0])

    def _edges(self, numbers: Numbers, facts: Facts) -> tuple[Numbers, Numbers, Floats]:
        """The pairs that are alike."""
        found: list[tuple[Numbers, Numbers, Floats]] = [(*(np.empty(0, np.int64),) * 2, np.empty(0))]
        for first, second in self._candidates(numbers):
            alike = self._alike(first, second, facts)
            is_edge = alike >= ONE_EVENT
            found.append((first[is_edge], second[is_edge], alike[is_edge]))
        first, second, alike = (np.concatenate(column) for column in zip(*found, strict=True))
        return first, second, alike

    def _candidates(self, numbers: Numbers) -> Iterator[Pairs]:
        numbers = numbers[self._sizes[numbers] > 0]
        left, right = np.triu_indices(_LOOKED_UP, 1)
        keys = Buckets(self._folder / "keys", len(numbers) * len(left))
        for number in numbers.tolist():
            words = np.sort(self._words["word"][number, : min(_LOOKED_UP, self._sizes[number])]).astype(np.uint64)
            one, other = (left, right) if len(words) == _LOOKED_UP else np.triu_indices(len(words), 1)
            keys.add(mixed((words[one] << np.uint64(32)) | words[other]), number)
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
        """How alike two documents are in what they tell, 0 to 1, of each pair."""
        one, other = self._words[first], self._words[second]
        one_keys, other_keys = _keys(one), _keys(other)
        order = np.argsort(one_keys)
        places = order[np.minimum(np.searchsorted(one_keys, other_keys, sorter=order), len(order) - 1)]
        matched = one.ravel()[places]
        is_shared = one_keys[places] == other_keys
        products = np.where(is_shared, matched["weight"].astype(np.float64) * other["weight"].ravel(), 0.0)
        of_names = np.where(matched["is_name"] & other["is_name"].ravel(), products, 0.0)
        cosines, by_names = (values.reshape(len(first), -1).sum(axis=1) for values in (products, of_names))
        cosines[by_names < _BY_NAMES] *= _NAMELESS
        times, others = facts.times[first], facts.times[second]
        cosines[(times != 0) & (others != 0) & (np.abs(times - others) > _APART)] = 0.0
        is_one_site = (facts.sites[first] == facts.sites[second]) & (facts.sites[first] != 0)
        alike: Floats = np.round(np.where(is_one_site, np.minimum(cosines, _ONE_SITE), cosines), 6)
        return alike


def _keys(words: NDArray[np.void]) -> Shingles:
    """A number for each word of each row; rows have none in common."""
    rows = np.arange(len(words), dtype=np.uint64)[:, None] << np.uint64(32)
    keys: Shingles = (rows | words["word"].astype(np.uint64)).ravel()
    return keys


def _components(first: Numbers, second: Numbers, alike: Floats, documents: int) -> Iterator[list[int]]:
    """What hangs together by pairs that are alike; of too many documents those that hang together more closely."""
    least = ONE_EVENT
    while len(first):
        is_edge = alike >= least
        groups = Groups(documents)
        for one, other in zip(first[is_edge].tolist(), second[is_edge].tolist(), strict=True):
            groups.join(one, other)
        too_large: set[int] = set()
        for members in groups.of_several():
            if len(members) <= _MOST_TOGETHER:
                yield members
            else:
                too_large.update(members)
        is_left = np.isin(first, sorted(too_large))
        first, second, alike = first[is_left], second[is_left], alike[is_left]
        least += _STEP


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
