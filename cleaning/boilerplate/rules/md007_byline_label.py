"""MD007 byline-label."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.listed:
        phrase = line.phrase_of(Kind.BYLINE)
        # Between paragraphs "By" can be a piece of a broken sentence; "Written by" cannot.
        if phrase and (" " in phrase or not page.first_prose <= line.index < page.last_prose):
            yield Span(line.start, line.end, f"a byline that names nobody: {phrase!r}")


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
- Von unserer Redaktion
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
  By staff writers and engineers alike the bridge was said to be safe until the night of the flood.
""",
    ),
)
