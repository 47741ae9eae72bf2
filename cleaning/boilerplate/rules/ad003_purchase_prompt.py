"""AD003 purchase-prompt."""

import re

from cleaning.boilerplate.finders import lines_that
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

_PRICE = r"[$€£]\s?\d[\d.,]*"
# Only lines that start with one of these words, or with a price, are looked at more closely.
_FIRST = frozenset(
    ("now", "from", "only", "was", "check", "see", "shop", "buy", "try", "book", "order", "get", "request")
)
_PROMPT = re.compile(
    rf"""(?:
        (?:now\s|from\s|only\s|was\s)?{_PRICE}(?:\s(?:list|usd|msrp))?\s(?:at|on|from)\s(?-i:[A-Z])[\w.&'’\s]{{2,30}}
      | (?:check|see)\s(?:the\s)?(?:latest\s|current\s|best\s|today['’]s\s|lowest\s|full\s)?(?:price|pricing|deal|offer|availability)s?\b.{{0,40}}
      | (?:buy|order|shop|get\sit)\s(?:it\s|now\s)?(?:at|on|from)\s(?-i:[A-Z]).{{2,40}}
      | (?:shop|buy|try|order|book)\s.{{2,40}}\snow
      | (?:get|request)(?:\san?|\syour|\smy)?(?:\sfree|\sinstant|\spersonali[sz]ed)*\s(?:quote|estimate|demo|consultation|proposal)s?\b.{{0,40}}
    )[\W]*""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_WORDS = 9


def _test(line: Line) -> str | None:
    text = line.text
    if len(text) > 90 or (text[0] not in "$€£" and (not line.words or line.words[0] not in _FIRST)):
        return None
    if line.n_words > _MAX_WORDS or text[-1] in ".:" or not _PROMPT.fullmatch(text):
        return None
    return f"asks to buy or to order: {text[:60]!r}"


RULE = Rule(
    code="AD003",
    name="purchase-prompt",
    kind=Kind.SPONSORED,
    scope=Scope.LINE,
    summary="A short line that leads to a shop or an offer: '$299 at Walmart', 'Check price at Amazon', 'Get a free quote'.",
    why="It sells what the text is about, or something else.",
    risk="A list of prices by shop; a line of a sign that the story quotes.",
    source="the residual benchmark's development pages: 459 boilerplate lines of 61 sites, 12 lines that gold texts keep",
    find=lines_that(_test),
    examples=(
        """
  The second of the two kettles boils a litre of water in less than three minutes, and is quieter.
- $299.99 at Walmart
- Check price at Amazon
- Shop the Acme kettle now!
- Get a free quote
""",
        """
  The second of the two kettles boils a litre of water in less than three minutes, and is quieter.
  Order on the streets of the old town was not what the mayor had in mind, he said, and left.
  See the price that the council paid for it, and the price that it had been offered a year before.
""",
    ),
    score=0.95,
)
