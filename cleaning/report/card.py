"""The data set's card: what Hugging Face reads to load the tables, and people to understand them."""

from __future__ import annotations

import pyarrow as pa

from cleaning.publish.schema import SCHEMA_VERSION, SCHEMAS
from cleaning.report.meanings import kind_table, reason_table
from cleaning.report.summary import Facts

_ABOUT = {
    "documents": "one row a document, sorted by site, published, id",
    "removals": "one row a removed, moved or flagged span, sorted by id and position",
    "relations": "one row a pair of documents that share text or tell of one event, sorted by id and other_id",
    "quarantine": "one row a source that was not published, with its reason",
    "sources": "one row a source that was met, with what became of it, and one a container of others",
    "templates": "one row a line that stands in several documents of a site, with the count",
}


def dataset_card(facts: Facts) -> str:
    """``README.md`` of a snapshot, with a ``configs`` header that names each table's files."""
    languages = [name for name, _ in facts.languages if name]
    head = ["---", "configs:"]
    for name in SCHEMAS:
        head += [f"- config_name: {name}", f"  data_files: {name}/*.parquet"]
        head += ["  default: true"] if name == "documents" else []
    if languages:
        head += ["language:", *(f"- '{name.split('-')[0]}'" for name in dict.fromkeys(languages))]
    counts = facts.manifest.counts
    body = [
        "---",
        "",
        "# Clean documents",
        "",
        f"{counts.documents:,} documents made by content-cleaning {facts.manifest.versions['content-cleaning']}; "
        f"schema {SCHEMA_VERSION}, rules {facts.manifest.rules_version}. `summary.md` says what was removed, "
        "`manifest.json` how it came about.",
        "",
        "`documents.text` with the removals of the same `id` put back at their `position` (in order, all but the "
        "flagged ones) is the normalised source text, letter by letter.",
        "",
    ]
    lists = {"removals": ("Kinds", kind_table()), "quarantine": ("Reasons", reason_table())}
    for name, schema in SCHEMAS.items():
        body += [f"## {name}", "", f"{_ABOUT[name][0].upper()}{_ABOUT[name][1:]}.", "", *column_table(schema), ""]
        if name in lists:
            title, rows = lists[name]
            body += [f"### {title}", "", *rows, ""]
    return "\n".join(head + body)


def column_table(schema: pa.Schema) -> list[str]:
    """The columns of a table as rows of Markdown."""
    rows = ["| column | type | meaning |", "|---|---|---|"]
    for field in schema:
        kind = _short(field.type) + (", may be null" if field.nullable else "")
        rows.append(f"| {field.name} | {kind} | {field.metadata[b'description'].decode()} |")
    return rows


def _short(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return "string (dictionary)"
    if pa.types.is_list(kind):
        return f"list of {_short(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "struct of " + ", ".join(f"{field.name} {_short(field.type)}" for field in kind)
    return str(kind)
