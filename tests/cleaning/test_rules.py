"""Every rule's examples, and the form of the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaning.boilerplate import RULES, Rule
from cleaning.boilerplate.examples import check_rule
from cleaning.boilerplate.phrases import normalize_phrase, phrase_table
from cleaning.errors import BrokenRules
from cleaning.report.catalogue import catalogue_text

FAMILIES = {"CR", "RL", "SU", "SH", "AD", "NV", "LG", "MD", "ME", "CO", "RP"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_come_out_as_written(rule: Rule) -> None:
    assert list(check_rule(rule)) == []


def test_codes_are_unique_and_name_their_file(root: Path) -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code) and rule.code[:2] in FAMILIES
        name = f"{rule.code.lower()}_{rule.name.replace('-', '_')}.py"
        assert (root / "cleaning/boilerplate/rules" / name).is_file(), name


def test_every_rule_file_is_in_the_tuple(root: Path) -> None:
    files = [path for path in (root / "cleaning/boilerplate/rules").glob("*.py") if path.name != "__init__.py"]
    assert len(files) == len(RULES)


def test_catalogue_is_up_to_date(root: Path) -> None:
    assert (root / "docs/rules.md").read_text(encoding="utf-8") == catalogue_text()


def test_phrases_are_listed_once_a_kind_and_in_their_normal_form() -> None:
    table = phrase_table()
    assert len(table) > 5000
    for key, rows in table.items():
        assert key and key == normalize_phrase(key)
        assert len({row.kind for row in rows}) == len(rows), rows


def test_a_broken_phrase_row_names_file_and_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from cleaning.boilerplate import phrases

    (tmp_path / "share.tsv").write_text("# head\nen\tline\tShare\nen Share\n", encoding="utf-8")
    monkeypatch.setattr(phrases, "files", lambda _: tmp_path)
    with pytest.raises(BrokenRules, match=r"share\.tsv, line 3"):
        list(phrases.phrase_rows.__wrapped__())  # type: ignore[attr-defined]
