"""The index of sources: what the published snapshot was made from, to tell what is new, changed or gone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cleaning.publish.parts import STAGED_TABLES, staged_schema, write_tables
from cleaning.records import Reason, Source


@dataclass(frozen=True, slots=True)
class IndexedSource:
    """One row of the index."""

    source: str
    outcome: str
    reason: str | None
    size_bytes: int | None
    modified_ns: int | None
    container: str | None = None

    def is_unchanged(self, source: Source, place: str) -> bool:
        """Would the file at ``place`` give the same row again: size and modification time are as before?

        What lay with the machine and not with the file passes without a trace in either: a file that was gone
        is read again, and one that could not be read is as soon as it can be.
        """
        if self.reason == Reason.VANISHED or (self.reason == Reason.UNREADABLE and os.access(place, os.R_OK)):
            return False
        return self.size_bytes == source.size_bytes and self.modified_ns == source.modified_ns


def read_index(snapshot: Path) -> dict[str, IndexedSource]:
    """The index of a snapshot, by id."""
    names = ["id", "source", "outcome", "reason", "size_bytes", "modified_ns", "container"]
    rows = ds.dataset(snapshot / "sources").to_table(columns=names).to_pylist()
    return {row.pop("id"): IndexedSource(**row) for row in rows}


def carry(snapshot: Path, ids: Sequence[str], folder: Path) -> None:
    """Writes a staged part with the rows of a snapshot whose sources did not change."""
    wanted = pa.array(sorted(ids), pa.string())
    tables = {}
    for name in STAGED_TABLES:
        schema = staged_schema(name)
        rows = ds.dataset(snapshot / name).to_table(filter=pc.field("id").isin(wanted))
        if name == "documents":
            # Both were checked before these rows were published.
            for flag in ("restores", "text_is_normal"):
                rows = rows.append_column(flag, pa.array([True] * len(rows), pa.bool_()))
        tables[name] = rows.select(schema.names).cast(schema)
    write_tables(folder, tables)
