"""SH002 count-line."""

from cleaning.boilerplate.finders import lines_that
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.post_words import is_count
from cleaning.records import Kind

_MAX_WORDS = 5


def _test(line: Line) -> str | None:
    if line.n_words > _MAX_WORDS or not is_count(line.text.strip("()[]")):
        return None
    return f"a count of readers, shares or comments: {line.text!r}"


RULE = Rule(
    code="SH002",
    name="count-line",
    kind=Kind.SHARE,
    scope=Scope.LINE,
    summary="A line that says how often the page was read, liked, shared or commented on, and nothing else.",
    why="It is a counter of the page, another one every day.",
    risk="A table of the story whose cells are counts of readers.",
    source="labelled lines of the residual benchmark and of public pages: 333 boilerplate, none content",
    find=lines_that(_test),
    examples=(
        """
- 1.2K views
- 45 partages
  The council voted on Tuesday to keep the old bridge open for another two years.
- 17 likes
- Aufrufe: 200
""",
        """
  14 votes
  45 minutes
  12 points
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
    ),
    score=0.9,
)
