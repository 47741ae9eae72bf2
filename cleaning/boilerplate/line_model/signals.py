"""What is known of each line laid side by side: neighbours, windows, runs and distances of all of it in one go.

An operation of numpy costs a microsecond or two however short the rows are, and a page has 40 lines: what is asked of
one signal is computed for all of them at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import Floats, Ints

FAR_LINES = 60  # distances are capped here, a rough bound for "far away"
WINDOWS = (2, 5, 12)
MARGIN = 8  # the farthest neighbour that is asked for

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Signals:
    """Rows of values by name, one value a line, and what lies around each line.

    `padded`: the rows between margins that hold what is said to stand past the ends of the page.
    `before`, `after`: sums over all lines before and after; `windows`: means by radius; `runs`, `page`: means.
    """

    rows: Mapping[str, int]
    padded: Floats
    before: Floats
    after: Floats
    windows: Mapping[int, Floats]
    runs: Floats
    page: Floats

    def near(self, name: str, step: int = 0) -> Floats:
        """The value `step` lines further down."""
        row: Floats = self.padded[self.rows[name]]
        return row[MARGIN + step : row.size - MARGIN + step]

    def window(self, name: str, radius: int) -> Floats:
        """Mean over the lines at most `radius` away, the line itself left out; 0 for a single line."""
        return np.asarray(self.windows[radius][self.rows[name]])

    def run_mean(self, name: str) -> Floats:
        """Mean over the run of each line."""
        return np.asarray(self.runs[self.rows[name]])

    def page_mean(self, name: str) -> Floats:
        """Mean over the page."""
        return np.asarray(self.page[self.rows[name]])

    def sums_around(self, name: str) -> tuple[Floats, Floats]:
        """Sum over all lines before, and over all lines after."""
        row = self.rows[name]
        return self.before[row], self.after[row]


def lay_out(signals: Mapping[str, tuple[Floats, float]], runs: Ints) -> Signals:
    """Signals from rows of values, each with what stands past the page's ends; `runs` numbers the run of a line."""
    count, number = runs.size, len(signals)
    padded = np.empty((number, count + 2 * MARGIN))
    padded[:, :MARGIN] = np.array([outside for _, outside in signals.values()])[:, None]
    padded[:, count + MARGIN :] = padded[:, :MARGIN]
    values = padded[:, MARGIN : count + MARGIN]
    values[:] = np.concatenate([row for row, _ in signals.values()]).reshape(number, count)
    # Sums up to each line, with as many more columns at both ends as the widest window reaches past them.
    reach = WINDOWS[-1]
    sums = np.zeros((number, count + 1 + 2 * reach))
    inner = sums[:, reach + 1 : reach + 1 + count]
    np.cumsum(values, axis=1, out=inner)
    sums[:, reach + 1 + count :] = inner[:, -1:]
    means = np.add.reduce(values, axis=1) / count
    return Signals(
        rows={name: row for row, name in enumerate(signals)},
        padded=padded,
        before=inner - values,
        after=inner[:, -1:] - inner,
        windows={radius: _window_means(values, sums, radius) for radius in WINDOWS},
        runs=_run_means(values, runs),
        page=means.repeat(count).reshape(number, count),
    )


def _window_means(values: Floats, sums: Floats, radius: int) -> Floats:
    count, reach = values.shape[1], WINDOWS[-1]
    high, low = reach + radius + 1, reach - radius
    index = np.arange(count)
    others = np.minimum(index, radius) + np.minimum(index[::-1], radius)
    result: Floats = sums[:, high : high + count] - sums[:, low : low + count]
    result -= values
    result /= np.maximum(others, 1)
    return result


def _run_means(values: Floats, runs: Ints) -> Floats:
    number, many = values.shape[0], int(runs[-1]) + 1
    places = runs + many * np.arange(number)[:, None]
    sums = np.bincount(places.ravel(), values.ravel(), many * number).reshape(number, many)
    return np.asarray((sums / np.bincount(runs)).take(runs, axis=1))


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
