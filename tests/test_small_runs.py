"""Many small runs one after the other: the same files as one large run, whatever the clock does."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cleaning.publish import assemble
from cleaning.publish.manifest import read_manifest
from cleaning.publish.snapshot import latest_snapshot, snapshot_name
from cleaning.recipe import Recipe
from flows import planning
from tests.running import run_steps
from tests.samples import STORY
from tests.test_publish import everything, faults


class Clock(datetime):
    """A clock that stands where it was set."""

    at = datetime(2024, 5, 1, 12, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.at


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(planning, "datetime", Clock)
    monkeypatch.setattr(Clock, "at", Clock.at)
    return Clock


def write(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(f"{STORY[number % len(STORY)]} It is story number {number}.\n")


def files(out: Path) -> list[tuple[str, int | None, str]]:
    """Table and number, rows and checksum of each table file; their names end with the name of the snapshot."""
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    found = [file for file in read_manifest(snapshot).files if file.path.endswith(".parquet")]
    return [(file.path.replace(snapshot.name, ""), file.rows, file.sha256) for file in found]


def names(out: Path) -> list[str]:
    return sorted(os.listdir(out / "published" / "snapshots"))


def test_files_after_many_small_runs_are_those_of_one_large_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assemble, "FILE_BYTES", 3_000)
    monkeypatch.setattr(assemble, "ROW_GROUP_BYTES", 3_000)
    write(tmp_path / "in", range(40))
    run_steps([str(tmp_path / "in")], tmp_path / "small")
    for first in range(40, 64, 3):
        write(tmp_path / "in", range(first, first + 3))
        (tmp_path / "in" / f"{first - 40:03}.txt").unlink()
        run_steps([str(tmp_path / "in")], tmp_path / "small")
    run_steps([str(tmp_path / "in")], tmp_path / "large")
    # The clock stood still, so that not even ``ingested_at`` differs.
    assert files(tmp_path / "small") == files(tmp_path / "large")
    assert sum(name.startswith("documents") for name, _, _ in files(tmp_path / "large")) > 3
    assert faults(tmp_path / "small") == []


def test_snapshots_keep_their_order_where_the_clock_goes_back(tmp_path: Path, clock: type[Clock]) -> None:
    recipe = Recipe(keep_snapshots=2)
    published = []
    for number, days in enumerate((0, -1, 400, -400, 0)):
        clock.at += timedelta(days=days)
        write(tmp_path / "in", range(number, number + 1))
        done = run_steps([str(tmp_path / "in")], tmp_path / "out", recipe)
        assert done is not None and done.snapshot == latest_snapshot(tmp_path / "out")
        published.append(done.snapshot.name)
        assert names(tmp_path / "out") == published[-2:]
    run_steps([str(tmp_path / "in")], tmp_path / "full", recipe)
    assert everything(tmp_path / "out") == everything(tmp_path / "full")
    assert faults(tmp_path / "out") == []


def test_a_snapshot_is_named_for_its_run_unless_that_would_not_be_the_newest(tmp_path: Path) -> None:
    run = "20240501T120000000-0123abcd"
    assert snapshot_name(tmp_path, run) == run
    for name in ("20240501T115959999-ffffffff", ".20250101T000000000-00000000.deleted", "mine"):
        (tmp_path / "published" / "snapshots" / name).mkdir(parents=True)
    assert snapshot_name(tmp_path, run) == run
    (tmp_path / "published" / "snapshots" / "20240501T120000999-00000000").mkdir()
    assert snapshot_name(tmp_path, run) == "20240501T120001000-0123abcd"
