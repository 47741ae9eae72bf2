"""``cleaning serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

HELP = """Clean, check and publish again and again, on a schedule, until Ctrl-C or SIGTERM.

Each run works on what is new or changed, one run at a time. Where no Prefect API is configured
this starts a Prefect server on loopback and owns it: its address is printed, its pages show the
runs and their logs, and it ends with this command. A run that fails leaves the published snapshot
as it was, its reason is told here in one message, and the next one starts on time.

For example:

```
cleaning serve seeds --out data --every 1h
cleaning serve news/ --out /srv/corpus --cron "0 3 * * *"
```
"""

app = App(name="serve", help=HELP, help_format="markdown")


@app.default
def serve(
    *inputs: Annotated[str, Parameter(required=True)],
    out: str,
    every: str | None = None,
    cron: str | None = None,
    recipe: Path | None = None,
    full: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    workers: int | None = None,
    verbose: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
) -> int:
    """Serve the flow on a schedule.

    Parameters
    ----------
    inputs
        Files and folders to clean.
    out
        The folder to publish in, or a place in an S3 bucket; it is made if it is not there.
    every
        The time from one run to the next: 30s, 15m, 1h, 1d, 1h30m. The first run starts at once.
    cron
        Or a cron schedule, in UTC: "0 3 * * *" is every night at 3.
    recipe
        A TOML file that says what to remove and what to keep.
    full
        Clean everything again at each run, not only what is new or changed.
    workers
        Worker processes; as many as there are cores unless given.
    verbose
        Show Prefect's whole log, and the traceback of an error.
    """
    from flows.serving import serve_on_schedule
    from flows.settings import RunRequest, set_default_environment

    set_default_environment(log_level="INFO" if verbose else "WARNING")
    recipe_file = str(recipe) if recipe else None
    request = RunRequest.of(inputs, out, recipe=recipe_file, full=full, workers=workers)
    serve_on_schedule(request, cron=cron, every=every, verbose=verbose)
    return 0
