"""One HTML page: parsed once, its main text chosen block by block, its metadata read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaning.extract.declared import find_declared
from cleaning.extract.layout import PageLine
from cleaning.extract.main_text import Said, find_main_text
from cleaning.records import RawMetadata

# Kinds of pages that have an author and a day of publication to look for.
_STORIES = ("article", "forum")
# Those searches copy the tree; the largest of 1,848 labelled pages have 5.3 million characters and 22,000 tags.
_MAX_SEARCHED_CHARS, _MAX_SEARCHED_TAGS = 6_000_000, 30_000
# The head of a page that is read by its markup alone ends before here.
_HEAD_CHARS = 200_000
_OF_PAGES = r"html|head|body|frameset"
_OF_TEXT = (
    r"a|abbr|address|article|aside|b|big|blockquote|br|caption|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer"
    r"|form|h[1-6]|header|hr|i|iframe|img|ins|li|main|mark|nav|noscript|ol|p|picture|pre|q|s|section|small|span|strike|strong|sub|summary"
    r"|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video"
)
_TAG = re.compile(
    rf"</?(?:!doctype|{_OF_PAGES}|{_OF_TEXT}|link|meta|script|style|title)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_PAGE_TAG = re.compile(rf"<(?:!doctype\s+html|{_OF_PAGES})(?=[\s/>])", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:\s*<!--(?:(?!-->).){0,2000}-->)*\s*", re.DOTALL)
_OPENING = re.compile(rf"<(?:{_OF_TEXT})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_MARKDOWN, _MARKDOWN_LINES = re.compile(r"^(?:#{1,6}\s|[-*+]\s|\d+\.\s|```|>\s|\|)", re.MULTILINE), 2
_CLOSED_BY_NOTHING = frozenset(("br", "hr", "img"))
_CLOSING = re.compile(rf"</(?:{_OF_TEXT})\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The main text of a page, not yet normalised, and what the page says of itself.

    ``made_by`` says whose text it is: the chosen ``blocks``, ``trafilatura``'s, all that is ``visible``, or what the
    page has ``declared`` without showing it. The kind of page is a forecast with its probability. ``lines``, where
    asked for, are those of the text with the blocks that were left out in their places.
    """

    text: str
    metadata: RawMetadata
    page_kind: str | None = None
    page_kind_score: float | None = None
    made_by: str = "blocks"
    lines: tuple[PageLine, ...] = ()


def is_page(text: str, media_type: str) -> bool:
    """Is a text read as a page? What comes as one where it holds any tag of pages: a record's field for them may hold a
    plain text. What comes as a text where it is a piece of a page from its first letter to its last, as exports hold
    it; a text in Markdown may begin and end with tags, and has lines of its own between them.

    >>> is_page("<strong>Leeds</strong>: The council", "text/html"), is_page("3 < 4 and a <b", "text/html")
    (True, False)
    >>> is_page("<p>The council</p> <p>More: <a href='x'>Bridges</a></p>", "text/plain")
    True
    >>> is_page("<p> opens a paragraph.", "text/plain")
    False
    """
    if media_type == "text/html":
        return _TAG.search(text) is not None
    text = text.rstrip()
    comments = _COMMENTS.match(text) if text.endswith(">") else None
    opening = _OPENING.match(text, comments.end()) if comments else None
    if opening is None or len(_MARKDOWN.findall(text)) >= _MARKDOWN_LINES:
        return False
    # A text about "<div>" does not close it, and ends with another tag.
    name = opening.group(0)[1:].split(None, 1)[0].rstrip("/>").lower()
    is_closed = name in _CLOSED_BY_NOTHING or f"</{name}" in text.lower()
    return is_closed and _CLOSING.search(text) is not None


def extract_page(page: str, url: str | None = None, *, keep_dropped: bool = False) -> Extracted | None:
    """The main text and metadata of an HTML page; None where it has no text.

    ``keep_dropped``: the blocks that were left out come along, in ``lines``.
    """
    from cleaning.extract.blocks import drop_unread, read_blocks
    from cleaning.extract.head import read_head
    from cleaning.extract.metadata import find_address, read_metadata
    from cleaning.extract.parse import is_too_large, parse_page, said_types
    from cleaning.extract.stated import is_about, marked_parts

    root = None if is_too_large(page) else parse_page(page)
    if root is None:
        return _extract_plain(page, url)
    head, types = read_head(root), said_types(root)
    address = find_address(head, url)
    declared = find_declared(page, address, head.meta)
    drop_unread(root)
    blocks = read_blocks(root)
    # A teaser of another story may declare its text, too.
    body = declared.body if is_about(declared.name, head.title) else ""
    said = Said(types, head.title, (*declared.stated, *marked_parts(page, root)), body)
    found = find_main_text(root, blocks, page, said, address, keep_dropped=keep_dropped)
    if found is None:
        return None if blocks.texts else _extract_plain(page, url)
    is_small = len(page) <= _MAX_SEARCHED_CHARS and page.count("<") <= _MAX_SEARCHED_TAGS
    is_story = is_small and found.kind in _STORIES
    metadata = read_metadata(root, page, url, head, declared, blocks, is_story=is_story)
    if _PAGE_TAG.search(page) is None:
        # A fragment is a text without the page that would tell of which kind it is.
        return Extracted(found.text, metadata, None, None, found.made_by, found.lines)
    return Extracted(found.text, metadata, found.kind, found.kind_score, found.made_by, found.lines)


def _extract_plain(page: str, url: str | None) -> Extracted | None:
    """What a page without a usable tree (too large, nested too deep) shows, where that is a paragraph at least."""
    from cleaning.extract.blocks import Blocks
    from cleaning.extract.head import read_head
    from cleaning.extract.main_text import has_paragraph
    from cleaning.extract.metadata import find_address, read_metadata
    from cleaning.extract.parse import parse_page, plain_text

    text = plain_text(page)
    if not has_paragraph(text.split("\n")):
        return None
    start = page[:_HEAD_CHARS]
    root = parse_page(start)
    if root is None:
        return Extracted(text, RawMetadata(url=url), made_by="visible")
    head = read_head(root)
    declared = find_declared(start, find_address(head, url), head.meta)
    metadata = read_metadata(root, start, url, head, declared, Blocks(), is_story=False)
    return Extracted(text, metadata, made_by="visible")
