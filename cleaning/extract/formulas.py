"""Formulas as TeX: what pages hold beside the drawing that browsers show."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

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
            while drawn is not None and not drawn.tail and _is_around(drawn):
                before = drawn.getprevious()
                drawn.drop_tree()
                drawn = before
            _put(script, script.text, is_block="mode=display" in kind)
    for picture in list(root.iter("img")):
        names = (picture.get("class") or "").lower().split()
        if any(name.startswith(_PICTURES[0]) or name in _PICTURES[1:] for name in names) and picture.get("alt"):
            _put(picture, picture.get("alt"), is_block=False)


def _outermost(element: Any) -> Any:
    """The outermost of the elements that are around a formula and nothing else; itself where none is near."""
    near = [element, *islice(element.iterancestors("span", "div"), _LEVELS)]
    return next((outer for outer in reversed(near) if _is_around(outer)), element)


def _is_around(element: Any) -> bool:
    return any(name in _AROUND for name in (element.get("class") or "").lower().split())


def _put(element: Any, source: str, *, is_block: bool) -> None:
    """Leaves the source of a formula as the only text of an element, and nothing of what it looked like."""
    source = " ".join(source[:_MOST_CHARS].split())
    wrapped = _WRAPPED.match(source)
    source = wrapped["inner"].strip() if wrapped else source.strip("$ ")
    signs = "$$" if is_block else "$"
    element.clear(keep_tail=True)
    element.tag = "div" if is_block else "span"
    element.text = f"{signs}{source}{signs}"
