"""ME001 photo-caption."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_PLACE_IN_PICTURE = re.compile(
    r"\((?:(?:far\s+)?(?:left|right|cent(?:er|re)|l|r|c)|top|bottom|above|below|pictured"
    r"|(?:second|third|fourth)\s+(?:from\s+)?(?:left|right)|(?:from\s+)?(?:left|right)\s+to\s+(?:left|right))\)",
    re.IGNORECASE,
)
# Captions tell in the present tense what can be seen; the story tells it in the past.
_SEEN = re.compile(
    r"\b(?:poses?|(?:is|are)\s+(?:seen|pictured|shown)|shakes?\s+hands|speaks?|attends?|walks?|looks?\s+on|arrives?|listens?"
    r"|stands?|sits?|waves?|smiles?|greets?|holds?|meets?|embraces?|gestures?|addresses|hugs?|chats?|talks?|takes?\s+part)\b"
)
_CREDIT_AT_END = re.compile(
    r"""(?: \((?:ap|afp|reuters|photo|file|image|picture|credit|epa|getty|pa|courtesy)\b[^()]{0,80}\)
        | \b(?:getty\s+images|ap\s+photo|shutterstock|picture\s+alliance|alamy|imago|epa-efe|zuma\s+press)(?:\s*/\s*[\w\s-]{0,40})?
        | \b(?:REUTERS|AFP|EPA|AP)\s?/\s?[^\W\d_][\w.\s'’-]{1,40} | /\s?(?:getty|afp|reuters|ap|epa|dpa)(?:\s+\w+)?
        )[.\])]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(
    r"""[\[(]?\s*(?:file\s+)?(?:photo(?:graph)?|image|picture|foto|fotos|bild|fotografía|imagen|imagem|crédito|crédit\s+photo|fot\.|фото
        |photo\s+credit|image\s+credit|bildquelle|写真|사진)(?:\s+(?:by|courtesy\s+of|from))?\s*[:：=/]\s*\S[^.!?]{0,100}[.\])]*$
        |[\[(]\s*(?:photo|image|picture)\s+(?:by|courtesy\s+of)\s+[^()\[\]]{2,100}[\])]\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_WORDS = 60


def _test(line: Line, _: Page) -> str | None:
    if line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return None
    label = _LABEL.match(line.text)
    if label:
        return f"a picture credit: {label.group(0)[:40]!r}"
    credit = _CREDIT_AT_END.search(line.text)
    if credit:
        return f"ends with a picture credit: {credit.group(0)!r}"
    place, seen = _PLACE_IN_PICTURE.search(line.text), _SEEN.search(line.text)
    if place and seen:
        return f"says who stands where: {place.group(0)!r}, and what is seen: {seen.group(0)!r}"
    return None


RULE = Rule(
    code="ME001",
    name="photo-caption",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A line that describes or credits a picture that the text does not hold.",
    why="Without its picture it interrupts the story; it is kept in the column captions.",
    risk="A sentence of the story in the present tense that uses '(left)' or ends with an agency's name in brackets.",
    source="seeds/000_1378d33102b1ddb1.txt; phrases/caption.tsv",
    find=lines_where(_test),
    examples=(
        """
- Chinese President Xi Jinping (left) and Russian President Vladimir Putin pose for a photo in Samarkand.

  Chinese leader Xi Jinping has expressed concerns over the war during a meeting with the president.
""",
        """
- Smoke rises over the harbour on Tuesday. (AP Photo/Jane Doe)
- Foto: dpa
- The old bridge in May. Photo: Jane Doe/Getty Images
  The harbour was closed for two days, and ships had to wait off the coast until Thursday.
""",
        """
  The minister (left) no doubt that he would resign, said a person who was in the room.
  In the photo she poses with her brother, whom she had not seen since the war began.
  Image: it is what the ministry cares about most. It spent two million on it last year.
""",
    ),
)
