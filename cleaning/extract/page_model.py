"""The trained page model as one file: written by the training command, read once, when the first page is judged."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.trees import Forest

PATH = Path(__file__).with_name("page_model.npz")
MODEL_VERSION = "1"  # goes up with every artifact that may judge a block differently
KINDS = ("article", "forum", "product", "collection", "listing", "documentation", "service")


@dataclass(frozen=True, slots=True)
class PageModel:
    """Trees that tell a page's kind, trees that tell main content from the rest, and the names of the features."""

    kinds: Forest
    blocks: Forest
    names: tuple[str, ...]


def write_model(model: PageModel, path: Path = PATH) -> None:
    """Writes the model to a temporary name and renames it."""
    arrays: dict[str, NDArray[Any]] = {"version": np.array(MODEL_VERSION), "names": np.array(model.names)}
    for name, forest in (("kinds", model.kinds), ("blocks", model.blocks)):
        arrays |= {
            f"{name}_feature": forest.feature.astype(np.uint16),
            f"{name}_threshold": forest.threshold,
            f"{name}_child": forest.child.astype(np.uint32),
            f"{name}_value": forest.value,
            f"{name}_roots": forest.roots.astype(np.uint32),
            f"{name}_shape": np.array([forest.depth, forest.classes]),
        }
    temporary = path.with_suffix(".tmp.npz")
    with temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    temporary.replace(path)


@functools.cache
def read_model(path: Path = PATH) -> PageModel:
    """The model of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)
    if str(arrays["version"]) != MODEL_VERSION:
        raise ValueError(f"{path.name} has version {arrays['version']}, the code needs {MODEL_VERSION}: train it anew")
    kinds, blocks = (_forest(arrays, name) for name in ("kinds", "blocks"))
    return PageModel(kinds, blocks, tuple(map(str, arrays["names"])))


def _forest(arrays: dict[str, NDArray[Any]], name: str) -> Forest:
    return Forest(
        feature=arrays[f"{name}_feature"].astype(np.int32),
        threshold=arrays[f"{name}_threshold"].astype(np.float32),
        child=arrays[f"{name}_child"].astype(np.int32),
        value=arrays[f"{name}_value"].astype(np.float32),
        roots=arrays[f"{name}_roots"].astype(np.int32),
        depth=int(arrays[f"{name}_shape"][0]),
        classes=int(arrays[f"{name}_shape"][1]),
    )
