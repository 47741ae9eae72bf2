"""What a run says where most documents of the snapshot before it are gone: another folder named by mistake, perhaps."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.counted import counted
from cleaning.errors import BrokenSnapshot
from cleaning.publish.manifest import check_files
from cleaning.publish.scan import scan_table

# A corpus that loses so much from one run to the next was hardly meant to.
_MOST = 0.5


def replaced_notice(previous: Path | None, folder: Path, run: Mapping[str, Any], keep: int) -> str:
    """What to say, or nothing; ``keep``: how many snapshots there will be. A damaged one before it says nothing."""
    if previous is None:
        return ""
    with suppress(BrokenSnapshot, pa.ArrowException, OSError):
        manifest = check_files(previous)
        others = sorted(manifest.inputs) != sorted(run["inputs"])
        if not manifest.counts.documents or not (others or run["gone"]):
            return ""
        gone = _count_gone(previous, folder)
        if gone > _MOST * manifest.counts.documents:
            return _notice(gone, manifest.counts.documents, manifest.inputs if others else (), previous.name, run, keep)
    return ""


def _count_gone(previous: Path, folder: Path) -> int:
    batches = list(scan_table(folder, "documents", ["id"]))
    now = pa.chunked_array([batch["id"] for batch in batches], pa.string())
    old = (batch["id"] for batch in scan_table(previous, "documents", ["id"]))
    return sum(len(ids) - (pc.sum(pc.is_in(ids, value_set=now)).as_py() or 0) for ids in old)


def _notice(gone: int, before: int, inputs: tuple[str, ...], name: str, run: Mapping[str, Any], keep: int) -> str:
    out, now = run["out_as_given"], run["inputs"]
    said = f"Gone since the snapshot before: {gone:,} of {counted(before, 'document')}. "
    if inputs:
        said += f"It was made from {', '.join(inputs)}, this one from {', '.join(now)}. "
        said += f"To have both: {_command(dict.fromkeys([*inputs, *now]), out)} · to go back: {_command(inputs, out)}. "
    else:
        said += "The inputs are the same inputs; their files are gone. "
    place = f"{out}/published/snapshots/{name}"
    if keep == 1:
        return f"{said}keep_snapshots = 1 in the recipe keeps no snapshot but the newest."
    return f"{said}It is kept until {keep - 1} more are published: {place} (cleaning show ID --data {place})."


def _command(inputs: Any, out: str) -> str:
    return f"cleaning run {shlex.join(inputs)} --out {shlex.quote(out)}"
