"""Boosted trees over all lines at once: every tree goes down one level in the same few array operations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import Floats

BLOCK_LINES = 512  # lines a block: keeps the working arrays within a processor's cache


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as flat arrays; a leaf leads to itself.

    `feature` int32, `threshold` float32, `low` and `high` int32: one entry a node; a line whose feature is at most the
    threshold goes to `low`. `value` float32: of leaves. `roots` int32: one entry a tree. `depth`: levels below the root.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    depth: int


def forest_scores(forest: Forest, features: NDArray[np.float32]) -> Floats:
    """Sum of the leaves that each line comes to; `features` has the shape (features, lines)."""
    lines = features.shape[1]
    result = np.zeros(lines)
    for start in range(0, lines, BLOCK_LINES):
        block = np.ascontiguousarray(features[:, start : start + BLOCK_LINES].T)
        result[start : start + BLOCK_LINES] = _block_scores(forest, block)
    return result


def _block_scores(forest: Forest, block: NDArray[np.float32]) -> Floats:
    flat = block.ravel()
    row = (np.arange(block.shape[0], dtype=np.int32) * block.shape[1])[:, None]
    node = np.broadcast_to(forest.roots, (block.shape[0], forest.roots.size))
    for _ in range(forest.depth):
        goes_high = flat.take(forest.feature.take(node) + row) > forest.threshold.take(node)
        node = np.where(goes_high, forest.high.take(node), forest.low.take(node))
    return np.asarray(forest.value.take(node).sum(axis=1, dtype=np.float64))
