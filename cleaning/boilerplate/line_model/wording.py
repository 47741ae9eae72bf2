"""What the words of a line say by themselves, wherever it stands: log odds that it is no sentence of a story."""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import read_arrays, write_arrays
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.words import Grams

PATH = Path(__file__).with_name("wordings.npz")
WORDING_VERSION = "5"  # goes up with every artifact that may score a line differently
SLOTS = 1 << 20  # weights of hashed n-grams; a quarter of them finds six points less of held-out lines
_UNIT = 32.0  # weights are stored as whole 32nds in 8 bits


@dataclass(frozen=True)
class Wordings:
    """Weights (slots,) of hashed n-grams, in whole parts of one, and the bias of a logistic regression."""

    weights: NDArray[np.int8]
    bias: float


def write_weights(path: Path, version: str, weights: Floats, bias: float, unit: float) -> None:
    """Writes the weights as whole parts of 1 / ``unit`` in 8 bits to a temporary name and renames it."""
    stored = np.clip(np.round(weights * unit), -127, 127).astype(np.int8)
    write_arrays(path, version, {"weights": stored, "bias": np.array(round(bias, 4))})


def read_weights(path: Path, version: str) -> Wordings:
    """The weights and the bias of a file.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, version)
    return Wordings(arrays["weights"], float(arrays["bias"]))


def write_wordings(weights: Floats, bias: float, path: Path = PATH) -> None:
    """Writes the wordings: ``write_weights``."""
    write_weights(path, WORDING_VERSION, weights, bias, _UNIT)


@functools.cache
def read_wordings(path: Path = PATH) -> Wordings:
    """The wordings of a file, read once: ``read_weights``."""
    return read_weights(path, WORDING_VERSION)


def wording_scores(grams: Grams, count: int, wordings: Wordings) -> Floats:
    """Log odds of each of so many lines."""
    weights = wordings.weights.take(grams.slots(SLOTS))
    return np.asarray(np.bincount(grams.lines, weights, count) / _UNIT + wordings.bias)
