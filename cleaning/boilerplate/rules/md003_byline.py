"""MD003 byline."""

import re
from collections.abc import Sequence

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.bylines import parse_byline, parse_name_in_place, parse_name_with_role
from cleaning.credits import is_made_by
from cleaning.date_words import is_day
from cleaning.dates import find_date
from cleaning.han_bylines import parse_han_byline
from cleaning.records import Kind

_MAX_WORDS, _MAX_CHARS = 16, 140
_HEAD_LINES, _MAX_INSIDE = 12, 3
# Words that begin a byline wherever it stands; behind "Author:" and "Published by" lists of books name theirs.
_WRITTEN_BY = re.compile(
    r"(?:[Bb]y|BY|(?:Post\s)?(?:[Ww]ritten|Words|Story|Text|Posted|Article|Reported)\s[Bb]y|WRITTEN BY|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af|Przez)\s?(?=[^\W\d_a-z])"
)
# Where another paper's story, or a guest's, says for whom it was written.
_FOR_US = re.compile(r"(?:Special|SPECIAL) (?:to|TO) (?:[Tt]he |THE )?(?:[A-Z][\w’'.-]*\s?){1,4}")


def _candidates(page: Page) -> Sequence[Line]:
    """The lines at the edges, and those of paragraphs that begin as a byline does."""
    begun = page.lines_that(_begins_as_byline)
    inside = [line for line in begun if page.first_prose <= line.index <= page.last_prose]
    # More of them are of the entries of a list.
    return (*page.edges, *inside) if len(inside) <= _MAX_INSIDE else page.edges


def _begins_as_byline(line: Line) -> bool:
    if len(line.text) > _MAX_CHARS or line.n_words > _MAX_WORDS:
        return False
    return _WRITTEN_BY.match(line.text) is not None or (
        not line.text.isascii() and parse_han_byline(line.text) is not None
    )


def _test(line: Line, page: Page) -> str | None:
    if line.n_words > _MAX_WORDS or page.last_prose < 0:
        return None
    if len(line.text) > _MAX_CHARS or (line.ends_sentence and not _WRITTEN_BY.match(line.text)):
        return None
    if page.first_prose <= line.index <= page.last_prose:
        return _inside(line, page)
    if line.text[:8].casefold() == "special " and _FOR_US.fullmatch(line.text):
        return f"for whom the text was written: {line.text!r}"
    names = parse_byline(line.text) or parse_name_with_role(line.text)
    if names is None and (names := parse_name_in_place(line.text)) and not _may_stand(page, line):
        names = parse_name_in_place(line.text, is_dated=False)
    return f"a byline that names {', '.join(names)}" if names else None


def _inside(line: Line, page: Page) -> str | None:
    """A byline below a standfirst, or below the notices of a whole page: among the first lines, or beside a date.

    On the labelled and public pages 51 such lines are metadata, 9 boilerplate, none content; those further down, with no
    date beside them, are credits of books and games as often.
    """
    names = parse_byline(line.text)
    if not names or line.text[-1] == ":":
        return None
    # "… the bridge," / "by Jane Doe" / ", who …": a sentence that was broken at a link.
    below = page.lines[line.index + 1].text if line.text[0].islower() and line.index + 1 < len(page.lines) else "A"
    if below[0].islower() or below[0] in ",.;:'’)":
        return None
    beside = page.lines[line.index - 1 : line.index + 2] if line.index else page.lines[1:2]
    # "Produced by Jane Doe" beside it: the credits of a film.
    if any(is_made_by(other.text) for other in beside if other is not line):
        return None
    is_head = line.index < _HEAD_LINES
    if is_head or any(is_day(other.text) for other in beside if other is not line):
        return f"a byline that names {', '.join(names)}, {'among the first lines' if is_head else 'beside a date'}"
    return None


def _may_stand(page: Page, line: Line) -> bool:
    """Does the line stand above the story, beside a date, and not first? Else "Jane Doe in Paris" may be a headline."""
    beside = page.lines[line.index - 1 : line.index + 2] if 0 < line.index < page.first_prose else ()
    return any(find_date(other.text) for other in beside if other is not line and not other.is_prose)


RULE = Rule(
    code="MD003",
    name="byline",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A line above the story, or its last one, that says who wrote it.",
    why="It is the column authors.",
    risk="A short line at the top that starts with 'By' and two capitalised words that are no name.",
    source="100 of 709 pages of the residual benchmark's development part start with such a line",
    find=lines_where(_test, _candidates),
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
- DE MARIA SILVA
  DE BAKKER BAKING BUNDLE

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  The bridge that stays
- Jane Doe in New Delhi
  May 3, 2024
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- 江州日报全媒体记者 周小琳 实习生 王小鸣
  市议会周二投票决定，在新桥建成之前，旧桥再开放两年，工程师们要求的资金是批准的三倍。
- 采写：江州日报记者 李一民
- 文｜李明 编辑｜王红
""",
        """
  Iberian Wines in Berlin

  By Monday

  By Monday Morning the water had reached the second floor, and nobody was left in the house.
""",
    ),
)
