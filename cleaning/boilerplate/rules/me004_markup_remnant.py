"""ME004 markup-remnant."""

import re

from cleaning.boilerplate.finders import holds, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_REMNANT = re.compile(
    r"""(?: \[/?(?:caption|embed|gallery|video|audio|playlist|img|image|quote|url|b|i|u|center|youtube|tweet|twitter|instagram|vc_\w+|et_pb_\w+
            |su_\w+|shortcode|contact-form(?:-7)?|sc|adrotate|ads?|more|related|newsletter)\b[^\]\n]{0,300}\][^\[\]\n]{0,10}
        | \[\w[\w-]{2,40}(?:\s\w{2,20}=(?:["'“”″][^\]\n]{0,200}|\d{1,12}))\]
        | (?:[*•-]\s)?(?:_|__|____)$ | Placeholder(?:\s(?:image|text))?(?:-\d+)?$ | \[email\s?protected\] | \[embed\]\S{4,200}\[/embed\] | <!--[^\n]{0,200}?-->? | <(?:/(?:p|div|span|b|i|em|strong|center|font|iframe|script|style|a|figure|blockquote)|(?:br|p|div|span|font|hr|iframe|script|style|a|img|figure|blockquote)\b[^<>\n]{0,200}[=/][^<>\n]{0,200})>
        | &(?:nbsp|amp|quot|lt|gt|hellip|\#\d{2,5});? | \{\{\s?[\w.|' -]{1,60}\s?\}\} | \{%[^%\n]{1,120}%\}
        | (?:window\.)?(?:dataLayer|googletag|_taboola|adsbygoogle|OBR|gtag|fbq|__tcfapi|pbjs|_gaq|ga|twttr)\b\s*(?:[.=(\[|]|\|\|)[^\n]{0,300}
        | (?:\$|jQuery)\(\s?(?:document|window|function)[^\n]{0,200} | googletag\.cmd\.push[^\n]{0,200} | window\.\w{2,40}\s?=\s?window\.\w{2,40}[^\n]{0,120}
        | if\s?\(\s?typeof\s[^\n]{0,200} | \(function\s?\([^\n]{0,300} | var\s_\w{1,30}\s?=\s?[^\n]{1,200};
        | @media\s[^\n]{0,120}\{ | [.\#][\w-]{2,40}\s?\{[^\n]{0,200}\}? )\s*""",
    re.VERBOSE,
)
_SIGNS = ("[", "<", "&", "{", "$", ";", "(", "_", "laceholder")
# What the patterns above start with.
_FIRST = frozenset("[<&{$(@.#_*•-OPadfgijpvwt")
# A page about code is full of such lines, and they are its story: 3 of 4 news pages with remnants have three or fewer.
_MOST = 4
_MAX_CHARS = 400


def _is_remnant(line: Line) -> bool:
    text = line.text
    if text[0] not in _FIRST or len(text) > _MAX_CHARS or not holds(text, _SIGNS):
        return False
    position = 0
    while position < len(text):
        match = _REMNANT.match(text, position)
        if match is None or match.end() == position:
            return False
        position = match.end()
    return True


def _test(line: Line, page: Page) -> str | None:
    near = range(line.index - 30, line.index + 30)
    if sum(other.index in near for other in page.lines_that(_is_remnant)) > _MOST:
        return None
    beside = [page.lines[i] for i in (line.index - 1, line.index + 1) if 0 <= i < len(page.lines)]
    is_code = any(_looks_like_code(other) for other in beside)
    return None if is_code else f"markup that a page shows by mistake: {line.text[:40]!r}"


def _looks_like_code(line: Line) -> bool:
    return line.text[-1] in "{};" or line.text.startswith(("<", "$", "//", "import ", "def ", "const ", "let "))


RULE = Rule(
    code="ME004",
    name="markup-remnant",
    kind=Kind.MARKUP,
    scope=Scope.LINE,
    summary="A line of shortcodes, tags, entities, placeholders or tracking script that was meant for the page, not for readers.",
    why="It is no text.",
    risk="A single line of code in a story about code.",
    source="shortcodes and script lines of the residual benchmark's development pages",
    find=lines_where(_test, lambda page: page.lines_that(_is_remnant)),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- [caption id="attachment_214" align="alignnone" width="640"]
  Engineers had asked for three times the money that they were given, and for more time.
- window.dataLayer = window.dataLayer || [];
- [email protected]
- [newsletterkit form=1630175]
""",
        """
- [share-buttons app="all" id="17"]
  The vote is expected in the first week of May, two people close to the talks said.
- Placeholder image-1
- __
""",
        """
  A list starts with this tag, and the browser shows a dot before each item of it:
  <ul>
  <li>Bread</li>
  </ul>
  [1] The figures are those of the council, which it published on the day before the vote.
  [tags]
  ___
  Placeholder texts are what the town wants to do without.
""",
    ),
)
