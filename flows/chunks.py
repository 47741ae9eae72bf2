"""One chunk of work: its sources read one by one, cleaned batch by batch, each batch written as one part.

A batch is cut by what is read, not by what comes of it, so its part is the same at every attempt, and one that is
there already is not made again. A document that its worker dies of is found by what the worker noted of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cleaning.clean import clean_many, warm_up
from cleaning.ingest import read_source
from cleaning.publish.lines import write_lines
from cleaning.publish.parts import Contents, write_part
from cleaning.recipe import Recipe
from cleaning.records import CleanDocument, RawDocument, Rejection, Skip, Source
from flows import planning
from flows.counts import ChunkCounts
from flows.files import LINES, PARTS, RUN_FILE, read_json
from flows.templates import templates_of
from flows.watch import Watch, bounded_memory, read_blame

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
    return ChunkCounts(path.stem, sources, documents, rejected, round(time.perf_counter() - began, 3))


def _batches(chunk: planning.Chunk, recipe: Recipe, blame: Mapping[str, Rejection], watch: Watch) -> Iterator[_Batch]:
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
    source: Source, place: str, chunk: planning.Chunk, recipe: Recipe, blame: Mapping[str, Rejection], watch: Watch
) -> Iterator[tuple[Item, Source]]:
    """What the chunk takes of one file, with the source of each; after the records of a container its contents."""
    if source.id in blame:
        if chunk.stripe == 0:
            yield blame[source.id], source
        return
    records, has_own = 0, False
    reader = read_source(source, place, recipe.limits, recipe.fields)
    while (item := watch.next_item(source, reader)) is not None:
        its_source = item.source if isinstance(item, RawDocument) else _source_of(item, source)
        if its_source.container is None:
            has_own = True
            is_ours = chunk.stripe == 0
        else:
            is_ours = records // _STRIPE_RECORDS % chunk.stripes == chunk.stripe
            records += 1
        if is_ours and chunk.wants(its_source.id):
            yield item, its_source
    if chunk.stripe == 0 and chunk.only is None and (records or not has_own):
        yield Contents(source.id, records, is_whole=not has_own), source


def _source_of(item: Rejection | Skip, file: Source) -> Source:
    if item.container is None:
        return file
    size = item.size_bytes or 0 if isinstance(item, Rejection) else 0
    return Source(item.source, size, file.modified_ns, b"", item.container)


def _clean(
    items: Sequence[Item], recipe: Recipe, templates: Mapping[int, int], blame: Mapping[str, Rejection], watch: Watch
) -> tuple[list[CleanDocument], list[Rejection], list[Skip]]:
    documents: list[CleanDocument] = []
    rejections = _of(items, Rejection)
    for raw in _of(items, RawDocument):
        if raw.source.id in blame:
            rejections.append(blame[raw.source.id])
            continue
        with watch.document(raw.source):
            (result,) = clean_many([raw], recipe, templates)
        (documents if isinstance(result, CleanDocument) else rejections).append(result)  # type: ignore[arg-type]
    return documents, rejections, _of(items, Skip)


def _of(items: Sequence[object], kind: type[_Kind]) -> list[_Kind]:
    return [item for item in items if isinstance(item, kind)]
