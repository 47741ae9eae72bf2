"""ME003 player-label."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="ME003",
    name="player-label",
    kind=Kind.MEDIA_PLAYER,
    scope=Scope.LINE,
    summary="A line that is a label of an audio or video player.",
    why="Its player is gone.",
    risk="A stage direction or a heading that is one of the phrases.",
    source="cleaning/boilerplate/phrases/media_player.tsv",
    find=lines_of_phrases(Kind.MEDIA_PLAYER),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Play video
- Unmute
""",
        """
  Play video games for an hour and you will see better in the dark, a study says.
""",
    ),
    score=0.9,
)
