"""``cleaning retry``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

HELP = """Read again what is in quarantine, after a fix: a mended file, another recipe or suite, a new version.

Inputs and recipe are those of the last run unless they are named. For example:

```
cleaning retry data
cleaning retry data --recipe larger-limits.toml
```
"""

app = App(name="retry", help=HELP, help_format="markdown")


@app.default
def retry(
    data: str,
    *inputs: str,
    recipe: Path | None = None,
    workers: int | None = None,
    verbose: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
) -> int:
    """Work the quarantine off.

    Parameters
    ----------
    data
        The folder or remote place that runs publish in.
    inputs
        Files and folders to clean; those of the last run unless given.
    recipe
        A TOML file that says what to remove and what to keep; that of the last run unless given.
    workers
        Worker processes; as many as there are cores unless given.
    verbose
        Show Prefect's log, and the traceback of an error.
    """
    began = time.perf_counter()
    from flows.last_run import read_last_run
    from flows.one_run import carry_out
    from flows.settings import RunRequest, output_of

    if not inputs:
        last = read_last_run(output_of(data)[1])
        inputs, recipe = last.inputs, recipe or last.recipe
    recipe_file = str(recipe) if recipe else None
    request = RunRequest.of(inputs, data, recipe=recipe_file, workers=workers, retry=True)
    return carry_out(request, verbose=verbose, began=began)
