"""What linking looks documents up by: made of a text once, and kept from run to run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaning.link.candidates import BANDS, band_keys, sample
from cleaning.link.shingles import Shingles, chars_a_word, shingles
from cleaning.link.words import MOST_WORDS, TOPIC_WORD, topic_words

_NO_WORDS = np.empty(0, TOPIC_WORD)
_ROW = np.dtype(
    [
        ("key", "<u8", (2,)),
        ("runs", "<u4"),
        ("chars_a_word", "u1"),
        ("bands", "<u8", (BANDS,)),
        ("n_words", "u1"),
        ("words", TOPIC_WORD, (MOST_WORDS,)),
        ("end", "<u8"),
    ]
)
_ROWS, _SAMPLES, _NOTE = "rows", "samples", "note.json"
_ROWS_AT_HAND = 4_096
_READ_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Sketch:
    """``runs``: how many different runs of three words a text has; ``sampled``: those that are looked up.

    ``words``: of ``TOPIC_WORD``; none where it may tell of no event.
    """

    runs: int
    chars_a_word: int
    bands: Shingles
    sampled: Shingles
    words: NDArray[np.void]


def sketch(text: str, title: str = "", *, may_report: bool = True) -> Sketch:
    """``may_report``: others may tell the same in other words; what a list, a product or a form holds, nobody does."""
    unique = np.unique(shingles(text))
    return Sketch(
        len(unique),
        1 if text.isascii() else chars_a_word(text),
        band_keys(unique),
        sample(unique),
        topic_words(text, title) if may_report else _NO_WORDS,
    )


class Sketches:
    """The sketches that the last run left, and those of this run for the next one: some 1.5 kB each, on disk.

    Where they cannot be written nothing is left for the next run, and that is all.
    """

    def __init__(self, folder: Path, version: str, *, fresh: bool = False) -> None:
        """``version``: of the code that makes them; what another version left is not read, nor with ``fresh``."""
        self._folder, self._version = folder, version
        self._new = folder.with_name(f"{folder.name}.new")
        self._known = _Stored.read(folder, version) if not fresh else None
        self._files: dict[str, BinaryIO] = {}
        with suppress(OSError):
            shutil.rmtree(self._new, ignore_errors=True)
            self._new.mkdir(parents=True)
            self._files = {name: (self._new / name).open("wb") for name in (_ROWS, _SAMPLES)}
        self._at_hand = np.zeros(_ROWS_AT_HAND, _ROW)
        self._n_at_hand = self._n_samples = self._n_rows = 0
        self._sums = {_ROWS: 0, _SAMPLES: 0}

    def get(self, key: bytes, make: Callable[[], Sketch]) -> Sketch:
        """The sketch with the key (16 bytes), made anew where there is none; either way it is there in the next run."""
        found = self._known.get(key) if self._known is not None else None
        if found is None:
            found = make()
        row = self._at_hand[self._n_at_hand]
        row["key"] = np.frombuffer(key, "<u8")
        row["runs"], row["chars_a_word"], row["n_words"] = found.runs, found.chars_a_word, len(found.words)
        row["bands"] = found.bands if len(found.bands) else 0
        row["words"][: len(found.words)] = found.words
        self._n_samples += len(found.sampled)
        row["end"] = self._n_samples
        self._write(_SAMPLES, found.sampled.tobytes())
        self._n_at_hand += 1
        if self._n_at_hand == _ROWS_AT_HAND:
            self._put_away()
        return found

    def save(self) -> None:
        """Takes the place of what the last run left."""
        self._put_away()
        with suppress(OSError):
            self._save()
        self.close()

    def _save(self) -> None:
        if not self._files:
            return
        for file in self._files.values():
            file.close()
        note = {"version": self._version, "rows": self._n_rows, "samples": self._n_samples, "sums": self._sums}
        (self._new / _NOTE).write_text(json.dumps(note))
        shutil.rmtree(self._folder, ignore_errors=True)
        self._new.rename(self._folder)

    def close(self) -> None:
        """Without ``save`` nothing of this run is kept."""
        self._known = None
        self._give_up()

    def _give_up(self) -> None:
        files, self._files = self._files, {}
        for file in files.values():
            with suppress(OSError):
                file.close()

    def _put_away(self) -> None:
        self._write(_ROWS, self._at_hand[: self._n_at_hand].tobytes())
        self._n_rows += self._n_at_hand
        self._at_hand = np.zeros(_ROWS_AT_HAND, _ROW)
        self._n_at_hand = 0

    def _write(self, name: str, data: bytes) -> None:
        try:
            if self._files:
                self._files[name].write(data)
                self._sums[name] = crc32(data, self._sums[name])
        except OSError:
            self._give_up()


class _Stored:
    """Sketches of a folder, looked up by their keys."""

    def __init__(self, rows: NDArray[np.void], samples: Shingles) -> None:
        self._rows, self._samples = rows, samples
        keys = np.ascontiguousarray(rows["key"][:, 0])
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    @classmethod
    def read(cls, folder: Path, version: str) -> _Stored | None:
        """None where nothing is left, or by another version, or where what is left is not whole."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads((folder / _NOTE).read_text())
            sums = {name: _sum(folder / name) for name in (_ROWS, _SAMPLES)}
            sizes = [(folder / name).stat().st_size for name in (_ROWS, _SAMPLES)]
            is_whole = sizes == [note["rows"] * _ROW.itemsize, note["samples"] * 8] and min(sizes) > 0
            if note["version"] == version and note["sums"] == sums and is_whole:
                rows = np.memmap(folder / _ROWS, _ROW, "r", shape=(note["rows"],))
                return cls(rows, np.memmap(folder / _SAMPLES, np.uint64, "r", shape=(note["samples"],)))
        return None

    def get(self, key: bytes) -> Sketch | None:
        wanted = np.frombuffer(key, "<u8")
        place = int(np.searchsorted(self._keys, wanted[0]))
        if place == len(self._keys) or self._keys[place] != wanted[0]:
            return None
        number = int(self._order[place])
        row = self._rows[number]
        if row["key"][1] != wanted[1]:
            return None
        start = int(self._rows["end"][number - 1]) if number else 0
        return Sketch(
            int(row["runs"]),
            int(row["chars_a_word"]),
            np.array(row["bands"] if row["runs"] else row["bands"][:0]),
            np.array(self._samples[start : int(row["end"])]),
            np.array(row["words"][: int(row["n_words"])]),
        )


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while data := file.read(_READ_BYTES):
            found = crc32(data, found)
    return found
