"""ME003 player-label."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_labels = lines_of_phrases(Kind.MEDIA_PLAYER)
# What extractors leave of a player between paragraphs: 54 lines of 28 labelled sites, none of them content. "Video" may be
# a heading.
_PLAYERS = frozenset(["VIDEO", "AUDIO"])


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    yield from _labels(page, marks)
    for line in page.lines:
        if line.text in _PLAYERS:
            yield Span(line.start, line.end, f"the place of a player: {line.text!r}")


RULE = Rule(
    code="ME003",
    name="player-label",
    kind=Kind.MEDIA_PLAYER,
    scope=Scope.LINE,
    summary="A line that is a label of an audio or video player.",
    why="Its player is gone.",
    risk="A stage direction or a heading that is one of the phrases.",
    source="cleaning/boilerplate/phrases/media_player.tsv",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Play video
- Unmute
  The vote is expected in the first week of May, two people close to the talks said.
- VIDEO
  Engineers had asked for three times the money that they were given, and for more time.
""",
        """
  Play video games for an hour and you will see better in the dark, a study says.
""",
    ),
    score=0.9,
)
