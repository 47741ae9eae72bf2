"""Staged parts: what one chunk of work wrote, as Arrow files that are read without copying."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from cleaning.boilerplate import restore
from cleaning.normalize.characters import normalize_text
from cleaning.publish.schema import SCHEMAS
from cleaning.records import CleanDocument, Quality, Rejection, Skip, Source

STAGED_TABLES = ("documents", "removals", "quarantine", "sources")
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


def write_part(
    folder: Path,
    documents: Sequence[CleanDocument],
    rejections: Sequence[Rejection],
    skips: Sequence[Skip],
    sources: Sequence[Source],
    ingested_at: datetime,
) -> None:
    """Writes one part whole or not at all; a part that is there already is left as it is."""
    rows: Mapping[str, list[dict[str, Any]]] = {
        "documents": [document_row(document, ingested_at) for document in documents],
        "removals": [row for document in documents for row in removal_rows(document)],
        "quarantine": [rejection_row(rejection, ingested_at) for rejection in rejections],
        "sources": list(_source_rows(sources, {item.id for item in documents}, rejections, skips)),
    }
    write_tables(folder, {name: pa.Table.from_pylist(rows[name], staged_schema(name)) for name in STAGED_TABLES})


def write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes staged tables into a folder that appears in one step."""
    partial = folder.with_name(folder.name + f".{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, table in tables.items():
        with pa.OSFile(str(partial / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
    try:
        partial.rename(folder)
    except OSError:
        # Another attempt at the same chunk finished first; its rows are the same.
        if not folder.is_dir():
            raise
        shutil.rmtree(partial, ignore_errors=True)


def read_part(folder: Path, table: str) -> pa.Table:
    """A staged table, mapped into memory: rows are read from disk when they are used."""
    with pa.memory_map(str(folder / f"{table}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


def document_row(document: CleanDocument, ingested_at: datetime) -> dict[str, Any]:
    """The row of ``documents`` with the audit's flags."""
    names = [name for name in SCHEMAS["documents"].names if name not in ("quality", "removed_kinds", "ingested_at")]
    row = {name: getattr(document, name) for name in names}
    row["quality"] = {field.name: getattr(document.quality, field.name) for field in fields(Quality)}
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
    for source in sources:
        if source.id in published:
            yield _source_row(source.id, source.path, "document", None, source)
    for rejection in rejections:
        yield _source_row(rejection.id, rejection.source, "quarantined", str(rejection.reason), known.get(rejection.id))
    for skip in skips:
        yield _source_row(skip.id, skip.source, "skipped", skip.reason, None)


def _source_row(source_id: str, path: str, outcome: str, reason: str | None, source: Source | None) -> dict[str, Any]:
    return {
        "id": source_id,
        "source": path,
        "outcome": outcome,
        "reason": reason,
        "size_bytes": source.size_bytes if source else None,
        "modified_ns": source.modified_ns if source else None,
    }
