"""A parsed page as blocks: the runs of text between block-level tags and br, each with its place in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from cleaning.extract.code_numbers import drop_line_numbers
from cleaning.extract.formulas import write_formulas
from cleaning.extract.marks import (
    ANCHORS,
    BREAKING,
    HIDDEN,
    INLINE,
    TAG_MARKS,
    WITHOUT_TEXT,
    is_read_out,
    is_unseen,
    marks_of,
)
from cleaning.extract.notes import NOTE, write_notes

# Forums and old pages keep their text in noscript: 19 of 113 forum pages of WCXB. Shorter ones ask for scripts.
_NOSCRIPT_CHARS = 400
_BOLD = frozenset(("b", "strong"))
_BREAKS = frozenset(("br", "hr"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Anchors of headings, and Wikipedia's link to the editor of a part.
_ANCHOR_TEXTS, _ANCHOR_LEVELS = 5, 3
# A button in a paragraph stands so deep in it.
_WORD_LEVELS, _MOST_WORDS = 3, 200
_EDITOR = "mw-editsection"
# What Webflow's conditions leave out of a page: other pages' texts in full, and the sample text of its editor. Of 22
# labelled pages without them three are better and none of articles is worse.
_NOT_CHOSEN = ".//*[contains(concat(' ', @class, ' '), ' w-condition-invisible ')]"
_DENSE_WRAP = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])[ \t\r]*\n\s*(?=[\u3001-\u9fff\uff00-\uffef])")
# Running counts of what stands between the texts of a page.
COUNTED = ("elements", "img", "input", "button", "time", "hr", "br", "a")
_COUNTER = {name: number for number, name in enumerate(COUNTED)}


@dataclass(slots=True)
class Nodes:
    """The block-level elements in document order; ranges of blocks are half-open."""

    tag: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    signature: list[int] = field(default_factory=list)
    path: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Blocks:
    """Texts in document order with the element that each stands in, and counts for each.

    ``counts`` are running ones: a row a block, taken where the block ends. ``chars`` are those of
    the text inside links and of bold text, as written.
    """

    texts: list[str] = field(default_factory=list)
    node: list[int] = field(default_factory=list)
    chars: list[tuple[int, int, int]] = field(default_factory=list)
    counts: list[tuple[int, ...]] = field(default_factory=list)
    is_code: list[bool] = field(default_factory=list)
    is_note: list[bool] = field(default_factory=list)
    nodes: Nodes = field(default_factory=Nodes)


def drop_unread(root: Any) -> None:
    """Takes elements without text for a reader out of a tree, and short noscripts; formulas and notes become text."""
    write_formulas(root)
    drop_line_numbers(root)
    write_notes(root)
    for element in root.xpath(_NOT_CHOSEN):
        element.drop_tree()
    for element in [found for found in root.iter("a", "span") if _leads_to_itself(found)]:
        element.drop_tree()
    for button in [*filter(_is_word, islice(root.iter("button"), _MOST_WORDS))]:
        button.tag = "span"
    etree.strip_elements(root, *WITHOUT_TEXT, with_tail=False)
    for element in list(root.iter("noscript")):
        if len("".join(element.itertext())) < _NOSCRIPT_CHARS:
            element.clear(keep_tail=True)


def _leads_to_itself(element: Any) -> bool:
    """Is an element the anchor of a heading, or a link to its editor?"""
    if element.tag == "span":
        return bool(element.get("class") == _EDITOR)
    texts = list(islice(element.itertext(), _ANCHOR_TEXTS))
    if "".join(texts).strip() not in ANCHORS:
        return False
    return any(outer.tag in _HEADINGS for outer in islice(element.iterancestors(), _ANCHOR_LEVELS))


def _is_word(button: Any) -> bool:
    """Does a button stand between words of a paragraph, as terms do that a click explains?"""
    around = next((outer for outer in islice(button.iterancestors(), _WORD_LEVELS) if outer.tag == "p"), None)
    word = "".join(button.itertext())
    if around is None or not word.strip():
        return False
    before, _, after = "".join(around.itertext()).partition(word)
    return before.rstrip()[-1:].isalnum() and after.lstrip()[:1].isalnum()


def read_blocks(root: Any) -> Blocks:
    """The blocks of a tree that ``drop_unread`` has been through."""
    reader = _Reader()
    stack: list[tuple[bool, int]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            stack.append(reader.open(element))
        else:
            reader.close(element, *stack.pop())
    return reader.blocks


def _is_in_line(parent: Any) -> bool:
    """Does an element stand in a paragraph, a heading or a part of a line?"""
    return parent is not None and (parent.tag in INLINE or parent.tag == "p" or parent.tag in _HEADINGS)


def _unwrapped(text: str) -> str:
    """Without the line breaks between letters of scripts that have no blanks between words."""
    return _DENSE_WRAP.sub("", text) if "\n" in text and not text.isascii() else text


class _Reader:
    """What is open while a tree is read: elements, the text since the last break, links, bold text, code."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.parts: list[str] = []
        self.here = -1
        self.link = self.bold = self.code = self.note = 0
        self.link_chars = self.bold_chars = 0
        self.counts = [0] * len(COUNTED)
        self.names: dict[tuple[Any, ...], int] = {}

    def open(self, element: Any) -> tuple[bool, int]:
        """Is the element a node of its own, and which node was open before it?"""
        tag, before, counts = element.tag, self.here, self.counts
        counts[0] += 1
        if tag in _COUNTER:
            counts[_COUNTER[tag]] += 1
        is_node = False
        if tag in _BREAKS:
            self._break()
        elif isinstance(tag, str):
            if tag == "a":
                self.link += 1
            elif tag in _BOLD:
                self.bold += 1
            classes, style = element.get("class") or "", element.get("style")
            hidden = HIDDEN if style and is_unseen(style) else 0
            breaks = tag not in INLINE and (tag in BREAKING or not _is_in_line(element.getparent()))
            is_node = breaks or bool(hidden) or (classes != "" and is_read_out(classes))
            if is_node:
                self._open_node(element, tag, classes, hidden)
            if element.text:
                self._add(element.text)
        return is_node, before

    def _open_node(self, element: Any, tag: str, classes: str, hidden: int) -> None:
        self._break()
        self.code += tag == "pre"
        self.note += element.get(NOTE) is not None
        nodes, parent, get = self.blocks.nodes, self.here, element.get
        own = TAG_MARKS.get(tag, 0) | hidden
        if get("hidden") is not None or get("aria-hidden") == "true" or (classes and is_read_out(classes)):
            own |= HIDDEN
        names = f"{classes} {get('id') or ''} {get('role') or ''} {get('itemprop') or ''}"
        if names != "   " and tag not in ("html", "body"):
            own |= marks_of(names)
        signature = self.names.setdefault((tag, classes), len(self.names))
        path = self.names.setdefault((nodes.path[parent] if parent >= 0 else -1, signature), len(self.names))
        self.here = len(nodes.tag)
        nodes.tag.append(tag)
        nodes.parent.append(parent)
        nodes.own.append(own)
        nodes.above.append(own | (nodes.above[parent] if parent >= 0 else 0))
        nodes.signature.append(signature)
        nodes.path.append(path)
        nodes.first.append(len(self.blocks.texts))
        nodes.end.append(0)

    def close(self, element: Any, is_node: bool, before: int) -> None:
        """Ends an element; the text behind it belongs to the node around it."""
        tag = element.tag
        if is_node:
            if tag == "pre":
                self.code -= 1
                if not self.code:
                    self._end("\n".join(line.rstrip() for line in "".join(self.parts).split("\n")).strip("\n"), True)
            self._break()
            self.note -= element.get(NOTE) is not None
            self.blocks.nodes.end[self.here] = len(self.blocks.texts)
            self.here = before
        if tag == "a":
            self.link -= 1
        elif tag in _BOLD:
            self.bold -= 1
        if element.tail:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        if self.link:
            self.link_chars += len(text)
        if self.bold:
            self.bold_chars += len(text)

    def _break(self) -> None:
        """Ends the text since the last break as a block; inside code it only ends the line."""
        if not self.parts:
            return
        if not self.code:
            self._end(" ".join(_unwrapped("".join(self.parts)).split()), False)
        elif not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def _end(self, text: str, is_code: bool) -> None:
        if text and not text.isspace():
            raw_chars = sum(map(len, self.parts))
            blocks = self.blocks
            blocks.texts.append(text)
            blocks.node.append(self.here)
            blocks.chars.append((self.link_chars, self.bold_chars, raw_chars))
            blocks.counts.append(tuple(self.counts))
            blocks.is_code.append(is_code)
            blocks.is_note.append(self.note > 0)
        self.parts.clear()
        self.link_chars = self.bold_chars = 0
