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
from flows.lock import output_lock
from flows.settings import RunRequest, usable_cores
from flows.steps import CheckOutcome, ChunkCounts, Plan, Published
from flows.timeline import Timeline
from flows.workers import WorkerDied, Workers, WorkersClosed


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
        self._keeps_staging = False

    @property
    def plan(self) -> Plan:
        assert self._plan is not None, "The workshop is not open."
        return self._plan

    def begin(self) -> None:
        """Plan the run and put its whole work under way.

        Raises BadCall.
        """
        from flows import steps

        recipe = self.request.read_recipe()
        self._auditor.start()
        self.watcher.entered("planning")
        with self.timeline.phase("plan"):
            request = self.request
            self._plan = steps.plan_run(request.inputs, request.out, recipe, full=request.full)
        self.watcher.planned(self._plan)
        for chunk in self._plan.chunks:
            self._chunks[chunk] = self._submit_chunk(chunk)

    def clean(self, chunk: Path) -> ChunkCounts:
        """The counts of ``chunk``: of the work under way, or of another go where that has failed."""
        future = self._chunks.get(chunk)
        if future is None or (future.done() and future.exception()):
            future = self._chunks[chunk] = self._submit_chunk(chunk)
        return future.result()

    def clean_singly(self, chunk: Path) -> ChunkCounts:
        """As ``clean``, one source after the other; the source that a worker dies of is quarantined.

        Raises OSError for what no document is to blame for, such as a full disk.
        """
        counts = [self._clean_or_reject(single) for single in self._call("split_chunk", chunk)]
        total = ChunkCounts(
            chunk=chunk.name,
            sources=sum(one.sources for one in counts),
            documents=sum(one.documents for one in counts),
            rejected=sum(one.rejected for one in counts),
            seconds=sum(one.seconds for one in counts),
        )
        self.watcher.cleaned(total)
        return total

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

    def _call(self, name: str, *arguments: Any) -> Any:
        return self._workers.submit(name, *arguments).result()

    def _submit_chunk(self, chunk: Path) -> Future[ChunkCounts]:
        began = self.timeline.elapsed_seconds()
        future: Future[ChunkCounts] = self._workers.submit("clean_chunk", chunk)

        def note(done: Future[ChunkCounts]) -> None:
            error = done.exception()
            if error is None:
                self.timeline.add("clean", began)
                self.watcher.cleaned(done.result())
            elif isinstance(error, WorkerDied):
                self.watcher.noted(f"{error} Its chunk is tried again.")

        future.add_done_callback(note)
        return future

    def _clean_or_reject(self, single: Path) -> ChunkCounts:
        try:
            counts: ChunkCounts = self._call("clean_chunk", single)
        except (WorkersClosed, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - one source must not stop a run; the reason is recorded
            counts = self._call("reject_chunk", single, f"{type(error).__name__}: {error}")
        return counts


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
    request: RunRequest, *, watcher: Watcher | None = None, timeline: Timeline | None = None
) -> Iterator[Workshop]:
    """The workshop for ``request``, with its output locked, and not begun; closed at the end.

    Raises BadCall, BadRecipe, Locked.
    """
    request.check()
    with ExitStack() as stack:
        stack.enter_context(output_lock(request.out))
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
