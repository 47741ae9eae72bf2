"""The blocks of a page that are no part of its main text, as the first removals of its source text."""

from __future__ import annotations

from collections.abc import Iterable

from cleaning.boilerplate.cut import cut, widen
from cleaning.extract import Extracted
from cleaning.extract.layout import Dropped, PageLine
from cleaning.normalize.characters import normalize_text
from cleaning.records import Action, Kind, Removal

_NAME = {"blocks": "page-model"}


def with_dropped_blocks(main_text: str, found: Extracted) -> tuple[str, tuple[Removal, ...]]:
    """The main text, normalised, with the blocks that were left out in their places; and those as removals.

    Without them it is the main text again, letter by letter. Where the lines of the two cannot be told apart any
    more after normalisation, the blocks stand at the end.
    """
    if not found.lines:
        return main_text, ()
    kept = [line for line in found.lines if isinstance(line, str)]
    left_out = [line for line in found.lines if isinstance(line, Dropped)]
    name = _NAME.get(found.made_by, found.made_by)
    places: list[tuple[PageLine, ...]] = [found.lines, (*kept, *left_out), (main_text, *left_out)]
    for lines in places:
        source, removals = _lay_out(lines, name)
        if normalize_text(source) == source and cut(source, removals) == main_text:
            return source, removals
    return main_text, ()


def main_text_of(source_text: str, removals: Iterable[Removal]) -> str:
    """The source text without the blocks that were left out of it."""
    # Line breaks between neighbouring removals may be with the other ones.
    return cut(source_text, widen(source_text, [one for one in removals if one.kind == Kind.OUTSIDE_MAIN_TEXT]))


def _lay_out(lines: tuple[PageLine, ...], name: str) -> tuple[str, tuple[Removal, ...]]:
    parts: list[str] = []
    removals: list[Removal] = []
    above: set[str] = set()
    start = number = 0
    for line in lines:
        text = normalize_text(line.text if isinstance(line, Dropped) else line)
        if isinstance(line, Dropped):
            if not text:
                continue
            # A page's text is kept once: copies for phones, what a box quotes.
            what = "the same text as a block above" if text in above else "a block outside the main text"
            evidence = f"{what}; main content by {line.score:.2f}"
            removals.append(
                Removal(
                    start=start,
                    end=start + len(text),
                    kind=Kind.OUTSIDE_MAIN_TEXT,
                    action=Action.DROPPED,
                    rule=name,
                    score=round(1 - line.score, 4),
                    evidence=evidence,
                    text=text,
                    line=number + 1,
                )
            )
        else:
            above.add(text)
        parts.append(text)
        start += len(text) + 1
        number += text.count("\n") + 1
    source = "\n".join(parts)
    return source, widen(source, removals)
