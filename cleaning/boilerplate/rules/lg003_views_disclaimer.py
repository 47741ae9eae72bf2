"""LG003 views-disclaimer."""

import re

from cleaning.boilerplate.finders import lines_that
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

# One of these is among the first words, and one that says whose views they are stands somewhere behind it.
_VIEWS = frozenset(
    (
        "views",
        "opinions",
        "meinungen",
        "ansichten",
        "opinions",
        "propos",
        "opiniones",
        "opinioni",
        "opiniões",
        "meningen",
        "opinie",
        "мнения",
    )
)
_FIRST_WORDS = 7
_EXPRESSED = re.compile(
    r"\b(?:expressed|stated|presented|geäußert\w*|vertreten\w*|exprimé\w*|tenus|expresadas|vertidas|espress[ei]|express[ao]s"
    r"|geuit\w*|wyrażon\w*|выражен\w*)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\b(?:those\sof|(?:his|her|their|my)\sown|own\sviews|solely|necessarily|do(?:es)?\snot\s(?:\w+\s)?(?:reflect|represent)"
    r"|nicht\s(?:\w+\s)?(?:unbedingt|zwangsläufig|notwendigerweise)|engagent\sque|n['’]engagent|ne\sreflètent|no\sreflejan"
    r"|no\snecesariamente|responsabilidad\s(?:exclusiva|única)|non\s(?:\w+\s)?(?:riflettono|rispecchiano|necessariamente)"
    r"|não\s(?:\w+\s)?(?:refletem|necessariamente)|niet\snoodzakelijk\w*|nie\s(?:muszą|odzwierciedlają)|могут\sне\sсовпадать)",
    re.IGNORECASE,
)
_MAX_WORDS = 120


def _test(line: Line) -> str | None:
    words = line.words
    if not 8 <= len(words) <= _MAX_WORDS or _VIEWS.isdisjoint(words[:_FIRST_WORDS]):
        return None
    expressed = _EXPRESSED.search(line.text)
    if expressed is None or not _WHOSE.search(line.text, expressed.end()):
        return None
    return f"says whose views a text holds: {line.text[:60]!r}"


RULE = Rule(
    code="LG003",
    name="views-disclaimer",
    kind=Kind.COPYRIGHT,
    scope=Scope.LINE,
    summary="A notice that the views expressed are those of the author.",
    why="It stands under every text of the site.",
    risk="A sentence of a story that says so of a survey or a letter.",
    source="12 boilerplate lines, no content line, of 5 sites of the residual benchmark's development pages",
    find=lines_that(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- The views expressed in this article are those of the author and do not necessarily reflect those of the paper.
- Die in diesem Beitrag vertretenen Meinungen geben nicht unbedingt die Ansicht der Redaktion wieder.
- Las opiniones expresadas en este artículo no reflejan la postura de este diario.
""",
        """
  The views from the old bridge were those of the mill and of the church behind it, he remembered.
  Opinions expressed in the letters of readers were divided, and the council counted them one by one.
""",
    ),
)
