"""The narrow tables that expectations read: numbers, flags and short values, no text.

audit/documents.arrow   one row a document; audit/removals.arrow one a removal; audit/quarantine.arrow one a rejection
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.publish.parts import read_part, whole_parts
from cleaning.publish.schema import DOCUMENTS

AUDIT = "audit"
_DOCUMENT_COLUMNS = (
    *("id", "source", "site", "language", "language_score", "language_script", "n_chars", "n_words", "n_lines"),
    *(
        "removed_lines",
        "removed_chars",
        "rights_year",
        "story_id",
        "media_type",
        "encoding",
        "restores",
        "text_is_normal",
    ),
)
_REMOVAL_COLUMNS = ("id", "position", "line", "kind", "action", "rule", "score")
_LEDGER_COLUMNS = ["id", "container", "records"]
_QUARANTINE_COLUMNS = ("id", "source", "stage", "reason", "detail", "size_bytes")


def write_audit_tables(staging: Path, sources: int) -> None:
    """Writes the audit tables of all parts of a run.

    Raises:
        RuntimeError: the parts do not hold each of the ``sources`` exactly once.
    """
    parts = parts_of(staging)
    _check_accounting(parts, sources)
    documents = _documents(parts)
    known = pa.array(documents["id"].to_pylist(), pa.string())
    removals = _removals(parts, known)
    folder = staging / AUDIT
    folder.mkdir(exist_ok=True)
    for name, table in (("documents", documents), ("removals", removals), ("quarantine", _quarantine(parts))):
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)


def parts_of(staging: Path) -> list[Path]:
    """The folders of the finished parts of a run, sorted."""
    return whole_parts(staging / "parts")


def read_audit_table(staging: Path, name: str) -> pa.Table:
    """One audit table."""
    with pa.memory_map(str(staging / AUDIT / f"{name}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


def _check_accounting(parts: Sequence[Path], sources: int) -> None:
    """Each file has one row, and so has each record: a container says how many it holds."""
    rows = pa.concat_tables([read_part(part, "sources").select(_LEDGER_COLUMNS) for part in parts])
    distinct = pc.count_distinct(rows["id"]).as_py()
    files = rows.filter(pc.is_null(rows["container"]))
    inside = Counter(key for key in rows["container"].to_pylist() if key)
    stated = zip(files["id"].to_pylist(), files["records"].to_pylist(), strict=True)
    wrong = [key for key, records in stated if records is not None and inside[key] != records]
    if not len(rows) == distinct or len(files) != sources or wrong:
        raise RuntimeError(
            f"{sources} files went in, {len(files)} came out, with {distinct} sources in {len(rows)} rows, and "
            f"{len(wrong)} containers with other records than they hold: rows would be lost or doubled. "
            "Nothing was published. Please report this with the folder work/staging."
        )


def _documents(parts: Sequence[Path]) -> pa.Table:
    tables = []
    for part in parts:
        rows = read_part(part, "documents")
        table = rows.select(list(_DOCUMENT_COLUMNS))
        for index, name in enumerate(DOCUMENTS.field("quality").type.names):
            table = table.append_column(name, pc.struct_field(rows["quality"], [index]))
        table = table.append_column("title_chars", pc.utf8_length(rows["title"]))
        table = table.append_column("n_authors", pc.list_value_length(rows["authors"]))
        for name in ("published", "modified"):
            # A year compares with numbers; a bound in text against a timestamp makes an expectation raise.
            table = table.append_column(f"{name}_year", pc.year(rows[name]))
        tables.append(table)
    return pa.concat_tables(tables).combine_chunks()


def _removals(parts: Sequence[Path], documents: pa.Array) -> pa.Table:
    tables = []
    for part in parts:
        rows = read_part(part, "removals")
        table = rows.select(list(_REMOVAL_COLUMNS))
        table = table.append_column("text_chars", pc.utf8_length(rows["text"]))
        table = table.append_column("evidence_chars", pc.utf8_length(rows["evidence"]))
        tables.append(table.append_column("document_exists", pc.is_in(rows["id"], value_set=documents)))
    return pa.concat_tables(tables).combine_chunks()


def _quarantine(parts: Sequence[Path]) -> pa.Table:
    tables = []
    for part in parts:
        rows = read_part(part, "quarantine")
        table = rows.select(list(_QUARANTINE_COLUMNS))
        tables.append(table.append_column("detail_chars", pc.utf8_length(rows["detail"])))
    return pa.concat_tables(tables).combine_chunks()
