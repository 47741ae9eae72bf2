"""The failure of a run whose data does not keep what the expectations promise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from cleaning.counted import counted
from cleaning.errors import CleaningError
from expectations.suites_folder import CHECK_FILE

if TYPE_CHECKING:
    from flows.steps import CheckOutcome


class ContractFailed(CleaningError):
    """The data does not keep what the expectations promise: nothing was published."""

    def __init__(self, outcome: CheckOutcome, staging: Path) -> None:
        broken = "".join(f"\n  {name}" for name in _broken_promises(staging / CHECK_FILE))
        super().__init__(
            f"The data failed its contract and nothing was published; readers see what they saw before.{broken}\n"
            f"Every result is in {staging / CHECK_FILE} until the next run. Mend the sources or the recipe, or change"
            f" the suite ({', '.join(f'{name}.json' for name in outcome.failed_suites)}), and run again."
        )
        self.outcome = outcome
        self.staging = staging

    def __reduce__(self) -> tuple[type[ContractFailed], tuple[CheckOutcome, Path]]:
        return (ContractFailed, (self.outcome, self.staging))


def _broken_promises(path: Path) -> list[str]:
    """The expectations that stopped the run, for people; none where the report cannot be read."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        waiting = report["quarantined"]
        stopping = (found for found in report["results"] if found["on_failure"] == "stop" and not found["success"])
        broken = [f"{found['name']}: {found['why']} Found: {found['observed'] or 'nothing'}" for found in stopping]
        if not waiting["rows"]:
            return broken
        return [*broken, f"{counted(waiting['rows'], 'source')} rejected before, the first of them:", *waiting["first"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
