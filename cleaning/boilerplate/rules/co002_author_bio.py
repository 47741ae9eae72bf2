"""CO002 author-bio."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_NAME = r"(?-i:[^\W\d_a-z][\w.'’-]+)(?:\s+(?:(?:de|van|von|der|la|al|bin)\s+)*(?-i:[^\W\d_a-z][\w.'’-]*)){1,3}"
_JOB = (
    r"(?:writer|reporter|editor|journalist|correspondent|columnist|contributor|author|freelancer|blogger|producer|photographer"
    r"|fellow|intern|staffer|bureau\s+chief|newsletter)"
)
_BIO = re.compile(
    rf"""[\[(*–—-]*\s*(?:
        {_NAME}(?:,[^,]{{1,40}},)?\s+(?:is|was|has\s+been)\s+(?:(?:a|an|the|one)\s+)?(?:[\w’'&.-]+\s+){{0,6}}{_JOB}\b
      | {_NAME}\s+(?:covers|writes\s+(?:about|for|on)|reports\s+(?:on|for|from))\s+
      | (?:you\s+can\s+)?(?:follow|contact|reach|email|e-mail)\s+(?:him|her|them|me|the\s+(?:author|reporter|writer)|{_NAME})\s+(?:on|at|via|by|@)
      | (?:(?:he|she|they)\s+can\s+be\s+(?:reached|followed|contacted)|(?:{_NAME})\s+can\s+be\s+reached)\s+
      | (?:the\s+)?(?:views|opinions)\s+expressed\b[^.]{{0,120}}(?:author|own|necessarily|those\s+of)
      | (?:über\s+(?:den\s+autor|die\s+autorin)|zur\s+person|à\s+propos\s+de\s+l['’]auteur|sobre\s+(?:el\s+autor|la\s+autora|o\s+autor))\s*:
    )[^\n]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# Boxes about the author stand behind the story; the same sentence within it may be about its subject.
_LAST_LINES = 6
_MAX_WORDS = 70


def _test(line: Line, page: Page) -> str | None:
    if line.index < max(1, len(page.lines) - _LAST_LINES) or line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return None
    match = _BIO.match(line.text)
    return f"among the last lines, about the author: {line.text[:40]!r}" if match else None


RULE = Rule(
    code="CO002",
    name="author-bio",
    kind=Kind.AUTHOR_BIO,
    scope=Scope.LINE,
    summary="A line at the end that says who the author is and where to reach them.",
    why="It is about the writer, on every story of theirs alike.",
    risk="A story about a journalist that ends with who that is.",
    source="author boxes of the residual benchmark's development pages; phrases of the kind author_bio",
    find=lines_where(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Jane Doe is a senior political reporter at Example News, where she covers the council.
- Follow her on Twitter @janedoe
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  Jane Doe is the engineer who said that the foundations would not last another winter.
""",
    ),
)
