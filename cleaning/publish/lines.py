"""Staged lines: what of each document has to be known to find templates, as Arrow files.

lines.arrow   document int32, key uint64, prose_words int32, survives bool, text string; one row a distinct line
pages.arrow   id string, site string, copy_key uint64, has_templates bool; one row a document; ``document`` is its row
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cleaning.boilerplate import restore, split_page
from cleaning.boilerplate.template_marks import TEMPLATE_NAME
from cleaning.boilerplate.templates import TemplateCount, document_lines
from cleaning.dropped import main_text_of
from cleaning.publish.parts import write_tables
from cleaning.publish.read import as_removals, removals_at_hand
from cleaning.publish.scan import scan_table
from cleaning.records import CleanDocument

LINES = pa.schema(
    [
        pa.field("document", pa.int32()),
        pa.field("key", pa.uint64()),
        pa.field("prose_words", pa.int32()),
        pa.field("survives", pa.bool_()),
        pa.field("text", pa.large_string()),
    ]
)
PAGES = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("site", pa.string()),
        pa.field("copy_key", pa.uint64()),
        pa.field("has_templates", pa.bool_()),
    ]
)

# Documents whose lines are in memory at a time.
_BATCH_ROWS = 1_000

# id, site, source text without blocks outside the main text, clean text, whether templates were cut.
Page = tuple[str, str | None, str, str, bool]


def write_lines(folder: Path, documents: Sequence[CleanDocument]) -> None:
    """Writes the lines of the documents of one part."""
    _write(folder, map(_page_of, documents))


def write_published_lines(folder: Path, snapshot: Path, sites: Iterable[str | None], ids: Sequence[str]) -> list[Path]:
    """Writes the lines of the published documents with one of the ids, as far as they are of the sites; returns the
    folders, which are named for ``folder`` with a number.
    """
    wanted = set(sites)
    named = pa.array(sorted(site for site in wanted if site is not None), pa.string())
    where = pc.field("site").cast(pa.string()).isin(named)
    if None in wanted:
        where |= pc.field("site").is_null()
    where &= pc.field("id").isin(pa.array(ids, pa.string()))
    written: list[Path] = []
    with removals_at_hand(snapshot, folder.parent.parent) as removals_of:
        for batch in scan_table(snapshot, "documents", ["id", "site", "text"], where, _BATCH_ROWS):
            written.append(folder.with_name(f"{folder.name}.{len(written):05d}"))
            _write(written[-1], _published_pages(batch.to_pylist(), removals_of(batch["id"].to_pylist())))
    return written


def published_sites(snapshot: Path, without: Sequence[str]) -> set[str | None]:
    """The sites of the published documents but those with the given ids."""
    others = ~pc.field("id").isin(pa.array(without, pa.string()))
    found: set[str | None] = set()
    for batch in scan_table(snapshot, "documents", ["site"], others):
        found.update(batch["site"].cast(pa.string()).unique().to_pylist())
    return found


def read_templates(snapshot: Path) -> list[TemplateCount]:
    """The rows of ``templates`` of a snapshot."""
    columns = ["site", "text", "documents", "of_documents"]
    rows = ds.dataset(snapshot / "templates").to_table(columns=columns).to_pylist()
    return [TemplateCount(**row) for row in rows]


def template_rows(counts: Iterable[TemplateCount]) -> list[dict[str, Any]]:
    """The rows of ``templates``."""
    return [
        {
            "id": f"{one.key:016x}",
            "site": one.site,
            "text": one.text,
            "documents": one.documents,
            "of_documents": one.of_documents,
        }
        for one in counts
    ]


def _published_pages(rows: Iterable[dict[str, Any]], removed: Mapping[str, list[dict[str, Any]]]) -> Iterator[Page]:
    for row in rows:
        removals = as_removals(removed.get(row["id"], []))
        source_text = main_text_of(restore(row["text"], removals), removals)
        cut_as_template = any(removal.rule == TEMPLATE_NAME for removal in removals)
        yield row["id"], row["site"], source_text, row["text"], cut_as_template


def _page_of(document: CleanDocument) -> Page:
    main_text = main_text_of(document.source_text, document.removals)
    has_templates = any(removal.rule == TEMPLATE_NAME for removal in document.removals)
    return document.id, document.site, main_text, document.text, has_templates


def _write(folder: Path, pages: Iterable[Page]) -> None:
    heads: list[dict[str, Any]] = []
    columns: dict[str, list[Any]] = {name: [] for name in LINES.names}
    for number, (document_id, site, source_text, text, has_templates) in enumerate(pages):
        found = document_lines(site, source_text)
        left = {line.text for line in split_page(text).lines}
        heads.append({"id": document_id, "site": site, "copy_key": found.copy_key, "has_templates": has_templates})
        columns["document"] += [number] * len(found.keys)
        columns["key"] += found.keys
        columns["prose_words"] += found.prose_words
        columns["survives"] += [line in left for line in found.texts]
        columns["text"] += found.texts
    tables = {"lines": pa.table(columns, schema=LINES), "pages": pa.Table.from_pylist(heads, PAGES)}
    write_tables(folder, tables)
