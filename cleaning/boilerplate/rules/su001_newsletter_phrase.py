"""SU001 newsletter-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="SU001",
    name="newsletter-phrase",
    kind=Kind.NEWSLETTER,
    scope=Scope.LINE,
    summary="A line that is a prompt to subscribe to a newsletter.",
    why="It sells a newsletter, on every page alike.",
    risk="A heading of a story about newsletters that is one of the phrases.",
    source="cleaning/boilerplate/phrases/newsletter.tsv",
    find=lines_of_phrases(Kind.NEWSLETTER),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Sign up for our newsletter
- Jetzt abonnieren
""",
        """
  Sign up for our newsletter, the banner said, and a million people did within a year.
  Newsletters are the last thing that the paper still prints on its own press.
""",
    ),
    score=0.9,
)
