"""The steps of a run as plain functions of paths and counts. No Prefect in here.

A run lives in one staging folder, ``<out>/work/staging/<run id>``; each step reads what the step
before wrote there and writes its own. ``clean_chunk``, ``find_templates``, ``assemble`` and ``publish`` run in worker
processes, ``check`` in the auditor's process, ``plan_run`` in the caller's.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

# Before pyarrow is imported, in the caller's process and in the workers: Arrow's own allocators keep what a step has
# freed, a third more memory at the peak, for no time saved.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

from cleaning.boilerplate import RULES
from cleaning.boilerplate.decide import select_rules
from cleaning.boilerplate.phrases import phrase_table
from cleaning.freshness import engine_digest
from cleaning.recipe import Recipe
from cleaning.records import Reason, Rejection, Skip, Stage
from expectations.suites_folder import check_suites as look_at_suites
from expectations.suites_folder import read_suites_bytes
from flows import planning
from flows.counts import ChunkCounts
from flows.files import PARTS, RUN_FILE, read_json


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. ``chunks`` are files that each name the sources of one chunk.

    ``again`` of those ``to_clean`` did not change, and are read for what is in quarantine of them.
    """

    run_id: str
    staging: Path
    chunks: tuple[Path, ...]
    sources: int
    to_clean: int
    again: int
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
    """The snapshot that readers see from now on; ``notice``: what is strange about it.

    ``is_new``: it was not what they saw before.
    """

    snapshot: Path
    documents: int
    quarantined: int
    skipped: int
    summary: str
    notice: str = ""
    is_new: bool = True


def plan_run(inputs: Sequence[str], out: Path, recipe: Recipe, *, full: bool, retry: bool = False) -> Plan:
    """The work that a run has to do, laid out in its staging folder.

    Raises:
        BadCall: an input does not exist, holds no file, or two files have one address.
        BadRecipe: the recipe names a rule that does not exist.
        BrokenRules: a phrase list cannot be read.
        BrokenSuite: a suite of the recipe's is not one, or names a column that is not there.
        BrokenSnapshot: the published snapshot cannot be read.
    """
    suites = read_suites_bytes(recipe.suites)
    if recipe.suites is not None:
        look_at_suites(recipe.suites)
    # What every document would stumble over is said once, before any work.
    select_rules(RULES, recipe)
    phrase_table()
    with _gives_back():
        found = planning.plan_sources(inputs, out)
        delta, previous = planning.compare(found, out, engine_digest(recipe, suites), full=full, retry=retry)
        run_id, staging, chunks = planning.stage(found, delta, previous, inputs, out, recipe, suites)
    return Plan(
        run_id=run_id,
        staging=staging,
        chunks=chunks,
        sources=found.total + delta.unseen,
        to_clean=len(delta.to_clean),
        again=delta.again,
        unchanged=delta.unchanged,
        gone=delta.gone,
        rejected=len(found.rejections),
        skipped=len(found.skips),
        ledger_changes=delta.ledger_changes,
    )


def clean_chunk(chunk: Path) -> ChunkCounts:
    """Cleans the sources of one chunk and writes its parts."""
    from flows import chunks

    return chunks.clean_chunk(chunk)


def find_templates(staging: Path) -> tuple[Path, ...]:
    """Finds lines that repeat over the documents of a site; the chunks of documents to clean again for them."""
    from flows.templates import stage_templates

    with _gives_back():
        return stage_templates(staging)


def assemble(staging: Path) -> None:
    """Adds the parts that no worker wrote, and writes the narrow tables that the expectations read.

    Raises:
        RuntimeError: the parts do not hold each source exactly once.
    """
    from cleaning.publish.audit import write_audit_tables
    from cleaning.publish.containers import settle_containers
    from cleaning.publish.index import carry
    from cleaning.publish.parts import write_part
    from flows.templates import drop_first_rows, recleaned

    with _gives_back():
        run, _ = _run_of(staging)
        parts = staging / PARTS
        drop_first_rows(staging)
        settle_containers(parts)
        ledger = read_json(staging / planning.FOUND_FILE)
        rejections = [
            Rejection(**item | {"stage": Stage(item["stage"]), "reason": Reason(item["reason"])})
            for item in ledger["rejections"]
        ]
        skips = [Skip(**item) for item in ledger["skips"]]
        write_part(parts / "found", (), rejections, skips, (), datetime.fromisoformat(run["started_at"]))
        if run["previous"]:
            again = recleaned(staging)
            carry(Path(run["previous"]), [key for key in run["carried"] if key not in again], parts / "carried")
        write_audit_tables(staging, run["sources"])


def check_suites(folder: Path) -> None:
    """Finds expectations that do not exist, or not with their arguments.

    Raises BrokenSuite.
    """
    from expectations.check import load_suites

    load_suites(folder)


def check(staging: Path) -> CheckOutcome:
    """What the expectations say of the audit tables; the details are written to ``check.json``."""
    from expectations.check import check_tables

    _, recipe = _run_of(staging)
    with _gives_back():
        return CheckOutcome(*check_tables(staging, recipe.suites, data_docs=recipe.data_docs))


def publish(staging: Path) -> Published:
    """Writes the snapshot without the rows that failed, verifies it, and swaps it in."""
    from flows.publishing import publish_staged

    with _gives_back():
        return Published(*publish_staged(staging))


def discard(staging: Path) -> None:
    """Deletes what a run that did not come to its end has staged."""
    shutil.rmtree(staging, ignore_errors=True)


def _run_of(staging: Path) -> tuple[dict[str, Any], Recipe]:
    run = read_json(staging / RUN_FILE)
    return run, Recipe.model_validate(run["recipe"])


@contextmanager
def _gives_back() -> Iterator[None]:
    """At the end of a step its process gives the memory that it no longer needs back to the system.

    Another process takes the next step, while this one waits.
    """
    try:
        yield
    finally:
        # Of the C libraries only glibc has it; what it keeps for itself can be most of what a step needed.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
