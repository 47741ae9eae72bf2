"""A Prefect server of our own where none is configured. It never outlives the process that started it."""

from __future__ import annotations

import atexit
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from flows.children import end_child, start_child
from flows.server_child import VACUUM
from flows.settings import BrokenSetup, configured_api_url, server_home

_STARTUP_SECONDS = 180.0
_STOP_SECONDS = 5.0


class OwnServer:
    """A server process on a loopback port that is its own from the first moment on."""

    def __init__(self, home: Path, *, schedules: bool = False, port: int = 0) -> None:
        """Start it, without waiting. With ``schedules`` it starts due runs and shows its pages too."""
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.log = home / "server.log"
        self._first_start = ExitStack()
        self._first_start_mark = home / ".first-start"
        if self._is_first_start():
            self._begin_first_start()
        with self.log.open("wb") as log:
            self._child = start_child(
                "flows.server_child", str(port), environment=_environment(home, schedules), errors=log
            )
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line.strip().isdigit():
            raise BrokenSetup(f"Prefect's server did not start on port {port}. {self._what_it_said()}")
        self.port = int(line)
        self.address = f"http://127.0.0.1:{self.port}"
        self.api_url = f"{self.address}/api"

    def wait_until_ready(self, timeout_seconds: float = _STARTUP_SECONDS) -> None:
        """Return when it answers.

        Raises BrokenSetup when it ended, or did not answer in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while not _answers(self.port, timeout_seconds=max(0.1, deadline - time.monotonic())):
            if self._child.poll() is not None:
                raise BrokenSetup(f"Prefect's own server ended as it started. {self._what_it_said()}")
            if time.monotonic() > deadline:
                raise BrokenSetup(f"Prefect's own server did not answer in {timeout_seconds:.0f} s.")
            time.sleep(0.1)
        self._first_start_mark.unlink(missing_ok=True)
        self._first_start.close()

    def stop(self) -> None:
        """End it and wait for its end."""
        end_child(self._child, grace_seconds=_STOP_SECONDS)
        self._first_start.close()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        return self._child

    def _is_first_start(self) -> bool:
        return self._first_start_mark.exists() or not (self.home / "prefect.db").exists()

    def _begin_first_start(self) -> None:
        """Wait for another first start here to end; clear up after one that did not come to its end.

        A server takes seconds to create its tables. Two at once get in each other's way, and what one
        that was killed has left cannot be used.
        """
        from filelock import FileLock

        self._first_start.enter_context(FileLock(self.home / ".first-start.lock", timeout=_STARTUP_SECONDS))
        if self._first_start_mark.exists():
            for part in self.home.glob("prefect.db*"):
                part.unlink(missing_ok=True)
        if self._is_first_start():
            self._first_start_mark.touch()

    def _what_it_said(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        last = f"Its last words: {lines[-1]} " if lines else ""
        return f"{last}Its log is {self.log}; set PREFECT_HOME to an empty folder to start afresh."


def _environment(home: Path, schedules: bool) -> dict[str, str]:
    environment = {"PREFECT_HOME": str(home), "PREFECT_PLUGINS_ENABLED": "false"}
    if not schedules:  # as Prefect starts its own temporary server
        environment |= {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
    if "PREFECT_HOME" not in os.environ:
        # Nobody tidies up a database that nobody knows of: runs go after Prefect's 90 days, with their logs.
        environment |= {VACUUM: os.environ.get(VACUUM, "events,flow_runs")}
    return environment | {"PREFECT__SERVER_FINAL": "1"}


def _answers(port: int, *, timeout_seconds: float) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


_own: OwnServer | None = None
_own_lock = threading.Lock()


def start_own_server(out: Path) -> OwnServer | None:
    """Our server for this process, started now or before; None where the user configured an API.

    From here on this process talks to it; it stops when the process ends, after Prefect has sent its
    last events. Call ``wait_until_ready`` before the first use.

    Raises BrokenSetup.
    """
    global _own
    with _own_lock:
        if _own is not None and _own.process.poll() is None:
            return _own
        if configured_api_url() is not None and _own is None:
            return None
        _own = OwnServer(server_home(out))
        atexit.register(_own.stop)
        use_api(_own.api_url)
        return _own


def use_api(url: str) -> None:
    """Make Prefect in this process and its children talk to ``url``, imported or not yet."""
    os.environ["PREFECT_API_URL"] = url
    if "prefect.context" in sys.modules:
        from prefect.context import refresh_global_settings_context

        refresh_global_settings_context()


def check_api_answers(url: str, *, timeout_seconds: float = 5.0) -> None:
    """Raise BrokenSetup where nothing listens at the API that the user configured."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=timeout_seconds).close()
    except OSError as error:
        raise BrokenSetup(
            f"Nothing answers at Prefect's API, {url} ({error}). Start that server (prefect server start),"
            " or unset PREFECT_API_URL and this run starts a server of its own."
        ) from error
