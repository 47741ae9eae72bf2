"""``cleaning serve`` and its schedules."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cleaning.errors import BadCall
from flows.lock import output_lock
from flows.schedule import parse_every, schedule_of
from tests.flows.conftest import CLEANING, SEEDS, Commands, command_of, copy_suites, family, snapshots, survivors
from tests.samples import STORY

QUICK = {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}


def _wait_for_snapshots(out: Path, count: int, *, within_seconds: float) -> None:
    deadline = time.monotonic() + within_seconds
    while len(snapshots(out)) < count:
        assert time.monotonic() < deadline, f"{len(snapshots(out))} of {count} snapshots"
        time.sleep(0.2)


def test_two_scheduled_runs_publish_and_sigterm_ends_all(commands: Commands, tmp_path: Path) -> None:
    out = tmp_path / "data"
    command = [*CLEANING, "serve", str(SEEDS), "--out", str(out), "--every", "6s", "--full"]
    process = commands.start(command, env=QUICK)
    _wait_for_snapshots(out, 3, within_seconds=120)  # the first starts at once, two are due by the schedule
    started = family(process)
    process.terminate()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 143, said
    assert "Next runs: " in said and "http://127.0.0.1:" in said
    assert said.count("Published 5 documents") >= 1
    assert survivors(started) == []


def test_sigkill_in_the_middle_of_a_scheduled_run_leaves_no_process(
    commands: Commands, tmp_path: Path, pages: Path
) -> None:
    out = tmp_path / "data"
    command = [*CLEANING, "serve", str(pages), "--out", str(out), "--every", "1h", "--workers", "1"]
    process = commands.start(command, env=QUICK)
    deadline = time.monotonic() + 60
    while not any("flows.worker_child" in command_of(child) for child in family(process)):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.1)
    started = family(process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert survivors(started, within_seconds=12) == []
    assert snapshots(out) == []


def test_it_ends_with_its_server(commands: Commands, tmp_path: Path) -> None:
    out = tmp_path / "data"
    process = commands.start([*CLEANING, "serve", str(SEEDS), "--out", str(out), "--every", "1h"], env=QUICK)
    _wait_for_snapshots(out, 1, within_seconds=60)
    started = family(process)
    (server,) = [
        child for child in started if "flows.server_child" in command_of(child) and child.ppid() == process.pid
    ]
    server.kill()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1 and "FAILED: Prefect's own server was killed by signal 9" in said, said
    assert survivors(started, within_seconds=12) == []


def test_a_scheduled_run_whose_inputs_have_gone_has_failed(commands: Commands, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(STORY[0], encoding="utf-8")
    command = [*CLEANING, "serve", "pages", "--out", "data", "--every", "5s", "--workers", "1"]
    process = commands.start(command, env=QUICK)
    _wait_for_snapshots(tmp_path / "data", 1, within_seconds=60)
    pages.rename(tmp_path / "away")
    said = _read_until(process, "FAILED")
    process.terminate()
    process.communicate(timeout=30)
    assert "pages: no such file or folder" in said
    status = commands.run("status", "data")
    assert status.returncode == 1 and "FAILED" in status.stdout and "no such file or folder" in status.stdout


def test_a_scheduled_run_that_fails_is_one_message(commands: Commands, tmp_path: Path) -> None:
    out = tmp_path / "data"
    suite = copy_suites(tmp_path) / "documents.json"
    values = json.loads(suite.read_text(encoding="utf-8"))
    why = "This corpus is large."
    fails = {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1000}}
    values["expectations"].append(fails | {"meta": {"on_failure": "stop", "why": why}})
    suite.write_text(json.dumps(values), encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(f"suites = {json.dumps(str(suite.parent))}\n", encoding="utf-8")
    command = [*CLEANING, "serve", str(SEEDS), "--out", str(out), "--recipe", "recipe.toml", "--every", "20s"]
    with output_lock(out):  # the first run meets another one, the second breaks its contract
        process = commands.start(command, env=QUICK)
        said = _read_until(process, "FAILED")
    said += _read_until(process, "Every result is in")
    process.terminate()
    said += process.communicate(timeout=30)[0]
    assert said.count("is writing to") == 1 and said.count(why) == 1, said
    assert "Traceback" not in said and "check.json" in said and "ERROR" not in said


def _read_until(process: subprocess.Popen[str], wanted: str) -> str:
    """What it says up to a line; it is ended where that does not come."""
    said = ""
    assert process.stdout is not None
    timer = threading.Timer(60, process.terminate)
    timer.start()
    for line in process.stdout:
        said += line
        if wanted in line:
            timer.cancel()
            return said
    raise AssertionError(said)


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("15m", 900), ("1h", 3600), ("1d", 86400), ("1h30m", 5400), (" 2H ", 7200)]
)
def test_time_spans(text: str, seconds: int) -> None:
    assert parse_every(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "0s", "soon", "1", "h", "-1h", "1h!", "1.5h", "٣h"])
def test_what_is_no_time_span(text: str) -> None:
    assert parse_every(text) is None


def test_schedule_is_cron_in_utc_or_an_interval_from_now() -> None:
    nightly = schedule_of(cron="0 3 * * *", every=None)
    assert (nightly.cron, nightly.timezone) == ("0 3 * * *", "UTC")
    hourly = schedule_of(cron=None, every="1h")
    assert hourly.interval == timedelta(hours=1)
    assert abs(hourly.anchor_date - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(("cron", "every"), [(None, None), ("0 3 * * *", "1h"), ("nightly", None)])
def test_bad_schedules_are_refused(cron: str | None, every: str | None) -> None:
    with pytest.raises(BadCall):
        schedule_of(cron=cron, every=every)
