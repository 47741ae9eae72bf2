"""Everything of a run that can begin before Prefect is imported and its server answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flows.server import OwnServer, check_api_answers, start_own_server
from flows.settings import RunRequest, configured_api_url, set_default_environment
from flows.timeline import Timeline
from flows.workshop import Watcher, Workshop, open_workshop


@dataclass(frozen=True, slots=True)
class HeadStart:
    """A run whose documents are being cleaned; ``server`` is None where an API is configured."""

    workshop: Workshop
    server: OwnServer | None

    def wait_for_api(self) -> None:
        """Return when Prefect's API can be used.

        Raises BrokenSetup when it cannot.
        """
        with self.workshop.timeline.phase("wait for Prefect's server"):
            if self.server is not None:
                self.server.wait_until_ready()
            elif url := configured_api_url():
                check_api_answers(url)


@contextmanager
def head_start(
    request: RunRequest,
    *,
    watcher: Watcher | None = None,
    timeline: Timeline | None = None,
    by_hand: bool = False,
) -> Iterator[HeadStart]:
    """The run of ``request``, under way: its output locked, its server and processes starting.

    The flow finds it by itself. At the end its processes are ended and its lock is given back. ``by_hand``: as of
    ``open_workshop``.

    Raises BadCall, BadRecipe, Locked, BrokenSetup.
    """
    set_default_environment()
    with open_workshop(request, watcher=watcher, timeline=timeline, by_hand=by_hand) as workshop:
        server = start_own_server(request.out)
        workshop.begin()
        yield HeadStart(workshop, server)
