"""Lines that stay because a recipe names them, whatever rules, models and templates make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cleaning.boilerplate.phrases.words import fold
from cleaning.boilerplate.rule import Page
from cleaning.normalize.characters import normalize_line
from cleaning.recipe import EVERY_SITE
from cleaning.records import Mark

Keys = frozenset[str]


def kept_keys(keep_lines: Mapping[str, Sequence[str]], site: str | None) -> Keys:
    """What stands for the lines that a recipe's ``keep_lines`` keep in documents of a site."""
    named = [*keep_lines.get(EVERY_SITE, ()), *(keep_lines.get(site, ()) if site else ())]
    return frozenset(kept_key(normalize_line(line)) for line in named)


def kept_key(line: str) -> str:
    """The same for lines of normalised texts that differ in letter case and blanks only.

    >>> kept_key(" Sign up  NOW ") == kept_key("sign up now")
    True
    """
    return fold(" ".join(line.split()))


def without_kept(page: Page, marks: Sequence[Mark], keys: Keys) -> Sequence[Mark]:
    """The marks but those on lines that are kept, and on parts of lines that are named as a mark has them.

    Of a mark on more than that, what is outside of it.
    """
    if not keys:
        return marks
    spans = {(line.start, line.end) for line in page.lines if kept_key(line.text) in keys}
    spans |= {(mark.start, mark.end) for mark in marks if kept_key(page.text[mark.start : mark.end]) in keys}
    kept = sorted(spans)
    return [piece for mark in marks for piece in _outside(page.text, mark, kept)] if kept else marks


def _outside(text: str, mark: Mark, spans: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """The mark, or what of it is outside the spans; of that, what is not blank."""
    met = [(start, end) for start, end in spans if start < mark.end and end > mark.start]
    if not met:
        yield mark
        return
    position = mark.start
    for start, end in [*met, (mark.end, mark.end)]:
        between = text[position : max(position, start)]
        if between.strip():
            left = position + len(between) - len(between.lstrip())
            yield replace(mark, start=left, end=left + len(between.strip()))
        position = max(position, end)
