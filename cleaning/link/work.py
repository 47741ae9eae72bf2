"""The decisions of linking: what two documents are to each other, and which of the copies is kept."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.link.facts import Facts, Numbers
from cleaning.link.groups import Groups
from cleaning.link.likeness import ABOUT_THE_SAME, Relation, Runs, likeness, relation_of
from cleaning.link.topics import ONE_EVENT

# ``first`` is ``relation`` (a number of RELATIONS) to ``second``; ``containment``: the share of first's text;
# ``is_copy``: it may go for it; ``is_settled``: which of the two stays was not a matter of their lengths;
# ``similarity``: of the words of those that are of one story by their words alone, else 0.
LINK = np.dtype(
    [
        ("first", "<u4"),
        ("second", "<u4"),
        ("relation", "u1"),
        ("is_copy", "?"),
        ("is_settled", "?"),
        ("resemblance", "<f8"),
        ("containment", "<f8"),
        ("passage_words", "<i8"),
        ("similarity", "<f8"),
    ]
)
RELATIONS = tuple(Relation)
_SAME_STORY = RELATIONS.index(Relation.SAME_STORY)
_VERSIONS = (Relation.NEAR_COPY, Relation.REVISION)
# Of documents that differ by less than a tenth in length the one published first stands for the others.
_LIKE_LENGTH = 1.1
# So many of a group of copies are compared with one another, and not only with the one that is kept.
_PER_GROUP = 16
# So many documents are kept of one group: a page fetched every hour drifts until first and last have little in common.
# The rest is found by the index.
_KEPT_PER_GROUP = 8
# Copies that are let go, since what stood for them goes itself, are settled again. Of 3,196 corpora made to provoke it
# none had two copies left that are both kept.
_PASSES = 5
_RUNS_AT_HAND = 2_000_000
_ROWS_AT_HAND = 10_000

Row = tuple[int, int, int, bool, bool, float, float, int, float]


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


class Work:
    """What is known so far. ``kept_for``: of each document the one that it is a copy of, or itself."""

    def __init__(self, runs: Callable[[int], Runs], lengths: Numbers, facts: Facts) -> None:
        self.kept_for = np.arange(len(lengths))
        self._runs = _AtHand(runs)
        self._lengths, self._facts = lengths, facts
        self._alike = Groups(len(lengths))
        self._one_story = Groups(len(lengths))
        self._left_out: set[int] = set()
        self._rows: list[Row] = []
        self._found = [np.empty(0, LINK)]

    def join_if_alike(self, first: int, second: int) -> None:
        """Puts two documents into one group if they are about the same.

        All of a group is compared with the one that is kept, however they came together.
        """
        if self._alike[first] != self._alike[second]:
            found = likeness(self._runs(first), self._runs(second))
            if found.resemblance >= ABOUT_THE_SAME:
                self._alike.join(first, second)

    def settle_groups(self) -> None:
        """Keeps one of each group, and of those that are no copies of it likewise."""
        for left in self._alike.of_several():
            # Those beyond the first that are to be looked up: the longest, since what is kept is among them.
            self._left_out.update(sorted(left, key=self._standing)[_PER_GROUP:])
            for _ in range(_KEPT_PER_GROUP):
                kept = self._first_of(left)
                others = [number for number in left if number != kept]
                left = [number for number in others if not self._is_copy(number, kept)]
                self.kept_for[sorted(set(others) - set(left))] = kept
                if not left:
                    break

    def to_look_up(self) -> list[int]:
        """The documents to look for in an index: all that are kept, and of each group some more."""
        return [number for number, kept in enumerate(self.kept_for) if kept == number or number not in self._left_out]

    def compare(self, first: int, second: int, kept: int | None = None) -> Row | None:
        """Notes what two documents are to each other: the row of ``LINK``, or None. ``kept``: which of them stays."""
        facts = self._facts
        found = likeness(self._runs(first), self._runs(second))
        one_site, are_versions = facts.is_one_site(first, second), facts.are_versions(first, second)
        relation = relation_of(found, one_site=one_site, are_versions=are_versions)
        if relation is None:
            return None
        if found.is_one_story(relation):
            self._one_story.join(first, second)
        is_copy, is_settled = relation in _VERSIONS and found.is_copy, kept is not None
        # A copy is one of what is kept, a part one of the whole, and a later text made from an earlier one.
        if relation != Relation.NEAR_COPY and not is_copy:
            kept = min(first, second)
        elif kept is None:
            kept = min(first, second, key=self._standing)
        copy = first if kept == second else second
        row = (
            *(copy, kept, RELATIONS.index(relation), is_copy, is_settled),
            *(found.resemblance, found.containments[copy == second], found.passage_words, 0.0),
        )
        self._note(row)
        return row

    def tell_one_story(self, group: Sequence[int], alike: NDArray[np.float64]) -> None:
        """Puts documents into one story that tell it in their own words; ``alike``: of each two, how much.

        Of small groups every pair that is alike has a row, of larger ones each document with the one before it that is
        most alike.
        """
        for number in group[1:]:
            self._one_story.join(group[0], number)
        for place, number in enumerate(group[1:], 1):
            before = range(place) if len(group) <= _PER_GROUP else [int(alike[:place, place].argmax())]
            for other in before:
                if alike[other, place] >= ONE_EVENT:
                    self._note_story(number, group[other], float(alike[other, place]))

    def _note_story(self, later: int, earlier: int, similarity: float) -> None:
        found = likeness(self._runs(later), self._runs(earlier))
        shared = found.resemblance, found.containments[0], found.passage_words
        self._note((later, earlier, _SAME_STORY, False, False, *shared, similarity))

    def members(self) -> dict[int, list[int]]:
        """The copies of each document that is kept for some."""
        found: dict[int, list[int]] = {}
        for number in np.flatnonzero(self.kept_for != np.arange(len(self.kept_for))).tolist():
            found.setdefault(int(self.kept_for[number]), []).append(number)
        return found

    def settle_parts(self) -> None:
        """A document that stands in a larger one goes as its copy, and what it was kept for is looked at again."""
        for _ in range(_PASSES):
            if not self._settle_parts():
                return

    def _settle_parts(self) -> bool:
        larger: dict[int, list[tuple[float, float, tuple[int, int]]]] = {}
        rows = self.rows()
        is_kept = self.kept_for == np.arange(len(self.kept_for))
        for row in rows[rows["is_copy"] & is_kept[rows["first"]] & is_kept[rows["second"]]]:
            place = -float(row["containment"]), -float(row["resemblance"]), self._standing(int(row["second"]))
            larger.setdefault(int(row["first"]), []).append(place)
        members = self.members()
        # The largest come first: what a document stands in is settled.
        for number in sorted(larger, key=self._standing):
            there = [place for place in larger[number] if self.kept_for[place[2][1]] == place[2][1]]
            if there:
                kept = min(there)[2][1]
                self.kept_for[number] = kept
                for member in members.get(number, ()):
                    self.kept_for[member] = kept if self._is_copy(member, kept) else member
        return bool(larger)

    def rows(self) -> NDArray[np.void]:
        """The rows that were noted, each pair once, sorted."""
        self._put_away()
        rows = np.concatenate(self._found)
        low, high = np.minimum(rows["first"], rows["second"]), np.maximum(rows["first"], rows["second"])
        # Of two rows of a pair the one that says which of the two stays, and of two such the later one; last of all the
        # one that says no more than that they are of one story.
        is_story = rows["relation"] == _SAME_STORY
        order = np.lexsort((-np.arange(len(rows)), ~rows["is_settled"], is_story, high, low))
        is_new = (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])
        rows = rows[order][np.concatenate(([True], is_new))[: len(rows)]]
        rows = rows[np.lexsort((rows["second"], rows["first"]))]
        self._found = [rows]
        return rows

    def stories(self) -> Numbers:
        """Of each document the lowest number of its story."""
        return np.array([self._one_story[number] for number in range(len(self.kept_for))], np.int64)

    def _is_copy(self, number: int, other: int) -> bool:
        row = self.compare(number, other, kept=other)
        return row is not None and row[3]

    def _first_of(self, group: Sequence[int]) -> int:
        """The longest, or of those that are about as long the one with the lowest number."""
        longest = max(int(self._lengths[number]) for number in group)
        return min(number for number in group if _LIKE_LENGTH * self._lengths[number] >= longest)

    def _standing(self, number: int) -> tuple[int, int]:
        """Longer documents stand before shorter ones, and of those of like length the one with the lower number."""
        return -int(math.log(max(int(self._lengths[number]), 1), _LIKE_LENGTH)), number

    def _note(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS_AT_HAND:
            self._put_away()

    def _put_away(self) -> None:
        self._found.append(np.array(self._rows, LINK))
        self._rows = []


class _AtHand:
    """The runs of the documents that were asked for last, some 50 MB of them."""

    def __init__(self, read: Callable[[int], Runs]) -> None:
        self._read = read
        self._kept: OrderedDict[int, Runs] = OrderedDict()
        self._size = 0

    def __call__(self, number: int) -> Runs:
        runs = self._kept.pop(number, None)
        if runs is None:
            runs = self._read(number)
            self._size += len(runs.sequence)
        self._kept[number] = runs
        while self._size > _RUNS_AT_HAND and len(self._kept) > 2:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.sequence)
        return runs
