"""What blind readers call the lines that the engine takes, loses and misses: python benchmarks/blind_reading.py

``blind_reading.tsv`` has a row a line: what became of it (taken: labelled boilerplate and gone; missed: labelled so and
left; lost: labelled content and gone; kept: labelled content and left), group of the residual benchmark, page, renderer,
line (from 0), and the letters of two readers (b furniture, c content, u unsure). Drawn at random from what the whole engine
did, default profile, on sites that model and wordings had not seen. The readers, two language models, saw the line with
six or seven lines to each side, and neither label nor what became of it. The ``#`` rows say how many lines each sample
stands for.

Prints the letters of each sample, and for main content what the engine removes and loses if the readers are right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).with_suffix(".tsv")
_Sample = tuple[str, str]
# Standard errors of an interval that holds in 19 of 20 cases.
_SURE = 1.96


def read_table(path: Path = TABLE) -> tuple[dict[_Sample, int], dict[_Sample, list[str]]]:
    """Lines that each sample stands for, and the two letters of each line in it."""
    totals: dict[_Sample, int] = {}
    letters: dict[_Sample, list[str]] = defaultdict(list)
    for row in path.read_text(encoding="utf-8").splitlines():
        cells = row.split("\t")
        if row.startswith("# total"):
            totals[cells[1], cells[2]] = int(cells[3])
        elif not row.startswith("#"):
            letters[cells[0], cells[1]].append(cells[5] + cells[6])
    return totals, dict(letters)


def furniture_share(letters: list[str]) -> tuple[float, float]:
    """Share of the letters that say furniture, an unsure one for half, and the square of its standard error (Agresti-Coull)."""
    said = sum(pair.count("b") + pair.count("u") / 2 for pair in letters) / 2
    share, count = (said + 2) / (len(letters) + 4), len(letters) + 4
    return said / len(letters), share * (1 - share) / count


def main() -> None:
    totals, letters = read_table()
    print(f"{'':30}{'lines':>8}{'read':>6}{'furniture':>11}{'disagree':>10}   %")
    for sample in sorted(letters):
        pairs = letters[sample]
        share, variance = furniture_share(pairs)
        apart = sum(pair[0] != pair[1] for pair in pairs)
        print(
            f"{' '.join(sample):30}{totals[sample]:>8,}{len(pairs):>6}{100 * share:>8.1f} ±{100 * _SURE * math.sqrt(variance):<4.1f}{100 * apart / len(pairs):>6.1f}"
        )
    part = {name: furniture_share(letters[name, "main content"]) for name in ("taken", "missed", "lost", "kept")}
    lines = {name: totals[name, "main content"] for name in part}
    furniture = {name: share * lines[name] for name, (share, _) in part.items()}
    error = {name: math.sqrt(variance) * lines[name] for name, (_, variance) in part.items()}
    gone, left = furniture["taken"] + furniture["lost"], furniture["missed"] + furniture["kept"]
    lost = lines["taken"] + lines["lost"] - gone
    content = sum(lines.values()) - gone - left
    apart = math.hypot(
        left * math.hypot(error["taken"], error["lost"]), gone * math.hypot(error["missed"], error["kept"])
    )
    print("main content as the readers see it:")
    print(f"  furniture removed {100 * gone / (gone + left):.1f} % ± {100 * _SURE * apart / (gone + left) ** 2:.1f}")
    print(
        f"  content lost {100 * lost / content:.2f} % ± {100 * _SURE * math.hypot(error['taken'], error['lost']) / content:.2f}"
    )


if __name__ == "__main__":
    main()
