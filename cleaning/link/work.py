"""The decisions of linking: what two documents are to each other, and which of the copies is kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleaning.link.groups import Groups
from cleaning.link.likeness import ABOUT_THE_SAME, COPIES, Relation, Runs, is_one_story, likeness, relation_of

Numbers = NDArray[np.int64]

# ``first`` is ``relation`` (a number of RELATIONS) to ``second``; ``containment``: the share of first's text.
LINK = np.dtype(
    [
        ("first", "<u4"),
        ("second", "<u4"),
        ("relation", "u1"),
        ("resemblance", "<f8"),
        ("containment", "<f8"),
        ("passage_words", "<i8"),
    ]
)
RELATIONS = tuple(Relation)
_COPIES = [RELATIONS.index(relation) for relation in sorted(COPIES)]
# Of documents that differ by less than a tenth in length the one published first stands for the others.
_LIKE_LENGTH = 1.1
# So many of a group of copies are compared with one another, and not only with the one that is kept.
_PER_GROUP = 16
# Documents at hand while pairs are compared: of the longest texts each takes some 4 MB.
_AT_HAND = 32
_ROWS_AT_HAND = 10_000

Row = tuple[int, int, int, float, float, int]


@dataclass(frozen=True, slots=True)
class Links:
    """What was found, by the numbers of the documents.

    ``rows``: of ``LINK``, sorted by first and second; no two documents have more than one. ``kept_for``: of each
    document the one that it is a copy of, itself where it is to be kept. ``stories``: of each document the lowest
    number of its story.
    """

    rows: NDArray[np.void]
    kept_for: Numbers
    stories: Numbers


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the documents beside their texts, a number each; 0: not known."""

    sites: Numbers
    addresses: Numbers
    times: Numbers

    def is_one_site(self, first: int, second: int) -> bool:
        """Whether two documents are of one site."""
        return bool(self.sites[first] == self.sites[second] != 0)

    def are_versions(self, first: int, second: int) -> bool:
        """Whether they are of one address, or of two times."""
        if self.addresses[first] == self.addresses[second] != 0:
            return True
        times = int(self.times[first]), int(self.times[second])
        return 0 not in times and times[0] != times[1]


class Work:
    """What is known so far. ``kept_for``: of each document the one that it is a copy of, or itself."""

    def __init__(self, runs: Callable[[int], Runs], lengths: Numbers, facts: Facts) -> None:
        self.kept_for = np.arange(len(lengths))
        self._runs = lru_cache(_AT_HAND)(runs)
        self._lengths, self._facts = lengths, facts
        self._alike = Groups(len(lengths))
        self._one_story = Groups(len(lengths))
        self._left_out: set[int] = set()
        self._rows: list[Row] = []
        self._found = [np.empty(0, LINK)]

    def join_if_copies(self, first: int, second: int) -> None:
        """Puts two documents into one group if they are about the same.

        All of a group is compared with the one that is kept, however they came together.
        """
        if self._alike[first] != self._alike[second]:
            found = likeness(self._runs(first), self._runs(second))
            if found.resemblance >= ABOUT_THE_SAME:
                self._alike.join(first, second)

    def settle_groups(self) -> None:
        """Keeps of each group the first by standing, and of those that are no copies of it likewise."""
        for group in self._alike.of_several():
            left = sorted(group, key=self._standing)
            self._left_out.update(left[_PER_GROUP:])
            while left:
                kept, *others = left
                left = [number for number in others if not self._is_copy(number, kept)]
                self.kept_for[sorted(set(others) - set(left))] = kept

    def to_look_up(self) -> list[int]:
        """The documents to look for in an index: all that are kept, and of each group some more."""
        return [number for number, kept in enumerate(self.kept_for) if kept == number or number not in self._left_out]

    def compare(self, first: int, second: int) -> Row | None:
        """Notes what two documents are to each other: the row of ``LINK``, or None."""
        found = likeness(self._runs(first), self._runs(second))
        relation = relation_of(
            found,
            one_site=self._facts.is_one_site(first, second),
            is_later=self._facts.are_versions(first, second),
        )
        if relation is None:
            return None
        if is_one_story(found, relation):
            self._one_story.join(first, second)
        # A copy is one of what is kept, and a later text made from an earlier one.
        is_turned = self._standing(first) < self._standing(second) if relation in COPIES else first < second
        copy, other = (second, first) if is_turned else (first, second)
        row = (
            *(copy, other, RELATIONS.index(relation)),
            *(found.resemblance, found.containments[copy == second], found.passage_words),
        )
        self._rows.append(row)
        if len(self._rows) >= _ROWS_AT_HAND:
            self._put_away()
        return row

    def settle_parts(self) -> None:
        """A document that stands in a larger one goes as its copy, and what it was kept for is looked at again."""
        links = self.rows()
        larger: dict[int, list[tuple[float, tuple[int, int]]]] = {}
        for link in links[np.isin(links["relation"], _COPIES)]:
            first, second = int(link["first"]), int(link["second"])
            if self.kept_for[first] == first and self.kept_for[second] == second:
                larger.setdefault(first, []).append((-float(link["containment"]), self._standing(second)))
        members: dict[int, list[int]] = {}
        for number in np.flatnonzero(self.kept_for != np.arange(len(self.kept_for))).tolist():
            members.setdefault(int(self.kept_for[number]), []).append(number)
        for number in sorted(larger, key=self._standing):
            # The largest come first: what a document stands in is settled.
            there = [place for place in larger[number] if self.kept_for[place[1][1]] == place[1][1]]
            if there:
                kept = min(there)[1][1]
                self.kept_for[number] = kept
                for member in members.get(number, ()):
                    self.kept_for[member] = kept if self._is_copy(member, kept) else member

    def rows(self) -> NDArray[np.void]:
        """The rows that were noted, each pair once, sorted."""
        self._put_away()
        rows = np.concatenate(self._found)
        rows = rows[np.lexsort((rows["second"], rows["first"]))]
        is_new = (rows["first"][1:] != rows["first"][:-1]) | (rows["second"][1:] != rows["second"][:-1])
        rows = rows[np.concatenate(([True], is_new))[: len(rows)]]
        self._found = [rows]
        return rows

    def stories(self) -> Numbers:
        """Of each document the lowest number of its story."""
        return np.array([self._one_story[number] for number in range(len(self.kept_for))], np.int64)

    def _is_copy(self, number: int, other: int) -> bool:
        row = self.compare(number, other)
        return row is not None and row[2] in _COPIES

    def _standing(self, number: int) -> tuple[int, int]:
        """Longer documents stand before shorter ones, and of those of like length the one with the lower number."""
        return -int(math.log(max(int(self._lengths[number]), 1), _LIKE_LENGTH)), number

    def _put_away(self) -> None:
        self._found.append(np.array(self._rows, LINK))
        self._rows = []
