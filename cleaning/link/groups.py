"""Groups of numbers that grow together (union-find)."""

from __future__ import annotations

import numpy as np


class Groups:
    """At first each of the numbers below ``size`` is a group; the lowest of a group names it."""

    def __init__(self, size: int) -> None:
        self._above = np.arange(size, dtype=np.int64)

    def __getitem__(self, number: int) -> int:
        """The lowest number of its group."""
        above = self._above
        while (upper := int(above[number])) != number:
            above[number] = above[upper]
            number = upper
        return number

    def join(self, first: int, second: int) -> None:
        """Makes the groups of two numbers one."""
        low, high = sorted((self[first], self[second]))
        self._above[high] = low

    def of_several(self) -> list[list[int]]:
        """The groups of two and more, each sorted, by their lowest numbers."""
        found: dict[int, list[int]] = {}
        for number in np.flatnonzero(self._above != np.arange(len(self._above))).tolist():
            found.setdefault(self[number], []).append(number)
        return [[lowest, *found[lowest]] for lowest in sorted(found)]
