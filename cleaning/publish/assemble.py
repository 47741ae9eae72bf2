"""Staged parts to published Parquet files: one global order, rows gathered a file at a time.

Only key columns are held for all rows; texts are read from the mapped parts when their file is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleaning.publish.parts import read_part
from cleaning.publish.schema import SCHEMAS

SORT_KEYS = {
    "documents": ("site", "published", "id"),
    "removals": ("id", "position"),
    "relations": ("id", "other_id"),
    "quarantine": ("source",),
    "sources": ("source",),
    "templates": ("site", "text"),
}
# Row groups of 64 to 128 MB of text; a file holds one. Where in between a file ends is told by the ids around: rows
# that come or go move the ends near them only, and all other files of a table stay as they were, byte for byte.
FILE_BYTES = 128 * 1024 * 1024
_LEAST_SHARE = 0.5
ZSTD_LEVEL = 3

Amend = Callable[[pa.Table], pa.Table]


def write_sorted(
    table: str,
    parts: Sequence[Path],
    folder: Path,
    metadata: dict[str, str],
    *,
    drop: frozenset[str] = frozenset(),
    amend: Amend | None = None,
) -> int:
    """Writes all staged rows of a table, but those with a dropped id, as sorted Parquet files; returns their number.

    ``amend`` may fill columns of the rows of one file. A table without rows is written as one empty file, so
    that every reader finds the columns.
    """
    staged = [read_part(part, table) for part in parts]
    schema = published_schema(table, metadata)
    origin, row, ids = _order(table, staged, drop)
    sizes = np.concatenate(_row_bytes(staged))[_flat(staged, origin, row)] if len(row) else np.empty(0, np.int64)
    starts = _file_starts(sizes, ids)
    folder.mkdir(parents=True, exist_ok=True)
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(row)], strict=True)):
        rows = _gather(staged, origin[start:stop], row[start:stop]) if stop > start else _nothing(table)
        rows = amend(rows) if amend and stop > start else rows
        write_parquet(folder / part_name(number, metadata["snapshot"]), rows.select(schema.names).cast(schema))
    return len(row)


def published_schema(table: str, metadata: Mapping[str, str]) -> pa.Schema:
    """The schema of a table's files. It does not name the snapshot: files that did not change are the same files."""
    named = {key.encode(): value.encode() for key, value in metadata.items() if key != "snapshot"}
    return SCHEMAS[table].with_metadata(named)


def share_files(folder: Path, previous: Path, files: Mapping[str, str], known: Mapping[str, str]) -> int:
    """Makes files that are the same in two snapshots one on disk, where the file system can; returns how many.

    ``files``, ``known``: path to SHA-256 of the files of ``folder`` and ``previous``.
    """
    places = {digest: previous / name for name, digest in known.items()}
    shared = 0
    for name, digest in files.items():
        if digest in places:
            link = folder / f"{name}.link"
            try:
                os.link(places[digest], link)
                os.replace(link, folder / name)
            except OSError:
                link.unlink(missing_ok=True)
                return shared
            shared += 1
    return shared


def part_name(number: int, snapshot: str) -> str:
    """The name of a part file. It names its snapshot: a reader that lists the files of one and opens those of another
    fails, where equal names would let it mix the two.
    """
    return f"part-{number:05d}-{snapshot}.parquet"


def write_parquet(path: Path, table: pa.Table) -> None:
    """Writes one Parquet file with the settings of every published file."""
    low = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        use_dictionary=low,
        write_page_index=True,
        write_page_checksum=True,
        row_group_size=max(1, table.num_rows),
        store_schema=True,
    )


def _order(table: str, staged: Sequence[pa.Table], drop: frozenset[str]) -> tuple[np.ndarray, np.ndarray, pa.Array]:
    """For every kept row in its published place: the staged table it is in, its row there, and its id."""
    names = list(dict.fromkeys([*SORT_KEYS[table], "id"]))
    keys = []
    for index, part in enumerate(staged):
        rows = part.select(names)
        rows = rows.append_column("_part", pa.array(np.full(len(part), index, np.int32)))
        keys.append(rows.append_column("_row", pa.array(np.arange(len(part), dtype=np.int64))))
    if not keys:
        return np.empty(0, np.int32), np.empty(0, np.int64), pa.array([], pa.string())
    merged = pa.concat_tables(keys).combine_chunks()
    if drop:
        merged = merged.filter(pc.invert(pc.is_in(merged["id"], value_set=pa.array(sorted(drop), pa.string()))))
    sort = [(name, "ascending", "at_end") for name in names]
    merged = merged.take(pc.sort_indices(merged, sort_keys=sort))
    return merged["_part"].to_numpy(), merged["_row"].to_numpy(), merged["id"]


def _row_bytes(staged: Sequence[pa.Table]) -> list[np.ndarray]:
    """Bytes of the text column of each row, 1 where the table has none."""
    return [
        pc.fill_null(pc.binary_length(part["text"]), 0).to_numpy().astype(np.int64)
        if "text" in part.column_names
        else np.ones(len(part), np.int64)
        for part in staged
    ] or [np.empty(0, np.int64)]


def _flat(staged: Sequence[pa.Table], origin: np.ndarray, row: np.ndarray) -> np.ndarray:
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in staged])])
    return np.asarray(offsets[origin] + row)


def _file_starts(sizes: np.ndarray, ids: pa.Array) -> list[int]:
    """Where files begin: each holds half of ``FILE_BYTES`` of text up to all of it; one larger row has a file alone."""
    starts = [0]
    total = np.cumsum(sizes)
    while len(sizes) and total[-1] - (base := total[starts[-1] - 1] if starts[-1] else 0) > FILE_BYTES:
        least = int(np.searchsorted(total, base + FILE_BYTES * _LEAST_SHARE)) + 1
        most = max(int(np.searchsorted(total, base + FILE_BYTES, side="right")), starts[-1] + 1)
        least = min(max(least, starts[-1] + 1), most)
        if least >= len(sizes):
            return starts
        window = ids[least : min(most, len(sizes) - 1) + 1].to_pylist()
        # Ids are digits of a hash: the smallest is anywhere in the window, and the same for the same rows.
        starts.append(least + window.index(min(window, key=lambda key: key[::-1])))
    return starts


def _gather(staged: Sequence[pa.Table], origin: np.ndarray, row: np.ndarray) -> pa.Table:
    """The named rows in the given order."""
    by_part = np.lexsort((row, origin))
    taken = []
    for index in np.unique(origin):
        rows = row[by_part][origin[by_part] == index]
        taken.append(staged[int(index)].take(pa.array(rows)))
    back = np.empty(len(row), np.int64)
    back[by_part] = np.arange(len(row))
    return pa.concat_tables(taken).take(pa.array(back))


def _nothing(table: str) -> pa.Table:
    return SCHEMAS[table].empty_table()
