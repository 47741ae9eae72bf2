"""NV005 new-window-note."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import holds
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# Screen readers say it behind a link; in a text it stands within the sentence. Reuters writes it without brackets.
_NOTE = re.compile(
    r"""\s?,\sopens\snew\stab\b
      | \s?[(（\[]\s?(?:(?:link\s|this\slink\s)?(?:opens?|will\sopen)\s(?:in\s)?(?:a\s|an?other\s)?new\s(?:browser\s)?(?:tab|window)
            |(?:link\s)?öffnet\s(?:sich\s)?in\s(?:einem\s)?neue[nm]\s(?:browser-?)?(?:tab|fenster)
            |s['’]ouvre\sdans\s(?:une\snouvelle\sfenêtre|un\snouvel\songlet)|(?:nouvelle\sfenêtre|nouvel\songlet)
            |se\sabre\sen\s(?:una\s)?(?:nueva\s)?(?:ventana|pestaña)(?:\snueva)?|abre\s(?:em|numa|em\suma)\snova\s(?:janela|aba|guia)
            |si\sapre\sin\suna\snuova\s(?:finestra|scheda)|opent\sin\s(?:een\s)?nieuw\s(?:venster|tabblad)
            |otwiera\ssię\sw\snow(?:ym\soknie|ej\skarcie)|öppnas\si\s(?:ett\s)?nytt\sfönster|åpnes\si\s(?:et\s)?nytt\svindu|åbner\si\s(?:et\s)?nyt\svindue
            |avautuu\suu(?:dessa|teen)\s\w+|yeni\s(?:sekmede|pencerede)\saçılır|открывается\sв\sновом\s(?:окне|вкладке)|新(?:しい)?(?:ウィンドウ|タブ)で開く)\s?[)）\]]""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENINGS = ("(", "[", "（", ", o", ", O")
# Looked for first: the pattern above begins with a blank that may be missing, and so is tried at every character.
_START = re.compile(
    r"""[,(（\[]\s?(?:open|link|this|will|öffnet|s['’]ouvre|nouvel|se\s|abre|si\s|otwiera|öppnas|åpnes|åbner|avautuu|yeni
        |открывается|新)""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = (
    "new tab",
    "new window",
    "new browser",
    "neue",
    "nouve",
    "nueva",
    "nova ",
    "nuova",
    "nieuw",
    "now",
    "nytt",
    "nyt ",
    "uu",
    "yeni",
    "нов",
    "新",
)


def _has_note(line: Line) -> bool:
    if not line.is_prose or not holds(line.text, _OPENINGS) or not _START.search(line.text):
        return False
    folded = line.text.casefold()
    return any(sign in folded for sign in _SIGNS) and _NOTE.search(line.text) is not None


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines_that(_has_note):
        for match in _NOTE.finditer(line.text):
            yield Span(line.start + match.start(), line.start + match.end(), f"said of a link: {match.group(0)!r}")


RULE = Rule(
    code="NV005",
    name="new-window-note",
    kind=Kind.NAVIGATION,
    scope=Scope.LINE,
    summary="'(opens in new window)' or ', opens new tab' within a sentence; the rest of the line stays.",
    why="It is said to who cannot see the link.",
    risk="A manual that says so in brackets of what happens at a click.",
    source="sentences of stories of reuters.com; the phrases of 440 labelled lines of 43 sites",
    find=_find,
    examples=(
        """
- The report, opens new tab by the council says that the bridge, opens new tab will be closed.
+ The report by the council says that the bridge will be closed.
- The council put the plans (opens in a new tab) on its site on Tuesday, and the mayor signed them.
+ The council put the plans on its site on Tuesday, and the mayor signed them.
""",
        """
  The link opens in a new tab, and the reader has lost the page that they came from.
  The council (opens new window)
  The shop opens new branches in May, the owner said.
""",
    ),
    score=0.95,
)
