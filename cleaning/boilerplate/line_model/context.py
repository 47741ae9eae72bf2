"""Where a line stands: its neighbours, its run, its place among the prose, its likes elsewhere on the page."""

from dataclasses import dataclass

import numpy as np

from cleaning.boilerplate.line_model import plan, reading, shape
from cleaning.boilerplate.line_model.reading import Floats, Ints
from cleaning.boilerplate.line_model.signals import (
    FAR_LINES,
    Flags,
    Runs,
    Signals,
    distances,
    lay_out,
    runs_of,
    times_seen,
)

PROSE_CHARS = 80  # Kohlschütter et al. 2010 and jusText take blocks of 70 to 80 characters for prose
OPENER_ODDS = 2.0  # log odds from which a heading counts as one of boilerplate
HIGH_SCORE, LOW_SCORE = 1.0, -1.0
HALF = 0.5  # a line of which rules take more counts as taken
_ROWS = {name: row for row, name in enumerate(shape.NAMES)}
_LEAST_TOKENS = np.array([[0], [1], [1]])  # a line has a key of itself, of its first two words, of its last one


@dataclass(frozen=True, slots=True)
class Outline:
    """What the context needs to know of each line."""

    chars: Floats | Ints
    token_count: Floats | Ints
    log_words: Floats
    first_class: Floats
    last_class: Floats
    is_terminal: Floats
    is_prose: Flags
    runs: Runs
    shapes: Floats


def outline(shapes: Floats, chars: Floats | Ints, token_count: Floats | Ints) -> Outline:
    """The outline of a page from the shapes of its lines (shape.NAMES), their full lengths and their tokens."""
    last, before_last = shapes[_ROWS["last_class"]], shapes[_ROWS["before_last_class"]]
    closed = (last == reading.QUOTE) | (last == reading.BRACKET)
    terminal = (last == reading.TERMINAL) | (closed & (before_last == reading.TERMINAL))
    dense = shapes[_ROWS["caseless_share"]] * (shapes[_ROWS["mean_word_chars"]] < 2)
    long_enough = chars + chars * dense >= PROSE_CHARS
    is_prose = long_enough & (terminal | (shapes[_ROWS["comma_count"]] + shapes[_ROWS["sentence_count"]] >= 2))
    return Outline(
        chars=chars,
        token_count=token_count,
        log_words=shapes[_ROWS["log_words"]],
        first_class=shapes[_ROWS["first_class"]],
        last_class=last,
        is_terminal=terminal.astype(np.float64),
        is_prose=is_prose,
        runs=runs_of(is_prose),
        shapes=shapes,
    )


def looks_of(seen: Outline) -> Ints:
    """Length, first and last class of each line as one number."""
    size = np.minimum(np.round(seen.log_words * 2), 9)
    return (size * 400 + seen.first_class * 20 + seen.last_class).astype(np.int64)


def likes_of(seen: Outline, keys: Ints) -> dict[str, Floats | Ints]:
    """Signals of how often a line, its opening or ending, and its looks occur on the page.

    `keys` (3, lines) stand for the whole line, its first two words and its last; lines without so many have none.
    """
    looks, alone = looks_of(seen), -1 - np.arange(seen.chars.size)
    has_key = seen.token_count > _LEAST_TOKENS
    seen_times = times_seen(np.concatenate([np.where(has_key, keys, alone), looks[None]]))
    capped = np.minimum(seen_times[:3], 20)
    return {
        "same": capped[0],
        "like": np.maximum(capped[1], capped[2]),
        "looks": looks,
        "same_looks": seen_times[3] / seen.chars.size,
    }


@dataclass(frozen=True, slots=True)
class Around:
    """What the features of a page's lines are read from: signals, and lines back and on to the flagged ones."""

    signals: Signals
    since: Floats
    until: Floats


def look_around(seen: Outline, given: dict[str, Floats | Ints]) -> Around:
    """Lays out the signals of the outline and those that are given: all others of `plan.SIGNALS`."""
    scores, found = given["score"], given["evidence"] > 1
    opens, ruled = given["opens"] > OPENER_ODDS, given["ruled"] > HALF
    flags = np.array([seen.is_prose, opens, found, scores > HIGH_SCORE, scores < LOW_SCORE, ruled])
    since, until = distances(flags)
    signals: dict[str, Floats | Ints | Flags] = {
        **given,
        "log_words": seen.log_words,
        "terminal": seen.is_terminal,
        "first_class": seen.first_class,
        "last_class": seen.last_class,
        "digit_share": seen.shapes[_ROWS["digit_share"]],
        "title_word_share": seen.shapes[_ROWS["title_word_share"]],
        "prose": seen.is_prose,
        "lower": seen.first_class == reading.LOWER,
        "bullets": seen.first_class == reading.BULLET,
        "found": found,
        "prose_score": scores * seen.is_prose,
    }
    values = [signals[name] for name in plan.SIGNALS]
    return Around(lay_out(plan.SIGNALS, values, plan.OUTSIDE, plan.SUMMED, seen.runs), since, until)


def read_off(around: Around, table: Floats) -> None:
    """Writes the features that are signals as they are, near, around, in the run or on the page, into their rows."""
    signals = around.signals
    table[plan.NEAR.features] = signals.near(plan.NEAR)
    table[plan.WINDOW.features] = signals.windows(plan.WINDOW)
    table[plan.RUN.features] = signals.run_means(plan.RUN)
    table[plan.PAGE.features] = signals.page_means(plan.PAGE)
    table[plan.SINCE.features] = around.since[plan.SINCE.sources]
    table[plan.UNTIL.features] = around.until[plan.UNTIL.sources]


def place_features(seen: Outline) -> dict[str, Floats | float]:
    """Place in the page and among its prose, length of the run of prose or of other lines, shares of the page."""
    count, runs = seen.chars.size, seen.runs
    index = np.arange(count)
    run_lines, run_first = runs.sizes[runs.numbers], runs.starts[runs.numbers]
    where = seen.is_prose.nonzero()[0]
    first, last = (where[0], where[-1]) if where.size else (count, -1)
    chars = np.minimum(seen.chars, reading.HEAD_CHARS + reading.TAIL_CHARS).astype(np.float64)
    chars_before, all_chars = chars.cumsum() - chars, max(float(chars.sum()), 1.0)
    return {
        "lines_before": np.minimum(index, 400),
        "lines_after": np.minimum(index[::-1], 400),
        "line_share": (index + 0.5) / count,
        "char_share": (chars_before + chars / 2) / all_chars,
        "before_first_prose": np.minimum(np.maximum(first - index, -FAR_LINES), FAR_LINES),
        "after_last_prose": np.minimum(np.maximum(index - last, -FAR_LINES), FAR_LINES),
        "run_lines": np.minimum(run_lines, 400),
        "run_place": np.minimum(index - run_first, FAR_LINES),
        "run_share": run_lines / count,
        "run_opener": np.where(run_first > 0, seen.last_class[np.maximum(run_first - 1, 0)], -1.0),
        "page_lines": np.log1p(count),
        "page_prose_chars": float(chars[seen.is_prose].sum()) / all_chars,
    }


def word_features(around: Around, seen: Outline) -> dict[str, Floats]:
    """Prose before; phrases in the run, before and after; how much the lines above look like a heading."""
    signals = around.signals
    opens, found, numbers = signals.own("opens"), signals.own("found"), seen.runs.numbers
    (before, in_prose), (after, _) = signals.sums_around("found", "prose")
    highest = np.empty(opens.size)
    highest[0] = plan.NO_OPENER
    np.maximum.accumulate(opens[:-1], out=highest[1:])
    return {
        "prose_share_before": in_prose / max(int(in_prose[-1]) + int(seen.is_prose[-1]), 1),
        "phrases_in_run": np.minimum(np.bincount(numbers, found)[numbers], 30),
        "phrases_before": np.minimum(before, 30),
        "phrases_after": np.minimum(after, 30),
        "opens_recent": np.maximum.reduce(signals.steps("opens", -8, -1)),
        "opens_above": highest,
    }


def likeness_features(around: Around) -> dict[str, Flags]:
    """Which of the lines near look alike."""
    looks = around.signals.own("looks")
    alike = around.signals.steps("looks", -4, 4) == looks
    return {f"looks_like_{step}": alike[step + 4] for step in (-4, -3, -2, -1, 1, 2, 3, 4)}


def score_features(around: Around, seen: Outline) -> dict[str, Floats | float]:
    """The score of the lines around: highest and lowest of the nearest, before, after, in the run."""
    signals = around.signals
    scores = signals.own("score")
    count, index = scores.size, np.arange(scores.size)
    near = signals.steps("score", -2, 2)[[0, 1, 3, 4]]
    rank = np.empty(count)
    rank[scores.argsort(kind="stable")] = index
    return {
        "score_near_max": np.maximum.reduce(near),
        "score_near_min": np.minimum.reduce(near),
        "score_run_max": np.maximum.reduceat(scores, seen.runs.starts)[seen.runs.numbers],
        "score_page_prose": float(signals.own("prose_score").sum()) / max(int(seen.is_prose.sum()), 1),
        "score_rank": rank / count,
    }


def means_around(around: Around) -> dict[str, Floats]:
    """Mean score of the lines before, and of those after; share of them that rules take."""
    before, after = around.signals.sums_around("score", "ruled")
    index = np.maximum(np.arange(before.shape[1]), 1)
    before /= index
    after /= index[::-1]
    return {"score_before": before[0], "ruled_before": before[1], "score_after": after[0], "ruled_after": after[1]}
