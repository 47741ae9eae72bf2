"""``cleaning run`` and the flow, end to end."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import psutil
import pyarrow.dataset as ds
import pytest

from flows.lock import output_lock
from tests.flows.conftest import (
    CLEANING,
    ROOT,
    SEEDS,
    Commands,
    ask,
    command_of,
    copy_suites,
    family,
    snapshots,
    survivors,
)
from tests.samples import STORY


def test_one_off_run_publishes_and_the_next_one_has_nothing_to_do(commands: Commands, tmp_path: Path) -> None:
    out = tmp_path / "data"
    first = commands.run("run", str(SEEDS), "--out", str(out), "--timings")
    assert first.returncode == 0, first.stderr
    assert "5 documents" in first.stdout
    assert "wait for Prefect's server" in first.stderr
    assert (out / "published" / "latest" / "documents").is_dir()
    assert [*(out / "work" / "staging").iterdir()] == []

    second = commands.run("run", str(SEEDS), "--out", str(out), "--timings")
    assert second.returncode == 0
    assert "up to date" in second.stdout
    assert "Prefect's server" not in second.stderr, "a run with nothing to do starts no server"
    assert len(snapshots(out)) == 1


def test_old_runs_leave_the_database_that_nobody_knows_of(commands: Commands, tmp_path: Path) -> None:
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}

    def run() -> None:
        environment = {k: v for k, v in commands.environment(home).items() if k != "PREFECT_HOME"}
        command = [*CLEANING, "run", str(SEEDS), "--out", "data", "--full"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=120)

    run()
    (path,) = tmp_path.glob("**/prefect.db")
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE flow_run SET end_time = datetime(end_time, '-100 days')")
        database.commit()
    # The tidying ends with the server: at the latest a second run comes to its end.
    for _ in range(3):
        run()
        with contextlib.closing(sqlite3.connect(path)) as database:
            ((old,),) = database.execute("SELECT count(*) FROM flow_run WHERE end_time < datetime('now', '-91 days')")
        if old == 0:
            return
    raise AssertionError(f"{old} old runs are still there")


def test_run_uses_and_records_in_a_server_that_runs(commands: Commands, tmp_path: Path, api_url: str) -> None:
    run = commands.run("run", str(SEEDS), "--out", str(tmp_path / "data"), env={"PREFECT_API_URL": api_url})
    assert (run.returncode, run.stderr) == (0, "")
    flow_run = ask(api_url, "flow_runs/filter", {"sort": "START_TIME_DESC", "limit": 1})[0]
    assert flow_run["state_type"] == "COMPLETED"
    of_this_run = {"flow_runs": {"id": {"any_": [flow_run["id"]]}}}
    artifact = ask(api_url, "artifacts/filter", of_this_run)[0]
    assert str(snapshots(tmp_path / "data")[0]) in artifact["data"]
    tasks: set[str] = set()
    deadline = time.monotonic() + 20
    while len(tasks) < 6 and time.monotonic() < deadline:  # the server records tasks from events, a little later
        time.sleep(0.5)
        found = ask(api_url, "task_runs/filter", of_this_run)
        tasks = {task["name"].split("-")[0] for task in found if task["state_type"] == "COMPLETED"}
    assert tasks == {"plan", "clean", "find", "assemble", "check", "publish"}


def test_a_run_of_other_inputs_says_what_it_replaced(commands: Commands, tmp_path: Path, api_url: str) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"{STORY[0]} It is story {name}.", encoding="utf-8")
    runs = [commands.run("run", name, "--out", "data", env={"PREFECT_API_URL": api_url}) for name in ("one", "two")]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stderr == "" and "1 of 1 document" in runs[1].stderr, runs[1].stderr


def test_two_first_runs_at_once_share_a_home(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "new-home", tmp_path)
    outs = [tmp_path / "one", tmp_path / "two"]
    runs = [commands.start([*CLEANING, "run", str(SEEDS), "--out", str(out)]) for out in outs]
    said = [run.communicate(timeout=100)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert [len(snapshots(out)) for out in outs] == [1, 1]


def test_flow_is_a_function_and_its_server_dies_with_it(commands: Commands, tmp_path: Path) -> None:
    code = f"""
from flows.clean_corpus import clean_corpus
published = clean_corpus([{str(SEEDS)!r}], {str(tmp_path / "data")!r})
print(published.documents, clean_corpus([{str(SEEDS)!r}], {str(tmp_path / "data")!r}), flush=True)
import time
time.sleep(60)
"""
    process = commands.start([sys.executable, "-c", code])
    assert process.stdout is not None
    said = next(line for line in process.stdout if not re.match(r"\d\d:", line))
    assert said == "5 None\n"
    started = family(process)
    assert any("flows.server_child" in " ".join(command_of(child)) for child in started)
    process.kill()
    assert survivors(started) == []


def test_failed_contract_publishes_nothing(commands: Commands, tmp_path: Path, api_url: str) -> None:
    suite = copy_suites(tmp_path) / "documents.json"
    values = json.loads(suite.read_text(encoding="utf-8"))
    values["expectations"].append(
        {
            "type": "expect_table_row_count_to_be_between",
            "kwargs": {"min_value": 1000},
            "meta": {"on_failure": "stop", "why": "This corpus is large."},
        }
    )
    suite.write_text(json.dumps(values), encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(f"suites = {json.dumps(str(suite.parent))}\n", encoding="utf-8")
    out = tmp_path / "data"
    run = commands.run(
        "run", str(SEEDS), "--out", str(out), "--recipe", "recipe.toml", env={"PREFECT_API_URL": api_url}
    )
    assert run.returncode == 1, run.stderr
    assert "This corpus is large." in run.stderr and "check.json" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (out / "published" / "latest").exists()
    status = commands.run("status", str(out))
    assert status.returncode == 1 and "nothing is published" in status.stdout
    assert "FAILED" in status.stdout and "This corpus is large." in status.stdout and "check.json" in status.stdout


def test_killed_worker_costs_a_retry(commands: Commands, tmp_path: Path, pages: Path, api_url: str) -> None:
    (tmp_path / "recipe.toml").write_text("chunk_documents = 100\n", encoding="utf-8")
    out = tmp_path / "data"
    command = [*CLEANING, "run", str(pages), "--out", str(out), "--recipe", "recipe.toml"]
    process = commands.start(command, env={"PREFECT_API_URL": api_url})
    killed = threading.Event()

    def kill_first_worker() -> None:
        while process.poll() is None and not killed.is_set():
            for child in psutil.Process(process.pid).children():
                if command_of(child)[-2:] == ["flows.worker_child", "worker"]:
                    time.sleep(1)  # by now it is in the middle of its chunk
                    child.kill()
                    killed.set()
                    return

    threading.Thread(target=kill_first_worker).start()
    said, _ = process.communicate(timeout=100)
    assert killed.is_set()
    assert process.returncode == 0, said
    assert "killed by signal 9 in clean_chunk" in said
    assert "# 600 documents published" in said


# Stand for native code: one that crashes, and one that never comes back, in a worker that reads such a text.
CRASH = "os.kill(os.getpid(), signal.SIGKILL)"
HANG = "sum(iter(int, 1))"


@pytest.mark.parametrize(
    ("fault", "reason"), [(CRASH, "ended 2 times"), (HANG, "more than the recipe's limits.document_seconds")]
)
@pytest.mark.parametrize("packed", [False, True])
def test_document_that_a_worker_dies_of_is_quarantined(
    commands: Commands, tmp_path: Path, api_url: str, fault: str, reason: str, packed: bool
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    texts = [seed.read_text(encoding="utf-8") for seed in sorted(SEEDS.glob("*.txt"))]
    texts[2:2] = ["A poison story that no parser survives."]
    if packed:
        rows = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        (pages / "dump.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    else:
        for number, text in enumerate(texts):
            (pages / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys, unicodedata\n"
        "normalize = unicodedata.normalize\n"
        "def poisoned(form, text):\n"
        f"    if text.startswith('A poison') and sys.argv[-1] == 'worker':\n        {fault}\n"
        "    return normalize(form, text)\n"
        "unicodedata.normalize = poisoned\n",
        encoding="utf-8",
    )
    (tmp_path / "recipe.toml").write_text("[limits]\ndocument_seconds = 1\n", encoding="utf-8")
    environment = {"PREFECT_API_URL": api_url, "PYTHONPATH": str(tmp_path)}
    out = tmp_path / "data"
    run = commands.run("run", str(pages), "--out", str(out), "--recipe", "recipe.toml", env=environment)
    assert run.returncode == 0, run.stderr
    assert "6 sources = 5 documents + 1 quarantined" in run.stdout
    (row,) = ds.dataset(out / "published/latest/quarantine").to_table().to_pylist()
    assert row["source"] == ("dump.jsonl.gz#3" if packed else "2.txt") and reason in row["detail"]
    assert not [child for child in psutil.Process().children() if "flows.worker_child" in command_of(child)]


def test_output_that_another_run_writes_is_locked(commands: Commands, tmp_path: Path) -> None:
    with output_lock(tmp_path / "data"):
        run = commands.run("run", str(SEEDS), "--out", "data")
    assert run.returncode == 2
    assert f"process {os.getpid()}, since" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--out", "data"], "INPUTS"),
        (["run", "nowhere", "--out", "data"], "nowhere"),
        (["run", "empty", "--out", "data"], "empty"),
        (["run", "empty", "--out", "file"], "file"),
        (["run", str(SEEDS), "--out", "data", "--recipe", "wrong.toml"], "colour"),
        (["run", str(SEEDS), "--out", "data", "--workers", "0"], "--workers 0"),
        (["serve", str(SEEDS), "--out", "data"], "--every"),
        (["serve", str(SEEDS), "--out", "data", "--every", "soon"], "soon"),
        (["serve", str(SEEDS), "--out", "data", "--cron", "61 * * * *"], "61 * * * *"),
        (["serve", "nowhere", "--out", "data", "--every", "1h"], "nowhere"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_call_exits_2_with_one_message(
    commands: Commands, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "wrong.toml").write_text('colour = "blue"\n', encoding="utf-8")
    run = commands.run(*arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "data").exists()


def test_configured_server_that_does_not_answer_is_a_broken_set_up(commands: Commands) -> None:
    run = commands.run("run", str(SEEDS), "--out", "data", env={"PREFECT_API_URL": "http://127.0.0.1:9/api"})
    assert run.returncode == 2
    assert "http://127.0.0.1:9/api" in run.stderr and "PREFECT_API_URL" in run.stderr


def test_help_imports_no_heavy_library(commands: Commands) -> None:
    code = (
        "import sys; from flows.cli import run_command\n"
        "for words in (['--help'], ['run', '--help'], ['serve', '--help']):\n"
        "    assert run_command(words) == 0\n"
        "print(sorted({'prefect', 'pyarrow', 'great_expectations', 'pandas', 'trafilatura'} & set(sys.modules)))\n"
    )
    run = commands.run_any([sys.executable, "-c", code])
    assert run.stdout.splitlines()[-1] == "[]", run.stderr
    assert "cleaning serve news/" in run.stdout, "help comes with examples"


def test_version_is_that_of_the_package(commands: Commands) -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    run = commands.run("--version")
    assert (run.returncode, run.stdout.strip()) == (0, stated)


def test_every_command_shows_with_verbose_where_an_error_came_from(commands: Commands) -> None:
    calls = (
        *("show x", "explain x", "verify no", "status no", "retry no", "try no", "rules x", "rules try no.md"),
        *("snapshots list no", "snapshots prune no --keep 0", "snapshots diff a b", "rules new x y", "run no --out o"),
    )
    code = (
        "import sys; from flows.cli import run_command\n"
        f"for call in {calls!r}:\n"
        "    print('==', call, run_command([*call.split(), '--verbose']), file=sys.stderr)\n"
    )
    said = commands.run_any([sys.executable, "-c", code]).stderr
    for call, told in zip(calls, said.split("== ")[:-1], strict=True):
        assert told.count("Traceback") == 1 and "--verbose" not in told, (call, told)
    assert said.count(" 2\n") == len(calls), said


def test_prefect_has_the_verb(commands: Commands, tmp_path: Path, api_url: str) -> None:
    prefect = str(Path(sys.executable).with_name("prefect"))
    command = [prefect, "run", "clean-corpus", str(SEEDS), "--out", str(tmp_path / "data")]
    run = commands.run_any(command, cwd=ROOT, env={"PREFECT_API_URL": api_url})
    assert run.returncode == 0, run.stderr
    assert len(snapshots(tmp_path / "data")) == 1

    wrong = commands.run_any([prefect, "run", "clean-corpus", "nowhere", "--out", "data"], cwd=ROOT)
    assert wrong.returncode == 2 and "nowhere" in wrong.stderr
    listing = commands.run_any([prefect, "--help"], cwd=ROOT)
    assert listing.returncode == 0 and "work-pool" in listing.stdout


def test_an_error_in_the_clean_up_does_not_hide_a_signal(commands: Commands) -> None:
    code = (
        "import os, signal, sys; from flows.cli import guarded\n"
        "def command():\n"
        "    try: os.kill(os.getpid(), signal.SIGTERM); signal.pause()\n"
        "    finally: raise RuntimeError('cannot join thread before it is started') from None\n"
        "sys.exit(guarded(command, []))\n"
    )
    run = commands.run_any([sys.executable, "-c", code])
    assert (run.returncode, run.stderr.strip()) == (143, "Stopped by SIGTERM.")


def test_ctrl_c_in_the_middle_of_a_library_is_still_ctrl_c(commands: Commands) -> None:
    code = (
        "import os, signal, sys; from pydantic import BaseModel, model_serializer; from flows.cli import guarded\n"
        "class State(BaseModel):\n"
        "    @model_serializer\n"
        "    def ser_model(self) -> str: os.kill(os.getpid(), signal.SIGINT); return ''\n"
        "sys.exit(guarded(lambda: State().model_dump(), []))\n"
    )
    run = commands.run_any([sys.executable, "-c", code])
    assert (run.returncode, run.stderr.strip()) == (130, "Stopped by Ctrl-C.")


def test_two_times_ctrl_c_is_ctrl_c(commands: Commands, tmp_path: Path, pages: Path) -> None:
    process = commands.start([*CLEANING, "run", str(pages), "--out", str(tmp_path / "data"), "--workers", "1"])
    time.sleep(4)
    started = family(process)
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        time.sleep(0.15)
    said, _ = process.communicate(timeout=20)
    assert said.strip() == "Stopped by Ctrl-C."
    # One that comes while Python goes down ends the process by the signal, which a shell calls 130 too.
    assert process.returncode in (130, -signal.SIGINT)
    assert survivors(started) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("after_seconds", [0.8, 5.0], ids=["while-the-server-starts", "in-the-flow"])
def test_signal_leaves_no_process_and_the_next_run_works(
    commands: Commands, tmp_path: Path, pages: Path, number: signal.Signals, after_seconds: float
) -> None:
    out = tmp_path / "data"
    process = commands.start([*CLEANING, "run", str(pages), "--out", str(out), "--workers", "1"])
    time.sleep(after_seconds)
    deadline = time.monotonic() + 30
    while len(started := family(process)) < 2:  # on a busy machine the first child may take longer
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == (143 if number == signal.SIGTERM else -signal.SIGKILL), said
    assert survivors(started) == []
    assert snapshots(out) == []
    if number == signal.SIGTERM:
        # One that ends before it has staged anything leaves no folder either.
        assert [*(out / "work" / "staging").glob("*")] == []
    if after_seconds > 1:
        again = commands.run("run", str(SEEDS), "--out", str(out))
        assert again.returncode == 0, again.stderr
        assert len(snapshots(out)) == 1
