"""What nobody foresaw befalls one document or file, and the run goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from cleaning import clean_many
from cleaning.boilerplate import find
from cleaning.boilerplate.rule import Page, Span
from cleaning.errors import BrokenRules
from cleaning.ingest.formats import reading
from cleaning.ingest.formats.record import Item, Reading
from cleaning.records import Mark, Rejection
from tests.running import run_steps
from tests.samples import STORY
from tests.test_containers import counts, dump
from tests.test_publish import faults, rows
from tests.test_templates import story


def rejected(out: Path) -> list[tuple[object, ...]]:
    return [(row["source"], row["stage"], row["reason"], row["detail"]) for row in rows(out, "quarantine")]


@pytest.fixture
def a_reader_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of JSON lines asserts what does not hold for the third document of a file."""

    def fail_at_third(stream: BinaryIO, told: Reading) -> Iterator[Item]:
        for number, item in enumerate(json.read(stream, told), start=1):
            assert number < 3, "no third row, \ud800 or not"
            yield item

    (json,) = (one for one in reading.FORMATS if ".jsonl" in one.suffixes)
    others = [one for one in reading.FORMATS if one is not json]
    monkeypatch.setattr(reading, "FORMATS", (*others, replace(json, read=fail_at_third)))


@pytest.fixture
def a_rule_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule asserts what does not hold for one town."""

    def fail_at_bath(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
        assert "Bath" not in page.text, "no such town"
        return iter(())

    rule = replace(find.RULES[0], find=fail_at_bath)
    monkeypatch.setattr(find, "RULES", (*find.RULES, rule))


@pytest.mark.usefixtures("a_reader_that_fails")
def test_a_reader_that_fails_costs_its_file(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.jsonl", [story(f"Town {n}") for n in range(5)])
    dump(tmp_path / "in", "b.jsonl", [story("Ayr")])
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    ((source, stage, reason, detail),) = rejected(tmp_path / "out")
    assert (source, stage, reason) == ("a.jsonl", "ingest", "crashed")
    assert "AssertionError: no third row" in str(detail) and "test_crashes.py, line" in str(detail)
    assert str(detail).endswith("please report this file")
    assert counts(tmp_path / "out") == (3, 5, 4, 1, 0) and faults(tmp_path / "out") == []


def test_a_reader_of_a_file_that_is_one_document_fails_for_that_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, told: Reading) -> Item:
        raise AssertionError(told.name)

    monkeypatch.setattr("cleaning.ingest.formats.front_matter.read_head", fail)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "head.md").write_text(f"---\ntitle: A bridge\n---\n{STORY[0]}\n")
    (tmp_path / "in" / "one.txt").write_text(STORY[1])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert [row[:3] for row in rejected(tmp_path / "out")] == [("head.md", "ingest", "crashed")]
    assert counts(tmp_path / "out") == (2, 2, 1, 1, 0) and faults(tmp_path / "out") == []


@pytest.mark.usefixtures("a_rule_that_fails")
def test_a_rule_that_fails_costs_its_document(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.jsonl", [story("Ayr"), story("Bath"), story("Cork")])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    ((source, stage, reason, detail),) = rejected(tmp_path / "out")
    assert (source, stage, reason) == ("a.jsonl#2", "clean", "crashed")
    assert str(detail).startswith("AssertionError: ") and str(detail).endswith("please report this file")
    (row,) = rows(tmp_path / "out", "quarantine")
    assert str(row["preview"]).startswith("The council of Bath voted") and row["raw_sha256"]
    assert counts(tmp_path / "out") == (1, 3, 2, 1, 0) and faults(tmp_path / "out") == []


@pytest.mark.usefixtures("a_rule_that_fails")
def test_the_library_goes_on_too() -> None:
    found = list(clean_many([story("Ayr"), story("Bath"), story("Cork")]))
    assert [isinstance(one, Rejection) for one in found] == [False, True, False]


@pytest.mark.parametrize("error", [BrokenRules("a phrase list is broken"), ImportError("no such library")])
def test_what_is_no_fault_of_the_document_stops_all(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
        raise error

    monkeypatch.setattr(find, "RULES", (replace(find.RULES[0], find=fail),))
    with pytest.raises(type(error)):
        list(clean_many([story("Ayr")]))
