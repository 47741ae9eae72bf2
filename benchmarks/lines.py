"""Boilerplate lines removed and content lines lost, for us and for what else is used, in one run.

    python benchmarks/lines.py DATA [--sample N] [--by renderer|language|kind|page_type] [--set main|multilang|FILE]
        [--second-reading]

DATA holds ``residual/dev.jsonl.gz`` and ``residual/multilang-dev.jsonl.gz`` (records of labelled lines, see
the README there). Compared: our engine; C4's line rules (Raffel et al. 2020, section 2.2); RefinedWeb's
line corrections (Penedo et al. 2023, appendix G.2); jusText's classification with its defaults; and a
match of whole lines and starts of lines on a list of phrases (``phrases/trigger_phrases.csv`` beside DATA).

    b_recall   boilerplate lines removed / boilerplate lines
    c_lost     content lines removed / content lines; c_chars the same in characters
    hurt       records that lose more than 5 % of their content words
    word_f1    F1 of the words of kept lines against the words of content lines, pooled
    docs/s     records a CPU second, one core
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.second_reading import with_second_reading
from cleaning.boilerplate import find_removals
from cleaning.boilerplate.phrases import normalize_phrase
from cleaning.recipe import Recipe
from cleaning.records import Action

WHOLE_PAGE = frozenset({"bs4", "html2text", "inscriptis", "resiliparse_all"})
Keep = Callable[[Sequence[str]], list[bool]]


def ours(lines: Sequence[str], recipe: Recipe | None = None) -> list[bool]:
    """Which lines our engine keeps; a line of which a part is left is kept."""
    text = "\n".join(lines)
    keep = [True] * len(lines)
    for removal in find_removals(text, recipe or Recipe()):
        if removal.action == Action.FLAGGED:
            continue
        first = text.count("\n", 0, removal.start + len(removal.text) - len(removal.text.lstrip("\n")))
        for number, part in enumerate(removal.text.strip("\n").split("\n"), start=first):
            keep[number] = part.strip() != lines[number]
    return keep


def c4(lines: Sequence[str]) -> list[bool]:
    """Lines of five words or more that end in a terminal mark and name neither script nor policy."""
    policy = (
        "javascript",
        "terms of use",
        "privacy policy",
        "cookie policy",
        "uses cookies",
        "use of cookies",
        "use cookies",
    )
    return [
        len(line.split()) >= 5
        and line.rstrip().endswith((".", "!", "?", '"', "”"))
        and not any(word in line.lower() for word in policy)
        for line in lines
    ]


_COUNTER = re.compile(
    r"^\d+\s+(?:likes?|shares?|comments?|retweets?|reposts?|quotes?|bookmarks?|upvotes?|downvotes?|downloads?|views?|followers?)$",
    re.I,
)
_PROMPT = re.compile(r"^sign[- ]?in|read more\W*$|items? in cart", re.IGNORECASE)


def refined_web(lines: Sequence[str]) -> list[bool]:
    """Not: mostly capitals, only digits, a counter, one word, or a short line with a prompt."""

    def keeps(line: str) -> bool:
        letters = [character for character in line if character.isalpha()]
        words = line.split()
        if len(words) <= 1 or _COUNTER.match(line) or not letters:
            return False
        if sum(map(str.isupper, letters)) > len(letters) / 2:
            return False
        return not (len(words) <= 10 and _PROMPT.search(line))

    return [keeps(line) for line in lines]


@cache
def _stop_words() -> frozenset[str]:
    import justext

    return frozenset(word.lower() for word in justext.get_stoplist("English"))


def justext_lines(lines: Sequence[str]) -> list[bool]:
    """Both passes of jusText over the lines as paragraphs without links."""
    from justext.core import classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph

    class Place:
        dom, xpath = "p", "/p"

    paragraphs = []
    for line in lines:
        paragraph = Paragraph(Place())
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    classify_paragraphs(paragraphs, _stop_words())
    revise_paragraph_classification(paragraphs, 200)
    return [not paragraph.is_boilerplate for paragraph in paragraphs]


def phrase_list(table: Path) -> Keep:
    """Keeps lines that neither equal a listed phrase nor start with one of two words or more."""
    phrases = set()
    with table.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if not row["where seen"].startswith("not met"):
                phrases.add(normalize_phrase(row["phrase"]))
    starts = {phrase for phrase in phrases if len(phrase.split()) > 1}

    def keep(lines: Sequence[str]) -> list[bool]:
        return [not _is_listed(normalize_phrase(line)) for line in lines]

    def _is_listed(text: str) -> bool:
        words = text.split(" ", 9)
        return text in phrases or any(" ".join(words[:count]) in starts for count in range(2, min(len(words), 9) + 1))

    return keep


@dataclass
class Tally:
    """Counts over some records."""

    b: int = 0
    b_removed: int = 0
    c: int = 0
    c_lost: int = 0
    c_chars: int = 0
    c_chars_lost: int = 0
    records: int = 0
    hurt: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def add(self, lines: Sequence[str], labels: str, keep: Sequence[bool]) -> None:
        lost = total = 0
        for line, label, kept in zip(lines, labels, keep, strict=True):
            n = len(line.split())
            if label == "b":
                self.b += 1
                self.b_removed += not kept
                self.words["kept b"] += n * kept
            elif label == "c":
                self.c += 1
                self.c_lost += not kept
                self.c_chars += len(line)
                self.c_chars_lost += len(line) * (not kept)
                self.words["kept c" if kept else "lost c"] += n
                total += n
                lost += n * (not kept)
        self.records += 1
        self.hurt += bool(total) and lost > 0.05 * total

    def row(self) -> dict[str, float]:
        kept_c, kept_b, lost_c = (self.words[name] for name in ("kept c", "kept b", "lost c"))
        return {
            "b_recall": 100 * self.b_removed / max(1, self.b),
            "c_lost": 100 * self.c_lost / max(1, self.c),
            "c_chars": 100 * self.c_chars_lost / max(1, self.c_chars),
            "hurt": 100 * self.hurt / max(1, self.records),
            "word_f1": 100 * 2 * kept_c / max(1, 2 * kept_c + kept_b + lost_c),
        }


def read(path: Path, sample: int = 0) -> Iterator[dict[str, Any]]:
    """The records of a file; with a sample, that many spread evenly over it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    step = max(1, len(records) // sample) if sample else 1
    return iter(records[::step])


def group_of(record: dict[str, Any], by: str) -> str:
    """The group of a record: its rendering, or its renderer, language or page type."""
    if by == "group":
        return "whole page" if record["renderer"] in WHOLE_PAGE else "main content"
    return str(record.get({"language": "lang"}.get(by, by), "en"))


def measure(records: Iterable[dict[str, Any]], keep: Keep, by: str) -> tuple[dict[str, Tally], float]:
    """Tallies by group, and records a CPU second."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    spent, count = 0.0, 0
    for record in records:
        began = time.process_time()
        kept = keep(record["lines"])
        spent += time.process_time() - began
        count += 1
        tallies[group_of(record, by)].add(record["lines"], record["labels"], kept)
    return tallies, count / max(spent, 1e-9)


def print_kinds(records: Iterable[dict[str, Any]]) -> None:
    """What our engine removed, by kind: lines labelled boilerplate, content, metadata, unsure."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        text, start, place = "\n".join(record["lines"]), 0, {}
        for number, line in enumerate(record["lines"]):
            place[start] = number
            start += len(line) + 1
        for removal in find_removals(text, Recipe()):
            at = removal.start + len(removal.text) - len(removal.text.lstrip("\n"))
            if at in place:
                kinds[str(removal.kind)][record["labels"][place[at]]] += 1
    print(f"{'kind':<22}{'b':>8}{'c':>8}{'m':>8}{'u':>8}{'b/(b+c)':>10}")
    for kind, n in sorted(kinds.items(), key=lambda pair: -pair[1]["b"]):
        share = n["b"] / max(1, n["b"] + n["c"])
        print(f"{kind:<22}{n['b']:>8}{n['c']:>8}{n['m']:>8}{n['u']:>8}{share:>10.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="records, spread evenly; all by default")
    parser.add_argument("--by", default="group", choices=["group", "renderer", "language", "page_type", "kind"])
    parser.add_argument("--set", default="main", help="main, multilang, or a file of records")
    parser.add_argument("--second-reading", action="store_true", help="labels that a blind reading doubts do not count")
    options = parser.parse_args()
    names = {"main": "dev.jsonl.gz", "multilang": "multilang-dev.jsonl.gz"}
    path = options.data / "residual" / names[options.set] if options.set in names else Path(options.set)
    records = list(read(path))
    if options.second_reading:
        records = with_second_reading(records)
    records = records[:: max(1, len(records) // options.sample)] if options.sample else records
    if options.by == "kind":
        print_kinds(records)
        return
    methods: dict[str, Keep] = {
        "ours": ours,
        "C4 line rules": c4,
        "RefinedWeb lines": refined_web,
        "jusText on lines": justext_lines,
        "phrase list": phrase_list(options.data.parent / "phrases" / "trigger_phrases.csv"),
    }
    columns = ("b_recall", "c_lost", "c_chars", "hurt", "word_f1")
    print(f"{'':<20}{'':<26}" + "".join(f"{name:>10}" for name in columns) + f"{'docs/s':>10}")
    for name, keep in methods.items():
        tallies, speed = measure(records, keep, options.by)
        for group in sorted(tallies):
            row = tallies[group].row()
            print(f"{name:<20}{group:<26}" + "".join(f"{row[column]:>10.2f}" for column in columns) + f"{speed:>10.0f}")


if __name__ == "__main__":
    main()
