"""A small convolutional network over the lines of a document, in numpy."""

import functools
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
_CLASSES = np.arange(CLASS_COUNT)

# Numbers of character classes are no amounts: these features become one switch a class.
CLASS_FEATURES = ("first_class", "last_class", "first_class_1", "last_class_-1")
IGNORED = ("second_class", "before_last_class", "run_opener")


@dataclass(frozen=True, slots=True)
class Scaling:
    """Mean and spread of each numeric feature after the signed logarithm, and the rows that hold them."""

    mean: Floats
    spread: Floats


@functools.lru_cache(maxsize=8)
def _feature_rows(names: tuple[str, ...]) -> tuple[list[int], list[int]]:
    numeric = [i for i, name in enumerate(names) if "class" not in name and name not in IGNORED]
    return numeric, [names.index(name) for name in CLASS_FEATURES]


def feature_rows(names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Rows of the numeric features, and of those that are character classes."""
    return _feature_rows(tuple(names))


def signed_log(values: Table) -> Floats:
    """Logarithm of 1 + the size, with the sign: tames counts and distances."""
    logs = np.abs(values, dtype=np.float64)
    np.log1p(logs, out=logs)
    return np.copysign(logs, values, out=logs)


def network_input(table: Table, names: Sequence[str], scaling: Scaling) -> Table:
    """Scaled features (lines, inputs) from a table (features, lines)."""
    numeric, classes = feature_rows(names)
    scaled = signed_log(table.take(numeric, axis=0))
    scaled -= scaling.mean[:, None]
    scaled /= scaling.spread[:, None]
    np.maximum(scaled, -LIMIT, out=scaled)
    np.minimum(scaled, LIMIT, out=scaled)
    lines = table.shape[1]
    result = np.empty((lines, len(numeric) + len(classes) * CLASS_COUNT), dtype=np.float32)
    result[:, : len(numeric)] = scaled.T
    switches = result[:, len(numeric) :].reshape(lines, len(classes), CLASS_COUNT)
    np.equal(table.take(classes, axis=0).T[:, :, None], _CLASSES, out=switches, casting="unsafe")
    return result


def pieces(count: int) -> list[slice]:
    """Stretches of at most PIECE_LINES lines, of nearly equal length, that the network looks at one by one.

    >>> pieces(3), len(pieces(1025))
    ([slice(0, 3, None)], 3)
    """
    parts = -(-count // PIECE_LINES)
    return [slice(part * count // parts, (part + 1) * count // parts) for part in range(parts)]


def together(networks: Sequence[Weights]) -> Weights:
    """Networks of one shape as one: each array with an axis more, in front, for the networks."""
    return {name: np.stack([network[name] for network in networks]) for name in networks[0]}


def network_odds(weights: Weights, values: Table) -> Floats:
    """Log odds of boilerplate of each line; `values` has the shape (lines, inputs)."""
    return np.asarray(all_odds(together([weights]), values)[0])


def all_odds(weights: Weights, values: Table) -> Floats:
    """Log odds (networks, lines) of boilerplate that each of the networks `together` gives each line."""
    return np.concatenate([_piece_odds(weights, values[piece]) for piece in pieces(len(values))], axis=1)


def _piece_odds(weights: Weights, values: Table) -> Floats:
    count, margin = len(values), DILATIONS[-1]
    first = _layer(_in_blocks(values[None]), weights, "in")[:, :count]
    networks, _, units = first.shape
    # Zeros stand past both ends of the page, and where the last block has fewer lines.
    padded = np.zeros((networks, count + 2 * margin + BLOCK_LINES, units), dtype=np.float32)
    hidden = padded[:, margin : margin + count]
    hidden[:] = first
    for layer, step in enumerate(DILATIONS):
        parts = [padded[:, margin + shift : margin + shift + count] for shift in (-step, 0, step)]
        hidden += _layer(_in_blocks(np.concatenate(parts, axis=2)), weights, f"layer{layer}")[:, :count]
        if layer == PAGE_LAYER:
            page = np.concatenate([hidden.mean(axis=1), hidden.max(axis=1), first.mean(axis=1)], axis=1)
            hidden += _layer(page[:, None, None], weights, "page")
    out = _weighted(_in_blocks(np.concatenate([hidden, first], axis=2)), weights, "out")
    return out[:, :count, 0].astype(np.float64)


def _in_blocks(values: Table) -> Table:
    """The lines of (networks, lines, inputs) in blocks of equal size: (networks, blocks, lines of a block, inputs)."""
    networks, count, inputs = values.shape
    blocks = -(-count // BLOCK_LINES)
    size = -(-count // blocks)
    if blocks * size > count:
        rows = np.zeros((networks, blocks * size - count, inputs), dtype=np.float32)
        values = np.concatenate([values, rows], axis=1)
    return values.reshape(networks, blocks, size, inputs)


def _weighted(values: Table, weights: Weights, name: str) -> Table:
    """Weighted sums (networks, lines, units) of blocks of lines."""
    sums: Table = values @ weights[name][:, None]
    networks, blocks, size, units = sums.shape
    sums = sums.reshape(networks, blocks * size, units)
    sums += weights[f"{name}_bias"][:, None]
    return sums


def _layer(values: Table, weights: Weights, name: str) -> Table:
    """Weighted sums, those below 0 as 0."""
    sums = _weighted(values, weights, name)
    np.maximum(sums, 0, out=sums)
    return sums
