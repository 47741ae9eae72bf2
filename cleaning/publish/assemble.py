"""Staged parts to published Parquet files: one global order, rows gathered a row group at a time.

Of all rows no more is held than where each goes. What is in them is read part by part, dealt out to scratch files
that each hold a range of the published order, and read from there: memory does not grow with the number of rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cleaning.publish.deal import deal_out
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
# Files of 64 to 128 MB of text. Where in between a file ends is told by the ids around: rows that come or go move the
# ends near them only, and all other files of a table stay as they were, byte for byte.
FILE_BYTES = 128 * 1024 * 1024
_LEAST_SHARE = 0.5
# A row group is held in memory whole while it is written; more of them cost less than 2 % of the file's size.
ROW_GROUP_BYTES = 8 * 1024 * 1024
# What a row weighs beside its text: metadata, digests and ids of a document have about that many bytes.
_ROW_BYTES = 1_000
ZSTD_LEVEL = 3

Amend = Callable[[pa.Table], pa.Table]
Numbers = NDArray[np.int64]


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

    ``amend`` may fill columns of the rows of one row group. A table without rows is written as one file without row
    groups, so that every reader finds the columns.
    """
    schema = published_schema(table, metadata)
    folder.mkdir(parents=True, exist_ok=True)
    order, files = _order(table, parts, drop)
    starts = [start for file in files for start in file]
    groups = deal_out(table, parts, order, starts, folder.with_name(f".{folder.name}.scratch"))
    for number, file in enumerate(files):
        with _writer(folder / part_name(number, metadata["snapshot"]), schema) as writer:
            for rows in islice(groups, len(file)):
                rows = amend(rows) if amend and len(rows) else rows
                _write_group(writer, rows.select(schema.names).cast(schema))
    return len(order)


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
    """Writes one Parquet file of one row group, or of none, with the settings of every published file."""
    with _writer(path, table.schema) as writer:
        _write_group(writer, table)


def _write_group(writer: pq.ParquetWriter, rows: pa.Table) -> None:
    # A row group without rows stops Hugging Face datasets; a file without row groups stops no reader.
    if len(rows):
        writer.write_table(rows, row_group_size=len(rows))


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        use_dictionary=[field.name for field in schema if pa.types.is_dictionary(field.type)],
        write_page_index=True,
        write_page_checksum=True,
        store_schema=True,
    )


def _order(table: str, parts: Sequence[Path], drop: frozenset[str]) -> tuple[Numbers, list[list[int]]]:
    """The kept rows, numbered through the parts, in their published order; and where row groups begin, file by file."""
    names = list(dict.fromkeys([*SORT_KEYS[table], "id"]))
    staged = [read_part(part, table) for part in parts]
    if not sum(map(len, staged)):
        return np.empty(0, np.int64), [[0]]
    # Mapped, not copied: what is sorted by lies in the parts.
    keys = pa.concat_tables([rows.select(names) for rows in staged])
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending", "at_end") for name in names]).to_numpy()
    if drop:
        dropped = pc.is_in(keys["id"], value_set=pa.array(sorted(drop), pa.string())).to_numpy()
        order = order[~dropped[order]]
    sizes = np.concatenate([_row_bytes(rows) for rows in staged])[order]
    stops = [*_file_starts(sizes, keys["id"], order), len(order)]
    return order, [_group_starts(sizes, start, stop) for start, stop in pairwise(stops)]


def _row_bytes(rows: pa.Table) -> Numbers:
    """Bytes of the text column of each row, 1 where the table has none."""
    if "text" not in rows.column_names:
        return np.ones(len(rows), np.int64)
    return np.asarray(pc.fill_null(pc.binary_length(rows["text"]), 0).to_numpy(), np.int64)


def _file_starts(sizes: Numbers, ids: pa.ChunkedArray, order: Numbers) -> list[int]:
    """Where files begin: each holds half of ``FILE_BYTES`` of text up to all of it; one larger row has a file alone."""
    starts = [0]
    total = np.cumsum(sizes)
    while len(sizes) and total[-1] - (base := total[starts[-1] - 1] if starts[-1] else 0) > FILE_BYTES:
        least = int(np.searchsorted(total, base + FILE_BYTES * _LEAST_SHARE)) + 1
        most = max(int(np.searchsorted(total, base + FILE_BYTES, side="right")), starts[-1] + 1)
        least = min(max(least, starts[-1] + 1), most)
        if least >= len(sizes):
            return starts
        window = ids.take(pa.array(order[least : min(most, len(sizes) - 1) + 1])).to_pylist()
        # Ids are digits of a hash: the smallest is anywhere in the window, and the same for the same rows.
        starts.append(least + window.index(min(window, key=lambda key: key[::-1])))
    return starts


def _group_starts(sizes: Numbers, start: int, stop: int) -> list[int]:
    """Where the row groups of a file begin; told by its own rows alone, so that the same rows are the same bytes."""
    total = np.cumsum(sizes[start:stop] + _ROW_BYTES)
    starts = [0]
    while starts[-1] < len(total):
        base = total[starts[-1] - 1] if starts[-1] else 0
        starts.append(max(int(np.searchsorted(total, base + ROW_GROUP_BYTES, side="right")), starts[-1] + 1))
    return [start + first for first in starts[: max(len(starts) - 1, 1)]]
