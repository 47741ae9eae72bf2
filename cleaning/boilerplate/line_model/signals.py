"""What is known of each line laid side by side: neighbours, windows, runs and distances of all of it in one go.

An operation of numpy costs a microsecond or two however short the rows are, and a page has 40 lines: what is asked of
one signal is computed for all of them at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.plan import WINDOWS, Reading
from cleaning.boilerplate.line_model.reading import Floats, Ints

FAR_LINES = 60  # distances are capped here, a rough bound for "far away"
MARGIN = 8  # the farthest neighbour that is asked for
REACH = WINDOWS[-1]  # the widest window

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of lines: the number of that of each line, from 0; the first line of each run, and its lines."""

    numbers: Ints
    starts: Ints
    sizes: Ints


def runs_of(flags: Flags) -> Runs:
    """The runs of equal flags."""
    changes = np.empty(flags.size, dtype=bool)
    changes[0] = True
    np.not_equal(flags[1:], flags[:-1], out=changes[1:])
    numbers = changes.cumsum()
    numbers -= 1
    return Runs(numbers, changes.nonzero()[0], np.bincount(numbers))


@dataclass(frozen=True, slots=True)
class Signals:
    """Rows of values by name, one value a line, and what lies around each line.

    `padded`: the rows between margins that hold what is said to stand past the ends of the page.
    `sums`: sums of the first rows up to each line, 0 before the page and the whole sum behind it.
    """

    rows: Mapping[str, int]
    padded: Floats
    sums: Floats
    runs: Runs
    count: int

    @property
    def values(self) -> Floats:
        """The rows without margins."""
        return self.padded[:, MARGIN : self.count + MARGIN]

    def own(self, name: str) -> Floats:
        """The value of each line."""
        row: Floats = self.padded[self.rows[name], MARGIN : self.count + MARGIN]
        return row

    def steps(self, name: str, first: int, last: int) -> Floats:
        """The values `first` to `last` lines further down: a row a step."""
        shifted: Floats = _shifted(self.padded, self.rows[name], MARGIN + first, last - first + 1, self.count)[0]
        return shifted

    def near(self, reading: Reading) -> Floats:
        """The values so many lines further down."""
        shifted = _shifted(self.padded, 0, 0, 2 * MARGIN + 1, self.count)
        return np.asarray(shifted[reading.sources, reading.lines + MARGIN])

    def windows(self, reading: Reading) -> Floats:
        """Means over the lines so many away at most, the line itself left out; 0 for a single line."""
        count = self.count
        shifted = _shifted(self.sums, 0, 0, 2 * REACH + 2, count)
        up_to = np.arange(count)
        radii = np.array(WINDOWS)[:, None]
        others = np.maximum(np.minimum(up_to, radii) + np.minimum(up_to[::-1], radii), 1)
        result: Floats = shifted[reading.sources, reading.lines + (REACH + 1)]
        result -= shifted[reading.sources, REACH - reading.lines]
        result -= self.values.take(reading.sources, axis=0)
        result /= others.take(radii[:, 0].searchsorted(reading.lines), axis=0)
        return result

    def run_means(self, reading: Reading) -> Floats:
        """Means over the run of each line."""
        number, many, runs = reading.sources.size, self.runs.sizes.size, self.runs.numbers
        places = runs + many * np.arange(number)[:, None]
        values = self.values.take(reading.sources, axis=0)
        sums = np.bincount(places.ravel(), values.ravel(), many * number).reshape(number, many)
        return np.asarray((sums / self.runs.sizes).take(runs, axis=1))

    def page_means(self, reading: Reading) -> Floats:
        """Means over the page, a column."""
        sums: Floats = np.add.reduce(self.values, axis=1)
        return (sums / self.count)[reading.sources, None]

    def sums_around(self, *names: str) -> tuple[Floats, Floats]:
        """Sums over all lines before, and over all lines after: each a row a name."""
        rows = [self.rows[name] for name in names]
        up_to = self.sums[rows, REACH + 1 : REACH + 1 + self.count]
        return up_to - self.values[rows], up_to[:, -1:] - up_to


def _shifted(table: Floats, row: int, first: int, number: int, count: int) -> Floats:
    """Each row of a contiguous table, from one on, as `number` rows of `count` values that start a value further on.

    Nothing is copied. As `numpy.lib.stride_tricks.as_strided`, which takes seven times as long.
    """
    line, step = table.strides
    return np.ndarray(
        (len(table) - row, number, count), table.dtype, table, row * line + first * step, (line, step, step)
    )


def lay_out(
    rows: Mapping[str, int], values: Sequence[Floats | Ints | Flags], outside: Floats, summed: int, runs: Runs
) -> Signals:
    """Signals from rows of values, each with what stands past the page's ends, and sums of the first `summed` ones.

    `outside` is a column.
    """
    count, number = runs.numbers.size, len(values)
    padded = np.empty((number, count + 2 * MARGIN))
    padded[:, :MARGIN] = outside
    padded[:, count + MARGIN :] = outside
    inner = padded[:, MARGIN : count + MARGIN]
    inner[:] = np.concatenate(values).reshape(number, count)
    # Sums up to each line, with as many more columns at both ends as the widest window reaches past them.
    sums = np.zeros((summed, count + 1 + 2 * REACH))
    up_to = sums[:, REACH + 1 : REACH + 1 + count]
    np.cumsum(inner[:summed], axis=1, out=up_to)
    sums[:, REACH + 1 + count :] = up_to[:, -1:]
    return Signals(rows, padded, sums, runs, count)


def distances(flags: Flags) -> tuple[Floats, Floats]:
    """Lines back to the last, and on to the next flagged line, the line itself not counted; FAR_LINES without one.

    `flags` has the shape (signals, lines), and so have both results.
    """
    number, count = flags.shape
    index = np.arange(count)
    last = np.where(np.concatenate([flags, flags[:, ::-1]]), index, -FAR_LINES - 1)
    np.maximum.accumulate(last, axis=1, out=last)
    found = np.full(last.shape, float(FAR_LINES))
    np.minimum(index[1:] - last[:, :-1], FAR_LINES, out=found[:, 1:])
    return found[:number], found[number:, ::-1]


def times_seen(keys: Ints) -> Floats:
    """How many lines of the page have the same key; `keys` and the result have the shape (signals, lines)."""
    number = len(keys)
    tagged = (keys * number + np.arange(number)[:, None]).ravel()
    order = tagged.argsort()
    ordered = tagged[order]
    group = np.zeros(tagged.size, dtype=np.int64)
    np.cumsum(ordered[1:] != ordered[:-1], out=group[1:])
    counts = np.empty(tagged.size)
    counts[order] = np.bincount(group)[group]
    return counts.reshape(keys.shape)
