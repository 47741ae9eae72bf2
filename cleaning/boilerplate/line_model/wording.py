"""What the words of a line say by themselves, wherever it stands: log odds that it is no sentence of a story."""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import read_arrays, write_arrays
from cleaning.boilerplate.line_model import words
from cleaning.boilerplate.line_model.reading import Floats, Hashes, Page

PATH = Path(__file__).with_name("wordings.npz")
WORDING_VERSION = "4"  # goes up with every artifact that may score a line differently
SLOTS = 1 << 20  # weights of hashed n-grams; a quarter of them finds six points less of held-out lines
_UNIT = 32.0  # weights are stored as whole 32nds in 8 bits


@dataclass(frozen=True)
class Wordings:
    """Weights (SLOTS,) of hashed n-grams, in 32nds, and the bias of a logistic regression."""

    weights: NDArray[np.int8]
    bias: float


def write_wordings(weights: Floats, bias: float, path: Path = PATH) -> None:
    """Writes the weights in 8 bits to a temporary name and renames it."""
    stored = np.clip(np.round(weights * _UNIT), -127, 127).astype(np.int8)
    write_arrays(path, WORDING_VERSION, {"weights": stored, "bias": np.array(round(bias, 4))})


@functools.cache
def read_wordings(path: Path = PATH) -> Wordings:
    """The weights of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, WORDING_VERSION)
    return Wordings(arrays["weights"], float(arrays["bias"]))


def wording_slots(page: Page, chains: list[Hashes], slots: int = SLOTS) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Line and slot of every 1- and 2-gram, of the first three and last two words, and of whole short lines."""
    bag, place = words.bag_slots(page, chains, slots), words.place_slots(page, chains, slots)
    return np.concatenate([bag[0], place[0]]), np.concatenate([bag[1], place[1]])


def wording_scores(page: Page, chains: list[Hashes], wordings: Wordings) -> Floats:
    """Log odds of each line."""
    line, slot = wording_slots(page, chains)
    return np.asarray(np.bincount(line, wordings.weights.take(slot), page.count) / _UNIT + wordings.bias)
