"""What one run needs besides Prefect: the lock on its output, its plan, and the processes that work.

It can be opened before Prefect is imported: then documents are cleaned while Prefect's server starts,
and the flow finds the work under way.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Protocol

from flows.contract import ContractFailed
from flows.counts import ChunkCounts
from flows.last_run import note_run, nothing_left_of_no_run
from flows.lock import output_lock
from flows.outcome import beginning_noted, outcome_noted
from flows.pointer import Pointer
from flows.remote import RemoteOutput
from flows.settings import RunRequest, usable_cores
from flows.steps import CheckOutcome, Plan, Published
from flows.timeline import Timeline
from flows.watch import note_death
from flows.workers import WorkerDied, Workers

# So often a chunk is begun anew after a worker that died at no document of it.
_IDLE_DEATHS = 3


class Watcher(Protocol):
    """Whoever wants to see how a run comes along."""

    def planned(self, plan: Plan) -> None: ...

    def cleaned(self, counts: ChunkCounts) -> None: ...

    def entered(self, phase: str) -> None: ...

    def noted(self, message: str) -> None: ...


class _NoWatcher:
    def planned(self, plan: Plan) -> None: ...

    def cleaned(self, counts: ChunkCounts) -> None: ...

    def entered(self, phase: str) -> None: ...

    def noted(self, message: str) -> None: ...


class Workshop:
    """One run's processes and plan. Use ``open_workshop``."""

    def __init__(self, request: RunRequest, watcher: Watcher | None, timeline: Timeline | None) -> None:
        self.request = request
        self.watcher: Watcher = watcher or _NoWatcher()
        self.timeline = timeline or Timeline()
        self._auditor = Workers("auditor", 1)
        self._workers = Workers("worker", request.workers or usable_cores())
        self._plan: Plan | None = None
        self._chunks: dict[Path, Future[ChunkCounts]] = {}
        self._suites: Future[None] | None = None
        self._keeps_staging = False
        self._remote = RemoteOutput(request.remote) if request.remote else None
        self._base: Pointer | None = None

    @property
    def plan(self) -> Plan:
        assert self._plan is not None, "The workshop is not open."
        return self._plan

    def begin(self) -> None:
        """Plan the run and put its whole work under way.

        Raises BadCall.
        """
        from flows import steps
        from flows.mirror import begin_from

        recipe = self.request.read_recipe()
        self._auditor.start()
        if self._remote is not None:
            self.watcher.entered("fetching what is published")
            with self.timeline.phase("fetch"):
                self._base = begin_from(self._remote, self.request.out, recipe.keep_snapshots)
        self.watcher.entered("planning")
        with self.timeline.phase("plan"):
            request = self.request
            self._plan = steps.plan_run(request.inputs, request.out, recipe, full=request.full, retry=request.retry)
        if recipe.suites is not None:
            self._suites = self._auditor.submit("check_suites", recipe.suites)
        # A call that cannot be planned is none to repeat.
        note_run(self.request)
        self.watcher.planned(self._plan)
        for chunk in self._plan.chunks:
            self._chunks[chunk] = self._submit_chunk(chunk)

    def check_suites(self) -> None:
        """Return when Great Expectations, which takes seconds to load, has seen the recipe's own suites.

        Raises BrokenSuite.
        """
        if self._suites is not None:
            self._suites.result()

    def clean(self, chunk: Path) -> ChunkCounts:
        """The counts of ``chunk``: of the work under way, or of another go where that has failed.

        Where a worker dies the chunk goes on at the document that it died at; one that is to blame is quarantined.

        Raises:
            WorkerDied: workers end before they are at any document.
        """
        idle_deaths = 0
        future = self._chunks.get(chunk)
        failed = future.exception() if future is not None and future.done() else None
        if future is None or (failed is not None and not isinstance(failed, WorkerDied)):
            future = self._submit_chunk(chunk)
        while isinstance(died := future.exception(), WorkerDied) and idle_deaths < _IDLE_DEATHS:
            idle_deaths += not note_death(chunk, str(died), died.signal_number)
            self.watcher.noted(f"{died} Its chunk goes on.")
            future = self._submit_chunk(chunk)
        self._chunks[chunk] = future
        return future.result()

    def find_templates(self) -> tuple[Path, ...]:
        """The chunks of documents that are cleaned again for lines that repeat over their site; put under way."""
        chunks: tuple[Path, ...] = self._step("finding templates", self._workers, "find_templates").result()
        for chunk in chunks:
            self._chunks[chunk] = self._submit_chunk(chunk)
        return chunks

    def assemble(self) -> None:
        self._step("assembling", self._workers, "assemble").result()

    def check(self) -> CheckOutcome:
        """What the expectations say.

        Raises ContractFailed when they fail.
        """
        outcome: CheckOutcome = self._step("checking", self._auditor, "check").result()
        if not outcome.passed:
            self._keeps_staging = True
            raise ContractFailed(outcome, self.plan.staging)
        return outcome

    def publish(self) -> Published:
        published: Published = self._step("publishing", self._workers, "publish").result()
        self._keeps_staging = True
        if self._remote is not None and published.is_new:
            self.watcher.entered("uploading")
            with self.timeline.phase("upload"):
                self._remote.push(published.snapshot, self._base, self.request.read_recipe().keep_snapshots)
        return published

    def close(self) -> None:
        """End the processes; what a run that did not come to its end has staged goes too."""
        self._workers.close()
        self._auditor.close()
        if self._plan is not None and not self._keeps_staging:
            from flows import steps

            steps.discard(self._plan.staging)
            self._keeps_staging = True

    def _step(self, phase: str, workers: Workers, name: str) -> Future[Any]:
        self.watcher.entered(phase)
        began = self.timeline.elapsed_seconds()
        future = workers.submit(name, self.plan.staging)
        future.add_done_callback(lambda _: self.timeline.add(name, began))
        return future

    def _submit_chunk(self, chunk: Path) -> Future[ChunkCounts]:
        began = self.timeline.elapsed_seconds()
        future: Future[ChunkCounts] = self._workers.submit("clean_chunk", chunk)

        def note(done: Future[ChunkCounts]) -> None:
            error = done.exception()
            if error is None:
                self.timeline.add("clean", began)
                self.watcher.cleaned(done.result())

        future.add_done_callback(note)
        return future


_current: ContextVar[Workshop | None] = ContextVar("workshop", default=None)


def current_workshop() -> Workshop:
    """The workshop of the run that this task belongs to.

    Raises LookupError outside a run.
    """
    workshop = _current.get()
    if workshop is None:
        raise LookupError("This task runs inside the flow clean_corpus only.")
    return workshop


def is_workshop_open() -> bool:
    """Whether the caller runs inside a workshop."""
    return _current.get() is not None


@contextmanager
def open_workshop(
    request: RunRequest,
    *,
    watcher: Watcher | None = None,
    timeline: Timeline | None = None,
    by_hand: bool = False,
) -> Iterator[Workshop]:
    """The workshop for ``request``, with its output locked, and not begun; closed at the end.

    ``by_hand``: it was asked for at a command line, where a wrong call is no failed run.

    Raises BadCall, BadRecipe, Locked.
    """
    with ExitStack() as stack:
        request.check_call()
        stack.enter_context(outcome_noted(request, by_hand=by_hand))
        request.check()
        request.read_recipe()
        is_new = not request.out.exists()
        stack.enter_context(output_lock(request.out))
        if is_new:
            stack.enter_context(nothing_left_of_no_run(request.out))
        stack.enter_context(beginning_noted(request.out))
        workshop = Workshop(request, watcher, timeline)
        stack.callback(workshop.close)
        token = _current.set(workshop)
        stack.callback(_current.reset, token)
        yield workshop


@contextmanager
def workshop_for(request: RunRequest) -> Iterator[Workshop]:
    """The workshop that is open for ``request`` already, or a new one, begun.

    An exception closes either at once: tasks that still wait for its processes must not hold the
    flow up.
    """
    workshop = _current.get()
    if workshop is None or workshop.request != request:
        with open_workshop(request) as workshop:
            workshop.begin()
            yield workshop
        return
    try:
        yield workshop
    except BaseException:
        workshop.close()
        raise
