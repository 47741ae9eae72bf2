"""A document's source text line by line, with what was taken out of each line and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaning.records import Removal


@dataclass(frozen=True, slots=True)
class AnnotatedLine:
    """A line of the source text, cut into pieces; each piece has the removal that took it, or None."""

    number: int
    pieces: tuple[tuple[str, Removal | None], ...]

    @property
    def removals(self) -> tuple[Removal, ...]:
        """The removals that took or flagged something of this line, in order."""
        return tuple(dict.fromkeys(removal for text, removal in self.pieces if removal and text.strip()))


def annotate(source_text: str, removals: Sequence[Removal]) -> tuple[AnnotatedLine, ...]:
    """The lines of a source text with their removals.

    >>> [[piece for piece, _ in line.pieces] for line in annotate("a\\nb", ())]
    [['a'], ['b']]
    """
    lines: list[AnnotatedLine] = []
    start = first = 0
    for number, row in enumerate(source_text.split("\n"), start=1):
        end = start + len(row)
        # Removals are disjoint and in order: those that end before a line begins are done with.
        while first < len(removals) and removals[first].end <= start:
            first += 1
        lines.append(AnnotatedLine(number, _pieces(source_text, start, end, removals, first)))
        start = end + 1
    return tuple(lines)


def _pieces(
    text: str, start: int, end: int, removals: Sequence[Removal], first: int
) -> tuple[tuple[str, Removal | None], ...]:
    pieces: list[tuple[str, Removal | None]] = []
    position = start
    for index in range(first, len(removals)):
        removal = removals[index]
        if removal.start >= end:
            break
        if removal.end <= position:
            continue
        left, right = max(removal.start, position), min(removal.end, end)
        if left > position:
            pieces.append((text[position:left], None))
        pieces.append((text[left:right], removal))
        position = right
    if position < end or not pieces:
        pieces.append((text[position:end], None))
    return tuple(pieces)
