"""ME007 labelled-credit."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.names import PARTICLES
from cleaning.records import Kind, Mark

_WHICH = (
    r"(?:(?:cover|header|hero|featured?|lead|main|banner|top|title|food|product|stock|file|archive|opening|background|teaser"
    r"|some|all|additional|original|inset|above|below|left|right|first|second)\s)?"
)
_PICTURE = (
    r"(?:photo(?:graph|graphs|s)?|images?|imagery|pictures?|pics?|illustrations?|graphic|charts?|maps?|diagrams?"
    r"|infographics?|artwork|screen\s?shots?|screen\s?grabs?|icons?|gif|cartoon|drawing|sketch|composite|video)"
)
# "Graphics: Intel Iris" is of a data sheet, "Photography: Jane Doe" of a film.
_WORK = r"(?:photography|graphics|visuals|animations?|styling)"
# What can come out of an archive: "drawing from life" and "map from the year" are words of a story.
_COPY = r"(?:photo(?:graph|s)?|images?|pictures?|pics?|illustrations?|screen\s?shots?|screen\s?grabs?)"
_LABEL = rf"""
    {_WHICH}(?:{_PICTURE}|{_WORK})\s(?:credits?|courtesy|copyright|rights|source)(?:\s?[:–—=-]\s?|\s(?:to|of:?|by)\s|\s(?-i:(?=[A-Z@])))
    | {_WHICH}{_PICTURE}(?:\s?[:©]\s?(?:©\s?)?(?:courtesy\sof\s)?|\sby:?\s) | {_WHICH}{_WORK}\sby:?\s
    | {_WHICH}{_COPY}\s(?:via|from)\s
    | (?:(?:food|prop|wardrobe|hair|set)\s(?:styling|stylist)|hair\sand\smake-?up|credits?)\s?:\s?
    | (?:image|picture|photo)?\s?courtesy(?:\sof:?|:)\s
"""
# At the start of the line, or behind its last sentence, a bar, a dash or a bracket.
_CREDIT = re.compile(
    rf"(?:^[^\w\s]{{0,2}}\s?|[.!?…)\]\"”’]\s|\s[|–—-]\s|[(\[|])(?P<label>{_LABEL})(?=\S)(?P<names>[^\n]{{2,110}})$",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = word_set(
    """video photo photos photograph photographs photography image images imagery picture pictures pic pics illustration illustrations
    graphic graphics chart charts map maps diagram diagrams infographic infographics artwork screenshot screenshots
    screengrab screengrabs screen icon icons visual visuals gif cartoon drawing sketch composite animation animations styling stylist
    makeup make credit credits courtesy"""
)
# A label that says whose it is; behind any other only what is written as a name is one.
_OWNER = re.compile(r"\w\s(?:credit|copyright|rights)|courtesy|©", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*[|/,;&•·+]\s*|\s[–—-]\s|\s(?:via|and|for|on|from|in|of|at|with|by|courtesy\sof|courtesy)\s|[()\[\]]|:\s",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@\w+|(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?|(?:19|20)\d\d|CC(?:[ -]BY)?(?:[ -][A-Z]{2})*(?:\s\d\.\d)?"
)
_MAX_CHARS = 400
_MAX_PARTS, _MAX_PART_WORDS, _MAX_SMALL_WORDS = 6, 5, 3
# A longer line is a paragraph with a credit behind it, of which the credit alone goes. Nine of ten captions of the
# residual benchmark's development pages have fewer than 24 words.
_MAX_CAPTION_WORDS = 40
# "• Graphics: Intel Iris": a row of a data sheet.
_BULLETS = frozenset("•*·-–—▪►")


def _is_name(part: str, *, is_owned: bool) -> bool:
    words = part.split()
    if not words or _ADDRESS.fullmatch(part):
        return True
    if len(words) > _MAX_PART_WORDS:
        return False
    written = [word for word in words if word.casefold() not in PARTICLES]
    if written and all(word[0].isupper() or not word[0].isalpha() for word in written):
        return any(word[0].isalpha() for word in written)
    return is_owned and len(words) <= _MAX_SMALL_WORDS and all(word.strip(".'’-").isalpha() for word in words)


def _find_credit(text: str) -> re.Match[str] | None:
    """The label and the names that end a line, where all that is behind the label are names."""
    found = _CREDIT.search(text) if text[0] not in _BULLETS else None
    while found is not None:
        is_owned = _OWNER.search(found["label"]) is not None
        names = _BETWEEN.split(found["names"].strip().rstrip('.)]”" '))
        parts = [name for part in names if (name := part.strip(" .'"))]
        if 0 < len(parts) <= _MAX_PARTS and all(_is_name(part, is_owned=is_owned) for part in parts):
            return found
        found = _CREDIT.search(text, found.start("names"))
    return None


def _may_hold_credit(line: Line) -> bool:
    return len(line.text) <= _MAX_CHARS and not _SIGNS.isdisjoint(line.word_set)


def _has_credit(line: Line) -> bool:
    return _may_hold_credit(line) and _find_credit(line.text) is not None


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines_that(_has_credit):
        found = _find_credit(line.text)
        assert found is not None
        is_caption = line.n_words <= _MAX_CAPTION_WORDS
        start = line.start if is_caption else line.start + found.start("label")
        yield Span(start, line.end, f"ends with a picture credit: {line.text[found.start('label') :][:60]!r}")


RULE = Rule(
    code="ME007",
    name="labelled-credit",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A line that ends with a label such as 'Photo credit:' or 'Hero image by' and nothing but names behind it.",
    why="It credits a picture that the text does not hold.",
    risk="A list in the story of who made the pictures of a book. Of a line of more than 40 words the credit alone goes.",
    source="labelled lines of the residual benchmark and of public pages: 298 boilerplate on 119 pages, 16 content on 10, all of them credits that golds keep",
    find=_find,
    examples=(
        """
- The tent stood up to two nights of wind above the lake. – photo credit: jane doe (harbourtents.example)
- Photo Courtesy of Harbour Academy
- Hero image by Jane Doe
- Image courtesy of: Jane Doe
- Jane Doe pushing the new shoes to their end on the ridge. Photo: HarbourRun/John Roe
- Untitled, 2012. Bronze and gold. Photo: Jane Doe. Courtesy Harbour Gallery
- Food styling: Jane Doe. Prop styling: John Roe
- Illustrations by Jane Doe for Harbour Times
- The old bridge in May (Photo by John Roe on Unsplash)
- Photo credits: @janedoe via Instagram, harbour.example
  The council of the town voted on Tuesday to close the old bridge over the river, as had been expected.
""",
        """
  Photo: the only proof that he was there
  Graphics: Harbour Iris
  • Graphics: Harbour Iris 40
  Jane Doe – Drawing from Life, Harbour Gallery
  Map of the harbour
  The picture by the door was the first that she sold
  Image: postgres:18
  Photo credit in tax law
  Credit: extended hours
  Pictures from the year that nobody wants to remember
""",
    ),
)
