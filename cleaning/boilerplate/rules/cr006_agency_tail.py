"""CR006 agency-tail."""

from cleaning.boilerplate.finders import tails_of
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="CR006",
    name="agency-tail",
    kind=Kind.AGENCY_CREDIT,
    scope=Scope.LINE,
    summary="A credit of agencies behind the last sentence of a paragraph.",
    why="It says where the text came from; the sentence before it stays whole.",
    risk="A bracket with an agency's name that belongs to the sentence, behind its full stop.",
    source="last paragraphs of agency copy in the stories of the language benchmark",
    find=tails_of(Kind.AGENCY_CREDIT),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Engineers had asked for three times the money that they were given. (Reuters)
+ Engineers had asked for three times the money that they were given.
""",
        """
- Der Stadtrat hat am Dienstag beschlossen, die alte Brücke offen zu halten. (dpa/AFP)
+ Der Stadtrat hat am Dienstag beschlossen, die alte Brücke offen zu halten.
- Am Sonntag wird die Brücke neunzig Jahre alt, und der Chor der Stadt singt auf ihr. (dpa/lby)
+ Am Sonntag wird die Brücke neunzig Jahre alt, und der Chor der Stadt singt auf ihr.
- Die Ingenieure hatten das Dreifache des Geldes verlangt, das ihnen am Ende bewilligt wurde. Mit Material von dpa.
+ Die Ingenieure hatten das Dreifache des Geldes verlangt, das ihnen am Ende bewilligt wurde.
""",
        """
  The lawsuit was filed in a London court last year by Getty Images and by Reuters.
  Visitors must show identification (a passport, or a card of the union) at the gate.
  The engineers sold what they knew to two agencies (Reuters and AP), a paper wrote.
""",
    ),
)
