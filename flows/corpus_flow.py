"""A Prefect flow that begins its work before it waits for Prefect."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect.context import FlowRunContext
from prefect.flows import Flow

from flows.head_start import head_start
from flows.settings import RunRequest
from flows.workshop import is_workshop_open

P = ParamSpec("P")
R = TypeVar("R")


class CorpusFlow(Flow[P, R]):
    """A flow whose parameters are those of ``RunRequest.of``.

    Called as a function, with no Prefect API configured, it uses a temporary server as every flow
    does. That server is our own: Prefect's stays behind when its process is killed.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        options = {name: kwargs.pop(name) for name in ("return_state", "wait_for") if name in kwargs}
        call = inspect.signature(self.fn).bind(*args, **kwargs)
        call.apply_defaults()
        request = RunRequest.of(**call.arguments)
        # Prefect shows and keeps parameters: those of the request hold no credentials.
        parameters = request.as_parameters()
        if is_workshop_open() or FlowRunContext.get() is not None:
            return super().__call__(**parameters, **options)
        with head_start(request) as start:
            start.wait_for_api()
            return super().__call__(**parameters, **options)


def corpus_flow(**options: Any) -> Callable[[Callable[P, R]], CorpusFlow[P, R]]:
    """As Prefect's ``@flow(...)``."""
    return lambda function: CorpusFlow(function, **options)
