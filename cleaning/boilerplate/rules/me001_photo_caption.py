"""ME001 photo-caption."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.names import agencies
from cleaning.records import Kind

_PLACE_IN_PICTURE = re.compile(
    r"(?-i:[^\W\d_a-z][\w.’'-]*)\s\((?:(?:far\s+)?(?:left|right|cent(?:er|re)|l|r|c)|pictured"
    r"|(?:second|third|fourth)\s+(?:from\s+)?(?:left|right)|(?:from\s+)?(?:left|right)\s+to\s+(?:left|right))\)",
    re.IGNORECASE,
)
# Captions tell in the present tense what can be seen; the story tells it in the past.
_SEEN = re.compile(
    r"\b(?:poses?|(?:is|are)\s+(?:seen|pictured|shown)|shakes?\s+hands|speaks?|attends?|walks?|looks?\s+on|arrives?|listens?"
    r"|stands?|sits?|waves?|smiles?|greets?|holds?|meets?|embraces?|gestures?|addresses|hugs?|chats?|talks?|takes?\s+part)\b"
)
# Letter case counts: "(photo ID or passport)" is of the story. An agency alone, as in "he said. (Reuters)", is the
# credit of a paragraph, and "sold to Shutterstock" its object: a bar or "via" must stand before the name.
_CREDIT_AT_END = re.compile(
    r"""(?: [(\[](?:AP\s?Photo|(?:File\s)?[Pp]hoto(?:graph)?\s?(?:by|courtesy|credit|:)|PHOTO|Image\s?(?:by|courtesy|credit|:)|Picture\s?(?:by|:)
            |Credit:|Courtesy\sof|Foto:|FILE\s?PHOTO|Photograph:)[^()]{0,80}[)\]]
        | (?:/|\bvia|[–—|©:])\s?(?:Getty(?:\sImages)?|AP(?:\sPhoto)?|AFP|Reuters|REUTERS|EPA|EPA-EFE|dpa|Shutterstock|Alamy|Imago|imago
            |Picture\sAlliance|picture\salliance|ZUMA\sPress|PA|Anadolu|Xinhua)(?:\s?/\s?[\w\s-]{0,40}|\sImages|\sPhotos?)?
        | \b(?:REUTERS|AFP|EPA|AP\sPhoto)\s?/\s?[^\W\d_a-z][\w.\s'’-]{1,40}
        | \bPhoto(?:\sby|:)\s[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,3}(?:\s?/\s?[\w\s]{2,30})?
        )[.\])]*$""",
    re.VERBOSE,
)
_LABEL = re.compile(
    r"""[\[(]?\s*(?:(?:File\s)?(?:Photo(?:graph|s)?|PHOTOS?|Image|IMAGE|Picture|Foto|FOTO|Fotos|Bild|Fotografía|Imagen|Imagem|Crédito|Fot\.|Фото)
        |Cr[ée]dit\s?photo|Photo\s[Cc]redit|Image\s[Cc]redits?|Bildquelle|写真|사진)\s?[:：=]?\s?(?:by\s|courtesy\sof\s|:)?\s*(?P<names>\S.*?)[.\])]*$""",
    re.VERBOSE,
)
_LABEL_END = re.compile(r"[:：=]|\bby\b|courtesy")
_NAMES_SPLIT = re.compile(r"\s*[/|,;&]\s*|\s(?:via|and|und|for|from)\s")
_MAX_WORDS = 60


def _test(line: Line, _: Page) -> str | None:
    if line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return None
    label = _LABEL.match(line.text)
    if label and _LABEL_END.search(line.text[: label.start("names")]) and _are_names(label["names"]):
        return f"a picture credit: {label.group(0)[:40]!r}"
    credit = _CREDIT_AT_END.search(line.text)
    if credit:
        return f"ends with a picture credit: {credit.group(0)!r}"
    place, seen = _PLACE_IN_PICTURE.search(line.text), _SEEN.search(line.text)
    if place and seen:
        return f"says who stands where: {place.group(0)!r}, and what is seen: {seen.group(0)!r}"
    return None


def _are_names(text: str) -> bool:
    """Is each part between bars and commas an agency or a name? What follows a label in a story is a sentence."""
    parts = [part for part in _NAMES_SPLIT.split(text.strip()) if part]
    return len(parts) <= 5 and all(part.casefold() in agencies() or _is_name_like(part) for part in parts)


def _is_name_like(part: str) -> bool:
    words = part.split()
    return len(words) <= 4 and all(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)


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
  The lawsuit was filed in a London court last year by Getty Images.
  She sold the company, which had 40 employees, to Shutterstock.
  Visitors must show identification (photo ID or passport).
  The bridge was closed on Thursday night, a spokesman for the police said. (Reuters)
  Photo: the only proof that he was there
  image: postgres:18
  picture/portrait mode
""",
    ),
)
