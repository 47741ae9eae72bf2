"""Child processes that live no longer than the process which started them, however that one ends.

Each child holds the read end of a pipe, its standard input, whose write end only the parent has.
When the parent ends, by ``exit``, by an exception, by SIGTERM or by SIGKILL, the kernel closes the
write end, the child reads the end of the file, and goes. No signal, no platform's special call.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import IO

# The child gets its parent's module path, as multiprocessing's own children do: a folder named
# `flows` where the command was called must not take the place of this package. It never sees the
# parent's `__main__`.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "import importlib; importlib.import_module(sys.argv.pop(1)).main()"
)


def start_child(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    errors: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """The running child, in ``main()`` of ``module``; its standard input and output are pipes.

    It has a session of its own, so that Ctrl-C reaches the parent alone, which then decides.
    ``errors`` takes its standard error; without it the child writes to ours.
    """
    new_group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path), module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, **(environment or {})},
        start_new_session=os.name == "posix",
        creationflags=new_group,
    )


def end_child(child: subprocess.Popen[bytes], *, grace_seconds: float) -> None:
    """Close the child's pipe, and kill it when it is still there after ``grace_seconds``."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written has no reader any more
                pipe.close()
    try:
        child.wait(timeout=grace_seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
