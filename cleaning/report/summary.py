"""The run in a page of Markdown: what came in, what went out, what was removed, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cleaning.publish.manifest import Manifest

_EXAMPLE_CHARS = 60
_MOST_QUARANTINED = 10


@dataclass(frozen=True, slots=True)
class KindFacts:
    """One kind of removal: how many spans, in how many documents, and the first one as an example."""

    kind: str
    action: str
    spans: int
    documents: int
    example: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a report says, read from the staged tables."""

    manifest: Manifest
    kinds: tuple[KindFacts, ...]
    languages: tuple[tuple[str, int], ...]
    words: int
    removed_chars: int
    kept_chars: int
    copies: int
    quarantined: tuple[Mapping[str, Any], ...]
    skipped: tuple[tuple[str, int], ...]


def read_facts(folder: Path, manifest: Manifest) -> Facts:
    """The facts of a staged or published snapshot."""
    columns = ["id", "language", "n_words", "n_chars", "removed_chars", "duplicate_of"]
    documents = _plain(ds.dataset(folder / "documents").to_table(columns=columns))
    reasons = _plain(ds.dataset(folder / "quarantine").to_table(columns=["source", "stage", "reason", "detail"]))
    ledger = _plain(ds.dataset(folder / "sources").to_table(columns=["outcome", "reason"]))
    skipped = ledger.filter(pc.equal(ledger["outcome"], "skipped"))
    return Facts(
        manifest=manifest,
        kinds=_kinds(folder),
        languages=_counts(documents["language"]),
        words=pc.sum(documents["n_words"]).as_py() or 0,
        removed_chars=pc.sum(documents["removed_chars"]).as_py() or 0,
        kept_chars=pc.sum(documents["n_chars"]).as_py() or 0,
        copies=len(documents) - documents["duplicate_of"].null_count,
        quarantined=tuple(reasons.slice(0, _MOST_QUARANTINED).to_pylist()),
        skipped=_counts(skipped["reason"]),
    )


def summary_text(facts: Facts, out: Path) -> str:
    """The summary as Markdown; it ends with a line break."""
    counts, check = facts.manifest.counts, facts.manifest.check
    total = facts.removed_chars + facts.kept_chars
    share = facts.removed_chars / total if total else 0.0
    lines = [
        f"# {_number(counts.documents, 'document')} published",
        "",
        f"{_number(counts.sources, 'source')} = {_number(counts.documents, 'document')}"
        f" + {counts.quarantined:,} quarantined + {counts.skipped:,} skipped."
        f" {counts.new:,} new or changed, {counts.unchanged:,} unchanged, {counts.gone:,} gone.",
        f"{facts.words:,} words kept; {share:.1%} of the characters were taken out."
        + (f" {_number(facts.copies, 'exact copy', 'exact copies')} marked in `duplicate_of`." if facts.copies else ""),
        "",
        *_removed(facts.kinds),
        "## Languages",
        "",
        ", ".join(f"{name or 'unknown'} {n:,}" for name, n in facts.languages) or "none",
        "",
        *_quarantine(facts),
        *_expectations(check),
        "## Where",
        "",
        f"- Tables: `{out / 'published' / 'latest'}` (snapshot `{facts.manifest.snapshot}`)",
        f"- Look at a document: `cleaning show ID --data {out}`; why a line went: `cleaning explain ID --data {out}`",
        "",
    ]
    return "\n".join(lines)


def _removed(kinds: Sequence[KindFacts]) -> list[str]:
    if not kinds:
        return ["## Removed", "", "Nothing: no boilerplate was found.", ""]
    rows = [
        f"| {kind.kind} | {kind.action} | {kind.spans:,} | {kind.documents:,} | {_cell(kind.example)} |"
        for kind in kinds
    ]
    head = ["| kind | action | spans | documents | for example |", "|---|---|--:|--:|---|"]
    return ["## Removed", "", *head, *rows, ""]


def _quarantine(facts: Facts) -> list[str]:
    rows = [f"- `{row['source']}`: {row['reason']} ({row['stage']}): {row['detail']}" for row in facts.quarantined]
    more = facts.manifest.counts.quarantined - len(rows)
    if more > 0:
        rows.append(f"- and {more:,} more in the table `quarantine`")
    ledger = [f"- skipped: {name}: {n:,}" for name, n in facts.skipped]
    return ["## Quarantined and skipped", "", *(rows + ledger or ["Nothing: every source became a document."]), ""]


def _expectations(check: Mapping[str, Any]) -> list[str]:
    results = check["results"]
    held = sum(result["success"] for result in results)
    lines = ["## Expectations", "", f"{held} of {len(results)} held."]
    for result in results:
        if not result["success"]:
            lines.append(
                f"- {result['table']}: {result['expectation']}({result['column']}) failed on {result['failed_rows']:,} "
                f"of {result['rows']:,} rows, which are in quarantine; for example {', '.join(result['examples'][:3])}"
            )
    return [*lines, ""]


def _kinds(folder: Path) -> tuple[KindFacts, ...]:
    rows = _plain(ds.dataset(folder / "removals").to_table(columns=["id", "kind", "action", "text"]))
    if not len(rows):
        return ()
    grouped = rows.group_by(["kind", "action"], use_threads=False).aggregate(
        [("id", "count"), ("id", "count_distinct"), ("text", "first")]
    )
    found = [
        KindFacts(row["kind"], row["action"], row["id_count"], row["id_count_distinct"], row["text_first"].strip())
        for row in grouped.to_pylist()
    ]
    return tuple(sorted(found, key=lambda fact: (-fact.spans, fact.kind, fact.action)))


def _counts(column: pa.ChunkedArray) -> tuple[tuple[str, int], ...]:
    pairs = [(row["values"] or "", row["counts"]) for row in pc.value_counts(column).to_pylist()]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _plain(table: pa.Table) -> pa.Table:
    """The table with dictionaries as plain values: grouping and counting need no more."""
    fields = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _cell(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= _EXAMPLE_CHARS else line[: _EXAMPLE_CHARS - 1] + "…"


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
