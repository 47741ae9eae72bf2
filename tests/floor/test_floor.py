"""Quality on a fixed sample must not sink. To lower a floor: FLOOR=write, and a line in the changelog that says why."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from benchmarks.lines import measure, ours, read
from cleaning.recipe import Recipe

HERE = Path(__file__).parent
SAMPLE, FLOOR = HERE / "sample.jsonl.gz", HERE / "floor.json"
# Another processor may round one line's score to the other side of a threshold.
TOLERANCE = 0.3


def figures() -> dict[str, dict[str, float]]:
    records = list(read(SAMPLE))
    found = {}
    for profile in ("off", "default"):
        recipe = Recipe(line_model=profile)  # type: ignore[arg-type]
        tallies, _ = measure(records, lambda lines, recipe=recipe: ours(lines, recipe), "group")
        for group, tally in tallies.items():
            row = tally.row()
            found[f"{group}, line model {profile}"] = {
                name: round(row[name], 2) for name in ("b_recall", "c_lost", "hurt", "word_f1")
            }
    return found


def test_quality_does_not_sink() -> None:
    digest = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    found = figures()
    if os.environ.get("FLOOR") == "write":
        FLOOR.write_text(json.dumps({"sample_sha256": digest, "floor": found}, indent=1) + "\n")
    pinned = json.loads(FLOOR.read_text())
    assert pinned["sample_sha256"] == digest, "the floor belongs to another sample"
    for group, floor in pinned["floor"].items():
        for name, value in floor.items():
            if name in ("b_recall", "word_f1"):
                assert found[group][name] >= value - TOLERANCE, (group, name, found[group])
            else:
                assert found[group][name] <= value + TOLERANCE, (group, name, found[group])


@pytest.mark.parametrize("profile", ["off", "conservative", "default", "aggressive"])
def test_profiles_remove_more_in_order(profile: str) -> None:
    order = ["off", "conservative", "default", "aggressive"]
    records = list(read(SAMPLE, 12))
    removed = []
    for name in order[: order.index(profile) + 1]:
        recipe = Recipe(line_model=name)  # type: ignore[arg-type]
        tallies, _ = measure(records, lambda lines, recipe=recipe: ours(lines, recipe), "group")
        removed.append(sum(tally.b_removed for tally in tallies.values()))
    assert removed == sorted(removed)
