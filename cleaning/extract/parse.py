"""One parse of a page, shared by all that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_TYPE = re.compile(r'"@type"\s*:\s*(?:"([^"]{1,60})"|\[([^\]]{1,200})\])')
# A run without another tag that is long enough to hold thousands of attributes.
_LONG_TAG = re.compile(r"<[a-zA-Z][^<]{20000,}")
_QUOTED = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
# What lxml reads and does not write again: control characters, and references to them.
_CONTROL = bytes([*range(9), *range(14, 28)])
_PARTING = bytes([11, 12, *range(28, 32)])
_CONTROL_BLANKS = bytes.maketrans(_PARTING, b" " * len(_PARTING))
_CONTROL_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[\da-fA-F]));")
_MAX_ATTRIBUTES = 2_000
# The largest of 1,848 labelled pages: 5.3 million characters, 22,000 tags; 300,000 tags take some seconds.
_MAX_PAGE_CHARS = 12_000_000
_MAX_TAGS = 300_000
# What is longer is a tag if it begins as one does: whole pages stand in an attribute, as JSON for a script.
_TAG = re.compile(r"<[^<>]{0,2000}>|</?[a-zA-Z][^<>]*+>")
_SCRIPT_TAG = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
# As XML writes an empty element; in HTML the slash means nothing, and what follows is the script.
_SLASHED = re.compile(r"<(script|style)\b([^<>]{0,5000})/>", re.IGNORECASE)
_UNREAD_NAMES = ("script", "style", "head", "svg", "template")
_UNREAD = re.compile(rf"<({'|'.join(_UNREAD_NAMES)})(?=[\s>/])", re.IGNORECASE)
_UNREAD_ENDS = {name: re.compile(rf"</{name}[^>]{{0,100}}>", re.IGNORECASE) for name in _UNREAD_NAMES}
# The most of a labelled page's JSON-LD is 153,000 characters.
_MAX_CHARS = 400_000
_MAX_SCRIPT_CHARS = 200_000


def parse_page(page: str) -> Any | None:
    """The root of a page's tree, comments left out; None where nothing can be parsed.

    Entities that are not of HTML stay as they are written and nothing is fetched. A tree ends at 2,048 levels (the
    parser's own limit; 256 without ``huge_tree``, which pages that close no tag pass), and so does its text.
    """
    page = _LONG_TAG.sub(_shortened, _CONTROL_REFERENCE.sub(_blank_or_nothing, _DECLARATION.sub("", page)))
    page = _SLASHED.sub(_opened, page) if "/>" in page else page
    data = page.encode("utf-8", "replace").translate(_CONTROL_BLANKS, _CONTROL)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    # Elements of lxml.html: trafilatura and htmldate take them as they are.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _opened(tag: re.Match[str]) -> str:
    """A script's tag without the slash that ends it in XML, where its end tag comes before another script begins."""
    following = _SCRIPT_TAG.search(tag.string, tag.end(), tag.end() + _MAX_SCRIPT_CHARS)
    is_open = following is not None and following[0].lower() == f"</{tag[1].lower()}"
    return f"<{tag[1]}{tag[2]}>" if is_open else tag[0]


def _blank_or_nothing(reference: re.Match[str]) -> str:
    """A blank for the signs that part lines and pages, nothing for the others."""
    number = reference[0][2:-1].lower()
    return " " if int(number.lstrip("x"), 16 if number.startswith("x") else 10) in _PARTING else ""


def is_too_large(page: str) -> bool:
    """Would the tree of a page take more time and memory than a page may?"""
    return len(page) > _MAX_PAGE_CHARS or page.count("<") > _MAX_TAGS


def plain_text(page: str) -> str:
    """The text of a page by its markup alone, a line for each run between tags: what is left where no tree is.

    >>> plain_text("<div><script>a()</script>One &amp; two<br>three</div>")
    'One & two\\nthree'
    """
    lines = (
        " ".join(line.split()) for part in _read_parts(page) for line in unescape(_TAG.sub("\n", part)).split("\n")
    )
    return "\n".join(line for line in lines if line)


def _read_parts(page: str) -> Iterator[str]:
    """What stands between scripts and the like; nothing behind one that does not end."""
    place, page = 0, page.replace("\x00", "")
    for opening in _UNREAD.finditer(page):
        if opening.start() < place:
            continue
        yield page[place : opening.start()]
        closing = _UNREAD_ENDS[opening[1].lower()].search(page, opening.end())
        if closing is None:
            return
        place = closing.end()
    yield page[place:]


def _shortened(match: re.Match[str]) -> str:
    """A tag without its attributes where it has thousands: the parser compares each with each."""
    values = _QUOTED.sub("", match[0])
    return match[0] if len(values.partition(">")[0].split()) <= _MAX_ATTRIBUTES else f"{match[0][:30].split()[0]} "


def said_types(root: Any) -> tuple[str, ...]:
    """The types that a page gives itself: JSON-LD's ``@type`` and ``og:type``."""
    left, found = _MAX_CHARS, []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and left > 0:
            text = script.text[:left]
            left -= len(text)
            found += [one or many for one, many in _TYPE.findall(text)]
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name")) == "og:type":
            found.append((meta.get("content") or "")[:60].capitalize())
    return tuple(found)
