"""The numbers of lines beside code, which highlighters print and no line of the code holds."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

# Names that are given to numbers of lines alone: Pygments, Rouge, Chroma, Prism, SyntaxHighlighter, Crayon, CSDN.
_NAMED = re.compile(
    r"line-?no(?:s|$|[_-])|line-?num|(?:^|-)lnt$|(?:pre|code)-numbering|(?:crayon|blob)-num", re.IGNORECASE
)
# Names that are given to other things too, outside of code.
_NAMED_IN_CODE = re.compile(r"(?:^|[_-])(?:gutter|ln)(?:$|[_-])", re.IGNORECASE)
_NUMBERS = re.compile(r"\s*\d{1,5}(?:\s+\d{1,5})*\s*")
# Who copies the code does not get them.
_UNSELECTED = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
_HOLDERS = ("td", "th", "span", "div", "a", "pre", "code", "ul", "ol", "i", "b")
_CODE = ("pre", "code")
_SENTENCES = ("p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
_LEVELS, _CELLS = 6, 4
_MOST_TEXTS, _MOST_CHARS, _NAME_CHARS = 20_000, 50_000, 300


def drop_line_numbers(root: Any) -> None:
    """Takes the numbers of lines out of code: elements of numbers alone that are named or styled as such.

    The text that stands behind such an element stays.
    """
    for element in [
        found for found in root.iter(*_HOLDERS) if _may_have(found) and _is_number(found) and _may_be_number(found)
    ]:
        if element.getparent() is not None:
            element.drop_tree()


def _may_have(element: Any) -> bool:
    """Has an element a name or a style?"""
    return any(element.get(name) for name in ("class", "style", "aria-hidden"))


def _is_in_sentence(element: Any) -> bool:
    """Does an element stand in a paragraph, where what is called a number of a line is a bus?"""
    return element.tag == "td" or any(outer.tag in _SENTENCES for outer in islice(element.iterancestors(), _LEVELS))


def _may_be_number(element: Any) -> bool:
    """Do the name or the style of an element say that it is a number of a line?"""
    names = element.get("class")
    if names:
        found = _named(names)
        if found:
            return (found > 1 and not _is_in_sentence(element)) or _is_in_code(element)
    style = element.get("style")
    is_apart = element.get("aria-hidden") == "true" or (style and _UNSELECTED.search(style))
    return bool(is_apart) and _is_in_code(element)


@lru_cache(maxsize=20_000)
def _named(names: str) -> int:
    """0 for no number of a line, 1 for one in code, 2 for one anywhere.

    >>> _named("token lineno"), _named("gutter"), _named("ln"), _named("inline-note")
    (2, 1, 1, 0)
    """
    parts = names[:_NAME_CHARS].split()
    return 2 * any(map(_NAMED.search, parts)) or int(any(map(_NAMED_IN_CODE.search, parts)))


def _is_in_code(element: Any) -> bool:
    """Does an element stand in code, or in a row of a table that holds code in another cell?"""
    if element.tag in ("td", "th"):
        return any(_holds_code(cell) for cell in islice(element.itersiblings(), _CELLS))
    return any(outer.tag in _CODE for outer in islice(element.iterancestors(), _LEVELS))


def _holds_code(cell: Any) -> bool:
    return "code" in (cell.get("class") or "") or next(cell.iter(*_CODE), None) is not None


def _is_number(element: Any) -> bool:
    """Is the text of an element one number, or several with blanks between them?"""
    texts = [*islice(element.itertext(), _MOST_TEXTS)]
    if sum(map(len, texts)) > _MOST_CHARS:
        return False
    said = [text for text in texts if not text.isspace()]
    return bool(said) and all(map(_NUMBERS.fullmatch, said))
