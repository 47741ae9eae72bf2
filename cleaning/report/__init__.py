"""What people read of a run: the summary, the page, and the card of the data set."""

from __future__ import annotations

from pathlib import Path

from cleaning.publish.manifest import Manifest
from cleaning.report.card import dataset_card
from cleaning.report.page import report_page
from cleaning.report.summary import read_facts, summary_text


def write_report(folder: Path, manifest: Manifest, out: str) -> str:
    """Writes ``summary.md``, ``README.md`` and ``report/index.html`` into a staged snapshot; returns the summary."""
    facts = read_facts(folder, manifest)
    summary = summary_text(facts, out)
    (folder / "summary.md").write_text(summary, encoding="utf-8")
    (folder / "README.md").write_text(dataset_card(facts), encoding="utf-8")
    (folder / "report").mkdir()
    (folder / "report" / "index.html").write_text(report_page(facts, summary), encoding="utf-8")
    return summary


__all__ = ["write_report"]
