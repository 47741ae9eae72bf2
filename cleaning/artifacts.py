"""Trained models as files of arrays: compressed, with a version, without pickles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def write_arrays(path: Path, version: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Writes the arrays to a temporary name and renames it."""
    temporary = path.with_suffix(".tmp.npz")
    with temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, version=np.array(version), **arrays)
    temporary.replace(path)


def read_arrays(path: Path, version: str) -> Arrays:
    """The arrays of a file.

    Raises: `FileNotFoundError` without the file, `ValueError` for a file of another version.
    """
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)
    if str(arrays["version"]) != version:
        raise ValueError(f"{path.name} has version {arrays['version']}, the code needs {version}: train it anew")
    return arrays
