"""Authors as a page shows them where its data names none: bylines near the title, elements marked as the author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from cleaning.bylines import parse_byline
from cleaning.extract.borrowed import AUTHOR_SIGN, read_author
from cleaning.extract.head import text_of
from cleaning.han_bylines import find_han_names
from cleaning.names import is_place
from cleaning.people import find_person
from cleaning.post_meta import parse_post_meta

_BYLINE_CHARS, _BLOCKS_TO_NAME = 120, 9
# What trafilatura leaves of "jdoe@example.com".
_MAIL_REMAINS = re.compile(r"\S+\s(?:Com|Net|Org|Edu|Gov|Info)")
_MOST_MARKED, _NAME_CHARS = 12, 80
_CARDS, _NEAR_CHARS, _MOST_BYLINES = 3, 1_500, 200


def byline_near_title(near: Iterable[str]) -> tuple[str, ...]:
    """The names in the first byline of the texts near the title, alone or beside a day, a section, a count.

    >>> byline_near_title(["Bridge stays open", "May 3, 2024 | Jane Doe", "By John Roe"])
    ('Jane Doe',)
    """
    return next(filter(None, (_byline(text) for text in near if len(text) <= _BYLINE_CHARS)), ())


def _byline(text: str) -> tuple[str, ...]:
    meta = parse_post_meta(text)
    found = (meta.names if meta else ()) or parse_byline(text)
    return found or (() if text.isascii() else find_han_names(text))


def name_near_title(near: Sequence[str]) -> tuple[str, ...]:
    """The first text right behind the title that is a person's name, or one with a place behind a bar.

    >>> name_near_title(["Bridge stays open", "Town", "Jane Doe | Paris"])
    ('Jane Doe',)
    """
    for text in near[1:_BLOCKS_TO_NAME]:
        name, bar, place = text.partition("|")
        found = find_person(name.strip()) if len(text) <= _NAME_CHARS else None
        if found and (not bar or is_place(place.strip())):
            return (found,)
    return ()


def find_by_trafilatura(root: Any) -> list[str]:
    """What trafilatura finds; names that it has joined, as the page marks each of them, one by one."""
    found = "; ".join(name for name in read_author(root).split("; ") if not _MAIL_REMAINS.fullmatch(name))
    if found and (_is_of_others(root, found) or found in map(text_of, _paths()[2](root)[:_MOST_MARKED])):
        return []
    marked = list(marked_authors(root)) if " " in found else []
    return marked if len(marked) > 1 and " ".join(marked) == found else [found]


def _is_of_others(root: Any, found: str) -> bool:
    """Is a name that of another page's card: one of several bylines of one class, far below the title?

    Three cards at the end of a page have three bylines, and the page's own may have none.
    """
    first = found.partition(";")[0].strip()
    bylines = [*islice(filter(_is_byline, root.iter("p", "span", "div", "a", "li")), _MOST_BYLINES)]
    own = next((element for element in bylines if first in " ".join(text_of(element).split())), None)
    if own is None or any(outer.find(".//h1") is not None for outer in own.iterancestors("article")):
        return False
    alike = {" ".join(text_of(other).split()) for other in bylines if _class_of(other) == _class_of(own)}
    return len(alike) >= _CARDS and _text_above(root, own) > _NEAR_CHARS


def _is_byline(element: Any) -> bool:
    return AUTHOR_SIGN.search(element.get("class") or "") is not None


def _class_of(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _text_above(root: Any, element: Any) -> int:
    """Characters of text between the last title of a page above an element and the element."""
    chars = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node is element:
            return chars
        if event == "start":
            chars = 0 if node.tag == "h1" else chars + len((node.text or "").strip())
        else:
            chars += len((node.tail or "").strip())
    return 0


def marked_authors(root: Any) -> Iterator[str]:
    """The texts of elements whose relation or item property says that they name the author, one a name."""
    marked, names, _ = _paths()
    for element in marked(root)[:_MOST_MARKED]:
        for one in names(element) or [element]:
            text = one.get("content") or "" if one.tag == "meta" else text_of(one)
            if 0 < len(text) <= _NAME_CHARS:
                yield text


@cache
def _paths() -> tuple[Any, Any, Any]:
    """What is marked as an author, names in it, and what is marked so in comments: who wrote them."""
    from lxml.etree import XPath

    in_comment = "ancestor::*[contains(@itemprop, 'comment') or contains(@itemtype, 'Comment')]"
    marked = "(contains(concat(' ', normalize-space(@rel), ' '), ' author ') or contains(@itemprop, 'author'))"
    return (
        XPath(f"//*[{marked} and not({in_comment})]"),
        XPath(".//*[@itemprop='name']"),
        XPath(f"//*[contains(@itemprop, 'author') and {in_comment}]"),
    )
