"""Raw document to clean document, whole. ``make golden`` writes the files anew; the diff is reviewed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from cleaning import CleanDocument, clean_html, clean_text
from tests.samples import PAGE

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent.parent / "seeds").iterdir())


def as_json(document: CleanDocument) -> str:
    """The document as it is published, line by line: what differs is seen at a glance."""
    row = asdict(document)
    row["text"] = document.text.split("\n")
    row["source_text"] = len(document.source_text)
    row["removals"] = [{k: v for k, v in removal.items() if k != "marks"} for removal in row["removals"]]
    return json.dumps(row, indent=1, ensure_ascii=False, default=str) + "\n"


def check(name: str, document: CleanDocument) -> None:
    path = HERE / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(as_json(document), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == as_json(document), "make golden writes it anew; review the diff"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seed(path: Path) -> None:
    check(path.stem, clean_text(path.read_text(encoding="utf-8")))


def test_page() -> None:
    check("page", clean_html(PAGE, url="https://www.example.com/news/bridge"))
