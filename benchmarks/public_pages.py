"""Web pages with gold texts from public repositories, read from their clones.

| folder of the clone | repository, commit | pages | gold | licence |
|---|---|---|---|---|
| fundus | flairNLP/fundus, 18da6e53 | 258 of 180 publishers in 34 countries | output of parsers written for each | MIT |
| article-extraction-benchmark | scrapinghub/article-extraction-benchmark, 4a3bc979 | 181 | by hand | MIT |
| misinformation-crawler | alan-turing-institute/misinformation-crawler, 578fe20 | 191 of 107 sites | rules written for each site | MIT |
| article-extraction-dataset | AndyTheFactory/article-extraction-dataset, cf3e295 | 421 of 212 news sites | by hand | Apache-2.0 |
| chinese | immortal-autumn/Chinese-Web-Content-Extraction-Dataset, 99d0ef0 | 69 | by hand | MIT |

The texts remain the property of their publishers. Nothing of them is kept but what a model learns.
"""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.line_labels import GoldText

LEAST_GOLD_WORDS = 80
LEAST_GOLD_SHARE = 0.85  # of a gold text's 3-grams that stand in the page; else it is the gold of another version


@dataclass(frozen=True, slots=True)
class Gold:
    """What somebody took out of a page: paragraphs in order, and what else is known of it."""

    paragraphs: list[str]
    title: str = ""
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page as it was fetched. Of several golds (one for each version of a parser) the one that fits the page is right."""

    name: str
    url: str
    html: bytes
    golds: list[Gold]

    def fitting_gold(self, words: Sequence[str]) -> tuple[GoldText, Gold] | None:
        """The gold of which most stands in the page, which has these words; none where none fits."""
        texts = [(GoldText(gold.paragraphs), gold) for gold in self.golds]
        texts = [(text, gold) for text, gold in texts if len(text.words) >= LEAST_GOLD_WORDS]
        best = max(texts, key=lambda pair: pair[0].share_in(words), default=None)
        return best if best and best[0].share_in(words) >= LEAST_GOLD_SHARE else None


def read_pages(clones: Path) -> Iterator[PublicPage]:
    """All pages of the clones that are there, those of one repository together, in order of their names."""
    for folder, read in READERS.items():
        if (clones / folder).is_dir():
            yield from read(clones / folder)


def _fundus(clone: Path) -> Iterator[PublicPage]:
    for table in sorted(clone.glob("tests/resources/parser/test_data/*/*.json")):
        golds = [_fundus_gold(version) for version in _read(table).values() if version.get("body")]
        urls = _read(table.with_name("meta.info"))
        for file in sorted(table.parent.glob(f"{table.stem}_2*.html.gz")):
            name = file.name.removesuffix(".html.gz")
            url = urls.get(file.name, {}).get("url", "")
            yield PublicPage(f"fundus-{name}", url, gzip.decompress(file.read_bytes()), golds)


def _fundus_gold(version: dict[str, Any]) -> Gold:
    body = version["body"]
    paragraphs = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        paragraphs += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    images = [image for image in version.get("images") or [] if isinstance(image, dict)]
    captions = tuple(str(image.get(key) or "") for image in images for key in ("caption", "description", "alt"))
    return Gold(paragraphs, version.get("title") or "", tuple(version.get("authors") or ()), captions)


def _scrapinghub(clone: Path) -> Iterator[PublicPage]:
    for name, row in sorted(_read(clone / "ground-truth.json").items()):
        file = clone / "html" / f"{name}.html.gz"
        if file.is_file():
            gold = Gold(row["articleBody"].split("\n"))
            yield PublicPage(f"scrapinghub-{name[:12]}", row["url"], gzip.decompress(file.read_bytes()), [gold])


def _misinformation(clone: Path) -> Iterator[PublicPage]:
    for table in sorted(clone.glob("tests/site_test_data/*/*_extracted_data.json")):
        row, site, number = _read(table), table.parent.name, table.name.removesuffix("_extracted_data.json")
        file = table.with_name(f"{number}_article.html")
        if file.is_file():
            paragraphs = [part["text"] for part in row["plain_text"] or []]
            gold = Gold(paragraphs, row["title"] or "", (str(row["byline"] or ""),))
            yield PublicPage(f"misinformation-{site}-{number}", f"http://{site}/", file.read_bytes(), [gold])


def _news_sites(clone: Path) -> Iterator[PublicPage]:
    for name, row in sorted(_read(clone / "articles.json").items()):
        file = clone / "html" / f"{name}.html"
        if file.is_file():
            gold = Gold(row["articleBody"].split("\n"), row["title"] or "", (row["authors"] or "",))
            yield PublicPage(f"news-{name[:12]}", row["url"], file.read_bytes(), [gold])


def _chinese(clone: Path) -> Iterator[PublicPage]:
    for file in sorted(clone.glob("original/*.html")):
        html, text = file.read_bytes(), clone / "cleaned" / f"{file.stem}.txt"
        found = re.search(
            rb'rel="?canonical"?[^>]+href="([^"]+)|og:url"[^>]+content="([^"]+)|saved from url=\(\d+\)(\S+)', html
        )
        url = next(part for part in found.groups() if part).decode("utf-8", "replace") if found else ""
        gold = Gold(text.read_text(encoding="utf-8", errors="replace").split("\n"))
        yield PublicPage(f"chinese-{file.stem[:12]}", url, html, [gold])


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


READERS = {
    "fundus": _fundus,
    "article-extraction-benchmark": _scrapinghub,
    "misinformation-crawler": _misinformation,
    "article-extraction-dataset": _news_sites,
    "chinese": _chinese,
}
