"""The flow on a schedule, with a Prefect server of its own where none is configured."""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from uuid import UUID

from flows.served_run import tell_now
from flows.server import OwnServer, check_api_answers, use_api
from flows.settings import RunRequest, configured_api_url, mark_as_served, server_home

if TYPE_CHECKING:
    from prefect.runner import Runner
    from prefect.schedules import Schedule

# Enough for a run under way to clear its staging folder away.
_GRACE_SECONDS = 5.0
# Where `prefect server start` serves; any free port where that one is taken.
_USUAL_PORT = 4200


def serve_on_schedule(request: RunRequest, *, cron: str | None, every: str | None, verbose: bool = False) -> None:
    """Run ``request`` at each time of the schedule, one run at a time, until a signal ends it.

    Raises BadCall, BadRecipe, BrokenSetup.
    """
    from flows.schedule import schedule_of

    schedule = schedule_of(cron=cron, every=every)
    request.check()
    request.read_recipe()
    server = _start_scheduling_server(request.out)
    mark_as_served(verbose=verbose)
    if server is not None:
        server.wait_until_ready()
    asyncio.run(_serve(request.absolute(), schedule, server))


def _digest(out: Path) -> str:
    return hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:8]


def _start_scheduling_server(out: Path) -> OwnServer | None:
    url = configured_api_url()
    if url is not None:
        check_api_answers(url)
        return None
    # Of its own for each output: a server starts the due runs of all schedules in its database.
    server = OwnServer(server_home(out, name=f"serve-{_digest(out)}"), schedules=True, port=_USUAL_PORT)
    atexit.register(server.stop)
    use_api(server.api_url)
    return server


async def _serve(request: RunRequest, schedule: Schedule, server: OwnServer | None) -> None:
    from prefect.runner import Runner

    from flows.clean_corpus import clean_corpus

    name = f"{request.out.resolve().name}-{_digest(request.out)}"
    runner = Runner(name=name, limit=1, pause_on_shutdown=True)
    deployment = await runner.aadd_flow(clean_corpus, name=name, schedule=schedule, parameters=request.as_parameters())
    await _announce(f"{clean_corpus.name}/{name}", schedule, server)
    if schedule.interval:
        await _start_now(deployment)
    await _run_until_signal(runner, server)


async def _start_now(deployment: UUID) -> None:
    """Have the first run start at once: an interval of Prefect's would begin with a wait."""
    from prefect.client.orchestration import get_client
    from prefect.states import Scheduled

    async with get_client() as client:
        await client.create_flow_run_from_deployment(deployment, state=Scheduled())


async def _announce(name: str, schedule: Schedule, server: OwnServer | None) -> None:
    from flows.schedule import next_runs

    times = [f"{when:%Y-%m-%d %H:%M:%S} UTC" for when in await next_runs(schedule, 3)]
    address = server.address if server else (configured_api_url() or "").removesuffix("/api")
    first = "now, " if schedule.interval else ""
    sys.stdout.write(f"Serving {name}. Next runs: {first}{', '.join(times)}.\n")
    sys.stdout.write(f"Runs and their logs: {address}/deployments. Stop with Ctrl-C or SIGTERM.\n")
    sys.stdout.flush()


async def _run_until_signal(runner: Runner, server: OwnServer | None) -> None:
    """Start what is due until SIGINT or SIGTERM; then end the run under way and pause the schedule."""
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(runner.start())
    received: list[int] = []
    is_over = threading.Event()

    def end(number: int, _: FrameType | None) -> None:
        received.append(number)
        is_over.set()
        for run in multiprocessing.active_children():  # else Prefect waits for the run under way
            run.terminate()
        loop.call_soon_threadsafe(serving.cancel)

    while not runner.started and not serving.done():  # it takes SIGTERM for itself as it starts
        await asyncio.sleep(0.05)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    if server is not None:
        threading.Thread(target=_end_without, args=(server, is_over), daemon=True).start()
    try:
        with suppress(asyncio.CancelledError):
            await serving
    finally:
        is_over.set()
    if received:
        raise SystemExit(128 + received[0])


def _end_without(server: OwnServer, is_over: threading.Event) -> None:
    """End this process when its server does, killed for want of memory, say: nothing would start a run any more.

    A thread, and no farewell: what is left of Prefect here would ask that server for minutes.
    """
    code = server.process.wait()
    if is_over.is_set():
        return
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    tell_now(
        f"FAILED: Prefect's own server {how}, and no further run would start. Start `cleaning serve` again; a service "
        "manager does it by itself (systemd: Restart=on-failure)."
    )
    for run in multiprocessing.active_children():
        run.terminate()
    for run in multiprocessing.active_children():
        run.join(_GRACE_SECONDS)
    os._exit(1)
