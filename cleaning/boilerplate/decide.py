"""Marks to removals: the one place that decides what leaves the text.

A missed line is better than a lost sentence: a span goes when one mark on it is at least as sure as
``REMOVE_SCORE``, and a mark never grows beyond the lines it was made for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaning.boilerplate.mentions import without_mentions
from cleaning.boilerplate.model_marks import MODEL_NAME
from cleaning.boilerplate.policies import without_policy
from cleaning.boilerplate.reader_comments import COMMENTS_NAME
from cleaning.boilerplate.rows import without_rows
from cleaning.boilerplate.rule import REMOVE_SCORE, Page, Rule, Scope, line_number, line_starts
from cleaning.boilerplate.source_text import without_source_text
from cleaning.boilerplate.wordings import WORDING_NAME
from cleaning.errors import BadRecipe
from cleaning.recipe import Recipe
from cleaning.records import MOVED_KINDS, Action, Kind, Mark, Removal


def select_rules(rules: Iterable[Rule], recipe: Recipe) -> tuple[Rule, ...]:
    """The rules that a recipe selects; of two prefixes that fit a code the longer one wins.

    Raises:
        BadRecipe: a prefix fits no rule.
    """
    rules = tuple(rules)
    if not recipe.select and not recipe.ignore:
        return rules
    for prefix in (*recipe.select, *recipe.ignore):
        if not any(rule.code.startswith(prefix) for rule in rules):
            is_model = prefix in (MODEL_NAME, WORDING_NAME, COMMENTS_NAME)
            hint = 'it is of the line model: write line_model = "off"' if is_model else "cleaning rules lists them"
            raise BadRecipe(f"the recipe names {prefix!r}, and no rule's code starts so; {hint}")

    def longest(prefixes: Iterable[str], code: str) -> int:
        return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)

    def is_on(code: str) -> bool:
        chosen = longest(recipe.select, code) if recipe.select else 0
        return chosen > longest(recipe.ignore, code)

    return tuple(rule for rule in rules if is_on(rule.code))


def mark_page(page: Page, rules: Sequence[Rule]) -> tuple[Mark, ...]:
    """The marks of all rules on a page; block rules see the marks of the line rules."""
    marks: tuple[Mark, ...] = ()
    for scope in (Scope.LINE, Scope.BLOCK):
        found = [
            Mark(span.start, span.end, rule.kind, rule.code, rule.score, span.evidence)
            for rule in rules
            if rule.scope == scope
            for span in rule.find(page, marks)
        ]
        if scope == Scope.LINE:
            for spare in (without_mentions, without_policy, without_source_text, without_rows):
                found = [*spare(page, found)]
        marks += tuple(sorted(found, key=_order))
    return tuple(sorted(marks, key=_order))


def decide(page: Page, marks: Iterable[Mark], recipe: Recipe) -> tuple[Removal, ...]:
    """Disjoint removals in order; each carries every mark on its span, the surest one speaks for it."""
    removals: list[Removal] = []
    starts = line_starts(page.text)
    sure = (mark for mark in marks if _is_sure(mark) and _action(mark.kind, recipe))
    for group in _groups(sure):
        best = max(group, key=_weight)
        start, end = best.start, best.end
        action = _action(best.kind, recipe)
        if action is None:
            continue
        line = line_number(starts, start)
        text = page.text[start:end]
        removals.append(Removal(start, end, best.kind, action, best.rule, best.score, best.evidence, text, line, group))
    return tuple(removals)


def _is_sure(mark: Mark) -> bool:
    """A rule by its score; the models mark nothing that is below their profile's threshold."""
    return mark.score >= REMOVE_SCORE or mark.rule in (MODEL_NAME, WORDING_NAME)


def _groups(marks: Iterable[Mark]) -> list[tuple[Mark, ...]]:
    """Marks that overlap one another, together."""
    groups: list[list[Mark]] = []
    reach = -1
    for mark in sorted(marks, key=_order):
        if mark.start < reach and groups:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        reach = max(reach, mark.end)
    return [tuple(group) for group in groups]


def _action(kind: Kind, recipe: Recipe) -> Action | None:
    policy = recipe.policy(kind)
    if policy == "keep":
        return None
    if policy is None and kind == Kind.REPEATED:
        # Of the lines that RP001 marks on the development pages labels call 16 in 100 content: gold texts hold one of
        # the copies, and nobody can tell which. Nothing is lost by leaving both.
        return Action.FLAGGED
    if policy is None:
        return Action.MOVED if kind in MOVED_KINDS else Action.DROPPED
    return {"drop": Action.DROPPED, "move": Action.MOVED, "flag": Action.FLAGGED}[policy]


def _weight(mark: Mark) -> tuple[bool, int, float, bool, int, str]:
    """Which mark of several on one span speaks for it: the longest; a repeat that is no more than that comes last.

    Of two that are as long and as sure the one that becomes metadata: a byline with an address names its author.
    """
    is_kept = mark.kind in MOVED_KINDS
    return (mark.kind != Kind.REPEATED, mark.end - mark.start, mark.score, is_kept, -mark.start, mark.rule)


def _order(mark: Mark) -> tuple[int, int, str]:
    return (mark.start, mark.end, mark.rule)
