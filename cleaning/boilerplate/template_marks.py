"""Marks on the lines of a page that are templates of its site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from cleaning.boilerplate.rule import Page
from cleaning.boilerplate.split import split_page
from cleaning.boilerplate.templates import line_key
from cleaning.records import Kind, Mark

TEMPLATE_NAME = "template"
TEMPLATE_SCORE = 0.9
# Probability of the line model from which a template goes: before the first and after the last paragraph of the
# page's own, and among them. Subheads, ingredients and stock sentences repeat over the stories of a site too; of the
# content lines of 703 pages 3 in 100 score above .2, of the boilerplate lines 60 to 90 (docs/line_model.md).
_EDGE_PROBABILITY, _INNER_PROBABILITY = 0.2, 0.5
_MARKS = ("```", "# ", "## ", "### ", "#### ")


def find_template_marks(
    page: Page, marks: Sequence[Mark], site: str | None, templates: Mapping[int, int], scores: Sequence[float]
) -> Iterator[Mark]:
    """Marks on templates that nothing else has marked.

    ``templates``: the number of documents that hold a line, by its key. ``scores``: of the line model, one a
    line; empty where it is off: then only labels at the edges of the page go.
    """
    known = {line.index: templates.get(line_key(site, line.text), 0) for line in page.lines}
    own = [line.index for line in page.lines if line.is_prose and not known[line.index]]
    marked = {mark.start for mark in marks if mark.kind != Kind.REPEATED}
    for line in page.lines:
        if not known[line.index] or line.start in marked or not own or _is_markup(line.text):
            continue
        is_edge = line.index < own[0] or line.index > own[-1]
        if scores:
            goes = scores[line.index] >= (_EDGE_PROBABILITY if is_edge else _INNER_PROBABILITY)
        else:
            goes = is_edge and not line.is_prose
        if goes:
            where = f"of {site}" if site else "without a site"
            evidence = f"stands in {known[line.index]} or more documents {where}"
            yield Mark(line.start, line.end, Kind.TEMPLATE, TEMPLATE_NAME, TEMPLATE_SCORE, evidence)


def _is_markup(text: str) -> bool:
    """Is it a line of Markdown that says nothing alone: a rule, the fence around code, the heading of a part?"""
    return text.startswith(_MARKS) or not any(map(str.isalnum, text))


def has_templates(text: str, site: str | None, templates: Collection[int]) -> bool:
    """Does any line of the text count as a template of the site?"""
    return bool(templates) and any(
        line_key(site, line) in templates for line in {line.text for line in split_page(text).lines}
    )
