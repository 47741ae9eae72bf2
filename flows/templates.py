"""Templates of a run: found when all documents are cleaned; those that hold one are then cleaned again.

A document depends on its own bytes, the recipe and the templates of its site; the templates depend on the source
texts of the site's documents. Both are the same whether the other documents were cleaned now or in a run before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from numpy.typing import NDArray

from cleaning.boilerplate.templates import MAX_LINE_CHARS, TemplateCount, frequent_lines
from cleaning.publish.lines import published_sites, read_templates, template_rows, write_published_lines
from cleaning.publish.parts import filter_parts, read_part, whole_parts, write_tables
from cleaning.publish.schema import SCHEMAS
from cleaning.recipe import Recipe
from cleaning.records import Source
from flows import planning
from flows.files import CHUNKS, LINES, PARTS, RUN_FILE, read_json, write_json

TEMPLATES, RECLEANED = "templates", "recleaned.json"
_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class _Staged:
    """The lines of all documents that count, documents numbered through."""

    ids: list[str]
    sites: list[str | None]
    has_templates: NDArray[np.bool_]
    is_published: NDArray[np.bool_]
    owner: NDArray[np.int64]
    keys: NDArray[np.uint64]
    prose: NDArray[np.int64]
    survives: NDArray[np.bool_]
    copy_keys: NDArray[np.uint64]


def stage_templates(staging: Path) -> tuple[Path, ...]:
    """Finds the templates and lays out chunks of the documents to clean again with them; returns the chunk files."""
    run = read_json(staging / RUN_FILE)
    recipe = Recipe.model_validate(run["recipe"])
    previous = Path(run["previous"]) if run["previous"] else None
    folders = whole_parts(staging / LINES, "[0-9]*")
    sites = {site for folder in folders for site in read_part(folder, "pages")["site"].unique().to_pylist()}
    if previous:
        sites |= published_sites(previous, run["carried"])
        published = staging / LINES / _PUBLISHED
        write_published_lines(published, previous, sites, run["carried"])
        folders.append(published)
    before = read_templates(previous) if previous else []
    staged = _read_staged(folders) if folders else None
    found = _count(staged, folders, recipe.template_documents) if staged and recipe.template_documents else []
    _write_counts(staging, [*found, *(one for one in before if one.site not in sites)])
    old = {one.key: one.at_least for one in before if one.site in sites}
    new = {one.key: one.at_least for one in found}
    affected = frozenset(_affected(staged, old, new) if staged else ())
    # What lies in a folder that cannot be listed now cannot be cleaned again: its rows stay as they are.
    pairs, ids = _sources(staging, affected)
    write_json(staging / RECLEANED, ids)
    return tuple(_stage_chunks(staging, pairs, frozenset(ids), new, recipe))


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


def _read_staged(folders: Sequence[Path]) -> _Staged:
    pages = [read_part(folder, "pages") for folder in folders]
    lines = [read_part(folder, "lines") for folder in folders]
    starts = np.cumsum([0, *(len(page) for page in pages)])
    owners = [table["document"].to_numpy() + start for table, start in zip(lines, starts, strict=False)]
    whole, rows = pa.concat_tables(pages), pa.concat_tables(lines)
    return _Staged(
        ids=whole["id"].to_pylist(),
        sites=whole["site"].to_pylist(),
        has_templates=whole["has_templates"].to_numpy(),
        is_published=np.repeat([folder.name == _PUBLISHED for folder in folders], [len(page) for page in pages]),
        owner=np.concatenate(owners).astype(np.int64),
        keys=rows["key"].to_numpy(),
        prose=rows["prose_words"].to_numpy().astype(np.int64),
        survives=rows["survives"].to_numpy(),
        copy_keys=whole["copy_key"].to_numpy(),
    )


def _count(staged: _Staged, folders: Sequence[Path], minimum: int) -> list[TemplateCount]:
    """The templates of the staged documents, sorted by site and text."""
    first = np.zeros(len(staged.ids), dtype=bool)
    first[np.unique(staged.copy_keys, return_index=True)[1]] = True
    counted = first[staged.owner]
    number = {site: i for i, site in enumerate(dict.fromkeys(staged.sites))}
    sites = np.array([number[site] for site in staged.sites], dtype=np.int64)
    # Copies of a document stay in the count of documents as documents without prose: they are no evidence.
    keys, prose, owner = staged.keys[counted], staged.prose[counted], staged.owner[counted]
    chosen = frequent_lines(keys, prose, owner, sites, minimum)
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


def _affected(staged: _Staged, old: Mapping[int, int], new: Mapping[int, int]) -> list[str]:
    """Ids of the documents that would not come out as they are staged or published, given the new templates."""
    changed = [key for key in {*old, *new} if old.get(key) != new.get(key)]
    published = staged.is_published[staged.owner]
    # Lines that a rule took before templates were looked for make no difference, but where templates were cut
    # nobody can tell any more.
    matters = staged.survives | staged.has_templates[staged.owner]
    hit = (
        np.where(published, np.isin(staged.keys, np.array(changed, dtype=np.uint64)), _isin(staged.keys, new)) & matters
    )
    return sorted(staged.ids[i] for i in np.unique(staged.owner[hit]))


def _isin(keys: NDArray[np.uint64], wanted: Mapping[int, int]) -> NDArray[np.bool_]:
    return np.isin(keys, np.array(list(wanted), dtype=np.uint64))


def _write_counts(staging: Path, counts: Sequence[TemplateCount]) -> None:
    schema = SCHEMAS["templates"]
    plain = pa.schema([field.with_type(pa.string()) if field.name == "site" else field for field in schema])
    write_tables(staging / TEMPLATES, {TEMPLATES: pa.Table.from_pylist(template_rows(counts), plain)})


def _sources(staging: Path, ids: frozenset[str]) -> tuple[list[tuple[Source, str]], list[str]]:
    """The files that hold the documents with the ids, with their places on disk; and the ids that they hold."""
    if not ids:
        return [], []
    files = _files_of(staging, ids)
    # Stripes of one container name it in several chunks.
    found: dict[str, tuple[Source, str]] = {}
    for path in (*sorted((staging / CHUNKS).glob("[0-9]*.json")), staging / planning.CARRIED_FILE):
        wanted = set(files.values())
        found |= {pair[0].id: pair for pair in planning.read_chunk(path).sources if pair[0].id in wanted}
    return list(found.values()), sorted(key for key in ids if files[key] in found)


def _files_of(staging: Path, ids: frozenset[str]) -> dict[str, str]:
    """The id of the file of each document: its own, or that of the container that holds it."""
    run = read_json(staging / RUN_FILE)
    tables = [read_part(part, "sources") for part in whole_parts(staging / PARTS, "[0-9]*")]
    if run["previous"]:
        tables.append(ds.dataset(Path(run["previous"]) / "sources").to_table(columns=["id", "container"]))
    wanted = pa.array(sorted(ids), pa.string())
    files = {key: key for key in ids}
    for table in tables:
        rows = table.select(["id", "container"]).filter(pc.is_in(table["id"], value_set=wanted))
        pairs = zip(rows["id"].to_pylist(), rows["container"].to_pylist(), strict=True)
        files |= {key: container or key for key, container in pairs}
    return files


def _stage_chunks(
    staging: Path,
    pairs: Sequence[tuple[Source, str]],
    ids: frozenset[str],
    templates: Mapping[int, int],
    recipe: Recipe,
) -> Iterator[Path]:
    """Writes the chunks of the sources, with the templates beside them."""
    for number, chunk in enumerate(planning.chunked(pairs, recipe, ids)):
        path = staging / CHUNKS / f"t{number:05d}.json"
        write_json(_templates_file(path), {str(key): count for key, count in templates.items()})
        planning.write_chunk(path, chunk)
        yield path
