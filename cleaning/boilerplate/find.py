"""All that leaves a text, found pass by pass until nothing more is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaning.boilerplate.cut import cut, widen
from cleaning.boilerplate.decide import decide, mark_page, select_rules
from cleaning.boilerplate.kept_lines import kept_keys, without_kept
from cleaning.boilerplate.model_marks import find_model_marks, model_scores
from cleaning.boilerplate.reader_comments import find_comment_marks
from cleaning.boilerplate.rule import Page, Rule, line_number, line_starts
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.spared import without_story
from cleaning.boilerplate.split import split_page
from cleaning.boilerplate.template_marks import find_template_marks, has_templates
from cleaning.recipe import Recipe
from cleaning.records import Action, Mark, Removal

# A cut can uncover a line to another rule (a title under a section label). Real pages need two passes,
# the second of which finds nothing; the bound is there for made-up ones.
MAX_RULE_PASSES = 100
# With the line model, which sees new neighbours after each cut, three are usual. A text that it would wear away
# little by little (made-up ones: 2,000 headings that are alike) is left to the rules alone.
MAX_MODEL_PASSES = 12

if TYPE_CHECKING:
    from cleaning.boilerplate.line_model import LineScorer

Marks = Callable[[Page], Sequence[Mark]]
Templates = Mapping[int, int]
_Removals = tuple[Removal, ...]
_NO_TEMPLATES: Templates = {}


def find_removals(
    text: str,
    recipe: Recipe,
    title: str | None = None,
    site: str | None = None,
    templates: Templates = _NO_TEMPLATES,
    before: tuple[Removal, ...] = (),
    *,
    is_thread: bool = False,
) -> tuple[Removal, ...]:
    """The removals of a normalised text: disjoint, in order, in its offsets.

    Cleaning the clean text again changes nothing: either neither rules nor model find anything in what is
    left, or the rules do not and the model finds no end, the second time as the first. ``templates`` of the ``site``
    are looked for in what rules and model leave; ``before`` is what was taken out of the text already, and is among the
    removals that come back. ``is_thread``: the page is a forum's, where what readers write is the text.
    """
    rules, scorer, kept = select_rules(RULES, recipe), _scorer(recipe), kept_keys(recipe.keep_lines, site)

    def rule_marks(page: Page) -> Sequence[Mark]:
        return without_kept(page, mark_page(page, rules), kept)

    def all_marks(page: Page) -> Sequence[Mark]:
        return without_kept(page, _scored_marks(page, rules, recipe, scorer, is_thread=is_thread)[0], kept)

    def template_marks(page: Page) -> Sequence[Mark]:
        marks, scores = _scored_marks(page, rules, recipe, scorer, is_thread=is_thread)
        return without_kept(page, [*marks, *find_template_marks(page, marks, site, templates, scores)], kept)

    found = _by_document(text, before, (rule_marks, all_marks), recipe, title)
    if not templates or not has_templates(cut(text, found), site, templates):
        return found
    removals, is_stable = _until_stable(text, found, template_marks, recipe, MAX_MODEL_PASSES, title)
    return removals if is_stable else found


def _scorer(recipe: Recipe) -> LineScorer | None:
    if recipe.line_model == "off":
        return None
    from cleaning.boilerplate.line_model import LineScorer

    return LineScorer()


def _scored_marks(
    page: Page, rules: Sequence[Rule], recipe: Recipe, scorer: LineScorer | None, *, is_thread: bool
) -> tuple[list[Mark], list[float]]:
    """The marks of rules and model, and what the model says of each line."""
    all_known = mark_page(page, RULES)
    known = without_story(page, all_known, scorer) if scorer else all_known
    marks = known
    if len(rules) < len(RULES):
        spared = set(all_known).difference(known)
        marks = [mark for mark in mark_page(page, rules) if mark not in spared]
    scores = model_scores(page, known, scorer)
    found = [*known, *find_model_marks(page, known, recipe.line_model, scores, scorer)]
    if not is_thread:
        found += find_comment_marks(page, found, recipe.line_model, scores, scorer)
    return [*marks, *found[len(known) :]], scores


def _by_document(
    text: str, before: _Removals, finders: tuple[Marks, Marks], recipe: Recipe, title: str | None
) -> _Removals:
    """What the document alone tells: rules only, and rules and model, find it."""
    rule_marks, all_marks = finders
    if recipe.line_model == "off":
        return _until_stable(text, before, rule_marks, recipe, MAX_RULE_PASSES, title)[0]
    removals, is_stable = _until_stable(text, before, all_marks, recipe, MAX_MODEL_PASSES, title)
    if is_stable:
        return removals
    by_rules, _ = _until_stable(text, before, rule_marks, recipe, MAX_RULE_PASSES, title)
    removals, is_stable = _until_stable(text, by_rules, all_marks, recipe, MAX_MODEL_PASSES, title)
    return removals if is_stable else by_rules


def _until_stable(
    text: str, removals: tuple[Removal, ...], find: Marks, recipe: Recipe, passes: int, title: str | None
) -> tuple[tuple[Removal, ...], bool]:
    """The removals with all that ``find`` adds, pass by pass; and whether its last pass found nothing."""
    page = None
    for _ in range(passes):
        page = split_page(cut(text, removals), title, page)
        found = decide(page, find(page), recipe)
        # A flagged span stays in the text and is found again in every pass; one that is cut after all is new.
        known = {removal.start for removal in removals if removal.action == Action.FLAGGED}
        found = _in_source(text, found, removals)
        new = [removal for removal in found if removal.action != Action.FLAGGED or removal.start not in known]
        if not new:
            return removals, True
        removals = widen(text, _merge(text, removals, new))
    return removals, False


def _in_source(text: str, found: Sequence[Removal], before: Sequence[Removal]) -> tuple[Removal, ...]:
    """Removals of the text that is left, in offsets of the source text."""
    cuts = [removal for removal in before if removal.action != Action.FLAGGED]
    moved: list[Removal] = []
    starts = line_starts(text) if found else []
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
        line = line_number(starts, start)
        moved.append(replace(removal, start=start, end=end, text=text[start:end], line=line, marks=marks))
    return tuple(moved)


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
