"""``status``, ``snapshots`` and what ``retry`` plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning.errors import BadCall
from cleaning.publish.compare import compare_snapshots, find_snapshot
from cleaning.recipe import Recipe
from flows import steps
from flows.cli_snapshots import diff, list_, prune, status
from flows.last_run import read_last_run
from tests.running import run_steps
from tests.samples import STORY


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


def test_diff_says_what_came_went_and_changed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compare_snapshots(find_snapshot(out, "previous"), find_snapshot(out, "latest"))
    assert (found.added, found.gone, found.changed) == (("bad.txt", "c.txt"), ("b.txt",), ("a.txt",))
    assert found.outcomes == (("bad.txt", "quarantined", "document"),)
    assert diff("previous", data=out) == 0
    shown = capsys.readouterr().out
    assert "+ c.txt\n" in shown and "2 new, 1 gone, 1 with another text" in shown


def test_list_status_and_prune(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list_(out) == 0 and status(out) == 0
    shown = capsys.readouterr().out
    assert "→" in shown and "2 snapshots" in shown and "3 in 3 files = 3 documents" in shown
    latest = find_snapshot(out, "latest")
    assert prune(out, keep=1) == 0
    assert find_snapshot(out, latest.name[:-1]) == latest
    with pytest.raises(BadCall, match="previous: 0 snapshots"):
        find_snapshot(out, "previous")
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


def test_nothing_published_is_said(tmp_path: Path) -> None:
    for command in (status, list_):
        with pytest.raises(BadCall, match="nothing is published there"):
            command(tmp_path)
    with pytest.raises(BadCall, match="Name the inputs"):
        read_last_run(tmp_path)


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
    assert (plan.to_clean, plan.unchanged) == (2, 2)
