"""The trained model as one file: written by the training command, read once, when the first line is scored."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.features import Lexicon
from cleaning.boilerplate.line_model.trees import Forest

PATH = Path(__file__).with_name("line_model.npz")
MODEL_VERSION = "1"  # goes up with every artifact that may score a line differently


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt: lexicon, weights of the first stage, trees of the second and third, calibration.

    `scale` and `offset` turn log odds into probabilities of boilerplate.
    """

    lexicon: Lexicon
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    second: Forest
    third: Forest
    scale: float
    offset: float


def _forest_arrays(name: str, forest: Forest) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}_feature": forest.feature.astype(np.uint16),
        f"{name}_threshold": forest.threshold,
        f"{name}_low": forest.low.astype(np.uint16),
        f"{name}_high": forest.high.astype(np.uint16),
        f"{name}_value": forest.value,
        f"{name}_roots": forest.roots.astype(np.uint16),
        f"{name}_depth": np.array(forest.depth),
    }


def _forest(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
    return Forest(
        feature=arrays[f"{name}_feature"].astype(np.int32),
        threshold=arrays[f"{name}_threshold"].astype(np.float32),
        low=arrays[f"{name}_low"].astype(np.int32),
        high=arrays[f"{name}_high"].astype(np.int32),
        value=arrays[f"{name}_value"].astype(np.float32),
        roots=arrays[f"{name}_roots"].astype(np.int32),
        depth=int(arrays[f"{name}_depth"]),
    )


def quantise(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers from -127 to 127, and the step of each table (row)."""
    step = (np.abs(weights).max(axis=1) / 127).astype(np.float32)
    return np.round(weights / step[:, None]).astype(np.int8), step


def write_model(model: Model, path: Path = PATH) -> None:
    """Writes the model to a temporary name and renames it."""
    small, step = quantise(model.weights)
    temporary = path.with_suffix(".tmp.npz")
    np.savez_compressed(
        temporary,
        version=np.array(MODEL_VERSION),
        class_table=model.lexicon.class_table,
        rarity=np.round(model.lexicon.rarity * 255).astype(np.uint8),
        phrase_keys=model.lexicon.phrase_keys,
        phrase_evidence=model.lexicon.phrase_evidence,
        weights=small,
        step=step,
        bias=model.bias,
        calibration=np.array([model.scale, model.offset]),
        **_forest_arrays("second", model.second),
        **_forest_arrays("third", model.third),
    )
    temporary.replace(path)


@functools.cache
def read_model(path: Path = PATH) -> Model:
    """The model of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)
    if str(arrays["version"]) != MODEL_VERSION:
        raise ValueError(f"{path.name} has version {arrays['version']}, the code needs {MODEL_VERSION}: train it anew")
    return Model(
        lexicon=Lexicon(
            class_table=arrays["class_table"],
            rarity=arrays["rarity"].astype(np.float32) / np.float32(255),
            phrase_keys=arrays["phrase_keys"],
            phrase_evidence=arrays["phrase_evidence"],
        ),
        weights=arrays["weights"].astype(np.float32) * arrays["step"][:, None],
        bias=arrays["bias"],
        second=_forest("second", arrays),
        third=_forest("third", arrays),
        scale=float(arrays["calibration"][0]),
        offset=float(arrays["calibration"][1]),
    )
