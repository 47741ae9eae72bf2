"""Published snapshots: whole, declared, verified, and the same however a run got there."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from cleaning.errors import BadCall, BrokenSnapshot
from cleaning.publish import assemble
from cleaning.publish.manifest import read_manifest
from cleaning.publish.read import find_document
from cleaning.publish.schema import SCHEMA_VERSION, SCHEMAS
from cleaning.publish.snapshot import latest_snapshot
from cleaning.publish.verify import verify_snapshot
from cleaning.recipe import Recipe
from flows import steps
from tests.running import run_steps
from tests.samples import BAD, PAGE, STORY

GOLDEN = Path(__file__).parent / "golden" / "schema.json"


def rows(out: Path, table: str) -> list[dict[str, object]]:
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    found = ds.dataset(snapshot / table).to_table()
    # A file that was only touched is not read again: both columns are of the time when it was.
    times = [name for name in ("ingested_at", "modified_ns") if name in found.column_names]
    return found.drop_columns(times).to_pylist()


def faults(out: Path) -> list[str]:
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    return [f"{finding.check}: {finding.fault}" for finding in verify_snapshot(snapshot) if finding.fault]


def test_schema_is_the_golden_one() -> None:
    shown = {
        name: {field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in schema}
        for name, schema in SCHEMAS.items()
    }
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps({"version": SCHEMA_VERSION, "tables": shown}, indent=1) + "\n")
    golden = json.loads(GOLDEN.read_text())
    assert golden == {"version": SCHEMA_VERSION, "tables": shown}, "a column changed: raise SCHEMA_VERSION, make golden"


def test_every_column_says_what_it_means() -> None:
    for schema in SCHEMAS.values():
        for field in schema:
            assert field.metadata and field.metadata[b"description"].endswith(b".")


def test_a_published_run_verifies_and_adds_up(published: Path) -> None:
    assert faults(published) == []
    snapshot = latest_snapshot(published)
    assert snapshot is not None
    counts = read_manifest(snapshot).counts
    assert counts.add_up and counts.documents == 6 and counts.skipped == 2
    assert counts.quarantined == len(BAD) + 1


def test_bad_files_are_in_quarantine_with_reason_and_remedy(published: Path) -> None:
    found = {row["source"]: row for row in rows(published, "quarantine")}
    for name, (reason, _) in BAD.items():
        assert found[name]["reason"] == reason, found[name]
        assert len(str(found[name]["detail"])) > 20
    assert found["name-\\xff.txt"]["reason"] == "name_not_utf8"
    assert found["numbers.txt"]["failed_expectations"] == ["documents: expect_column_values_to_be_between(alpha_share)"]
    outcomes = {row["source"]: row["outcome"] for row in rows(published, "sources")}
    assert outcomes["notes.pdf"] == "skipped" and outcomes["numbers.txt"] == "quarantined"


def test_copies_point_to_the_one_to_keep(published: Path) -> None:
    documents = {str(row["source"]): row for row in rows(published, "documents")}
    pair = {documents[name]["id"]: documents[name] for name in ("copy.txt", "002_c09e1257469e2e7b.txt")}
    kept, copy = sorted(pair.values(), key=lambda row: row["duplicate_of"] is not None)
    assert copy["duplicate_of"] == kept["id"] and copy["story_id"] == kept["story_id"]
    found = {(row["id"], row["other_id"]): row["relation"] for row in rows(published, "relations")}
    assert found[copy["id"], kept["id"]] == "same"
    assert [relation for relation in found.values() if relation in ("same", "near_copy", "revision")] == ["same"]


def test_the_seeds_all_report_one_meeting_and_are_one_story(published: Path) -> None:
    stories = {str(row["source"])[:3]: row["story_id"] for row in rows(published, "documents")}
    assert len({stories[f"{number:03}"] for number in range(5)}) == 1


def test_documents_are_sorted_and_columns_in_order(published: Path) -> None:
    table = pq.read_table(published / "published/latest/documents")
    assert table.schema.names == SCHEMAS["documents"].names
    keys = [(row["site"] or "\uffff", row["id"]) for row in table.select(["site", "id"]).to_pylist()]
    assert keys == sorted(keys)
    file = pq.ParquetFile(next((published / "published/latest/documents").glob("*.parquet")))
    assert file.metadata.row_group(0).column(1).compression == "ZSTD"
    assert b"schema_version" in file.schema_arrow.metadata


@pytest.mark.parametrize("damage", ["change", "remove", "add", "manifest"])
def test_verify_sees_damage(published: Path, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(published, out, symlinks=True)
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    (part,) = (snapshot / "removals").iterdir()
    if damage == "change":
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(bytes(data))
    elif damage == "remove":
        part.unlink()
    elif damage == "add":
        shutil.copy(part, part.with_name("part-00009.parquet"))
    else:
        (snapshot / "manifest.json").write_text("{}")
        with pytest.raises(BrokenSnapshot):
            verify_snapshot(snapshot)
        return
    assert faults(out)


def test_verify_sees_a_text_that_does_not_fit_its_removals(published: Path, tmp_path: Path) -> None:
    from cleaning.publish.manifest import describe_files, write_manifest

    out = tmp_path / "out"
    shutil.copytree(published, out, symlinks=True)
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    (part,) = (snapshot / "removals").iterdir()
    table = pq.read_table(part)
    moved = pa.array([value.as_py() + 1 for value in table["position"]], pa.int64())
    pq.write_table(table.set_column(1, table.schema.field("position"), moved), part)
    manifest = read_manifest(snapshot)
    write_manifest(snapshot, manifest.model_copy(update={"files": describe_files(snapshot, {})}))
    assert any("do not go back" in fault for fault in faults(out))


def test_a_document_is_found_by_id_prefix_and_source(published: Path) -> None:
    snapshot = latest_snapshot(published)
    assert snapshot is not None
    stored = find_document(snapshot, "003_20a66667152be587")
    assert find_document(snapshot, stored.row["id"][:12]).row == stored.row
    assert find_document(snapshot, f"./seeds/{stored.row['source']}").row == stored.row
    assert stored.source_text.startswith("News\n\nRussian president")
    with pytest.raises(BadCall, match="in quarantine"):
        find_document(snapshot, "empty.txt")
    with pytest.raises(BadCall, match="no document"):
        find_document(snapshot, "zzz")


def test_what_is_named_whole_is_meant_and_nothing_else(tmp_path: Path) -> None:
    names = {
        "a.txt": STORY[0],
        "sub/a.txt": STORY[1],
        "b.txt": "",
        "sub/b.txt": STORY[2],
        "c.pdf": "x",
        "sub/c.txt": STORY[0],
    }
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name, text in names.items():
        (tmp_path / "in" / name).write_text(text)
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    snapshot = latest_snapshot(tmp_path / "out")
    assert snapshot is not None
    assert find_document(snapshot, "a.txt").row["source"] == "a.txt"
    assert find_document(snapshot, "sub/a.txt").row["source"] == "sub/a.txt"
    # Of these no document came: another one of that name is not meant.
    for name, why in (("b.txt", "^b.txt: in quarantine"), ("c.pdf", "^c.pdf: skipped")):
        with pytest.raises(BadCall, match=why):
            find_document(snapshot, name)
    with pytest.raises(BadCall, match="fits 2 documents"):
        find_document(snapshot, "a")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(
            f"{STORY[number % 3]} It is story {number}.\n© 2024 Example News {number}.\n"
        )
    (folder / "page.html").write_text(PAGE)
    (folder / "empty.txt").write_text("")
    return folder


def everything(out: Path) -> dict[str, object]:
    return {name: rows(out, name) for name in SCHEMAS}


def test_workers_and_chunks_do_not_change_rows(corpus: Path, tmp_path: Path) -> None:
    run_steps([str(corpus)], tmp_path / "one", Recipe(chunk_documents=1))
    run_steps([str(corpus)], tmp_path / "many", Recipe(chunk_documents=100))
    assert everything(tmp_path / "one") == everything(tmp_path / "many")


def test_an_incremental_run_equals_a_full_one(corpus: Path, tmp_path: Path) -> None:
    assert run_steps([str(corpus)], tmp_path / "out") is not None
    assert run_steps([str(corpus)], tmp_path / "out") is None, "nothing changed"
    (corpus / "0.txt").unlink()
    (corpus / "1.txt").write_text(f"{STORY[0]} It was changed.\nNews\n")
    (corpus / "new.txt").write_text(f"{STORY[1]} It is new.\nRead more\n")
    (corpus / "copy.txt").write_bytes((corpus / "2.txt").read_bytes())
    (corpus / "other.pdf").write_text("x")
    plan = run_steps([str(corpus)], tmp_path / "out")
    assert plan is not None
    snapshot = latest_snapshot(tmp_path / "out")
    assert snapshot is not None
    counts = read_manifest(snapshot).counts
    assert (counts.new, counts.unchanged, counts.gone) == (3, 9, 1)
    run_steps([str(corpus)], tmp_path / "full")
    assert everything(tmp_path / "out") == everything(tmp_path / "full")
    assert faults(tmp_path / "out") == []


@pytest.mark.parametrize("damage", ["remove", "shorten"])
@pytest.mark.parametrize("table", ["removals", "sources"])
def test_a_run_and_a_reader_name_a_file_that_is_damaged_and_a_full_run_mends_it(
    corpus: Path, tmp_path: Path, table: str, damage: str
) -> None:
    out = tmp_path / "out"
    run_steps([str(corpus)], out)
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    (part,) = (snapshot / table).iterdir()
    part.unlink() if damage == "remove" else os.truncate(part, part.stat().st_size - 1)
    for step in (lambda: run_steps([str(corpus)], out), lambda: find_document(snapshot, "1.txt")):
        with pytest.raises(BrokenSnapshot) as caught:
            step()
        assert part.name in str(caught.value)
        assert "cleaning verify" in str(caught.value) and "--full" in str(caught.value)
    assert run_steps([str(corpus)], out, full=True) is not None
    assert faults(out) == []


def test_a_full_run_needs_nothing_of_a_snapshot_before_it(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_steps([str(corpus)], out)
    (out / "published/latest/manifest.json").write_text("{}")
    with pytest.raises(BrokenSnapshot, match="--full"):
        run_steps([str(corpus)], out)
    assert run_steps([str(corpus)], out, full=True) is not None
    assert faults(out) == []


def test_another_recipe_works_on_everything_again(corpus: Path, tmp_path: Path) -> None:
    run_steps([str(corpus)], tmp_path / "out")
    run_steps([str(corpus)], tmp_path / "out", Recipe(ignore=("CR",)))
    assert all(
        "©" in str(row["text"]) for row in rows(tmp_path / "out", "documents") if row["media_type"] == "text/plain"
    )


def test_old_snapshots_are_pruned(corpus: Path, tmp_path: Path) -> None:
    for _ in range(3):
        run_steps([str(corpus)], tmp_path / "out", Recipe(keep_snapshots=2), full=True)
    names = os.listdir(tmp_path / "out/published/snapshots")
    assert len(names) == 2
    assert os.readlink(tmp_path / "out/published/latest").split("/")[1] in names


def test_large_tables_are_cut_into_files(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_steps([str(corpus)], tmp_path / "one", Recipe(chunk_documents=2))
    monkeypatch.setattr(assemble, "FILE_BYTES", 300)
    run_steps([str(corpus)], tmp_path / "many", Recipe(chunk_documents=2))
    assert len(list((tmp_path / "many/published/latest/documents").iterdir())) > 3
    assert everything(tmp_path / "one") == everything(tmp_path / "many")
    assert faults(tmp_path / "many") == []


def test_files_that_did_not_change_are_on_disk_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "FILE_BYTES", 2_000)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"{STORY[number % len(STORY)]} It is story number {number}.\n")
    run_steps([str(folder)], tmp_path / "out")
    (folder / "new.txt").write_text(f"{STORY[0]} It is one more story.\n")
    run_steps([str(folder)], tmp_path / "out")
    parts = sorted((tmp_path / "out/published/latest/documents").iterdir())
    sizes = [sum(len(row["text"].encode()) for row in pq.read_table(part).to_pylist()) for part in parts]
    assert len(parts) > 3 and all(size <= 2_000 for size in sizes) and all(size >= 800 for size in sizes[:-1])
    shared = [part for part in parts if part.stat().st_nlink == 2]
    assert len(shared) >= len(parts) - 2
    assert faults(tmp_path / "out") == []


def test_a_run_takes_over_what_a_killed_run_had_finished(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(f"{STORY[number % len(STORY)]} It is story number {number}.\n")
    recipe = Recipe(chunk_documents=3)
    killed = steps.plan_run([str(folder)], tmp_path / "out", recipe, full=False)
    for chunk in killed.chunks[:2]:
        steps.clean_chunk(chunk)
    (folder / "3.txt").write_text(f"{STORY[0]} It was changed after the run was killed.\n")
    plan = steps.plan_run([str(folder)], tmp_path / "out", recipe, full=False)
    # Of two chunks that were done the first is as it was, the second has a source that changed.
    assert [part.name for part in sorted((plan.staging / "parts").iterdir())] == ["00000.00000"]
    assert not killed.staging.exists()
    run_steps([str(folder)], tmp_path / "out", recipe)
    run_steps([str(folder)], tmp_path / "full", recipe)
    for table in ("documents", "removals", "sources"):
        assert rows(tmp_path / "out", table) == rows(tmp_path / "full", table)
    assert run_steps([str(folder)], tmp_path / "out", Recipe(chunk_documents=2)) is None
