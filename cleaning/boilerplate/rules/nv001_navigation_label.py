"""NV001 navigation-label."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="NV001",
    name="navigation-label",
    kind=Kind.NAVIGATION,
    scope=Scope.LINE,
    summary="A line that is a label of a menu or of the page's furniture.",
    why="It leads elsewhere on the site.",
    risk="A heading or a list item of the story that is one of the labels.",
    source="cleaning/boilerplate/phrases/navigation.tsv",
    find=lines_of_phrases(Kind.NAVIGATION),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Skip to main content
- Back to top
""",
        """
  Back to top form after two lean years, the team won both of its matches in May.
""",
    ),
    score=0.9,
)
