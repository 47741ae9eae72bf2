"""MD003 byline."""

import re

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.bylines import parse_byline, parse_name_in_place, parse_name_with_role
from cleaning.dates import find_date
from cleaning.records import Kind

_MAX_WORDS, _MAX_CHARS = 16, 140
# Where another paper's story, or a guest's, says for whom it was written.
_FOR_US = re.compile(r"(?:Special|SPECIAL) (?:to|TO) (?:[Tt]he |THE )?(?:[A-Z][\w’'.-]*\s?){1,4}")


def _test(line: Line, page: Page) -> str | None:
    near_end = line.index > page.last_prose
    if line.n_words > _MAX_WORDS or not (line.index < page.first_prose or near_end) or page.last_prose < 0:
        return None
    if len(line.text) > _MAX_CHARS or line.ends_sentence:
        return None
    if line.text[:8].casefold() == "special " and _FOR_US.fullmatch(line.text):
        return f"for whom the text was written: {line.text!r}"
    names = parse_byline(line.text) or parse_name_with_role(line.text)
    if names is None and (names := parse_name_in_place(line.text)) and not _may_stand(page, line):
        names = parse_name_in_place(line.text, is_dated=False)
    return f"a byline that names {', '.join(names)}" if names else None


def _may_stand(page: Page, line: Line) -> bool:
    """Does the line stand above the story, beside a date, and not first? Else "Jane Doe in Paris" may be a headline."""
    beside = page.lines[line.index - 1 : line.index + 2] if 0 < line.index < page.first_prose else ()
    return any(find_date(other.text) for other in beside if other is not line)


RULE = Rule(
    code="MD003",
    name="byline",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A line above the story, or its last one, that says who wrote it.",
    why="It is the column authors.",
    risk="A short line at the top that starts with 'By' and two capitalised words that are no name.",
    source="100 of 709 pages of the residual benchmark's development part start with such a line",
    find=lines_where(_test, lambda page: page.edges),
    examples=(
        """
- By Jane Doe and John Q. Public

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- Von Erika Mustermann
- Text: Karl von Habersath

  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
- Jane Doe, Politics correspondent
- Jane Doe Political Correspondent
- By Jane Doe | Example News
- By Jane Doe, PhD, on May 3, 2024
- 김민지 기자 jane.doe@example.com
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  The bridge that stays
- Jane Doe in New Delhi
  May 3, 2024
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Iberian Wines in Berlin

  By Monday

  By Monday Morning the water had reached the second floor, and nobody was left in the house.
""",
    ),
)
