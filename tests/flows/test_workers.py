"""Our own worker processes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from flows.workers import WorkerDied, Workers, WorkersClosed
from tests.flows.conftest import command_of


def _children() -> list[psutil.Process]:
    found = psutil.Process().children()
    return [child for child in found if "flows.worker_child" in command_of(child)]


def test_errors_come_back_and_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    workers = Workers("worker", 1)
    try:
        with pytest.raises(OSError, match=r"run\.json"):
            workers.submit("clean_chunk", tmp_path / "run" / "chunks" / "missing.json").result(timeout=60)
        (worker,) = _children()
        waiting = workers.submit("discard", tmp_path / "none")
        assert waiting.result(timeout=60) is None
        worker.kill()
        worker.wait()
        assert workers.submit("discard", tmp_path / "none").result(timeout=60) is None
        (replaced,) = _children()
        assert replaced.pid != worker.pid
    finally:
        workers.close()
    assert _children() == []


def test_call_whose_worker_dies_raises(tmp_path: Path) -> None:
    workers = Workers("worker", 1)
    os.mkfifo(tmp_path / "run.json")
    chunk = tmp_path / "chunks" / "00000.json"
    try:
        reading = workers.submit("clean_chunk", chunk)  # waits for a writer that never comes
        while not reading.running():
            pass
        (worker,) = _children()
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(WorkerDied, match="signal 9 in clean_chunk"):
            reading.result(timeout=30)
    finally:
        workers.close()


def test_close_gives_up_what_waits_and_what_runs(tmp_path: Path) -> None:
    workers = Workers("worker", 1)
    os.mkfifo(tmp_path / "run.json")
    chunk = tmp_path / "chunks" / "00000.json"
    calls = [workers.submit("clean_chunk", chunk) for _ in range(3)]
    workers.close()
    assert _children() == []
    for call in [*calls, workers.submit("discard", tmp_path)]:
        with pytest.raises(WorkersClosed):
            call.result(timeout=10)
