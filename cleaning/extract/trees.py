"""Boosted trees in numpy: every condition of every tree for many rows at once, and no walk.

QuickScorer's way (Lucchese et al., SIGIR 2015): the leaves of a tree are bits of one number, from left to right. A
condition that fails strikes the leaves to its left; the lowest bit that no condition strikes is the leaf that a walk
would reach. Here a third of the time of walks that go down level by level.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
Floats = NDArray[np.float64]
Nodes = NDArray[np.int32]

# Rows that are read together: what they touch stays in the processor's cache.
_ROWS = 128
# Leaves of a tree, at most: the bits of a number.
MAX_LEAVES = 32
# A power of two as a 32-bit float: its exponent stands above these bits, with this added.
_MANTISSA_BITS, _BIAS = 23, 127


@dataclass(frozen=True, slots=True)
class Conditions:
    """The inner nodes of all trees, (nodes of the largest tree, trees): feature, threshold, and the leaves that are
    struck where the feature is above it. Smaller trees are filled up with conditions that strike nothing. ``value``
    holds the values of the leaves, (trees, MAX_LEAVES).
    """

    feature: Nodes
    threshold: NDArray[np.float32]
    struck: NDArray[np.int32]
    value: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees as one list of nodes. A row goes to ``child`` where its feature is at most the threshold, else to the
    node behind it. A leaf is its own child and has an infinite threshold. ``roots`` has a row a tree, in turn
    for each of ``classes`` outputs; ``depth`` is that of the deepest tree. A tree has ``MAX_LEAVES`` leaves at most.
    """

    feature: Nodes
    threshold: NDArray[np.float32]
    child: Nodes
    value: NDArray[np.float32]
    roots: Nodes
    depth: int
    classes: int = 1

    @cached_property
    def conditions(self) -> Conditions:
        """The trees by their conditions. Raises `ValueError` where a tree has too many leaves."""
        shape = (MAX_LEAVES - 1, self.roots.size)
        feature, struck = np.zeros(shape, np.int32), np.zeros(shape, np.uint32)
        threshold, value = np.full(shape, np.inf, np.float32), np.zeros((self.roots.size, MAX_LEAVES), np.float32)
        features, thresholds, children = self.feature.tolist(), self.threshold.tolist(), self.child.tolist()
        nodes = 0
        for tree, root in enumerate(self.roots.tolist()):
            slot = leaf = 0
            waiting = [(root, -1, 0)]
            while waiting:
                node, parent, first = waiting.pop()
                if parent >= 0:  # the right child of a condition: all leaves met since are below the left one
                    struck[parent, tree] = (1 << leaf) - (1 << first)
                if children[node] == node:
                    if leaf == MAX_LEAVES:
                        raise ValueError(f"tree {tree} has more than {MAX_LEAVES} leaves")
                    value[tree, leaf], leaf = self.value[node], leaf + 1
                    continue
                feature[slot, tree], threshold[slot, tree] = features[node], thresholds[node]
                waiting += [(children[node] + 1, slot, leaf), (children[node], -1, 0)]
                slot += 1
            nodes = max(nodes, slot)
        return Conditions(feature[:nodes], threshold[:nodes], struck[:nodes].view(np.int32), value)


def forest_sums(forest: Forest, table: Table) -> Floats:
    """Sums of the leaves' values, (rows, classes), of a table (features, rows)."""
    starts = range(0, table.shape[1], _ROWS)
    parts = [_part_sums(forest, np.ascontiguousarray(table[:, start : start + _ROWS])) for start in starts]
    return np.concatenate(parts) if parts else np.zeros((0, forest.classes))


def _part_sums(forest: Forest, columns: Table) -> Floats:
    known, trees, count = forest.conditions, forest.roots.size, columns.shape[1]
    struck = np.zeros((trees, count), np.int32)
    seen = np.empty((trees, count), np.float32)
    for feature, threshold, leaves in zip(known.feature, known.threshold, known.struck, strict=True):
        np.take(columns, feature, axis=0, out=seen, mode="clip")
        # The sign of the difference, as a number whose bits are all set or all clear: faster than a choice.
        np.subtract(threshold[:, None], seen, out=seen)
        fails = seen.view(np.int32) >> 31
        fails &= leaves[:, None]
        struck |= fails
    left = struck.view(np.uint32)
    lowest = (~left & (left + np.uint32(1))).astype(np.float32)
    leaf = (lowest.view(np.uint32) >> _MANTISSA_BITS) - np.uint32(_BIAS)
    values = np.take_along_axis(known.value, leaf.astype(np.intp), axis=1)
    sums: Floats = values.reshape(-1, forest.classes, count).sum(axis=0, dtype=np.float64)
    return sums.T
