"""Exact copies: documents whose clean text is the same, letter by letter. Each text is linked once, for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from cleaning.link.facts import Facts, Numbers
from cleaning.link.likeness import NEAR_COPY, REVISION, Relation
from cleaning.link.work import LINK, RELATIONS, Links, Row

_SAME, _NEAR_COPY, _REVISION, _REWRITE, _SAME_STORY = (
    RELATIONS.index(name)
    for name in (Relation.SAME, Relation.NEAR_COPY, Relation.REVISION, Relation.REWRITE, Relation.SAME_STORY)
)
# Of small groups of copies every pair has a row, of larger ones each document with the first of it.
_MOST_PAIRS = 120


def first_with_text(digests: NDArray[np.bytes_]) -> Numbers:
    """Of each document the first one, by number, that has the same digest of its text.

    >>> first_with_text(np.array([b"x", b"y", b"x"])).tolist()
    [0, 1, 0]
    """
    _, first, place = np.unique(digests, return_index=True, return_inverse=True)
    found: Numbers = first[place]
    return found


def for_all_copies(links: Links, first_of: Numbers, facts: Facts) -> Links:
    """The links between texts as links between all the documents that have them.

    ``links``: of texts, numbered in the order of the first documents that have them. ``first_of``: of each document the
    first one with its text. ``facts``: of the documents.
    """
    texts = np.flatnonzero(first_of == np.arange(len(first_of)))
    text_of = np.searchsorted(texts, first_of)
    kept_for, stories = texts[links.kept_for[text_of]], texts[links.stories[text_of]]
    rows = links.rows.copy()
    for name in ("first", "second"):
        rows[name] = texts[links.rows[name]]
    members: dict[int, list[int]] = {}
    for number in np.flatnonzero(first_of != np.arange(len(first_of))).tolist():
        first = int(first_of[number])
        members.setdefault(first, [first]).append(number)
    found = [rows, np.array([row for group in members.values() for row in _same(group)], LINK)]
    has_copies = np.isin(rows["first"], list(members)) | np.isin(rows["second"], list(members))
    for row in rows[has_copies]:
        found.append(np.array([*_between(row, members, kept_for, facts)], LINK))
    every = np.concatenate(found)
    return Links(every[np.lexsort((every["second"], every["first"]))], kept_for, stories)


def _same(group: list[int]) -> Iterator[Row]:
    """A row for each pair of a group of equal documents, or of all with the first."""
    is_small = len(group) * (len(group) - 1) // 2 <= _MOST_PAIRS
    pairs = combinations(group, 2) if is_small else product(group[:1], group[1:])
    return ((later, earlier, _SAME, True, True, 1.0, 1.0, 0, 0.0) for earlier, later in pairs)


def _between(row: np.void, members: dict[int, list[int]], kept_for: Numbers, facts: Facts) -> Iterator[Row]:
    """Rows like that between two documents for their copies; of many such the one of each copy with what is kept."""
    first, second = int(row["first"]), int(row["second"])
    group, others = members.get(first, [first]), members.get(second, [second])
    if len(group) * len(others) > _MOST_PAIRS:
        pairs = [(number, second) for number in group[1:] if kept_for[number] == second]
    else:
        pairs = [*product(group, others)][1:]
    for pair in pairs:
        relation = _relation(row, *pair, facts)
        if relation is not None:
            yield (*pair, relation, *row.item()[3:])


def _relation(row: np.void, first: int, second: int, facts: Facts) -> int | None:
    """What two documents are whose texts have the relation of the row: sites and times are their own."""
    one_site, relation = facts.is_one_site(first, second), int(row["relation"])
    if relation == _SAME_STORY:
        return relation
    # Jaccard's measure and one containment give the other one.
    other = 1 / max(1 / row["resemblance"] + 1 - 1 / row["containment"], 1.0)
    is_near = max(row["containment"], other) >= NEAR_COPY
    if one_site and relation in (_NEAR_COPY, _REVISION) and facts.are_versions(first, second):
        return _REVISION if relation == _REVISION or row["resemblance"] >= REVISION else relation
    if relation in (_NEAR_COPY, _REVISION):
        return _NEAR_COPY if is_near else None if one_site else _REWRITE
    return None if one_site else relation
