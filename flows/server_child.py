"""The process of a Prefect server that we own: says its port at once, ends with its parent.

Signals do not end it: where a service manager signals a whole group of processes, the parent still
has to tell this server how its run ended. Then it lets go of the pipe, and this process goes.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.imports import quick_imports

if TYPE_CHECKING:
    from uvicorn import Server

# Long enough for uvicorn to close its connections and for Prefect to write its last events.
_GRACE_SECONDS = 3.0
_POLL_SECONDS = 0.2
# Prefect's setting: what its database is tidied of.
VACUUM = "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"


def main() -> None:
    """Serve Prefect's API on a loopback port (``argv[1]``, 0 for any) until standard input ends.

    The port is bound and printed before anything is imported: a client that connects early waits
    in the socket's queue until the server answers, and no one else can take the port meanwhile.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    listener = _listen(int(sys.argv[1]))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    servers: list[Server] = []
    threading.Thread(target=_end_with_parent, args=(servers,), daemon=True).start()

    with quick_imports():
        import prefect.server.api.server  # noqa: F401 - uvicorn imports it by name
        import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    servers.append(uvicorn.Server(config))
    # Off the main thread uvicorn leaves the signals as they are.
    serving = threading.Thread(target=servers[0].run, kwargs={"sockets": [listener]})
    serving.start()
    if os.environ.get("PREFECT__SERVER_EPHEMERAL") and "flow_runs" in os.environ.get(VACUUM, ""):
        threading.Thread(target=_tidy_up, args=(servers[0],), daemon=True).start()
    serving.join()
    os._exit(0 if servers[0].should_exit else 1)


def _listen(port: int) -> socket.socket:
    """A listening socket on ``port``, or on any free port where that one is taken."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError:
        return socket.create_server(("127.0.0.1", 0), backlog=128)


def _tidy_up(server: Server) -> None:
    """Delete runs older than Prefect's 90 days, with their logs: its own service does not run beside a single run."""
    while not server.started:
        time.sleep(_POLL_SECONDS)
    # What fails here is of no harm to the run, and is tried again at the next one.
    with suppress(Exception):
        import asyncio

        from prefect.server.database import provide_database_interface
        from prefect.server.services.db_vacuum import vacuum_old_flow_runs

        asyncio.run(vacuum_old_flow_runs(db=provide_database_interface()))


def _end_with_parent(servers: list[Server]) -> None:
    sys.stdin.buffer.read()
    for server in servers:
        if server.started:  # else no one has talked to it yet, and there is nothing to bring to an end
            server.should_exit = True
            time.sleep(_GRACE_SECONDS)
    os._exit(0)
