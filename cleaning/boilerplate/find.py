"""All that leaves a text, found pass by pass until nothing more is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaning.boilerplate.cut import cut, widen
from cleaning.boilerplate.decide import decide, mark_page, select_rules
from cleaning.boilerplate.model_marks import find_model_marks
from cleaning.boilerplate.rule import split_page
from cleaning.boilerplate.rules import RULES
from cleaning.recipe import Recipe
from cleaning.records import Action, Removal

# A cut can uncover a line to another rule (a title under a section label). Real pages need two passes,
# the second of which finds nothing; the bound is there for made-up ones.
MAX_PASSES = 100


def find_removals(text: str, recipe: Recipe, title: str | None = None) -> tuple[Removal, ...]:
    """The removals of a normalised text: disjoint, in order, in its offsets.

    A pass over what they leave finds nothing more, so cleaning the clean text again changes nothing.
    """
    rules = select_rules(RULES, recipe)
    removals: tuple[Removal, ...] = ()
    left = text
    for turn in range(MAX_PASSES):
        page = split_page(left, title)
        marks = mark_page(page, rules)
        found = decide(page, [*marks, *find_model_marks(page, marks, recipe.line_model)], recipe)
        new = [removal for removal in found if turn == 0 or removal.action != Action.FLAGGED]
        if not any(removal.action != Action.FLAGGED for removal in new):
            return removals if turn else tuple(new)
        moved = _in_source(text, new, removals)
        removals = widen(text, _merge(text, removals, moved))
        left = cut(text, removals)
    return removals


def _in_source(text: str, found: Sequence[Removal], before: Sequence[Removal]) -> list[Removal]:
    """Removals of the text that is left, in offsets of the source text."""
    cuts = [removal for removal in before if removal.action != Action.FLAGGED]
    moved = []
    index = shift = 0
    for removal in found:
        while index < len(cuts) and cuts[index].start - shift <= removal.start:
            shift += cuts[index].end - cuts[index].start
            index += 1
        start, ahead, inner = removal.start + shift, shift, index
        while inner < len(cuts) and cuts[inner].start - ahead < removal.end:
            ahead += cuts[inner].end - cuts[inner].start
            inner += 1
        end = removal.end + ahead
        marks = tuple(replace(mark, start=start, end=end) for mark in removal.marks) if cuts else removal.marks
        line = text.count("\n", 0, start) + 1
        moved.append(replace(removal, start=start, end=end, text=text[start:end], line=line, marks=marks))
    return moved


def _merge(text: str, old: Sequence[Removal], new: Sequence[Removal]) -> list[Removal]:
    """Both in order; a new removal that spans old ones takes them in, with their marks."""
    merged: list[Removal] = []
    for removal in sorted([*old, *new], key=lambda r: (r.start, -r.end)):
        last = merged[-1] if merged else None
        if last is None or removal.start >= last.end:
            merged.append(removal)
        elif last.action == Action.FLAGGED:
            merged[-1] = removal
        elif removal.action != Action.FLAGGED:
            end = max(last.end, removal.end)
            merged[-1] = replace(last, end=end, text=text[last.start : end], marks=last.marks + removal.marks)
    return merged
