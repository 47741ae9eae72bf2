"""``cleaning run``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from flows.unknown_option import unknown_option

HELP = """Clean files and folders of texts, pages, dumps and archives, check the result, and publish it.

Only what is new or changed since the last run is worked on. Readers of `OUT/published/latest` see
the last whole snapshot until the new one is complete and has passed its checks; then they see the
new one, at once. What cannot be read goes to quarantine with its reason, and the rest is published.

For example:

```
cleaning run seeds --out data
cleaning run news/ pages/ --out /srv/corpus --recipe news.toml
cleaning run seeds --out data --full --timings
find . -name '*.html' -newer mark | cleaning run - --out data
cleaning run s3://raw/crawl --out s3://corpora/news
```
"""

app = App(name="run", help=HELP, help_format="markdown")


@app.default
def run(
    *inputs: Annotated[str, Parameter(required=True, allow_leading_hyphen=True)],
    out: str,
    recipe: Path | None = None,
    full: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    workers: int | None = None,
    verbose: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    timings: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
) -> int:
    """Clean, check and publish once.

    Parameters
    ----------
    inputs
        Files and folders to clean, also remote ones (s3://bucket/folder); patterns in quotes ("crawl/**/*.warc.gz"),
        @FILE with one input a line, and - for such a list on standard input.
    out
        The folder to publish in, or a place in an S3 bucket (s3://bucket/corpus); it is made if it is not there.
    recipe
        A TOML file that says what to remove and what to keep.
    full
        Clean everything again, not only what is new or changed.
    workers
        Worker processes; as many as there are cores unless given.
    verbose
        Show Prefect's log, and the traceback of an error.
    timings
        Show where the time went.
    """
    began = time.perf_counter()
    from cleaning.errors import BadCall
    from flows.input_list import list_from_input
    from flows.one_run import carry_out
    from flows.settings import RunRequest, output_of

    if unknown := unknown_option(app, inputs):
        raise BadCall(f"{unknown} Try --help.")
    named = list_from_input(inputs, output_of(out)[1])
    request = RunRequest.of(named, out, recipe=str(recipe) if recipe else None, full=full, workers=workers)
    return carry_out(request, verbose=verbose, shows_timings=timings, began=began)
