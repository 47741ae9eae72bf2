"""SH001 share-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="SH001",
    name="share-phrase",
    kind=Kind.SHARE,
    scope=Scope.LINE,
    summary="A line that is a label of a share or follow button.",
    why="It is a button that lost its page.",
    risk="A list of services by name in a story, one a line.",
    source="cleaning/boilerplate/phrases/share.tsv",
    find=lines_of_phrases(Kind.SHARE),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Share this article
- Share this article on LinkedIn
- Auf Facebook teilen
""",
        """
  Share this article with nobody, the editor wrote above the copy that went to the lawyers.
  Share your drawings of bridges on platforms like LinkedIn, and somebody may ask you for one of them.
""",
    ),
    score=0.9,
)
