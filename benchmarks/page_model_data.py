"""Labelled pages for the page model: blocks with features, labels, weights, folds."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_labels import Words, words_of
from benchmarks.line_model_data import BAD_GOLDS as BAD_GOLDS_OF_LINES
from benchmarks.line_model_data import FOLDS, site_of
from benchmarks.page_model_labels import labels_by_snippets, shares_in_gold
from benchmarks.public_pages import PublicPage
from benchmarks.public_pages import read_pages as read_public_pages
from cleaning.extract.block_features import Table, table_of
from cleaning.extract.blocks import drop_unread, read_blocks
from cleaning.extract.head import read_head
from cleaning.extract.metadata import find_address
from cleaning.extract.page_model import KINDS
from cleaning.extract.parse import parse_page, said_types
from cleaning.ingest.decode import Decoded, decode
from cleaning.language import detect_language

Floats = NDArray[np.float64]

# Pages whose gold stops early or is empty, by the README of the data: learnt from by nobody, scored all the same.
BAD_GOLDS = frozenset(("0339", "2498", "4621", "4677", "4694", "4912", "4681", "4893"))
_GOLD_WORDS = 50
# Public pages are news, as most pages of WCXB are: a word of another kind of page weighs more, lest the trees take lists of
# goods and threads for what stands beside a story.
_PUBLIC_WEIGHT, _OTHER_KINDS_WEIGHT = 0.7, 2.0
# A block of so many words inside the story that the gold text leaves out may be a gap of it: not learnt from.
_GAP_WORDS = 12


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled page: features (features, blocks), labels, weights, kind (-1: not known)."""

    id: str
    site: str
    table: Table
    names: tuple[str, ...]
    label: Floats
    weight: Floats
    kind: int

    @property
    def fold(self) -> int:
        """Number of the fold: all pages of a site are in one."""
        return fold_of(self.site)


def fold_of(site: str) -> int:
    """Number of the fold of a site."""
    return crc32(site.encode()) % FOLDS


def row_site(row: dict[str, Any]) -> str:
    """The registered domain of a row of the data."""
    return site_of(row["url"] or f"hard::{row['id']}")


def page_text(data: bytes) -> str:
    """A page's markup as text."""
    found = decode(data, is_html=True)
    return found.text if isinstance(found, Decoded) else data.decode("utf-8", "replace")


def read_rows(folder: Path, name: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    """The rows of ``wcxb-dev.parquet`` or ``trafeval-dev.parquet``."""
    import pyarrow.parquet as pq

    return list(pq.read_table(folder / f"{name}-dev.parquet", columns=columns).to_pylist())


def read_pages(folder: Path, clones: Path | None, cache: Path | None, report: Callable[[str], None]) -> list[Page]:
    """All labelled pages that have a block; kept in ``cache`` while the code of the features is the same."""
    path = cache / f"pages-{_digest()}{'-public' if clones else ''}.pickle" if cache else None
    if path and path.is_file():
        pages: list[Page] = pickle.loads(path.read_bytes())
        return pages
    pages = [*_gold_pages(folder), *_marked_pages(folder), *(public_pages(clones) if clones else ())]
    report(f"{len(pages)} pages with {sum(page.label.size for page in pages):,} blocks")
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(pages))
    return pages


def _digest() -> str:
    """Of all code that makes features or labels."""
    extract = Path(table_of.__code__.co_filename).parent
    names = ("marks", "blocks", "parse", "block_text", "block_place", "block_features")
    files = [
        *(extract / f"{name}.py" for name in names),
        Path(__file__),
        *(Path(__file__).with_name(f"{name}.py") for name in ("page_model_labels", "line_labels", "public_pages")),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _gold_pages(folder: Path) -> Iterator[Page]:
    for row in read_rows(folder, "wcxb"):
        texts, table, names = blocks_and_table(row)
        if not texts:
            continue
        shares, words = shares_in_gold(texts, row["main_content"] or "")
        gold = len(words_of(row["main_content"] or ""))
        weight = np.minimum(words / max(gold, _GOLD_WORDS), 1.0)
        if row["page_type"] != "article":
            weight *= _OTHER_KINDS_WEIGHT
        if row["id"] in BAD_GOLDS or not gold:
            weight[:] = 0
        yield Page(
            id=row["id"],
            site=row_site(row),
            table=table,
            names=names,
            label=(shares >= 0.5).astype(np.float64),
            weight=weight,
            kind=KINDS.index(row["page_type"]),
        )


def _marked_pages(folder: Path) -> Iterator[Page]:
    from trafilatura import extract
    from trafilatura.meta import reset_caches

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    for number, row in enumerate(read_rows(folder, "trafeval")):
        texts, table, names = blocks_and_table(row)
        if not texts:
            continue
        page = page_text(row["html"]).replace("\x00", "")
        strict, plain, recall = (
            extract(page, url=row["url"], include_comments=False, **options) or ""
            for options in ({"favor_precision": True}, {}, {"favor_recall": True})
        )
        words = np.array([len(words_of(text)) for text in texts], dtype=np.float64)
        label, weight = labels_by_snippets(texts, (row["with"], row["without"]), (strict, plain, recall), words)
        yield Page(row["id"], row_site(row), table, names, label, weight, -1)
        if number % 50 == 0:
            reset_caches()


def public_rows(clones: Path) -> Iterator[dict[str, Any]]:
    """The public pages with a gold text that fits, as rows to score: ``gold_words``, ``language``; no metadata."""
    for page in read_public_pages(clones):
        if page.name not in BAD_GOLDS_OF_LINES:
            texts, _, _ = blocks_and_table({"html": page.html, "url": page.url or None})
            fitting = page.fitting_gold([word for text in texts for word in words_of(text)])
            if fitting is not None:
                yield {
                    "id": page.name,
                    "html": page.html,
                    "url": page.url or None,
                    "gold_words": fitting[0].words,
                    "language": detect_language("\n".join(fitting[1].paragraphs)).code or "unknown",
                    **dict.fromkeys(("title", "author", "publish_date")),
                }


def public_pages(clones: Path) -> Iterator[Page]:
    """The public pages with a gold text that fits, with what the trees learn from them."""
    for page in read_public_pages(clones):
        if page.name in BAD_GOLDS_OF_LINES:
            continue
        texts, table, names = blocks_and_table({"html": page.html, "url": page.url or None})
        words = [words_of(text) for text in texts]
        labelled = _public_labels(page, texts, words)
        if labelled is not None:
            label, weight = labelled
            yield Page(page.name, site_of(page.url or f"hard::{page.name}"), table, names, label, weight, -1)


def _public_labels(page: PublicPage, texts: Sequence[str], words: Sequence[Words]) -> tuple[Floats, Floats] | None:
    """Labels and weights of a page's blocks by the gold text that fits; titles, which only some golds hold, weigh nothing."""
    fitting = page.fitting_gold([word for block in words for word in block])
    if fitting is None:
        return None
    shares, counts = shares_in_gold(texts, "\n".join(fitting[1].paragraphs))
    label = (shares >= 0.5).astype(np.float64)
    weight = _PUBLIC_WEIGHT * np.minimum(counts / max(len(fitting[0].words), _GOLD_WORDS), 1.0)
    titles = {words_of(gold.title) for gold in page.golds if gold.title}
    weight[[block in titles for block in words]] = 0
    inside = np.flatnonzero(label)
    if not inside.size:
        return None
    place = np.arange(len(texts))
    is_gap = (label == 0) & (counts >= _GAP_WORDS) & (place > inside[0]) & (place < inside[-1])
    return label, np.where(is_gap, 0.0, weight)


def blocks_and_table(row: dict[str, Any]) -> tuple[list[str], Table, tuple[str, ...]]:
    """The texts of a page's blocks, and the table of their features."""
    root = parse_page(page_text(row["html"]))
    if root is None:
        return [], np.zeros((0, 0), np.float32), ()
    said, address = said_types(root), find_address(read_head(root), row["url"])
    drop_unread(root)
    blocks = read_blocks(root)
    if not blocks.texts:
        return [], np.zeros((0, 0), np.float32), ()
    return (blocks.texts, *table_of(blocks, said, address))
