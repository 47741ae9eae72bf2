"""In the process of a scheduled run: end soon after the process that serves the schedule, however that ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

from flows.settings import is_served

# Enough for a flow to record that it was ended and to clear its staging folder away.
_GRACE_SECONDS = 5.0


def end_with_server() -> None:
    """Watch the process that started this one, where that is ``cleaning serve``."""
    parent = multiprocessing.parent_process()
    if parent is not None and is_served():
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
