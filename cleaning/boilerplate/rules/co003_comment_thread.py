"""CO003 comment-thread."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.phrases import LINE_USES
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.boilerplate.threads import (
    LINES_A_SIGN,
    MAX_WORDS,
    MIN_SIGNATURES,
    follows_story,
    is_signature,
    is_stamp,
    name_above,
    thread_from,
)
from cleaning.dates import find_date
from cleaning.digits import has_digit
from cleaning.records import Kind, Mark

_SAYS = re.compile(
    r".{2,60}\s(?:says?|said|writes|wrote|schreibt|schrieb|sagt|dit|a\sécrit|dice|dijo|scrive|disse|diz|zegt|schreef|pisze|napisał\w*"
    r"|skriver|sier|siger|kirjoittaa|píše|írta|spune|diyor|пишет|пише|λέει)\s?:$|.{2,40}\s(?:on|am|le|el|at)\s.{4,40}(?:says?|said)?:$",
    re.IGNORECASE,
)
# So far below its heading a thread shows itself, by so many lines of who wrote when.
_LOOK_AHEAD, _MIN_SIGNS = 14, 2
# "Calories: 310kcal | Protein: 19g"
_NUTRITION = re.compile(r"\d\s?(?:k?cal|kJ|m?g)\b")
_HEADING_WORDS = 3


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.listed:
        if not _may_head(line) or not follows_story(page, line):
            continue
        below = page.lines[line.index + 1 :]
        if sum(map(_is_sign, below[:_LOOK_AHEAD])) < _MIN_SIGNS:
            continue
        if sum(map(_is_sign, below)) * LINES_A_SIGN >= len(below):
            yield Span(line.start, line.end, "heads a thread of comments")
            thread = _without_nutrition(below)
            yield from (Span(other.start, other.end, f"in the thread under {line.text[:40]!r}") for other in thread)
            return
    yield from _find_signed(page)


def _without_nutrition(below: Sequence[Line]) -> Sequence[Line]:
    """The lines without those between the heading and the first comment that say what a dish holds: recipes end so."""
    first = next((place for place, line in enumerate(below) if _is_sign(line)), 0)
    facts = {place for place, line in enumerate(below[:first]) if len(_NUTRITION.findall(line.text)) > 1}
    headings = {place - 1 for place in facts if place and below[place - 1].n_words <= _HEADING_WORDS}
    return [line for place, line in enumerate(below) if place not in facts | headings]


def _find_signed(page: Page) -> Iterator[Span]:
    """A thread without a heading, as extractors leave it: signature, comment, signature, comment, to the end."""
    names = page.lines_that(is_signature)
    if len({line.text for line in names}) < MIN_SIGNATURES:
        return
    signs = {*names, *page.lines_that(is_stamp)}
    first = min(signs, key=lambda line: line.index)
    if first not in names:
        first = name_above(page, first)
    yield from thread_from(page, first, len(signs))


def _may_head(line: Line) -> bool:
    """May the line head a thread? A prompt does; where none stands, the thread is known from its first "Reply" on.

    A bare "comment" stands under each entry of a list of articles too.
    """
    row = line.row_of(Kind.COMMENT_PROMPT)
    if row is None:
        return False
    return row.use in ("heading", "label") or " " in row.phrase or has_digit(line.text)


def _is_sign(line: Line) -> bool:
    if line.n_words > MAX_WORDS:
        return False
    row = line.row_of(Kind.COMMENT_PROMPT)
    reply = row is not None and row.use in LINE_USES
    found = None if reply else find_date(line.text)
    is_date = found is not None and found.end - found.start > 0.6 * len(line.text)
    return reply or is_date or is_stamp(line) or bool(_SAYS.match(line.text))


RULE = Rule(
    code="CO003",
    name="comment-thread",
    kind=Kind.COMMENT_PROMPT,
    scope=Scope.BLOCK,
    summary="A heading such as '12 Comments', or the first of several lines such as 'Sharon says', with the thread below it.",
    why="Readers wrote it, not the author.",
    risk="A story that goes on below its comments loses its end.",
    source="reader comments of the residual benchmark's development pages",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after five hours.
  Engineers had asked for three times the money that they were given, and for more time as well.
- 2 Comments
- Jane says:
- March 5, 2024 at 10:12 am
- I could not agree more, this should have been done years ago, when the bridge was still young.
- Reply
- John says:
- March 6, 2024 at 8:40 am
- Well said.
- Reply
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after five hours.
  Engineers had asked for three times the money that they were given, and for more time as well.

  Reader comments

  The paper printed two letters on the bridge, and both of them asked for it to be torn down soon.
  The mayor did not answer either of them, and the bridge has been standing there to this day.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after five hours.
  Engineers had asked for three times the money that they were given, and for more time as well.
- Sharon says
- I could not agree more, this should have been done years ago, when the bridge was still young.
- Jill Miller says
- Thank you!
- Amy says
- Mine too.
- Doris A. says
- Well said, and I have been saying so since 2015.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after five hours.
  Engineers had asked for three times the money that they were given, and for more time as well.
- jane d. said...
- I could not agree more, this should have been done years ago, when the bridge was still young.
- May 3, 2024 at 9:12 AM
- Anonymous said...
- Thank you!
- Roe said...
- Mine too.
- Old Man River said...
- Well said, and I have been saying so since 2015.
""",
    ),
)
