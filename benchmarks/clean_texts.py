"""Texts that somebody cleaned by hand: what the engine still takes out of them, by source and rule.

    python benchmarks/clean_texts.py DATA [CLONES ...] [--profile off|conservative|default|aggressive] [--show TEXT]

Texts are the gold texts of DATA's ``wcxb-dev.parquet``, by kind of page, the stories of ``langdup/``, the gold texts of the
public pages in CLONES (benchmarks/public_pages.py) and the fiction, plays, laws, speeches, talks and recipes there
(benchmarks/genre_texts.py). What goes of them is a credit or a prompt that the gold kept,
or a mistake: only reading tells. The line model has learnt from pages of most of these sites.

    --show TEXT   print what goes of the sources whose name holds TEXT, with the lines beside it
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.genre_texts import read_genres
from benchmarks.public_pages import read_pages
from cleaning.boilerplate import find_removals
from cleaning.recipe import Recipe
from cleaning.records import Action

LEAST_LINES = 3


class CleanText(NamedTuple):
    """A gold text: where it is from, its name, its lines without blanks at either end."""

    source: str
    name: str
    lines: list[str]


class Gone(NamedTuple):
    """What one rule takes of a text: the number of the first line, how many, and the letters."""

    line: int
    count: int
    rule: str
    text: str


def read_texts(data: Path, clones: Sequence[Path]) -> Iterator[CleanText]:
    """All texts of three lines or more."""
    for row in pq.read_table(data / "wcxb-dev.parquet", columns=["id", "page_type", "main_content"]).to_pylist():
        yield CleanText(f"wcxb {row['page_type']}", row["id"], _lines(row["main_content"] or ""))
    with gzip.open(data / "langdup" / "stories.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield CleanText("stories", str(row["id"]), _lines(row["text"]))
    for folder in clones:
        for page in read_pages(folder):
            gold = max(page.golds, key=lambda gold: sum(map(len, gold.paragraphs)))
            yield CleanText(page.name.partition("-")[0], page.name, _lines("\n".join(gold.paragraphs)))
        for genre, name, lines in read_genres(folder):
            yield CleanText(genre, name, lines)


def what_goes(text: CleanText, recipe: Recipe) -> list[Gone]:
    """What the engine takes out of a text."""
    joined, gone = "\n".join(text.lines), []
    for removal in find_removals(joined, recipe):
        if removal.action != Action.FLAGGED:
            inner = removal.text.strip("\n")
            start = removal.start + len(removal.text) - len(removal.text.lstrip("\n"))
            gone.append(Gone(joined.count("\n", 0, start), inner.count("\n") + 1, removal.rule, inner))
    return gone


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def _job(job: tuple[CleanText, Recipe]) -> list[Gone]:
    return what_goes(*job)


def _show(text: CleanText, gone: Sequence[Gone]) -> None:
    for part in gone:
        before = text.lines[part.line - 1][-40:] if part.line else "^"
        after = text.lines[part.line + part.count] if part.line + part.count < len(text.lines) else "$"
        shown = part.text.replace("\n", " / ")
        print(f"{text.name} {part.line + 1}/{len(text.lines)} {part.rule} … {before} [[{shown[:160]}]] {after[:40]} …")


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a row a source: texts, lines, % of them gone, % of the letters gone, texts of which something went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("clones", type=Path, nargs="*")
    parser.add_argument("--profile", choices=["off", "conservative", "default", "aggressive"], default="default")
    parser.add_argument("--show", metavar="TEXT", help="print what goes of the sources whose name holds it")
    args = parser.parse_args(argv)
    recipe = Recipe(line_model=args.profile)
    texts = [text for text in read_texts(args.data, args.clones) if len(text.lines) >= LEAST_LINES]
    sums: dict[str, Counter[str]] = {}
    rules: Counter[str] = Counter()
    with Pool() as pool:
        for text, gone in zip(texts, pool.imap(_job, [(text, recipe) for text in texts], 16), strict=True):
            of_source = sums.setdefault(text.source, Counter())
            of_source.update(texts=1, touched=bool(gone), lines=len(text.lines), chars=sum(map(len, text.lines)))
            of_source.update(gone=sum(part.count for part in gone), gone_chars=sum(len(part.text) for part in gone))
            rules.update(part.rule for part in gone)
            if args.show and args.show in text.source:
                _show(text, gone)
    print(f"{'':20}{'texts':>7}{'lines':>8}{'% gone':>8}{'% chars':>9}{'touched':>9}")
    for source, of in sorted(sums.items()):
        shares = f"{100 * of['gone'] / of['lines']:8.2f}{100 * of['gone_chars'] / of['chars']:9.2f}"
        print(f"{source:20}{of['texts']:7}{of['lines']:8}{shares}{of['touched']:9}")
    print(", ".join(f"{rule} {count}" for rule, count in rules.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
