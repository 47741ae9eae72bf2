"""Containers whose parts do not fit: files that changed while several workers read them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.publish.parts import filter_parts, read_part, rejection_row, staged_schema, whole_parts, write_tables
from cleaning.records import Reason, Rejection, Stage

_DETAIL = "the file changed while it was read: {found} of its {records} records were met; run again"


def settle_containers(parts: Path) -> None:
    """Puts containers into quarantine of which not every record was met exactly once; their rows go.

    Rows of documents carry no container, so what goes is told by the rows of ``sources``.
    """
    rows = pa.concat_tables(
        [staged_schema("sources").empty_table(), *(read_part(part, "sources") for part in whole_parts(parts))]
    )
    containers = rows.filter(pc.equal(rows["outcome"], "container")).to_pylist()
    counts = count_records(rows)
    broken = {row["id"]: row for row in containers if counts[row["id"]] != row["records"]}
    if not broken:
        return
    inside = rows.filter(pc.is_in(rows["container"], value_set=pa.array(sorted(broken), pa.string())))
    gone = pa.array(sorted({*broken, *inside["id"].to_pylist()}), pa.string())
    filter_parts(whole_parts(parts), lambda table: pc.invert(pc.is_in(table["id"], value_set=gone)))
    _write_rejections(parts / "changed", list(broken.values()), counts)


def count_records(sources: pa.Table) -> Counter[str]:
    """How many rows of ``sources`` each container has, by its id."""
    found = pc.value_counts(sources["container"].drop_null())
    return Counter(dict(zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True)))


def _write_rejections(folder: Path, rows: list[dict[str, object]], counts: Counter[str]) -> None:
    from datetime import UTC, datetime

    quarantine = []
    for row in rows:
        detail = _DETAIL.format(found=counts[str(row["id"])], records=row["records"])
        rejection = Rejection(str(row["id"]), str(row["source"]), Stage.INGEST, Reason.VANISHED, detail)
        quarantine.append(rejection_row(rejection, datetime.now(UTC)))
    gone = {"outcome": "quarantined", "reason": str(Reason.VANISHED), "records": None, "raw_sha256": None}
    sources = [row | gone for row in rows]
    found = {"quarantine": quarantine, "sources": sources, "documents": [], "removals": []}
    write_tables(folder, {name: pa.Table.from_pylist(found[name], staged_schema(name)) for name in found})
