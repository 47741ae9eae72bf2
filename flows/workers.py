"""Processes of our own that do the work, so that it needs no Prefect and survives a killed worker."""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.children import end_child, start_child

Kind = Literal["worker", "auditor"]


class WorkerDied(Exception):
    """A worker ended in the middle of a call: killed, out of memory, out of time, or crashed in native code."""

    def __init__(self, message: str, signal_number: int | None = None) -> None:
        super().__init__(message)
        self.signal_number = signal_number


class WorkersClosed(Exception):
    """The run is ending; no further call is taken and those under way are given up."""


@dataclass(slots=True)
class _Call:
    name: str
    arguments: tuple[Any, ...]
    future: Future[Any] = field(default_factory=Future)


class Workers:
    """Up to ``count`` processes that run functions of ``flows.steps``.

    A process starts when a call finds none idle, so that a small run does not pay for all of them;
    ``start`` starts one ahead of its first call. One that dies fails its own call and is replaced.
    """

    def __init__(self, kind: Kind, count: int) -> None:
        self._kind = kind
        self._count = count
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._open_calls = 0
        self._children: list[subprocess.Popen[bytes]] = []
        self._threads: list[threading.Thread] = []
        self._closed = False

    def start(self) -> None:
        """Start one process now, without waiting for it."""
        with self._lock:
            if not self._threads and not self._closed:
                self._add_thread()

    def submit(self, name: str, *arguments: Any) -> Future[Any]:
        """The future result of ``flows.steps.<name>(*arguments)`` in one of the processes.

        It raises what the function raised, or ``WorkerDied``, or ``WorkersClosed``.
        """
        call = _Call(name, arguments)
        with self._lock:
            if self._closed:
                call.future.set_exception(WorkersClosed())
                return call.future
            self._open_calls += 1
            if len(self._threads) < min(self._count, self._open_calls):
                self._add_thread()
            self._calls.put(call)
        call.future.add_done_callback(self._count_down)
        return call.future

    def close(self) -> None:
        """End all processes at once; calls that wait or run raise ``WorkersClosed``."""
        with self._lock:
            self._closed = True
            children = list(self._children)
        for child in children:
            child.kill()
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join()
        self._give_up_waiting_calls()

    def _add_thread(self) -> None:
        child = self._start_child()
        thread = threading.Thread(target=self._serve, args=(child,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _start_child(self) -> subprocess.Popen[bytes]:
        child = start_child("flows.worker_child", self._kind)
        self._children.append(child)
        return child

    def _serve(self, child: subprocess.Popen[bytes]) -> None:
        """Take calls one by one and have ``child``, or the one after it, answer them."""
        while (call := self._calls.get()) is not None:
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                if child.poll() is not None:  # it died while it was idle, or in the call before
                    child = self._replace(child)
                self._settle(call, child)
            except Exception as error:  # noqa: BLE001 - whoever waits for the call is told, and the next one is tried
                end_child(child, grace_seconds=1)
                call.future.set_exception(error)
        end_child(child, grace_seconds=1)

    def _settle(self, call: _Call, child: subprocess.Popen[bytes]) -> None:
        try:
            succeeded, value = _ask(child, call)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            end_child(child, grace_seconds=1)
            died = WorkersClosed() if self._closed else _how_it_ended(child, call)
            call.future.set_exception(died)
            return
        if succeeded:
            call.future.set_result(value)
        else:
            call.future.set_exception(value)

    def _replace(self, child: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                return child
            fresh = self._start_child()
            self._children.remove(child)
            return fresh

    def _count_down(self, _: Future[Any]) -> None:
        with self._lock:
            self._open_calls -= 1

    def _give_up_waiting_calls(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                call = self._calls.get_nowait()
                if call is not None and not call.future.done():
                    call.future.set_exception(WorkersClosed())


def _ask(child: subprocess.Popen[bytes], call: _Call) -> tuple[bool, Any]:
    assert child.stdin is not None and child.stdout is not None
    pickle.dump((call.name, call.arguments), child.stdin)
    child.stdin.flush()
    answer: tuple[bool, Any] = pickle.load(child.stdout)
    return answer


def _how_it_ended(child: subprocess.Popen[bytes], call: _Call) -> WorkerDied:
    code = child.returncode
    how = f"killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
    message = f"The worker process {child.pid} was {how} in {call.name}({', '.join(map(str, call.arguments))})."
    return WorkerDied(message, -code if code is not None and code < 0 else None)
