"""Rows of many parts dealt out to scratch files by their place in the published order, and read from there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cleaning.publish.parts import read_part, staged_schema

_PLACE = "_place"
# So much of the parts is dealt out at once.
_HAND_BYTES = 8 * 1024 * 1024
_HAND_ROWS = 2_000
# Files that are open at once: systems allow 256 and more.
_MOST_FILES = 128


def deal_out(
    table: str, parts: Sequence[Path], order: NDArray[np.int64], starts: Sequence[int], scratch: Path
) -> Iterator[pa.Table]:
    """The rows of each group in their order; a group goes from its start to the next one's.

    ``order``: the rows, numbered through the parts, as they are wanted; rows that it does not name are left out.
    ``scratch``: a folder that is made for this, and deleted.
    """
    if len(starts) < 2:
        rows = [staged_schema(table).empty_table(), *(read_part(part, table) for part in parts)]
        yield pa.concat_tables(rows).take(pa.array(order))
        return
    groups = -(-len(starts) // _MOST_FILES)
    scratch.mkdir(parents=True)
    try:
        paths = [scratch / f"{number:05d}.arrow" for number in range(len(starts[::groups]))]
        _deal(table, parts, order, starts[::groups], paths)
        for number, path in enumerate(paths):
            own = starts[number * groups : (number + 1) * groups]
            yield from _pick_up(path, own)
            path.unlink()
    finally:
        shutil.rmtree(scratch)


def _deal(
    table: str, parts: Sequence[Path], order: NDArray[np.int64], starts: Sequence[int], paths: Sequence[Path]
) -> None:
    hands = _hands(table, parts)
    place = np.full(sum(len(read_part(part, table)) for part in parts), -1, np.int64)
    place[order] = np.arange(len(order))
    schema = read_part(parts[0], table).schema.append(pa.field(_PLACE, pa.int64()))
    first = 0
    with ExitStack() as stack:
        files = [stack.enter_context(pa.OSFile(str(path), "wb")) for path in paths]
        writers = [stack.enter_context(pa.ipc.new_file(file, schema)) for file in files]
        for rows in hands:
            places = place[first : first + len(rows)]
            first += len(rows)
            by_place = np.argsort(places)[np.count_nonzero(places < 0) :]
            dealt = rows.take(pa.array(by_place)).append_column(_PLACE, pa.array(places[by_place]))
            cuts = [*np.searchsorted(places[by_place], starts), len(by_place)]
            for writer, (start, stop) in zip(writers, pairwise(cuts), strict=True):
                if stop > start:
                    writer.write_table(dealt.slice(start, stop - start))


def _hands(table: str, parts: Sequence[Path]) -> Iterator[pa.Table]:
    """The rows of the parts, a few megabytes at a time."""
    batches: list[pa.RecordBatch] = []
    size = 0
    for part in parts:
        for batch in read_part(part, table).to_batches(max_chunksize=_HAND_ROWS):
            batches.append(batch)
            size += batch.nbytes
            if size >= _HAND_BYTES:
                yield pa.Table.from_batches(batches)
                batches, size = [], 0
    if batches:
        yield pa.Table.from_batches(batches)


def _pick_up(path: Path, starts: Sequence[int]) -> Iterator[pa.Table]:
    with pa.memory_map(str(path)) as file:
        rows = pa.ipc.open_file(file).read_all()
    order = np.argsort(rows[_PLACE].to_numpy())
    rows = rows.drop_columns([_PLACE]).take(pa.array(order))
    for start, stop in pairwise([*starts, starts[0] + len(rows)]):
        yield rows.slice(start - starts[0], stop - start)
