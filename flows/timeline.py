"""Where the time of a run goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a run, in seconds since the run began."""

    name: str
    began_seconds: float
    ended_seconds: float


class Timeline:
    """The phases of one run, some of them at the same time."""

    def __init__(self, began: float | None = None) -> None:
        """``began``: a ``time.perf_counter()`` to count from; now where it is not given."""
        self._began = time.perf_counter() if began is None else began
        self._phases: list[Phase] = []
        self._lock = threading.Lock()

    def elapsed_seconds(self) -> float:
        return time.perf_counter() - self._began

    def add(self, name: str, began_seconds: float) -> None:
        """Record a phase that ends now."""
        with self._lock:
            self._phases.append(Phase(name, began_seconds, self.elapsed_seconds()))

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        began = self.elapsed_seconds()
        try:
            yield
        finally:
            self.add(name, began)

    def phases(self) -> list[Phase]:
        """In the order in which they began; those of one name as one, from the first to the last."""
        whole: dict[str, Phase] = {}
        for phase in sorted(self._phases, key=lambda phase: phase.began_seconds):
            first = whole.setdefault(phase.name, phase)
            whole[phase.name] = Phase(phase.name, first.began_seconds, max(first.ended_seconds, phase.ended_seconds))
        return list(whole.values())
