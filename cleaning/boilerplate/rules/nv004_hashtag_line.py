"""NV004 hashtag-line."""

import re

from cleaning.boilerplate.finders import lines_matching
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

# A tag of a name may have three words: "#New Delhi #rain".
_TAGS = re.compile(r"(?:[#＃][\w-]{2,40}(?: [^\W\d_a-z][\w-]{1,20}){0,2}[\s,;|]*){2,20}$")

RULE = Rule(
    code="NV004",
    name="hashtag-line",
    kind=Kind.NAVIGATION,
    scope=Scope.LINE,
    summary="A line of nothing but hashtags.",
    why="Tags file the story on a site or a network; they are no sentence of it.",
    risk="A line of a story that lists hashtags.",
    source="tag lines of the residual benchmark's development pages",
    find=lines_matching(_TAGS),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- #bridge #council #news
- #New Delhi #rain
""",
        """
  #bridge was the word of the day, and nobody in the room could say who had used it first.
  #1 #2
""",
    ),
)
