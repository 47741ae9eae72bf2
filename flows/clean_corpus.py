"""The flow: plan, clean chunk by chunk, assemble, check, publish. Tasks are thin waits on the work.

>>> from flows.clean_corpus import clean_corpus     # doctest: +SKIP
>>> clean_corpus(["seeds"], "data")                 # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.flows import Flow
from prefect.logging.loggers import flow_run_logger
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from cleaning.counted import counted
from flows.contract import ContractFailed
from flows.corpus_flow import corpus_flow
from flows.counts import ChunkCounts
from flows.messages import message_of
from flows.served_run import end_with_server, keep_log_to_pages, tell
from flows.settings import RunRequest
from flows.steps import CheckOutcome, Plan, Published
from flows.workers import WorkersClosed
from flows.workshop import current_workshop, workshop_for

# On import: a run whose server is killed while it starts would wait for that server for minutes.
end_with_server()
keep_log_to_pages()

# Against what passes: a full disk, a share that was away for a moment.
_CHUNK_RETRIES = 2
# Threads that wait, not that work: enough to keep every worker process of a large machine busy.
_WAITING_THREADS = 64


def _unless_run_ends(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    return not isinstance(state.result(raise_on_failure=False), WorkersClosed)


@task(name="plan", cache_policy=NO_CACHE)
def plan_sources() -> Plan:
    """What is new, changed and gone, cut into chunks; the recipe's own suites are ones that can be evaluated."""
    current_workshop().check_suites()
    return current_workshop().plan


@task(
    name="clean-chunk",
    task_run_name="clean-{chunk.name}",
    cache_policy=NO_CACHE,
    retries=_CHUNK_RETRIES,
    retry_delay_seconds=0.2,
    retry_condition_fn=_unless_run_ends,
)
def clean_chunk(chunk: Path) -> ChunkCounts:
    """The counts of one chunk, cleaned in a worker process."""
    return current_workshop().clean(chunk)


@task(name="find-templates", cache_policy=NO_CACHE)
def find_templates() -> tuple[Path, ...]:
    """The chunks of documents to clean again, since they hold lines that repeat over their site."""
    return current_workshop().find_templates()


@task(name="assemble", cache_policy=NO_CACHE)
def assemble() -> None:
    """Put the cleaned chunks and the unchanged documents together as one staged snapshot."""
    current_workshop().assemble()


@task(name="check", cache_policy=NO_CACHE)
def check() -> CheckOutcome:
    """What the expectations say of the staged snapshot, in the auditor's process."""
    return current_workshop().check()


@task(name="publish", cache_policy=NO_CACHE)
def publish() -> Published:
    """Make the staged snapshot the one that readers see."""
    return current_workshop().publish()


def _say_what_to_do(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    error = state.result(raise_on_failure=False)
    reason = message_of(error) if isinstance(error, BaseException) else state.message or ""
    flow_run_logger(flow_run, flow).error(
        "Nothing was published; readers see the last whole snapshot. %s Run again when the cause is gone:"
        " a new run clears up after this one.",
        reason,
    )
    tell(f"FAILED: {reason}", is_failure=True)


def _say(message: str) -> None:
    """Tell the run's log, and whoever sits before ``cleaning serve``."""
    get_run_logger().info(message)
    tell(message)


def _record(plan: Plan, outcome: CheckOutcome, published: Published, place: str) -> None:
    counts = f"""# Published {counted(published.documents, "document")}

| sources | new or changed | tried again | unchanged | gone | quarantined | skipped | expectations | failed rows |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| {plan.sources} | {plan.to_clean - plan.again} | {plan.again} | {plan.unchanged} | {plan.gone} \
| {published.quarantined} | {published.skipped} | {outcome.expectations} | {outcome.failed_rows} |

Snapshot: `{place}`

"""
    create_markdown_artifact(key="clean-corpus", markdown=counts + published.summary)
    _say(f"Published {counted(published.documents, 'document')}: {place}")
    if published.notice:
        _say(f"Note: {published.notice}")


@corpus_flow(
    name="clean-corpus",
    task_runner=ThreadPoolTaskRunner(max_workers=_WAITING_THREADS),
    on_failure=[_say_what_to_do],
    on_crashed=[_say_what_to_do],
)
def clean_corpus(
    inputs: list[str],
    out: str = "data",
    recipe: str | None = None,
    full: bool = False,
    workers: int | None = None,
    retry: bool = False,
) -> Published | None:
    """Clean files and folders of text and pages into a checked Parquet snapshot.

    Returns what was published, or None where the published snapshot is up to date already.

    Args:
        inputs: Files and folders to clean, also remote ones.
        out: The folder to publish in; readers open ``<out>/published/latest/documents``. Or a place in an S3 bucket,
            where ``published/latest.json`` names the path.
        recipe: A recipe file (TOML) with what to remove and what to keep; the default one if None.
        full: Clean everything again, not only what is new or changed.
        workers: Worker processes; as many as there are cores if None.
        retry: Read what is in quarantine again, too.

    Raises:
        ContractFailed: The data does not keep the expectations; nothing was published.
        BadCall: The call cannot be carried out as it stands.
        Locked: Another run writes to the same output.
    """
    request = RunRequest.of(inputs, out, recipe=recipe, full=full, workers=workers, retry=retry)
    with workshop_for(request):
        plan = plan_sources()
        if plan.is_up_to_date:
            _say(f"Nothing is new, changed or gone: {request.place} is up to date.")
            return None
        for cleaned in [clean_chunk.submit(chunk) for chunk in plan.chunks]:
            cleaned.result()
        for cleaned in [clean_chunk.submit(chunk) for chunk in find_templates()]:
            cleaned.result()
        assemble()
        outcome = check()
        published = publish()
        place = request.remote and f"{request.remote}/published/snapshots/{published.snapshot.name}"
        _record(plan, outcome, published, place or str(published.snapshot))
        return published


__all__ = ["ContractFailed", "clean_corpus"]
