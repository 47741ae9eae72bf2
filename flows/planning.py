"""What a run has to do: what is new, changed and gone, cut into chunks of work."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cleaning.freshness import engine_digest
from cleaning.ingest import Found, find_sources
from cleaning.publish.manifest import read_manifest
from cleaning.publish.snapshot import latest_snapshot, staging_folder
from cleaning.recipe import Recipe
from cleaning.records import Reason, Source

RUN_FILE, FOUND_FILE, CARRIED_FILE, PARTS = "run.json", "found.json", "carried.json", "parts"

# Reasons of quarantine that hang on what was cut out of the text.
_JUDGED_BY_TEXT = frozenset({Reason.FAILED_EXPECTATION, Reason.MOSTLY_BOILERPLATE, Reason.UNWANTED_LANGUAGE})


@dataclass(frozen=True, slots=True)
class Delta:
    """Sources to read, ids whose published rows stay, and how many are gone or changed in the ledger.

    ``unseen`` of the rows that stay are of sources in folders that cannot be listed now.
    """

    to_clean: tuple[tuple[Source, str], ...]
    carried: tuple[str, ...]
    gone: int
    ledger_changes: int
    unseen: int = 0


def compare(found: Found, out: Path, engine: str, *, full: bool) -> tuple[Delta, Path | None]:
    """What differs from the published snapshot, and that snapshot where its rows may be carried over.

    Raises:
        BrokenSnapshot: the published snapshot cannot be read.
    """
    snapshot = latest_snapshot(out)
    ledger = {item.id: str(item.reason) for item in found.rejections} | {item.id: item.reason for item in found.skips}
    if snapshot is None or read_manifest(snapshot).engine != engine:
        return Delta(found.sources, (), 0, len(ledger)), None
    from cleaning.publish.index import read_index

    index = read_index(snapshot)
    known = {source.id: index.get(source.id) for source, _ in found.sources}
    absent = {key: row.source for key, row in index.items() if key not in known and key not in ledger}
    # What is in a folder that cannot be listed is not gone: nobody can tell.
    unlisted = tuple(item.source for item in found.rejections if item.source.endswith("/"))
    unseen = {key for key, source in absent.items() if source.startswith(unlisted)}
    if full:
        delta = Delta(found.sources, tuple(sorted(unseen)), 0, len(ledger), len(unseen))
        return delta, snapshot if unseen else None
    unchanged = {
        source.id
        for source, place in found.sources
        if (row := known[source.id]) is not None and row.is_unchanged(source, place)
    }
    if len(unchanged) < len(found.sources) or len(absent) > len(unseen):
        # Their own bytes are as before, but templates of their site may not be: they are judged anew.
        unchanged -= {key for key in unchanged if (row := known[key]) is not None and row.reason in _JUDGED_BY_TEXT}
    changed = sum((row := index.get(key)) is None or row.reason != reason for key, reason in ledger.items())
    to_clean = tuple(pair for pair in found.sources if pair[0].id not in unchanged)
    carried = tuple(sorted(unchanged | unseen))
    return Delta(to_clean, carried, len(absent) - len(unseen), changed, len(unseen)), snapshot


def stage(
    found: Found, delta: Delta, previous: Path | None, inputs: Sequence[str], out: Path, recipe: Recipe, suites: bytes
) -> tuple[str, Path, tuple[Path, ...]]:
    """Lays out the staging folder of a run; returns its id, the folder and the chunk files.

    What crashed runs left behind is cleared first; the caller holds the lock on the output.
    """
    root = staging_folder(out)
    shutil.rmtree(root, ignore_errors=True)
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%S}-{sha256(f'{now.isoformat()}{os.getpid()}'.encode()).hexdigest()[:8]}"
    staging = root / run_id
    (staging / PARTS).mkdir(parents=True)
    (staging / "chunks").mkdir()
    run = {
        "run_id": run_id,
        "started_at": now.isoformat(),
        "inputs": list(inputs),
        "out": os.path.abspath(out),
        "out_as_given": str(out),
        "recipe": recipe.model_dump(mode="json"),
        "previous": str(previous) if previous else None,
        "engine": engine_digest(recipe, suites),
        "carried": list(delta.carried),
        "sources": found.total + delta.unseen,
        "to_clean": len(delta.to_clean),
        "gone": delta.gone,
    }
    write_json(staging / RUN_FILE, run)
    ledger = {
        "rejections": [asdict(item) for item in found.rejections],
        "skips": [asdict(item) for item in found.skips],
    }
    write_json(staging / FOUND_FILE, ledger)
    carried = frozenset(delta.carried)
    if carried:
        write_chunk(staging / CARRIED_FILE, [pair for pair in found.sources if pair[0].id in carried])
    chunks = []
    for number, sources in enumerate(chunked(delta.to_clean, recipe)):
        path = staging / "chunks" / f"{number:05d}.json"
        write_chunk(path, sources)
        chunks.append(path)
    return run_id, staging, tuple(chunks)


def plan_sources(inputs: Sequence[str], out: Path) -> Found:
    """Every file under the inputs but those of the output."""
    return find_sources(inputs, leave_out=out)


def write_chunk(path: Path, sources: Sequence[tuple[Source, str]]) -> None:
    """Writes the sources of one chunk with their places on disk."""
    rows = [
        [source.path, source.size_bytes, source.modified_ns, source.raw_path.hex(), place] for source, place in sources
    ]
    write_json(path, rows)


def read_chunk(path: Path) -> list[tuple[Source, str]]:
    """The sources of one chunk with their places on disk."""
    rows = read_json(path)
    return [(Source(name, size, modified, bytes.fromhex(raw)), place) for name, size, modified, raw, place in rows]


def write_json(path: Path, value: Any) -> None:
    """Writes a JSON file in one step; names that are not UTF-8 survive as escapes."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(value, default=str), encoding="ascii")
    os.replace(partial, path)


def read_json(path: Path) -> Any:
    """The value in a JSON file."""
    return json.loads(path.read_text(encoding="ascii"))


def chunked(sources: Sequence[tuple[Source, str]], recipe: Recipe) -> Iterator[list[tuple[Source, str]]]:
    """The sources in chunks that keep the recipe's bounds."""
    chunk: list[tuple[Source, str]] = []
    size = 0
    for pair in sources:
        if chunk and (len(chunk) >= recipe.chunk_documents or size + pair[0].size_bytes > recipe.chunk_bytes):
            yield chunk
            chunk, size = [], 0
        chunk.append(pair)
        size += pair[0].size_bytes
    if chunk:
        yield chunk
