"""Published tables read batch by batch, a row group in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from cleaning.errors import BrokenSnapshot

BATCH_ROWS = 2_000


def scan_table(
    snapshot: Path,
    table: str,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Iterator[pa.RecordBatch]:
    """The rows of a table of a snapshot in their order, those alone for which ``where`` holds, in small batches.

    Raises:
        BrokenSnapshot: on reading, where a file of the table is damaged.
    """
    return _told_damaged(snapshot, table, _scan(snapshot, table, columns, where, batch_rows))


def _told_damaged(snapshot: Path, table: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except (pa.ArrowException, OSError) as error:
        # What Arrow finds wrong in a file has no number of the system's.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        out = snapshot.parent.parent.parent
        raise BrokenSnapshot(
            f"{snapshot}: a file of its table {table} is damaged ({error}). cleaning verify {out} names the file, and "
            "a run with --full makes a new snapshot from the inputs"
        ) from error


def _scan(
    snapshot: Path, table: str, columns: Sequence[str] | None, where: pc.Expression | None, batch_rows: int
) -> Iterator[pa.RecordBatch]:
    paths = sorted((snapshot / table).glob("*.parquet"))
    names = None if columns is None else list(columns)
    if where is None:
        return (rows for path in paths for rows in _read(path, names, batch_rows))
    # What a scan reads ahead by default is a hundred megabytes.
    options = ds.ParquetFragmentScanOptions(pre_buffer=False, use_buffered_stream=True)
    found = ds.dataset(paths, format=ds.ParquetFileFormat(default_fragment_scan_options=options))
    batches = found.to_batches(
        columns=names,
        filter=where,
        batch_size=batch_rows,
        batch_readahead=1,
        fragment_readahead=1,
        use_threads=False,
    )
    return (rows for rows in batches if len(rows))


def _read(path: Path, columns: list[str] | None, batch_rows: int) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for group in range(file.num_row_groups):
            for rows in file.iter_batches(batch_rows, row_groups=[group], columns=columns, use_threads=False):
                if len(rows):
                    yield rows


def count_rows(snapshot: Path, table: str) -> int:
    """How many rows a table of a snapshot has."""
    return sum(pq.read_metadata(path).num_rows for path in (snapshot / table).glob("*.parquet"))
