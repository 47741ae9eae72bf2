"""Lists of inputs that came by standard input, kept in ``<out>/work`` for the run and for those who repeat it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaning.ingest import shown_argument

# Somebody may go back to what a run before was made from.
_KEPT_LISTS = 20


def list_from_input(inputs: Sequence[str], out: Path) -> tuple[str, ...]:
    """The inputs with ``-`` replaced by a list of what standard input names, kept in ``<out>/work``.

    What remote addresses hold of credentials does not go into the list. The lock on the output is not held yet: the
    list is named for what is in it, so that a run under way keeps its own, and the same list is the same input again.

    Raises:
        OSError: the list cannot be written.
    """
    if "-" not in inputs:
        return tuple(inputs)
    lines = (os.fsdecode(line.strip()) for line in sys.stdin.buffer.read().splitlines())
    data = b"".join(os.fsencode(shown_argument(line)) + b"\n" for line in lines)
    path = out / "work" / f"inputs-{hashlib.sha256(data).hexdigest()[:16]}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(data)
    os.replace(partial, path)
    return tuple(f"@{path}" if name == "-" else name for name in inputs)


def prune_lists(out: Path, inputs: Sequence[str]) -> None:
    """Deletes old lists of ``list_from_input`` but those among the inputs. The lock on the output is held."""
    lists = sorted((out / "work").glob("inputs-*.txt*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in lists[_KEPT_LISTS:]:
        if not any(os.path.basename(name) == path.name for name in inputs):
            path.unlink(missing_ok=True)
