"""RL004 link-tail."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.phrases import find_phrases
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_BRACKET = re.compile(r"\s*[\[(（【](?P<inside>[^\[\]()（）【】\n]{6,200})[\])）】]$")
_MIN_STORY_CHARS = 10


def _ends_in_bracket(line: Line) -> bool:
    return line.text[-1] in ")]）】"


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines_that(_ends_in_bracket):
        match = _BRACKET.search(line.text[-220:])
        if match and any(row.kind == Kind.RELATED_LINKS and row.use == "lead" for row in find_phrases(match["inside"])):
            start = max(0, len(line.text) - 220) + match.start()
            is_tail = start >= _MIN_STORY_CHARS and line.text[start - 1] in '.!?…。！？”»"’'
            if is_tail or start == 0:
                yield Span(line.start + start, line.end, f"behind the last sentence: {match['inside'][:60]!r}")


RULE = Rule(
    code="RL004",
    name="link-tail",
    kind=Kind.RELATED_LINKS,
    scope=Scope.LINE,
    summary="A bracket such as '[Read more: …]' behind the last sentence of a paragraph.",
    why="It links to another story; the sentence before it stays whole.",
    risk="A reference in brackets that the story itself makes.",
    source="prompts of the kind related_links in the residual benchmark's development pages",
    find=_find,
    examples=(
        """
- The council voted on Tuesday to keep the old bridge open. [Read more: Mayor resigns after vote]
+ The council voted on Tuesday to keep the old bridge open.
""",
        """
  The council voted on Tuesday to keep the old bridge open (see below for what it costs).
  The cost of the bridge has doubled since it was built. (More on that in the next part.)
""",
    ),
)
