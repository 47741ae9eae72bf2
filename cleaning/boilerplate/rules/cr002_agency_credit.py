"""CR002 agency-credit."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import credit_lines, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.credits import parse_credit_line
from cleaning.names import find_agencies, places
from cleaning.records import Kind, Mark

# An agency's name of two letters may be anything: "PA", "AA".
_MIN_NAME_CHARS = 3
_MAX_NAME_WORDS = 5


def _is_agency(line: Line) -> bool:
    """Is the line nothing but names of agencies?"""
    if line.n_words > _MAX_NAME_WORDS:
        return False
    text = line.text.strip(" -–—*./|")
    if len(text) < _MIN_NAME_CHARS:
        return False
    place, _, behind = text.partition(" - ")
    return bool(find_agencies(behind if place.casefold() in places() else text))


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    yield from _find_credits(page, marks)
    for line in page.lines_that(_is_agency):
        is_outside = page.last_prose >= 0 and not page.first_prose < line.index < page.last_prose
        if is_outside and not _says_who_wrote(page, line):
            yield Span(line.start, line.end, "names an agency and nothing else, above or below the story")


def _says_who_wrote(page: Page, line: Line) -> bool:
    """Does the line name, behind a dash, the paper that the line above it quotes? "–The Times" below a blurb."""
    if line.index == 0 or line.text[0] not in "–—-" or line.text.strip("–—- ").isupper():
        return False
    return page.lines[line.index - 1].text[-1] in '"”“’»'


def _test(line: Line, page: Page) -> str | None:
    found = parse_credit_line(line.text)
    if found is None or _says_who_wrote(page, line):
        return None
    return f"a credit that names {', '.join(found[0])}" if found[0] and not found[1] else None


_find_credits = lines_where(_test, credit_lines)

RULE = Rule(
    code="CR002",
    name="agency-credit",
    kind=Kind.AGENCY_CREDIT,
    scope=Scope.LINE,
    summary="A line that credits news agencies, and nobody else, with the reporting; above or below the story their names alone.",
    why="It says where the text came from; that is the column agencies, not the story.",
    risk="A line that lists only agencies as the people who reported something in the story.",
    source="seeds/000_1378d33102b1ddb1.txt",
    find=_find,
    examples=(
        """
  Putin also met the leaders of Kyrgyzstan, Turkmenistan, Iran, and Pakistan on the sidelines.
- With reporting by TASS and Interfax
""",
        """
  Der Minister wollte sich am Donnerstag nicht zu den Vorwürfen der Opposition äußern.
- Mit Material von dpa und AFP
  Die Sitzung endete nach fünf Stunden, ohne dass eine Entscheidung gefallen wäre, am frühen Abend.
- Quelle: dpa
- (dpa/lby)
  Am Freitag will der Ausschuss noch einmal über den Antrag der Opposition beraten, sagte sie.
- Anadolu Ajansı
""",
        """
  With reporting by hand came errors, and the agency stopped taking such calls in 1994.
  Reuters and the AP contributed money to the fund for the families of reporters.
""",
    ),
)
