"""A second, blind reading of pages of the residual benchmark: lines whose labels it does not share count no more.

``second_reading.tsv`` has a row a range of lines: page, renderer, first and last line (from 0), the label of the data, the
letter as read. Read were the 40 development pages with the most boilerplate prose in main content (by label, whatever any
model says of them), one rendering each, whole, by readers that saw no labels, 34 pages by two of them: there a label is
doubted where both do. docs/line_model_studies.md has what came of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("second_reading.tsv")
# A line of so many words that is doubted in one rendering of a page is doubted in all of them.
_TELLING_WORDS = 4
UNSURE = "u"


@cache
def read_table(path: Path = TABLE) -> dict[str, list[tuple[str, int, int, str]]]:
    """(renderer, first and last line, label) of the doubted ranges, by page."""
    found: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            page, renderer, lines, label, _ = row.split("\t")
            first, _, last = lines.partition("-")
            found[page].append((renderer, int(first), int(last or first), label))
    return dict(found)


def with_second_reading(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records with ``u`` for each label that the second reading does not share.

    Raises:
        ValueError: the table was made for other labels.
    """
    by_name = {(record["id"], record["renderer"]): record for record in records}
    doubted: set[tuple[str, str, str]] = set()
    places: set[tuple[str, str, int]] = set()
    for page, ranges in read_table().items():
        for renderer, first, last, label in ranges:
            record = by_name.get((page, renderer))
            if record is None:
                continue
            if set(record["labels"][first : last + 1]) != {label}:
                raise ValueError(f"{page}, {renderer}, lines {first} to {last}: the labels are not all {label!r}")
            places |= {(page, renderer, number) for number in range(first, last + 1)}
            lines = record["lines"][first : last + 1]
            doubted |= {(page, line, label) for line in lines if len(line.split()) >= _TELLING_WORDS}
    return [{**record, "labels": _relabelled(record, doubted, places)} for record in records]


def _relabelled(record: dict[str, Any], doubted: set[tuple[str, str, str]], places: set[tuple[str, str, int]]) -> str:
    page, renderer = record["id"], record["renderer"]
    return "".join(
        UNSURE if (page, line, label) in doubted or (page, renderer, number) in places else label
        for number, (line, label) in enumerate(zip(record["lines"], record["labels"], strict=True))
    )
