"""Formulas as TeX: what pages hold beside the drawing that browsers show."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cleaning.extract.mathml import tex_of

# Inside of these: what is drawn for the eye.
_DRAWINGS = ("katex-html", "mjx-", "mathjax_preview", "mathjax_svg", "mwe-math-fallback")
_WRAPPERS = ("span", "div", "mjx-container", "mjx-assistive-mml")
# No drawing holds one of these, or so many characters.
_OF_TEXTS = ("p", "li", "table", "h1", "h2", "h3", "h4", "blockquote", "article", "section")
_DRAWN_CHARS = 2_000
# What no tree takes.
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Wikipedia's, KaTeX' and MathJax' elements around a formula: its source, and the drawing for the eye.
_AROUND = (
    "mwe-math-element", "katex", "mathjax", "mathjax_preview", "mathjax_display", "katex-display", "mjx-container",
)  # fmt: skip
# Pictures whose alternative text is the source: Wikipedia's and WordPress' classes.
_PICTURES = ("mwe-math-fallback-image", "latex", "tex")
_WRAPPED = re.compile(r"\{\\(?:display|text)style\s(?P<inner>.*)\}$", re.DOTALL)
_MOST_CHARS = 5_000
# A command of TeX with something in braces, which no description of a picture has.
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s{0,3}\{|^\s*\\[a-z]+\b")
# Services that draw what their address holds: Zhihu, GitHub, WordPress, CodeCogs, Google.
_DRAWN_FIELDS = ("tex", "latex", "math", "chl")
_DRAWN_HOSTS = ("codecogs.com",)
# Attributes in which Zhihu, Gemini, MathJax 4 and others keep the source beside the drawing.
_SOURCES = ("data-tex", "data-math", "data-latex")
_OF_TEX, _OF_MATHS = re.compile(r"[\\^_=]"), re.compile(r"math|katex|latex|formula|equation", re.IGNORECASE)
_FIELDS = 20
_MATHS = ("math", "mml:math", "m:math")
# The source stands so deep in what is around it.
_LEVELS = 4


def write_formulas(root: Any) -> None:
    """Puts the TeX of each formula in its place, between dollar signs; those that read the same without stay.

    Sources are attributes, annotations of MathML, its alternative text, MathJax' scripts, and of pictures the
    alternative text or the address. Other MathML is written in TeX.
    """
    for element in [found for found in root.iter("span", "div", "img", "mjx-math") if _stated(found)]:
        around = element.getparent()
        outer = around if around is not None and around.tag == "mjx-container" else element
        if element.tag == "img" or _is_short(outer):
            is_block = "block" in (element.get("class") or "") or outer.get("display") == "true"
            _put(outer, _stated(element), is_block=is_block)
    # Scripts before MathML: they take along the drawing, which may hold MathML as well.
    for script in list(root.iter("script")):
        kind = (script.get("type") or "").lower()
        if kind.startswith("math/tex") and script.text:
            drawn = script.getprevious()
            while drawn is not None and not drawn.tail and _is_around(drawn) and _is_short(drawn):
                before = drawn.getprevious()
                drawn.drop_tree()
                drawn = before
            _put(script, script.text, is_block="mode=display" in kind)
    for math in list(root.iter(*_MATHS)):
        if math.getparent() is not None:
            _put_math(math)
    for picture in list(root.iter("img")):
        _put(picture, _pictured(picture), is_block=False)


def _put_math(math: Any) -> None:
    """Leaves TeX in the place of MathML, or its text where that reads the same."""
    notes = (note.text for note in math.iter("annotation") if "tex" in (note.get("encoding") or "").lower())
    source = next(notes, None) or math.get("alttext") or tex_of(math)
    outer = _outermost(math)
    if source:
        _put(outer, source, is_block=math.get("display") == "block")
    elif outer is not math:
        # MathJax' own elements would break the line.
        text = "".join(math.itertext())
        outer.clear(keep_tail=True)
        outer.tag, outer.text = "span", text


def _stated(element: Any) -> str:
    """The source that an element has in an attribute; empty without one."""
    source = next((value for name in _SOURCES if (value := element.get(name))), "")
    if not source or source.isspace():
        return ""
    is_sure = element.tag == "mjx-math" or _OF_MATHS.search(element.get("class") or "")
    return source if is_sure or _OF_TEX.search(source) else ""


def _pictured(picture: Any) -> str:
    """The source of the formula that a picture shows; empty where it shows none."""
    names = (picture.get("class") or "").lower().split()
    alt = picture.get("alt") or ""
    is_named = any(name.startswith(_PICTURES[0]) or name in _PICTURES[1:] for name in names)
    if alt and (is_named or _COMMAND.search(alt[:_MOST_CHARS])):
        return alt
    address = (picture.get("src") or "")[:_MOST_CHARS]
    if "?" not in address:
        return ""
    try:
        parts = urlsplit(address)
        fields = parse_qs(parts.query, max_num_fields=_FIELDS)
    except ValueError:
        return ""
    if (parts.hostname or "").endswith(_DRAWN_HOSTS):
        return unquote(parts.query)
    found = next((fields[name][0] for name in _DRAWN_FIELDS if name in fields), "")
    return found if _COMMAND.search(found) or "tex" in parts.path or "equation" in parts.path else ""


def _outermost(math: Any) -> Any:
    """The outermost of the elements that are around a formula and its drawing, and nothing else; itself without any."""
    found, outer = math, math.getparent()
    for _ in range(_LEVELS):
        if outer is None or outer.tag not in _WRAPPERS or _has_more(outer, math):
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
        if node.tag in _MATHS or (node.text and not node.text.isspace()):
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
    return (
        next(element.iter(*_OF_TEXTS), None) is None
        and len("".join(islice(element.itertext(), _DRAWN_CHARS))) <= _DRAWN_CHARS
    )


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
