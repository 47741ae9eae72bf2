"""Trains the line model anew: python benchmarks/train_line_model.py DATA [--folds] [--figures FILE].

DATA holds residual/dev.jsonl.gz and residual/multilang-dev.jsonl.gz; the phrase lists are DATA/../phrases/*.csv or
what --phrases says. Writes the artifact beside the runtime, and the figures. Needs numpy, scikit-learn and lightgbm.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import line_model_figures as figures
from benchmarks.line_model_data import FOLDS, Record, read_all, read_phrases
from benchmarks.line_model_first import FirstStage, FirstStageData
from benchmarks.line_model_stages import Lines, flatten, learn_phrases, page_weights
from benchmarks.line_model_trees import fit_trees
from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import PATH, Model, write_model
from cleaning.boilerplate.line_model.features import Lexicon, Seen
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.shape import character_classes
from cleaning.boilerplate.line_model.trees import Forest, forest_scores

PAGE_POWER = 0.5  # a page of n counted lines weighs n ** .5: of 0, .5 and .9 the most boilerplate at .5 % lost
PARTIAL_WEIGHT = 5.0  # lines of the partly labelled pages weigh more: they are few, and all that is not English
WHOLE_PAGE_SHARE = 0.5  # of the lines of whole pages this share is enough for the trees

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Data:
    """The records with all that the stages need of them."""

    records: list[Record]
    lines: Lines
    seen: list[Seen]
    lexicon: Lexicon
    weight: Floats


def read_data(folder: Path, phrases: Path) -> Data:
    """Records, lines and lexicon."""
    records = read_all(folder)
    lines = flatten(records)
    weight = page_weights(lines, PAGE_POWER, PARTIAL_WEIGHT)
    blank = Lexicon(character_classes(), np.ones(2, np.float32), np.zeros(0, np.uint32), np.zeros((3, 0), np.float32))
    seen = [features.see(record.lines, blank) for record in records]
    return Data(records, lines, seen, learn_phrases(read_phrases(phrases), seen, lines, weight), weight)


def second_table(data: Data, stages: Sequence[FirstStage]) -> Matrix:
    """Features of the second stage (lines, features), the scores of the first from the stage of each record's fold."""
    rows = []
    for record, seen in zip(data.records, data.seen, strict=True):
        stage = stages[record.fold]
        first = features.first_scores(seen, stage.weights, stage.bias)
        rows.append(features.stack(features.line_features(seen, first, data.lexicon)).T)
    return np.concatenate(rows)


def third_table(data: Data, second: Matrix, odds: Floats) -> Matrix:
    """Features of the third stage: those of the second and the second's log odds around."""
    ends = np.cumsum([len(record.lines) for record in data.records])[:-1]
    pairs = zip(data.seen, np.split(odds, ends), strict=True)
    looks = [features.stack(features.second_look(seen, part, data.lexicon)).T for seen, part in pairs]
    return np.concatenate([second, np.concatenate(looks)], axis=1)


def training_lines(data: Data) -> NDArray[np.bool_]:
    """Lines that the trees learn from: counted, of whole pages a share."""
    dense = np.repeat([r.group == "whole page" for r in data.records], [len(r.lines) for r in data.records])
    chosen = np.random.default_rng(1).random(dense.size) < WHOLE_PAGE_SHARE
    return (data.lines.label >= 0) & (chosen | ~dense)


def fit_stage(data: Data, table: Matrix, use: NDArray[np.bool_]) -> Forest:
    """Trees from the lines in use."""
    return fit_trees(table[use], data.lines.label[use], data.weight[use])


def out_of_fold_odds(data: Data, table: Matrix, use: NDArray[np.bool_]) -> Floats:
    """Log odds of all lines, each from trees that saw no site of its fold."""
    odds = np.zeros(data.lines.label.size)
    for fold in range(FOLDS):
        held = data.lines.fold == fold
        odds[held] = forest_scores(fit_stage(data, table, use & ~held), table[held].T)
    return odds


def calibrate(odds: Floats, label: NDArray[np.int8], weight: Floats) -> tuple[float, float]:
    """Scale and offset that turn log odds into calibrated ones, learnt out of fold (Platt)."""
    from sklearn.linear_model import LogisticRegression

    counted = label >= 0
    fit = LogisticRegression(C=1e6).fit(odds[counted, None], label[counted], sample_weight=weight[counted])
    return round(float(fit.coef_[0, 0]), 4), round(float(fit.intercept_[0]), 4)


def train(data: Data) -> tuple[Model, Floats]:
    """The model, and the calibrated log odds of all lines from trees that saw no site of their fold."""
    start = time.monotonic()

    def report(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", file=sys.stderr, flush=True)

    first = FirstStageData(data.records, data.lines, data.seen, data.weight)
    stages = first.fit_folds()
    everything = first.fit(np.ones(data.lines.label.size, dtype=bool))
    report("first stage")
    use, table = training_lines(data), second_table(data, stages)
    odds = out_of_fold_odds(data, table, use)
    second = fit_stage(data, table, use)
    report("second stage")
    table = third_table(data, table, odds)
    final = out_of_fold_odds(data, table, use)
    third = fit_stage(data, table, use)
    scale, offset = calibrate(final, data.lines.label, data.weight)
    report("third stage")
    model = Model(data.lexicon, everything.weights, everything.bias, second, third, scale, offset)
    return model, scale * final + offset


def main(argv: Sequence[str] | None = None) -> int:
    """Trains, writes artifact and figures, prints them with --folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--phrases", type=Path, help="phrase list (default: DATA/../phrases/trigger_phrases.csv)")
    parser.add_argument("--folds", action="store_true", help="print the cross-validated figures")
    parser.add_argument("--output", type=Path, default=PATH, help="where the artifact goes")
    parser.add_argument("--figures", type=Path, default=Path(__file__).with_name("line_model_figures.json"))
    parser.add_argument("--scores", type=Path, help="also write the cross-validated log odds here (.npy)")
    args = parser.parse_args(argv)
    missing = [name for name in ("sklearn", "lightgbm") if importlib.util.find_spec(name) is None]
    if missing:
        parser.error(f"training needs {' and '.join(missing)}: pip install scikit-learn lightgbm")
    data = read_data(args.data, args.phrases or args.data.parent / "phrases" / "trigger_phrases.csv")
    model, odds = train(data)
    write_model(model, args.output)
    result = figures.all_figures(data.records, data.lines, odds)
    args.figures.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if args.scores:
        np.save(args.scores, odds)
    if args.folds:
        figures.show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
