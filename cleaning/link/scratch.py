"""Numbers on disk: what linking holds of each document, so that memory does not grow with the texts."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ENTRY = np.dtype([("key", "<u8"), ("owner", "<u4")])
# Entries in memory at once: some 50 MB while they are sorted.
_MOST_AT_HAND = 1 << 20
# Files that are open at once: systems allow 256 and more.
_MOST_BITS = 7


class Sequences:
    """Arrays of one type, one after the other in a file, read back by their place."""

    def __init__(self, path: Path, dtype: Any) -> None:
        self._path, self._dtype = path, np.dtype(dtype)
        self._file = path.open("wb")
        self._ends = array("q", [0])
        self._values: NDArray[Any] | None = None

    def add(self, values: NDArray[Any] | bytes) -> None:
        data = values if isinstance(values, bytes) else values.tobytes()
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data) // self._dtype.itemsize)

    def __getitem__(self, number: int) -> NDArray[Any]:
        return np.asarray(self.all()[self._ends[number] : self._ends[number + 1]])

    def all(self) -> NDArray[Any]:
        """Every value, mapped; afterwards nothing can be added."""
        if self._values is None:
            self._file.close()
            empty = not self._ends[-1]
            self._values = np.empty(0, self._dtype) if empty else np.memmap(self._path, self._dtype, "r")
        return self._values

    def close(self) -> None:
        """Ends the use of the file."""
        self._file.close()
        self._values = None


class Buckets:
    """(key, owner) entries, dealt out to files by the first bits of the key: all of one key come back together."""

    def __init__(self, folder: Path, expected: int) -> None:
        """``expected``: about how many entries there will be."""
        folder.mkdir(parents=True)
        self._bits = min((expected // _MOST_AT_HAND).bit_length(), _MOST_BITS)
        self._paths = [folder / f"{number:03d}" for number in range(1 << self._bits)]
        self._files = [path.open("wb") for path in self._paths]
        self._at_hand: list[NDArray[np.void]] = []
        self._n_at_hand = 0

    def add(self, keys: NDArray[np.uint64], owner: int | NDArray[np.int64]) -> None:
        """``owner``: of all the keys, or one for each."""
        entries = np.empty(len(keys), _ENTRY)
        entries["key"], entries["owner"] = keys, owner
        self._at_hand.append(entries)
        self._n_at_hand += len(entries)
        if self._n_at_hand >= _MOST_AT_HAND:
            self._put_away()

    def read(self) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
        """Keys and owners, sorted by both, file by file. Afterwards the files are gone."""
        self._put_away()
        for file in self._files:
            file.close()
        for path in self._paths:
            for entries in self._parts(path):
                keys, owners = np.ascontiguousarray(entries["key"]), entries["owner"].astype(np.int64)
                order = np.lexsort((owners, keys))
                yield keys[order], owners[order]
            path.unlink()

    def _parts(self, path: Path) -> Iterator[NDArray[np.void]]:
        """The entries of a file; of one that has more than were expected those that share some more bits, in turn."""
        size = path.stat().st_size // _ENTRY.itemsize
        bits = (size // (2 * _MOST_AT_HAND)).bit_length()
        for part in range(1 << bits):
            found = [np.empty(0, _ENTRY)]
            for start in range(0, size, _MOST_AT_HAND):
                entries = np.fromfile(path, _ENTRY, _MOST_AT_HAND, offset=start * _ENTRY.itemsize)
                own = entries["key"] << np.uint64(self._bits) >> np.uint64(64 - bits) if bits else 0
                found.append(entries[own == np.uint64(part)] if bits else entries)
            yield np.concatenate(found)

    def _put_away(self) -> None:
        if not self._at_hand:
            return
        entries = np.concatenate(self._at_hand)
        self._at_hand, self._n_at_hand = [], 0
        bucket = entries["key"] >> np.uint64(64 - self._bits) if self._bits else np.zeros(len(entries), np.uint64)
        order = np.argsort(bucket, kind="stable")
        cuts = np.searchsorted(bucket[order], np.arange(len(self._files) + 1, dtype=np.uint64))
        for file, (first, stop) in zip(self._files, pairwise(cuts), strict=True):
            file.write(entries[order[first:stop]].tobytes())
