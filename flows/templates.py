"""Templates of a run: found when all documents are cleaned; those that hold one are then cleaned again.

A document depends on its own bytes, the recipe and the templates of its site; the templates depend on the source
texts of the site's documents. Both are the same whether the other documents were cleaned now or in a run before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cleaning.boilerplate.templates import MAX_LINE_CHARS, TemplateCount, frequent_lines
from cleaning.publish.line_keys import deal_keys
from cleaning.publish.lines import published_sites, read_templates, template_rows, write_published_lines
from cleaning.publish.parts import filter_parts, read_part, whole_parts, write_tables
from cleaning.publish.scan import scan_table
from cleaning.publish.schema import SCHEMAS
from cleaning.recipe import Recipe
from cleaning.records import Source
from flows import planning
from flows.files import CHUNKS, LINES, PARTS, RUN_FILE, read_json, write_json

TEMPLATES, RECLEANED = "templates", "recleaned.json"
_PUBLISHED, _KEYS = "published", "keys"


def stage_templates(staging: Path) -> tuple[Path, ...]:
    """Finds the templates and lays out chunks of the documents to clean again with them; returns the chunk files."""
    run = read_json(staging / RUN_FILE)
    recipe = Recipe.model_validate(run["recipe"])
    previous = Path(run["previous"]) if run["previous"] else None
    folders = whole_parts(staging / LINES, "[0-9]*")
    sites = {site for folder in folders for site in read_part(folder, "pages")["site"].unique().to_pylist()}
    if previous:
        sites |= published_sites(previous, run["carried"])
        folders += write_published_lines(staging / LINES / _PUBLISHED, previous, sites, run["carried"])
    before = read_templates(previous) if previous else []
    found = _count(staging, folders, recipe.template_documents) if folders and recipe.template_documents else []
    _write_counts(staging, [*found, *(one for one in before if one.site not in sites)])
    old = {one.key: one.at_least for one in before if one.site in sites}
    new = {one.key: one.at_least for one in found}
    # What lies in a folder that cannot be listed now cannot be cleaned again: its rows stay as they are.
    pairs, files = _sources(staging, frozenset(_affected(folders, old, new)))
    write_json(staging / RECLEANED, sorted(files))
    return tuple(_stage_chunks(staging, pairs, files, new, recipe))


def templates_of(chunk: Path) -> Mapping[int, int]:
    """The templates that the documents of a chunk are cleaned with: documents that hold a line, by its key."""
    path = _templates_file(chunk)
    return {int(key): count for key, count in read_json(path).items()} if path.exists() else {}


def recleaned(staging: Path) -> frozenset[str]:
    """Ids of the documents that were cleaned again; what was staged of them before does not count."""
    path = staging / RECLEANED
    return frozenset(read_json(path)) if path.exists() else frozenset()


def drop_first_rows(staging: Path) -> None:
    """Takes what was staged of documents before they were cleaned again out of the parts."""
    again = pa.array(sorted(recleaned(staging)), pa.string())
    if len(again):
        filter_parts(
            whole_parts(staging / PARTS, "[0-9]*"), lambda rows: pc.invert(pc.is_in(rows["id"], value_set=again))
        )


def _templates_file(chunk: Path) -> Path:
    return chunk.with_suffix(".templates")


def _count(staging: Path, folders: Sequence[Path], minimum: int) -> list[TemplateCount]:
    """The templates of the staged documents, sorted by site and text."""
    pages = [read_part(folder, "pages") for folder in folders]
    starts = [0, *accumulate(map(len, pages))]
    number: dict[str | None, int] = {}
    names = (site for page in pages for site in page["site"].to_pylist())
    sites = np.fromiter((number.setdefault(site, len(number)) for site in names), np.int64, starts[-1])
    # Copies of a document stay in the count of documents as documents without prose: they are no evidence.
    first = np.zeros(starts[-1], dtype=bool)
    first[np.unique(np.concatenate([page["copy_key"].to_numpy() for page in pages]), return_index=True)[1]] = True
    del pages
    buckets = deal_keys(folders, starts, first, staging / _KEYS)
    chosen = frequent_lines(buckets, sites, minimum)
    shutil.rmtree(staging / _KEYS)
    counts = {key: (n, size) for key, n, size in zip(*(part.tolist() for part in chosen), strict=True)}
    texts = _texts(folders, chosen[0])
    found = [TemplateCount(*texts[key], *counts[key]) for key in counts if key in texts]
    return sorted(found, key=lambda one: (one.site or "", one.text))


def _texts(folders: Sequence[Path], keys: NDArray[np.uint64]) -> dict[int, tuple[str | None, str]]:
    """Site and text of each key; none for lines that are too long."""
    wanted, found = pa.array(keys, pa.uint64()), {}
    for folder in folders:
        rows = read_part(folder, "lines")
        rows = rows.filter(pc.is_in(rows["key"], value_set=wanted)).select(["document", "key", "text"])
        sites = read_part(folder, "pages")["site"].take(rows["document"]).to_pylist()
        for site, key, text in zip(sites, rows["key"].to_pylist(), rows["text"].to_pylist(), strict=True):
            if len(text) <= MAX_LINE_CHARS:
                found[key] = (site, text)
    return found


def _affected(folders: Sequence[Path], old: Mapping[int, int], new: Mapping[int, int]) -> Iterator[str]:
    """Ids of the documents that would not come out as they are staged or published, given the new templates."""
    changed = _keys(key for key in {*old, *new} if old.get(key) != new.get(key))
    all_new = _keys(new)
    for folder in folders:
        lines, pages = read_part(folder, "lines"), read_part(folder, "pages")
        hit = np.isin(lines["key"].to_numpy(), changed if folder.name.startswith(_PUBLISHED) else all_new)
        owner = lines["document"].to_numpy()[hit]
        # Lines that a rule took before templates were looked for make no difference, but where templates were cut
        # nobody can tell any more.
        matters = lines["survives"].to_numpy()[hit] | pages["has_templates"].to_numpy()[owner]
        yield from pages["id"].take(pa.array(np.unique(owner[matters]))).to_pylist()


def _keys(keys: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(sorted(keys), dtype=np.uint64)


def _write_counts(staging: Path, counts: Sequence[TemplateCount]) -> None:
    schema = SCHEMAS["templates"]
    plain = pa.schema([field.with_type(pa.string()) if field.name == "site" else field for field in schema])
    write_tables(staging / TEMPLATES, {TEMPLATES: pa.Table.from_pylist(template_rows(counts), plain)})


def _sources(staging: Path, ids: frozenset[str]) -> tuple[list[tuple[Source, str]], dict[str, str]]:
    """The files that hold the documents with the ids, with their places on disk; and the ids that they hold, each with
    the id of its file.
    """
    if not ids:
        return [], {}
    files = _files_of(staging, ids)
    wanted = set(files.values())
    # Stripes of one container name it in several chunks.
    found: dict[str, tuple[Source, str]] = {}
    for path in (*sorted((staging / CHUNKS).glob("[0-9]*.json")), staging / planning.CARRIED_FILE):
        found |= {pair[0].id: pair for pair in planning.read_chunk(path).sources if pair[0].id in wanted}
    return list(found.values()), {key: file for key, file in files.items() if file in found}


def _files_of(staging: Path, ids: frozenset[str]) -> dict[str, str]:
    """The id of the file of each document: its own, or that of the container that holds it."""
    previous = read_json(staging / RUN_FILE)["previous"]
    wanted = pa.array(sorted(ids), pa.string())
    staged = (read_part(part, "sources").select(["id", "container"]) for part in whole_parts(staging / PARTS, "[0-9]*"))
    columns = ["id", "container"]
    published = scan_table(Path(previous), "sources", columns, pc.field("id").isin(wanted)) if previous else ()
    files = {key: key for key in ids}
    for table in (*(rows.filter(pc.is_in(rows["id"], value_set=wanted)) for rows in staged), *published):
        pairs = zip(table["id"].to_pylist(), table["container"].to_pylist(), strict=True)
        files |= {key: container or key for key, container in pairs}
    return files


def _stage_chunks(
    staging: Path,
    pairs: Sequence[tuple[Source, str]],
    files: Mapping[str, str],
    templates: Mapping[int, int],
    recipe: Recipe,
) -> Iterator[Path]:
    """Writes the chunks of the sources, with the templates beside them; ``files``: the wanted ids with their files'."""
    inside: dict[str, list[str]] = {}
    for key, file in files.items():
        inside.setdefault(file, []).append(key)
    for number, chunk in enumerate(planning.chunked(pairs, recipe)):
        path = staging / CHUNKS / f"t{number:05d}.json"
        write_json(_templates_file(path), {str(key): count for key, count in templates.items()})
        only = frozenset(key for source, _ in chunk.sources for key in inside[source.id])
        planning.write_chunk(path, replace(chunk, only=only))
        yield path
