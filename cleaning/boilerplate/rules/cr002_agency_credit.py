"""CR002 agency-credit."""

from cleaning.boilerplate.finders import credit_lines, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.credits import is_made_by, parse_credit_line
from cleaning.records import Kind


def _test(line: Line, page: Page) -> str | None:
    found = parse_credit_line(line.text)
    if found is None or (page.first_prose < line.index < page.last_prose and is_made_by(line.text)):
        return None
    return f"a credit that names {', '.join(found[0])}" if found[0] and not found[1] else None


RULE = Rule(
    code="CR002",
    name="agency-credit",
    kind=Kind.AGENCY_CREDIT,
    scope=Scope.LINE,
    summary="A line that credits news agencies, and nobody else, with the reporting.",
    why="It says where the text came from; that is the column agencies, not the story.",
    risk="A line that lists only agencies as the people who reported something in the story.",
    source="seeds/000_1378d33102b1ddb1.txt",
    find=lines_where(_test, credit_lines),
    examples=(
        """
  Putin also met the leaders of Kyrgyzstan, Turkmenistan, Iran, and Pakistan on the sidelines.
- With reporting by TASS and Interfax
""",
        """
  Der Minister wollte sich am Donnerstag nicht zu den Vorwürfen der Opposition äußern.
- Mit Material von dpa und AFP
""",
        """
  With reporting by hand came errors, and the agency stopped taking such calls in 1994.
  Reuters and the AP contributed money to the fund for the families of reporters.
""",
    ),
)
