"""Furniture that nobody saw while the engine was made, each line alone in a story: what goes, by kind.

    python benchmarks/held_out_lines.py [FILE] [--profile off|conservative|default|aggressive] [--misses]

FILE has rows of a kind and a line (default: benchmarks/held_out_lines.tsv); lines of the kind "story" only look like
furniture and must stay. Each line stands once between two paragraphs of a made-up story and once below the last.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cleaning.boilerplate import find_removals
from cleaning.recipe import Recipe
from cleaning.records import Action

STORY = (
    "The council of the town voted on Tuesday to close the old bridge over the river, after engineers had found new "
    "cracks in it during the spring.",
    "Residents who use the bridge to reach the hospital said that they had been told nothing before the vote. A ferry "
    "will run from Monday, and it will cost nothing.",
    "Engineers had asked for three times the money that they were given, and for more time to look at the piers below "
    "the water.",
    "The mayor said that the repair would take two years and that the town could not pay for it alone; the county has "
    "promised a third of the money.",
    "It was built in 1898, when the railway came, and nobody then thought that lorries of forty tons would cross it one "
    "day, a thousand of them between dawn and dusk.",
    "What will become of the shops on the far side is not known. Some owners have already said that they will not wait "
    "for two years.",
)
MIDDLE = len(STORY) // 2


def is_gone(line: str, place: int, recipe: Recipe) -> bool:
    """Is no letter of the line left when it stands before the paragraph of that number?"""
    lines = [*STORY[:place], line, *STORY[place:]]
    text, start = "\n".join(lines), sum(len(other) + 1 for other in lines[:place])
    kept = set(range(start, start + len(line)))
    for removal in find_removals(text, recipe):
        if removal.action != Action.FLAGGED:
            kept.difference_update(range(removal.start, removal.end))
    return not any(text[index].isalnum() for index in kept)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a row a kind: lines, how many go between paragraphs, and below the last one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=Path(__file__).with_suffix(".tsv"))
    parser.add_argument("--profile", choices=["off", "conservative", "default", "aggressive"], default="default")
    parser.add_argument("--misses", action="store_true", help="print the lines that stay, and the story's that go")
    args = parser.parse_args(argv)
    recipe = Recipe(line_model=args.profile)
    rows = [row.split("\t") for row in args.file.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    count: Counter[str] = Counter()
    between: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for kind, line in rows:
        inside, last = is_gone(line, MIDDLE, recipe), is_gone(line, len(STORY), recipe)
        for name in (kind, "all but story") if kind != "story" else (kind,):
            count[name] += 1
            between[name] += inside
            below[name] += last
        if args.misses and inside == (kind == "story"):
            print(f"{kind}\t{line}")
    print(f"{'kind':20} {'lines':>5} {'between':>8} {'below':>8}   % gone")
    for kind in sorted(count):
        shares = (100 * part[kind] / count[kind] for part in (between, below))
        print(f"{kind:20} {count[kind]:5}", *(f"{share:8.1f}" for share in shares))
    return 0


if __name__ == "__main__":
    sys.exit(main())
