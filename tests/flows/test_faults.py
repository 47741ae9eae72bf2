"""Runs that are killed twenty times, by the command of benchmarks/faults.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.faults import (
    TABLES,
    Bench,
    Tally,
    disturb_kill,
    look,
    measure_wall,
    rows,
    try_full_disk,
    try_once,
    try_read_only,
)


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    """Killed at random moments of every phase one after the other, with changes between, and then left in peace."""
    bench = Bench(tmp_path, seed=1, documents=30)
    bench.finish()
    wall = measure_wall(bench)
    faults: list[str] = []
    phases: Counter[str] = Counter()
    for _ in range(20):
        bench.change()
        process = bench.start()
        phases[disturb_kill(bench, process, wall)] += 1
        process.communicate(timeout=60)
        faults += look(bench, process.pid)
    bench.finish()
    bench.finish(tmp_path / "scratch")
    again, scratch = rows(bench.out), rows(tmp_path / "scratch")
    assert faults == [] and all(again[name] == scratch[name] for name in TABLES)
    assert phases["publish"] and phases["clean"], phases
    staging = bench.out / "work" / "staging"
    assert [*staging.iterdir()] == []


def test_a_kill_at_a_step_of_publishing_and_a_killed_worker(tmp_path: Path) -> None:
    bench = Bench(tmp_path, seed=2, documents=20)
    bench.finish()
    tally = Tally()
    for kind, step in (("step", 3), ("step", 22), ("step", 40), ("worker", 0)):
        try_once(bench, kind, 1.0, step, tally)
    assert tally.faults == [] and tally.trials == 4


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    tally = Tally()
    try_full_disk(tmp_path, tally)
    assert [fault for fault in tally.faults if "no right to mount" not in fault] == []


def test_a_clock_that_jumps_back_and_forth_changes_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, seed=3, documents=20)
    bench.finish()
    tally = Tally()
    for _ in range(3):
        try_once(bench, "clock", 1.0, 0, tally)
    assert tally.faults == [] and tally.ended == tally.new == 3


def test_a_read_only_output_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    tally = Tally()
    try_read_only(tmp_path, tally)
    assert [fault for fault in tally.faults if "no right to mount" not in fault] == [] and tally.ended == 0
