"""How much the words of a line are those of a reader's comment, and not those of a story: log odds."""

import functools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.wording import Table, read_weights, write_weights
from cleaning.boilerplate.line_model.words import Grams

PATH = Path(__file__).with_name("comments.npz")
COMMENT_VERSION = "1"  # goes up with every artifact that may score a line differently
SLOTS = 1 << 18  # weights of hashed words and pairs of words
_UNIT = 16.0  # weights are stored as whole 16ths in 8 bits


def write_comments(weights: Floats, bias: float, path: Path = PATH) -> None:
    """Writes the weights: ``write_weights``."""
    write_weights(path, COMMENT_VERSION, weights, bias, _UNIT)


@functools.cache
def read_comments(path: Path = PATH) -> Table:
    """The weights (SLOTS,) of a file in 16ths, read once: ``read_weights``."""
    return read_weights(path, COMMENT_VERSION)


def comment_scores(grams: Grams, count: int, comments: Table) -> Floats:
    """Log odds of each of so many lines: the sum of the weights over the root of their number, lest length adds up."""
    lines = grams.lines[: grams.bag]
    sums = np.bincount(lines, comments.weights.take(grams.slots(SLOTS)[: grams.bag]), count)
    size: NDArray[np.float64] = np.sqrt(np.maximum(np.bincount(lines, minlength=count), 1))
    return np.asarray(sums / size / _UNIT + comments.bias)
