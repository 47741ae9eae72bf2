"""CR007 contributor-tail."""

from cleaning.boilerplate.finders import tails_of
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="CR007",
    name="contributor-tail",
    kind=Kind.CONTRIBUTOR_CREDIT,
    scope=Scope.LINE,
    summary="A credit of people behind the last sentence of a paragraph.",
    why="Its names go to the column contributors; the sentence before it stays whole.",
    risk="A last sentence that says who contributed to a report within the story.",
    source="last paragraphs of agency copy in the stories of the language benchmark",
    find=tails_of(Kind.CONTRIBUTOR_CREDIT, Kind.BYLINE),
    examples=(
        """
- The vote is expected in the first week of May, two people close to the talks said. (Reporting by Jane Doe; Editing by John Roe)
+ The vote is expected in the first week of May, two people close to the talks said.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- The vote is expected in the first week of May. Jane Doe and John Roe contributed to this report.
+ The vote is expected in the first week of May.
""",
        """
  The council voted on Tuesday. Heavy rain and poor maintenance contributed to this report of record losses.
  The book was a success. It was edited by hand over three winters, and sold in forty countries.
""",
    ),
)
