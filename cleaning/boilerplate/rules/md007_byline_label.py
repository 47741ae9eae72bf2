"""MD007 byline-label."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.bylines import parse_byline
from cleaning.records import Kind, Mark

# A name that stands below its label has no more words.
_NAME_WORDS = 4


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.listed:
        phrase = line.phrase_of(Kind.BYLINE)
        is_edge = not page.first_prose <= line.index < page.last_prose
        # Between paragraphs "By" can be a piece of a broken sentence; "Written by" cannot.
        if not phrase or not (is_edge or " " in phrase):
            continue
        below = _name_below(line, page) if is_edge else None
        if below is None:
            yield Span(line.start, line.end, f"a byline that names nobody: {phrase!r}")
        else:
            yield Span(line.start, below.end, f"a byline: {phrase!r}, and the name below it")


def _name_below(label: Line, page: Page) -> Line | None:
    """The line below a label such as "Written by", where it is the name that the label waits for."""
    if label.index + 1 >= len(page.lines):
        return None
    line = page.lines[label.index + 1]
    if page.first_prose <= line.index <= page.last_prose or not 2 <= line.n_words <= _NAME_WORDS or line.ends_sentence:
        return None
    return line if parse_byline(f"{label.text} {line.text}") else None


RULE = Rule(
    code="MD007",
    name="byline-label",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A line above or below the story that says that staff, agencies or a correspondent wrote it.",
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
- Von unserer Redaktion
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
  By staff writers and engineers alike the bridge was said to be safe until the night of the flood.
""",
    ),
)
