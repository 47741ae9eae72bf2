"""Does a page break off? Only where its markup cannot be whole: most end tags may be missing, ``</html>`` too.

Of 1,848 whole pages of the labelled sets 8 have neither ``</body>`` nor ``</html>``; none of them is held to break off.
"""

from __future__ import annotations

import re
from collections import Counter

# The last tag of a page may want its last sign: nothing else is missing.
_TAG_AT_END = re.compile(r"<(?!/(?:html|body)\s*$)[a-zA-Z/!][^<>]{0,2000}$", re.IGNORECASE)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_START_CHARS, _TAIL_CHARS = 4_000, 2_100
_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
# Whose text is no markup: nothing but its own end tag ends it.
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}
_COMMENT_END = re.compile("-->")
_TAG = re.compile(
    r"<!--(?!-?>)|<(/?)(script|style|title|textarea|a|article|aside|blockquote|div|em|figure|footer|h[1-6]|header|main"
    r"|nav|ol|section|span|strong|table|ul)\b[^<>]*",
    re.IGNORECASE,
)


def find_break(page: str) -> str | None:
    """Where a page breaks off, as in "inside a tag"; None where it is whole, or nothing tells that it is not.

    >>> find_break("<html><body><article><p>The council vo"), find_break("<html><body><p>The council voted.")
    ('in the text of an element', None)
    """
    if _TAG_AT_END.search(page[-_TAIL_CHARS:]):
        return "inside a tag"
    if not _DOCUMENT.search(page[:_START_CHARS]) or _END.search(page[-_TAIL_CHARS:]) or _END.search(page):
        return None
    starts: Counter[str] = Counter()
    position = 0
    while tag := _TAG.search(page, position):
        position, name = tag.end(), (tag[2] or "").lower()
        if tag[1]:
            starts[name] -= starts[name] > 0
        elif name and name not in _RAW:
            starts[name] += not tag[0].endswith("/")
        elif not tag[0].endswith("/"):
            end = (_RAW[name] if name else _COMMENT_END).search(page, position)
            if end is None:
                return f"inside its {name}" if name else "inside a comment"
            position = end.end()
    return "in the text of an element" if any(starts.values()) and not page.rstrip().endswith(">") else None
