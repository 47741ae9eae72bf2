"""The process of one worker: runs functions of ``flows.steps`` for its parent, one at a time."""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import sys
import threading
import traceback
from contextlib import suppress
from typing import IO, Any

from flows.imports import quick_imports

# What a worker of each kind imports before its first call, while its parent has other things to do.
PRELOADS = {"worker": ("flows.steps",), "auditor": ("flows.steps", "expectations.check")}

Call = tuple[str, tuple[Any, ...]]


def main() -> None:
    """Answer calls, pickled on standard input, until it ends; ``argv[1]`` is the kind of worker.

    Answers go to the standard output that we were started with. Whatever a library prints goes to
    standard error, so it cannot be mistaken for an answer.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
    # A thread reads, so that a worker deep in a document ends with its parent too.
    threading.Thread(target=_read_calls, args=(sys.stdin.buffer, calls), daemon=True).start()
    _preload(sys.argv[1])
    while True:
        name, arguments = calls.get()
        pickle.dump(_answer(name, arguments), answers)
        answers.flush()


def _read_calls(pipe: IO[bytes], calls: queue.SimpleQueue[Call]) -> None:
    try:
        while True:
            calls.put(pickle.load(pipe))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def _preload(kind: str) -> None:
    with quick_imports(), suppress(Exception):  # the first call meets it again and answers with it
        for module in PRELOADS[kind]:
            importlib.import_module(module)


def _answer(name: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """Whether the call succeeded, and what it returned or raised."""
    try:
        steps = importlib.import_module("flows.steps")
        return True, getattr(steps, name)(*arguments)
    except Exception as error:  # noqa: BLE001 - it is the answer, and the caller raises it
        error.add_note("In a worker:\n" + traceback.format_exc())
        return False, _as_picklable(error)


def _as_picklable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - any exception may refuse to be pickled in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
