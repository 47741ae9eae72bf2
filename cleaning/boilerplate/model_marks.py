"""Marks of the line model: lines that no rule knows and that look like boilerplate in their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from cleaning.boilerplate.announced import announced_items
from cleaning.boilerplate.broken import broken_words
from cleaning.boilerplate.mentions import without_mentions
from cleaning.boilerplate.model_kinds import is_above_byline, kind_of
from cleaning.boilerplate.policies import said_in_policy
from cleaning.boilerplate.rule import REMOVE_SCORE, Line, Page
from cleaning.boilerplate.story_shapes import (
    BLOG_SCORE,
    cells,
    cited,
    is_code,
    is_of_weekday,
    live_blog,
    notes,
    numbered_headings,
    subtitles,
    without_references,
    without_transcript,
)
from cleaning.boilerplate.table_rows import labelled_rows, rows_of_values, table_rows
from cleaning.boilerplate.threads import posts_stamps
from cleaning.boilerplate.thresholds import OPENING_LINES, Story, find_story, is_solid, sure_lines
from cleaning.boilerplate.verdicts import points_for_and_against
from cleaning.boilerplate.wordings import WORDING_NAME, as_probability, worded_lines
from cleaning.recipe import LineModel
from cleaning.records import MOVED_KINDS, Kind, Mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cleaning.boilerplate.line_model import LineScorer

MODEL_NAME = "line-model"


# A line of which a mark takes this much leaves with it.
_TAKEN_SHARE = 0.9
# What rules take leaves the text, and must not take its neighbours along. A line that the model is sure of has to look
# like boilerplate in what stays, too. In dressed stories (benchmarks/dressed.py, 80 articles a language) that halves
# what goes of the story, from .78 to .35 % of its lines. On sites that the model had not seen it keeps 299 lines of
# boilerplate and 94 of content in main content. A threshold of .5, .8 for sentences, kept 568 and 106, for .03 % of the
# lines of dressed stories. Where menus come before the story it would keep 1,040 of boilerplate and 31 of content, and
# next to nothing of dressed stories.
_STILL = 0.4
# The first line of a text with the story right below it, or below one line more, is its headline as often as not: of
# those that the model was sure of on the development pages' main content 42 were boilerplate, 26 titles and 12 content.
# The second line, right above the story, is where it scores less than this: 5, 19 and 8.
_HEADLINE_LINES, _HEADLINE_SCORE = 2, 0.9
# Renderings of whole pages have fewer lines of prose, menus being what they are.
_PROSE_SHARE = 0.2
# So many lines that begin alike are a list.
_SERIES_SIZE, _SERIES_SHARE = 5, 0.75
# One bullet below the other says more than a beginning that is alike.
_ITEMS_SHARE = 0.85
_BULLETS = frozenset("*•·-–—▪►◦‣●■□◆◇○・")
# Among so many short lines of which less than this share goes, up to so far away, what the words alone would take was
# content 17 and boilerplate 12 times (on whole pages 9 and 107), what scores less than .85 content 17 and boilerplate
# 28 times; counted by whole runs of short lines.
_RUN_LINES, _RUN_REACH, _RUN_SHARE, _RUN_SCORE = 8, 10, 0.4, 0.85


def model_scores(page: Page, marks: Sequence[Mark], scorer: LineScorer | None) -> list[float]:
    """The model's probability of boilerplate of each line; none where the recipe does without the model.

    ``marks`` are those of all rules, whatever the recipe cuts: the model has learnt from them.
    """
    if not scorer or not page.lines:
        return []
    scores: list[float] = scorer.score([line.text for line in page.lines], rule_shares(page, marks)).tolist()
    return scores


def rule_shares(page: Page, marks: Sequence[Mark]) -> NDArray[np.float64]:
    """What rules say of each line: array (3, lines).

    The largest share of the line that one mark takes, for marks that cut and for those that become metadata,
    and the highest score of a mark that does neither. Repeats are no opinion.
    """
    import numpy as np

    shares = np.zeros((3, len(page.lines)))
    starts = [line.start for line in page.lines]
    for mark in marks:
        if mark.kind == Kind.REPEATED:
            continue
        row = 2 if mark.score < REMOVE_SCORE else int(mark.kind in MOVED_KINDS)
        index = max(bisect_right(starts, mark.start) - 1, 0)
        while index < len(starts) and starts[index] < mark.end:
            line = page.lines[index]
            share = (min(mark.end, line.end) - max(mark.start, line.start)) / max(line.end - line.start, 1)
            shares[row, index] = max(shares[row, index], share * mark.score if row == 2 else share)
            index += 1
    return shares


def find_model_marks(
    page: Page, marks: Sequence[Mark], profile: LineModel, scores: Sequence[float], scorer: LineScorer | None
) -> Iterator[Mark]:
    """Marks on lines that the model is sure of; a line that a rule marked already, or a part of it, gets none.

    What is left of a line without its credit is scored anew. ``scores`` are those of ``model_scores``.
    """
    if profile == "off" or not scores or not scorer:
        return
    marked = {mark.start: mark.kind for mark in marks if mark.kind != Kind.REPEATED}
    story = find_story(page, scores)
    sure = _still_sure(page, marks, scorer, sure_lines(page, profile, scores, story), story.is_below_menus)
    if 0 < page.first_prose <= _HEADLINE_LINES:
        sure = [line for line in sure if not _may_be_headline(page, line, scores)]
    odds = {line.index: of_words for line, of_words in worded_lines(page, profile, scores, story, scorer)}
    if not sure and not odds:
        return
    sure, worded = _without_story(page, marked, sure, [page.lines[index] for index in odds], scores, story)
    for line in sure:
        score = scores[line.index]
        yield Mark(line.start, line.end, kind_of(page, line, marked), MODEL_NAME, score, _evidence(line, scores))
    has_title = page.title is not None or Kind.TITLE in marked.values()
    found: list[Mark] = []
    for line in worded:
        said = f"log odds of its words {odds[line.index]:.1f}, which decide"
        evidence = f"{said}; by its place {_evidence(line, scores)}"
        kind = kind_of(page, line, marked, by_words=True)
        if not has_title and is_above_byline(page, line, marked):
            kind, has_title, evidence = Kind.TITLE, True, f"above a byline or a date; {evidence}"
        found.append(Mark(line.start, line.end, kind, WORDING_NAME, as_probability(odds[line.index]), evidence))
    if not found:
        return
    # A sentence that reads like a prompt may be of a story about prompts.
    left = set(without_mentions(page, [*marks, *found]))
    yield from (mark for mark in found if mark in left)


def _without_story(
    page: Page,
    marked: Mapping[int, Kind],
    sure: Sequence[Line],
    worded: Sequence[Line],
    scores: Sequence[float],
    told: Story,
) -> tuple[list[Line], list[Line]]:
    """The lines that the model is sure of, and that go by their words, but those of shapes that a story has."""
    series = _kept_series(page, sure)
    story = {*_kept_items(page, sure), *numbered_headings(page), *subtitles(page), *notes(page), *cells(page, scores)}
    story |= cited(page) | table_rows(page)
    if not told.is_below_menus:
        # On whole pages of unseen sites it would keep 14 lines of content and 400 of boilerplate.
        story |= broken_words(page) | said_in_policy(page)
        story |= rows_of_values(page) | points_for_and_against(page) | announced_items(page, [*sure, *worded])
        if worded:
            rows = labelled_rows(page)
            worded = [line for line in worded if line.index not in rows]
    sure = [
        line
        for line in _unmarked(sure, marked)
        if line.series not in series and line.index not in story and not is_code(line.text)
    ]
    sure = without_transcript(without_references(page, sure))
    prose = [line for line in page.lines if line.is_prose and line.start not in marked]
    if len(prose) >= _PROSE_SHARE * len(page.lines) and _is_misread(prose, sure, scores):
        return [], []
    blog = live_blog(page, scores)
    story |= _inside_story(told, sure, scores) | {index for index in blog if scores[index] < BLOG_SCORE}
    # Days and hours of posts go with these, or stay.
    known = story.union(blog, (line.index for line in [*sure, *posts_stamps(page)]))
    worded = [
        line
        for line in _unmarked(worded, marked)
        if line.index not in known and not is_code(line.text) and not is_of_weekday(line)
    ]
    sure = [line for line in sure if line.index not in story]
    ruled = [line for line in page.lines if line.start in marked]
    if not told.is_below_menus:
        listed = _in_kept_runs(page, [*ruled, *sure, *worded])
        worded = [line for line in worded if line.index not in listed]
        sure = [line for line in sure if line.index not in listed or scores[line.index] >= _RUN_SCORE]
    series |= _kept_series(page, [*ruled, *sure, *worded])
    return sure, [line for line in worded if line.series not in series]


def _still_sure(page: Page, marks: Sequence[Mark], scorer: LineScorer, sure: list[Line], is_page: bool) -> list[Line]:
    """The lines that look like boilerplate in the text without the lines that rules take, too; and those.

    On whole pages, where menus come before the story, all of them.
    """
    if not sure or is_page:
        return sure
    shares = rule_shares(page, marks)
    taken = (shares[:2].max(axis=0) >= _TAKEN_SHARE).tolist()
    if not any(taken) or all(taken[line.index] for line in sure):
        return sure
    rest = [line.index for line in page.lines if not taken[line.index]]
    scores = scorer.score([page.lines[index].text for index in rest], shares[:, rest]).tolist()
    score_of = dict(zip(rest, scores, strict=True))
    return [line for line in sure if score_of.get(line.index, 1.0) >= _STILL]


def _may_be_headline(page: Page, line: Line, scores: Sequence[float]) -> bool:
    return line.index == 0 or (line.index + 1 == page.first_prose and scores[line.index] < _HEADLINE_SCORE)


def _unmarked(lines: Sequence[Line], marked: Iterable[int]) -> Iterator[Line]:
    """The lines in which none of the marks starts."""
    starts = sorted(marked)
    for line in lines:
        index = bisect_left(starts, line.start)
        if index == len(starts) or starts[index] >= line.end:
            yield line


def _kept_series(page: Page, sure: Sequence[Line]) -> frozenset[str]:
    """The lists most of whose lines the model leaves: a list goes or stays as one, whatever stands around a line."""
    gone = Counter(line.series for line in sure if line.series)
    if not gone:
        return frozenset()
    sizes = Counter(series for line in page.lines if (series := line.series) and series in gone)
    return frozenset(
        name for name, size in sizes.items() if size >= _SERIES_SIZE and gone[name] <= _SERIES_SHARE * size
    )


def _kept_items(page: Page, sure: Sequence[Line]) -> frozenset[int]:
    """The lines of lists, one bullet below the other, most of whose lines the model leaves."""
    gone = {line.index for line in sure if line.text[0] in _BULLETS}
    kept: set[int] = set()
    if gone:
        for sign, items in groupby(page.lines, key=lambda line: line.text[0]):
            run = [line.index for line in items] if sign in _BULLETS else []
            if len(run) >= _SERIES_SIZE and len(gone.intersection(run)) <= _ITEMS_SHARE * len(run):
                kept.update(run)
    return frozenset(kept)


def _in_kept_runs(page: Page, gone: Sequence[Line]) -> frozenset[int]:
    """The lines of long runs of short lines most of which stay, there: lists, tables, poems."""
    numbers = {line.index for line in gone}
    kept: set[int] = set()
    for is_prose, lines in groupby(page.lines, key=lambda line: line.is_prose) if gone else ():
        run = [] if is_prose else [line.index for line in lines]
        if len(run) < _RUN_LINES:
            continue
        goes = [0, *accumulate(index in numbers for index in run)]
        for place, index in enumerate(run):
            low, high = max(place - _RUN_REACH, 0), min(place + _RUN_REACH + 1, len(run))
            if goes[high] - goes[low] < _RUN_SHARE * (high - low):
                kept.add(index)
    return frozenset(kept)


def _is_misread(prose: Sequence[Line], sure: Sequence[Line], scores: Sequence[float]) -> bool:
    """Would the model take more words of prose than it believes?

    Then a page with a fair share of prose is none of the kind that it has learnt from: a thread of a forum, a list of
    stories with their first sentences. Of 5,323 renderings of articles on the development pages this is true of none.
    """
    believed = sum(line.n_words for line in prose if scores[line.index] < 0.5)
    return sum(line.n_words for line in sure if line.is_prose) > believed


def _inside_story(told: Story, sure: Sequence[Line], scores: Sequence[float]) -> frozenset[int]:
    """The lines of stretches between two paragraphs of the story that the model had better leave whole.

    The entries of a live blog look like readers' comments: a time, a name, a sentence or two. But comments stand
    below a story. Where the story opens the text and comes back after a stretch from which the model would take
    prose, that stretch stays, unless it is long and the model sees no line of story in it. On the development pages
    this costs some 260 lines of 242,000 of boilerplate.
    """
    taken = [line.index for line in sure if line.is_prose]
    story = told.lines if taken else ()
    if not story or story[0] > OPENING_LINES:
        return frozenset()
    places = {bisect_right(story, index) for index in taken} - {0, len(story)}
    gaps = (range(story[place - 1] + 1, story[place]) for place in places)
    return frozenset(index for gap in gaps if not is_solid(scores[gap.start : gap.stop]) for index in gap)


def _evidence(line: Line, scores: Sequence[float]) -> str:
    near = [f"{score:.2f}" for score in scores[max(0, line.index - 2) : line.index]]
    after = [f"{score:.2f}" for score in scores[line.index + 1 : line.index + 3]]
    around = f"{' '.join(near) or 'start'} | {' '.join(after) or 'end'}"
    return f"probability {scores[line.index]:.2f} of boilerplate; lines around it: {around}"
