"""What is known of documents beside their texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the documents beside their texts, a number each; 0: not known.

    ``times``: in microseconds; ``days``: whether of a time no more than its day is known; ``changes``: when they were
    last changed, in microseconds, which tells versions of one address apart that were published at one time.
    """

    sites: Numbers
    addresses: Numbers
    times: Numbers
    days: NDArray[np.bool_]
    changes: Numbers | None = None

    def is_one_site(self, first: int, second: int) -> bool:
        """Whether two documents are of one site."""
        return bool(self.sites[first] == self.sites[second] != 0)

    def are_versions(self, first: int, second: int) -> bool:
        """Whether they are of one address, or of two times."""
        if self.addresses[first] == self.addresses[second] != 0:
            return True
        return bool(self.order(np.array([first]), np.array([second]))[0])

    def order(self, first: Numbers, second: Numbers) -> NDArray[np.int8]:
        """Of each pair -1 where the first came before the second, 1 where behind it, 0 where nobody can tell."""
        one, two = self.times[first], self.times[second]
        is_one_day = (self.days[first] | self.days[second]) & (one // DAY == two // DAY)
        is_unknown = (one == 0) | (two == 0) | is_one_day
        order = np.where(is_unknown, 0, np.sign(one - two)).astype(np.int8)
        if self.changes is None:
            return order
        one, two = self.changes[first], self.changes[second]
        is_one_address = (self.addresses[first] == self.addresses[second]) & (self.addresses[first] != 0)
        tells = (order == 0) & is_one_address & (one != 0) & (two != 0)
        return np.where(tells, np.sign(one - two), order).astype(np.int8)

    def only(self, numbers: Numbers) -> Facts:
        """The facts of some of the documents."""
        changes = None if self.changes is None else self.changes[numbers]
        return Facts(self.sites[numbers], self.addresses[numbers], self.times[numbers], self.days[numbers], changes)
