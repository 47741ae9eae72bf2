"""CPU milliseconds a document costs the whole engine, beside plain lists and rules, by size, in one run.

    python benchmarks/speed.py DATA [--rounds N] [--parts]

Documents are extracted main contents of DATA's ``residual/dev.jsonl.gz``, one a page: of 36 to 44 lines and 4 to 6 kB,
and of 90 to 110 lines and 8 to 20 kB. In each round every method reads every document once, methods in turn, so that a
machine that slows down slows all of them; the fastest round is printed, with the median in brackets. One core.

    --parts    what the engine spends on: rules, line model, and the rest (splitting, deciding, cutting, passes)
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lines import Keep, c4, group_of, justext_lines, ours, phrase_list, read, refined_web
from cleaning.boilerplate import find
from cleaning.recipe import Recipe

# Lines and characters of a document of the class, and how many documents of it are timed.
SIZES = {"40 lines, 5 kB": ((36, 44), (4_000, 6_000)), "100 lines, 14 kB": ((90, 110), (8_000, 20_000))}
MOST = 60


def documents(data: Path) -> dict[str, list[list[str]]]:
    """The lines of up to ``MOST`` documents of each size, one a page."""
    chosen: dict[str, dict[str, list[str]]] = {size: {} for size in SIZES}
    for record in read(data / "residual" / "dev.jsonl.gz"):
        lines = record["lines"]
        n_chars = sum(map(len, lines)) + len(lines) - 1
        for size, ((least, most), (short, long)) in SIZES.items():
            if group_of(record, "group") == "main content" and least <= len(lines) <= most and short <= n_chars <= long:
                chosen[size].setdefault(record["id"], lines)
    return {size: list(pages.values())[:MOST] for size, pages in chosen.items()}


def milliseconds(keep: Keep, texts: list[list[str]]) -> float:
    """Mean CPU time of a document, in milliseconds."""
    began = time.process_time()
    for lines in texts:
        keep(lines)
    return 1000 * (time.process_time() - began) / len(texts)


@contextmanager
def clocked(spent: dict[str, float]) -> Iterator[None]:
    """Adds up what rules and model take within, in seconds."""

    def timed(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            began = time.process_time()
            try:
                found = call(*arguments)
                # A generator does its work when it is read.
                return list(found) if isinstance(found, Iterator) else found
            finally:
                spent[name] += time.process_time() - began

        return run

    before = {name: getattr(find, name) for name in ("mark_page", "model_scores", "find_model_marks")}
    labels = {"mark_page": "rules", "model_scores": "line model", "find_model_marks": "line model"}
    for name, call in before.items():
        setattr(find, name, timed(labels[name], call))
    try:
        yield
    finally:
        for name, call in before.items():
            setattr(find, name, call)


def print_parts(texts: list[list[str]]) -> None:
    """Where the engine's time goes."""
    spent: dict[str, float] = defaultdict(float)
    with clocked(spent):
        total = milliseconds(ours, texts)
    parts = {name: 1000 * seconds / len(texts) for name, seconds in spent.items()}
    parts["rest"] = total - sum(parts.values())
    print("    of which " + ", ".join(f"{name} {value:.2f}" for name, value in sorted(parts.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--parts", action="store_true", help="where the engine's time goes")
    options = parser.parse_args()
    methods: dict[str, Keep] = {
        "ours": ours,
        "ours, rules alone": lambda lines: ours(lines, Recipe(line_model="off")),
        "phrase list": phrase_list(options.data.parent / "phrases" / "trigger_phrases.csv"),
        "C4 line rules": c4,
        "RefinedWeb lines": refined_web,
        "jusText on lines": justext_lines,
    }
    for size, texts in documents(options.data).items():
        n_chars = sum(len("\n".join(lines)) for lines in texts) / len(texts)
        print(
            f"{size}: {len(texts)} documents, {sum(map(len, texts)) / len(texts):.0f} lines, {n_chars:,.0f} characters"
        )
        taken: dict[str, list[float]] = defaultdict(list)
        for _ in range(options.rounds + 1):
            for name, keep in methods.items():
                taken[name].append(milliseconds(keep, texts))
        for name, rounds in taken.items():
            print(f"  {name:<20}{min(rounds[1:]):>8.2f} ms ({median(rounds[1:]):.2f})")
        if options.parts:
            print_parts(texts)


if __name__ == "__main__":
    main()
