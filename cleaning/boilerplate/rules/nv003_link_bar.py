"""NV003 link-bar."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaning.boilerplate.finders import holds, lines_that
from cleaning.boilerplate.phrases import LINE_USES, find_phrases, phrase_table
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_SPLIT = re.compile(r"\s*[|>»›→·•｜＞]\s*|\s+[/–—-]\s+|\s*/\s+|\s{3,}")
_SIGNS = ("|", ">", "»", "›", "→", "·", "•", "｜", "＞", "/", " – ", " — ", " - ", "   ")
_MAX_CHARS, _MAX_ENTRY_WORDS = 240, 4
# Numbers of pages and dots of sliders: 655 labelled lines, none of them content; "3 of 57": 50 of 18 sites, none.
_PAGE = re.compile(
    r"[*•·+-] \d{1,2}|\W{0,2}\d{1,3} (?:of|/|von|sur|de|di|van|z|av|af|iz|из) \d{1,3}(?: \|)?|\[\d{1,3}/\d{1,3}\]"
)
_MAX_PAGE_CHARS = 20
# The first step of a trail whose second one is the next line: 128 labelled lines, none of them content.
_FIRST_STEP = re.compile(
    r"1\. (?:Home(?:page)?|Startseite|Accueil|Inicio|Início|Strona główna|Hem|Hjem|Etusivu|Forside)"
)
# Above the first paragraph a trail needs no label: 15 labelled lines of 14 sites are boilerplate, one is content, a trail too.
_TRAIL = re.compile(r"[^\W\d_][^>»›|]{1,40}(?:\s[>»›＞]\s[^>»›＞|]{2,40}){2,6}")
_LABELS = frozenset(
    {
        Kind.NAVIGATION,
        Kind.SECTION_LABEL,
        Kind.COPYRIGHT,
        Kind.PAYWALL,
        Kind.SHARE,
        Kind.NEWSLETTER,
        Kind.COOKIE_NOTICE,
        Kind.ADVERTISEMENT,
    }
)


def _test(line: Line) -> str | None:
    text = line.text
    if len(text) <= _MAX_PAGE_CHARS and _PAGE.fullmatch(text):
        return f"the number of a page or of a picture: {text!r}"
    # "« Tout accepter » et « Tout refuser »": a story names two buttons.
    if not 5 < len(text) <= _MAX_CHARS or line.ends_sentence or "«" in text:
        return None
    has_sign = holds(text, _SIGNS)
    parts = [part for part in _SPLIT.split(text) if part] if has_sign else []
    if len(parts) < 2:
        parts = _words_as_labels(line)
    if len(parts) < 2 or any(len(part.split()) > _MAX_ENTRY_WORDS for part in parts[:-1]):
        return None
    listed = [part for part in parts if _is_label(part)]
    if len(listed) < 2 and not (listed and listed[0] == parts[0] and ">" in text.replace("›", ">").replace("»", ">")):
        return None
    return f"{len(listed)} of {len(parts)} parts are labels of a menu" if 2 * len(listed) >= len(parts) else None


def _words_as_labels(line: Line) -> list[str]:
    """The words of a line of which each is a label: "Share Print Email"."""
    words = line.text.split() if len(line.text) <= 100 else []
    if not 3 <= len(words) <= 12 or any(word.casefold() not in phrase_table() for word in words):
        return []
    if not all(map(_is_label, words)):
        return []
    # "Home Accessibility Features" may be a heading: three words are a bar of buttons, or they are none.
    buttons = sum(any(row.kind == Kind.SHARE for row in find_phrases(word)) for word in words)
    return words if len(words) > 3 or 2 * buttons >= len(words) else []


def _is_label(part: str) -> bool:
    return any(row.kind in _LABELS and row.use in (*LINE_USES, "start") for row in find_phrases(part))


_bars = lines_that(_test)


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    yield from _bars(page, marks)
    for line in page.lines[: page.first_prose] if page.last_prose >= 0 else ():
        if _TRAIL.fullmatch(line.text) and _test(line) is None:
            yield Span(line.start, line.end, f"a trail above the first paragraph: {line.text[:60]!r}")
    for line, below in pairwise(page.lines):
        if below.text.startswith("2. ") and _FIRST_STEP.fullmatch(line.text):
            yield Span(line.start, line.end, f"the first step of a trail: {line.text!r}")


RULE = Rule(
    code="NV003",
    name="link-bar",
    kind=Kind.NAVIGATION,
    scope=Scope.LINE,
    summary="A breadcrumb trail or its first step, labels of a menu in one line with signs between them, the number of a page.",
    why="It leads through the site.",
    risk="A row of a table whose cells are such labels.",
    source="breadcrumb trails and footers of the residual benchmark's development pages",
    find=_find,
    examples=(
        """
- Home > News > Politics
- Parenting > Toddlers > Sleep
- Startseite / Politik / Ausland
  The council voted on Tuesday to keep the old bridge open for another two years.
- Privacy Policy | Terms of Use | Contact Us | About
- Share Print Email
- • 2
- 3 of 57
- 1 / 7
  Engineers had asked for three times the money that they were given, and for more time.
- 1. Home
  2. Bridges of the north
""",
        """
  Bridge | Built | Cost
  Old Bridge | 1898 | 2.1
  The council voted on Tuesday to keep the old bridge open for another two years.
  Settings > Apps > Show system apps
  Politics - and sport
  3 of 57 bridges
  1/2
""",
    ),
)
