"""What a run says where most documents of the snapshot before it are gone: another input or recipe by mistake?"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cleaning.counted import counted
from cleaning.errors import BrokenSnapshot
from cleaning.ingest.places import is_remote
from cleaning.publish.manifest import check_files
from cleaning.publish.scan import count_rows, scan_table

# A corpus that loses so much from one run to the next was hardly meant to.
_MOST = 0.5


def replaced_notice(previous: Path | None, folder: Path, run: Mapping[str, Any], keep: int) -> str:
    """What to say, or nothing; ``keep``: how many snapshots there will be. A damaged one before it says nothing."""
    if previous is None:
        return ""
    with suppress(BrokenSnapshot, pa.ArrowException, OSError):
        manifest = check_files(previous)
        before = manifest.counts.documents
        others = sorted(map(_place, manifest.inputs)) != sorted(map(_place, run["inputs"]))
        if not before or not (others or run["gone"] or count_rows(folder, "quarantine") > _MOST * before):
            return ""
        gone = _gone(previous, folder)
        if len(gone) > _MOST * before:
            refused = _refused(gone, folder)
            if sum(refused.values()) > _MOST * len(gone):
                why = _why_refused(refused)
            elif others:
                why = _why_others(manifest.inputs, run)
            else:
                why = "The inputs are the same inputs; their files are gone. "
            said = f"Gone since the snapshot before: {len(gone):,} of {counted(before, 'document')}. {why}"
            return said + _what_is_kept(run["out_as_given"], previous.name, keep)
    return ""


def _place(given: str) -> str:
    """The same for two ways to name one folder."""
    return given if is_remote(given) else os.path.realpath(given)


def _gone(previous: Path, folder: Path) -> pa.ChunkedArray:
    """The ids of documents that were there and are not."""
    now = pa.chunked_array([batch["id"] for batch in scan_table(folder, "documents", ["id"])], pa.string())
    old = (batch["id"] for batch in scan_table(previous, "documents", ["id"]))
    return pa.chunked_array([ids.filter(pc.invert(pc.is_in(ids, value_set=now))) for ids in old], pa.string())


def _refused(gone: pa.ChunkedArray, folder: Path) -> Counter[str]:
    """How many of the ids are in quarantine now, by reason."""
    found: Counter[str] = Counter()
    for batch in scan_table(folder, "quarantine", ["id", "reason"]):
        found.update(batch["reason"].filter(pc.is_in(batch["id"], value_set=gone)).to_pylist())
    return found


def _why_refused(refused: Counter[str]) -> str:
    reasons = ", ".join(f"{reason} {n:,}" for reason, n in refused.most_common())
    return (
        f"{sum(refused.values()):,} of them are in quarantine now ({reasons}): the recipe, the suites or the files "
        "have changed. "
    )


def _why_others(inputs: tuple[str, ...], run: Mapping[str, Any]) -> str:
    out, now = run["out_as_given"], run["inputs"]
    said = f"It was made from {', '.join(inputs)}, this one from {', '.join(now)}. "
    return f"{said}To have both: {_command([*inputs, *now], out)} · to go back: {_command(inputs, out)}. "


def _what_is_kept(out: str, name: str, keep: int) -> str:
    place = f"{out}/published/snapshots/{name}"
    if keep == 1:
        return "keep_snapshots = 1 in the recipe keeps no snapshot but the newest."
    return f"It is kept until {keep - 1} more are published: {place} (cleaning show ID --data {place})."


def _command(inputs: Any, out: str) -> str:
    return f"cleaning run {shlex.join(dict.fromkeys(inputs))} --out {shlex.quote(out)}"
