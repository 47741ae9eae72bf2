"""One chunk of work: its sources read one by one, cleaned batch by batch, each batch written as one part.

A batch is cut by what is read, not by what comes of it, so its part is the same at every attempt, and one that is
there already is not made again. A document that its worker dies of is found by what the worker noted of it; a file
that it dies of while it reads is read again up to there, in the same batches.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cleaning.clean import clean_many, warm_up
from cleaning.ingest import read_source
from cleaning.ingest.find_remote import storable_ns
from cleaning.ingest.places import is_remote
from cleaning.publish.lines import write_lines
from cleaning.publish.parts import Contents, read_part, whole_parts, write_part
from cleaning.recipe import Recipe
from cleaning.records import CleanDocument, RawDocument, Rejection, Skip, Source
from flows import planning
from flows.counts import ChunkCounts
from flows.files import LINES, PARTS, RUN_FILE, read_json
from flows.templates import templates_of
from flows.watch import Blame, Watch, bounded_memory, read_blame

# Records of a container that follow one another go to the same stripe: they are often alike.
_STRIPE_RECORDS = 50

Item = RawDocument | Rejection | Skip | Contents
_Kind = TypeVar("_Kind")


@dataclass(slots=True)
class _Batch:
    """What one part is made from."""

    items: list[Item] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    size_bytes: int = 0


def clean_chunk(path: Path) -> ChunkCounts:
    """Cleans the sources of one chunk and writes its parts; a part that is there already is not made again."""
    began = time.perf_counter()
    run = read_json(path.parent.parent / RUN_FILE)
    recipe = Recipe.model_validate(run["recipe"])
    chunk, blame, templates = planning.read_chunk(path), read_blame(path), templates_of(path)
    started_at = datetime.fromisoformat(run["started_at"])
    sources = documents = rejected = 0
    limits = recipe.limits
    warm_up()
    with bounded_memory(limits.worker_bytes), Watch(path, limits.document_seconds) as watch:
        for number, batch in enumerate(_batches(chunk, recipe, blame, watch)):
            part = path.parent.parent / PARTS / f"{path.stem}.{number:05d}"
            if not part.exists():
                cleaned = _clean(batch.items, recipe, templates, blame, watch)
                if not templates:
                    write_lines(path.parent.parent / LINES / part.name, cleaned[0])
                write_part(part, *cleaned, batch.sources, started_at, _of(batch.items, Contents))
                documents, rejected = documents + len(cleaned[0]), rejected + len(cleaned[1])
            sources += sum(not isinstance(item, Contents) for item in batch.items)
    lost = _write_lost(path, chunk, blame, started_at)
    sources, rejected = sources + lost, rejected + lost
    return ChunkCounts(path.stem, sources, documents, rejected, round(time.perf_counter() - began, 3))


def _batches(chunk: planning.Chunk, recipe: Recipe, blame: Mapping[str, Blame], watch: Watch) -> Iterator[_Batch]:
    batch = _Batch()
    for source, place in chunk.sources:
        for item, its_source in _items(source, place, chunk, recipe, blame, watch):
            batch.items.append(item)
            batch.sources.append(its_source)
            batch.size_bytes += len(item.data) if isinstance(item, RawDocument) else 0
            if len(batch.items) >= recipe.chunk_documents or batch.size_bytes >= recipe.chunk_bytes:
                yield batch
                batch = _Batch()
    if batch.items:
        yield batch


def _items(
    source: Source, place: str, chunk: planning.Chunk, recipe: Recipe, blame: Mapping[str, Blame], watch: Watch
) -> Iterator[tuple[Item, Source]]:
    """What the chunk takes of one file, with the source of each; after the records of a container its contents."""
    records, has_own, missing = 0, False, set(chunk.only or ())
    end = blame[source.id].items if source.id in blame else None
    for item in watch.read(source, read_source(source, place, recipe.limits, recipe.fields), end):
        its_source = item.source if isinstance(item, RawDocument) else _source_of(item, source)
        if its_source.container is None:
            has_own = True
            is_ours = chunk.stripe == 0
        else:
            is_ours = records // _STRIPE_RECORDS % chunk.stripes == chunk.stripe
            records += 1
        if is_ours and chunk.wants(its_source.id):
            yield item, its_source
        missing.discard(its_source.id)
        if chunk.only is not None and not missing:
            return  # what follows is not wanted, and may be what a worker died of before
    if end is None and chunk.stripe == 0 and chunk.only is None and (records or not has_own):
        yield Contents(source.id, records, not has_own, None if has_own else _digest(source, place)), source


def _digest(source: Source, place: str) -> str | None:
    """SHA-256 of a file on this machine that was read; None where it is no longer the one that was planned."""
    if is_remote(place):
        return None
    digest = planning.raw_digest(place)
    try:
        status = os.stat(place)
    except OSError:
        return None
    is_same = (status.st_size, storable_ns(status.st_mtime_ns)) == (source.size_bytes, source.modified_ns)
    return digest if is_same else None


def _source_of(item: Rejection | Skip, file: Source) -> Source:
    if item.container is None:
        return file
    size = item.size_bytes if isinstance(item, Rejection) else None
    return Source(item.source, size, file.modified_ns, b"", item.container)


def _clean(
    items: Sequence[Item], recipe: Recipe, templates: Mapping[int, int], blame: Mapping[str, Blame], watch: Watch
) -> tuple[list[CleanDocument], list[Rejection], list[Skip]]:
    documents: list[CleanDocument] = []
    rejections = _of(items, Rejection)
    for raw in _of(items, RawDocument):
        known = blame.get(raw.source.id)
        if known is not None and known.items is None:
            rejections.append(known.rejection)
            continue
        with watch.document(raw.source):
            (result,) = clean_many([raw], recipe, templates)
        (documents if isinstance(result, CleanDocument) else rejections).append(result)  # type: ignore[arg-type]
    return documents, rejections, _of(items, Skip)


def _write_lost(path: Path, chunk: planning.Chunk, blame: Mapping[str, Blame], started_at: datetime) -> int:
    """Writes one more part for files that workers died of while they read them; returns how many there are.

    Not among the batches: those of the records before are there, or are made, whatever the reading ended with.
    """
    if chunk.stripe:
        return 0
    sources = {source.id: source for source, _ in chunk.sources if chunk.wants(source.id)}
    lost = {key for key in blame.keys() & sources.keys() if blame[key].items is not None}
    parts = path.parent.parent / PARTS
    for part in whole_parts(parts, f"{path.stem}.[0-9]*") if lost else ():
        # What is one document may have been read before the worker died behind it.
        lost.difference_update(read_part(part, "sources")["id"].to_pylist())
    if lost:
        rejections = [blame[key].rejection for key in sorted(lost)]
        write_part(parts / f"{path.stem}.lost", (), rejections, (), [sources[key] for key in sorted(lost)], started_at)
    return len(lost)


def _of(items: Sequence[object], kind: type[_Kind]) -> list[_Kind]:
    return [item for item in items if isinstance(item, kind)]
