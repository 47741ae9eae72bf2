"""Parquet files: each row is a document; the recipe names its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cleaning.ingest.formats.archives import seekable
from cleaning.ingest.formats.fields import as_row, read_row
from cleaning.ingest.formats.record import BrokenContainer, Format, Item, Reading
from cleaning.records import Reason

_ROWS = 256


def read_parquet(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """One document a row; named for the row, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        file = pq.ParquetFile(pa.PythonFile(seekable(stream, reading), mode="r"))
        for batch in file.iter_batches(batch_size=_ROWS):
            # Of two columns of one name ``batch.to_pylist`` keeps the second.
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                yield read_row(as_row(zip(batch.schema.names, values, strict=True)), str(number), reading)
    except (pa.ArrowException, OSError, ValueError) as error:
        detail = f"the Parquet file is broken after row {number}: {error}; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail) from None


FORMATS = (Format("Parquet", (".parquet",), read_parquet, lambda head: head.startswith(b"PAR1"), is_binary=True),)
