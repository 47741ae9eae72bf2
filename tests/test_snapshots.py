"""``status``, ``snapshots`` and what ``retry`` plans."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaning.errors import BadCall, BrokenSnapshot, Locked
from cleaning.publish.compare import compare_snapshots, find_snapshot
from cleaning.publish.compare_fields import FieldChange, compare_fields
from cleaning.publish.manifest import read_manifest
from cleaning.recipe import Recipe
from flows import steps
from flows.cli import run_command
from flows.cli_rules_try import try_rule
from flows.cli_show import explain, show
from flows.cli_snapshots import diff, list_, prune
from flows.cli_status import status
from flows.files import write_json
from flows.last_run import read_last_run
from flows.lock import output_lock
from flows.outcome import read_outcome
from flows.settings import RunRequest
from flows.workshop import open_workshop
from tests.conftest import ROOT
from tests.running import run_steps
from tests.samples import PAGE, STORY
from tests.test_containers import dump


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two snapshots: a.txt changed, b.txt went, c.txt came, bad.txt was mended."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a", STORY[0]), ("b", STORY[1]), ("bad", "\0\1binary")):
        (folder / f"{name}.txt").write_text(text)
    run_steps([str(folder)], tmp_path / "out")
    (folder / "a.txt").write_text(STORY[2])
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text(STORY[1])
    (folder / "bad.txt").write_text(STORY[0])
    run_steps([str(folder)], tmp_path / "out")
    return tmp_path / "out"


def test_what_is_not_there_comes_with_a_call_that_says_where_it_went(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(out.parent)
    out.rename("data")
    older, newer = sorted((Path("data") / "published" / "snapshots").iterdir())
    for data in ("data", str(Path("data").absolute()), str(newer), str(older)):
        for command in (show, explain):
            with pytest.raises(BadCall, match="no document with this id") as said:
                command("gone", data=data)
            call = str(said.value).rpartition(": cleaning ")[2]
            assert (call != str(said.value)) == (data != str(older)), "there is none before the first"
            if data != str(older):
                assert run_command(shlex.split(call)) == 0
                assert "b.txt" in capsys.readouterr().out


def test_diff_says_what_came_went_and_changed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compare_snapshots(find_snapshot(out, "previous"), find_snapshot(out, "latest"))
    assert (found.added, found.gone, found.changed) == (("bad.txt", "c.txt"), ("b.txt",), ("a.txt",))
    assert found.outcomes == (("bad.txt", "quarantined", "document"),)
    assert diff("previous", data=out) == 0
    shown = capsys.readouterr().out
    assert "+ c.txt\n" in shown and "2 new, 1 gone, 1 with another text, 0 with other metadata" in shown


def test_diff_says_which_metadata_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()

    def run(author: str, date: str, **tags: list[str]) -> None:
        rows = [
            {"text": f"{STORY[n % 3]} It is story {n}.", "title": f"Story {n}", "author": author, "date": date, "x": n}
            for n in range(5)
        ]
        rows[3] |= tags
        (folder / "dump.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
        run_steps([str(folder)], out)

    run("Jane Doe", "2024-03-05")
    run("Redaktion", "2024-03-05T10:00:00+01:00", tags=["bridges", "money"])
    found = compare_snapshots(find_snapshot(out, "previous"), find_snapshot(out, "latest"))
    assert (found.changed, found.with_other_metadata) == ((), 5)
    assert [(change.field, change.documents) for change in found.fields] == [
        ("authors", 5),
        ("published_stated", 5),
        ("tags", 1),
        ("extra", 5),
    ]
    # What names nobody is kept there.
    assert found.fields[3].examples[0] == ("dump.jsonl#1", "x: 0", "x: 0; author: Redaktion")
    assert found.fields[2].examples == (("dump.jsonl#4", "", "bridges; money"),)
    assert diff("previous", data=str(out)) == 0
    shown = capsys.readouterr().out
    assert (
        "authors changed in 5 documents\n    dump.jsonl#1: Jane Doe → (nothing)\n" in shown and "… and 2 more" in shown
    )
    assert "    dump.jsonl#4: (nothing) → bridges; money\n" in shown
    assert "0 new, 0 gone, 0 with another text, 5 with other metadata; 0 sources" in shown


def test_fields_that_an_older_snapshot_does_not_have_are_not_compared(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "documents", tmp_path / "new" / "documents"
    for folder, columns in (
        (old, {"title": ["A", None, "C"]}),
        (new, {"title": ["A", "B", None], "license": ["x"] * 3}),
    ):
        folder.mkdir(parents=True)
        sources = ["a", "b", "c"] if folder == old else ["b", "c", "d"]
        pq.write_table(pa.table({"source": sources, **columns}), folder / "part.parquet")
    changes = (FieldChange("title", 2, (("b", "", "A"), ("c", "C", "B"))),)
    assert compare_fields(tmp_path / "old", tmp_path / "new") == (2, changes)
    assert compare_fields(tmp_path / "old", tmp_path / "old") == (0, ())


def point(out: Path, snapshot: Path) -> None:
    link = out / "published" / "latest"
    link.unlink()
    link.symlink_to(Path("snapshots") / snapshot.name)


def test_previous_is_what_was_published_before(out: Path, tmp_path: Path) -> None:
    first, second = find_snapshot(out, "previous"), find_snapshot(out, "latest")
    # A run that was killed between the move and the link left one that nobody has read.
    (tmp_path / "in" / "a.txt").write_text(STORY[1])
    run_steps([str(tmp_path / "in")], out)
    third = find_snapshot(out, "latest")
    assert find_snapshot(out, "previous") == second
    point(out, second)
    assert find_snapshot(out, "previous") == first
    run_steps([str(tmp_path / "in")], out, full=True)
    assert find_snapshot(out, "previous") == second
    # Back to the first one, and on from there.
    point(out, first)
    run_steps([str(tmp_path / "in")], out)
    assert find_snapshot(out, "previous") == first and third.is_dir()
    shutil.rmtree(first)
    with pytest.raises(BadCall, match="before the published one is not there"):
        find_snapshot(out, "previous")


def test_list_status_and_prune(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list_(out) == 0 and status(out) == 0
    shown = capsys.readouterr().out
    assert "→" in shown and "2 snapshots" in shown and "3 in 3 files = 3 documents" in shown
    latest = find_snapshot(out, "latest")
    with pytest.raises(BadCall, match=r"20: 2 snapshots of .* begin so: .*; give more of the name"):
        find_snapshot(out, "20")
    with pytest.raises(BadCall, match="latest, previous"):
        find_snapshot(out, "1999")
    assert prune(out, keep=1) == 0
    assert find_snapshot(out, latest.name[:-1]) == latest
    with pytest.raises(BadCall, match=f"only one snapshot so far, {latest.name}"):
        find_snapshot(out, "previous")
    with pytest.raises(BadCall, match=r"no snapshot of .* begins so. There are: \S+; or say latest\."):
        find_snapshot(out, "1999")
    assert list_(out) == 0 and "1 snapshot, " in capsys.readouterr().out
    with pytest.raises(BadCall, match="at least one"):
        prune(out, keep=0)


def test_status_names_what_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY[0])
    for number in range(5):
        (folder / f"bad{number}.txt").write_text("\0\1binary")
    (folder / "empty.txt").write_text("")
    run_steps([str(folder)], tmp_path / "out")
    assert status(tmp_path / "out") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "5 decode: binary: bad0.txt, bad1.txt, bad2.txt, …" in shown and "1 decode: empty: empty.txt" in shown


def test_status_says_that_the_last_run_failed_and_so_does_its_exit_code(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(code: int) -> str:
        assert status(out) == code
        return " ".join(capsys.readouterr().out.split())

    request = RunRequest.of([str(tmp_path / "in")], str(out), workers=1)
    with open_workshop(request) as workshop:
        workshop.begin()
        assert "no run has been noted" in said(0)
    assert "ended well" in said(0)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('ignore = ["ZZ999"]\n', encoding="utf-8")
    with (
        pytest.raises(BadCall),
        open_workshop(RunRequest.of([str(tmp_path / "in")], str(out), recipe=str(recipe))) as workshop,
    ):
        workshop.begin()
    assert "FAILED" in (shown := said(1)) and "ZZ999" in shown
    with pytest.raises(BadCall, match="gone"), open_workshop(RunRequest.of([str(tmp_path / "gone")], str(out))):
        pass
    assert "FAILED" in (shown := said(1)) and "gone" in shown
    with pytest.raises(KeyboardInterrupt), open_workshop(request):
        raise KeyboardInterrupt
    assert "FAILED" in (shown := said(1)) and "stopped" in shown
    with output_lock(out), pytest.raises(Locked), open_workshop(request):
        pass
    assert "stopped" in said(1), "a run that found another one at work says nothing of how that ends"
    with open_workshop(request):
        pass
    assert "ended well" in said(0)


@pytest.mark.parametrize(
    ("inputs", "options"),
    [
        (["in"], {"workers": 0}),
        (["in"], {"recipe": "nosuch.toml"}),
        (["in"], {"recipe": "wrong.toml"}),
        (["mistyped"], {}),
        (["empty"], {}),
        ([], {}),
    ],
)
def test_a_wrong_call_by_hand_is_no_run(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inputs: list[str], options: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong.toml").write_text('colour = "blue"\n', encoding="utf-8")
    with open_workshop(RunRequest.of(["in"], "out", workers=1), by_hand=True) as workshop:
        workshop.begin()
    before = read_outcome(out)
    assert before.ended_at and not before.fault
    request = RunRequest.of(inputs, "out", **options)
    with pytest.raises(BadCall), open_workshop(request, by_hand=True) as workshop:
        workshop.begin()
    assert read_outcome(out) == before and status("out") == 0
    if not options and inputs:
        with pytest.raises(BadCall), open_workshop(request) as workshop:
            workshop.begin()
        assert inputs[0] in read_outcome(out).fault and status("out") == 1, "nobody sees a scheduled one"


@pytest.mark.parametrize("lost", ["in", "recipe.toml"])
def test_a_call_that_was_right_and_no_longer_is_has_failed(out: Path, tmp_path: Path, lost: str) -> None:
    (tmp_path / "recipe.toml").touch()
    request = RunRequest.of([str(tmp_path / "in")], str(out), recipe=str(tmp_path / "recipe.toml"), workers=1)
    with open_workshop(request, by_hand=True) as workshop:
        workshop.begin()
    (tmp_path / lost).rename(tmp_path / "away")
    with pytest.raises(BadCall), open_workshop(request, by_hand=True) as workshop:
        workshop.begin()
    assert lost in read_outcome(out).fault and status(out) == 1


def test_a_wrong_call_leaves_the_note_of_a_run_that_was_killed(out: Path, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    write_json(out / "work" / "last-outcome.json", {"began_at": began})
    (tmp_path / "empty").mkdir()
    with (
        pytest.raises(BadCall),
        open_workshop(RunRequest.of([str(tmp_path / "empty")], str(out)), by_hand=True) as workshop,
    ):
        workshop.begin()
    assert read_outcome(out).began_at == began and status(out) == 1


def test_status_says_that_the_last_run_was_killed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        "import os, signal, sys; from flows.settings import RunRequest; from flows.workshop import open_workshop\n"
        "with open_workshop(RunRequest.of([sys.argv[1]], sys.argv[2])): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(out.parent / "in"), str(out)], check=False, cwd=ROOT)
    assert status(out) == 1
    assert "did not come to its end" in " ".join(capsys.readouterr().out.split())


def test_an_older_snapshot_can_be_read(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = find_snapshot(out, "previous")
    monkeypatch.chdir(old.parent)
    for data in (str(old), old.name):
        assert show("b.txt", data=data) == 0 and explain("b.txt", data=data) == 0
        assert STORY[1] in capsys.readouterr().out
    (tmp_path / "related_links.tsv").write_text("en\tline\tx y z\n", encoding="utf-8")
    assert try_rule(tmp_path / "related_links.tsv", data=str(old)) == 0
    with pytest.raises(BadCall, match="no document with this id"):
        show("b.txt", data=str(out))


def test_a_line_of_which_something_stays_is_told_from_one_that_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    text = "\n\n".join([f"LONDON (Reuters) - {STORY[0]}", *STORY[1:], "Share this article"])
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    show("a.txt", data=str(tmp_path / "out"))
    shown = capsys.readouterr().out
    assert f"~   1  [-LONDON (Reuters) - -]{STORY[0]}" in shown and "  Share this article" in shown
    assert "[-Share" not in shown
    explain("a.txt", data=str(tmp_path / "out"))
    said = capsys.readouterr().out
    assert "  ~    1  LONDON" in said and "gone      LONDON (Reuters) -" in said and said.count("gone  ") == 1


def test_a_run_that_replaces_the_corpus_says_so(out: Path, tmp_path: Path) -> None:
    before, other = find_snapshot(out, "latest"), tmp_path / "other"
    other.mkdir()
    for number in range(4):
        (other / f"new{number}.txt").write_text(STORY[0])
    published = run_steps([str(other)], out)
    assert published is not None
    said = published.notice
    assert "3 of 3 documents" in said and f"was made from {tmp_path}/in, this one from {other}" in said
    assert f"{out}/published/snapshots/{before.name}" in said
    assert f"cleaning run {tmp_path}/in {other} --out {out}" in said
    published = run_steps([str(other), str(tmp_path / "in")], out)
    assert published is not None and published.notice == "", "everything that was there is still there"
    (tmp_path / "in" / "a.txt").unlink()
    published = run_steps([str(other), str(tmp_path / "in")], out)
    assert published is not None and published.notice == "", "few are gone"
    published = run_steps([str(tmp_path / "in")], out, Recipe(keep_snapshots=1))
    assert published is not None and "keep_snapshots = 1" in published.notice


def test_files_that_are_gone_from_the_same_inputs_are_told_too(out: Path, tmp_path: Path) -> None:
    for name in ("a", "bad"):
        (tmp_path / "in" / f"{name}.txt").unlink()
    published = run_steps([str(tmp_path / "in")], out)
    assert published is not None and "2 of 3 documents" in published.notice and "same inputs" in published.notice


def test_a_recipe_that_refuses_most_documents_is_told(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten. " * 4
    (tmp_path / "in" / "g.txt").write_text(german, encoding="utf-8")
    published = run_steps([str(tmp_path / "in")], out, Recipe(languages=("de",)))
    assert published is not None
    assert (
        "3 of 3 documents" in published.notice
        and "quarantine now (unwanted_language 3): the recipe" in published.notice
    )
    # The same folder by another name is no other input.
    run_steps([str(tmp_path / "in")], out)
    monkeypatch.chdir(tmp_path)
    published = run_steps(["in"], out, Recipe(languages=("de",)))
    assert published is not None and "quarantine now" in published.notice


def test_a_copy_that_followed_links_is_told_before_any_work(out: Path) -> None:
    latest = out / "published" / "latest"
    real = latest.resolve()
    latest.unlink()
    shutil.copytree(real, latest)
    with pytest.raises(BrokenSnapshot, match="is no link but a copy"):
        status(str(out))


def test_a_damaged_file_is_told_with_what_to_do(out: Path, tmp_path: Path) -> None:
    (file,) = (find_snapshot(out, "latest") / "documents").glob("*.parquet")
    data = bytearray(file.read_bytes())
    data[40:400] = bytes(360)
    file.chmod(0o644)
    file.write_bytes(data)
    (tmp_path / "in" / "new.txt").write_text(STORY[0])
    with pytest.raises(BrokenSnapshot, match=r"is damaged .*cleaning verify .* --full"):
        run_steps([str(tmp_path / "in")], out)


def test_status_asks_without_writing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "work").mkdir()
    with output_lock(tmp_path):
        assert status(str(tmp_path)) == 0
    said = capsys.readouterr().out
    assert "nothing is published there yet" in said and "running      Another run (process" in said


def test_status_with_an_age_notices_a_schedule_that_has_stopped(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_json(out / "work" / "last-outcome.json", {"ended_at": datetime.now(UTC) - timedelta(hours=30), "fault": ""})
    assert (status(str(out)), status(str(out), max_age="2d"), status(str(out), max_age="26h")) == (0, 0, 1)
    assert "TOO OLD: ended well" in capsys.readouterr().out
    with pytest.raises(BadCall, match="not a time span"):
        status(str(out), max_age="soon")


def test_nothing_published_is_said(tmp_path: Path) -> None:
    for command in (status, list_):
        with pytest.raises(BadCall, match="nothing is published there"):
            command(tmp_path)
    with pytest.raises(BadCall, match="Name the inputs"):
        read_last_run(tmp_path)


def test_a_file_that_was_touched_only_is_not_cleaned_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = {"a.txt": STORY[0], "b.txt": STORY[1], "bad.txt": "\0\1binary"}
    for name, text in files.items():
        (folder / name).write_text(text)
    dump(folder, "dump.jsonl", list(STORY))
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.writestr("page.html", PAGE)
        archive.writestr("inner.jsonl", '{"text": "' + STORY[0] + '"}\n{broken\n')
    run_steps([str(folder)], tmp_path / "out")
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    plain = steps.plan_run([str(folder)], tmp_path / "out", Recipe(), full=False)
    steps.discard(plain.staging)
    assert plain.is_up_to_date and plain.unchanged == 5
    # As long as before, with another text.
    (folder / "b.txt").write_text(STORY[1][::-1])
    dump(folder, "dump.jsonl", list(STORY[::-1]))
    plan = steps.plan_run([str(folder)], tmp_path / "out", Recipe(), full=False)
    assert (plan.to_clean, plan.unchanged) == (2, 3)
    steps.discard(plan.staging)
    # Rows that stay keep what is known of their containers.
    run_steps([str(folder)], tmp_path / "out")
    os.utime(folder / "pages.zip", (2, 2))
    again = steps.plan_run([str(folder)], tmp_path / "out", Recipe(), full=False)
    assert again.is_up_to_date and again.unchanged == 5


def test_a_time_that_no_table_holds_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.txt"
    path.write_text(STORY[0])
    seconds = int(datetime(2300, 1, 1, tzinfo=UTC).timestamp())
    os.utime(path, (seconds, seconds))
    if int(path.stat().st_mtime) != seconds:
        pytest.skip("the file system does not hold such a time either")
    assert run_steps([str(tmp_path / "in")], tmp_path / "out") is not None
    assert run_steps([str(tmp_path / "in")], tmp_path / "out") is None


def test_retry_reads_the_quarantine_again_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY[0])
    (folder / "bad.txt").write_text("\0\1binary")
    (folder / "dump.jsonl").write_text('{"text": "' + STORY[1] + '"}\n{broken\n')
    (folder / "good.jsonl").write_text('{"text": "' + STORY[2] + '"}\n')
    run_steps([str(folder)], tmp_path / "out")
    plain = steps.plan_run([str(folder)], tmp_path / "out", Recipe(), full=False)
    assert plain.is_up_to_date
    steps.discard(plain.staging)
    plan = steps.plan_run([str(folder)], tmp_path / "out", Recipe(), full=False, retry=True)
    assert (plan.to_clean, plan.again, plan.unchanged) == (2, 2, 2)


def test_a_retry_that_mends_nothing_publishes_nothing(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY[0])
    (folder / "bad.txt").write_text("\0\1binary")
    first = run_steps([str(folder)], out)
    again = run_steps([str(folder)], out, retry=True)
    assert first is not None and again is not None
    assert (again.snapshot, again.is_new, again.summary) == (first.snapshot, False, first.summary)
    assert [path.name for path in (out / "published" / "snapshots").iterdir()] == [first.snapshot.name]
    (folder / "bad.txt").write_text(STORY[2])
    mended = run_steps([str(folder)], out, retry=True)
    assert mended is not None and mended.is_new and mended.documents == 2


def test_what_is_tried_again_from_quarantine_is_not_counted_as_changed(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY[0])
    (folder / "thin.txt").write_text("Share this article\nAdvertisement\n© 2024 Example News. All rights reserved.\n")
    (folder / "bad.txt").write_text("\0\1binary")
    run_steps([str(folder)], out)
    (folder / "b.txt").write_text(STORY[1])
    # Templates of the site may have changed with it: only what hangs on the text is tried again.
    done = run_steps([str(folder)], out)
    assert done is not None
    counts = read_manifest(done.snapshot).counts
    assert (counts.new, counts.again, counts.unchanged, counts.files) == (1, 1, 2, 4)
    assert "Files: 1 new or changed, 1 tried again from quarantine, 2 unchanged, 0 gone." in done.summary
    (folder / "thin.txt").unlink()
    done = run_steps([str(folder)], out)
    assert done is not None and "Files: 0 new or changed, 3 unchanged, 1 gone." in done.summary
    for recipe, full in ((Recipe(), True), (Recipe(line_model="off"), False)):
        done = run_steps([str(folder)], out, recipe, full=full)
        assert done is not None
        assert "Files: all 3 cleaned anew, for another recipe, suite or version or for --full." in done.summary
