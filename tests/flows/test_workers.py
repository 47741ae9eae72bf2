"""Our own worker processes."""

from __future__ import annotations

import errno
import os
import pickle
import signal
from pathlib import Path

import psutil
import pytest

from flows import workers
from flows.workers import WorkerDied, Workers, WorkersClosed
from tests.flows.conftest import command_of


def _children() -> list[psutil.Process]:
    found = psutil.Process().children()
    return [child for child in found if "flows.worker_child" in command_of(child)]


def test_errors_come_back_and_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    pool = Workers("worker", 1)
    try:
        with pytest.raises(OSError, match=r"run\.json"):
            pool.submit("clean_chunk", tmp_path / "run" / "chunks" / "missing.json").result(timeout=60)
        (worker,) = _children()
        waiting = pool.submit("discard", tmp_path / "none")
        assert waiting.result(timeout=60) is None
        worker.kill()
        worker.wait()
        assert pool.submit("discard", tmp_path / "none").result(timeout=60) is None
        (replaced,) = _children()
        assert replaced.pid != worker.pid
    finally:
        pool.close()
    assert _children() == []


def test_a_worker_that_cannot_be_replaced_fails_its_call_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_none(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    pool = Workers("worker", 1)
    try:
        assert pool.submit("discard", tmp_path / "none").result(timeout=60) is None
        (worker,) = _children()
        worker.kill()
        worker.wait()
        with monkeypatch.context() as patched:
            patched.setattr(workers, "start_child", start_none)
            for _ in range(2):
                with pytest.raises(BlockingIOError, match="temporarily"):
                    pool.submit("discard", tmp_path / "none").result(timeout=20)
        assert pool.submit("discard", tmp_path / "none").result(timeout=60) is None
    finally:
        pool.close()
    assert _children() == []


def test_a_call_that_cannot_be_sent_fails_and_no_other(tmp_path: Path) -> None:
    pool = Workers("worker", 1)
    try:
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            pool.submit("discard", lambda: None).result(timeout=20)
        assert pool.submit("discard", tmp_path / "none").result(timeout=60) is None
    finally:
        pool.close()


def test_call_whose_worker_dies_raises(tmp_path: Path) -> None:
    pool = Workers("worker", 1)
    os.mkfifo(tmp_path / "run.json")
    chunk = tmp_path / "chunks" / "00000.json"
    try:
        reading = pool.submit("clean_chunk", chunk)  # waits for a writer that never comes
        while not reading.running():
            pass
        (worker,) = _children()
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(WorkerDied, match="signal 9 in clean_chunk"):
            reading.result(timeout=30)
    finally:
        pool.close()


def test_close_gives_up_what_waits_and_what_runs(tmp_path: Path) -> None:
    pool = Workers("worker", 1)
    os.mkfifo(tmp_path / "run.json")
    chunk = tmp_path / "chunks" / "00000.json"
    calls = [pool.submit("clean_chunk", chunk) for _ in range(3)]
    pool.close()
    assert _children() == []
    for call in [*calls, pool.submit("discard", tmp_path)]:
        with pytest.raises(WorkersClosed):
            call.result(timeout=10)
