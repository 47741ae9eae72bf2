"""RL003 related-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="RL003",
    name="related-phrase",
    kind=Kind.RELATED_LINKS,
    scope=Scope.LINE,
    summary="A line that is no more than a prompt to read on elsewhere, such as 'Read more'.",
    why="It is a link without its target.",
    risk="A heading of the story that is one of the phrases.",
    source="cleaning/boilerplate/phrases/related_links.tsv",
    find=lines_of_phrases(Kind.RELATED_LINKS),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Read more
- Weiterlesen
- Lire la suite
""",
        """
  Read more and worry less, her teacher had told her on the last day of school.
  Continue reading was all that the note said, and so she did until the morning.
""",
    ),
    score=0.9,
)
