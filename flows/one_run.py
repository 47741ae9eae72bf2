"""One run from the command line: head start, flow, summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown

from flows.head_start import HeadStart, head_start
from flows.imports import quick_imports
from flows.progress import TerminalProgress, print_timeline
from flows.settings import RunRequest, set_default_environment
from flows.timeline import Timeline

if TYPE_CHECKING:
    from flows.steps import Published


def carry_out(
    request: RunRequest, *, verbose: bool = False, shows_timings: bool = False, began: float | None = None
) -> int:
    """Run ``request`` with progress and summary; 0, the exit code.

    Raises CleaningError, as the flow does.
    """
    # An error is told once, by the command line, and in Prefect's log, which --verbose shows.
    set_default_environment(log_level="INFO" if verbose else "CRITICAL")
    timeline = Timeline(began)
    with (
        TerminalProgress() as progress,
        head_start(request, watcher=progress, timeline=timeline, by_hand=True) as start,
    ):
        is_up_to_date = start.workshop.plan.is_up_to_date
        published = None if is_up_to_date else _run_flow(request, start, progress)
    _print_summary(request, published)
    if shows_timings:
        print_timeline(timeline)
    return 0


def _run_flow(request: RunRequest, start: HeadStart, progress: TerminalProgress) -> Published | None:
    timeline = start.workshop.timeline
    progress.entered("starting Prefect")
    with timeline.phase("import Prefect"), quick_imports():
        # The engines too, which Prefect imports at the first call: the server is not there yet.

        from flows.clean_corpus import clean_corpus
    start.wait_for_api()
    progress.entered("cleaning")
    with timeline.phase("flow"), _no_heartbeats():
        published: Published | None = clean_corpus(**request.as_parameters())
    return published


def _print_summary(request: RunRequest, published: Published | None) -> None:
    console = Console()
    if published is None:
        latest = request.out / "published" / "latest"
        place = request.remote or latest
        text = f"Nothing is new, changed or gone: {place} is up to date (--full cleans everything again).\n"
        text += "The run that published it said:\n"
        console.print(text, soft_wrap=True, markup=False, highlight=False)
        summary = (latest / "summary.md").read_text(encoding="utf-8")
    else:
        summary = published.summary
        if published.notice:
            note = Console(stderr=True, soft_wrap=True, highlight=False)
            note.print(f"Note: {published.notice}", markup=False)
    if console.is_terminal:
        console.print(Markdown(summary))
    else:
        console.print(summary, soft_wrap=True, markup=False, highlight=False)


@contextmanager
def _no_heartbeats() -> Iterator[None]:
    """Send no heartbeats unless the user set how often: to end them takes up to a second, and whoever
    started this run sees by its exit code whether it lives.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, get_current_settings, temporary_settings

    if "heartbeat_frequency" in get_current_settings().flows.model_fields_set:
        yield
        return
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
