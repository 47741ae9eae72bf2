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
    bare = [_without_blanks(text, removal) for removal in cuts]
    bounds: list[tuple[int, int]] = []
    kept: int | None = None
    index = 0
    while index < len(bare):
        last = _last_of_run(text, bare, index)
        ceiling = bare[last + 1][0] if last + 1 < len(bare) else len(text)
        floor = bounds[-1][1] if bounds else 0
        left, right, is_whole = _bounds(text, bare[index][0], bare[last][1], floor, ceiling)
        kept = _breaks_kept_before(text, left, floor, kept if bounds else None)
        starts = [left, *(start for start, _ in bare[index + 1 : last + 1])]
        ends = [*starts[1:], _end_of_lines(text, right, ceiling, kept) if is_whole else right]
        bounds += zip(starts, ends, strict=True)
        index = last + 1
    _trim_end(text, bounds)
    widened = {
        (old.start, old.end): replace(old, start=start, end=end, text=text[start:end])
        for old, (start, end) in zip(cuts, bounds, strict=True)
    }
    return tuple(
        removal if removal.action == Action.FLAGGED else widened[removal.start, removal.end] for removal in removals
    )


def _last_of_run(text: str, bare: Sequence[tuple[int, int]], index: int) -> int:
    """The last of the spans that stand in one line from the given one on with nothing but blanks between them.

    Together they may be a whole line, or its end, that none of them is alone.
    """
    while index + 1 < len(bare) and not text[bare[index][1] : bare[index + 1][0]].strip(" \t"):
        index += 1
    return index


def _without_blanks(text: str, removal: Removal) -> tuple[int, int]:
    """The span without blanks and line breaks at its ends: what an earlier pass widened is widened anew."""
    span = text[removal.start : removal.end]
    return removal.start + len(span) - len(span.lstrip()), removal.end - (len(span) - len(span.rstrip()))


def _bounds(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int, bool]:
    """The span with the blanks around it that go too, and whether it is made of whole lines."""
    left, right = start, end
    while left > floor and text[left - 1] in " \t":
        left -= 1
    while right < ceiling and text[right] in " \t":
        right += 1
    starts_line = left == 0 or text[left - 1] == "\n"
    ends_line = right == len(text) or text[right] == "\n"
    if starts_line or ends_line:
        return left, right, starts_line and ends_line
    # Within a line one blank stays between what is left of it.
    return (start, right, False) if left < start else (left, end, False)


def _end_of_lines(text: str, right: int, ceiling: int, kept: int | None) -> int:
    """Whole lines go with their line break, and with as many more as keep one blank line at most."""
    limit = right
    while limit < ceiling and text[limit] == "\n":
        limit += 1
    allowed = 0 if kept is None else max(0, 2 - kept)
    return limit - min(max(limit - right - 1, 0), allowed)


def _breaks_kept_before(text: str, left: int, floor: int, kept: int | None) -> int | None:
    """Line breaks, up to two, that stand right before ``left`` in the cut text; None at its start.

    ``kept`` is the same for the removal before, which ends at ``floor``: a chain of removals is not walked
    back, so a text of nothing but furniture takes no quadratic time.
    """
    position = left
    while position > floor and left - position < 2 and text[position - 1] == "\n":
        position -= 1
    count = left - position
    if count == 2 or position > floor:
        return count
    return None if kept is None else min(2, count + kept)


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
