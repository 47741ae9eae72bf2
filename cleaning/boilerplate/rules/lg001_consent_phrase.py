"""LG001 consent-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="LG001",
    name="consent-phrase",
    kind=Kind.COOKIE_NOTICE,
    scope=Scope.LINE,
    summary="A line that asks for consent to cookies.",
    why="It belongs to the browser's visit, not to the story.",
    risk="A heading of a story about consent that is one of the phrases.",
    source="cleaning/boilerplate/phrases/cookie_notice.tsv",
    find=lines_of_phrases(Kind.COOKIE_NOTICE),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Accept all cookies
- Alle akzeptieren
""",
        """
  Accept all cookies that the neighbours bring, the new tenants were told with a smile.
""",
    ),
    score=0.9,
)
