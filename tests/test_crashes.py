"""What nobody foresaw befalls one document or file, and the run goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from cleaning import clean_many, read_recipe
from cleaning.boilerplate import find
from cleaning.boilerplate.rule import Page, Span
from cleaning.errors import BrokenRules
from cleaning.ingest.formats import reading
from cleaning.ingest.formats.record import Item, Reading
from cleaning.records import Mark, Rejection, Source
from flows import planning
from flows.settings import RunRequest
from flows.steps import Published
from flows.watch import Watch, note_death, read_blame
from flows.workshop import open_workshop
from tests.running import run_steps
from tests.samples import STORY
from tests.test_containers import counts, dump
from tests.test_publish import faults, rows
from tests.test_templates import story


def rejected(out: Path) -> list[tuple[object, ...]]:
    return [(row["source"], row["stage"], row["reason"], row["detail"]) for row in rows(out, "quarantine")]


def run_in_workers(inputs: Path, out: Path, recipe: str, workers: int = 2) -> Published:
    """What was published by worker processes, as the flow has it, without Prefect."""
    (out.parent / "recipe.toml").write_text(recipe, encoding="utf-8")
    request = RunRequest.of([str(inputs)], str(out), recipe=str(out.parent / "recipe.toml"), workers=workers)
    with open_workshop(request) as workshop:
        workshop.begin()
        for chunk in workshop.plan.chunks:
            workshop.clean(chunk)
        for chunk in workshop.find_templates():
            workshop.clean(chunk)
        workshop.assemble()
        workshop.check()
        published = workshop.publish()
    assert published is not None
    return published


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


# A row that a reader needs several seconds for.
SLOW_ROW = '{"text": "A bridge.", "parts": [' + ", ".join(['{"a": 1}'] * 4_000_000) + "]}\n"


@pytest.mark.parametrize(("batch", "stripe_bytes"), [(50, 30_000_000), (50, 100_000_000), (5_000, 100_000_000)])
def test_a_row_that_takes_too_long_leaves_the_rows_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, stripe_bytes: int
) -> None:
    """Whether parts of the rows before it were written when the worker ended or not, and by one worker or by two."""
    monkeypatch.setattr(planning, "_STRIPE_BYTES", stripe_bytes)
    path = dump(tmp_path / "in", "dump.jsonl", [story(f"Town number {n}", foot=f"Foot {n}") for n in range(130)])
    with path.open("a") as file:
        file.write(SLOW_ROW)
        file.write('{"text": "A story behind it."}\n')
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    recipe = f"chunk_documents = {batch}\ntemplate_documents = 0\n[limits]\ndocument_seconds = 1\n"
    run_in_workers(tmp_path / "in", tmp_path / "out", recipe)
    ((source, stage, reason, detail),) = rejected(tmp_path / "out")
    assert (source, stage, reason) == ("dump.jsonl", "ingest", "timed_out")
    assert "behind entry 130" in str(detail) and "limits.document_seconds" in str(detail)
    assert counts(tmp_path / "out") == (2, 132, 131, 1, 0) and faults(tmp_path / "out") == []
    assert run_steps([str(tmp_path / "in")], tmp_path / "out", read_recipe(tmp_path / "recipe.toml")) is None


# Stand for native code that crashes, in a worker that reads such a text.
_POISON = """
import os, signal, sys, unicodedata
normalize = unicodedata.normalize
def poisoned(form, text):
    if text.startswith("A poison") and sys.argv[-1] == "worker":
        os.kill(os.getpid(), signal.SIGKILL)
    return normalize(form, text)
unicodedata.normalize = poisoned
"""


def test_a_document_and_the_reading_of_its_container_kill_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_STRIPE_BYTES", 100_000_000)
    (tmp_path / "sitecustomize.py").write_text(_POISON)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = dump(tmp_path / "in", "dump.jsonl", [story("Ayr"), "A poison story.", *(story(f"B {n}") for n in range(9))])
    with path.open("a") as file:
        file.write(SLOW_ROW)
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    recipe = "chunk_documents = 4\n[limits]\ndocument_seconds = 1\n"
    run_in_workers(tmp_path / "in", tmp_path / "out", recipe)
    assert [row[:3] for row in rejected(tmp_path / "out")] == [
        ("dump.jsonl", "ingest", "timed_out"),
        ("dump.jsonl#2", "clean", "crashed"),
    ]
    assert counts(tmp_path / "out") == (2, 13, 11, 2, 0) and faults(tmp_path / "out") == []


def die_at(chunk: Path, source: Source, items: int | None) -> None:
    """A process is killed while it is at a document."""
    child = os.fork()
    if not child:
        with Watch(chunk, 0) as watch, watch.document(source, items):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_document_that_is_done_is_not_to_blame(tmp_path: Path) -> None:
    chunk, source = tmp_path / "00000.json", Source("a\nb.txt", 1, 1)
    for _ in range(3):
        child = os.fork()
        if not child:
            with Watch(chunk, 0) as watch:
                with watch.document(source):
                    pass
                os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        assert not note_death(chunk, "killed.", 9)
    assert read_blame(chunk) == {}


def test_names_of_any_signs_are_blamed_as_they_are(tmp_path: Path) -> None:
    chunk = tmp_path / "00000.json"
    record = Source("a\nb.zip", 1, 1).record("c\nd\udcff.txt", 1)
    for _ in range(2):
        die_at(chunk, record, None)
        assert note_death(chunk, "killed.", 9)
    (blame,) = read_blame(chunk).values()
    assert (blame.rejection.id, blame.rejection.source) == (record.id, record.path)
    assert blame.rejection.container == record.container


def test_a_file_that_is_read_for_hours_is_not_to_blame_for_deaths_here_and_there(tmp_path: Path) -> None:
    chunk, source = tmp_path / "00000.json", Source("a.jsonl", 1, 1)
    for items in (5, 700, 80, 9_000, 3):
        die_at(chunk, source, items)
        assert note_death(chunk, "killed.", 9)
    assert read_blame(chunk) == {}
    die_at(chunk, source, 80)
    assert note_death(chunk, "killed.", 9)
    assert read_blame(chunk)[source.id].items == 80
