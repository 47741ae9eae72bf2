"""The steps of a run, one after the other, in this process: what the flow does, without Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleaning.recipe import Recipe
from flows import steps


def run_steps(
    inputs: Sequence[str], out: Path, recipe: Recipe | None = None, *, full: bool = False, retry: bool = False
) -> steps.Published | None:
    """What was published, or None where nothing was to do or the data failed its contract."""
    plan = steps.plan_run(inputs, out, recipe or Recipe(), full=full, retry=retry)
    if plan.is_up_to_date:
        steps.discard(plan.staging)
        return None
    for chunk in plan.chunks:
        steps.clean_chunk(chunk)
    for chunk in steps.find_templates(plan.staging):
        steps.clean_chunk(chunk)
    steps.assemble(plan.staging)
    if not steps.check(plan.staging).passed:
        return None
    return steps.publish(plan.staging)
