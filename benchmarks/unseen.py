"""The whole engine on sites that none of its models has seen.

    python benchmarks/unseen.py DATA MODELS [--more FILE] [--profile NAME ...] [--every N] [--keeps FILE] [--gold]

MODELS holds line model, wordings and words of comments of five folds, each learnt from all sites but those of its fold;
``make model``, ``make wordings`` and ``make comments`` write them where MODELS=folder is said. Each record of DATA's
residual lines, and of ``public.jsonl.gz`` (--more), goes through the engine with the models of its fold.

    b_recall   boilerplate lines removed / boilerplate lines
    c_lost     content lines removed / content lines; c_chars the same in characters
    hurt       records that lose more than 5 % of their content words
    b_mean     mean over pages of the share of their boilerplate lines that is removed; c_mean the same of content lost
    --gold     the gold texts instead, by kind of page: of these nothing should go but credits and prompts that they kept

Pages with gold texts known to stop early are left out, as in training. Phrases and rules were found on these pages too,
so that what these add is seen too favourably.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import FOLDS, Record, path_of_fold, read_all, read_clean
from benchmarks.lines import Tally, ours
from cleaning.boilerplate.line_model import artifact, comments, scoring, wording
from cleaning.recipe import Recipe

PROFILES = ("off", "conservative", "default", "aggressive")
Keeps = list[list[bool]]


def use_models(folder: Path, fold: int) -> None:
    """From here on the engine of this process scores by the models of a fold."""
    for name, of in (("read_model", artifact), ("read_wordings", wording), ("read_comments", comments)):
        path = path_of_fold(folder, fold, of.PATH.name)
        setattr(scoring, name, functools.partial(getattr(of, name), path))


def keeps_of(job: tuple[Path, int, str, list[list[str]]]) -> Keeps:
    """Which lines of each document stay, by the models of a fold and a profile."""
    folder, fold, profile, documents = job
    use_models(folder, fold)
    recipe = Recipe(line_model=profile)
    return [ours(lines, recipe) for lines in documents]


def all_keeps(records: Sequence[Record], folder: Path, profile: str) -> Keeps:
    """Which lines of each record stay, by models that have not seen its site; two folds at a time."""
    numbers = [[n for n, record in enumerate(records) if record.fold == fold] for fold in range(FOLDS)]
    jobs = [(folder, fold, profile, [records[n].lines for n in of]) for fold, of in enumerate(numbers)]
    keeps: Keeps = [[] for _ in records]
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        for of, found in zip(numbers, pool.map(keeps_of, jobs), strict=True):
            for n, keep in zip(of, found, strict=True):
                keeps[n] = keep
    return keeps


def page_means(records: Iterable[Record], keeps: Iterable[Sequence[bool]]) -> tuple[float, float]:
    """Mean over pages of boilerplate removed and of content lost, in per cent, pages without such lines left out."""
    counts: dict[str, dict[str, list[bool]]] = {"b": defaultdict(list), "c": defaultdict(list)}
    for record, keep in zip(records, keeps, strict=True):
        for label, kept in zip(record.labels, keep, strict=True):
            if label in counts:
                counts[label][record.page].append(not kept)
    b, c = (100 * float(np.mean([np.mean(gone) for gone in of.values()] or [0])) for of in counts.values())
    return b, c


def rows(records: Sequence[Record], keeps: Keeps) -> Iterator[str]:
    """A row of figures for each group of records."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n, record in enumerate(records):
        groups[record.group].append(n)
    for name, numbers in sorted(groups.items()):
        tally = Tally()
        for n in numbers:
            tally.add(records[n].lines, records[n].labels, keeps[n])
        row = tally.row()
        b_mean, c_mean = page_means([records[n] for n in numbers], [keeps[n] for n in numbers])
        figures = [row["b_recall"], row["c_lost"], row["c_chars"], row["hurt"], b_mean, c_mean]
        yield f"{name:<32}{tally.b:>9}{tally.c:>9}" + "".join(f"{figure:>10.2f}" for figure in figures)


def gold_rows(records: Sequence[Record], keeps: Keeps, kinds: Mapping[str, str]) -> Iterator[str]:
    """A row for each kind of gold texts: texts, lines, and how much of lines and letters goes, in per cent."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for record, keep in zip(records, keeps, strict=True):
        page = record.page.removesuffix(" gold")
        of = sums[kinds.get(page, page.partition("-")[0])]
        gone = [line for line, kept in zip(record.lines, keep, strict=True) if not kept]
        of.update(texts=1, lines=len(record.lines), chars=sum(map(len, record.lines)))
        of.update(gone=len(gone), gone_chars=sum(map(len, gone)))
    for kind, of in sorted(sums.items()):
        shares = f"{100 * of['gone'] / of['lines']:>10.2f}{100 * of['gone_chars'] / of['chars']:>10.2f}"
        yield f"{kind:<32}{of['texts']:>9}{of['lines']:>9}{shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("models", type=Path, help="folder of the models of the folds")
    parser.add_argument("--more", type=Path, help="further labelled lines, of benchmarks/public_lines.py")
    parser.add_argument("--profile", nargs="+", default=["default"], choices=PROFILES, help="off: rules alone")
    parser.add_argument("--every", type=int, default=1, help="every so many-th record of those of --more")
    parser.add_argument("--keeps", type=Path, help="write here which lines stay, one 0 or 1 a line (.npy; one profile)")
    parser.add_argument("--gold", action="store_true", help="the gold texts in place of the labelled lines")
    options = parser.parse_args()
    if options.gold:
        table = pq.read_table(options.data / "wcxb-dev.parquet", columns=["id", "page_type"]).to_pylist()
        kinds = {f"dev-{row['id']}": row["page_type"] for row in table}
        texts = read_clean(options.data, options.more)
        for profile in options.profile:
            print(f"{profile:<32}" + "".join(f"{name:>9}" for name in ("texts", "lines")) + "    % gone   % chars")
            print("\n".join(gold_rows(texts, all_keeps(texts, options.models, profile), kinds)), flush=True)
        return
    own = read_all(options.data)
    more = read_all(options.data, options.more)[len(own) :] if options.more else []
    records = own + more[:: options.every]
    columns = ("b lines", "c lines", "b_recall", "c_lost", "c_chars", "hurt", "b_mean", "c_mean")
    for profile in options.profile:
        keeps = all_keeps(records, options.models, profile)
        print(f"{profile:<32}" + "".join(f"{name:>{9 if 'lines' in name else 10}}" for name in columns))
        print("\n".join(rows(records, keeps)), flush=True)
        if options.keeps:
            np.save(options.keeps, np.concatenate(keeps).astype(np.uint8))


if __name__ == "__main__":
    main()
