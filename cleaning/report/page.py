"""The run's report as one HTML page that needs nothing from the network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cleaning.report.summary import Facts

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right}.bad{color:#b00020}.ok{color:#1b6e3c}"
    "@media(prefers-color-scheme:dark){body{background:#16181b;color:#ddd}td,th{border-color:#444}}"
)


def report_page(facts: Facts, summary: str) -> str:
    """The page; every value from the data is escaped."""
    title = escape(summary.splitlines()[0].lstrip("# "))
    counts, made_at = facts.manifest.counts, f"{facts.manifest.created_at:%Y-%m-%d %H:%M}"
    sources = [(name, f"{value:,}") for name, value in counts.model_dump().items()]
    kinds = [
        (fact.kind, fact.action, f"{fact.spans:,}", f"{fact.documents:,}", fact.example[:200]) for fact in facts.kinds
    ]
    languages = [(name or "unknown", f"{count:,}") for name, count in facts.languages]
    waiting = [(row["source"], row["stage"], row["reason"], row["detail"]) for row in facts.quarantined]
    results = [
        (
            "held" if result["success"] else "FAILED",
            result["table"],
            f"{result['expectation']}({result['column']})",
            f"{result['failed_rows']:,} of {result['rows']:,}",
        )
        for result in facts.manifest.check["results"]
    ]
    return "".join(
        [
            f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style>",
            f"<h1>{title}</h1><p>Snapshot {escape(facts.manifest.snapshot)}, {made_at} UTC</p>",
            "<h2>Counts</h2>" + _table(("", ""), sources),
            "<h2>Removed</h2>" + _table(("kind", "action", "spans", "documents", "for example"), kinds),
            "<h2>Languages</h2>" + _table(("language", "documents"), languages),
            "<h2>Quarantine</h2>" + _table(("source", "stage", "reason", "detail"), waiting),
            "<h2>Expectations</h2>" + _table(("", "table", "expectation", "failed rows"), results),
            "</html>\n",
        ]
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return "<p>None.</p>"
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _cell(value: str) -> str:
    style = {"held": " class='ok'", "FAILED": " class='bad'"}.get(value, "")
    number = " class='n'" if value.replace(",", "").isdigit() else style
    return f"<td{number}>{escape(value)}</td>"
