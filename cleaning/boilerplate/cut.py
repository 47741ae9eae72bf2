"""Cutting removals out of a text, and putting them back.

``restore(cut(text, removals), removals) == text`` for disjoint removals in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cleaning.records import Action, Removal


def cut(text: str, removals: Iterable[Removal]) -> str:
    """The text without the dropped and moved spans; flagged spans stay."""
    parts: list[str] = []
    position = 0
    for removal in removals:
        if removal.action == Action.FLAGGED:
            continue
        parts.append(text[position : removal.start])
        position = removal.end
    parts.append(text[position:])
    return "".join(parts)


def restore(text: str, removals: Iterable[Removal]) -> str:
    """The text with the dropped and moved spans back in their places."""
    parts: list[str] = []
    taken = position = 0
    for removal in removals:
        if removal.action == Action.FLAGGED:
            continue
        stop = removal.start - taken
        parts += [text[position:stop], removal.text]
        taken += len(removal.text)
        position = stop
    parts.append(text[position:])
    return "".join(parts)


def widen(text: str, removals: Sequence[Removal]) -> tuple[Removal, ...]:
    """The removals with the blanks and line breaks that must go with them.

    After the cut no line ends in blanks, at most one blank line stands between two lines, and none at
    either end: the clean text is in normal form again. Flagged spans are left as they are.
    """
    cuts = [removal for removal in removals if removal.action != Action.FLAGGED]
    bounds: list[tuple[int, int]] = []
    for index, removal in enumerate(cuts):
        ceiling = cuts[index + 1].start if index + 1 < len(cuts) else len(text)
        bounds.append(_bounds(text, removal.start, removal.end, ceiling, bounds))
    _trim_end(text, bounds)
    widened = {
        (old.start, old.end): replace(old, start=start, end=end, text=text[start:end])
        for old, (start, end) in zip(cuts, bounds, strict=True)
    }
    return tuple(
        removal if removal.action == Action.FLAGGED else widened[removal.start, removal.end] for removal in removals
    )


def _bounds(text: str, start: int, end: int, ceiling: int, before: Sequence[tuple[int, int]]) -> tuple[int, int]:
    floor = before[-1][1] if before else 0
    left, right = start, end
    while left > floor and text[left - 1] in " \t":
        left -= 1
    while right < ceiling and text[right] in " \t":
        right += 1
    starts_line = left == 0 or text[left - 1] == "\n"
    ends_line = right == len(text) or text[right] == "\n"
    if starts_line and ends_line:
        return left, _end_of_lines(text, left, right, ceiling, before)
    if starts_line or left < start:
        return (left if ends_line or starts_line else start), right
    return left, (right if ends_line else end)


def _end_of_lines(text: str, left: int, right: int, ceiling: int, before: Sequence[tuple[int, int]]) -> int:
    """Whole lines go with their line break, and with as many more as keep one blank line at most."""
    limit = right
    while limit < ceiling and text[limit] == "\n":
        limit += 1
    kept = _breaks_kept_before(text, left, before)
    allowed = 0 if kept is None else max(0, 2 - kept)
    return limit - min(max(limit - right - 1, 0), allowed)


def _breaks_kept_before(text: str, left: int, before: Sequence[tuple[int, int]]) -> int | None:
    """Line breaks, up to two, that stand right before ``left`` in the cut text; None at its start."""
    count, position, index = 0, left, len(before) - 1
    while position > 0 and count < 2:
        if index >= 0 and before[index][1] == position:
            position = before[index][0]
            index -= 1
        elif text[position - 1] == "\n":
            count += 1
            position -= 1
        else:
            return count
    return count if position > 0 else None


def _trim_end(text: str, bounds: list[tuple[int, int]]) -> None:
    """Where the last lines go, the blanks before them go too: the first of those spans takes them."""
    if not bounds or bounds[-1][1] != len(text):
        return
    index = len(bounds) - 1
    while True:
        floor = bounds[index - 1][1] if index else 0
        left = bounds[index][0]
        while left > floor and text[left - 1] in " \t\n":
            left -= 1
        bounds[index] = (left, bounds[index][1])
        if not index or left != floor:
            return
        index -= 1
