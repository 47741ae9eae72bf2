"""AD001 ad-marker."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="AD001",
    name="ad-marker",
    kind=Kind.ADVERTISEMENT,
    scope=Scope.LINE,
    summary="A line that marks the place of an advertisement.",
    why="The advertisement is gone, its marker says nothing.",
    risk="A heading 'Advertising' in a story about it.",
    source="cleaning/boilerplate/phrases/advertisement.tsv",
    find=lines_of_phrases(Kind.ADVERTISEMENT),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Advertisement
- Anzeige
- Publicidad
""",
        """
  Advertisement is too grand a word for what hung in the window of the shop that year.
""",
    ),
    score=0.9,
)
