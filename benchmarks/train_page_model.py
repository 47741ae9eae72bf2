"""Trains the page model anew.

    python benchmarks/train_page_model.py DATA [--clones CLONES] [--folds FOLDER] [--cache FOLDER]

DATA holds wcxb-dev.parquet and trafeval-dev.parquet, CLONES the repositories that benchmarks/public_pages.py names.
Writes the artifact beside the runtime; with --folds also a model for each fold, which saw no site of it:
``benchmarks/pages.py DATA --folds FOLDER`` scores with them. Needs lightgbm.
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.page_model_data import read_pages
from benchmarks.page_model_fit import fit_all
from cleaning.extract.page_model import PATH, write_model


def main(argv: Sequence[str] | None = None) -> int:
    """Trains, writes the artifact and the models of the folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--clones", type=Path, help="also learn from the pages of these repositories")
    parser.add_argument("--folds", type=Path, help="also write the models of the folds into this folder")
    parser.add_argument("--cache", type=Path, help="keep the features of the pages in this folder")
    parser.add_argument("--output", type=Path, default=PATH, help="where the artifact goes")
    args = parser.parse_args(argv)
    if importlib.util.find_spec("lightgbm") is None:
        parser.error("training needs lightgbm: pip install lightgbm")
    start = time.monotonic()

    def report(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", file=sys.stderr, flush=True)

    *of_folds, model = fit_all(read_pages(args.data, args.clones, args.cache, report), report)
    write_model(model, args.output)
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for fold, of_fold in enumerate(of_folds):
            write_model(of_fold, args.folds / f"fold{fold}.npz")
    return 0


if __name__ == "__main__":
    sys.exit(main())
