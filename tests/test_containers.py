"""Runs over files that hold many documents: the same rows however they are read, and nothing lost where they break."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from pathlib import Path

import pytest

from cleaning.publish.manifest import read_manifest
from cleaning.publish.snapshot import latest_snapshot
from cleaning.recipe import Recipe
from flows import planning, steps
from tests.running import run_steps
from tests.test_publish import faults, rows
from tests.test_templates import FOOT, story

TABLES = ("documents", "removals", "relations", "quarantine", "sources", "templates")


def counts(out: Path) -> tuple[int, int, int, int, int]:
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    found = read_manifest(snapshot).counts
    return found.files, found.sources, found.documents, found.quarantined, found.skipped


def dump(folder: Path, name: str, texts: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    data = "".join(json.dumps({"text": text, "n": n}) + "\n" for n, text in enumerate(texts)).encode()
    (folder / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return folder / name


def test_records_are_documents_with_addresses_of_their_own(tmp_path: Path) -> None:
    dump(tmp_path / "in", "dump.jsonl.gz", [story("Ayr"), "", story("Bath")])
    (tmp_path / "in" / "one.txt").write_text(story("Cork", foot="The end of it is open."))
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert counts(tmp_path / "out") == (2, 4, 3, 1, 0) and faults(tmp_path / "out") == []
    found = {row["source"]: row for row in rows(tmp_path / "out", "documents")}
    assert set(found) == {"dump.jsonl.gz#1", "dump.jsonl.gz#3", "one.txt"}
    assert found["dump.jsonl.gz#3"]["extra"] == [{"key": "n", "value": "2"}]
    ledger = {row["source"]: row for row in rows(tmp_path / "out", "sources")}
    container = ledger["dump.jsonl.gz"]
    assert (container["outcome"], container["records"]) == ("container", 3)
    assert ledger["dump.jsonl.gz#2"]["outcome"] == "quarantined"
    assert ledger["dump.jsonl.gz#2"]["container"] == container["id"]


def test_what_was_not_read_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        for name, data in {"a.txt": story("Ayr"), "empty.txt": "", "b.png": "x"}.items():
            archive.writestr(name, data)
    dump(tmp_path / "in", "b.jsonl", [story("Bath"), ""])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    sizes = {row["source"]: row["size_bytes"] for row in rows(tmp_path / "out", "sources")}
    assert {name: size for name, size in sizes.items() if not size} == {
        "a.zip#empty.txt": 0,
        "a.zip#b.png": None,
        "b.jsonl#2": None,
    }
    quarantined = {row["source"]: row["size_bytes"] for row in rows(tmp_path / "out", "quarantine")}
    assert quarantined == {"a.zip#empty.txt": 0, "b.jsonl#2": None}


def test_stripes_chunks_and_small_parts_give_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [story(f"Town number {n}", foot=f"Foot {n}") for n in range(230)]
    dump(tmp_path / "in", "dump.jsonl", texts)
    run_steps([str(tmp_path / "in")], tmp_path / "whole")
    monkeypatch.setattr(planning, "_STRIPE_BYTES", 20_000)
    plan = steps.plan_run([str(tmp_path / "in")], tmp_path / "striped", Recipe(chunk_documents=7), full=False)
    assert len(plan.chunks) > 2
    steps.discard(plan.staging)
    run_steps([str(tmp_path / "in")], tmp_path / "striped", Recipe(chunk_documents=7))
    for table in TABLES:
        assert rows(tmp_path / "whole", table) == rows(tmp_path / "striped", table), table
    assert counts(tmp_path / "striped") == (1, 230, 230, 0, 0)


def test_a_container_that_did_not_change_is_carried_with_its_records(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.jsonl", [story("Ayr"), "", story("Bath")])
    dump(tmp_path / "in", "b.jsonl", [story("Cork", foot="x y")])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert run_steps([str(tmp_path / "in")], tmp_path / "out") is None
    dump(tmp_path / "in", "b.jsonl", [story("Cork"), story("Dover")])
    plan = steps.plan_run([str(tmp_path / "in")], tmp_path / "out", Recipe(), full=False)
    assert (plan.to_clean, plan.unchanged) == (1, 1)
    steps.discard(plan.staging)
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    run_steps([str(tmp_path / "in")], tmp_path / "full")
    for table in TABLES:
        assert rows(tmp_path / "out", table) == rows(tmp_path / "full", table), table
    # The records of the container that did not change were cleaned again: their foot is a template now.
    assert not any(FOOT in str(row["text"]) for row in rows(tmp_path / "out", "documents"))
    (tmp_path / "in" / "a.jsonl").unlink()
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert counts(tmp_path / "out") == (1, 2, 2, 0, 0) and faults(tmp_path / "out") == []


def test_records_before_a_break_are_published_and_the_break_is_in_quarantine(tmp_path: Path) -> None:
    path = dump(tmp_path / "in", "dump.jsonl.gz", [story(f"Town {n}") + os.urandom(900).hex() for n in range(40)])
    path.write_bytes(path.read_bytes()[:-3000])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    files, sources, documents, quarantined, _ = counts(tmp_path / "out")
    assert files == 1 and documents > 30 and sources == documents + quarantined and faults(tmp_path / "out") == []
    (broken,) = [row for row in rows(tmp_path / "out", "quarantine") if row["source"] == "dump.jsonl.gz"]
    assert broken["reason"] == "truncated" and "fetch" in str(broken["detail"])
    assert run_steps([str(tmp_path / "in")], tmp_path / "out") is None


def test_an_empty_container_is_a_container_of_nothing(tmp_path: Path) -> None:
    dump(tmp_path / "in", "dump.jsonl", [])
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert counts(tmp_path / "out") == (2, 1, 1, 0, 0) and faults(tmp_path / "out") == []
    assert run_steps([str(tmp_path / "in")], tmp_path / "out") is None


def test_a_table_without_a_header_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.csv").write_bytes(b"")
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    (row,) = rows(tmp_path / "out", "quarantine")
    assert (row["source"], row["reason"]) == ("empty.csv", "empty")


def test_a_container_that_changes_while_it_is_read_is_not_published_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_STRIPE_BYTES", 20_000)
    dump(tmp_path / "in", "dump.jsonl", [story(f"Town {n}") for n in range(230)])
    (tmp_path / "in" / "one.txt").write_text(story("Cork"))
    plan = steps.plan_run([str(tmp_path / "in")], tmp_path / "out", Recipe(), full=False)
    for number, chunk in enumerate(plan.chunks):
        if number == 1:
            dump(tmp_path / "in", "dump.jsonl", [story(f"Town {n}") for n in range(90)])
        steps.clean_chunk(chunk)
    for chunk in steps.find_templates(plan.staging):
        steps.clean_chunk(chunk)
    steps.assemble(plan.staging)
    assert steps.check(plan.staging).passed
    steps.publish(plan.staging)
    assert counts(tmp_path / "out") == (2, 2, 1, 1, 0) and faults(tmp_path / "out") == []
    (row,) = rows(tmp_path / "out", "quarantine")
    assert row["reason"] == "vanished" and "changed while it was read" in str(row["detail"])
    # The next run reads it again and finds it whole.
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert counts(tmp_path / "out") == (2, 91, 91, 0, 0)
