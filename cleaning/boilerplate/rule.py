"""What a rule is, and the page that it looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Any, Generic, Self, TypeVar, overload

from cleaning.boilerplate.phrases import Phrase, phrase_lists
from cleaning.boilerplate.phrases.words import find_words, fold, is_unspaced, split_words
from cleaning.boilerplate.series import find_series
from cleaning.records import Kind, Mark

# Scripts that are written without spaces; each of their letters counts as half a word
# (mean word length in Chinese text is 1.6 characters, in Japanese about 2).
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TERMINAL = frozenset(".!?…。！？।؟۔")
# Marks of footnotes behind a sentence: "… in 1854.[50][51]".
_NOTE_MARKS, _MARKS_CHARS = re.compile(r"(?:\s?\[\d{1,3}(?:[,;–-]\s?\d{1,3}){0,5}\]){1,5}$"), 60
_TWO_CELLS = re.compile(r"\|\s?[^|\s][^|]*\|\s?[^|\s][^|]*\|$")
_CLOSERS = " \"'”’»)]}›」』*"
# Lines longer than this are prose and nothing else; counting their words costs time for no answer.
LONG_LINE_CHARS = 1_000
PROSE_WORDS = 12
# Prompts of five words and fewer are hardly ever written out as a sentence of a story.
SENTENCE_WORDS = 6
# A rule's score is the share of its matches on the development data that labels call boilerplate;
# one that cuts in vain more often than one time in ten only marks.
REMOVE_SCORE = 0.9
# A line of this many words is prose though it ends without a full stop: 99 of 100 headlines are shorter.
LONG_LINE_WORDS = 28


_Value = TypeVar("_Value")
_Known = TypeVar("_Known")


class computed_once(Generic[_Value]):  # noqa: N801 - used as a decorator
    """An attribute that is computed at its first use, and then is an attribute like any other.

    As functools.cached_property, without the lock that one takes in Python 3.11: a tenth of the time of the rules.
    """

    def __init__(self, compute: Callable[[Any], _Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> _Value: ...

    def __get__(self, instance: object | None, owner: type) -> _Value | Self:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


class Scope(StrEnum):
    """When a rule runs: line rules first, block rules second; block rules see the first marks."""

    LINE = "line"
    BLOCK = "block"


@dataclass(frozen=True)
class Line:
    """One non-empty line, or a paragraph that was broken to a width, without blanks at either end.

    ``page.text[start:end].replace("\\n", " ") == text``.
    """

    index: int
    number: int
    start: int
    end: int
    text: str
    blank_before: bool
    blank_after: bool

    @classmethod
    def placed(cls, known: dict[str, Any], **place: Any) -> Line:
        """The line of a place, as the fields say it, with what is ``known`` of a line of the same text.

        The constructor of a frozen class takes three times as long, and a text is split in every pass.
        """
        line = object.__new__(cls)
        line.__dict__.update(known, **place)
        return line

    @computed_once
    def words(self) -> tuple[str, ...]:
        """The case-folded words of the line; none where it is longer than a label or a paragraph is."""
        return split_words(fold(self.text)) if len(self.text) <= LONG_LINE_CHARS else ()

    @computed_once
    def word_set(self) -> frozenset[str]:
        """The words of the line, for tests whether it holds one of many."""
        return frozenset(self.words)

    @computed_once
    def is_unspaced(self) -> bool:
        """Does the line hold letters of a script whose words have no blanks between them?"""
        return is_unspaced(self.text)

    @computed_once
    def n_words(self) -> int:
        """Words of the line; scripts written without spaces count two letters as a word, their dots as none."""
        if len(self.text) > LONG_LINE_CHARS:
            return len(self.text) // 6
        unspaced = len(_UNSPACED.findall(self.text)) if self.is_unspaced and self.words else 0
        return len(find_words(_UNSPACED.sub(" ", self.text)) if unspaced else self.words) + (unspaced + 1) // 2

    @computed_once
    def ends_sentence(self) -> bool:
        """Does the line end as a sentence does, quotes, brackets and marks of notes behind the full stop aside?"""
        tail = self.text[-_MARKS_CHARS:].rstrip()
        tail = _NOTE_MARKS.sub("", tail) if tail.endswith("]") else tail
        return tail.rstrip(_CLOSERS)[-1:] in _TERMINAL

    @computed_once
    def is_sentence(self) -> bool:
        """Does the line end as a sentence does, with so many words that it is hardly a prompt or a label?"""
        return self.ends_sentence and self.n_words >= SENTENCE_WORDS

    @property
    def is_row(self) -> bool:
        """Does the line look like the row of a table: three cells with bars between them, or two inside bars?"""
        return self.text.count(" | ") > 1 or (self.text[0] == "|" and _TWO_CELLS.match(self.text) is not None)

    @computed_once
    def phrases(self) -> tuple[Phrase, ...]:
        """The listed phrases that the whole line is."""
        return phrase_lists().find(self.text, self.words)

    @computed_once
    def series(self) -> str | None:
        """What the lines of a list begin with alike, or None: ``find_series``."""
        return find_series(self.text)

    def row_of(self, kind: Kind, use: str | None = None) -> Phrase | None:
        """The row of a kind (and use) that the whole line fits, or None."""
        return next((row for row in self.phrases if row.kind == kind and use in (None, row.use)), None)

    def phrase_of(self, kind: Kind, use: str | None = None) -> str | None:
        """The listed phrase of a kind (and use) that the whole line is, or None."""
        row = self.row_of(kind, use)
        return row.phrase if row else None

    @computed_once
    def is_prose(self) -> bool:
        """A sentence of some length, or more words than a headline has."""
        return self.n_words >= LONG_LINE_WORDS or (self.ends_sentence and self.n_words >= PROSE_WORDS)


LineTest = Callable[[Line], object]


def _is_listed(line: Line) -> bool:
    return bool(line.phrases)


@dataclass(frozen=True)
class Page:
    """The text of a document and its non-empty lines in order.

    Attributes:
        before: of a page that lines were cut out of, the texts of the lines that each test was true of there.
        fresh: the lines that were not there.
    """

    text: str
    lines: tuple[Line, ...]
    title: str | None = None
    before: Mapping[LineTest, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    fresh: tuple[Line, ...] = field(default=(), repr=False, compare=False)

    @computed_once
    def answers(self) -> dict[LineTest, frozenset[str]]:
        """The texts of lines that a test was true of, by test: for the page that is left after a cut."""
        return {}

    def lines_that(self, test: LineTest) -> Sequence[Line]:
        """The lines that a test of the text alone is true of, in order. Lines of a page before are not asked again."""
        texts = self.answers.get(test)
        if texts is None:
            before = self.before.get(test)
            asked = self.lines if before is None else self.fresh
            found = [line.text for line in asked if test(line)]
            texts = self.answers[test] = frozenset(found).union(before or ()) if found or not before else before
        return [line for line in self.lines if line.text in texts] if texts else ()

    def once(self, compute: Callable[[Page], _Known]) -> _Known:
        """What a function of the page returns, computed once: several rules look at the same lines."""
        known: dict[object, Any] = self.__dict__.setdefault("_once", {})
        if compute not in known:
            known[compute] = compute(self)
        value: _Known = known[compute]
        return value

    @computed_once
    def edges(self) -> tuple[Line, ...]:
        """The lines above the first and below the last line of prose; none where there is no prose."""
        return self.lines[: self.first_prose] + self.lines[self.last_prose + 1 :] if self.last_prose >= 0 else ()

    @computed_once
    def first_prose(self) -> int:
        """Index of the first line of prose; the number of lines where there is none."""
        return next((line.index for line in self.lines if line.is_prose), len(self.lines))

    @computed_once
    def listed(self) -> tuple[Line, ...]:
        """The lines that phrase lists name, in order."""
        return tuple(self.lines_that(_is_listed))

    @computed_once
    def last_prose(self) -> int:
        """Index of the last line of prose; -1 where there is none."""
        return next((line.index for line in reversed(self.lines) if line.is_prose), -1)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a finder points, and what it saw there."""

    start: int
    end: int
    evidence: str


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of a text begin.

    >>> line_starts("a\\n\\nb")
    [0, 2, 3]
    """
    return [0, *(end for end in accumulate(len(row) + 1 for row in text.split("\n")) if end <= len(text))]


def line_number(starts: Sequence[int], offset: int) -> int:
    """The line, counted from 1, in which an offset lies; ``starts`` as ``line_starts`` gives them."""
    return bisect_right(starts, offset)


Find = Callable[[Page, Sequence[Mark]], Iterable[Span]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented claim about a pattern in text; see STYLE: it marks and never edits.

    Attributes:
        score: how sure the rule is of what it marks, 0 to 1.
        examples: small diffs: rows starting ``- `` go, rows starting with two blanks stay, a ``+ ``
            row shows what is left of the row before it.
    """

    code: str
    name: str
    kind: Kind
    scope: Scope
    summary: str
    why: str
    risk: str
    source: str
    find: Find
    examples: tuple[str, ...]
    score: float = 0.95
