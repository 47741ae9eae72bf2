"""Sentences of a story that speak of prompts and notices: they read like one, and are none.

"Follow us on Facebook, the page begs, and nobody does." stands in a story about social media, and "By continuing to
browse you accept our cookies: such sentences are no longer enough." in one about a ruling. What tells them from a
prompt is the story, which goes on about the matter in sentences that no rule knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice

from cleaning.boilerplate.phrases.words import fold, is_unspaced
from cleaning.boilerplate.rule import Line, Page
from cleaning.boilerplate.story_shapes import numbered_headings
from cleaning.records import Kind, Mark

# So many sentences beside the one in question speak of the matter.
_ABOUT_LINES = 2
# Such a story says what it is about in its first lines of prose; a page with a banner or a form says it elsewhere.
_LEAD_LINES = 3
# A sentence of the story has the story above and below, at most so many lines away.
_NEAR_LINES = 3
# Stories about one sort of prompt quote others as well.
_FAMILIES = {
    Kind.NEWSLETTER: "prompt",
    Kind.PAYWALL: "prompt",
    Kind.SHARE: "prompt",
    Kind.APP_PROMO: "prompt",
    Kind.COMMENT_PROMPT: "prompt",
    Kind.COOKIE_NOTICE: "notice",
    Kind.COPYRIGHT: "notice",
    Kind.AGENCY_CREDIT: "notice",
    Kind.SPONSORED: "sponsored",
    Kind.ADVERTISEMENT: "sponsored",
}
# What a guide tells its readers to do in one of its steps.
_OF_STEPS = frozenset({*_FAMILIES, Kind.RELATED_LINKS, Kind.NAVIGATION})
# Words around a quoted notice that make a sentence of it.
_AROUND_WORDS = 3
_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|»[^«]+«|「[^」]+」|『[^』]+』")


def without_mentions(page: Page, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks but those on sentences of a story about the very matter, around a quoted notice, or on a step.

    Asked is a mark on a whole line, one that ends as a sentence does and has ``SENTENCE_WORDS`` words or more, with
    unmarked sentences within ``_NEAR_LINES`` lines above and below; lines with marks lie aside in that count. Of all
    lines of the development and public pages it spares 24 of boilerplate and one of content; what it is for is rare
    there (of a hundred labelled sentences between paragraphs that these rules take four are content), and a third of
    the sentences of stories about newsletters, cookies, copyright and paywalls that were made up for the purpose.
    """
    starts = {line.start: line for line in page.lines}
    steps = _steps(page, [line for mark in marks if (line := starts.get(mark.start))])
    if steps:
        marks = [mark for mark in marks if mark.kind not in _OF_STEPS or mark.start not in steps]
    asked = {
        mark: line
        for mark in marks
        if mark.kind in _FAMILIES and (line := starts.get(mark.start)) and line.end <= mark.end and line.is_sentence
    }
    if not asked:
        return marks
    taken = {starts[mark.start].index for mark in marks if mark.start in starts}
    prose = [line for line in page.lines if line.index not in taken and (line.is_prose or line.is_sentence)]
    inside = {mark: line for mark, line in asked.items() if _is_between(line, prose, taken)}
    texts = {line.text for line in inside.values()}
    spared = {
        mark
        for mark, line in inside.items()
        if _is_quoted(line) or _is_about(_FAMILIES[mark.kind], prose, texts - {line.text})
    }
    return [mark for mark in marks if mark not in spared] if spared else marks


def _steps(page: Page, lines: Sequence[Line]) -> frozenset[int]:
    """Offsets of the lines that say what to do in a step: "Step 2 / Sign in to your account"."""
    if not any(line.index and any(map(str.isdigit, page.lines[line.index - 1].text[-3:])) for line in lines):
        return frozenset()
    headings = numbered_headings(page)
    return frozenset(line.start for line in lines if line.index - 1 in headings)


def _is_between(line: Line, prose: Sequence[Line], taken: set[int]) -> bool:
    """Does the story stand right above the line and right below it?"""
    place = bisect_left([other.index for other in prose], line.index)
    if not 0 < place < len(prose):
        return False
    above, below = prose[place - 1].index, prose[place].index
    return all(
        sum(index not in taken for index in between) < _NEAR_LINES
        for between in (range(above + 1, line.index), range(line.index + 1, below))
    )


def _is_quoted(line: Line) -> bool:
    """Is a part of the line quoted, and the rest a sentence?"""
    rest = _QUOTED.sub(" ", line.text)
    return rest != line.text and sum(word[0].islower() for word in rest.split()) >= _AROUND_WORDS


def _is_about(family: str, prose: Sequence[Line], others: Iterable[str]) -> bool:
    """Does the story open with the matter, and do sentences enough speak of it, of those that read like prompts too?"""
    matter = _topic(family)
    if not any(matter.search(fold(line.text)) for line in prose[:_LEAD_LINES]):
        return False
    speaking = (text for text in chain((line.text for line in prose), others) if matter.search(fold(text)))
    return len(list(islice(speaking, _ABOUT_LINES))) == _ABOUT_LINES


def topic_words(family: str) -> frozenset[str]:
    """The words of ``phrases/topics.tsv`` of a family, folded."""
    table = files("cleaning.boilerplate.phrases").joinpath("topics.tsv").read_text("utf-8")
    rows = (row.split("\t") for row in table.splitlines() if not row.startswith("#"))
    return frozenset(fold(word) for name, _, word in rows if name == family)


@cache
def _topic(family: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(_pattern, topic_words(family)))))


def _pattern(word: str) -> str:
    """The word as a pattern: from the start of a word to the end of one, where the script has such and no * stands."""
    if is_unspaced(word):
        return re.escape(word)
    return r"\b" + (re.escape(word[:-1]) if word.endswith("*") else re.escape(word) + r"\b")
