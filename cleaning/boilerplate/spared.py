"""Sentences of a story that a rule takes for prompts, and that the line model is sure are none.

"Never sign up for a newsletter with your main address." is advice in a story, and begins as a prompt does. A rule sees
the line and nothing else. The line model, asked what it would make of the text if no rule had said anything, sees the
story around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaning.boilerplate.phrases.words import is_unspaced
from cleaning.boilerplate.reader_comments import speak_as_readers
from cleaning.boilerplate.rule import Line, Page, Scope
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.rules.md001_title_line import ALONE
from cleaning.boilerplate.story_shapes import entries, goes_on
from cleaning.boilerplate.threads import is_stamp
from cleaning.records import Kind, Mark

if TYPE_CHECKING:
    from cleaning.boilerplate.line_model import LineScorer

# Pairs of the line model's probability and of the log odds of the words (wordings.py): a sentence that stays under both
# of a pair is of the story. Of labelled sentences that rules take between paragraphs none of boilerplate and 13 of
# content score less than .02, 19 and 18 less than .05; of 215 in dressed articles (benchmarks/dressed.py) 4 and 14. Of
# 1,365 prompts that nobody had seen (benchmarks/held_out_lines.py) 5 stay that rules take; without log odds 13.
_STORY = ((0.006, 6.5), (0.01, 4.0), (0.05, 3.3))
# So many words of a phrase in a row, or letters where words have no blanks between them, are nobody's own.
_KNOWN_WORDS, _KNOWN_LETTERS = 5, 8
# The model has to believe the rest of a sentence that begins as a label does.
_REST_SCORE = 0.5
_PROMPTS = frozenset({
    Kind.ADVERTISEMENT, Kind.APP_PROMO, Kind.COMMENT_PROMPT, Kind.COOKIE_NOTICE, Kind.COPYRIGHT, Kind.NAVIGATION,
    Kind.NEWSLETTER, Kind.PAYWALL, Kind.RELATED_LINKS, Kind.SHARE, Kind.SPONSORED,
})  # fmt: skip
_STAMPED = "CO006"
# Log odds of the words of a first line: of 3,768 titles of news 10 have more, of six prompts that went before five.
_WORDED = 5.5
_CODES = frozenset(rule.code for rule in RULES if rule.scope == Scope.LINE and rule.kind in _PROMPTS)


def without_story(page: Page, marks: Sequence[Mark], scorer: LineScorer) -> Sequence[Mark]:
    """The marks but those of line rules on sentences that the model takes for the story's.

    Asked is a mark of a prompt or a notice on a whole line between the first and the last sentence that no rule marks:
    a sentence, a label whose sentence goes on in the line below, or the heading of an entry. A shorter line is a label:
    the model gives one that is alone in a story as little.
    """
    marks = _without_told_by_the_hour(page, _without_worded_title(page, marks, scorer), scorer)
    ends = {mark.start: mark.end for mark in marks if mark.rule in _CODES}
    if not ends:
        return marks
    marked = {mark.start for mark in marks}
    places = frozenset(line.index for line in page.lines if line.start in marked)
    told = [line.index for line in page.lines if (line.is_prose or line.is_sentence) and line.index not in places]
    inside = page.lines[told[0] + 1 : told[-1]] if told else ()
    taken = [line for line in inside if line.end <= ends.get(line.start, -1)]
    heads = entries(page, places) if taken else frozenset()
    sentences = [line for line in taken if line.is_sentence and not _is_known(line)]
    labels = [line for line in taken if not line.is_sentence and (line.index in heads or goes_on(page, line))]
    if not sentences and not labels:
        return marks
    scores = scorer.score([line.text for line in page.lines]).tolist()
    odds = scorer.wordings([line.text for line in sentences]).tolist() if sentences else []
    spared = {
        line.start
        for line, said in zip(sentences, odds, strict=True)
        if any(scores[line.index] < most and said < words for most, words in _STORY)
    }
    below = {line.start: line.index + 1 for line in labels}
    spared |= {start for start, index in below.items() if scores[index] < _REST_SCORE and index not in places}
    return [mark for mark in marks if not (mark.start in spared and mark.rule in _CODES)]


def _without_worded_title(page: Page, marks: Sequence[Mark], scorer: LineScorer) -> Sequence[Mark]:
    """The marks but that of a title whose only reason is its place, and whose words say that it is furniture."""
    titles = [mark for mark in marks if mark.evidence == ALONE]
    if not titles:
        return marks
    scorer.score([line.text for line in page.lines])
    odds = scorer.wordings([page.text[mark.start : mark.end] for mark in titles]).tolist()
    return [mark for mark in marks if mark not in titles or odds[titles.index(mark)] < _WORDED]


def _without_told_by_the_hour(page: Page, marks: Sequence[Mark], scorer: LineScorer) -> Sequence[Mark]:
    """The marks but those of a thread that only days and hours sign, where nobody speaks as readers do between these.

    A live blog, a diary, a log of events: the story goes on by the hour.
    """
    starts = {mark.start for mark in marks if mark.rule == _STAMPED}
    if not starts:
        return marks
    scores = scorer.score([line.text for line in page.lines]).tolist()
    between = [line for line in page.lines if line.start in starts and not is_stamp(line)]
    if speak_as_readers(between, scores, scorer):
        return marks
    return [mark for mark in marks if mark.rule != _STAMPED]


def _is_known(line: Line) -> bool:
    """Does the line hold so much of a listed phrase that it is the prompt, word for word?"""
    runs = (run.strip() for row in line.phrases for run in row.phrase.split("…"))
    return any(len(run) >= _KNOWN_LETTERS if is_unspaced(run) else len(run.split()) >= _KNOWN_WORDS for run in runs)
