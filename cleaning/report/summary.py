"""The run in a page of Markdown: what came in, what went out, what was removed, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.counted import counted
from cleaning.publish.manifest import Manifest
from cleaning.publish.scan import scan_table

_EXAMPLE_CHARS = 60
_MOST_QUARANTINED, _MOST_OF_A_REASON = 10, 3


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
    languages: Counter[str] = Counter()
    words = removed = kept = copies = 0
    columns = ["language", "n_words", "n_chars", "removed_chars", "duplicate_of"]
    for rows in scan_table(folder, "documents", columns):
        languages.update(value or "" for value in rows["language"].to_pylist())
        words += pc.sum(rows["n_words"]).as_py() or 0
        removed += pc.sum(rows["removed_chars"]).as_py() or 0
        kept += pc.sum(rows["n_chars"]).as_py() or 0
        copies += len(rows) - rows["duplicate_of"].null_count
    reasons = scan_table(folder, "quarantine", ["source", "stage", "reason", "detail"])
    skipped: Counter[str] = Counter()
    for rows in scan_table(folder, "sources", ["outcome", "reason"]):
        left_out = rows.filter(pc.equal(rows["outcome"].cast(pa.string()), "skipped"))
        skipped.update(reason or "" for reason in left_out["reason"].to_pylist())
    return Facts(
        manifest=manifest,
        kinds=_kinds(folder),
        languages=_counts(languages),
        words=words,
        removed_chars=removed,
        kept_chars=kept,
        copies=copies,
        quarantined=_examples(row for rows in reasons for row in rows.to_pylist()),
        skipped=_counts(skipped),
    )


def _examples(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Some rows of quarantine: the first of each reason, so that a file of bad rows hides no other, then others."""
    chosen: list[Mapping[str, Any]] = []
    others: list[Mapping[str, Any]] = []
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["reason"]] += 1
        (chosen if seen[row["reason"]] <= _MOST_OF_A_REASON else others).append(row)
        del others[_MOST_QUARANTINED:]
    return tuple([*chosen, *others][:_MOST_QUARANTINED])


def summary_text(facts: Facts, out: str) -> str:
    """The summary as Markdown; it ends with a line break. ``out``: where it is published, also a remote address."""
    latest = f"snapshots/{facts.manifest.snapshot}" if "://" in out else "latest"
    counts, check = facts.manifest.counts, facts.manifest.check
    total = facts.removed_chars + facts.kept_chars
    share = facts.removed_chars / total if total else 0.0
    lines = [
        f"# {counted(counts.documents, 'document')} published",
        "",
        f"{counted(counts.sources, 'source')} = {counted(counts.documents, 'document')}"
        f" + {counts.quarantined:,} quarantined + {counts.skipped:,} skipped."
        f" Files: {counts.changes}.",
        f"{facts.words:,} words kept; {share:.1%} of the characters were taken out."
        + (f" {counted(facts.copies, 'copy', 'copies')} marked in `duplicate_of`." if facts.copies else ""),
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
        f"- Tables: `{out}/published/{latest}` (snapshot `{facts.manifest.snapshot}`)",
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
    spans: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    examples: dict[tuple[str, str], str] = {}
    for rows in scan_table(folder, "removals", ["id", "kind", "action", "text"]):
        names = zip(*(rows[name].to_pylist() for name in ("id", "kind", "action")), strict=True)
        for place, (key, *kind_and_action) in enumerate(names):
            group = (kind_and_action[0], kind_and_action[1])
            if group not in examples:
                examples[group] = rows["text"][place].as_py().strip()
            spans[group] += 1
            # Rows are sorted by id.
            documents[group] += last.get(group) != key
            last[group] = key
    found = [KindFacts(*group, spans[group], documents[group], examples[group]) for group in spans]
    return tuple(sorted(found, key=lambda fact: (-fact.spans, fact.kind, fact.action)))


def _counts(counter: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))


def _cell(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= _EXAMPLE_CHARS else line[: _EXAMPLE_CHARS - 1] + "…"
