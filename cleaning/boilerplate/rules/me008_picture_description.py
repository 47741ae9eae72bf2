"""ME008 picture-description."""

import re

from cleaning.boilerplate.finders import lines_that, word_set
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

_DESCRIPTION = re.compile(
    r"(?:(?:an?|the)\s)?(?:[\w-]+\s){0,3}(?:illustration|screen\s?shot|photo(?:graph)?|image|diagram|close-?up|infographic"
    r"|collage|flow\s?chart|headshot|rendering)\s(?:of|showing|shows|depicting|depicts|illustrating|displaying)\s\S.*",
    re.IGNORECASE,
)
_PICTURES = word_set(
    """illustration screenshot screen photo photograph image diagram closeup close infographic collage flowchart flow
    headshot rendering"""
)
_FIRST_WORDS = 6  # the picture is named among so many
_N_WORDS = range(5, 36)
# A sentence ends, a heading of a list announces, an item of a list begins with a sign.
_ENDS, _BULLETS = frozenset(".!?:…,;\"”'’"), frozenset("•*·-–—▪►#|")


def _test(line: Line) -> str | None:
    text = line.text
    if line.n_words not in _N_WORDS or text[-1] in _ENDS or text[0] in _BULLETS:
        return None
    if _PICTURES.isdisjoint(line.words[:_FIRST_WORDS]) or not _DESCRIPTION.fullmatch(text):
        return None
    return f"says what a picture shows: {text[:60]!r}"


RULE = Rule(
    code="ME008",
    name="picture-description",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A line that is no sentence and says what a picture shows: 'Illustration of a hand holding a plan', 'Screenshot of the form'.",
    why="It stands for a picture that a text cannot show.",
    risk="A heading such as 'Photo of the year: the old bridge in the fog'.",
    source="labelled lines of the residual benchmark and of public pages: 15 boilerplate on 13 sites, no content",
    find=lines_that(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Illustration of a hand holding a plan in front of the old bridge
- Close-up of the dimpled bread with rosemary
- A black and white photo of the ferry at the pier
- Diagram showing the position of the six piers
  Engineers had asked for three times the money that they were given, and for more time.
""",
        """
  The image of the town has suffered.
  The council voted on Tuesday to keep the old bridge open for another two years.
  Photo of the day
  - Photocopy or photograph of the card that was sent
  The diagram shows what the engineers had found in the spring.
  Screenshots of what they wrote to each other, and what became of it:
""",
    ),
)
