"""What the line model costs on renderers and languages that it was not trained on.

python benchmarks/line_model_leave_out.py DATA SCORES, where SCORES are those of train_line_model.py --scores. Prints
for each renderer (pages of one fold) and language (all pages) the boilerplate removed at .5 and 1 % of content lines
lost, with networks trained on other sites that had the renderer or language, and with one that had not.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import Record
from benchmarks.line_model_figures import threshold_for
from benchmarks.line_model_first import FirstStageData
from benchmarks.line_model_network import Examples, fit_network, spans_of
from benchmarks.train_line_model import Data, examples_of, phrases_beside, read_data
from cleaning.boilerplate.line_model.network import network_odds
from cleaning.boilerplate.line_model.reading import Floats

RENDERERS = ("bs4", "html2text", "inscriptis", "trafilatura", "readability_lxml")
FOLD = 0
BUDGETS = (0.005, 0.01)

Flags = NDArray[np.bool_]


def odds_without(data: Data, examples: Examples, trained: Flags, tested: Flags) -> Floats:
    """Log odds of the lines of the tested records from a network of the trained ones; `trained`, `tested` by record."""
    spans = spans_of([len(record.lines) for record in data.records])
    network = fit_network(examples, spans[trained[spans[:, 2]]], seed=0)
    odds = np.zeros(data.lines.label.size)
    for start, end, _ in spans[tested[spans[:, 2]]]:
        odds[start:end] = network_odds(network, examples.values[start:end].astype(np.float32))
    return odds


def show(name: str, data: Data, tested: Flags, seen: Floats, unseen: Floats) -> None:
    """Prints one row."""
    inside = tested[data.lines.record]
    cells = []
    for budget in BUDGETS:
        for odds in (seen, unseen):
            threshold = threshold_for(odds, inside & (data.lines.label == 0), budget)
            cells.append(f"{100 * (odds[inside & (data.lines.label == 1)] > threshold).mean():8.1f}")
    print(f"{name:24}" + "".join(cells), flush=True)


def languages(records: Sequence[Record]) -> dict[str, Flags]:
    """The partly labelled records of German, and of all other languages but English."""
    lang = np.array([record.lang if record.is_partial else "en" for record in records])
    return {"German": lang == "de", "other languages": (lang != "de") & (lang != "en")}


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("scores", type=Path)
    args = parser.parse_args(argv)
    data, seen = read_data(args.data, phrases_beside(args.data)), np.load(args.scores)
    first = FirstStageData(data.records, data.lines, data.seen, data.weight)
    stages = first.fit_folds()
    examples, _ = examples_of(data, stages)
    whole = np.array([record.renderer == "inscriptis" for record in data.records])
    fold = np.array([record.fold for record in data.records])
    print(f"{'left out':24}{'.5 %':>8}{'without':>8}{'1 %':>8}{'without':>8}")
    for name, inside in languages(data.records).items():
        stage = first.fit(~inside[data.lines.record])
        changed, _ = examples_of(data, [stage] * len(stages))
        values = np.where(inside[data.lines.record][:, None], changed.values, examples.values)
        show(
            name,
            data,
            inside & whole,
            seen,
            odds_without(data, replace(examples, values=values), ~inside, inside & whole),
        )
    for name in RENDERERS:
        inside = np.array([record.renderer == name and not record.is_partial for record in data.records])
        tested = inside & (fold == FOLD)
        show(name, data, tested, seen, odds_without(data, examples, ~inside & (fold != FOLD), tested))
    return 0


if __name__ == "__main__":
    sys.exit(main())
