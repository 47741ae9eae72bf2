"""Staged parts: what one chunk of work wrote, as Arrow files that are read without copying."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from cleaning.boilerplate import restore
from cleaning.normalize.characters import normalize_text
from cleaning.publish.schema import SCHEMAS
from cleaning.records import CleanDocument, Quality, Rejection, Skip, Source

STAGED_TABLES = ("documents", "removals", "quarantine", "sources")
_PARTIAL = ".partial"
# Flags that only the audit reads; they are not published.
AUDIT_FIELDS = (
    pa.field("restores", pa.bool_(), nullable=False),
    pa.field("text_is_normal", pa.bool_(), nullable=False),
)


def staged_schema(table: str) -> pa.Schema:
    """The schema of a staged table: plain types in place of dictionaries, and the audit's flags."""
    plain = [
        pa.field(
            field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type, field.nullable
        )
        for field in SCHEMAS[table]
    ]
    return pa.schema([*plain, *AUDIT_FIELDS] if table == "documents" else plain)


@dataclass(frozen=True, slots=True)
class Contents:
    """How many records were met in a container, with the id of its source; not whole where it broke off.

    ``raw_sha256``: of its bytes, where they can be had.
    """

    id: str
    records: int
    is_whole: bool
    raw_sha256: str | None = None


def write_part(
    folder: Path,
    documents: Sequence[CleanDocument],
    rejections: Sequence[Rejection],
    skips: Sequence[Skip],
    sources: Sequence[Source],
    ingested_at: datetime,
    contents: Sequence[Contents] = (),
) -> None:
    """Writes one part whole or not at all; a part that is there already is left as it is."""
    rows: Mapping[str, list[dict[str, Any]]] = {
        "documents": [document_row(document, ingested_at) for document in documents],
        "removals": [row for document in documents for row in removal_rows(document)],
        "quarantine": [rejection_row(rejection, ingested_at) for rejection in rejections],
        "sources": [
            *_source_rows(sources, {item.id for item in documents}, rejections, skips),
            *_container_rows(sources, contents),
        ],
    }
    write_tables(folder, {name: pa.Table.from_pylist(rows[name], staged_schema(name)) for name in STAGED_TABLES})


def write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes staged tables into a folder that appears in one step."""
    with new_part(folder) as partial:
        for name, table in tables.items():
            write_batches(partial / f"{name}.arrow", table.schema, table.to_batches())


def write_batches(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Writes one staged table batch by batch."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


@contextmanager
def new_part(folder: Path) -> Iterator[Path]:
    """A folder to write staged tables into, which appears under its name in one step."""
    partial = folder.with_name(folder.name + f".{os.getpid()}{_PARTIAL}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    yield partial
    try:
        partial.rename(folder)
    except OSError:
        # Another attempt at the same chunk finished first; its rows are the same.
        if not folder.is_dir():
            raise
        shutil.rmtree(partial, ignore_errors=True)


def whole_parts(folder: Path, pattern: str = "*") -> list[Path]:
    """The parts in a folder, sorted, without those that a killed worker left half written."""
    return sorted(part for part in folder.glob(pattern) if not part.name.endswith(_PARTIAL))


def read_part(folder: Path, table: str) -> pa.Table:
    """A staged table, mapped into memory: rows are read from disk when they are used."""
    with pa.memory_map(str(folder / f"{table}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


def filter_parts(parts: Iterable[Path], keeps: Callable[[pa.Table], pa.Array]) -> None:
    """Takes the rows that ``keeps`` is false for out of the parts."""
    for part in parts:
        tables = {path.stem: read_part(part, path.stem) for path in part.glob("*.arrow")}
        kept = {name: rows.filter(keeps(rows)) for name, rows in tables.items()}
        if any(len(kept[name]) < len(tables[name]) for name in tables):
            write_tables(part.with_name(f"kept-{part.name}"), kept)
            shutil.rmtree(part)


def document_row(document: CleanDocument, ingested_at: datetime) -> dict[str, Any]:
    """The row of ``documents`` with the audit's flags."""
    names = [name for name in SCHEMAS["documents"].names if name not in ("quality", "removed_kinds", "ingested_at")]
    row = {name: getattr(document, name) for name in names}
    row["quality"] = {field.name: getattr(document.quality, field.name) for field in fields(Quality)}
    row["extra"] = [{"key": key, "value": value} for key, value in document.extra]
    row["metadata_sources"] = [asdict(source) for source in document.metadata_sources]
    row["removed_kinds"] = [{"kind": kind, "n": n} for kind, n in document.removed_kinds]
    row["ingested_at"] = ingested_at
    row["restores"] = restore(document.text, document.removals) == document.source_text
    row["text_is_normal"] = normalize_text(document.text) == document.text
    return row


def removal_rows(document: CleanDocument) -> Iterable[dict[str, Any]]:
    """The rows of ``removals`` of one document."""
    for removal in document.removals:
        yield {
            "id": document.id,
            "position": removal.start,
            "line": removal.line,
            "kind": str(removal.kind),
            "action": str(removal.action),
            "rule": removal.rule,
            "score": removal.score,
            "evidence": removal.evidence,
            "text": removal.text,
        }


def rejection_row(rejection: Rejection, ingested_at: datetime) -> dict[str, Any]:
    """The row of ``quarantine``."""
    row = {name: getattr(rejection, name) for name in SCHEMAS["quarantine"].names if name != "ingested_at"}
    return row | {"stage": str(rejection.stage), "reason": str(rejection.reason), "ingested_at": ingested_at}


def _source_rows(
    sources: Sequence[Source], published: set[str], rejections: Sequence[Rejection], skips: Sequence[Skip]
) -> Iterable[dict[str, Any]]:
    known = {source.id: source for source in sources}
    for item in known.values():
        if item.id in published:
            yield _source_row(item.id, item.path, "document", None, item, item.container)
    for rejection in rejections:
        source = known.get(rejection.id)
        reason = str(rejection.reason)
        yield _source_row(rejection.id, rejection.source, "quarantined", reason, source, rejection.container)
    for skip in skips:
        yield _source_row(skip.id, skip.source, "skipped", skip.reason, known.get(skip.id), skip.container)


def _container_rows(sources: Sequence[Source], contents: Sequence[Contents]) -> Iterable[dict[str, Any]]:
    """Rows of containers that were read to their end. One that broke off has its row from its rejection."""
    known = {source.id: source for source in sources}
    for one in contents:
        source = known[one.id]
        if one.is_whole:
            own = {"records": one.records, "raw_sha256": one.raw_sha256}
            yield _source_row(source.id, source.path, "container", None, source, None) | own


def _source_row(
    source_id: str, path: str, outcome: str, reason: str | None, source: Source | None, container: str | None
) -> dict[str, Any]:
    return {
        "id": source_id,
        "source": path,
        "outcome": outcome,
        "reason": reason,
        "size_bytes": source.size_bytes if source else None,
        "modified_ns": source.modified_ns if source else None,
        "container": container,
        "records": None,
        "raw_sha256": None,
    }
