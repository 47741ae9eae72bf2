"""The steps of a run as plain functions of paths and counts. No Prefect in here.

A run lives in one staging folder, ``<out>/work/staging/<run id>``; each step reads what the step
before wrote there and writes its own. ``clean_chunk``, ``find_templates``, ``assemble`` and ``publish`` run in worker
processes, ``check`` in the auditor's process, ``plan_run`` in the caller's.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cleaning.boilerplate import RULES
from cleaning.boilerplate.decide import select_rules
from cleaning.boilerplate.phrases import phrase_table
from cleaning.freshness import engine_digest
from cleaning.recipe import Recipe
from cleaning.records import Reason, Rejection, Skip, Stage
from expectations.suites_folder import read_suites_bytes
from flows import planning


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. ``chunks`` are files that each name the sources of one chunk."""

    run_id: str
    staging: Path
    chunks: tuple[Path, ...]
    sources: int
    to_clean: int
    unchanged: int
    gone: int
    rejected: int
    skipped: int
    ledger_changes: int

    @property
    def is_up_to_date(self) -> bool:
        """Nothing new, changed or gone since the published snapshot: there is nothing to do."""
        return not (self.to_clean or self.gone or self.ledger_changes)


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """What became of one chunk."""

    chunk: str
    sources: int
    documents: int
    rejected: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What the expectations said; details are in ``<staging>/check.json``."""

    expectations: int
    failed_suites: tuple[str, ...]
    failed_rows: int

    @property
    def passed(self) -> bool:
        return not self.failed_suites


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that readers see from now on."""

    snapshot: Path
    documents: int
    quarantined: int
    skipped: int
    summary: str


def plan_run(inputs: Sequence[str], out: Path, recipe: Recipe, *, full: bool) -> Plan:
    """The work that a run has to do, laid out in its staging folder.

    Raises:
        BadCall: an input does not exist, holds no file, or two files have one address.
        BadRecipe: the recipe names a rule that does not exist.
        BrokenRules: a phrase list cannot be read.
        BrokenSnapshot: the published snapshot cannot be read.
    """
    suites = read_suites_bytes(recipe.suites)
    # What every document would stumble over is said once, before any work.
    select_rules(RULES, recipe)
    phrase_table()
    found = planning.plan_sources(inputs, out)
    delta, previous = planning.compare(found, out, engine_digest(recipe, suites), full=full)
    run_id, staging, chunks = planning.stage(found, delta, previous, inputs, out, recipe, suites)
    return Plan(
        run_id=run_id,
        staging=staging,
        chunks=chunks,
        sources=found.total + delta.unseen,
        to_clean=len(delta.to_clean),
        unchanged=len(delta.carried),
        gone=delta.gone,
        rejected=len(found.rejections),
        skipped=len(found.skips),
        ledger_changes=delta.ledger_changes,
    )


def clean_chunk(chunk: Path) -> ChunkCounts:
    """Cleans the sources of one chunk and writes its part; a part that is there already is not made again."""
    from cleaning.clean import clean_many
    from cleaning.ingest import read_document
    from cleaning.publish.lines import write_lines
    from cleaning.publish.parts import write_part
    from cleaning.records import CleanDocument, RawDocument
    from flows.templates import LINES, templates_of

    began = time.perf_counter()
    run, recipe = _run_of(chunk.parent.parent)
    pairs = planning.read_chunk(chunk)
    templates = templates_of(chunk)
    documents: list[CleanDocument] = []
    rejections: list[Rejection] = []
    for source, place in pairs:
        raw = read_document(source, place, recipe.limits)
        results = clean_many([raw], recipe, templates) if isinstance(raw, RawDocument) else [raw]
        for result in results:
            (documents if isinstance(result, CleanDocument) else rejections).append(result)  # type: ignore[arg-type]
    started_at = datetime.fromisoformat(run["started_at"])
    if not templates:
        write_lines(chunk.parent.parent / LINES / chunk.stem, documents)
    write_part(_part_of(chunk), documents, rejections, (), [source for source, _ in pairs], started_at)
    seconds = round(time.perf_counter() - began, 3)
    return ChunkCounts(chunk.stem, len(pairs), len(documents), len(rejections), seconds)


def split_chunk(chunk: Path) -> list[Path]:
    """The chunk as chunks of one source each, to find the source that a worker dies of."""
    from flows.templates import copy_templates

    singles = []
    for number, pair in enumerate(planning.read_chunk(chunk)):
        single = chunk.with_name(f"{chunk.stem}-{number:05d}.json")
        planning.write_chunk(single, [pair])
        singles.append(single)
    copy_templates(chunk, singles)
    return singles


def reject_chunk(chunk: Path, reason: str) -> ChunkCounts:
    """Puts the sources of a chunk that no worker survives into quarantine."""
    from cleaning.publish.parts import write_part

    run, _ = _run_of(chunk.parent.parent)
    sources = [source for source, _ in planning.read_chunk(chunk)]
    detail = f"the process that cleaned it ended: {reason}; please report this file"
    rejections = [
        Rejection(source.id, source.path, Stage.CLEAN, Reason.CRASHED, detail, size_bytes=source.size_bytes)
        for source in sources
    ]
    write_part(_part_of(chunk), (), rejections, (), sources, datetime.fromisoformat(run["started_at"]))
    return ChunkCounts(chunk.stem, len(sources), 0, len(rejections), 0.0)


def find_templates(staging: Path) -> tuple[Path, ...]:
    """Finds lines that repeat over the documents of a site; the chunks of documents to clean again for them."""
    from flows.templates import stage_templates

    return stage_templates(staging)


def assemble(staging: Path) -> None:
    """Adds the parts that no worker wrote, and writes the narrow tables that the expectations read.

    Raises:
        RuntimeError: the parts do not hold each source exactly once.
    """
    from cleaning.publish.audit import write_audit_tables
    from cleaning.publish.index import carry
    from cleaning.publish.parts import write_part
    from flows.templates import drop_first_rows, recleaned

    run, _ = _run_of(staging)
    drop_first_rows(staging)
    ledger = planning.read_json(staging / planning.FOUND_FILE)
    rejections = [
        Rejection(**item | {"stage": Stage(item["stage"]), "reason": Reason(item["reason"])})
        for item in ledger["rejections"]
    ]
    skips = [Skip(**item) for item in ledger["skips"]]
    parts = staging / planning.PARTS
    write_part(parts / "found", (), rejections, skips, (), datetime.fromisoformat(run["started_at"]))
    if run["previous"]:
        again = recleaned(staging)
        carry(Path(run["previous"]), [key for key in run["carried"] if key not in again], parts / "carried")
    write_audit_tables(staging, run["sources"])


def check(staging: Path) -> CheckOutcome:
    """What the expectations say of the audit tables; the details are written to ``check.json``."""
    from expectations.check import check_tables

    _, recipe = _run_of(staging)
    return CheckOutcome(*check_tables(staging, recipe.suites, data_docs=recipe.data_docs))


def publish(staging: Path) -> Published:
    """Writes the snapshot without the rows that failed, verifies it, and swaps it in."""
    from flows.publishing import publish_staged

    return Published(*publish_staged(staging))


def discard(staging: Path) -> None:
    """Deletes what a run that did not come to its end has staged."""
    shutil.rmtree(staging, ignore_errors=True)


def _run_of(staging: Path) -> tuple[dict[str, Any], Recipe]:
    run = planning.read_json(staging / planning.RUN_FILE)
    return run, Recipe.model_validate(run["recipe"])


def _part_of(chunk: Path) -> Path:
    return chunk.parent.parent / planning.PARTS / chunk.stem
