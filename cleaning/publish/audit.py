"""The narrow tables that expectations read: numbers, flags and short values, no text.

audit/documents.arrow   one row a document; audit/removals.arrow one a removal; audit/quarantine.arrow one a rejection
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.publish.containers import count_records
from cleaning.publish.parts import read_part, staged_schema, whole_parts, write_batches
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
_EXISTS = "document_exists"
_SLICE_ROWS = 5_000


def write_audit_tables(staging: Path, sources: int) -> None:
    """Writes the audit tables of all parts of a run, part by part.

    Raises:
        RuntimeError: the parts do not hold each of the ``sources`` exactly once.
    """
    parts = parts_of(staging)
    _check_accounting(parts, sources)
    folder = staging / AUDIT
    folder.mkdir(exist_ok=True)
    for name, narrow in _NARROW.items():
        batches = (
            batch for part in parts for rows in _slices(part, name, parts) for batch in narrow(rows).to_batches()
        )
        write_batches(folder / f"{name}.arrow", narrow(_nothing(name)).schema, batches)


def audit_columns() -> dict[str, tuple[str, ...]]:
    """The columns of each audit table: what an expectation can name."""
    return {name: tuple(narrow(_nothing(name)).column_names) for name, narrow in _NARROW.items()}


def _slices(part: Path, name: str, parts: Sequence[Path]) -> Iterator[pa.Table]:
    """The rows of a part, few at a time; removals with whether their document exists."""
    rows = read_part(part, name)
    if name == "removals":
        rows = rows.append_column(_EXISTS, _documents_exist(rows["id"], part, parts))
    return (rows.slice(start, _SLICE_ROWS) for start in range(0, len(rows), _SLICE_ROWS))


def _nothing(name: str) -> pa.Table:
    rows = staged_schema(name).empty_table()
    return rows.append_column(_EXISTS, pa.array([], pa.bool_())) if name == "removals" else rows


def _documents_exist(ids: pa.ChunkedArray, part: Path, parts: Sequence[Path]) -> pa.ChunkedArray:
    """Of each id, whether there is a document: by rights in the same part, and if not there in any."""
    found = pc.is_in(ids, value_set=read_part(part, "documents")["id"])
    if pc.all(found).as_py() is not False:
        return found
    everywhere = pa.concat_tables([read_part(one, "documents").select(["id"]) for one in parts])
    return pc.is_in(ids, value_set=everywhere["id"])


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
    inside = count_records(rows)
    stated = files.filter(pc.is_valid(files["records"]))
    pairs = zip(stated["id"].to_pylist(), stated["records"].to_pylist(), strict=True)
    wrong = [key for key, records in pairs if inside[key] != records]
    if not len(rows) == distinct or len(files) != sources or wrong:
        raise RuntimeError(
            f"{sources} files went in, {len(files)} came out, with {distinct} sources in {len(rows)} rows, and "
            f"{len(wrong)} containers with other records than they hold: rows would be lost or doubled. "
            "Nothing was published. Please report this with the folder work/staging."
        )


def _documents(rows: pa.Table) -> pa.Table:
    table = rows.select(list(_DOCUMENT_COLUMNS))
    for index, name in enumerate(DOCUMENTS.field("quality").type.names):
        table = table.append_column(name, pc.struct_field(rows["quality"], [index]))
    table = table.append_column("title_chars", pc.utf8_length(rows["title"]))
    table = table.append_column("n_authors", pc.list_value_length(rows["authors"]))
    for name in ("published", "modified"):
        # A year compares with numbers; a bound in text against a timestamp makes an expectation raise.
        table = table.append_column(f"{name}_year", pc.year(rows[name]))
    return table


def _removals(rows: pa.Table) -> pa.Table:
    table = rows.select(list(_REMOVAL_COLUMNS))
    table = table.append_column("text_chars", pc.utf8_length(rows["text"]))
    table = table.append_column("evidence_chars", pc.utf8_length(rows["evidence"]))
    return table.append_column(_EXISTS, rows[_EXISTS])


def _quarantine(rows: pa.Table) -> pa.Table:
    table = rows.select(list(_QUARANTINE_COLUMNS))
    return table.append_column("detail_chars", pc.utf8_length(rows["detail"]))


_NARROW = {"documents": _documents, "removals": _removals, "quarantine": _quarantine}
