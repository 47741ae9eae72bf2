"""What a run has to do: what is new, changed and gone, cut into chunks of work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaning.freshness import engine_digest
from cleaning.ingest import Found, find_sources, may_hold_records
from cleaning.ingest.places import can_be_read, is_remote
from cleaning.publish.manifest import check_files, read_manifest
from cleaning.publish.snapshot import latest_snapshot, staging_folder
from cleaning.recipe import Recipe
from cleaning.records import Reason, Source
from flows.files import CHUNKS, LINES, PARTS, RUN_FILE, read_json, write_json
from flows.mirror import note_of
from flows.resume import Finished, finished_parts, take_over

if TYPE_CHECKING:
    from cleaning.publish.index import IndexedSource

FOUND_FILE, CARRIED_FILE = "found.json", "carried.json"

# A container of more bytes is read by several workers, each of which takes its share of the records: reading a WARC
# file costs a twentieth of cleaning what is in it.
_STRIPE_BYTES = 8_000_000
_MAX_STRIPES = 16
# Reasons of quarantine that hang on what was cut out of the text.
_JUDGED_BY_TEXT = frozenset({Reason.FAILED_EXPECTATION, Reason.MOSTLY_BOILERPLATE, Reason.UNWANTED_LANGUAGE})
# Reasons that lie with the machine and not with the file.
_OF_THE_MACHINE = frozenset({Reason.VANISHED, Reason.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Chunk:
    """One unit of work. Of a large container each of several chunks takes its ``stripe`` of the records.

    ``only``: ids of the documents that are wanted; None: all.
    """

    sources: tuple[tuple[Source, str], ...]
    stripe: int = 0
    stripes: int = 1
    only: frozenset[str] | None = None

    def wants(self, source_id: str) -> bool:
        return self.only is None or source_id in self.only


@dataclass(frozen=True, slots=True)
class Delta:
    """Sources to read, ids whose published rows stay, and how many are gone or changed in the ledger.

    ``unseen`` of the rows that stay are of sources in folders that cannot be listed now; ``again`` of those to read
    did not change, and what is in quarantine of them may come out. ``anew``: something is published, and all is read,
    whether it changed or not.
    """

    to_clean: tuple[tuple[Source, str], ...]
    carried: tuple[str, ...]
    gone: int
    ledger_changes: int
    unseen: int = 0
    unchanged: int = 0
    again: int = 0
    anew: bool = False


def compare(found: Found, out: Path, engine: str, *, full: bool, retry: bool = False) -> tuple[Delta, Path | None]:
    """What differs from the published snapshot, and that snapshot where its rows may be carried over.

    ``retry``: what is in quarantine counts as changed, with the containers that hold such records.

    Raises:
        BrokenSnapshot: the published snapshot, on which the run builds, cannot be read or is not whole.
    """
    snapshot = latest_snapshot(out)
    ledger = {item.id: str(item.reason) for item in found.rejections} | {item.id: item.reason for item in found.skips}
    # What is in a folder that cannot be listed is not gone: nobody can tell.
    unlisted = tuple(item.source for item in found.rejections if item.source.endswith("/"))
    if snapshot is None or (full and not unlisted) or read_manifest(snapshot).engine != engine:
        return Delta(found.sources, (), 0, len(ledger), anew=snapshot is not None), None
    check_files(snapshot)
    from cleaning.publish.index import read_index

    index = read_index(snapshot)
    files = {key: row for key, row in index.items() if row.container is None}
    known = {source.id: files.get(source.id) for source, _ in found.sources}
    absent = {key: row.source for key, row in files.items() if key not in known and key not in ledger}
    unseen = {key for key, source in absent.items() if source.startswith(unlisted)}
    if full:
        carried = _with_records(unseen, index)
        delta = Delta(found.sources, carried, 0, len(ledger), len(unseen), len(unseen), anew=True)
        return delta, snapshot if unseen else None
    unchanged = {
        source.id
        for source, place in found.sources
        if (row := known[source.id]) is not None and _is_unchanged(row, source, place)
    }
    unchanged |= _touched_only(found.sources, known, unchanged, snapshot)
    again = unchanged & {row.container or key for key, row in index.items() if retry and row.outcome == "quarantined"}
    if again or len(unchanged) < len(found.sources) or len(absent) > len(unseen):
        # Their own bytes are as before, but templates of their site may not be: they are judged anew.
        again |= {key for key in unchanged if (row := known[key]) is not None and row.reason in _JUDGED_BY_TEXT}
    unchanged -= again
    changed = sum((row := files.get(key)) is None or row.reason != reason for key, reason in ledger.items())
    to_clean = tuple(pair for pair in found.sources if pair[0].id not in unchanged)
    carried = _with_records(unchanged | unseen, index)
    stay = len(unchanged | unseen)
    return Delta(to_clean, carried, len(absent) - len(unseen), changed, len(unseen), stay, len(again)), snapshot


def _is_unchanged(row: IndexedSource, source: Source, place: str) -> bool:
    if is_remote(place) and row.reason == Reason.UNREADABLE and can_be_read(place):
        return False
    return row.is_unchanged(source, place)


def _touched_only(
    sources: Iterable[tuple[Source, str]],
    known: Mapping[str, IndexedSource | None],
    unchanged: set[str],
    snapshot: Path,
) -> set[str]:
    """Files on this machine of another time than before, and the same bytes: copied, or checked out, once more."""
    from cleaning.publish.index import raw_digests

    touched = {
        source.id: place
        for source, place in sources
        if source.id not in unchanged
        and (row := known[source.id]) is not None
        and row.size_bytes == source.size_bytes
        and row.reason not in _OF_THE_MACHINE
        and not is_remote(place)
    }
    digests = raw_digests(snapshot, touched)
    return {key for key, digest in digests.items() if raw_digest(touched[key]) == digest}


def raw_digest(place: str) -> str | None:
    """SHA-256 of a file on this machine; None where it cannot be read."""
    try:
        with open(place, "rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _with_records(ids: set[str], index: Mapping[str, IndexedSource]) -> tuple[str, ...]:
    """The ids with those of the records that their files hold, sorted."""
    return tuple(sorted(key for key, row in index.items() if (row.container or key) in ids))


def stage(
    found: Found, delta: Delta, previous: Path | None, inputs: Sequence[str], out: Path, recipe: Recipe, suites: bytes
) -> tuple[str, Path, tuple[Path, ...]]:
    """Lays out the staging folder of a run; returns its id, the folder and the chunk files.

    Chunks that a crashed run finished, of sources that did not change since, are taken over; the rest of what it
    left behind is cleared. The caller holds the lock on the output.
    """
    root = staging_folder(out)
    engine = engine_digest(recipe, suites)
    crashed = finished_parts(root, engine)
    now = datetime.now(UTC)
    # Names sort by age: two runs may begin within a second.
    digest = sha256(f"{now.isoformat()}{os.getpid()}".encode()).hexdigest()
    run_id = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}-{digest[:8]}"
    staging = root / run_id
    run = {
        "run_id": run_id,
        "started_at": now.isoformat(),
        "inputs": list(inputs),
        "out": os.path.abspath(out),
        "out_as_given": note_of(out)[0] or str(out),
        "recipe": recipe.model_dump(mode="json"),
        "previous": str(previous) if previous else None,
        "engine": engine,
        "carried": list(delta.carried),
        "sources": found.total + delta.unseen,
        "unchanged": delta.unchanged,
        "to_clean": len(delta.to_clean),
        "again": delta.again,
        "anew": delta.anew,
        "gone": delta.gone,
    }
    try:
        chunks = _lay_out(staging, run, found, delta, recipe, crashed)
    except BaseException:
        # Also where the run is told to stop: what is half laid out is of no use to the next one.
        shutil.rmtree(staging, ignore_errors=True)
        raise
    for left_over in root.iterdir():
        if left_over != staging:
            shutil.rmtree(left_over, ignore_errors=True)
    return run_id, staging, chunks


def _lay_out(
    staging: Path, run: Mapping[str, Any], found: Found, delta: Delta, recipe: Recipe, crashed: Finished
) -> tuple[Path, ...]:
    """Writes the files of a staging folder; returns those of the chunks."""
    (staging / PARTS).mkdir(parents=True)
    (staging / CHUNKS).mkdir()
    (staging / LINES).mkdir()
    write_json(staging / RUN_FILE, run)
    ledger = {
        "rejections": [asdict(item) for item in found.rejections],
        "skips": [asdict(item) for item in found.skips],
    }
    write_json(staging / FOUND_FILE, ledger)
    return tuple(_stage_chunks(staging, found, delta, recipe, crashed))


def _stage_chunks(staging: Path, found: Found, delta: Delta, recipe: Recipe, crashed: Finished) -> Iterator[Path]:
    """Writes the chunks of the sources to clean, and the list of those whose rows stay."""
    carried = frozenset(delta.carried)
    write_chunk(staging / CARRIED_FILE, Chunk(tuple(pair for pair in found.sources if pair[0].id in carried)))
    for number, chunk in enumerate(chunked(delta.to_clean, recipe)):
        path = staging / CHUNKS / f"{number:05d}.json"
        write_chunk(path, chunk)
        take_over(path, crashed)
        yield path


def plan_sources(inputs: Sequence[str], out: Path) -> Found:
    """Every file under the inputs but those of the output."""
    return find_sources(inputs, leave_out=out, remote_out=note_of(out)[0])


def write_chunk(path: Path, chunk: Chunk) -> None:
    """Writes a chunk: its sources with their places on disk."""
    rows = [
        [source.path, source.size_bytes, source.modified_ns, source.raw_path.hex(), place]
        for source, place in chunk.sources
    ]
    only = None if chunk.only is None else sorted(chunk.only)
    write_json(path, {"sources": rows, "stripe": [chunk.stripe, chunk.stripes], "only": only})


def read_chunk(path: Path) -> Chunk:
    """The chunk in a file."""
    found = read_json(path)
    sources = tuple(
        (Source(name, size, modified, bytes.fromhex(raw)), place)
        for name, size, modified, raw, place in found["sources"]
    )
    stripe, stripes = found["stripe"]
    return Chunk(sources, stripe, stripes, None if found["only"] is None else frozenset(found["only"]))


def chunked(
    sources: Sequence[tuple[Source, str]], recipe: Recipe, only: frozenset[str] | None = None
) -> Iterator[Chunk]:
    """The sources in chunks that keep the recipe's bounds; large containers in stripes."""
    gathered: list[tuple[Source, str]] = []
    size = 0
    for pair in sources:
        own = pair[0].size_bytes or 0
        stripes = min(_MAX_STRIPES, own // _STRIPE_BYTES + 1) if may_hold_records(pair[0].path) else 1
        if stripes > 1:
            yield from (Chunk((pair,), stripe, stripes, only) for stripe in range(stripes))
            continue
        if gathered and (len(gathered) >= recipe.chunk_documents or size + own > recipe.chunk_bytes):
            yield Chunk(tuple(gathered), only=only)
            gathered, size = [], 0
        gathered.append(pair)
        size += own
    if gathered:
        yield Chunk(tuple(gathered), only=only)
