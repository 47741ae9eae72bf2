"""SU003 paywall-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="SU003",
    name="paywall-phrase",
    kind=Kind.PAYWALL,
    scope=Scope.LINE,
    summary="A line that asks the reader to sign in or to pay.",
    why="It belongs to the shop, not to the story.",
    risk="A heading that is one of the phrases.",
    source="cleaning/boilerplate/phrases/paywall.tsv",
    find=lines_of_phrases(Kind.PAYWALL),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Already a subscriber?
- Sign in
""",
        """
  Subscribe now or lose the farm was how the bank put it to the members in 1931.
""",
    ),
    score=0.9,
)
