"""A small convolutional network over the lines of a document, in numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import CLASS_COUNT, Floats

Table = NDArray[np.float32]
Weights = Mapping[str, Table]

DILATIONS = (1, 2, 4, 8)  # lines between the three that a layer looks at: together 15 lines to each side
PAGE_LAYER = 1  # after this layer each line learns of the mean and the highest over the page
PIECE_LINES = 512  # 97 of 100 documents of the training data are shorter
BLOCK_LINES = 24  # so small a product stays on one thread of the linear algebra library: no waiting, one order of sums
LIMIT = 5.0  # scaled features are cut off here

# Numbers of character classes are no amounts: these features become one switch a class.
CLASS_FEATURES = ("first_class", "last_class", "first_class_1", "last_class_-1")
IGNORED = ("second_class", "before_last_class", "run_opener")


@dataclass(frozen=True, slots=True)
class Scaling:
    """Mean and spread of each numeric feature after the signed logarithm, and the rows that hold them."""

    mean: Floats
    spread: Floats


def feature_rows(names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Rows of the numeric features, and of those that are character classes."""
    numeric = [i for i, name in enumerate(names) if "class" not in name and name not in IGNORED]
    return numeric, [names.index(name) for name in CLASS_FEATURES]


def signed_log(values: Table) -> Floats:
    """Logarithm of 1 + the size, with the sign: tames counts and distances."""
    return np.sign(values) * np.log1p(np.abs(values, dtype=np.float64))


def network_input(table: Table, names: Sequence[str], scaling: Scaling) -> Table:
    """Scaled features (lines, inputs) from a table (features, lines)."""
    numeric, classes = feature_rows(names)
    scaled = (signed_log(table[numeric]) - scaling.mean[:, None]) / scaling.spread[:, None]
    switches = (table[classes][:, None, :] == np.arange(CLASS_COUNT)[:, None]).reshape(-1, table.shape[1])
    return np.concatenate([np.minimum(np.maximum(scaled, -LIMIT), LIMIT), switches]).T.astype(np.float32)


def shifted(values: Table, step: int) -> Table:
    """The rows `step` lines further up (below zero: down), zeros past the ends."""
    result = np.zeros_like(values)
    if abs(step) < values.shape[0]:
        if step > 0:
            result[step:] = values[:-step]
        else:
            result[:step] = values[-step:]
    return result


def pieces(count: int) -> list[slice]:
    """Stretches of at most PIECE_LINES lines, of nearly equal length, that the network looks at one by one.

    >>> pieces(3), len(pieces(1025))
    ([slice(0, 3, None)], 3)
    """
    parts = -(-count // PIECE_LINES)
    return [slice(part * count // parts, (part + 1) * count // parts) for part in range(parts)]


def network_odds(weights: Weights, values: Table) -> Floats:
    """Log odds of boilerplate of each line; `values` has the shape (lines, inputs)."""
    return np.concatenate([_piece_odds(weights, values[piece]) for piece in pieces(len(values))])


def _piece_odds(weights: Weights, values: Table) -> Floats:
    first = _layer(values, weights, "in")
    hidden = first
    for layer, step in enumerate(DILATIONS):
        around = np.concatenate([shifted(hidden, step), hidden, shifted(hidden, -step)], axis=1)
        hidden = hidden + _layer(around, weights, f"layer{layer}")
        if layer == PAGE_LAYER:
            page = np.concatenate([hidden.mean(axis=0), hidden.max(axis=0), first.mean(axis=0)])[None]
            hidden = hidden + _layer(page, weights, "page")
    out = np.concatenate([hidden, first], axis=1) @ weights["out"] + weights["out_bias"]
    return out[:, 0].astype(np.float64)


def _layer(values: Table, weights: Weights, name: str) -> Table:
    """Weighted sums, those below 0 as 0."""
    matrix, bias = weights[name], weights[f"{name}_bias"]
    blocks = range(0, len(values), BLOCK_LINES)
    sums: Table = np.concatenate([values[start : start + BLOCK_LINES] @ matrix for start in blocks])
    sums += bias
    np.maximum(sums, 0, out=sums)
    return sums
