"""Trains the line model anew: python benchmarks/train_line_model.py DATA [--more FILE] [--folds] [--models FOLDER].

DATA holds residual/dev.jsonl.gz and residual/multilang-dev.jsonl.gz; the phrase lists are DATA/../phrases/*.csv or
what --phrases says. Writes the artifact beside the runtime, and the figures. Needs numpy, scikit-learn, jax and optax.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import line_model_figures as figures
from benchmarks.line_model_data import FOLDS, Record, path_of_fold, read_all, read_clean, read_phrases
from benchmarks.line_model_first import FirstStage, FirstStageData
from benchmarks.line_model_network import Examples, fit_network, lexical_inputs, spans_of
from benchmarks.line_model_stages import Lines, flatten, learn_phrases, page_weights
from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import PATH, Model, write_model
from cleaning.boilerplate.line_model.features import Lexicon, Seen
from cleaning.boilerplate.line_model.network import Scaling, feature_rows, network_input, network_odds, signed_log
from cleaning.boilerplate.line_model.plan import NAMES
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.shape import character_classes
from cleaning.boilerplate.model_marks import rule_shares
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import page_of_rows

PAGE_POWER = 0.5  # a page of n counted lines weighs n ** .5: of 0, .5 and .9 the most boilerplate at .5 % lost
PARTIAL_WEIGHT = 5.0  # lines of the partly labelled pages weigh more: they are few, and all that is not English
SNIPPET_WORDS = 5  # shorter marked lines are not learnt from: of the 20 with the highest scores 6 stood in menus
# The networks that are averaged: seed, and whether it learns from gold texts, too.
NETWORKS = ((0, True), (1, True), (1, False))
# Gold texts, of which every line is content, weigh less than renderings of as many lines: a page has six of these. Lines
# of which rules take so much are not counted: a prompt that a gold text keeps is one.
CLEAN_WEIGHT, RULED_SHARE = 0.3, 0.9
WORKERS = 2

Table = NDArray[np.float32]
Network = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Data:
    """The records with all that the stages need of them.

    The gold texts stand behind the renderings, of which there are ``renderings`` with ``rendered`` lines together. Only the
    networks learn from them.
    """

    records: list[Record]
    lines: Lines
    seen: list[Seen]
    ruled: list[Floats]
    lexicon: Lexicon
    weight: Floats
    renderings: int
    rendered: int


def phrases_beside(folder: Path) -> Path:
    """Where the phrase list is expected: in the folder beside the benchmarks."""
    return folder.resolve().parent / "phrases" / "trigger_phrases.csv"


def untrusted(records: Sequence[Record], lines: Lines) -> NDArray[np.bool_]:
    """Short content lines of partly labelled pages: a menu entry that equals a snippet of the article is marked too."""
    words = np.array([len(line.split()) for record in records for line in record.lines])
    return lines.is_partial & (lines.label == 0) & (words < SNIPPET_WORDS)


def read_data(folder: Path, phrases: Path, more: Path | None = None) -> Data:
    """Records, lines and lexicon."""
    renderings = read_all(folder, more)
    records = [*renderings, *read_clean(folder, more)]
    blank = Lexicon(character_classes(), np.ones(2, np.float32), np.zeros(0, np.uint32), np.zeros((3, 0), np.float32))
    seen = [features.see(record.lines, blank) for record in records]
    ruled = [what_rules_say(record.lines) for record in records]
    known, lines = flatten(renderings), flatten(records)
    rendered = known.label.size
    is_ruled = np.concatenate([said[:2].max(axis=0) > RULED_SHARE for said in ruled])
    lines.label[rendered:][is_ruled[rendered:]] = -1
    weight = page_weights(lines, PAGE_POWER, PARTIAL_WEIGHT)
    weight /= weight[:rendered][known.label >= 0].mean()
    weight[:rendered][untrusted(renderings, known)] = 0
    weight[rendered:] *= CLEAN_WEIGHT
    lexicon = learn_phrases(read_phrases(phrases), seen[: len(renderings)], known, weight[:rendered])
    return Data(records, lines, seen, ruled, lexicon, weight, len(renderings), rendered)


def what_rules_say(lines: Sequence[str]) -> Floats:
    """What rules say of the lines of one document, as it reaches the model: array (3, lines)."""
    page = page_of_rows(lines)
    return rule_shares(page, mark_page(page, RULES))


def feature_table(data: Data, stages: Sequence[FirstStage]) -> Table:
    """Features (features, lines), the first scores from the stage of each record's fold."""
    columns = []
    for record, seen, ruled in zip(data.records, data.seen, data.ruled, strict=True):
        stage = stages[record.fold]
        first = features.first_scores(seen, stage.weights, stage.bias)
        said = features.word_features(seen, data.lexicon)
        columns.append(features.line_features(seen, first, said, data.lexicon, ruled))
    return np.concatenate(columns, axis=1)


def scaling_of(table: Table, names: Sequence[str]) -> Scaling:
    """Mean and spread of the numeric features."""
    values = signed_log(table[feature_rows(names)[0]])
    return Scaling(values.mean(axis=1).round(4), (values.std(axis=1) + 1e-3).round(4))


def examples_of(data: Data, stages: Sequence[FirstStage]) -> tuple[Examples, Scaling]:
    """What the networks learn from, and its scaling."""
    table = feature_table(data, stages)
    scaling = scaling_of(table[:, : data.rendered], NAMES)
    ends = np.cumsum([len(record.lines) for record in data.records])
    parts = np.split(table, ends[:-1], axis=1)
    values = np.concatenate([network_input(part, NAMES, scaling).astype(np.float16) for part in parts])
    return Examples(values, data.lines.label, data.weight, lexical_inputs(NAMES)), scaling


def fit_networks(data: Data, examples: Examples, report: Callable[[str], None]) -> dict[int | None, list[Network]]:
    """Networks of all seeds, from all folds but one, by that fold; those of None are from all."""
    spans = spans_of([len(record.lines) for record in data.records])
    folds = np.array([record.fold for record in data.records])[spans[:, 2]]
    jobs = [(held, *kind) for held in (*range(FOLDS), None) for kind in NETWORKS]
    result: dict[int | None, list[Network]] = {job[0]: [] for job in jobs}
    # Two networks at a time, each on one core, take two thirds of the time of one after the other on both.
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    _shared.update(examples=examples, spans=spans, folds=folds, is_clean=spans[:, 2] >= data.renderings)
    with ProcessPoolExecutor(WORKERS, get_context("fork")) as pool:
        for (held, *_), network in zip(jobs, pool.map(_fit_network, jobs), strict=True):
            result[held].append(network)
            report("a network of " + ("all folds" if held is None else f"all folds but {held}"))
    return result


# What the processes that fit networks read of the one that forked them.
_shared: dict[str, Any] = {}


def _fit_network(job: tuple[int | None, int, bool]) -> Network:
    held, seed, from_clean = job
    use = (_shared["folds"] != held) & (from_clean | ~_shared["is_clean"])
    return fit_network(_shared["examples"], _shared["spans"][use], seed)


def out_of_fold_odds(data: Data, examples: Examples, networks: Mapping[int | None, Sequence[Network]]) -> Floats:
    """Mean log odds of all lines, each from networks that saw no site of its fold."""
    odds = np.zeros(data.lines.label.size)
    ends = np.cumsum([len(record.lines) for record in data.records])
    for record, end in zip(data.records, ends, strict=True):
        part = examples.values[end - len(record.lines) : end].astype(np.float32)
        odds[end - len(record.lines) : end] = np.mean(
            [network_odds(net, part) for net in networks[record.fold]], axis=0
        )
    return odds


def calibrate(odds: Floats, label: NDArray[np.int8], weight: Floats) -> tuple[float, float]:
    """Scale and offset that turn log odds into calibrated ones, learnt out of fold (Platt)."""
    from sklearn.linear_model import LogisticRegression

    counted = label >= 0
    fit = LogisticRegression(C=1e6).fit(odds[counted, None], label[counted], sample_weight=weight[counted])
    return round(float(fit.coef_[0, 0]), 4), round(float(fit.intercept_[0]), 4)


def train(data: Data) -> tuple[Model, list[Model], Floats]:
    """The model; for each fold one that saw no site of it; the calibrated log odds that these give the rendered lines."""
    start = time.monotonic()

    def report(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", file=sys.stderr, flush=True)

    known = data.records[: data.renderings]
    lines = flatten(known)
    first = FirstStageData(known, lines, data.seen[: data.renderings], data.weight[: data.rendered])
    stages = first.fit_folds()
    everything = first.fit(np.ones(data.rendered, dtype=bool))
    report("first stage")
    examples, scaling = examples_of(data, stages)
    report("features")
    networks = fit_networks(data, examples, report)
    odds = out_of_fold_odds(data, examples, networks)[: data.rendered]
    scale, offset = calibrate(odds, lines.label, data.weight[: data.rendered])
    model, *others = (
        Model(data.lexicon, stage.weights, stage.bias, scaling, tuple(networks[held]), scale, offset)
        for held, stage in [(None, everything), *enumerate(stages)]
    )
    return model, others, scale * odds + offset


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
    parser.add_argument("--models", type=Path, help="also write the models of the folds here, for benchmarks/unseen.py")
    args = parser.parse_args(argv)
    missing = [name for name in ("sklearn", "jax", "optax") if importlib.util.find_spec(name) is None]
    if missing:
        parser.error(f"training needs {' and '.join(missing)}: pip install scikit-learn jax optax")
    data = read_data(args.data, args.phrases or phrases_beside(args.data), args.more)
    model, others, odds = train(data)
    write_model(model, args.output)
    if args.models:
        for fold, other in enumerate(others):
            write_model(other, path_of_fold(args.models, fold, PATH.name))
    known = data.records[: data.renderings]
    result = figures.all_figures(known, flatten(known), odds)
    args.figures.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if args.scores:
        np.save(args.scores, odds)
    if args.folds:
        figures.show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
