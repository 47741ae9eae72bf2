"""Boosted trees in numpy: all trees of a forest walk down together, one level at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
Floats = NDArray[np.float64]

# Rows that walk together: what they touch stays in the processor's cache.
_ROWS = 256
# Levels after which what has reached a leaf is counted and walks no further.
_FIRST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as one list of nodes. A row goes to ``child`` where its feature is at most the threshold, else to the
    node behind it. A leaf is its own child and has an infinite threshold. ``roots`` has a row a tree, in turn
    for each of ``classes`` outputs; ``depth`` is that of the deepest tree.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    child: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    depth: int
    classes: int = 1


def forest_sums(forest: Forest, table: Table) -> Floats:
    """Sums of the leaves' values, (rows, classes), of a table (features, rows)."""
    starts = range(0, table.shape[1], _ROWS)
    parts = [_part_sums(forest, np.ascontiguousarray(table[:, start : start + _ROWS].T)) for start in starts]
    return np.concatenate(parts) if parts else np.zeros((0, forest.classes))


def _part_sums(forest: Forest, rows: Table) -> Floats:
    (count, width), flat = rows.shape, rows.ravel()
    trees = forest.roots.size
    is_leaf = np.isinf(forest.threshold)
    sums = np.zeros(count * forest.classes)
    at = np.tile(forest.roots, count)
    base = np.repeat(np.arange(count, dtype=np.int32) * np.int32(width), trees)
    classes = np.arange(trees, dtype=np.int32) % forest.classes
    into = np.repeat(np.arange(count, dtype=np.int32) * forest.classes, trees) + np.tile(classes, count)
    for level in range(1, forest.depth + 1):
        seen = np.take(flat, np.take(forest.feature, at) + base)
        at = np.take(forest.child, at) + (seen > np.take(forest.threshold, at))
        if level >= _FIRST_LEVELS or level == forest.depth:
            done = is_leaf[at]
            sums += np.bincount(into[done], forest.value[at[done]], sums.size)
            at, base, into = at[~done], base[~done], into[~done]
    return sums.reshape(count, forest.classes)
