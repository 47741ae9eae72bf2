"""In the process of a scheduled run: what it tells whoever sits before ``cleaning serve``, and when it ends."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from typing import TextIO

from flows.settings import is_served, is_served_quietly

# Enough for a flow to record that it was ended and to clear its staging folder away.
_GRACE_SECONDS = 5.0


def end_with_server() -> None:
    """End soon after the process that started this one, however that ended, where it is ``cleaning serve``."""
    parent = multiprocessing.parent_process()
    if parent is not None and is_served():
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def keep_log_to_pages() -> None:
    """Leave Prefect's log of the run, tracebacks of what was to be expected among it, to Prefect's pages.

    ``cleaning serve`` tells once what a run came to; with ``--verbose`` it shows the log, too.
    """
    if is_served_quietly():
        for name in ("prefect.flow_runs", "prefect.task_runs"):
            logging.getLogger(name).propagate = False


def tell(message: str, *, is_failure: bool = False) -> None:
    """Tell whoever sits before ``cleaning serve``; nobody does elsewhere."""
    if is_served():
        tell_now(message, sys.stderr if is_failure else sys.stdout)


def tell_now(message: str, stream: TextIO | None = None) -> None:
    """A message with its time, on standard error unless another stream is named."""
    stream = stream or sys.stderr
    stream.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {message}\n")
    stream.flush()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
