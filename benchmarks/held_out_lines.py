"""Furniture that nobody saw while the engine was made, each line alone in a story: what goes, by language and kind.

    python benchmarks/held_out_lines.py [FILE] [--profile off|conservative|default|aggressive] [--language CODE] [--misses]

FILE has rows of a language, a kind and a line (default: benchmarks/held_out_lines.tsv). The rows of the kind
"paragraph" are the story of a language. Lines of the kind "story" only look like furniture and must stay. Each line
stands once between two paragraphs of the story of its language and once below the last.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cleaning.boilerplate import find_removals
from cleaning.recipe import Recipe
from cleaning.records import Action

FRAME, LOOK_ALIKE = "paragraph", "story"


def is_gone(line: str, story: Sequence[str], place: int, recipe: Recipe) -> bool:
    """Is no letter of the line left when it stands before the paragraph of that number?"""
    lines = [*story[:place], line, *story[place:]]
    text, start = "\n".join(lines), sum(len(other) + 1 for other in lines[:place])
    kept = set(range(start, start + len(line)))
    for removal in find_removals(text, recipe):
        if removal.action != Action.FLAGGED:
            kept.difference_update(range(removal.start, removal.end))
    return not any(text[index].isalnum() for index in kept)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a row a language, or a kind of one language: lines, how many go between paragraphs, and below the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=Path(__file__).with_suffix(".tsv"))
    parser.add_argument("--profile", choices=["off", "conservative", "default", "aggressive"], default="default")
    parser.add_argument("--language", help="only this one, by kind")
    parser.add_argument("--misses", action="store_true", help="print the lines that stay, and the story's that go")
    args = parser.parse_args(argv)
    recipe = Recipe(line_model=args.profile)
    rows = [row.split("\t") for row in args.file.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    stories: dict[str, list[str]] = defaultdict(list)
    for language, kind, line in rows:
        if kind == FRAME:
            stories[language].append(line)
    count: Counter[str] = Counter()
    between: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for language, kind, line in rows:
        if kind == FRAME or language != (args.language or language):
            continue
        story, must_stay = stories[language], kind == LOOK_ALIKE
        inside, last = (is_gone(line, story, place, recipe) for place in (len(story) // 2, len(story)))
        whose = "look-alikes" if must_stay else "furniture"
        for name in {f"{language}  {whose}", f"all {whose}", *([kind] if args.language else [])}:
            count[name] += 1
            between[name] += inside
            below[name] += last
        if args.misses and inside == must_stay:
            print(f"{language}\t{kind}\t{line}")
    print(f"{'':20} {'lines':>5} {'between':>8} {'below':>8}   % gone")
    for name in sorted(count):
        shares = (100 * part[name] / count[name] for part in (between, below))
        print(f"{name:20} {count[name]:5}", *(f"{share:8.1f}" for share in shares))
    return 0


if __name__ == "__main__":
    sys.exit(main())
