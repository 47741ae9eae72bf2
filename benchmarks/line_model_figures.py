"""Cross-validated figures of the line model: boilerplate removed, content lost, records hurt."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model_data import FOLDS, Record
from benchmarks.line_model_stages import Lines
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.rule import Page
from cleaning.boilerplate.split import page_of_rows
from cleaning.boilerplate.thresholds import THRESHOLDS, find_story, sure_lines
from cleaning.recipe import LineModel

BUDGETS = (0.002, 0.005, 0.01)  # shares of content lines that may be lost
HURT_SHARE = 0.05  # a record that loses a larger share of its content words is hurt, as the scorer has it
_WORD = re.compile(r"\w+")

Flags = NDArray[np.bool_]
Row = dict[str, float | int | str]


def threshold_for(odds: Floats, is_content: Flags, budget: float) -> float:
    """The lowest log odds above which at most the budgeted share of content lines lies."""
    content = np.sort(odds[is_content])[::-1]
    return float(content[min(int(budget * content.size), content.size - 1)]) if content.size else np.inf


def nested_removal(odds: Floats, lines: Lines, inside: Flags, budget: float) -> Flags:
    """Lines removed in each fold with the threshold that the other folds of the group give."""
    removed = np.zeros(odds.size, dtype=bool)
    for fold in range(FOLDS):
        held = lines.fold == fold
        threshold = threshold_for(odds, inside & ~held & (lines.label == 0), budget)
        removed |= held & (odds > threshold)
    return removed


def measure(removed: Flags, lines: Lines, inside: Flags, word_counts: NDArray[np.int64]) -> Row:
    """b_recall, c_lost and hurt of a group, in per cent."""
    content, boilerplate = inside & (lines.label == 0), inside & (lines.label == 1)
    records = np.unique(lines.record[inside])
    size = int(lines.record.max()) + 1
    words = np.bincount(lines.record[content], word_counts[content], size)
    lost = np.bincount(lines.record[content & removed], word_counts[content & removed], size)
    hurt = lost[records] > HURT_SHARE * np.maximum(words[records], 1)
    return {
        "b_lines": int(boilerplate.sum()),
        "c_lines": int(content.sum()),
        "b_recall": round(100 * float(removed[boilerplate].mean()) if boilerplate.any() else 0.0, 1),
        "c_lost": round(100 * float(removed[content].mean()) if content.any() else 0.0, 2),
        "hurt": round(100 * float(hurt.mean()) if hurt.size else 0.0, 2),
    }


def profile_removal(pages: Sequence[Page], odds: Floats, profile: LineModel) -> Flags:
    """Lines that a profile removes, the model alone."""
    scores = (1 / (1 + np.exp(-odds))).tolist()
    removed, start = np.zeros(odds.size, dtype=bool), 0
    for page in pages:
        end = start + len(page.lines)
        own = scores[start:end]
        sure = sure_lines(page, profile, own, find_story(page, own))
        removed[[start + line.index for line in sure]] = True
        start = end
    return removed


def all_figures(records: Sequence[Record], lines: Lines, odds: Floats) -> list[Row]:
    """One row for each group and budget (threshold from the other folds) and for each group and profile."""
    words = np.array([len(_WORD.findall(line)) for record in records for line in record.lines])
    rows: list[Row] = []

    def groups(names: Sequence[str]) -> list[tuple[str, Flags]]:
        per_line = np.array(names)[lines.record]
        return [(name, (per_line == name) & (lines.label >= 0)) for name in sorted(set(names)) if name]

    main = groups([record.group for record in records])
    origin = ["partial" if r.is_partial else "public" if r.is_public else "" for r in records]
    each = groups([f"{of} {r.renderer}".strip() for r, of in zip(records, origin, strict=True)])
    each += groups([f"{r.lang}, {of}" if of else "en" for r, of in zip(records, origin, strict=True)])
    each += groups([f"{r.lang}, {r.group}" if r.is_public else "" for r in records])
    for name, inside in main:
        for budget in BUDGETS:
            removed = nested_removal(odds, lines, inside, budget)
            rows.append({"group": name, "at": f"{budget:.1%} lost", **measure(removed, lines, inside, words)})
    pages = [page_of_rows(record.lines) for record in records]
    by_profile = {profile: profile_removal(pages, odds, profile) for profile in THRESHOLDS}
    for name, inside in main + each:
        for profile, removed in by_profile.items():
            rows.append({"group": name, "at": profile, **measure(removed, lines, inside, words)})
    return rows


def show(rows: Sequence[Row]) -> None:
    """Prints the figures as a table."""
    print(f"{'group':34}{'at':16}{'b lines':>9}{'c lines':>9}{'b_recall':>10}{'c_lost':>8}{'hurt':>7}")
    for row in rows:
        print(
            f"{row['group']:34}{row['at']:16}{row['b_lines']:9}{row['c_lines']:9}"
            f"{row['b_recall']:10}{row['c_lost']:8}{row['hurt']:7}"
        )
