"""A second, blind reading of pages of the residual benchmark: labels that two readers who saw none of them corrected.

``second_reading.tsv`` has a row a range of lines: page, renderer, first and last line (from 0), the label of the data,
the label as read. Read were the 40 development pages with the most boilerplate prose in main content, by label; see
docs/line_model.md for who read, how far readers agree with each other and with the data, and what it changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("second_reading.tsv")
# A line of so many words that was corrected in one rendering of a page is corrected in all of them.
_TELLING_WORDS = 4

Range = tuple[int, int, str, str]


@cache
def read_table(path: Path = TABLE) -> dict[tuple[str, str], list[Range]]:
    """The corrected ranges by page and renderer."""
    found: dict[tuple[str, str], list[Range]] = defaultdict(list)
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            page, renderer, lines, label, reading = row.split("\t")
            first, _, last = lines.partition("-")
            found[page, renderer].append((int(first), int(last or first), label, reading))
    return dict(found)


def corrections_of(page: str, renderings: dict[str, tuple[Sequence[str], str]]) -> dict[str, str]:
    """The labels of all renderings of a page, {renderer: (lines, labels)}, as the second reading has them.

    Raises:
        ValueError: the table was made for other lines or labels.
    """
    texts: dict[tuple[str, str], str] = {}
    new = {renderer: list(labels) for renderer, (_, labels) in renderings.items()}
    for (of_page, renderer), ranges in read_table().items():
        if of_page != page or renderer not in renderings:
            continue
        lines, labels = renderings[renderer]
        for first, last, label, reading in ranges:
            if set(labels[first : last + 1]) != {label}:
                raise ValueError(f"{page}, {renderer}, lines {first} to {last}: the labels are not all {label!r}")
            new[renderer][first : last + 1] = [reading] * (last + 1 - first)
            for line in lines[first : last + 1]:
                if len(line.split()) >= _TELLING_WORDS:
                    texts[line, label] = reading
    for renderer, (lines, labels) in renderings.items():
        for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
            new[renderer][number] = texts.get((line, label), new[renderer][number])
    return {renderer: "".join(labels) for renderer, labels in new.items()}
