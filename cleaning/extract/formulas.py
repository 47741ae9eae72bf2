"""Formulas as TeX: what pages hold beside the drawing that browsers show."""

from __future__ import annotations

import re
from typing import Any

# Inside of these: what is drawn for the eye.
_DRAWINGS = ("katex-html", "mjx-", "mathjax_preview", "mathjax_svg", "mwe-math-fallback")
# No drawing holds one of these, or so many characters.
_OF_TEXTS = ("p", "li", "table", "h1", "h2", "h3", "h4", "blockquote", "article", "section")
_DRAWN_CHARS = 2_000
# What no tree takes.
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Wikipedia's, KaTeX' and MathJax' elements around a formula: its source, and the drawing for the eye.
_AROUND = ("mwe-math-element", "katex", "mathjax", "mathjax_preview", "mathjax_display", "katex-display")
# Pictures whose alternative text is the source: Wikipedia's and WordPress' classes.
_PICTURES = ("mwe-math-fallback-image", "latex", "tex")
_WRAPPED = re.compile(r"\{\\(?:display|text)style\s(?P<inner>.*)\}$", re.DOTALL)
_MOST_CHARS = 5_000
# The source stands so deep in what is around it.
_LEVELS = 4


def write_formulas(root: Any) -> None:
    """Puts the TeX source of each formula that has one in its place, between dollar signs; the others stay.

    Sources are annotations of MathML, its alternative text, MathJax' scripts and the alternative text of pictures.
    """
    for math in list(root.iter("math")):
        notes = (note.text for note in math.iter("annotation") if "tex" in (note.get("encoding") or "").lower())
        source = next(notes, None) or math.get("alttext")
        if source and math.getparent() is not None:
            _put(_outermost(math), source, is_block=math.get("display") == "block")
    for script in list(root.iter("script")):
        kind = (script.get("type") or "").lower()
        if kind.startswith("math/tex") and script.text:
            drawn = script.getprevious()
            while drawn is not None and not drawn.tail and _is_around(drawn) and _is_short(drawn):
                before = drawn.getprevious()
                drawn.drop_tree()
                drawn = before
            _put(script, script.text, is_block="mode=display" in kind)
    for picture in list(root.iter("img")):
        names = (picture.get("class") or "").lower().split()
        if any(name.startswith(_PICTURES[0]) or name in _PICTURES[1:] for name in names) and picture.get("alt"):
            _put(picture, picture.get("alt"), is_block=False)


def _outermost(math: Any) -> Any:
    """The outermost of the elements that are around a formula and its drawing, and nothing else; itself without any."""
    found, outer = math, math.getparent()
    for _ in range(_LEVELS):
        if outer is None or outer.tag not in ("span", "div") or _has_more(outer, math):
            break
        found = outer if _is_around(outer) else found
        outer = outer.getparent()
    return found


def _has_more(element: Any, math: Any) -> bool:
    """Does an element hold text beside a formula and its drawing, or another formula?"""
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node is not element and node.tail and not node.tail.isspace():
            return True
        if node is math or _is_drawing(node):
            continue
        if node.tag == "math" or (node.text and not node.text.isspace()):
            return True
        waiting.extend(node)
    return False


def _is_drawing(element: Any) -> bool:
    names = (element.get("class") or "").lower()
    return element.get("aria-hidden") == "true" or any(name in names for name in _DRAWINGS) or element.tag == "script"


def _is_around(element: Any) -> bool:
    return any(name in _AROUND for name in (element.get("class") or "").lower().split())


def _is_short(element: Any) -> bool:
    """May it be the drawing of a formula, and no article in an element of that name?"""
    return next(element.iter(*_OF_TEXTS), None) is None and len("".join(element.itertext())) <= _DRAWN_CHARS


def _put(element: Any, source: str, *, is_block: bool) -> None:
    """Leaves the source of a formula as the only text of an element, and nothing of what it looked like."""
    source = " ".join(_NO_TEXT.sub("", source[:_MOST_CHARS]).split())
    wrapped = _WRAPPED.match(source)
    source = wrapped["inner"].strip() if wrapped else source.strip("$ ")
    if not source:
        return
    signs = "$$" if is_block else "$"
    element.clear(keep_tail=True)
    element.tag = "div" if is_block else "span"
    element.text = f"{signs}{source}{signs}"
