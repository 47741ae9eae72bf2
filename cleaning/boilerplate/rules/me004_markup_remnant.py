"""ME004 markup-remnant."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import holds, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_TAG = (
    r"(?:p|div|span|b|i|u|em|strong|center|font|iframe|script|noscript|style|a|br|hr|img|figure|figcaption|blockquote|section"
    r"|ul|ol|li|table|tr|td|h[1-6]|video|audio|source|object|embed|param)"
)
_SHORTCODE = (
    r"(?:caption|embed|gallery|video|audio|playlist|img|image|quote|url|b|i|u|center|youtube|tweet|twitter|instagram|vc_\w+|et_pb_\w+"
    r"|su_\w+|shortcode|contact-form(?:-7)?|sc|adrotate|ads?|more|read\smore|related|newsletter|sidebar|promo|toc|divider|spacer"
    r"|pullquote|spoiler|addtoany|slider|widget|button|columns?|row)"
)
# "[inline-ad]", but not "[tur-ji-ver]", which says how a word sounds.
_PARTS = r"(?:ads?|adverts?|banner|gallery|form|share|social|posts?|related|newsletter|signup|author|views|embed|promo|inline|shortcode)"
_REMNANT = re.compile(
    rf"""(?: \[embed\]\S{{4,200}}\[/embed\] | \[/?{_SHORTCODE}\b[^\]\n]{{0,300}}\][^\[\]\n]{{0,10}}
        | \[\w[\w-]{{2,40}}(?:\s\w{{2,20}}=(?:["'“”″][^\]\n]{{0,200}}|\d{{1,12}}))\]
        | \[/?[A-Za-z]\w{{0,30}}_[\w-]{{1,30}}\] | \[/?(?:[A-Za-z]{{2,12}}-)?{_PARTS}(?:-[A-Za-z]{{2,12}})?(?:[_-]\d{{1,3}})?\] | \[\[[\w{{][^\]\n]{{0,30}}:[^\]\n]{{1,200}}\]\] | \[object\sObject\] | undefined$
        | !?(?:\[\])?\(https?://[^\s)]{{4,300}}\)
        | (?:[*•-]\s)?(?:_|__|____)$ | Placeholder(?:\s(?:image|text))?(?:-\d+)?$ | Lorem\sipsum\b[^\n]{{0,380}} | \#{{3,20}}$
        | \[email\s?protected\] | <!--[^\n]{{0,200}}?-->? | (?://\s?)?<!\[CDATA\[ | (?://\s?)?\]\]> | -->$
        | </?{_TAG}(?:\s[^<>\n]{{0,200}})?/?> | &lt;/?{_TAG}\b[^<>&\n]{{0,200}}&gt;
        | &(?:amp;)?(?:nbsp|amp|quot|lt|gt|hellip|copy|raquo|laquo|ndash|mdash|[lr][sd]quo|zwnj|shy|\#\d{{2,5}});?
        | \{{\{{[\#/>!&]?\s?[\w.|' -]{{1,60}}\s?\}}\}} | \{{%[^%\n]{{1,120}}%\}} | \$?\{{[a-z]\w{{0,20}}[_.]\w{{1,20}}\}} | \$\{{\w{{2,30}}\}}
        | <%[^%\n]{{1,120}}%> | <\?(?:php|=)[^\n]{{0,200}}\?> | %%\w{{2,40}}%% | @@\w{{2,40}}@@ | \{{"@context"[^\n]{{0,380}}
        | \(?(?:window\.)?(?:dataLayer|googletag|_taboola|adsbygoogle|OBR|gtag|fbq|__tcfapi|pbjs|_gaq|ga|twttr|googlefc)\b\s*(?:[.=(\[|]|\|\|)[^\n]{{0,300}}
        | (?:\$|jQuery)\(\s?(?:document|window|function)[^\n]{{0,200}} | document\.write(?:ln)?\([^\n]{{0,300}} | window\.\w{{2,40}}\s?=\s?window\.\w{{2,40}}[^\n]{{0,120}}
        | if\s?\(\s?typeof\s[^\n]{{0,200}} | [(!]function\s?\([^\n]{{0,300}} | var\s(?:_\w{{1,30}}|\w{{0,20}}(?:[aA]d[sS]|Slot|slot|gpt|dfp|disqus)\w{{0,20}})\s?=\s?[^\n]{{1,200}};
        | @media\s[^\n]{{0,120}}\{{ | @import\s(?:url\(|["'])[^\n]{{1,200}} | data-(?:src|url|id)="[^"\n]{{1,300}}" | [.\#][\w-]{{2,40}}\s?\{{[^\n]{{0,200}}\}}? )\s*""",
    re.VERBOSE,
)
_SIGNS = (
    "[",
    "<",
    "&",
    "{",
    "$",
    ";",
    "(",
    "_",
    "laceholder",
    "###",
    "%%",
    "@@",
    ">",
    "Lorem ipsum",
    "undefined",
    "data-",
)
# What the patterns above start with.
_FIRST = frozenset("[<&{$(@.#_*•-OPLadfgijpvwtu!/]%")
# A page about code is full of such lines, and they are its story: 3 of 4 news pages with remnants have three or fewer.
_MOST = 4
_MAX_CHARS = 400
_SEPARATOR = re.compile(r"[-–—_*=~·•#]{2,100}|(?:[-–—_*=~·•#]\s){1,40}[-–—_*=~·•#]")


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
    # "… which is written like this:"
    is_announced = line.index > 0 and beside[0].text.endswith((":", "："))
    is_code = is_announced or any(_looks_like_code(other) for other in beside)
    return None if is_code else f"markup that a page shows by mistake: {line.text[:40]!r}"


def _edges(page: Page) -> Sequence[Line]:
    """The first and the last line, where a paragraph is beside them: what ends a list may be of it."""
    beside = zip(page.lines[:1] + page.lines[-1:], page.lines[1:2] + page.lines[-2:-1], strict=False)
    return [line for line, other in beside if other.is_prose]


def _test_edge(line: Line, _: Page) -> str | None:
    """What parted a block that is gone from the story."""
    return f"a separator with nothing behind it: {line.text!r}" if _SEPARATOR.fullmatch(line.text) else None


_find_remnants = lines_where(_test, lambda page: page.lines_that(_is_remnant))
_find_separators = lines_where(_test_edge, _edges)


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    yield from _find_remnants(page, marks)
    yield from _find_separators(page, marks)


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
    find=_find,
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
  The council voted on Tuesday to keep the old bridge open for another two years.
  ***
  The vote is expected in the first week of May, two people close to the talks said.
- * * *
""",
        """
- <p>&nbsp;</p>
  The vote is expected in the first week of May, two people close to the talks said.
- {{#if premium}}
- [inline-ad]
- ###
  [tur-ji-ver]
""",
        """
  A picture of the bridge is shown by one tag, with the address of the file and the words for those who do not see it:
  <img src="bridge.png" alt="The old bridge">
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
