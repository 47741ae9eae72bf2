"""Scores of extracted pages: word F1, snippets, metadata. The definitions are in ``benchmarks/pages.py``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.line_labels import words_of
from cleaning.language import detect_language
from cleaning.normalize.authors import parse_authors
from cleaning.normalize.characters import normalize_text

_WORD = re.compile(r"\w+")
_LANGUAGES = {"de": "German", "en": "English"}


@dataclass(slots=True)
class Read:
    """What one extractor made of one page."""

    text: str = ""
    title: str | None = None
    authors: Sequence[str] = ()
    day: str | None = None


def word_f1(found: str, gold: str) -> float:
    """F1 of the words of a text against the gold text's, as multisets; an empty gold wants an empty text."""
    return _f1(_WORD.findall(found.lower()), _WORD.findall(gold.lower()))


def _f1(found: Sequence[str], gold: Sequence[str]) -> float:
    have, want = Counter(found), Counter(gold)
    if not want:
        return float(not have)
    return 2 * (have & want).total() / (have.total() + want.total())


def language_of(row: dict[str, Any]) -> str:
    """German, English or other: the language of the snippets that the page must yield."""
    return _LANGUAGES.get(detect_language(" ".join(row["with"])).code or "", "other")


def person_names(value: str | None) -> frozenset[str]:
    """The people that a gold author field names, as the words of their names."""
    names = parse_authors(re.split(r"[;|]", value or ""))
    return frozenset(" ".join(_WORD.findall(name.casefold())) for name in names)


@dataclass
class Board:
    """The running scores of one extractor."""

    f1: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    public: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    snippets: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    metadata: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: float = 0.0
    pages: int = 0

    def add(self, row: dict[str, Any], read: Read, seconds: float) -> None:
        """Scores one page."""
        self.seconds += seconds
        self.pages += 1
        text = " ".join(normalize_text(read.text).split())
        if "main_content" in row:
            score = word_f1(read.text, row["main_content"] or "")
            self.f1["all"].append(score)
            self.f1[row["page_type"]].append(score)
            for name in ("with", "without"):
                found = [" ".join(snippet.lower().split()) in text.lower() for snippet in row[name]]
                if found:
                    self.rates[name].append(sum(found) / len(found))
        elif "gold_words" in row:
            score = _f1(words_of(read.text), row["gold_words"])
            for group in ("all", row["language"]):
                self.public[group].append(score)
        else:
            self._add_snippets(row, text)
        self._add_metadata(row, read)

    def _add_snippets(self, row: dict[str, Any], text: str) -> None:
        inside, outside = (
            sum(" ".join(normalize_text(snippet).split()) in text for snippet in row[name])
            for name in ("with", "without")
        )
        for group in ("all", language_of(row)):
            self.snippets[group] += Counter(hit=inside, missed=len(row["with"]) - inside, wrong=outside)

    def _add_metadata(self, row: dict[str, Any], read: Read) -> None:
        if row["title"]:
            self.metadata["title"].append(same_words(read.title, row["title"]))
        people = person_names(row["author"])
        if people:
            self.metadata["author"].append(person_names(";".join(read.authors)) == people)
        if row["publish_date"]:
            self.metadata["day"].append((read.day or "")[:10] == row["publish_date"][:10])

    def snippet_f1(self, group: str) -> float:
        """F1 of the pooled snippets of a language group."""
        counts = self.snippets[group]
        return 2 * counts["hit"] / max(1, 2 * counts["hit"] + counts["missed"] + counts["wrong"])


def same_words(found: str | None, gold: str) -> bool:
    """Do two texts have the same words in the same order, case apart?"""
    return _WORD.findall((found or "").casefold()) == _WORD.findall(gold.casefold())


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
