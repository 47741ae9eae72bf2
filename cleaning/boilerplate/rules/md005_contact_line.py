"""MD005 contact-line."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{2,30})+|(?<!\w)@\w{3,20}\b|\bhttps?://\S{4,200}")
_LABEL = re.compile(
    r"\b(?:e-?mails?|mail|contact(?:o|ar)?|kontakt|contacter|phone|tel(?:efon|éfono|éphone)?|fax|twitter|facebook|instagram|www|at|via"
    r"|by|or|and|und|et|y|to|the|author|reporter|editor|him|her|us|me|write|schreiben|escriba|follow|on|x)\b\.?",
    re.IGNORECASE,
)
# What may be left of a line that is an address and nothing else: a name.
_MAX_LEFT_WORDS = 3


def _test(line: Line, page: Page) -> str | None:
    at_edge = line.index < page.first_prose or line.index > page.last_prose
    if len(line.text) > MATCH_CHARS or not at_edge or page.last_prose < 0:
        return None
    found = _ADDRESS.search(line.text)
    if found is None:
        return None
    left = re.findall(r"\w+", _LABEL.sub(" ", _ADDRESS.sub(" ", line.text)))
    return f"an address and little else: {found.group(0)[:60]!r}" if len(left) <= _MAX_LEFT_WORDS else None


RULE = Rule(
    code="MD005",
    name="contact-line",
    kind=Kind.CONTACT,
    scope=Scope.LINE,
    summary="A line above or below the story with an e-mail address, an account or a link and little else.",
    why="It leads to the writer or the site, not into the story.",
    risk="The address at the end of an announcement, where readers are to send something.",
    source="author boxes of the residual benchmark's development pages",
    find=lines_where(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Contact the author at jane.doe@example.com
- Twitter: @janedoe
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  Letters to the council about the future of the bridge can be sent until May to bridge@example.com
""",
    ),
)
