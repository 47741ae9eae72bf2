"""ME006 image-name."""

import re

from cleaning.boilerplate.finders import lines_that, word_set
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".heic", ".bmp", ".tif", ".tiff")
_FILE = re.compile(r"[\w()%+., -]{1,80}\.\w{3,4}")
_LOGO = frozenset(("logo", "logotype", "logotipo"))
_LOGO_WORDS = 5
# A story about logos has headings such as "Designing a logo" or "Your first logo"; a logo's name is that of a company.
_NO_NAMES = word_set(
    """a an the your our my his her their this that these those another every each how why what when where is of and
    or in for with to on from without new old first best good great bad final custom company business brand free
    design designing create creating choose choosing make making change changing use der die das ein eine dein ihr
    neues le la un una el il o um het een"""
)


def _test(line: Line) -> str | None:
    text = line.text
    if text.lower().endswith(_ENDINGS) and _FILE.fullmatch(text.lstrip("*•·- ")):
        return f"the name of a file: {text[:60]!r}"
    words = line.words
    if 2 <= len(words) <= _LOGO_WORDS and words[-1] in _LOGO and not line.ends_sentence:
        return (
            None if line.text.endswith(":") or not _NO_NAMES.isdisjoint(words) else f"the name of a logo: {text[:60]!r}"
        )
    return None


RULE = Rule(
    code="ME006",
    name="image-name",
    kind=Kind.MARKUP,
    scope=Scope.LINE,
    summary="A line that is the name of an image: 'Acme logo', 'bridge-2024.jpg'.",
    why="It stands for a picture that a text cannot show.",
    risk="A list of files, or a heading about a company's logo.",
    source="names of images on 115 sites of the residual benchmark's development pages: 374 lines, no content among them",
    find=lines_that(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Acme Steel logo
- bridge-in-winter.jpg
  Engineers had asked for three times the money that they were given, and for more time.
""",
        """
  Designing a logo
  The council paid a painter for it, and the logo has been on the town's letters since 1954.
  Why the company changed its logo
  Nobody remembers who asked for the old one to go, and the file was called logo.png all along.
""",
    ),
)
