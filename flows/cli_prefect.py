"""``prefect run clean-corpus``: what ``cleaning run`` does, as a verb of Prefect's own command line."""

from __future__ import annotations

import functools
import sys
from typing import Any

from cyclopts import App

from flows import cli_run
from flows.cli import guarded

app = App(name="run", help="Run a flow from here: no server to start, no deployment to make.")
_clean_corpus = App(name="clean-corpus", help=cli_run.HELP.replace("cleaning run", "prefect run clean-corpus"))
app.command(_clean_corpus)


@_clean_corpus.default
@functools.wraps(cli_run.run)
def clean_corpus(*inputs: Any, **options: Any) -> None:
    """Clean, check and publish once, with the exit codes of ``cleaning run``."""
    sys.exit(guarded(lambda: cli_run.run(*inputs, **options), sys.argv))
