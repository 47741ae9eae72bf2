"""Why a line stayed: what rules and models say of it."""

from __future__ import annotations

from bisect import bisect_right

from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.line_model import LineScorer
from cleaning.boilerplate.model_marks import model_scores
from cleaning.boilerplate.rule import REMOVE_SCORE
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.spared import without_story
from cleaning.boilerplate.split import split_page

_SPARED = " The line model, asked without the rules, takes it for a sentence of the story."


def why_kept(text: str, number: int) -> list[str]:
    """Sentences on line ``number`` of a text, counted from 1: the rules that mark it, and what the models make of it.

    All rules and the line model look at the text as it came, whatever a recipe left out.
    """
    page = split_page(text)
    at = bisect_right([line.number for line in page.lines], number) - 1
    rows = text.split("\n")
    if at < 0 or not rows[number - 1].strip():
        return ["It is blank."]
    line, scorer = page.lines[at], LineScorer()
    marks = mark_page(page, RULES)
    left = without_story(page, marks, scorer)
    said = []
    for mark in marks:
        if line.start <= mark.start < line.end:
            is_weak = "" if mark.score >= REMOVE_SCORE else f", too unsure to cut ({mark.score})"
            said.append(f"{mark.rule} marks it{is_weak}: {mark.evidence}.{'' if mark in left else _SPARED}")
    score = model_scores(page, left, scorer)[at]
    odds = float(scorer.wordings([line.text])[0])
    said.append(
        f"The line model gives it a probability of {score:.2f} of boilerplate in its place;"
        f" the log odds of its words are {odds:.1f}."
    )
    return said if len(said) > 1 else ["No rule marks it.", *said]
