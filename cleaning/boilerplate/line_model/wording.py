"""What the words of a line say by themselves, wherever it stands: log odds that it is no sentence of a story."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import read_arrays, write_arrays
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.words import Grams

PATH = Path(__file__).with_name("wordings.npz")
WORDING_VERSION = "9"  # goes up with every artifact that may score a line differently
SLOTS = 1 << 20  # weights of hashed n-grams; a quarter of them finds six points less of held-out lines
MEANING_SLOTS = 1 << 19
_UNIT, _MEANING_UNIT = 32.0, 16.0  # weights are stored as whole 32nds and 16ths in 8 bits
# The encoder knows English. What the table says counts from this share of known words on, and in full from that one: of
# held-out lines in 14 languages half have .33, one in ten more than .64; of English ones nine in ten more than .83.
_UNKNOWN, _KNOWN = 0.6, 0.85
# Taken off, so that log odds mean what they meant without the table: of held-out English look-alikes one in ten reaches
# 3.2 without it and 3.1 with it, one in twenty 4.4 and 4.1.
_MEANING_OFFSET = 1.0
# Letters of scripts that have labels and prompts among the phrases, and no sentence to learn from: to the table nearly
# each word of Kannada is furniture, and of one declaration in it, in Malayalam and in Sinhala half the lines went.
_UNLEARNT = re.compile(
    "[\u0700-\u074f\u0780-\u08ff\u0b00-\u0b7f\u0c80-\u0dff\u0e80-\u109f\u1200-\u1c8f\u1cc0-\u1cff\u2c80-\u2cff\u2d30-\u2ddf"
    "\ua000-\ua63f\ua6a0-\ua6ff\ua800-\uabff\U00010000-\U0001b0ff\U0001e000-\U0001efff]"
)
_UNLEARNT_SHARE = 0.2


@dataclass(frozen=True)
class Table:
    """Weights (slots,) of hashed n-grams, in whole parts of one, and the bias of a logistic regression."""

    weights: NDArray[np.int8]
    bias: float


@dataclass(frozen=True)
class Wordings(Table):
    """The table of labels, and beside it what was learnt from a sentence encoder.

    `meaning`: weights (MEANING_SLOTS,), in 16ths, whose sum over the root of their number says how much a line means
    what furniture means. `known`: (SLOTS,) the words that these weights have learnt from.
    """

    meaning: NDArray[np.int8]
    known: NDArray[np.bool_]


def is_unlearnt(line: str) -> bool:
    """Is a fifth of a line or more in a script that neither wordings nor comments have learnt sentences of?

    >>> is_unlearnt("ನಗರ ಸಭೆಯು ಮಂಗಳವಾರ"), is_unlearnt("The Kannada word ಸೇತುವೆ means bridge"), is_unlearnt("桥")
    (True, False, False)
    """
    return not line.isascii() and len(_UNLEARNT.findall(line)) >= _UNLEARNT_SHARE * len(line)


def write_weights(path: Path, version: str, weights: Floats, bias: float, unit: float) -> None:
    """Writes the weights as whole parts of 1 / ``unit`` in 8 bits to a temporary name and renames it."""
    write_arrays(path, version, {"weights": _stored(weights, unit), "bias": np.array(round(bias, 4))})


def read_weights(path: Path, version: str) -> Table:
    """The weights and the bias of a file.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, version)
    return Table(arrays["weights"], float(arrays["bias"]))


def _stored(weights: Floats, unit: float) -> NDArray[np.int8]:
    return np.clip(np.round(weights * unit), -127, 127).astype(np.int8)


def write_wordings(weights: Floats, bias: float, meaning: Floats, known: NDArray[np.bool_], path: Path = PATH) -> None:
    """Writes the wordings to a temporary name and renames it."""
    arrays = {
        "weights": _stored(weights, _UNIT),
        "bias": np.array(round(bias, 4)),
        "meaning": _stored(meaning, _MEANING_UNIT),
        "known": np.packbits(known),
    }
    write_arrays(path, WORDING_VERSION, arrays)


@functools.cache
def read_wordings(path: Path = PATH) -> Wordings:
    """The wordings of a file, read once.

    Raises: as ``read_weights``.
    """
    arrays = read_arrays(path, WORDING_VERSION)
    known = np.unpackbits(arrays["known"]).astype(np.bool_)
    return Wordings(arrays["weights"], float(arrays["bias"]), arrays["meaning"], known)


def wording_scores(grams: Grams, count: int, wordings: Wordings) -> Floats:
    """Log odds of each of so many lines."""
    slots = grams.slots(SLOTS)
    own = np.bincount(grams.lines, wordings.weights.take(slots), count) / _UNIT + wordings.bias
    size = np.sqrt(np.maximum(np.bincount(grams.lines, minlength=count), 1))
    sums = np.bincount(grams.lines, wordings.meaning.take(grams.slots(MEANING_SLOTS)), count)
    lines = grams.lines[: grams.words]
    known = np.bincount(lines, wordings.known.take(slots[: grams.words]), count)
    share = known / np.maximum(np.bincount(lines, minlength=count), 1)
    trust = np.clip((share - _UNKNOWN) / (_KNOWN - _UNKNOWN), 0, 1)
    return np.asarray(own + trust * (sums / size / _MEANING_UNIT - _MEANING_OFFSET))
