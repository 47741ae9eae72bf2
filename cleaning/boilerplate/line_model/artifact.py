"""The trained model as one file: written by the training command, read once, when the first line is scored."""

import functools
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.artifacts import Arrays, read_arrays, write_arrays
from cleaning.boilerplate.line_model.features import Lexicon
from cleaning.boilerplate.line_model.network import Scaling, Weights, together

PATH = Path(__file__).with_name("line_model.npz")
MODEL_VERSION = "6"  # goes up with every artifact that may score a line differently


@dataclass(frozen=True)
class Model:
    """All that was learnt: lexicon, weights of the first stage, networks of the second, calibration.

    `weights` (2, slots) and `bias` (2,) are those of `features.first_scores`. The log odds of the networks are
    averaged; `scale` and `offset` turn the mean into calibrated log odds of boilerplate.
    """

    lexicon: Lexicon
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    scaling: Scaling
    networks: tuple[Weights, ...]
    scale: float
    offset: float

    @functools.cached_property
    def joined(self) -> Weights:
        """All networks as one."""
        return together(self.networks)


def write_model(model: Model, path: Path = PATH) -> None:
    """Writes the model to a temporary name and renames it."""
    networks = {f"network{n}_{name}": value for n, net in enumerate(model.networks) for name, value in net.items()}
    arrays: Arrays = {
        "class_table": model.lexicon.class_table,
        "rarity": np.round(model.lexicon.rarity * 255).astype(np.uint8),
        "phrase_keys": model.lexicon.phrase_keys,
        "phrase_evidence": model.lexicon.phrase_evidence,
        "weights": model.weights.astype(np.float16),
        "bias": model.bias,
        "calibration": np.array([model.scale, model.offset]),
        "mean": model.scaling.mean,
        "spread": model.scaling.spread,
    }
    write_arrays(path, MODEL_VERSION, arrays | networks)


def _networks(arrays: Mapping[str, NDArray[np.generic]]) -> Iterator[Weights]:
    for n in itertools.count():
        prefix = f"network{n}_"
        found = {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
        if not found:
            return
        yield {name: value.astype(np.float32) for name, value in found.items()}


@functools.cache
def read_model(path: Path = PATH) -> Model:
    """The model of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, MODEL_VERSION)
    return Model(
        lexicon=Lexicon(
            class_table=arrays["class_table"],
            rarity=arrays["rarity"].astype(np.float32) / np.float32(255),
            phrase_keys=arrays["phrase_keys"],
            phrase_evidence=arrays["phrase_evidence"],
        ),
        weights=arrays["weights"].astype(np.float32),
        bias=arrays["bias"],
        scaling=Scaling(arrays["mean"], arrays["spread"]),
        networks=tuple(_networks(arrays)),
        scale=float(arrays["calibration"][0]),
        offset=float(arrays["calibration"][1]),
    )
