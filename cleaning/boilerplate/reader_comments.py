"""Comments of readers below a story that nothing tells apart: no heading, no names and dates between them.

One paragraph alone can be anybody's. A run of them to the end of the text speaks in another voice than the story above:
its words are a reader's, line after line, and the line model believes each of them a little less.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaning.boilerplate.finders import marked_lines
from cleaning.boilerplate.model_marks import MODEL_NAME
from cleaning.boilerplate.rule import REMOVE_SCORE, Line, Page
from cleaning.boilerplate.threads import is_stamp
from cleaning.boilerplate.wordings import WORDING_NAME
from cleaning.recipe import LineModel
from cleaning.records import Kind, Mark

if TYPE_CHECKING:
    from cleaning.boilerplate.line_model import LineScorer

COMMENTS_NAME = "reader-comments"

# Log odds that a line of so many words is a comment: of its words, of the line model, and the rest. Learnt from 820
# gold texts of English pages with made-up threads below, the lines of threads and of gold texts weighing alike.
_WORDS, _OF_WORDS, _OF_MODEL, _REST = 4, 0.85, 0.8, 3.2
_MOST_WORDS_ODDS, _MOST_ODDS, _LEAST_SCORE = 5.0, 3.0, 1e-4
_HEAVIEST = 30  # words that a line weighs at most in the means of the words' log odds
# What a thread has, added up. Of 1,913 gold texts, forums and reviews among them, none has a run of lines that reaches
# 20, one does 15. On sites that the model had not seen default takes 568 lines of boilerplate in main content, 323 on
# whole pages and 14 on public ones, and none of content.
_SUMS: dict[LineModel, float] = {"conservative": 30.0, "default": 20.0, "aggressive": 15.0}
# Below one or two lines that say nothing of comments or the author (a prompt to share between a report and the letters
# that it quotes) so many times as much is asked: of 36 texts that were written to find faults 18 lost such quotations,
# one does now.
_HEADS = frozenset({Kind.COMMENT_PROMPT, Kind.AUTHOR_BIO})
_BLOCK, _UNHEADED = 3, 1.5
# Of an interview every second line asks. What a colon or a question announces is of the story.
_ASKS, _ASKS_SHARE, _ANNOUNCES = "?？؟", 0.4, ":：?？؟"
# What somebody says in a play or a game stands in quotes. Of no labelled thread a quarter of the lines does.
_QUOTES, _QUOTES_SHARE = frozenset('"“”„«»「『'), 0.25
# A story stands above, of so many words, whose lines differ from those below by so much; those below speak as readers
# do, more than the story does.
_STORY_WORDS, _APART = 200, 1.2
_LINES_OF_A_SOURCE = 3
_SPEAKS, _SPEAKS_MORE = -0.4, 0.5
# A story that speaks as readers do itself, told by somebody who was there: of what stands below so much is asked. At
# 2.0 paragraphs of such stories went with the threads below gold texts.
_STORY_ODDS, _LOUD = 0.2, 2.4
# Source text speaks as nobody does: of 1,157 texts in Markdown, most of them posts of blogs about programming, three
# had threads that were made of code and tags.
_CODE, _CODE_SHARE = re.compile(r"[{};]$|</?[a-z]|`[^`]|\{%|\(\)|^#{2,6} "), 0.1
# The mean of the lines of a thread: the second half of a long guide in the first person had .6.
_LEAST_LINES, _LEAST_MEAN = 3, 1.0
# Of what would be longer than its story more is asked: five labelled pages with such threads have 1.8 to 2.9, the rest
# of an essay in a reader's voice had 1.6.
_LONG_MEAN = 1.7
# Between days and hours one of these is enough: of 154 threads below blog posts 142 reach one (11,696 of 12,489 lines),
# of 20 stories told by the hour that somebody wrote four do, all of them quotations or a diary.
_STAMPED, _STAMPED_SAID = 1.6, 0.7
# Of 905 lines that go with threads on labelled pages, on sites that the model had not seen, none is content by label.
_SCORE = 0.99


class Thread(NamedTuple):
    """The lines of a thread, and the mean log odds of its lines and of those above it."""

    lines: Sequence[Line]
    odds: float
    above: float


class _Voice(NamedTuple):
    """What a line adds: log odds that it is a comment, 1 where it has words enough, log odds of its words, weight."""

    odds: float
    counted: int
    said: float
    weight: int


def find_comment_marks(
    page: Page, marks: Sequence[Mark], profile: LineModel, scores: Sequence[float], scorer: LineScorer | None
) -> Iterator[Mark]:
    """Marks on the lines of a thread of comments that ends the page.

    ``marks`` are those of rules and models, ``scores`` those of ``model_scores``.
    """
    if profile == "off" or not scores or not scorer:
        return
    cut = [mark for mark in marks if mark.score >= REMOVE_SCORE or mark.rule in (MODEL_NAME, WORDING_NAME)]
    taken = marked_lines(page, [mark for mark in cut if mark.kind != Kind.REPEATED])
    heads = marked_lines(page, [mark for mark in cut if mark.kind in _HEADS])
    left = [line for line in page.lines if line.index not in taken]
    thread = find_thread(left, heads, profile, scores, scorer)
    captions = marked_lines(page, [mark for mark in cut if mark.kind == Kind.CAPTION])
    if thread and not _holds_any(thread.lines, captions) and not _names_sources(thread.lines):
        evidence = (
            f"one of the last {len(thread.lines)} lines, which speak as readers do: "
            f"mean log odds {thread.odds:.1f}, above them {thread.above:.1f}"
        )
        for line in thread.lines:
            yield Mark(line.start, line.end, Kind.COMMENT_PROMPT, COMMENTS_NAME, _SCORE, evidence)


def find_thread(
    left: Sequence[Line], heads: Set[int], profile: LineModel, scores: Sequence[float], scorer: LineScorer
) -> Thread | None:
    """The comments that end a page, or None.

    ``left`` are the lines that no mark takes, ``heads`` the indices of those that are taken and may stand above a
    thread: prompts to comment, boxes about the author. A thread begins right below a line that leaves (the box about
    the author, the headlines of other stories, the heading of the comments, the name of the first reader), or with a
    line that says when somebody wrote.
    """
    starts = [
        place
        for place, (above, line) in enumerate(pairwise(left), start=1)
        if line.index > above.index + 1 or is_stamp(line)
    ]
    if not starts or sum(line.n_words for line in left) < _STORY_WORDS:
        return None
    said = scorer.comments([line.text for line in left]).tolist()
    voices = [_voice(line, scores[line.index], words) for line, words in zip(left, said, strict=True)]
    start = _without_opening(voices, _most_apart(voices, starts))
    if start is None or sum(line.n_words for line in left[:start]) < _STORY_WORDS:
        return None
    first, before = left[start], left[start - 1]
    gap = range(before.index + 1, first.index)
    is_headed = len(gap) >= _BLOCK or not heads.isdisjoint(gap) or is_stamp(first)
    story, thread = voices[:start], voices[start:]
    above, below = _mean(story), _mean(thread)
    speaks = _mean_said(thread)
    is_thread = (
        sum(voice.odds for voice in thread) >= _SUMS[profile] * (1 if is_headed else _UNHEADED)
        and sum(voice.counted for voice in thread) >= _LEAST_LINES
        and below >= _least_mean(left, start, above)
        and below - above >= _APART
        and speaks >= _SPEAKS
        and speaks - _mean_said(story) >= _SPEAKS_MORE
        and _may_be_thread(before, left[start:])
    )
    return Thread(left[start:], below, above) if is_thread else None


def _least_mean(left: Sequence[Line], start: int, above: float) -> float:
    """What the lines of a thread must have in the mean, below a story that has so much."""
    if above > _STORY_ODDS:
        return _LOUD
    words = [line.n_words for line in left]
    return _LONG_MEAN if sum(words[start:]) > sum(words[:start]) else _LEAST_MEAN


def _names_sources(lines: Sequence[Line]) -> bool:
    """Is every third line an address? Below "Sources:" a writer lists what the text is made of."""
    return sum("://" in line.text or "www." in line.text for line in lines) * _LINES_OF_A_SOURCE >= len(lines)


def _holds_any(lines: Sequence[Line], indices: Set[int]) -> bool:
    """Does one of the indices lie between the lines? A picture with its agency stands in a story, not among letters."""
    return any(lines[0].index < index < lines[-1].index for index in indices)


def speak_as_readers(lines: Sequence[Line], scores: Sequence[float], scorer: LineScorer) -> bool:
    """Are the lines between the days and hours of a thread a reader's, or else no story's?

    ``scores`` are those of the line model for all lines of the page, without what rules say.
    """
    said = scorer.comments([line.text for line in lines]).tolist()
    voices = [_voice(line, scores[line.index], words) for line, words in zip(lines, said, strict=True)]
    return _mean(voices) >= _STAMPED or _mean_said(voices) >= _STAMPED_SAID


def _may_be_thread(before: Line, lines: Sequence[Line]) -> bool:
    """Are the lines no source text, interview or quotations, nor announced by the line of the story before them?"""
    n_code = sum(_CODE.search(line.text) is not None for line in lines)
    n_questions = sum(line.text[-1] in _ASKS for line in lines)
    return (
        n_code < _CODE_SHARE * len(lines)
        and n_questions < _ASKS_SHARE * len(lines)
        and sum(line.text[0] in _QUOTES for line in lines) < _QUOTES_SHARE * len(lines)
        and before.text[-1] not in _ANNOUNCES
    )


def _voice(line: Line, score: float, said: float) -> _Voice:
    if line.n_words < _WORDS:
        return _Voice(0.0, 0, 0.0, 0)
    said = max(-_MOST_WORDS_ODDS, min(said, _MOST_WORDS_ODDS))
    score = max(_LEAST_SCORE, min(score, 1 - _LEAST_SCORE))
    odds = _OF_WORDS * said + _OF_MODEL * math.log(score / (1 - score)) + _REST
    return _Voice(max(-_MOST_ODDS, min(odds, _MOST_ODDS)), 1, said, min(line.n_words, _HEAVIEST))


def _without_opening(voices: Sequence[_Voice], starts: Sequence[int]) -> int | None:
    """The first of the starts up to the next of which lines speak as readers do, more as the thread than as the story.

    The last paragraphs of a story, below a link to another one, may look like a thread to those who add all up.
    """
    if not starts:
        return None
    story = _mean(voices[: starts[0]])
    least = (story + _mean(voices[starts[0] :])) / 2
    if story > _STORY_ODDS:
        least = max(least, _LOUD)
    for start, end in pairwise([*starts, len(voices)]):
        if _mean(voices[start:end]) > least and _mean_said(voices[start:end]) >= _SPEAKS:
            return start
    return None


def _most_apart(voices: Sequence[_Voice], starts: Sequence[int]) -> Sequence[int]:
    """The starts from that on below which lines differ most from those above: the largest sum of squares between."""
    sums = [0.0, *accumulate(voice.odds for voice in voices)]
    counts = [0, *accumulate(voice.counted for voice in voices)]
    best, found = 0.0, len(starts)
    for number, start in enumerate(starts):
        above, below = counts[start], counts[-1] - counts[start]
        if not above or not below:
            continue
        apart = (sums[-1] - sums[start]) / below - sums[start] / above
        if apart > 0 and (squares := above * below / (above + below) * apart**2) > best:
            best, found = squares, number
    return starts[found:]


def _mean(voices: Sequence[_Voice]) -> float:
    return sum(voice.odds for voice in voices) / max(sum(voice.counted for voice in voices), 1)


def _mean_said(voices: Sequence[_Voice]) -> float:
    return sum(voice.said * voice.weight for voice in voices) / max(sum(voice.weight for voice in voices), 1)
