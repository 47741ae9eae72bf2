"""CR003 contributor-credit."""

from cleaning.boilerplate.finders import credit_lines, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.credits import is_made_by, parse_credit_line
from cleaning.records import Kind

# A list of works names who made each of them, so many times or more.
_MAKERS, _BULLETS = 3, frozenset("-*•·–")


def _test(line: Line, page: Page) -> str | None:
    found = parse_credit_line(line.text)
    if found is None or (page.first_prose < line.index < page.last_prose and is_made_by(line.text)):
        return None
    if line.text[0] in _BULLETS and page.once(_makers) >= _MAKERS and is_made_by(line.text):
        return None
    return f"a credit that names {', '.join(found[1])}" if found[1] else None


def _makers(page: Page) -> int:
    return sum(line.text[0] in _BULLETS and is_made_by(line.text) for line in credit_lines(page))


RULE = Rule(
    code="CR003",
    name="contributor-credit",
    kind=Kind.CONTRIBUTOR_CREDIT,
    scope=Scope.LINE,
    summary="A line that names people who worked on the text beside its author.",
    why="It is a credit: its names go to the columns contributors and agencies.",
    risk="A one-line paragraph that says no more than who contributed to a report within the story.",
    source="seeds/001_169fa4f3fae447bb.txt, seeds/003_20a66667152be587.txt",
    find=lines_where(_test, credit_lines),
    examples=(
        """
  He also met the presidents of Kyrgyzstan, Tajikistan and Turkmenistan on Thursday.
- CNN’s Anna Chernova, Betsy Klein and Ivana Kottasová contributed to this report.
""",
        """
  He is due to arrive in Samarkand on Thursday evening, Indian officials said.
- With additional reporting from Maiqi Ding in Beijing
""",
        """
  The vote is expected in the first week of May, two people close to the talks said.
- Reporting by Jane Doe in Paris; Editing by John Q. Public
""",
        """
  The film opens on Friday, and has been sold to forty countries since it was shown in Venice.
  Written by Aaron Example and Steven Sample
  It tells the story of a bridge, and of the three engineers who gave their lives to keep it open.
""",
        """
  One singer leads the field with five nominations, and the prizes are handed over in November.
  - Harbour Lights in Rain
  - Producer: Jay Roe
  - Old River Road
  - Producers: Dan Doe, Ann Roe
  - Letters to Nobody
  - Producer: Chris Roe
""",
        """
  With additional reporting from the front line, the paper doubled its readers within a year.
  Poor maintenance and heavy rain contributed to this report of record losses in the valley.
  Edited by hand over three winters, the film opens in Berlin on Friday evening.
""",
    ),
)
