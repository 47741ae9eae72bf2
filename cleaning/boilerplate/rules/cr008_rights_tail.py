"""CR008 rights-tail."""

from cleaning.boilerplate.finders import tails_of
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="CR008",
    name="rights-tail",
    kind=Kind.COPYRIGHT,
    scope=Scope.LINE,
    summary="A notice of rights behind the last sentence of a paragraph.",
    why="It names the owner of the page; the sentence before it stays whole.",
    risk="A sentence that ends with a dated notice which it quotes.",
    source="last paragraphs of agency copy in the stories of the language benchmark",
    find=tails_of(Kind.COPYRIGHT),
    examples=(
        """
- The council voted on Tuesday to keep the bridge. Copyright 2024 The Associated Press. All rights reserved.
+ The council voted on Tuesday to keep the bridge.
- Le conseil a voté mardi pour garder le pont. © 2024 AFP
+ Le conseil a voté mardi pour garder le pont.
""",
        """
  The court met on Tuesday. Copyright law is what it had to decide on, and nobody knew it better.
  The sign © is no longer needed. (c) is an item of the list that the lawyers handed in.
""",
    ),
)
