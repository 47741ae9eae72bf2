"""RP001 repeated-block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# A formula that is quoted twice, the chorus of a song and the rows of a table are shorter, or no prose. Of 140,068 lines
# of the gold texts of WCXB's development pages 65 go, on 7 pages, one of them an article.
_MIN_WORDS = 50
_MIN_PROSE_LINES = 2


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    lines = page.lines
    if len({line.text for line in lines}) == len(lines):
        return
    first: dict[str, int] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        before = first.get(line.text) if line.is_prose else None
        length = _repeated(page, before, index) if before is not None else 0
        if before is None or not length:
            if line.is_prose:
                first.setdefault(line.text, index)
            index += 1
            continue
        for one in lines[index : index + length]:
            yield Span(one.start, one.end, f"{length} lines that stand at line {lines[before].number} already")
        index += length


def _repeated(page: Page, before: int, index: int) -> int:
    """How many lines from ``index`` on are those from ``before`` on; 0 where they are too few to tell."""
    length = words = prose = 0
    while (
        index + length < len(page.lines)
        and before + length < index
        and page.lines[index + length].text == page.lines[before + length].text
    ):
        line = page.lines[index + length]
        words += line.n_words if line.is_prose else 0
        prose += line.is_prose
        length += 1
    return length if words >= _MIN_WORDS and prose >= _MIN_PROSE_LINES else 0


RULE = Rule(
    code="RP001",
    name="repeated-block",
    kind=Kind.REPEATED,
    scope=Scope.BLOCK,
    summary="Paragraphs that stand in the text a second time, in the same order.",
    why='Pages hold the story twice, for two layouts; extractors take both. Flagged, not cut: kinds.repeated = "drop".',
    risk="A text that quotes two long paragraphs of its own letter by letter; the copy that is cut may be the better one.",
    source="pages of WCXB's development part that hold their text for two layouts",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years, though its engineers had said that the foundations would not last.
  Residents of the valley had asked for that in a letter which more than four hundred of them signed before the winter, the mayor said on Tuesday.
  The next vote is in May.
- The council voted on Tuesday to keep the old bridge open for another two years, though its engineers had said that the foundations would not last.
- Residents of the valley had asked for that in a letter which more than four hundred of them signed before the winter, the mayor said on Tuesday.
- The next vote is in May.
""",
        """
  No person shall be held to answer for a crime unless on the word of a jury, says the sentence that the two sides read in different ways.
  The state says that it never meant the council.
  No person shall be held to answer for a crime unless on the word of a jury, says the sentence that the two sides read in different ways.
""",
        """
  Row, row, row the boat
  Gently down the stream
  Row, row, row the boat
  Gently down the stream
""",
    ),
)
