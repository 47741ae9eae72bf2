"""ME007 labelled-credit."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import holds, word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.names import PARTICLES, find_agencies
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
# "… at the harbour © Jane Doe", "… Credit: Jane Doe/Example", and the names in brackets below: 45 labelled lines of 25
# sites that no label above takes are boilerplate, none is content.
_OWNED = re.compile(
    r"(?<=\S)\s?(?P<label>©\s?|\([cC]\)\s|Copyright:\s|(?:Image\s|Photo\s)?Credits?\s?[:/]\s?|CREDITS?\s?[:/]\s?)"
    r"(?P<names>[^\W\d_a-z][^\n©]{1,80})$"
)
_OWNED_SIGNS = ("©", "(c)", "(C)", "Copyright:", "redit", "CREDIT")
_OWNED_WORDS = 4
# "(Jane Doe/Example Times)" behind a sentence.
_NAME_AND_PAPER = re.compile(
    r"(?<=[.!?…]\s)\((?P<label>)(?P<names>[^\W\d_a-z][\w.’-]+(?:\s[^\W\d_a-z][\w.’-]*){1,3}\s?[/|]\s?[^\W\d_][^()\n]{1,40})\)$"
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
    if text[0] in _BULLETS:
        return None
    found = _CREDIT.search(text)
    while found is not None:
        if _names_only(found["names"], is_owned=_OWNER.search(found["label"]) is not None):
            return found
        found = _CREDIT.search(text, found.start("names"))
    return _find_owner(text)


def _names_only(text: str, *, is_owned: bool) -> bool:
    names = _BETWEEN.split(text.strip().rstrip('.)]”" '))
    parts = [name for part in names if (name := part.strip(" .'"))]
    return 0 < len(parts) <= _MAX_PARTS and all(_is_name(part, is_owned=is_owned) for part in parts)


def _find_owner(text: str) -> re.Match[str] | None:
    """Whose the picture is, behind what it shows: a sign of rights or "Credit:", or a name and a paper in brackets.

    "Freezing Your Credit: How It Works" is a heading.
    """
    found = _OWNED.search(text) if holds(text, _OWNED_SIGNS) else None
    if found is None:
        found = _NAME_AND_PAPER.search(text) if text[-1] == ")" else None
    # "… in 1998. © Reuters" may be a paragraph of the story with its agency: ME001 looks closer.
    if found is None or find_agencies(found["names"]) or not _names_only(found["names"], is_owned=False):
        return None
    words = text[: found.start("label")].split()
    is_title = found["label"].startswith("Cr") and words[-1][0].isupper() and words[-1][-1].isalpha()
    return None if is_title or len(words) < _OWNED_WORDS else found


def _may_hold_credit(line: Line) -> bool:
    if len(line.text) > _MAX_CHARS:
        return False
    return not _SIGNS.isdisjoint(line.word_set) or line.text[-1] == ")" or holds(line.text, _OWNED_SIGNS)


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
    summary="A line that ends with a label such as 'Photo credit:', 'Hero image by' or ©, and nothing but names behind it.",
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
- A ferry leaves the harbour in the first light of May © Jane Doe / Harbour Times
- The mayor at the door of the old mill CREDIT: John Roe
- Shopkeepers beside the river on Monday. (Jane Doe/Harbour Times)
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
  Freezing Your Own Good Credit: How It Works
  Pictures from the year that nobody wants to remember
""",
    ),
)
