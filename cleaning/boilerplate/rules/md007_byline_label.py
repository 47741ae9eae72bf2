"""MD007 byline-label."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.phrases import Phrase
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.bylines import parse_byline
from cleaning.people import given_names
from cleaning.records import Kind, Mark

# A name that stands below its label has no more words.
_NAME_WORDS = 4
# Of a list or a heading.
_SIGN = re.compile(r"^(?:[*•·+–-]|#{1,6})\s+")


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.listed:
        row = line.row_of(Kind.BYLINE)
        if row is None or not _is_label(line, page, row):
            continue
        below = _name_below(line, page, row)
        if below is None:
            yield Span(line.start, line.end, f"a byline that names nobody: {row.phrase!r}")
        else:
            yield Span(line.start, below.end, f"a byline: {row.phrase!r}, and the name below it")


def _is_edge(line: Line, page: Page) -> bool:
    return not page.first_prose <= line.index < page.last_prose


def _is_label(line: Line, page: Page, row: Phrase) -> bool:
    """May the line be a label? Between paragraphs "by" is a piece of a broken sentence; "By" and "Written by" are not.

    Of 590 labelled lines that are a bare "By" or "Von" none is content, nor is one of the 440 names below them; of 112
    that are "by" 13 are. "21:10 Envoyé spécial" is a programme.
    """
    if line.text[0].isdigit():
        return False
    return _is_edge(line, page) or " " in row.phrase or _is_bare(line, row)


def _is_bare(line: Line, row: Phrase) -> bool:
    """Is the line "By" and nothing else? "By:" names the author of each entry in lists of the story."""
    return row.use == "label" and line.text[0].isupper() and line.text.isalpha()


def _name_below(label: Line, page: Page, row: Phrase) -> Line | None:
    """The line below a label such as "Written by", where it is the name that the label waits for."""
    line = page.lines[label.index + 1] if label.index + 1 < len(page.lines) else None
    if line is None or line.ends_sentence:
        return None
    name = _SIGN.sub("", line.text)
    words = len(name.split())
    if not 2 <= words <= _NAME_WORDS and not (words == 1 and name.casefold() in given_names()):
        return None
    is_edge = _is_edge(label, page) and not page.first_prose <= line.index <= page.last_prose
    is_label = " " in row.phrase or _is_bare(label, row)
    below = page.lines[line.index + 1].text if line.index + 1 < len(page.lines) else "A"
    if not is_edge and (not is_label or (row.use == "label" and _goes_on(below))):
        return None
    # One given name is no byline for itself: the second word stands for what a byline has.
    return line if parse_byline(f"{_SIGN.sub('', label.text)} {name}{' Doe' if words == 1 else ''}") else None


def _goes_on(text: str) -> bool:
    """Does the text go on with the sentence of the line above?"""
    return text[0].islower() or text[0] in ",.;'’"


RULE = Rule(
    code="MD007",
    name="byline-label",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A line above or below the story that says that staff, agencies or a correspondent wrote it, or a bare label.",
    why="It stands where the authors' names stand elsewhere.",
    risk="A heading of the story that is one of the phrases.",
    source="cleaning/boilerplate/phrases/byline.tsv",
    find=_find,
    examples=(
        """
- By Staff Writer
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- Written by
- Jane Doe

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- By
- Jane Doe
  The bridge, by
  Charles Roe
  , was opened on a day in May.
  Engineers had asked for three times the money that they were given, and for more time.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Written by:
- * Jane Doe
  Engineers had asked for three times the money that they were given, and for more time.
""",
        """
- Von unserer Redaktion
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
  By staff writers and engineers alike the bridge was said to be safe until the night of the flood.
""",
    ),
)
