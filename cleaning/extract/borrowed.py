"""What trafilatura and htmldate find, with their logs off and their caches bounded."""

from __future__ import annotations

import logging
from typing import Any

# Pages after which the caches are emptied: they grow by about 1 MB a page (FACTS).
_RESET_EVERY_PAGES = 50
_CACHED = (
    "define_stoplist", "_vector_to_add", "is_similar_domain", "line_processing", "return_printables_and_spaces", "trim",
)  # fmt: skip
_seen_pages = 0


def read_main_text(page: str, url: str | None) -> str:
    """Trafilatura's main text, without comments; empty where it finds none."""
    from trafilatura import extract

    _bound_caches()
    return (extract(page, url=url, include_comments=False) or "").strip()


def read_author(root: Any) -> str:
    """The author line that trafilatura finds on a page; empty where it finds none."""
    from trafilatura.metadata import extract_author

    _bound_caches()
    return extract_author(root) or ""


def search_day(root: Any, url: str | None) -> str | None:
    """The day that htmldate finds in a whole page, ISO. Of a year alone it makes its first day: that is no find."""
    from htmldate import find_date

    _bound_caches()
    found = find_date(root, extensive_search=True, original_date=True, url=url)
    return str(found) if found and not str(found).endswith("-01-01") else None


def _bound_caches() -> None:
    global _seen_pages
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    _seen_pages += 1
    if _seen_pages % _RESET_EVERY_PAGES == 0:
        from trafilatura import meta

        # ``meta.reset_caches`` without its full collection of garbage, which takes longer than five pages.
        meta.reset_caches_htmldate()
        meta.reset_caches_courlan()
        meta.LRU_TEST.clear()
        for cached in _CACHED:
            getattr(meta, cached).cache_clear()
