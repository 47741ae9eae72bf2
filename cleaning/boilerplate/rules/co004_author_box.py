"""CO004 author-box."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_MAX_WORDS = 30
# What the box says of the author, and a note below it, are so many paragraphs.
_BOX_PROSE = 3


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.listed:
        phrase = line.phrase_of(Kind.AUTHOR_BIO)
        at_edge = line.index <= page.first_prose or sum(o.is_prose for o in page.lines[line.index + 1 :]) <= _BOX_PROSE
        if phrase and at_edge and line.n_words <= _MAX_WORDS:
            yield Span(line.start, line.end, f"a label of a box about the author: {phrase!r}")


RULE = Rule(
    code="CO004",
    name="author-box",
    kind=Kind.AUTHOR_BIO,
    scope=Scope.LINE,
    summary="A line that heads a box about the author, or leads to their other texts.",
    why="It is about the writer, on every story of theirs alike.",
    risk="A last heading 'About the author' over what the story itself says of one.",
    source="cleaning/boilerplate/phrases/author_bio.tsv",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- About the author: Jane Doe
- More by Jane Doe
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- Über den Autor
- Alle Artikel von Erika Mustermann
""",
        """
  About the author of the letter nothing was known until it was found in an attic in May.
  More by accident than by design, the council kept the bridge open for another two years.
""",
    ),
)
