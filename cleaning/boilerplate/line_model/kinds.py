"""What kind of furniture a line is, by its words: newsletter, paywall, share …"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import read_arrays, write_arrays
from cleaning.boilerplate.line_model import words
from cleaning.boilerplate.line_model.artifact import read_model
from cleaning.boilerplate.line_model.reading import Floats, read_page
from cleaning.records import Kind

PATH = Path(__file__).with_name("kinds.npz")
KINDS_VERSION = "3"  # goes up with every artifact that may name another kind
SLOTS = 1 << 14  # weights of hashed n-grams, a kind
_UNIT = 32.0  # weights are stored as whole 32nds in 8 bits


@dataclass(frozen=True)
class KindModel:
    """Names of n kinds, their weights (n, SLOTS) and bias (n,): a multinomial logistic regression."""

    names: tuple[Kind, ...]
    weights: NDArray[np.int8]
    bias: Floats


def write_kinds(names: Sequence[str], weights: Floats, bias: Floats, path: Path = PATH) -> None:
    """Writes the weights in 8 bits to a temporary name and renames it."""
    stored = np.clip(np.round(weights * _UNIT), -127, 127).astype(np.int8)
    write_arrays(path, KINDS_VERSION, {"names": np.array(names), "weights": stored, "bias": bias.round(4)})


@functools.cache
def read_kinds(path: Path = PATH) -> KindModel:
    """The weights of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, KINDS_VERSION)
    return KindModel(tuple(map(Kind, arrays["names"].tolist())), arrays["weights"], arrays["bias"])


def kind_slots(lines: Sequence[str], class_table: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Line and slot of the n-grams that the wordings look at, in the smaller table."""
    page, _ = read_page(lines, class_table)
    grams = words.find_grams(page, words.chain_hashes(page.hashes, words.PHRASE_TOKENS))
    return grams.lines, grams.slots(SLOTS)


@functools.lru_cache(maxsize=4096)  # a line is asked about in every pass over its document
def likeliest_kind(line: str) -> tuple[Kind, float]:
    """The kind that a line's words speak for, if it is furniture, and its probability.

    `Kind.TEMPLATE` stands for all that is none of the kinds of prompts: notes, disclaimers, captions.

    >>> likeliest_kind("Sign up for our weekly newsletter")[0]
    <Kind.NEWSLETTER: 'newsletter'>
    """
    model = read_kinds()
    _, slot = kind_slots([line], read_model().lexicon.class_table)
    odds = model.weights[:, slot].sum(axis=1) / _UNIT + model.bias
    shares = np.exp(odds - odds.max())
    best = int(shares.argmax())
    return model.names[best], float(shares[best] / shares.sum())
