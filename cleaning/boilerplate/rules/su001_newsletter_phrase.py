"""SU001 newsletter-phrase."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="SU001",
    name="newsletter-phrase",
    kind=Kind.NEWSLETTER,
    scope=Scope.LINE,
    summary="A line that is a prompt to subscribe to a newsletter, or says of a mail why it comes, and how to stop or read it.",
    why="It sells a newsletter, on every page alike; or it stands below every mail of a sender.",
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
  The ferry will run again from Monday, the harbour office said in a letter to all islands.
- You are receiving this email because you signed up at example.org
- Wenn Sie diesen Newsletter nicht mehr erhalten möchten, können Sie ihn hier abbestellen
- Voir dans le navigateur
- 取消订阅
""",
        """
  Sign up for our newsletter, the banner said, and a million people did within a year.
  Newsletters are the last thing that the paper still prints on its own press.
""",
    ),
    score=0.9,
)
