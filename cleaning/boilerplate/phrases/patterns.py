"""Phrases with gaps and endings, found by looking up the words of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from cleaning.boilerplate.phrases.words import find_word_end, find_words, fold, is_unspaced

T = TypeVar("T")
Table = dict[object, list[tuple["Pattern", T]]]
# So many words may stand in a gap: prompts name a topic there, sentences say something else.
MAX_GAP_WORDS = 12
# Patterns are filed under so many first letters of their first word.
_KEY_CHARS = 4


@dataclass(frozen=True, slots=True)
class Pattern:
    """Runs of words, with anything between them; in scripts without spaces runs of letters.

    Attributes:
        is_anywhere: the first run may stand anywhere in the line, not only at its start.
        is_open: something may follow the last run.
        is_label: the first run is a single word with a colon, which the line must have too: "ID: 4711" is a label,
            "ID theft surges" is a headline.
    """

    runs: tuple[tuple[str, ...], ...]
    by_letters: bool
    is_anywhere: bool
    is_open: bool
    is_label: bool = False

    @property
    def n_words(self) -> int:
        """Words of the pattern; letters of scripts without spaces count half a word, rounded up."""
        if self.by_letters:
            return (sum(len(run[0]) for run in self.runs) + 1) // 2
        return sum(map(len, self.runs)) + (len(self.runs) > 1)

    def ends(self, line: str, words: Sequence[str]) -> bool:
        """Does the line end with the last run?"""
        if self.by_letters:
            return fold(line).rstrip(" .!?…:。！？)）】]").endswith(self.runs[-1][0])
        return _is_run(self.runs[-1], words, len(words) - len(self.runs[-1]))

    @property
    def size(self) -> int:
        """How much the pattern asks for: its letters."""
        return sum(len(word) for run in self.runs for word in run)


def as_pattern(phrase: str) -> Pattern:
    """The pattern that a phrase says.

    >>> as_pattern("… sign* up … newsletter").runs
    (('sign*', 'up'), ('newsletter',))
    """
    parts = [part.strip() for part in phrase.split("…")]
    by_letters = is_unspaced(phrase)
    runs = tuple((fold(part),) if by_letters else _words(part) for part in parts if part)
    is_label = not by_letters and len(parts) > 1 and parts[0].endswith(":") and len(runs[0]) == 1
    return Pattern(runs, by_letters, not parts[0], len(parts) > 1 and not parts[-1], is_label)


def _words(part: str) -> tuple[str, ...]:
    return tuple(found + ("*" if word.endswith("*") else "") for word in part.split() for found in _split(word))


def _split(word: str) -> tuple[str, ...]:
    return find_words(word)


class Patterns(Generic[T]):
    """Patterns with what they stand for, filed under their first words."""

    def __init__(self, rows: Iterable[tuple[Pattern, T]]) -> None:
        self._starts: Table[T] = {}
        self._inside: Table[T] = {}
        self._letters: dict[str, list[tuple[Pattern, T]]] = {}
        self._letters_inside: dict[str, list[tuple[Pattern, T]]] = {}
        for pattern, value in rows:
            if pattern.by_letters:
                filed = self._letters_inside if pattern.is_anywhere else self._letters
                filed.setdefault(pattern.runs[0][0][:2], []).append((pattern, value))
            else:
                table = self._inside if pattern.is_anywhere else self._starts
                table.setdefault(_key(pattern.runs[0]), []).append((pattern, value))
        self._first = frozenset(key[0] if isinstance(key, tuple) else key for key in self._starts)
        # The first words of those that may stand anywhere, each with the words that must follow it; None for any.
        self._first_inside: dict[str, set[str] | None] = {}
        for key in self._inside:
            if isinstance(key, tuple) and (seconds := self._first_inside.setdefault(key[0], set())) is not None:
                seconds.add(key[1])
            elif isinstance(key, str):
                self._first_inside[key] = None
        self._words_inside = frozenset(self._first_inside)
        rows_inside = (pattern.runs[0][0] for found in self._inside.values() for pattern, _ in found)
        self._stems_inside = frozenset(word[:_KEY_CHARS].rstrip("*") for word in rows_inside if word[-1] == "*")
        self._any_stem = re.compile("|".join(map(re.escape, sorted(self._stems_inside))) or r"(?!)")

    def find(self, line: str, words: Sequence[str], *, by_letters: bool) -> list[tuple[Pattern, T, int]]:
        """Each pattern that the line fits, what it stands for, and the offset at which its first run ends."""
        found: list[tuple[Pattern, T, int]] = []
        if words[0] in self._first or words[0][:_KEY_CHARS] in self._first:
            self._find_at(0, line, words, self._starts, found)
        # Two lines in three hold none of these words.
        if not self._words_inside.isdisjoint(words) or self._any_stem.search(" ".join(words)):
            for index in self._may_start_inside(words):
                self._find_at(index, line, words, self._inside, found)
        if by_letters:
            found += self._find_letters(line)
        return found

    def _find_at(
        self, index: int, line: str, words: Sequence[str], table: Table[T], found: list[tuple[Pattern, T, int]]
    ) -> None:
        for key in _keys(words, index):
            for pattern, value in table.get(key, ()):
                if _fits_words(pattern, words, index):
                    end = find_word_end(line, index + len(pattern.runs[0]))
                    if not pattern.is_label or line[end:].lstrip().startswith((":", "：")):
                        found.append((pattern, value, end))

    def _may_start_inside(self, words: Sequence[str]) -> list[int]:
        """Where a pattern that may stand anywhere could start: at its first word before its second."""
        first, stems, places = self._first_inside, self._stems_inside, []
        for index, word in enumerate(words):
            if word in first:
                seconds = first[word]
                if seconds is None or (index + 1 < len(words) and words[index + 1] in seconds):
                    places.append(index)
                    continue
            if word[:_KEY_CHARS] in stems:
                places.append(index)
        return places

    def _find_letters(self, line: str) -> Iterator[tuple[Pattern, T, int]]:
        text = fold(line)
        start = next((i for i, letter in enumerate(text) if letter.isalnum()), 0)
        for key in {text[start : start + 2], text[start : start + 1]}:
            for pattern, value in self._letters.get(key, ()):
                if text.startswith(pattern.runs[0][0], start) and _fits_letters(pattern, text, start):
                    yield pattern, value, start + len(pattern.runs[0][0])
        # Of 360 patterns the two first letters of a few stand in a line.
        pairs = self._letters_inside.keys() & {*map("".join, pairwise(text)), *text}
        for key in sorted(pairs):
            for pattern, value in self._letters_inside[key]:
                at = text.find(pattern.runs[0][0])
                if at >= 0 and _fits_letters(pattern, text, at):
                    yield pattern, value, at + len(pattern.runs[0][0])


def _key(run: Sequence[str]) -> object:
    """What a run is filed under: its first two words, its only one, or the first letters of one with an ending."""
    if run[0][-1] == "*":
        return run[0][:_KEY_CHARS].rstrip("*")
    return (run[0], run[1]) if len(run) > 1 and run[1][-1] != "*" else run[0]


def _keys(words: Sequence[str], index: int) -> tuple[object, ...]:
    """What runs that start at a word can be filed under."""
    word = words[index]
    short = word[:_KEY_CHARS]
    pair = (word, words[index + 1]) if index + 1 < len(words) else None
    return (word, pair) if short == word else (word, pair, short)


def _fits_words(pattern: Pattern, words: Sequence[str], index: int) -> bool:
    """Do the runs stand in the words in order, the first one at ``index``?"""
    first, *others = pattern.runs
    if not _is_run(first, words, index):
        return False
    index += len(first)
    for run in others:
        last = min(len(words) - len(run), index + MAX_GAP_WORDS)
        while index <= last and not _is_run(run, words, index):
            index += 1
        if index > last:
            return False
        index += len(run)
    return True


def _is_run(run: Sequence[str], words: Sequence[str], index: int) -> bool:
    if index < 0 or index + len(run) > len(words):
        return False
    for wanted in run:
        if words[index] != wanted and not (wanted[-1] == "*" and words[index].startswith(wanted[:-1])):
            return False
        index += 1
    return True


def _fits_letters(pattern: Pattern, text: str, start: int) -> bool:
    for (run,) in pattern.runs:
        at = text.find(run, start)
        if at < 0:
            return False
        start = at + len(run)
    return True
