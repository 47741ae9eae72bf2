"""All features of the blocks of a page as one table: shape, place, repetition, what page and address say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.block_place import place_features
from cleaning.extract.block_text import NAMES, Shapes, repeats
from cleaning.extract.blocks import COUNTED, Blocks

Table = NDArray[np.float32]

# Types of schema.org and og:type that a page states of itself, as groups.
_TYPES = (
    ("said_article", r"(?:News|Blog|Tech|Scholarly)?Article\b|BlogPosting|Report\b"),
    ("said_product", r"Product\b|Offer\b|ProductGroup"),
    ("said_thread", r"DiscussionForumPosting|QAPage|Question\b|Comment\b"),
    ("said_list", r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog"),
    ("said_service", r"Service\b|LocalBusiness|Organization|FAQPage"),
)
_TYPE_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _TYPES)
# Parts of addresses that name the kind of page.
_ADDRESS = (
    ("at_thread", r"forum|thread|topic|discussion|/t/|/r/|question|community|viewtopic|comments"),
    ("at_product", r"product|/p/|/dp/|/item|/shop/|/buy|/sku"),
    ("at_list", r"collection|categor|/tag|/shop/?$|/c/|catalog|archive|/list|search|browse|directory"),
    ("at_documentation", r"docs?[./-]|/docs|documentation|/api|reference|manual|guide|tutorial|readthedocs|/wiki"),
    ("at_article", r"/(?:19|20)\d\d/|blog|news|article|story|post"),
    ("at_service", r"service|solution|about|pricing|contact|platform|feature"),
)
_ADDRESS_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ADDRESS)


def table_of(blocks: Blocks, said: Sequence[str], url: str | None) -> tuple[Table, tuple[str, ...]]:
    """Features (features, blocks) and their names; ``said`` are the types that the page gives itself."""
    shapes = Shapes(blocks.texts, np.array(blocks.chars, np.int64).reshape(-1, 3))
    found = dict(zip(NAMES, shapes.table, strict=True))
    found["repeats"] = repeats(blocks.texts)
    found |= place_features(blocks, shapes)
    page = page_features(blocks, shapes, said, url)
    count = len(blocks.texts)
    table = np.empty((len(found) + len(page), count), dtype=np.float32)
    for row, values in enumerate(found.values()):
        table[row] = values
    for row, value in enumerate(page.values(), start=len(found)):
        table[row] = value
    return table, (*found, *page)


def page_features(blocks: Blocks, shapes: Shapes, said: Sequence[str], url: str | None) -> dict[str, float]:
    """What is the same for all blocks of a page."""
    count = len(blocks.texts)
    words, prose = float(shapes.words.sum()), float(shapes.prose.sum())
    tags = blocks.nodes.tag
    last = dict(zip(COUNTED, blocks.counts[-1], strict=True)) if blocks.counts else dict.fromkeys(COUNTED, 0)
    lengths = np.sort(shapes.words)[::-1]
    found = {
        "page_blocks": float(np.log1p(count)),
        "page_words": float(np.log1p(words)),
        "page_prose": float(np.log1p(prose)),
        "page_prose_share": prose / max(words, 1.0),
        "page_link_share": float(shapes.link_words.sum()) / max(words, 1.0),
        "page_longest": float(np.log1p(lengths[:5].mean())) if count else 0.0,
        "page_prose_blocks": float(np.log1p(shapes.is_prose.sum())),
        "page_dense": float(shapes.table[NAMES.index("dense_share")].mean()) if count else 0.0,
    }
    for name in ("h1", "h2", "h3", "article", "p", "table", "pre", "li", "form", "section"):
        found[f"page_{name}"] = float(np.log1p(tags.count(name)))
    for name in ("img", "input", "button", "time"):
        found[f"page_{name}"] = float(np.log1p(last[name]))
    found["page_code"] = float(np.log1p(sum(blocks.is_code)))
    types = " ".join(said)
    found |= {name: float(len(pattern.findall(types)) and 1.0) for name, pattern in _TYPE_PATTERNS}
    found |= _address_features(url)
    return found


def _address_features(url: str | None) -> dict[str, float]:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        parts = urlsplit("")
    address = f"{parts.netloc}{parts.path}".lower()
    segments = [segment for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    found = {name: float(bool(pattern.search(address))) for name, pattern in _ADDRESS_PATTERNS}
    found["address_depth"] = float(len(segments)) if url else -1.0
    found["address_hyphens"] = float(last.count("-") + last.count("_")) if url else -1.0
    found["address_digits"] = float(sum(map(str.isdigit, last))) if url else -1.0
    return found
