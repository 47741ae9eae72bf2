"""RL002 see-also-line."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import MATCH_CHARS
from cleaning.boilerplate.phrases.words import is_unspaced
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.people import find_person
from cleaning.records import Kind, Mark

# Longest headline in the related blocks of the residual benchmark's development pages: 31 words.
_MAX_WORDS = 34
# "Interview: Jane Doe" says who asked.
_ASKED = ("intervi", "entrevi", "entreti", "wywiad", "rozhovor", "röportaj")
# "- Video: How the old bridge was built" may be an item of the story's list.
_BULLETS, _MEDIA = frozenset("-–—*•·▪"), frozenset(("video", "audio", "podcast", "photo", "photos", "vidéo", "vídeo"))
_ARROWS = frozenset("▶►▷☞")
# "En Hafenblatt | Por qué sigue cerrado el puente": a headline of a sister site.
_ON_SITE = re.compile(r"En\s[^\W\d_a-z][\w-]+(?:\s[\w-]+){0,3}\s\|\s(?:\S+\s+){4}[^|]*$")
# A name and what it is worth: "Battery: 400 shots", "- Weight: 510 g"; no sentence with a colon in it.
_PROPERTY = re.compile(r"\W{0,3}\w{1,20}(?: \w{1,20})?: \S.{0,60}[^.!?…]$")


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines:
        if line.text[0] in _ARROWS and len(line.text) <= MATCH_CHARS and line.n_words <= _MAX_WORDS:
            evidence = _arrow(line, page)
        elif line.phrases and (phrase := line.phrase_of(Kind.RELATED_LINKS, "lead")):
            if line.is_row or _heads_story(line, page, phrase) or _is_property(line, page, phrase):
                continue
            if phrase.casefold().startswith(_ASKED) and find_person(line.text.partition(":")[2].strip()):
                continue
            # A colon (or bar, arrow) stands behind it: "Read more" alone opens sentences of the story in 56 of 722 blocks.
            evidence = f"a headline behind {phrase!r}"
        elif " | " in line.text and line.n_words <= _MAX_WORDS and _ON_SITE.match(line.text) and not line.is_row:
            evidence = f"a headline of {line.text.partition(' | ')[0][3:]!r}"
        else:
            continue
        if evidence:
            yield Span(line.start, line.end, evidence)


def _heads_story(line: Line, page: Page, phrase: str) -> bool:
    """The first line above a story is its headline: "Opinion: Keep the bridge"; one behind "Read also:" is none."""
    is_prompt = " " in phrase or is_unspaced(phrase)
    return line.index == 0 and not is_prompt and page.first_prose < len(page.lines)


def _is_property(line: Line, page: Page, phrase: str) -> bool:
    """One of several properties or items: "Video: 4K at 30 frames" beside "Sensor: 24 megapixels"."""
    if " " in phrase or is_unspaced(phrase):
        return False
    beside = [page.lines[i] for i in (line.index - 1, line.index + 1) if 0 <= i < len(page.lines)]
    others = [other for other in beside if not other.phrase_of(Kind.RELATED_LINKS, "lead")]
    is_item = (
        line.text[0] in _BULLETS
        and phrase.casefold() in _MEDIA
        and any(other.text[0] == line.text[0] for other in others)
    )
    return is_item or any(_PROPERTY.match(other.text) for other in others)


def _arrow(line: Line, page: Page) -> str | None:
    """A headline behind an arrow, alone between two paragraphs or below the last one; arrows in a row are a list."""
    beside = [page.lines[i] for i in (line.index - 1, line.index + 1) if 0 <= i < len(page.lines)]
    is_list = any(other.text[0] == line.text[0] for other in beside)
    if is_list or line.n_words < 3 or line.index < page.first_prose or _goes_on_as_story(line.text):
        return None
    return f"a headline behind {line.text[0]!r}"


def _goes_on_as_story(headline: str) -> bool:
    """A headline has no full stop at its end; what has one is a sentence of the story or of a list."""
    return headline.rstrip("\"'”’»)").endswith((".", "。"))


RULE = Rule(
    code="RL002",
    name="see-also-line",
    kind=Kind.RELATED_LINKS,
    scope=Scope.LINE,
    summary="A line such as 'SEE ALSO: …' that links to another story from within this one.",
    why="It interrupts the story with the headline of another one.",
    risk="A line of a list of references that starts with 'See also:' goes too.",
    source="seeds/000_1378d33102b1ddb1.txt; phrases/related_links.tsv",
    find=_find,
    examples=(
        """
  What the town has on the bridge:
  - A map of the river
  - Video: How the old bridge was built
  - A list of all who lived on its banks
""",
        """
  "We understand your questions and concern about this," Putin said.
- SEE ALSO: Relatives Of Kazakhs Missing In Xinjiang Silenced As China's Xi Visits
  He did not mention Ukraine in his public remarks, nor was the topic noted in a readout.
""",
        """
  Video: Dog rescued from the river
  The council voted on Tuesday to keep the old bridge open for another two years, after five hours.
- Video: How the bridge was built
""",
        """
  We tried the camera in a dark hall and in the bright sun, and liked what we saw.
  Sensor: 24 megapixels
  Video: 4K/30p with no crop
  Battery: 400 shots
  The differences to the older model were smaller than we had expected them to be.
""",
        """
- Lesen Sie auch: Warum die Brücke gesperrt bleibt
- Lire aussi : Le pont restera fermé jusqu'en mai
- Leia também: Ponte fica fechada até maio
- Läs också ledaren: Håll bron öppen
  Die Stadt will den Verkehr über die alte Straße leiten, bis die Brücke saniert ist.
""",
        """
  El ayuntamiento votó el martes mantener abierto el viejo puente otros dos años.
- En El Faro | Por qué el puente sigue cerrado a los camiones
  En París | 12 al día | abierto
""",
        """
  Read more slowly and you will remember more, the study of 400 students found.
  See also the report that the committee published in March on the same question.
  Related costs: heating, water and the lift, which the tenants pay themselves
  Recommended: two tablets a day with water.
  READ: The verdict in full was published at noon.
  Watch | Price | Hours | Weight
""",
    ),
)
