"""What a review says for a thing and against it: two headings, short lines below each."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

from cleaning.boilerplate.rule import Page

# Points are short, and few; what comes behind them may be anything.
_POINT_WORDS, _POINTS = 12, 8


def points_for_and_against(page: Page) -> frozenset[int]:
    """The lines with the headings of a pair ("Pros", "Cons") and the short lines below each, where both are there.

    The points of the second heading end after as many as the first has and one more, since teasers are as short. No
    labelled line changes its fate for it: in English and German the line model knows such lists. Of a Portuguese one
    six lines of six went.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    known = _others()
    for line in page.lines:
        name = line.text.strip(" :：*#✓✔✅✗✘❌+-–").casefold()
        if name in known:
            places[name].append(line.index)
    found: set[int] = set()
    for name, indexes in places.items():
        for other in known[name] & places.keys():
            for first in indexes:
                second = next((index for index in places[other] if first < index <= first + _POINTS + 1), None)
                if second is not None and _are_short(page, first, second):
                    end = min(2 * second - first + 2, len(page.lines))
                    last = next((i for i in range(second, end) if not _are_short(page, i - 1, i + 1)), end)
                    found.update(range(first, last))
    return frozenset(found)


def _are_short(page: Page, above: int, below: int) -> bool:
    return all(page.lines[index].n_words <= _POINT_WORDS for index in range(above + 1, below))


@cache
def _others() -> dict[str, frozenset[str]]:
    """Of each heading those that it may stand beside."""
    text = files("cleaning.boilerplate.phrases").joinpath("pros_and_cons.txt").read_text(encoding="utf-8")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in text.splitlines():
        if row and row[0] != "#":
            one, other = row.casefold().split(" / ")
            found[one].add(other)
            found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}
