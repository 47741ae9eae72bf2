"""Labelled lines for the line model: records, sites, folds, weights."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

WHOLE_PAGE = frozenset({"bs4", "html2text", "inscriptis", "resiliparse_all"})  # renderers of all visible text
FOLDS = 5
MIN_KEPT_LINES = 5  # an extractor's output of fewer lines has often missed the article
SHORT_CHARS = 120  # longer lines that an extractor leaves out are content too often

# Pages whose gold text stops early, by the README of the data: five checked, three likely.
BAD_GOLDS = frozenset(f"dev-{n}" for n in ("2498", "4621", "4677", "4694", "4912", "0339", "2218", "4072"))

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "gv", "net", "or", "org"})


@dataclass(frozen=True, slots=True)
class Record:
    """One rendering of one page; `labels` has a letter a line: c content, b boilerplate, m and u not counted.

    `weak`: for lines of partly labelled whole pages a guess, c where the main content has the line, b where not.
    """

    page: str
    renderer: str
    lang: str
    site: str
    lines: list[str]
    labels: str
    weak: str
    is_partial: bool

    @property
    def group(self) -> str:
        """The group that figures are printed for."""
        if not self.is_partial:
            return "whole page" if self.renderer in WHOLE_PAGE else "main content"
        lang = {"de": "German", "en": "English"}.get(self.lang, "other languages")
        return f"{lang}, {self.renderer}"

    @property
    def fold(self) -> int:
        """Number of the fold: all pages of a site are in one."""
        return crc32(self.site.encode()) % FOLDS


def site_of(url: str) -> str:
    """The registered domain, guessed.

    >>> site_of("https://www.blog.example.co.uk/a"), site_of("hard::example.com-a.html")
    ('example.co.uk', 'example.com-a.html')
    """
    host = urlsplit(url).hostname or url.removeprefix("hard::").split("/")[0]
    parts = host.lower().split(".")
    size = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-size:])


def read_records(path: Path) -> Iterator[Record]:
    """The records of a gzipped JSON-lines file, pages with bad golds left out."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for row in map(json.loads, handle):
            if row["id"] not in BAD_GOLDS:
                yield Record(
                    page=row["id"],
                    renderer=row["renderer"],
                    lang=row.get("lang", "en"),
                    site=site_of(row["url"]),
                    lines=row["lines"],
                    labels=row["labels"],
                    weak="u" * len(row["lines"]),
                    is_partial="lang" in row,
                )


def weak_labels(lines: list[str], labels: str, kept: list[str]) -> str:
    """A guess for each u line of a whole page from an extractor's output: c where that has it, b where it has not.

    Long lines that the extractor left out stay u: it loses paragraphs too.

    >>> weak_labels(["Home", "It rains.", "x"], "uub", ["It rains."] * MIN_KEPT_LINES)
    'bcu'
    """
    if len(kept) < MIN_KEPT_LINES:
        return "u" * len(lines)
    have = set(kept)
    guesses = ("c" if line in have else "b" if len(line) <= SHORT_CHARS else "u" for line in lines)
    return "".join(guess if label == "u" else "u" for guess, label in zip(guesses, labels, strict=True))


def read_all(folder: Path) -> list[Record]:
    """All records of the two files of a benchmark folder, the partly labelled whole pages with weak labels."""
    records = list(read_records(folder / "residual" / "dev.jsonl.gz"))
    partial = list(read_records(folder / "residual" / "multilang-dev.jsonl.gz"))
    kept = {record.page: record.lines for record in partial if record.renderer not in WHOLE_PAGE}
    for record in partial:
        if record.renderer in WHOLE_PAGE:
            record = replace(record, weak=weak_labels(record.lines, record.labels, kept.get(record.page, [])))
        records.append(record)
    return records


def read_phrases(path: Path) -> list[tuple[str, str]]:
    """(kind, phrase) of the phrases that were met in public material."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return [(row["kind"], row["phrase"]) for row in rows if "not met" not in row["where seen"]]
