"""All rules together on small texts: ``tests/cases/<origin>/*.diff``.

Header rows ``# source:`` and ``# why:``, then rows as in a rule's examples: ``- `` goes, two blanks stay.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning import clean_text
from cleaning.boilerplate.examples import parse_example

FILES = sorted((Path(__file__).parent / "cases").rglob("*.diff"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    rows = path.read_text(encoding="utf-8").splitlines()
    head = [row for row in rows if row.startswith("# ")]
    assert [row.split(":")[0] for row in head] == ["# source", "# why"], "each case says where it is from, and why"
    example = parse_example("\n".join(rows[len(head) :]))
    document = clean_text(example.source)
    assert document.text == example.left
    assert clean_text(document.text).text == document.text


def test_there_are_cases() -> None:
    assert len(FILES) >= 10
