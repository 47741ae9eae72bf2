"""The trained page model as one file: written by the training command, read once, when the first page is judged."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cleaning.artifacts import Arrays, read_arrays, write_arrays
from cleaning.extract.trees import Forest

PATH = Path(__file__).with_name("page_model.npz")
MODEL_VERSION = "2"  # goes up with every artifact that may judge a block differently
KINDS = ("article", "forum", "product", "collection", "listing", "documentation", "service")


@dataclass(frozen=True, slots=True)
class PageModel:
    """Trees that tell a page's kind, trees that tell main content from the rest, and the names of the features."""

    kinds: Forest
    blocks: Forest
    names: tuple[str, ...]


def write_model(model: PageModel, path: Path = PATH) -> None:
    """Writes the model to a temporary name and renames it."""
    arrays: Arrays = {"names": np.array(model.names)}
    for name, forest in (("kinds", model.kinds), ("blocks", model.blocks)):
        arrays |= {
            f"{name}_feature": forest.feature.astype(np.uint16),
            f"{name}_threshold": forest.threshold,
            f"{name}_child": forest.child.astype(np.uint32),
            f"{name}_value": forest.value,
            f"{name}_roots": forest.roots.astype(np.uint32),
            f"{name}_shape": np.array([forest.depth, forest.classes]),
        }
    write_arrays(path, MODEL_VERSION, arrays)


@functools.cache
def read_model(path: Path = PATH) -> PageModel:
    """The model of a file, read once.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    arrays = read_arrays(path, MODEL_VERSION)
    kinds, blocks = (_forest(arrays, name) for name in ("kinds", "blocks"))
    return PageModel(kinds, blocks, tuple(map(str, arrays["names"])))


def _forest(arrays: Arrays, name: str) -> Forest:
    return Forest(
        feature=arrays[f"{name}_feature"].astype(np.int32),
        threshold=arrays[f"{name}_threshold"].astype(np.float32),
        child=arrays[f"{name}_child"].astype(np.int32),
        value=arrays[f"{name}_value"].astype(np.float32),
        roots=arrays[f"{name}_roots"].astype(np.int32),
        depth=int(arrays[f"{name}_shape"][0]),
        classes=int(arrays[f"{name}_shape"][1]),
    )
