"""A run's staged parts to the published snapshot."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.errors import BrokenSnapshot
from cleaning.freshness import library_versions, rules_version
from cleaning.publish.assemble import part_name, published_schema, share_files, write_parquet, write_sorted
from cleaning.publish.audit import parts_of
from cleaning.publish.manifest import Counts, Manifest, describe_files, read_manifest, write_manifest
from cleaning.publish.parts import STAGED_TABLES, read_part, staged_schema, write_tables
from cleaning.publish.scan import scan_table
from cleaning.publish.schema import SCHEMA_VERSION
from cleaning.publish.snapshot import latest_snapshot, prune, snapshot_name, swap_in
from cleaning.publish.verify import verify_snapshot
from cleaning.recipe import Recipe
from cleaning.records import Reason, Stage
from cleaning.report import write_report
from expectations.suites_folder import CHECK_FILE
from flows.files import RUN_FILE, read_json
from flows.linking import Linked, link_documents
from flows.replaced import replaced_notice
from flows.same_snapshot import mends_nothing
from flows.templates import TEMPLATES

_SKETCHES = "sketches"


def publish_staged(staging: Path) -> tuple[Path, int, int, int, str, str, bool]:
    """(snapshot, documents, quarantined, skipped, summary, notice) of what was published, and whether anything was.

    Raises:
        BrokenSnapshot: the staged snapshot does not verify; nothing was published.
    """
    from flows.steps import discard

    run = read_json(staging / RUN_FILE)
    recipe = Recipe.model_validate(run["recipe"])
    check = json.loads((staging / CHECK_FILE).read_text(encoding="utf-8"))
    out = Path(run["out"])
    name = snapshot_name(out, run["run_id"])
    failed: dict[str, list[str]] = check["failed"]
    if failed:
        _reject_failed(staging, failed, {result["name"]: result["why"] for result in check["results"]})
    folder = staging / "snapshot"
    # A run that builds on no snapshot takes nothing of one: what is there may be damaged.
    sketches = out / "work" / _SKETCHES
    linked = link_documents(
        parts_of(staging), frozenset(failed), staging, recipe, sketches, fresh=run["previous"] is None
    )
    rows = _write_tables(staging, folder, name, frozenset(failed), linked)
    before = latest_snapshot(out)
    manifest = _manifest(run | {"run_id": name}, before, recipe, check, rows, folder)
    summary = write_report(folder, manifest, run["out_as_given"])
    if (staging / "data_docs").is_dir():
        (staging / "data_docs").rename(folder / "data_docs")
    manifest = manifest.model_copy(update={"files": describe_files(folder, _rows_by_file(folder))})
    _share_with(run["previous"], folder, manifest)
    write_manifest(folder, manifest)
    _check_whole(folder, staging, run)
    counts = manifest.counts
    known = before if mends_nothing(run, manifest, folder, before) else None
    if known is not None:
        summary = (known / "summary.md").read_text(encoding="utf-8")
        notice = "what is in quarantine was read again, to the same end: nothing new was published"
    else:
        notice = replaced_notice(before, folder, run, recipe.keep_snapshots)
    published = known or swap_in(folder, out, name)
    prune(out, recipe.keep_snapshots)
    discard(staging)
    return published, counts.documents, counts.quarantined, counts.skipped, summary, notice, known is None


def _check_whole(folder: Path, staging: Path, run: dict[str, Any]) -> None:
    faults = [finding for finding in verify_snapshot(folder, staging) if finding.fault]
    if faults:
        raise BrokenSnapshot(
            f"the staged snapshot is not whole: {faults[0].check}: {faults[0].fault}; nothing was published. Where the "
            f"snapshot before it is damaged (`cleaning verify {run['out_as_given']}`), run with --full"
        )


def _share_with(previous: str | None, folder: Path, manifest: Manifest) -> None:
    """Files that did not change since the snapshot that the run built on are on disk once.

    A run that built on none takes no file of one either: what is there may be damaged.
    """
    if previous is not None:
        with suppress(BrokenSnapshot):
            known = {file.path: file.sha256 for file in read_manifest(Path(previous)).files}
            share_files(folder, Path(previous), {file.path: file.sha256 for file in manifest.files}, known)


def _reject_failed(staging: Path, failed: dict[str, list[str]], whys: dict[str, str]) -> None:
    """A part with the quarantine rows of documents that failed an expectation, and their sources' outcome."""
    run = read_json(staging / RUN_FILE)
    quarantine: list[dict[str, Any]] = []
    sources: list[dict[str, Any]] = []
    for part in parts_of(staging):
        documents = read_part(part, "documents")
        wanted = pa.array(sorted(failed), pa.string())
        columns = ["id", "source", "text", "media_type", "raw_sha256"]
        hits = documents.select(columns).filter(pc.is_in(documents["id"], value_set=wanted))
        quarantine += [_failed_row(row, failed[row["id"]], whys, run["started_at"]) for row in hits.to_pylist()]
        index = read_part(part, "sources")
        for row in index.filter(pc.is_in(index["id"], value_set=wanted)).to_pylist():
            sources.append(row | {"outcome": "quarantined", "reason": str(Reason.FAILED_EXPECTATION)})
    sizes = {row["id"]: row["size_bytes"] for row in sources}
    rows = {"quarantine": [row | {"size_bytes": sizes.get(row["id"])} for row in quarantine], "sources": sources}
    tables = {name: pa.Table.from_pylist(rows.get(name, []), staged_schema(name)) for name in STAGED_TABLES}
    write_tables(staging / "failed", tables)


def _failed_row(row: dict[str, Any], expectations: list[str], whys: dict[str, str], started_at: str) -> dict[str, Any]:
    faults = "; ".join(f"{name}: {whys.get(name, '')}" for name in expectations)
    return {
        "id": row["id"],
        "source": row["source"],
        "stage": str(Stage.CHECK),
        "reason": str(Reason.FAILED_EXPECTATION),
        "detail": f"{faults} Look at the document, or change the expectation in the suite.",
        "failed_expectations": expectations,
        "preview": row["text"][:200],
        "media_type": row["media_type"],
        "raw_sha256": row["raw_sha256"],
        "ingested_at": datetime.fromisoformat(started_at),
    }


def _write_tables(staging: Path, folder: Path, snapshot: str, failed: frozenset[str], linked: Linked) -> dict[str, int]:
    parts = parts_of(staging)
    extra = [staging / "failed"] if failed else []
    metadata = {"schema_version": SCHEMA_VERSION, "rules_version": rules_version(), "snapshot": snapshot}
    rows = {
        "documents": write_sorted(
            "documents", parts, folder / "documents", metadata, drop=failed, amend=lambda table: _link(table, linked)
        ),
        "removals": write_sorted("removals", parts, folder / "removals", metadata, drop=failed),
    }
    for name in ("quarantine", "sources"):
        # Rows of failed documents are dropped from the parts and come back from the part of the failed.
        rows[name] = _write_with_failed(name, parts, extra, folder / name, metadata, failed)
    (folder / "relations").mkdir(parents=True)
    schema = published_schema("relations", metadata)
    write_parquet(folder / "relations" / part_name(0, snapshot), linked.relations.cast(schema))
    counts = [staging / TEMPLATES]
    return rows | {
        "relations": len(linked.relations),
        "templates": write_sorted("templates", counts, folder / "templates", metadata),
    }


def _write_with_failed(
    name: str, parts: list[Path], extra: list[Path], folder: Path, metadata: dict[str, str], failed: frozenset[str]
) -> int:
    if not failed:
        return write_sorted(name, parts, folder, metadata)
    kept = []
    for index, part in enumerate(parts):
        rows = read_part(part, name)
        rows = rows.filter(pc.invert(pc.is_in(rows["id"], value_set=pa.array(sorted(failed), pa.string()))))
        place = part.parent.parent / "kept" / f"{name}-{index:05d}"
        write_tables(place, {name: rows})
        kept.append(place)
    return write_sorted(name, [*kept, *extra], folder, metadata)


def _link(table: pa.Table, linked: Linked) -> pa.Table:
    """The documents of one file with ``duplicate_of`` and ``story_id`` filled."""
    ids = table["id"].to_pylist()
    originals = [linked.duplicates.get(key) for key in ids]
    stories = [linked.stories.get(key, key) for key in ids]
    for name, values in (("duplicate_of", originals), ("story_id", stories)):
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.string()))
    return table


def _rows_by_file(folder: Path) -> dict[str, int]:
    import pyarrow.parquet as pq

    return {path.relative_to(folder).as_posix(): pq.read_metadata(path).num_rows for path in folder.rglob("*.parquet")}


def _manifest(
    run: dict[str, Any],
    before: Path | None,
    recipe: Recipe,
    check: dict[str, Any],
    rows: dict[str, int],
    folder: Path,
) -> Manifest:
    """The manifest of the staged snapshot; ``before``: the published one, also of a run that builds on none."""
    outcomes = _outcomes(folder)
    counts = Counts(
        sources=rows["sources"] - outcomes["container"],
        files=run["sources"],
        documents=rows["documents"],
        quarantined=rows["quarantine"],
        skipped=outcomes["skipped"],
        removals=rows["removals"],
        relations=rows["relations"],
        templates=rows["templates"],
        new=run["to_clean"] - run["again"],
        again=run["again"],
        anew=run["anew"],
        unchanged=run["unchanged"],
        gone=run["gone"],
    )
    return Manifest(
        snapshot=run["run_id"],
        created_at=datetime.fromisoformat(run["started_at"]),
        previous=before.name if before else None,
        schema_version=SCHEMA_VERSION,
        rules_version=rules_version(),
        engine=run["engine"],
        inputs=tuple(run["inputs"]),
        recipe=recipe.model_dump(mode="json"),
        versions=library_versions(),
        counts=counts,
        check={"results": check["results"], "failed_rows": len(check["failed"])},
        files=(),
    )


def _outcomes(folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for rows in scan_table(folder, "sources", ["outcome"]):
        found.update(rows["outcome"].cast(pa.string()).to_pylist())
    return found
