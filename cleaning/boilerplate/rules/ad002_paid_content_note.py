"""AD002 paid-content-note."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="AD002",
    name="paid-content-note",
    kind=Kind.SPONSORED,
    scope=Scope.LINE,
    summary="A line that discloses paid or affiliate content.",
    why="It speaks of the page, not of the story.",
    risk="A disclosure that is itself the news.",
    source="cleaning/boilerplate/phrases/sponsored.tsv",
    find=lines_of_phrases(Kind.SPONSORED),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- This post contains affiliate links
""",
        """
  This post contains affiliate links was the only line that the regulator had asked for.
""",
    ),
    score=0.9,
)
