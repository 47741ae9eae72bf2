"""The shapes that rules share: whole lines, lines at the edges, blocks under a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cleaning.boilerplate.phrases import normalize_phrase
from cleaning.boilerplate.rule import Find, Line, Page, Span
from cleaning.records import Kind, Mark

# A line that a pattern is tried on has at most this many characters; prompts and credits are
# shorter (99.9 % of the boilerplate lines of the residual benchmark), stories are not.
MATCH_CHARS = 600

Test = Callable[[Line, Page], str | None]


def lines_matching(pattern: re.Pattern[str], *, max_words: int = 60) -> Find:
    """Whole lines that the pattern matches from their start."""

    def test(line: Line, _: Page) -> str | None:
        if len(line.text) > MATCH_CHARS:
            return None
        match = pattern.match(line.text)
        return match.group(0).strip() if match and line.n_words <= max_words else None

    return lines_where(test)


def lines_where(test: Test) -> Find:
    """Whole lines for which the test returns its evidence."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line in page.lines:
            evidence = test(line, page)
            if evidence is not None:
                yield Span(line.start, line.end, evidence)

    return find


def lines_of_phrases(kind: Kind) -> Find:
    """Whole lines that a list of the kind names: they are a phrase, or start with one that is listed for that."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line in page.lines:
            if line.phrases and (phrase := line.phrase_of(kind)) and _is_label(page, line, kind, phrase):
                is_whole = normalize_phrase(line.text) == normalize_phrase(phrase)
                yield Span(
                    line.start, line.end, f"the line {'is' if is_whole else 'starts with'} the phrase {phrase!r}"
                )

    return find


def _is_label(page: Page, line: Line, kind: Kind, phrase: str) -> bool:
    """May the line be a label? One of a single word is, above or below the prose or beside another phrase.

    Between paragraphs a bare "Search", "Jobs" or "Cookies" is as often a heading or an item of the story;
    "Advertisement" never was (31 of 31 lines of every eighth record of the residual benchmark).
    """
    if " " in phrase or kind == Kind.ADVERTISEMENT or not phrase.isascii():
        return True
    if not page.first_prose < line.index < page.last_prose:
        return True
    return any(page.lines[index].phrases for index in (line.index - 1, line.index + 1))


def marked_lines(page: Page, marks: Sequence[Mark]) -> frozenset[int]:
    """Indices of the lines that marks cover whole."""
    starts = {line.start: line for line in page.lines}
    return frozenset(
        line.index for mark in marks if (line := starts.get(mark.start)) is not None and line.end <= mark.end
    )


def claimed_block(page: Page, heading: Line, marked: frozenset[int], *, most: int = 40) -> tuple[Line, ...]:
    """The short lines under a heading that its block claims: up to the next prose or to the end.

    Where prose follows, the last line before it may be the heading of that prose: it is left alone
    when it stands apart from the lines above it, or when nothing tells the two apart and the block
    has other lines. A missed headline is better than a lost heading.
    """
    block: list[Line] = []
    for line in page.lines[heading.index + 1 : heading.index + 1 + most]:
        if line.is_prose:
            return tuple(_without_heading_of_prose(block, marked))
        if line.index not in marked:
            block.append(line)
    return tuple(block)


def _without_heading_of_prose(block: list[Line], marked: frozenset[int]) -> list[Line]:
    if len(block) < 2 or block[-1].index + 1 in marked:
        return block
    apart = block[-1].blank_before or not block[-1].blank_after
    return block[:-1] if apart else block
