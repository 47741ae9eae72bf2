"""LG002 legal-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="LG002",
    name="legal-phrase",
    kind=Kind.COPYRIGHT,
    scope=Scope.LINE,
    summary="A line that is a label of a legal page or a bare notice of rights.",
    why="It stands on every page of the site.",
    risk="A heading of a story about such pages.",
    source="cleaning/boilerplate/phrases/copyright.tsv",
    find=lines_of_phrases(Kind.COPYRIGHT),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- All rights reserved
- Terms of Use
- Impressum
""",
        """
  Privacy policy is made in Brussels these days, and the companies know it well enough.
""",
    ),
    score=0.9,
)
