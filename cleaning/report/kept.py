"""Why a line stayed, what rules and models say of it, and how one stays that went."""

from __future__ import annotations

import json
from bisect import bisect_right

from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.kept_lines import Keys, kept_key
from cleaning.boilerplate.line_model import LineScorer
from cleaning.boilerplate.model_marks import model_scores
from cleaning.boilerplate.rule import REMOVE_SCORE, Page
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.spared import without_story
from cleaning.boilerplate.split import split_page
from cleaning.recipe import EVERY_SITE
from cleaning.records import Action, Kind, Removal

_SPARED = " The line model, asked without the rules, takes it for a sentence of the story."


def why_kept(text: str, number: int, named: Keys = frozenset()) -> list[str]:
    """Sentences on line ``number`` of a text, counted from 1: the rules that mark it, and what the models make of it.

    All rules and the line model look at the text as it came, whatever a recipe left out. ``named``: the lines that
    the recipe keeps.
    """
    page = split_page(text)
    at = bisect_right([line.number for line in page.lines], number) - 1
    rows = text.split("\n")
    if at < 0 or not rows[number - 1].strip():
        return ["It is blank."]
    line, scorer = page.lines[at], LineScorer()
    marks = mark_page(page, RULES)
    left = without_story(page, marks, scorer)
    said = ["The recipe of the run names it among keep_lines."] if kept_key(line.text) in named else []
    for mark in marks:
        if line.start <= mark.start < line.end:
            if (part := text[mark.start : mark.end]) != line.text and kept_key(part) in named:
                said.append(f"The recipe of the run names a part of it among keep_lines: {part}")
            is_weak = "" if mark.score >= REMOVE_SCORE else f", too unsure to cut ({mark.score})"
            said.append(f"{mark.rule} marks it{is_weak}: {mark.evidence}.{'' if mark in left else _SPARED}")
    score = model_scores(page, left, scorer)[at]
    odds = float(scorer.wordings([line.text])[0])
    said.append(
        f"The line model gives it a probability of {score:.2f} of boilerplate in its place;"
        f" the log odds of its words are {odds:.1f}."
    )
    return said if len(said) > 1 else ["No rule marks it.", *said]


def how_to_keep(page: Page, removal: Removal, site: str | None) -> list[str]:
    """Of a removal from the source text of a page: what in a recipe keeps all of its kind, and what its lines alone.

    The last of the three is TOML as it can be put into a recipe. Empty where it is flagged only, and so in the text, or
    where no recipe can keep it there.
    """
    if removal.kind == Kind.OUTSIDE_MAIN_TEXT or removal.action == Action.FLAGGED:
        return []
    spans = [(max(line.start, removal.start), min(line.end, removal.end)) for line in page.lines]
    lines = [" ".join(page.text[start:end].split()) for start, end in spans if start < end]
    named = f"{json.dumps(site or EVERY_SITE)} = {json.dumps([*dict.fromkeys(lines)], ensure_ascii=False)}"
    where = "on every page of the site" if site else "in every document"
    return [
        f'kinds.{removal.kind} = "keep" in a recipe keeps all of its kind',
        f"[keep_lines] in a recipe keeps these words alone, {where}:",
        f"    [keep_lines]\n    {named}",
    ]
