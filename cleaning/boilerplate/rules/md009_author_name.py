"""MD009 author-name."""

import re
from collections.abc import Sequence

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.boilerplate.threads import posts_stamps
from cleaning.bylines import parse_byline
from cleaning.date_words import is_day, is_time_span
from cleaning.people import find_person
from cleaning.post_meta import parse_post_meta
from cleaning.records import Kind

_MAX_WORDS, _MAX_POST_WORDS = 7, 30
_BULLET = re.compile(r"[*•·+–-]\s+")
# The head of a text: nobody's name stands alone so early in a story but its author's.
_HEAD_LINES = 12
# Below a second paragraph a name is a heading of the story.
_MAX_STANDFIRSTS = 1
# So far away a date or another byline says that the name is an author's.
_NEAR_LINES = 2
_MIN_TITLE_WORDS = 4


def _candidates(page: Page) -> Sequence[Line]:
    return page.lines[: max(_HEAD_LINES, page.first_prose)] if page.last_prose >= 0 else ()


def _test(line: Line, page: Page) -> str | None:
    if line.n_words > _MAX_WORDS or line.index == len(page.lines) - 1:
        return None
    text = _without_bullet(line)
    name = find_person(text)
    if name is None:
        return None
    below = page.lines[line.index + 1]
    if line.index == 0:
        return f"the name {name!r} above the day" if is_day(_without_bullet(below)) else None
    above = page.lines[line.index - 1]
    # "… opposite Sir" / "Jane Doe" / "in her office": a sentence that was broken at a link.
    if below.text[0].islower() or sum(other.is_prose for other in page.lines[: line.index]) > _MAX_STANDFIRSTS:
        return None
    of_posts = {line.index for line in posts_stamps(page)}
    if any(
        other.index not in of_posts and _is_of_post(other)
        for other in page.lines[max(0, line.index - _NEAR_LINES) : line.index + _NEAR_LINES + 1]
    ):
        return f"the name {name!r} beside a date or a byline"
    is_title = (
        text == line.text and above.n_words >= _MIN_TITLE_WORDS and above.text[-1] not in ".。:" and not above.is_prose
    )
    return f"the name {name!r} between a headline and the first paragraph" if is_title and below.is_prose else None


def _is_of_post(line: Line) -> bool:
    """Does the line say when the text was written, or by whom?"""
    if line.n_words > _MAX_POST_WORDS:
        return False
    text = _without_bullet(line)
    if is_day(text) or is_time_span(text):
        return True
    return parse_byline(text) is not None or parse_post_meta(text) is not None


def _without_bullet(line: Line) -> str:
    return _BULLET.sub("", line.text, count=1) if line.text[0] in "*•·+–-" else line.text


RULE = Rule(
    code="MD009",
    name="author-name",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A name alone among the first lines, beside a date or another byline, or between the headline and the first paragraph.",
    why="It is the column authors.",
    risk="A subheading that is the name of the person whom the story is about.",
    source="first lines of the residual benchmark's and of public pages: 191 lines of metadata, 33 of boilerplate, one of content",
    find=lines_where(_test, _candidates),
    examples=(
        """
  Harbour numbers of the week
- Jane Doe
  May 3, 2024
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Harbour numbers of the week
- * Jane Doe
  * 4 min read
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Old bridge stays open for two years
- Jane Doe, PhD
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Jane Doe
  The council voted on Tuesday to keep the old bridge open for another two years.
  Victoria Park
  Jane Doe
  Nobody could say when the money would come, or who had signed the first contract.
""",
    ),
)
