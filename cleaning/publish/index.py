"""The index of sources: what the published snapshot was made from, to tell what is new, changed or gone."""

from __future__ import annotations

import os
from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.publish.parts import AUDIT_FIELDS, STAGED_TABLES, new_part, staged_schema, write_batches
from cleaning.publish.scan import count_rows, scan_table
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


class SourceIndex(Mapping[str, IndexedSource]):
    """The index of a snapshot, by id. Its rows stay on disk: each walk over them reads them anew."""

    def __init__(self, snapshot: Path) -> None:
        self._snapshot = snapshot

    def __len__(self) -> int:
        return count_rows(self._snapshot, "sources")

    def __iter__(self) -> Iterator[str]:
        for batch in scan_table(self._snapshot, "sources", ["id"]):
            yield from batch["id"].to_pylist()

    def __getitem__(self, key: str) -> IndexedSource:
        for _, row in self._rows(pc.field("id") == key):
            return row
        raise KeyError(key)

    def items(self) -> ItemsView[str, IndexedSource]:
        """The ids with their rows, a batch of them in memory at a time."""
        return _Items(self)

    def _rows(self, where: pc.Expression | None = None) -> Iterator[tuple[str, IndexedSource]]:
        names = ["id", "source", "outcome", "reason", "size_bytes", "modified_ns", "container"]
        for batch in scan_table(self._snapshot, "sources", names, where):
            for row in batch.to_pylist():
                yield row.pop("id"), IndexedSource(**row)


class _Items(ItemsView[str, IndexedSource]):
    def __init__(self, index: SourceIndex) -> None:
        super().__init__(index)
        self._index = index

    def __iter__(self) -> Iterator[tuple[str, IndexedSource]]:
        return self._index._rows()


def read_index(snapshot: Path) -> SourceIndex:
    """The index of a snapshot, by id."""
    return SourceIndex(snapshot)


def raw_digests(snapshot: Path, ids: Collection[str]) -> dict[str, str]:
    """SHA-256 of the raw bytes of those of the ids that a snapshot holds: documents, in quarantine, and containers."""
    wanted = pc.field("id").isin(pa.array(sorted(ids), pa.string()))
    found: dict[str, str] = {}
    for table in ("documents", "quarantine", "sources") if ids else ():
        for batch in scan_table(snapshot, table, ["id", "raw_sha256"], wanted):
            pairs = zip(batch["id"].to_pylist(), batch["raw_sha256"].to_pylist(), strict=True)
            found |= {key: digest for key, digest in pairs if digest}
    return found


def carry(snapshot: Path, ids: Sequence[str], folder: Path) -> None:
    """Writes a staged part with the rows of a snapshot whose sources did not change."""
    wanted = pc.field("id").isin(pa.array(sorted(ids), pa.string()))
    with new_part(folder) as partial:
        for name in STAGED_TABLES:
            batches = scan_table(snapshot, name, where=wanted)
            write_batches(partial / f"{name}.arrow", staged_schema(name), (_staged(name, batch) for batch in batches))


def _staged(name: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Published rows as they were staged."""
    if name == "documents":
        # Both were checked before these rows were published.
        for flag in AUDIT_FIELDS:
            batch = batch.append_column(flag, pa.array([True] * len(batch), pa.bool_()))
    schema = staged_schema(name)
    return batch.select(schema.names).cast(schema)
