"""The features of the second stage in order, and what each of those is read from that are read off as they are.

A page has 40 lines, and an operation of numpy costs a microsecond or two however short its rows are: what is read off
in one way is read off for all features at once. So they take 280 us for such a page, and one by one 370.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from cleaning.boilerplate.line_model.reading import Ints
from cleaning.boilerplate.line_model.shape import NAMES as SHAPE_NAMES

NO_OPENER = -4.0  # log odds of a heading past the ends of the page
# Signals of a line, and what is said to stand past the ends of the page. Of the first ones sums are asked for.
_SUMMED = {
    "log_words": -1.0, "terminal": -1.0, "digit_share": -1.0, "title_word_share": -1.0, "opens": NO_OPENER,
    "evidence": 0.0, "score": 0.0, "ruled": 0.0, "shared": -1.0, "same": -1.0, "like": -1.0, "prose_score": -1.0,
    "prose": -1.0, "found": -1.0,
}  # fmt: skip
_SINGLE = {
    "lower": -1.0, "bullets": -1.0, "first_class": -1.0, "last_class": -1.0, "looks": -1.0, "same_looks": -1.0,
    "moved": 0.0, "hinted": 0.0,
}  # fmt: skip
SUMMED = len(_SUMMED)
SIGNALS = {name: row for row, name in enumerate([*_SUMMED, *_SINGLE])}
OUTSIDE = np.array([*_SUMMED.values(), *_SINGLE.values()])[:, None]
# What is looked for up and down the page.
FLAGS = {name: row for row, name in enumerate(["prose", "opens", "phrase", "high", "low", "ruled"])}

NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
WINDOWS = (2, 5, 12)


class Way(Enum):
    """How a feature comes about: computed by a function of its own, or read off a signal."""

    COMPUTED = auto()
    NEAR = auto()
    WINDOW = auto()
    RUN = auto()
    PAGE = auto()
    SINCE = auto()
    UNTIL = auto()


@dataclass(frozen=True, slots=True)
class Source:
    """What a feature is read off: a signal or a flag, so many lines further down or around."""

    way: Way
    name: str = ""
    lines: int = 0


def _computed(*names: str) -> dict[str, Source]:
    return dict.fromkeys(names, Source(Way.COMPUTED))


def _near(feature: str, signal: str, *steps: int) -> dict[str, Source]:
    return {f"{feature}_{step}": Source(Way.NEAR, signal, step) for step in steps}


def _own(**signals: str) -> dict[str, Source]:
    return {feature: Source(Way.NEAR, signal) for feature, signal in signals.items()}


def _windows(feature: str, signal: str, *radii: int) -> dict[str, Source]:
    return {f"{feature}_w{radius}": Source(Way.WINDOW, signal, radius) for radius in radii}


def _found(feature: str, flag: str) -> dict[str, Source]:
    return {f"{feature}_since": Source(Way.SINCE, flag), f"{feature}_until": Source(Way.UNTIL, flag)}


def _runs(**signals: str) -> dict[str, Source]:
    return {feature: Source(Way.RUN, signal) for feature, signal in signals.items()}


def _pages(**signals: str) -> dict[str, Source]:
    return {feature: Source(Way.PAGE, signal) for feature, signal in signals.items()}


def _neighbours() -> dict[str, Source]:
    """Shapes of the lines around."""
    near = ("log_words", "terminal", "first_class", "last_class", "digit_share", "title_word_share")
    around = ("log_words", "terminal", "title_word_share", "digit_share")
    result: dict[str, Source] = {}
    for step in NEIGHBOURS:
        for name in near if abs(step) <= 2 else near[:2]:
            result |= _near(name, name, step)
    for radius in WINDOWS:
        for name in around:
            result |= _windows(name, name, radius)
    return result


FEATURES: Mapping[str, Source] = {
    **_computed(*SHAPE_NAMES, "bag", "place", "is_phrase", "starts_with_phrase", "holds_phrase"),
    # Words that the prose shares, and their rarity.
    **_own(shared_words="shared"),
    **_computed("rarity"),
    **_near("shared_words", "shared", -1, 1),
    **_windows("shared_words", "shared", 2, 12),
    **_computed("repeated_words"),
    # Phrases on the lines around, in the run, before, after, on the page; "evidence" is 0 where there is none.
    **_near("phrase", "evidence", -1, 1),
    **_windows("phrase", "evidence", 2, 12),
    **_found("phrase", "phrase"),
    **_runs(phrase_run="evidence"),
    **_computed("phrases_in_run", "phrases_before", "phrases_after"),
    **_pages(phrase_page="found"),
    # How much the lines above look like the heading of a block of boilerplate.
    **_own(opens="opens"),
    **_near("opens", "opens", -1, -2, 1),
    **_computed("opens_recent", "opens_above"),
    **_runs(opens_run="opens"),
    "opens_since": Source(Way.SINCE, "opens"),
    **_pages(opens_page="opens"),
    **_windows("opens", "opens", 5),
    # Place in the page and among its prose, length of the run of prose or of other lines, page-wide shares.
    **_own(is_terminal="terminal", is_prose="prose"),
    **_computed("lines_before", "lines_after", "line_share", "char_share"),
    **_found("prose", "prose"),
    **_computed("before_first_prose", "after_last_prose", "prose_share_before", "run_lines", "run_place"),
    **_runs(run_words="log_words"),
    **_computed("run_share", "run_opener"),
    **_runs(run_terminal="terminal", run_digits="digit_share", run_titles="title_word_share"),
    **_computed("page_lines"),
    **_pages(page_prose_share="prose"),
    **_computed("page_prose_chars"),
    **_pages(page_words="log_words", page_terminal="terminal", page_lower="lower", page_bullets="bullets"),
    # How often the line, its opening and its shape occur on the page, and near.
    **_own(same_line="same", same_edge="like"),
    **_windows("same_line", "same", 2, 5),
    **_windows("same_edge", "like", 2, 5),
    **_near("same_edge", "like", -1, 1),
    **_own(same_looks="same_looks"),
    **_computed(*(f"looks_like_{step}" for step in (-4, -3, -2, -1, 1, 2, 3, 4))),
    **_neighbours(),
    # The score of the lines around: neighbours, windows, before, after, in the run; distance to high and low ones.
    **_near("score", "score", *NEIGHBOURS),
    **_windows("score", "score", *WINDOWS),
    **_computed("score_near_max", "score_near_min"),
    **_pages(score_page="score"),
    **_computed("score_before", "score_after"),
    **_runs(score_run="score"),
    **_computed("score_run_max", "score_page_prose", "score_rank"),
    **_windows("score_prose", "prose_score", 12),
    **_found("score_high", "high"),
    **_found("score_low", "low"),
    # What rules say of the line and of those around it.
    **_own(ruled="ruled", ruled_moved="moved", ruled_hinted="hinted"),
    **_near("ruled", "ruled", *NEIGHBOURS),
    **_near("ruled_moved", "moved", -1, 1),
    **_windows("ruled", "ruled", *WINDOWS),
    **_found("ruled", "ruled"),
    **_runs(ruled_run="ruled"),
    **_pages(ruled_page="ruled"),
    **_computed("ruled_before", "ruled_after"),
}
NAMES = tuple(FEATURES)
ROWS = {name: row for row, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of the features that are read off in one way, the rows of what they are read off, and lines away."""

    features: Ints
    sources: Ints
    lines: Ints


def _reading(way: Way, rows: Mapping[str, int]) -> Reading:
    chosen = [(ROWS[name], rows[source.name], source.lines) for name, source in FEATURES.items() if source.way == way]
    return Reading(*np.array(chosen).T)


NEAR, WINDOW, RUN, PAGE = (_reading(way, SIGNALS) for way in (Way.NEAR, Way.WINDOW, Way.RUN, Way.PAGE))
SINCE, UNTIL = (_reading(way, FLAGS) for way in (Way.SINCE, Way.UNTIL))
