"""Labelled lines for the line model: records, sites, folds, weights."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import pyarrow.parquet as pq

WHOLE_PAGE = frozenset({"bs4", "html2text", "inscriptis", "resiliparse_all"})  # renderers of all visible text
CLEAN = "gold"  # no renderer: the gold text itself, of which every line is content
LEAST_CLEAN_LINES = 3
FOLDS = 5

BAD_GOLDS = frozenset(
    line for line in Path(__file__).with_name("bad_golds.txt").read_text("utf-8").split("\n") if line[:1] not in "# "
)

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "gv", "net", "or", "org"})


@dataclass(frozen=True, slots=True)
class Record:
    """One rendering of one page; `labels` has a letter a line: c content, b boilerplate, m and u not counted.

    `is_partial`: only some lines have a letter other than u. `is_public`: labelled by benchmarks/public_lines.py.
    """

    page: str
    renderer: str
    lang: str
    site: str
    lines: list[str]
    labels: str
    is_partial: bool
    is_public: bool = False

    @property
    def group(self) -> str:
        """The group that figures are printed for."""
        if not self.is_partial:
            kind = "whole page" if self.renderer in WHOLE_PAGE else "main content"
            return f"public, {kind}" if self.is_public else kind
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


def path_of_fold(folder: Path, fold: int, name: str) -> Path:
    """Where an artifact stands that learnt from all folds but one; its folder is made."""
    path = folder / str(fold) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def read_records(path: Path) -> Iterator[Record]:
    """The records of a gzipped JSON-lines file, pages with bad golds left out."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for row in map(json.loads, handle):
            if row["id"] not in BAD_GOLDS:
                yield Record(
                    page=row["id"],
                    renderer=row["renderer"],
                    lang=row.get("lang") or row.get("language") or "en",
                    site=site_of(row["url"]),
                    lines=row["lines"],
                    labels=row["labels"],
                    is_partial="lang" in row,
                    is_public="language" in row,
                )


def read_all(folder: Path, more: Path | None = None) -> list[Record]:
    """All renderings of the two files of a benchmark folder, and then those of benchmarks/public_lines.py."""
    names = ("dev.jsonl.gz", "multilang-dev.jsonl.gz")
    files = [folder / "residual" / name for name in names] + ([more] if more else [])
    return [record for file in files for record in read_records(file) if record.renderer != CLEAN]


def read_clean(folder: Path, more: Path | None = None) -> list[Record]:
    """The gold texts of all kinds of pages of WCXB, and then those of benchmarks/public_lines.py."""
    table = pq.read_table(folder / "wcxb-dev.parquet", columns=["id", "url", "main_content"])
    records = []
    for row in table.to_pylist():
        name, lines = f"dev-{row['id']}", [" ".join(line.split()) for line in (row["main_content"] or "").splitlines()]
        lines = [line for line in lines if line]
        if name not in BAD_GOLDS and len(lines) >= LEAST_CLEAN_LINES:
            site = site_of(row["url"] or f"http://{name}/")
            records.append(Record(f"{name} gold", CLEAN, "en", site, lines, "c" * len(lines), is_partial=False))
    return records + [record for record in read_records(more) if record.renderer == CLEAN] if more else records


def read_phrases(path: Path) -> list[tuple[str, str]]:
    """(kind, phrase) of the phrases that were met in public material."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return [(row["kind"], row["phrase"]) for row in rows if "not met" not in row["where seen"]]
