"""ME002 picture-credit-label."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="ME002",
    name="picture-credit-label",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A line that is the label or the agency of a picture credit.",
    why="Its picture is gone.",
    risk="A one-word line such as 'Archive' in a list of the story.",
    source="cleaning/boilerplate/phrases/caption.tsv",
    find=lines_of_phrases(Kind.CAPTION),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Getty Images
- Image caption
""",
        """
  Getty Images sued the company in London, where the case is to be heard in the summer.
""",
    ),
    score=0.9,
)
