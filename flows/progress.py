"""What a person sees of a run while it runs, on standard error; nothing where no one looks."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows.counts import ChunkCounts
from flows.steps import Plan
from flows.timeline import Timeline


class TerminalProgress:
    """A bar of the documents and the phase that the run is in, from the first moment on."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._documents = self._progress.add_task("documents", total=None, count="")
        self._phase = self._progress.add_task("starting", total=None, count="")
        self._cleaned = 0
        self._to_clean = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def planned(self, plan: Plan) -> None:
        self._to_clean = plan.to_clean
        self._show_documents()

    def cleaned(self, counts: ChunkCounts) -> None:
        self._cleaned += counts.sources
        # Documents with templates of their site are cleaned twice.
        self._to_clean = max(self._to_clean, self._cleaned)
        self._show_documents()

    def entered(self, phase: str) -> None:
        self._progress.update(self._phase, description=phase)

    def _show_documents(self) -> None:
        count = f"{self._cleaned:,} of {self._to_clean:,}"
        self._progress.update(self._documents, total=self._to_clean, completed=self._cleaned, count=count)

    def noted(self, message: str) -> None:
        self._progress.console.print(message, markup=False, highlight=False, soft_wrap=True)


def print_timeline(timeline: Timeline) -> None:
    """Where the time went, as a table on standard error; phases overlap."""
    total = timeline.elapsed_seconds()
    table = Table("phase", "from s", "to s", "took s", "", box=None)
    for phase in timeline.phases():
        before, width = (int(30 * seconds / total) for seconds in (phase.began_seconds, phase.ended_seconds))
        table.add_row(
            phase.name,
            f"{phase.began_seconds:.2f}",
            f"{phase.ended_seconds:.2f}",
            f"{phase.ended_seconds - phase.began_seconds:.2f}",
            " " * before + "━" * max(1, width - before),
        )
    table.add_row("total", "0.00", f"{total:.2f}", f"{total:.2f}", "")
    Console(stderr=True, width=100).print(table)
