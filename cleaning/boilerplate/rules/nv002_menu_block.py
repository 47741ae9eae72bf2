"""NV002 menu-block."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.bylines import parse_any_byline
from cleaning.date_words import is_day
from cleaning.records import Kind, Mark

# Entries of menus have at most so many words in 98 of 100 runs of the residual benchmark's development pages.
_MAX_ENTRY_WORDS, _MAX_ENTRY_CHARS = 4, 40
_MIN_ENTRIES, _MIN_LISTED = 4, 3
_LABELS = frozenset(
    {Kind.NAVIGATION, Kind.SECTION_LABEL, Kind.COPYRIGHT, Kind.PAYWALL, Kind.SHARE, Kind.NEWSLETTER, Kind.COOKIE_NOTICE}
)


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    around = [line for line in page.lines if not page.first_prose <= line.index <= page.last_prose]
    if page.last_prose < 0 or len(page.listed) < _MIN_LISTED:
        return
    for is_entry, group in groupby(around, key=_is_entry):
        run = list(group)
        if not is_entry or len(run) < _MIN_ENTRIES:
            continue
        listed = [line for line in run if _is_label(line)]
        if len(listed) < _MIN_LISTED or 2 * len(listed) < len(run):
            continue
        # What stands between the first and the last label is of the menu; beside them may stand a title.
        for line in run[run.index(listed[0]) : run.index(listed[-1]) + 1]:
            yield Span(line.start, line.end, f"one of {len(run)} short lines, {len(listed)} of them labels of a menu")


def _is_entry(line: Line) -> bool:
    if len(line.text) > _MAX_ENTRY_CHARS or line.n_words > _MAX_ENTRY_WORDS or line.ends_sentence:
        return False
    # Behind a menu stands the head of the story: its title, "Text: Jane Doe" and "Published 12 June 2022".
    return line.n_words < 2 or not (is_day(line.text) or parse_any_byline(line.text))


def _is_label(line: Line) -> bool:
    return any(row.kind in _LABELS and row.use != "lead" for row in line.phrases)


RULE = Rule(
    code="NV002",
    name="menu-block",
    kind=Kind.NAVIGATION,
    scope=Scope.LINE,
    summary="A run of short lines above or below the story, most of them names of sections or labels of a menu.",
    why="A menu lists the site, not the story.",
    risk="A list in a text without prose that consists of such names.",
    source="menus of the residual benchmark's development pages",
    find=_find,
    examples=(
        """
- Home
- Politics
- Sport
- Bridge Watch
- Culture

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- Politik
- Wirtschaft
- Brückenwetter
- Impressum
""",
        """
- Home
- Politics
- Sport
- Sign in
  The bridge that nobody wanted
  Text: Jane Doe
  Published 12 June 2022
  Share
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  Bread
  Butter
  Two onions
  Salt and pepper
  Fry the onions in butter for ten minutes, put them on the bread, and eat it while it is hot.
""",
    ),
)
