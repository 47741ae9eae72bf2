"""Trains the line model anew: python benchmarks/train_line_model.py DATA [--more FILE] [--folds].

DATA holds residual/dev.jsonl.gz and residual/multilang-dev.jsonl.gz; the phrase lists are DATA/../phrases/*.csv or
what --phrases says. Writes the artifact beside the runtime, and the figures. Needs numpy, scikit-learn, jax and optax.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import line_model_figures as figures
from benchmarks.line_model_data import FOLDS, Record, read_all, read_phrases
from benchmarks.line_model_first import FirstStage, FirstStageData
from benchmarks.line_model_network import Examples, fit_network, lexical_inputs, spans_of
from benchmarks.line_model_stages import Lines, flatten, learn_phrases, page_weights
from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import PATH, Model, write_model
from cleaning.boilerplate.line_model.features import Lexicon, Seen
from cleaning.boilerplate.line_model.network import Scaling, feature_rows, network_input, network_odds, signed_log
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.shape import character_classes
from cleaning.boilerplate.model_marks import rule_shares
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import page_of_rows

PAGE_POWER = 0.5  # a page of n counted lines weighs n ** .5: of 0, .5 and .9 the most boilerplate at .5 % lost
PARTIAL_WEIGHT = 5.0  # lines of the partly labelled pages weigh more: they are few, and all that is not English
SNIPPET_WORDS = 5  # shorter marked lines are not learnt from: of the 20 with the highest scores 6 stood in menus
NETWORKS = 2  # networks of different seeds, averaged

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Data:
    """The records with all that the stages need of them."""

    records: list[Record]
    lines: Lines
    seen: list[Seen]
    ruled: list[Floats]
    lexicon: Lexicon
    weight: Floats


def phrases_beside(folder: Path) -> Path:
    """Where the phrase list is expected: in the folder beside the benchmarks."""
    return folder.resolve().parent / "phrases" / "trigger_phrases.csv"


def untrusted(records: Sequence[Record], lines: Lines) -> NDArray[np.bool_]:
    """Short content lines of partly labelled pages: a menu entry that equals a snippet of the article is marked too."""
    words = np.array([len(line.split()) for record in records for line in record.lines])
    return lines.is_partial & (lines.label == 0) & (words < SNIPPET_WORDS)


def read_data(folder: Path, phrases: Path, more: Path | None = None) -> Data:
    """Records, lines and lexicon."""
    records = read_all(folder, more)
    lines = flatten(records)
    weight = page_weights(lines, PAGE_POWER, PARTIAL_WEIGHT)
    weight[untrusted(records, lines)] = 0
    blank = Lexicon(character_classes(), np.ones(2, np.float32), np.zeros(0, np.uint32), np.zeros((3, 0), np.float32))
    seen = [features.see(record.lines, blank) for record in records]
    ruled = [what_rules_say(record.lines) for record in records]
    return Data(records, lines, seen, ruled, learn_phrases(read_phrases(phrases), seen, lines, weight), weight)


def what_rules_say(lines: Sequence[str]) -> Floats:
    """What rules say of the lines of one document, as it reaches the model: array (3, lines)."""
    page = page_of_rows(lines)
    return rule_shares(page, mark_page(page, RULES))


def feature_table(data: Data, stages: Sequence[FirstStage]) -> tuple[Table, list[str]]:
    """Features (features, lines) and their names, the first scores from the stage of each record's fold."""
    columns, names = [], []
    for record, seen, ruled in zip(data.records, data.seen, data.ruled, strict=True):
        stage = stages[record.fold]
        first = features.first_scores(seen, stage.weights, stage.bias)
        said = features.word_features(seen, data.lexicon)
        by_name = features.line_features(seen, first, said, data.lexicon, ruled)
        columns.append(features.stack(by_name))
        names = list(by_name)
    return np.concatenate(columns, axis=1), names


def scaling_of(table: Table, names: Sequence[str]) -> Scaling:
    """Mean and spread of the numeric features."""
    values = signed_log(table[feature_rows(names)[0]])
    return Scaling(values.mean(axis=1).round(4), (values.std(axis=1) + 1e-3).round(4))


def examples_of(data: Data, stages: Sequence[FirstStage]) -> tuple[Examples, Scaling]:
    """What the networks learn from, and its scaling."""
    table, names = feature_table(data, stages)
    scaling = scaling_of(table, names)
    ends = np.cumsum([len(record.lines) for record in data.records])
    parts = np.split(table, ends[:-1], axis=1)
    values = np.concatenate([network_input(part, names, scaling).astype(np.float16) for part in parts])
    return Examples(values, data.lines.label, data.weight, lexical_inputs(names)), scaling


def fit_networks(data: Data, examples: Examples, held: int | None) -> list[dict[str, Table]]:
    """Networks of all seeds, from all folds but one."""
    spans = spans_of([len(record.lines) for record in data.records])
    folds = np.array([record.fold for record in data.records])
    use = spans if held is None else spans[folds[spans[:, 2]] != held]
    return [fit_network(examples, use, seed) for seed in range(NETWORKS)]


def out_of_fold_odds(data: Data, examples: Examples, report: Callable[[str], None]) -> Floats:
    """Mean log odds of all lines, each from networks that saw no site of its fold."""
    odds = np.zeros(data.lines.label.size)
    ends = np.cumsum([len(record.lines) for record in data.records])
    for fold in range(FOLDS):
        networks = fit_networks(data, examples, fold)
        for record, end in zip(data.records, ends, strict=True):
            if record.fold == fold:
                part = examples.values[end - len(record.lines) : end].astype(np.float32)
                odds[end - len(record.lines) : end] = np.mean([network_odds(net, part) for net in networks], axis=0)
        report(f"networks without fold {fold}")
    return odds


def calibrate(odds: Floats, label: NDArray[np.int8], weight: Floats) -> tuple[float, float]:
    """Scale and offset that turn log odds into calibrated ones, learnt out of fold (Platt)."""
    from sklearn.linear_model import LogisticRegression

    counted = label >= 0
    fit = LogisticRegression(C=1e6).fit(odds[counted, None], label[counted], sample_weight=weight[counted])
    return round(float(fit.coef_[0, 0]), 4), round(float(fit.intercept_[0]), 4)


def train(data: Data) -> tuple[Model, Floats]:
    """The model, and the calibrated log odds of all lines from networks that saw no site of their fold."""
    start = time.monotonic()

    def report(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", file=sys.stderr, flush=True)

    first = FirstStageData(data.records, data.lines, data.seen, data.weight)
    stages = first.fit_folds()
    everything = first.fit(np.ones(data.lines.label.size, dtype=bool))
    report("first stage")
    examples, scaling = examples_of(data, stages)
    report("features")
    odds = out_of_fold_odds(data, examples, report)
    networks = tuple(fit_networks(data, examples, None))
    report("networks of all folds")
    scale, offset = calibrate(odds, data.lines.label, data.weight)
    model = Model(data.lexicon, everything.weights, everything.bias, scaling, networks, scale, offset)
    return model, scale * odds + offset


def main(argv: Sequence[str] | None = None) -> int:
    """Trains, writes artifact and figures, prints them with --folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--phrases", type=Path, help="phrase list (default: DATA/../phrases/trigger_phrases.csv)")
    parser.add_argument("--more", type=Path, help="further labelled lines, of benchmarks/public_lines.py")
    parser.add_argument("--folds", action="store_true", help="print the cross-validated figures")
    parser.add_argument("--output", type=Path, default=PATH, help="where the artifact goes")
    parser.add_argument("--figures", type=Path, default=Path(__file__).with_name("line_model_figures.json"))
    parser.add_argument("--scores", type=Path, help="also write the cross-validated log odds here (.npy)")
    args = parser.parse_args(argv)
    missing = [name for name in ("sklearn", "jax", "optax") if importlib.util.find_spec(name) is None]
    if missing:
        parser.error(f"training needs {' and '.join(missing)}: pip install scikit-learn jax optax")
    data = read_data(args.data, args.phrases or phrases_beside(args.data), args.more)
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
