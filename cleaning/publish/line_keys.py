"""Keys of staged lines, dealt out to files by their first bits so that they can be counted a file at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaning.publish.parts import read_part

_LINE = np.dtype([("key", "<u8"), ("prose", "<i4"), ("owner", "<i4")])
# Counting needs some 60 bytes a line.
_BUCKET_LINES = 100_000
# Files that are open at once: systems allow 256 and more.
_MOST_BITS = 7

Bucket = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]


def deal_keys(
    folders: Sequence[Path], starts: Sequence[int], counts: NDArray[np.bool_], scratch: Path
) -> list[Callable[[], Bucket]]:
    """Readers of the lines in the folders: key, words of prose and document of each; all of one key in one reader.

    ``starts``: number of the first document of each folder. ``counts``: whether the lines of a document are wanted.
    """
    total = sum(len(read_part(folder, "lines")) for folder in folders)
    bits = min((total // _BUCKET_LINES).bit_length(), _MOST_BITS)
    scratch.mkdir()
    paths = [scratch / f"{number:03d}" for number in range(1 << bits)]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in paths]
        for folder, start in zip(folders, starts, strict=False):
            found = _lines(folder, start, counts)
            bucket = found["key"] >> np.uint64(64 - bits) if bits else np.zeros(len(found), np.uint64)
            by_bucket = np.argsort(bucket, kind="stable")
            cuts = np.searchsorted(bucket[by_bucket], np.arange(len(files) + 1, dtype=np.uint64))
            for file, (first, stop) in zip(files, pairwise(cuts), strict=True):
                file.write(found[by_bucket[first:stop]].tobytes())
    return [partial(_read, path) for path in paths]


def _lines(folder: Path, start: int, counts: NDArray[np.bool_]) -> NDArray[np.void]:
    rows = read_part(folder, "lines")
    found = np.empty(len(rows), _LINE)
    found["key"], found["prose"] = rows["key"].to_numpy(), rows["prose_words"].to_numpy()
    found["owner"] = rows["document"].to_numpy() + start
    kept: NDArray[np.void] = found[counts[found["owner"]]]
    return kept


def _read(path: Path) -> Bucket:
    found = np.fromfile(path, _LINE)
    return np.ascontiguousarray(found["key"]), found["prose"].astype(np.int64), found["owner"].astype(np.int64)
