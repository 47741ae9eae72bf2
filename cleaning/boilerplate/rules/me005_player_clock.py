"""ME005 player-clock."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.date_words import date_words
from cleaning.dates import is_month
from cleaning.records import Kind, Mark

_CLOCK = re.compile(
    r"-?\d{1,2}:\d\d(?::\d\d)?\s*/\s*-?\d{1,2}:\d\d(?::\d\d)?$|\d{1,3}\s?/\s?\d{1,3}$|(?:[a-z]+\s){1,2}\d{1,3}\s?%$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"[^\W\d_]{3,14}\s(?P<first>\d{1,3})\s?(?:of|von|sur|de|di|van|av|af|z|/|из|з|از|dari)\s?(?P<last>\d{1,3})$",
    re.IGNORECASE,
)


_STEPS = frozenset(
    [
        "step",
        "étape",
        "etape",
        "schritt",
        "paso",
        "passo",
        "passaggio",
        "stap",
        "steg",
        "trinn",
        "krok",
        "lépés",
        "adım",
        "шаг",
        "крок",
    ]
)
_DURATION = re.compile(
    r"(?:(?:video\s)?(?:duration|length):?\s)(?:\d{1,2}\s(?:hours?|minutes?|mins?|seconds?|secs?)(?:,|\sand)?\s?){1,3}\.?",
    re.IGNORECASE,
)


def _test(line: Line) -> str | None:
    # "Duration: 40 hours" is of a course.
    if "second" in line.text and line.words[:1] in (("duration",), ("video",)) and _DURATION.fullmatch(line.text):
        return f"how long a video is: {line.text!r}"
    if len(line.text) > 30 or line.text[-1] not in "0123456789%":
        return None
    numbered = _NUMBERED.match(line.text)
    if numbered and int(numbered["first"]) <= int(numbered["last"]) and not _is_of_a_day(line.words[0]):
        return f"the number of a picture or a page: {line.text!r}"
    if "%" in line.text and line.words[:1] not in (("volume",), ("lautstärke",), ("громкость",)):
        return None
    return f"the clock of a player: {line.text!r}" if ":" in line.text and _CLOCK.match(line.text) else None


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    lines = page.lines_that(_test)
    # A form shows the number of the step that one is at, instructions show one number after the other.
    steps = {line.text for line in lines if line.words[0] in _STEPS}
    for line in lines:
        if line.text not in steps or len(steps) == 1:
            yield Span(line.start, line.end, _test(line) or "")


def _is_of_a_day(word: str) -> bool:
    """Is it the first word of "Thursday 11/14"?"""
    return word in date_words().weekdays or is_month(word)


RULE = Rule(
    code="ME005",
    name="player-clock",
    kind=Kind.MEDIA_PLAYER,
    scope=Scope.LINE,
    summary="A line that is the clock of a player, or the number of a picture in a gallery.",
    why="Its player or gallery is gone.",
    risk="A score or a time of day with a bar, on a line of its own.",
    source="player labels of the residual benchmark's development pages",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- 0:00 / 3:42
- Image 3 of 12
- Duration: 3 minutes and 12 seconds.
""",
        """
  3:42
  18:05
  12 / 4
  Chapter 12 of 3
  THURSDAY 11/14
""",
        """
- Step 1 of 3
  Tell us where the bridge is that you want to have mended, and what is broken there.
""",
        """
  Step 1 of 2
  Take the old planks off the bridge and stack them where nobody has to walk for the day.
  Step 2 of 2
  Lay the new ones a finger apart, so that the rain runs off, and screw them down at both ends.
""",
    ),
)
