"""One document before and after, line by line, for the terminal and as an HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from cleaning.boilerplate import RULES
from cleaning.boilerplate.kept_lines import Keys, kept_key
from cleaning.extract.choice import REPEATED_WORDS
from cleaning.normalize.characters import normalize_line
from cleaning.records import Action, CleanDocument, Rejection
from cleaning.report.annotate import annotate

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem;color:#222}h2{font-size:1.1rem;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}td{vertical-align:top;padding:.15rem .6rem;"
    "border-bottom:1px solid #eee;overflow-wrap:anywhere}.gone{color:#b00020;text-decoration:line-through}"
    ".out{color:#888}.why{color:#666;font-size:.85em;width:18rem}dl{display:grid;grid-template-columns:9rem 1fr}"
    "dd{margin:0}@media(prefers-color-scheme:dark){body{background:#16181b;color:#ddd}td{border-color:#333}}"
    ".bad{color:#b00020}"
)
_FACTS = (
    *("title", "authors", "published_stated", "modified_stated", "section", "tags", "site", "url", "language"),
    *("page_kind", "extracted_by", "agencies", "contributors", "rights_holder", "rights_year", "n_words"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the raw text, what is left of it, and why the rest went; ``left`` is None where nothing is."""

    raw: str
    left: str | None
    why: str


def compare_document(
    document: CleanDocument | Rejection, raw_lines: Sequence[str], named: Keys = frozenset()
) -> list[Compared]:
    """The lines of the raw page, or of the source text where there is no page, with what became of each.

    Of a rejection, with what would have become of them; none where it was rejected before that could be told.
    ``named``: the lines that the recipe keeps.
    """
    if not document.source_text:
        return []
    lines = annotate(document.source_text, document.removals)
    became: dict[str, list[Compared]] = {}
    for line in lines:
        left = "".join(text for text, one in line.pieces if one is None or one.action == Action.FLAGGED).strip()
        why = "; ".join(f"{one.kind} · {_name(one.rule)} · {one.evidence}" for one in line.removals)
        whole = "".join(text for text, _ in line.pieces)
        if named and not why and kept_key(whole) in named:
            why = "stays: the recipe names it among keep_lines"
        row = Compared(whole, left or None, why)
        for part in (whole, *whole.split(" | ")):
            became.setdefault(_key(part), []).append(row)
    if not raw_lines:
        return [rows[0] for line in lines if (rows := became[_key("".join(text for text, _ in line.pieces))])]
    return [_of_page(raw, became) for raw in raw_lines if raw.strip()]


def _of_page(raw: str, became: dict[str, list[Compared]]) -> Compared:
    rows = became.get(_key(raw))
    if not rows and "\n" in raw:
        # Code keeps its lines.
        parts = [_of_page(line, became) for line in raw.split("\n") if line.strip()]
        left = "\n".join(part.left for part in parts if part.left)
        return Compared(raw, left or None, "; ".join(dict.fromkeys(part.why for part in parts if part.why)))
    if not rows:
        return Compared(raw, None, "left out as no part of the main content")
    found = rows[0]
    if len(rows) > 1:
        del rows[0]
    elif len(raw.split()) >= REPEATED_WORDS:
        rows[0] = Compared(raw, None, "left out: the same text stands above, and is kept once")
    return Compared(raw, found.left, found.why)


def _key(line: str) -> str:
    return normalize_line(line).removeprefix("- ").strip()


def _name(code: str) -> str:
    return next((f"{rule.code} {rule.name}" for rule in RULES if rule.code == code), code)


def facts_of(document: CleanDocument) -> Iterator[tuple[str, str]]:
    """Name and value of what is known of a document."""
    for name in _FACTS:
        value = getattr(document, name)
        if value not in (None, (), ""):
            yield name, ", ".join(value) if isinstance(value, tuple) else str(value)


def side_by_side_page(results: Sequence[tuple[str, CleanDocument | Rejection, Sequence[Compared]]]) -> str:
    """The HTML page of (source, result, lines); everything from the data is escaped."""
    parts = [
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Before and after</title><style>{_STYLE}</style>"
    ]
    for source, result, lines in results:
        parts.append(f"<h2>{escape(source)}</h2>")
        if isinstance(result, Rejection):
            parts.append(f"<p class='bad'>{escape(f'{result.stage}: {result.reason}: {result.detail}')}</p>")
        else:
            facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts_of(result))
            parts.append(f"<dl>{facts}</dl>")
        parts.append(f"<table>{''.join(map(_row, lines))}</table>")
    return "".join([*parts, "</html>\n"])


def _row(line: Compared) -> str:
    style = (
        "" if line.left == line.raw.strip() or not line.why else "out" if line.why.startswith("left out") else "gone"
    )
    return (
        f"<tr><td class='{style}'>{escape(line.raw)}</td><td>{escape(line.left or '')}</td>"
        f"<td class='why'>{escape(line.why)}</td></tr>"
    )
