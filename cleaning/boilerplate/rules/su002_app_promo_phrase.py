"""SU002 app-promo-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="SU002",
    name="app-promo-phrase",
    kind=Kind.APP_PROMO,
    scope=Scope.LINE,
    summary="A line that asks the reader to install an app.",
    why="It sells an app, on every page alike.",
    risk="A step of an instruction that is one of the phrases.",
    source="cleaning/boilerplate/phrases/app_promo.tsv",
    find=lines_of_phrases(Kind.APP_PROMO),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Download our app
- Get the app
""",
        """
  Download our app or stand in line, the clinic told patients who had come by bus.
""",
    ),
    score=0.9,
)
