"""What trafilatura and htmldate find, with their logs off and their caches bounded.

A page on which one of them fails is one on which it finds nothing: they move text from node to node, and lxml does not
write the control characters (``&#2;``) that it has read.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from functools import cache
from typing import Any

# Pages after which the caches are emptied: they grow by about 1 MB a page (FACTS).
_RESET_EVERY_PAGES = 50
_CACHED = (
    "define_stoplist", "_vector_to_add", "is_similar_domain", "line_processing", "return_printables_and_spaces", "trim",
)  # fmt: skip
# In each attribute value by which trafilatura 2.3 finds an author (its AUTHOR_XPATHS; a test compares).
AUTHOR_SIGN = re.compile(
    r"[Aa]uthor|[Bb]yline|username|byl|BBL|zuozhe|bianji|xiaobian|channel-name|submitted-by|posted-by|journalist-name"
    r"|screenname|writer"
)
# htmldate's own bound is today: the same page would have another day in another run.
_LAST_DAY = "2100-12-31"
_BLANKS, _LONE_SIGN = re.compile(r"[^\S\n]+"), re.compile(r"^-\n(?!-)", re.MULTILINE)
_seen_pages = 0


def read_main_text(page: str, url: str | None) -> str:
    """Trafilatura's main text, without comments; empty where it finds none."""
    from trafilatura import extract

    _bound_caches()
    with suppress(ValueError):
        text = (extract(page, url=url, include_comments=False) or "").strip()
        return text if "<pre" in page else _without_markup_blanks(text)
    return ""


def _without_markup_blanks(text: str) -> str:
    """Without the tabs and line breaks that indent markup, which stay in trafilatura's text.

    >>> _without_markup_blanks("- \\n\\t\\tThe old\\t\\tbridge\\n\\t\\t\\n- Harbour")
    '- The old bridge\\n- Harbour'
    """
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _LONE_SIGN.sub("- ", "\n".join(filter(None, lines)))


def read_author(root: Any) -> str:
    """The author line that trafilatura finds on a page; empty where it finds none."""
    if not _may_name_author(root):
        return ""
    from trafilatura.metadata import extract_author

    _bound_caches()
    with suppress(ValueError):
        return extract_author(root) or ""
    return ""


def _may_name_author(root: Any) -> bool:
    """Does any attribute that trafilatura looks at hold one of its words for authors?

    Its own look at every element takes 7 ms a page, this .4; two of five pages have none.
    """
    return any(AUTHOR_SIGN.search("\n".join(values(root))) for values in _author_attributes()) or (
        next(root.iter("author"), None) is not None
    )


@cache
def _author_attributes() -> tuple[Any, ...]:
    from lxml.etree import XPath

    names = ("class", "id", "itemprop", "rel", "data-testid", "data-component")
    return tuple(XPath(f"//@{name}", smart_strings=False) for name in names)


def search_day(root: Any, url: str | None) -> str | None:
    """The day that htmldate finds in a whole page, ISO. Of a year alone it makes its first day: that is no find."""
    from htmldate import find_date

    _bound_caches()
    found = None
    with suppress(ValueError):
        found = find_date(root, extensive_search=True, original_date=True, url=url, max_date=_LAST_DAY)
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
