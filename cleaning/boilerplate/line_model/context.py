"""Where a line stands: its neighbours, its run, its place among the prose, its likes elsewhere on the page."""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import reading, shape
from cleaning.boilerplate.line_model.reading import Floats, Ints, Page

FAR_LINES = 60  # distances are capped here, a rough bound for "far away"
PROSE_CHARS = 80  # Kohlschütter et al. 2010 and jusText take blocks of 70 to 80 characters for prose
OPENER_ODDS = 2.0  # log odds from which a heading counts as one of boilerplate
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
WINDOWS = (2, 5, 12)

Flags = NDArray[np.bool_]


def neighbour(values: Floats, step: int, outside: float = -1.0) -> Floats:
    """The value `step` lines further down; `outside` past the ends."""
    result = np.empty(values.size)
    reach = min(abs(step), values.size)
    if step >= 0:
        result[: values.size - reach], result[values.size - reach :] = values[reach:], outside
    else:
        result[reach:], result[:reach] = values[: values.size - reach], outside
    return result


@functools.lru_cache(maxsize=8)
def _window(size: int, radius: int) -> tuple[Ints, Ints, Ints]:
    """First line and end of the window around each of `size` lines, and how many other lines it has (at least 1)."""
    index = np.arange(size)
    low, high = np.maximum(index - radius, 0), np.minimum(index + radius + 1, size)
    return low, high, np.maximum(high - low - 1, 1)


def window_mean(values: Floats, radius: int) -> Floats:
    """Mean over the lines at most `radius` away, the line itself left out; 0 for a single line."""
    sums = np.zeros(values.size + 1)
    np.cumsum(values, out=sums[1:])
    low, high, others = _window(values.size, radius)
    result: Floats = (sums[high] - sums[low] - values) / others
    return result


def lines_since(flags: Flags) -> Floats:
    """Lines back to the last flagged line, the line itself not counted; FAR_LINES where there is none."""
    index = np.arange(flags.size)
    last = np.maximum.accumulate(np.where(flags, index, -FAR_LINES - 1))
    last = np.concatenate(([-FAR_LINES - 1], last[:-1]))
    return np.minimum(index - last, FAR_LINES).astype(np.float64)


def lines_until(flags: Flags) -> Floats:
    """Lines on to the next flagged line, the line itself not counted; FAR_LINES where there is none."""
    return lines_since(flags[::-1])[::-1]


def means_around(values: Floats) -> tuple[Floats, Floats]:
    """Mean of all lines before, and of all lines after; 0 at the ends."""
    sums, index = np.cumsum(values), np.arange(values.size)
    before = (sums - values) / np.maximum(index, 1)
    after = (sums[-1] - sums) / np.maximum(values.size - 1 - index, 1)
    return before, after


def run_numbers(flags: Flags) -> Ints:
    """Number of the run of equal flags that each line belongs to, from 0."""
    return np.cumsum(np.concatenate(([0], flags[1:] != flags[:-1]))).astype(np.int64)


def run_mean(values: Floats, runs: Ints) -> Floats:
    """Mean over the run of each line."""
    return (np.bincount(runs, values) / np.bincount(runs))[runs]


def run_max(values: Floats, runs: Ints) -> Floats:
    """Highest value in the run of each line."""
    return np.maximum.reduceat(values, np.flatnonzero(np.diff(runs, prepend=-1)))[runs]


def times_seen(keys: Ints) -> Floats:
    """How many lines of the page have the same key."""
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return counts[place].astype(np.float64)


@dataclass(frozen=True, slots=True)
class Outline:
    """What the context needs to know of each line."""

    log_words: Floats
    first_class: Floats
    last_class: Floats
    is_terminal: Floats
    is_prose: Flags
    runs: Ints
    shapes: Floats


def outline(page: Page, shapes: Floats) -> Outline:
    """The outline of a page from its shapes (shape.NAMES)."""
    row = dict(zip(shape.NAMES, shapes, strict=True))
    closed = (row["last_class"] == reading.QUOTE) | (row["last_class"] == reading.BRACKET)
    terminal = (row["last_class"] == reading.TERMINAL) | (closed & (row["before_last_class"] == reading.TERMINAL))
    long_enough = page.chars + page.chars * row["caseless_share"] * (row["mean_word_chars"] < 2) >= PROSE_CHARS
    is_prose = long_enough & (terminal | (row["comma_count"] + row["sentence_count"] >= 2))
    return Outline(
        log_words=row["log_words"],
        first_class=row["first_class"],
        last_class=row["last_class"],
        is_terminal=terminal.astype(np.float64),
        is_prose=is_prose,
        runs=run_numbers(is_prose),
        shapes=shapes,
    )


def place_features(page: Page, seen: Outline) -> dict[str, Floats]:
    """Place in the page and among its prose, length of the run of prose or of other lines, page-wide shares."""
    count, index = page.count, np.arange(page.count)
    prose, runs = seen.is_prose, seen.runs
    where = np.flatnonzero(prose)
    first, last = (where[0], where[-1]) if where.size else (count, -1)
    run_lines = np.bincount(runs)[runs]
    run_first = np.searchsorted(runs, runs)
    chars = np.minimum(page.chars, reading.HEAD_CHARS + reading.TAIL_CHARS).astype(np.float64)
    chars_before = np.cumsum(chars) - chars
    is_lower = seen.first_class == reading.LOWER
    everywhere = np.ones(count)
    opener = np.where(run_first > 0, seen.last_class[np.maximum(run_first - 1, 0)], -1.0)
    return {
        "is_terminal": seen.is_terminal,
        "is_prose": prose.astype(np.float64),
        "lines_before": np.minimum(index, 400).astype(np.float64),
        "lines_after": np.minimum(count - 1 - index, 400).astype(np.float64),
        "line_share": (index + 0.5) / count,
        "char_share": (chars_before + chars / 2) / max(float(chars.sum()), 1.0),
        "prose_since": lines_since(prose),
        "prose_until": lines_until(prose),
        "before_first_prose": np.minimum(np.maximum(first - index, -FAR_LINES), FAR_LINES).astype(np.float64),
        "after_last_prose": np.minimum(np.maximum(index - last, -FAR_LINES), FAR_LINES).astype(np.float64),
        "prose_share_before": (np.cumsum(prose) - prose) / max(where.size, 1),
        "run_lines": np.minimum(run_lines, 400).astype(np.float64),
        "run_place": np.minimum(index - run_first, FAR_LINES).astype(np.float64),
        "run_words": run_mean(seen.log_words, runs),
        "run_share": run_lines / count,
        "run_opener": opener,
        "run_terminal": run_mean(seen.is_terminal, runs),
        "run_digits": run_mean(seen.shapes[shape.NAMES.index("digit_share")], runs),
        "run_titles": run_mean(seen.shapes[shape.NAMES.index("title_word_share")], runs),
        "page_lines": everywhere * np.log1p(count),
        "page_prose_share": everywhere * prose.mean(),
        "page_prose_chars": everywhere * float(chars[prose].sum()) / max(float(chars.sum()), 1.0),
        "page_words": everywhere * seen.log_words.mean(),
        "page_terminal": everywhere * seen.is_terminal.mean(),
        "page_lower": everywhere * is_lower.mean(),
        "page_bullets": everywhere * (seen.first_class == reading.BULLET).mean(),
    }


def last_tokens(page: Page) -> Ints:
    """Hash of the last token of each line; 0 without tokens."""
    padded = np.append(page.hashes.astype(np.int64), 0)
    last = np.where(page.token_count > 0, page.first_token + page.token_count - 1, page.hashes.size)
    return np.asarray(padded[last], dtype=np.int64)


def likeness_features(page: Page, seen: Outline, whole: Ints, opening: Ints) -> dict[str, Floats]:
    """How often the line, its opening and its shape occur on the page, and near."""
    size = np.minimum(np.round(seen.log_words * 2), 9).astype(np.int64)
    looks = size * 400 + seen.first_class.astype(np.int64) * 20 + seen.last_class.astype(np.int64)
    ending = np.where(page.token_count > 1, last_tokens(page), -1 - np.arange(page.count))
    same = np.minimum(times_seen(whole), 20)
    like = np.maximum(np.minimum(times_seen(opening), 20), np.minimum(times_seen(ending), 20))
    near = {
        f"looks_like_{step}": (neighbour(looks.astype(np.float64), step) == looks).astype(np.float64)
        for step in (-4, -3, -2, -1, 1, 2, 3, 4)
    }
    return {
        "same_line": same,
        "same_edge": like,
        "same_line_w2": window_mean(same, 2),
        "same_line_w5": window_mean(same, 5),
        "same_edge_w2": window_mean(like, 2),
        "same_edge_w5": window_mean(like, 5),
        "same_edge_-1": neighbour(like, -1),
        "same_edge_1": neighbour(like, 1),
        "same_looks": times_seen(looks) / page.count,
        **near,
    }


def neighbour_features(page: Page, seen: Outline) -> dict[str, Floats]:
    """Shapes of the lines around."""
    shapes = dict(zip(shape.NAMES, seen.shapes, strict=True))
    result: dict[str, Floats] = {}
    for step in NEIGHBOURS:
        result[f"log_words_{step}"] = neighbour(seen.log_words, step)
        result[f"terminal_{step}"] = neighbour(seen.is_terminal, step)
        if abs(step) <= 2:
            result[f"first_class_{step}"] = neighbour(seen.first_class, step)
            result[f"last_class_{step}"] = neighbour(seen.last_class, step)
            result[f"digit_share_{step}"] = neighbour(shapes["digit_share"], step)
            result[f"title_word_share_{step}"] = neighbour(shapes["title_word_share"], step)
    for radius in WINDOWS:
        result[f"log_words_w{radius}"] = window_mean(seen.log_words, radius)
        result[f"terminal_w{radius}"] = window_mean(seen.is_terminal, radius)
        result[f"title_word_share_w{radius}"] = window_mean(shapes["title_word_share"], radius)
        result[f"digit_share_w{radius}"] = window_mean(shapes["digit_share"], radius)
    return result


def opener_features(opens: Floats, seen: Outline) -> dict[str, Floats]:
    """How much the lines above look like the heading of a block of boilerplate."""
    highest = np.concatenate(([-4.0], np.maximum.accumulate(opens)[:-1]))
    is_high = opens > OPENER_ODDS
    recent = np.maximum.reduce([neighbour(opens, -step, -4.0) for step in range(1, 9)])
    return {
        "opens": opens,
        "opens_-1": neighbour(opens, -1, -4.0),
        "opens_-2": neighbour(opens, -2, -4.0),
        "opens_1": neighbour(opens, 1, -4.0),
        "opens_recent": recent,
        "opens_above": highest,
        "opens_run": run_mean(opens, seen.runs),
        "opens_since": lines_since(is_high),
        "opens_page": np.full(opens.size, opens.mean()),
        "opens_w5": window_mean(opens, 5),
    }


def phrase_features(evidence: Floats, seen: Outline) -> dict[str, Floats]:
    """Phrases on the lines around, in the run, before, after, on the page; `evidence` is 0 where there is none."""
    runs, found = seen.runs, (evidence > 1).astype(np.float64)
    sums = np.cumsum(found)
    return {
        "phrase_-1": neighbour(evidence, -1, 0.0),
        "phrase_1": neighbour(evidence, 1, 0.0),
        "phrase_w2": window_mean(evidence, 2),
        "phrase_w12": window_mean(evidence, 12),
        "phrase_since": lines_since(found > 0),
        "phrase_until": lines_until(found > 0),
        "phrase_run": run_mean(evidence, runs),
        "phrases_in_run": np.minimum(np.bincount(runs, found)[runs], 30),
        "phrases_before": np.minimum(sums - found, 30),
        "phrases_after": np.minimum(sums[-1] - sums, 30),
        "phrase_page": np.full(evidence.size, found.mean()),
    }


def rule_features(ruled: Floats, seen: Outline) -> dict[str, Floats]:
    """What rules say of the line and of those around it; `ruled` (3, lines) is the share of each line that goes as
    boilerplate, that goes as metadata, and how sure a rule is that marks without cutting.
    """
    goes, moved, hinted = ruled
    before, after = means_around(goes)
    return {
        "ruled": goes,
        "ruled_moved": moved,
        "ruled_hinted": hinted,
        **{f"ruled_{step}": neighbour(goes, step, 0.0) for step in NEIGHBOURS},
        **{f"ruled_moved_{step}": neighbour(moved, step, 0.0) for step in (-1, 1)},
        **{f"ruled_w{radius}": window_mean(goes, radius) for radius in WINDOWS},
        "ruled_since": lines_since(goes > 0.5),
        "ruled_until": lines_until(goes > 0.5),
        "ruled_run": run_mean(goes, seen.runs),
        "ruled_page": np.full(goes.size, goes.mean()),
        "ruled_before": before,
        "ruled_after": after,
    }


def score_features(name: str, scores: Floats, seen: Outline, *, high: float, low: float) -> dict[str, Floats]:
    """A score of the lines around: neighbours, windows, before, after, in the run; distance to high and low ones."""
    before, after = means_around(scores)
    result = {f"{name}_{step}": neighbour(scores, step, 0.0) for step in NEIGHBOURS}
    result |= {f"{name}_w{radius}": window_mean(scores, radius) for radius in WINDOWS}
    near = np.stack([neighbour(scores, step, 0.0) for step in (-2, -1, 1, 2)])
    return result | {
        f"{name}_near_max": near.max(axis=0),
        f"{name}_near_min": near.min(axis=0),
        f"{name}_page": np.full(scores.size, scores.mean()),
        f"{name}_before": before,
        f"{name}_after": after,
        f"{name}_run": run_mean(scores, seen.runs),
        f"{name}_run_max": run_max(scores, seen.runs),
        f"{name}_page_prose": np.full(
            scores.size, float((scores * seen.is_prose).sum()) / max(int(seen.is_prose.sum()), 1)
        ),
        f"{name}_rank": np.argsort(np.argsort(scores, kind="stable"), kind="stable") / scores.size,
        f"{name}_prose_w12": window_mean(scores * seen.is_prose, 12),
        f"{name}_high_since": lines_since(scores > high),
        f"{name}_high_until": lines_until(scores > high),
        f"{name}_low_since": lines_since(scores < low),
        f"{name}_low_until": lines_until(scores < low),
    }
