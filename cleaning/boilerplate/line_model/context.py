"""Where a line stands: its neighbours, its run, its place among the prose, its likes elsewhere on the page."""

from dataclasses import dataclass

import numpy as np

from cleaning.boilerplate.line_model import reading, shape
from cleaning.boilerplate.line_model.reading import Floats, Ints
from cleaning.boilerplate.line_model.signals import FAR_LINES, WINDOWS, Flags, Signals, distances, lay_out, times_seen

PROSE_CHARS = 80  # Kohlschütter et al. 2010 and jusText take blocks of 70 to 80 characters for prose
OPENER_ODDS = 2.0  # log odds from which a heading counts as one of boilerplate
HIGH_SCORE, LOW_SCORE = 1.0, -1.0
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
HALF = 0.5  # a line of which rules take more counts as taken
NO_OPENER = -4.0  # log odds of a heading past the ends of the page
_ROWS = {name: row for row, name in enumerate(shape.NAMES)}


def run_numbers(flags: Flags) -> Ints:
    """Number of the run of equal flags that each line belongs to, from 0."""
    result = np.zeros(flags.size, dtype=np.int64)
    np.cumsum(flags[1:] != flags[:-1], out=result[1:])
    return result


def run_max(values: Floats, runs: Ints) -> Floats:
    """Highest value in the run of each line."""
    return np.maximum.reduceat(values, np.searchsorted(runs, np.arange(runs[-1] + 1)))[runs]


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
    runs: Ints
    shapes: Floats


def outline(shapes: Floats, chars: Floats | Ints, token_count: Floats | Ints) -> Outline:
    """The outline of a page from the shapes of its lines (shape.NAMES), their full lengths and their tokens."""
    row = {name: shapes[place] for name, place in _ROWS.items()}
    closed = (row["last_class"] == reading.QUOTE) | (row["last_class"] == reading.BRACKET)
    terminal = (row["last_class"] == reading.TERMINAL) | (closed & (row["before_last_class"] == reading.TERMINAL))
    long_enough = chars + chars * row["caseless_share"] * (row["mean_word_chars"] < 2) >= PROSE_CHARS
    is_prose = long_enough & (terminal | (row["comma_count"] + row["sentence_count"] >= 2))
    return Outline(
        chars=chars,
        token_count=token_count,
        log_words=row["log_words"],
        first_class=row["first_class"],
        last_class=row["last_class"],
        is_terminal=terminal.astype(np.float64),
        is_prose=is_prose,
        runs=run_numbers(is_prose),
        shapes=shapes,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What the features of a page's lines are read from: signals, and lines back and on to the flagged ones."""

    signals: Signals
    since: dict[str, Floats]
    until: dict[str, Floats]


def look_around(seen: Outline, signals: dict[str, tuple[Floats, float]]) -> Around:
    """Lays out the signals of the outline and those that are given, each with what stands past the page's ends.

    "opens", "evidence", "score" and "ruled" are among the signals that are given.
    """
    opens, evidence, scores, ruled = (signals[name][0] for name in ("opens", "evidence", "score", "ruled"))
    high, low = scores > HIGH_SCORE, scores < LOW_SCORE
    flags = np.stack([seen.is_prose, opens > OPENER_ODDS, evidence > 1, high, low, ruled > HALF])
    names = ("prose", "opens", "phrase", "high", "low", "ruled")
    since, until = distances(flags)
    own = {
        "log_words": seen.log_words,
        "terminal": seen.is_terminal,
        "first_class": seen.first_class,
        "last_class": seen.last_class,
        "digit_share": seen.shapes[_ROWS["digit_share"]],
        "title_word_share": seen.shapes[_ROWS["title_word_share"]],
        "prose": seen.is_prose,
        "lower": seen.first_class == reading.LOWER,
        "bullets": seen.first_class == reading.BULLET,
        "found": flags[2],
        "prose_score": scores * seen.is_prose,
    }
    laid = lay_out({name: (values, -1.0) for name, values in own.items()} | signals, seen.runs)
    return Around(laid, dict(zip(names, since, strict=True)), dict(zip(names, until, strict=True)))


def place_features(seen: Outline, around: Around) -> dict[str, Floats]:
    """Place in the page and among its prose, length of the run of prose or of other lines, page-wide shares."""
    signals, count, index = around.signals, seen.runs.size, np.arange(seen.runs.size)
    prose, runs = seen.is_prose, seen.runs
    where = prose.nonzero()[0]
    first, last = (where[0], where[-1]) if where.size else (count, -1)
    run_lines = np.bincount(runs)[runs]
    run_first = runs.searchsorted(runs)
    chars = np.minimum(seen.chars, reading.HEAD_CHARS + reading.TAIL_CHARS).astype(np.float64)
    chars_before, all_chars = chars.cumsum() - chars, max(float(chars.sum()), 1.0)
    return {
        "is_terminal": seen.is_terminal,
        "is_prose": signals.near("prose"),
        "lines_before": np.minimum(index, 400),
        "lines_after": np.minimum(index[::-1], 400),
        "line_share": (index + 0.5) / count,
        "char_share": (chars_before + chars / 2) / all_chars,
        "prose_since": around.since["prose"],
        "prose_until": around.until["prose"],
        "before_first_prose": np.minimum(np.maximum(first - index, -FAR_LINES), FAR_LINES),
        "after_last_prose": np.minimum(np.maximum(index - last, -FAR_LINES), FAR_LINES),
        "prose_share_before": signals.sums_around("prose")[0] / max(where.size, 1),
        "run_lines": np.minimum(run_lines, 400),
        "run_place": np.minimum(index - run_first, FAR_LINES),
        "run_words": signals.run_mean("log_words"),
        "run_share": run_lines / count,
        "run_opener": np.where(run_first > 0, seen.last_class[np.maximum(run_first - 1, 0)], -1.0),
        "run_terminal": signals.run_mean("terminal"),
        "run_digits": signals.run_mean("digit_share"),
        "run_titles": signals.run_mean("title_word_share"),
        "page_lines": np.full(count, np.log1p(count)),
        "page_prose_share": signals.page_mean("prose"),
        "page_prose_chars": np.full(count, float(chars[prose].sum()) / all_chars),
        "page_words": signals.page_mean("log_words"),
        "page_terminal": signals.page_mean("terminal"),
        "page_lower": signals.page_mean("lower"),
        "page_bullets": signals.page_mean("bullets"),
    }


def looks_of(seen: Outline) -> Ints:
    """Length, first and last class of each line as one number."""
    size = np.minimum(np.round(seen.log_words * 2), 9)
    return (size * 400 + seen.first_class * 20 + seen.last_class).astype(np.int64)


def likes_of(seen: Outline, keys: Ints) -> dict[str, tuple[Floats, float]]:
    """Signals of how often a line, its opening or ending, and its looks occur on the page.

    `keys` (3, lines) stand for the whole line, its first two words and its last; lines without so many have none.
    """
    looks, alone = looks_of(seen), -1 - np.arange(seen.runs.size)
    has_key = seen.token_count > np.array([[0], [1], [1]])
    seen_times = times_seen(np.concatenate([np.where(has_key, keys, alone), looks[None]]))
    capped = np.minimum(seen_times[:3], 20)
    return {
        "same": (capped[0], -1.0),
        "like": (np.maximum(capped[1], capped[2]), -1.0),
        "looks": (looks, -1.0),
        "same_looks": (seen_times[3] / seen.runs.size, -1.0),
    }


def likeness_features(around: Around) -> dict[str, Floats]:
    """How often the line, its opening and its shape occur on the page, and near."""
    signals = around.signals
    looks = signals.near("looks")
    return {
        "same_line": signals.near("same"),
        "same_edge": signals.near("like"),
        "same_line_w2": signals.window("same", 2),
        "same_line_w5": signals.window("same", 5),
        "same_edge_w2": signals.window("like", 2),
        "same_edge_w5": signals.window("like", 5),
        "same_edge_-1": signals.near("like", -1),
        "same_edge_1": signals.near("like", 1),
        "same_looks": signals.near("same_looks"),
        **{f"looks_like_{step}": signals.near("looks", step) == looks for step in (-4, -3, -2, -1, 1, 2, 3, 4)},
    }


def neighbour_features(around: Around) -> dict[str, Floats]:
    """Shapes of the lines around."""
    signals = around.signals
    result: dict[str, Floats] = {}
    for step in NEIGHBOURS:
        names = ("log_words", "terminal", "first_class", "last_class", "digit_share", "title_word_share")
        for name in names if abs(step) <= 2 else names[:2]:
            result[f"{name}_{step}"] = signals.near(name, step)
    for radius in WINDOWS:
        for name in ("log_words", "terminal", "title_word_share", "digit_share"):
            result[f"{name}_w{radius}"] = signals.window(name, radius)
    return result


def opener_features(around: Around) -> dict[str, Floats]:
    """How much the lines above look like the heading of a block of boilerplate."""
    signals = around.signals
    opens = signals.near("opens")
    highest = np.empty(opens.size)
    highest[0] = NO_OPENER
    np.maximum.accumulate(opens[:-1], out=highest[1:])
    return {
        "opens": opens,
        "opens_-1": signals.near("opens", -1),
        "opens_-2": signals.near("opens", -2),
        "opens_1": signals.near("opens", 1),
        "opens_recent": np.maximum.reduce([signals.near("opens", -step) for step in range(1, 9)]),
        "opens_above": highest,
        "opens_run": signals.run_mean("opens"),
        "opens_since": around.since["opens"],
        "opens_page": signals.page_mean("opens"),
        "opens_w5": signals.window("opens", 5),
    }


def phrase_features(around: Around, seen: Outline) -> dict[str, Floats]:
    """Phrases on the lines around, in the run, before, after, on the page; "evidence" is 0 where there is none."""
    signals = around.signals
    before, after = signals.sums_around("found")
    return {
        "phrase_-1": signals.near("evidence", -1),
        "phrase_1": signals.near("evidence", 1),
        "phrase_w2": signals.window("evidence", 2),
        "phrase_w12": signals.window("evidence", 12),
        "phrase_since": around.since["phrase"],
        "phrase_until": around.until["phrase"],
        "phrase_run": signals.run_mean("evidence"),
        "phrases_in_run": np.minimum(np.bincount(seen.runs, signals.near("found"))[seen.runs], 30),
        "phrases_before": np.minimum(before, 30),
        "phrases_after": np.minimum(after, 30),
        "phrase_page": signals.page_mean("found"),
    }


def rule_features(around: Around) -> dict[str, Floats]:
    """What rules say of the line and of those around it."""
    signals = around.signals
    before, after = signals.sums_around("ruled")
    index = np.arange(before.size)
    return {
        "ruled": signals.near("ruled"),
        "ruled_moved": signals.near("moved"),
        "ruled_hinted": signals.near("hinted"),
        **{f"ruled_{step}": signals.near("ruled", step) for step in NEIGHBOURS},
        **{f"ruled_moved_{step}": signals.near("moved", step) for step in (-1, 1)},
        **{f"ruled_w{radius}": signals.window("ruled", radius) for radius in WINDOWS},
        "ruled_since": around.since["ruled"],
        "ruled_until": around.until["ruled"],
        "ruled_run": signals.run_mean("ruled"),
        "ruled_page": signals.page_mean("ruled"),
        "ruled_before": before / np.maximum(index, 1),
        "ruled_after": after / np.maximum(index[::-1], 1),
    }


def score_features(around: Around, seen: Outline) -> dict[str, Floats]:
    """The score of the lines around: neighbours, windows, before, after, in the run; distance to high and low ones."""
    signals = around.signals
    scores = signals.near("score")
    count, index = scores.size, np.arange(scores.size)
    before, after = signals.sums_around("score")
    near = [signals.near("score", step) for step in (-2, -1, 1, 2)]
    rank = np.empty(count)
    rank[scores.argsort(kind="stable")] = index
    result = {f"score_{step}": signals.near("score", step) for step in NEIGHBOURS}
    result |= {f"score_w{radius}": signals.window("score", radius) for radius in WINDOWS}
    return result | {
        "score_near_max": np.maximum.reduce(near),
        "score_near_min": np.minimum.reduce(near),
        "score_page": signals.page_mean("score"),
        "score_before": before / np.maximum(index, 1),
        "score_after": after / np.maximum(index[::-1], 1),
        "score_run": signals.run_mean("score"),
        "score_run_max": run_max(scores, seen.runs),
        "score_page_prose": np.full(count, float(signals.near("prose_score").sum()) / max(int(seen.is_prose.sum()), 1)),
        "score_rank": rank / count,
        "score_prose_w12": signals.window("prose_score", 12),
        "score_high_since": around.since["high"],
        "score_high_until": around.until["high"],
        "score_low_since": around.since["low"],
        "score_low_until": around.until["low"],
    }
