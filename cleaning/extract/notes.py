"""Footnotes: their marks parted from the words before them, notes in the middle of a sentence put behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

_MARK = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
_TOLD = re.compile(rf"[\[(]?{_MARK.pattern}[\])]?")
# Places in lists of literature and of affiliations: MediaWiki, Springer, PubMed Central and others.
_OF_LITERATURE = re.compile(r"cite|bib|refe?r?e?n?c?e?s?[-_]?\d|CR\d|B\d|aff", re.IGNORECASE)
_MARKED = re.compile(r"(?:^|[-_])(?:foot-?notes?|foot-?ref|fn|fnref|note-?ref|note_mark)(?:$|[-_])", re.IGNORECASE)
# Behind a number raised digits are its power, or a mark that would make another number of it.
_POWER = re.compile(r"[-−+]?\d{1,4}")
# Notes in a sentence that style sheets set beside it, below it or in a box over it: Tufte, LaTeXML (arXiv), WordPress.
_BESIDE = re.compile(
    r"(?:side|margin)-?note|ltx_note_outer|foot-?note(?:[-_](?:content|text|body|tooltip))?|.*footnote__note",
    re.IGNORECASE,
)
_REPEATED_MARK = "ltx_role_footnotemark"
_ALWAYS_NOTES = ("d-footnote", "dt-fn")
_NOTE_TAGS = ("span", "small", "aside", *_ALWAYS_NOTES)
_HOLDERS = ("li", "p", "dd", "div", "td", "aside", "section")
# The attribute of a note that a mark leads to.
NOTE = "data-is-note"
_SENTENCES = ("p", "li", "dd", "td", "blockquote")
_ENDS = frozenset(".,;:!?\"'”’»。，！？」")
_WORD, _WORD_CHARS = re.compile(r"[^\W\d_]{4,}$"), 40
# Behind these a raised number is a power.
_MEASURE = re.compile(
    r"\w{0,5}m[eèé]t(?:er|re|ro)[sn]?|miles?|millas?|feet|foot|inch(?:es)?|yards?|pieds?|pouces?|zoll|fuss|fuß|sec(?:ond)?s?"
    r"|sekunden?|hours?|stunden?|height|length|width|depth|area|radius|diameter|velocity|speed|distance|acres?|time|mass|(?:sin|cos|tan)h|arc(?:sin|cos|tan)",
    re.IGNORECASE,
)
_STROKES = ("/", "⁄")
_MOST_NOTES = 500
# Scripts without blanks between words aside. A single letter behind a number at the start is an isotope's.
_LETTER, _WORD_AHEAD = re.compile(r"[^\W\d_\u2e80-\U0010ffff]"), re.compile(r"[^\W\d_\u2e80-\U0010ffff]{2}")
_SHIFTED = ("sup", "sub")
_MARK_TAGS = (*_SHIFTED, "a", "span", "label")
_NEAR, _LEVELS, _TEXTS, _MARK_CHARS, _NOTE_WORDS, _MOST_CHARS, _NAME_CHARS = 3, 4, 20, 40, 3, 5_000, 300
# What a link back from a note to its place in the text shows.
_BACK = frozenset(("↩", "↩︎", "↩️", "⤴", "⏎", "↵"))
# Elsewhere these lead from a quotation to the post that it is of, or up the page.
_BACK_IN_LIST = frozenset(("↑", "^"))
# A price with its cents raised: $549<sup>00</sup>.
_POINT_OF_PRICE, _CURRENCY = re.compile(r"[$€£]\s?\d{1,6}[.,]$"), re.compile(r"\s?(?:[€$£]|EUR|zł|kr|Kč|Ft|lei)")
_PRICE, _CENTS = re.compile(r"[$€£]\s?\d{1,3}(?:[,.]?\d{3}){0,3}\s?$"), re.compile(r"\d\d")


def write_notes(root: Any) -> None:
    """Puts marks of footnotes in brackets, and notes within a sentence behind its paragraph; links back go.

    A number that is raised behind another one is a power: 10^6.
    """
    # The last first: two notes of a paragraph stay in their order behind it.
    for element in reversed([*islice(filter(_is_beside, root.iter(*_NOTE_TAGS)), _MOST_NOTES)]):
        _put_behind(element)
    for link in [found for found in root.iter("a") if "#" in (found.get("href") or "") and _leads_back(found)]:
        link.drop_tree()
    marks = [mark for mark in root.iter(*_MARK_TAGS) if mark.tag in _SHIFTED or _is_named(mark.get("class") or "")]
    told = {place for mark in marks for place in _told_places(mark)}
    if told:
        # Before the marks are written, whose own attributes go: notes have marks too.
        _name_notes(root, told)
    for mark in marks:
        if mark.getparent() is not None:
            _write_mark(mark)


def _told_places(mark: Any) -> set[str]:
    """The places of a page that the links of a mark lead to."""
    if not _TOLD.fullmatch(_text(mark)):
        return set()
    around = [mark, *islice(mark.iterancestors(), 2), *islice(mark.iter("a"), 2)]
    hrefs = (link.get("href") or "" for link in around if link.tag == "a")
    places = {href.partition("#")[2] for href in hrefs if "#" in href}
    return {place for place in places if not _OF_LITERATURE.match(place)}


def _name_notes(root: Any, told: set[str]) -> None:
    """Gives the elements of the notes that marks lead to an attribute that says so."""
    for place in root.xpath("//*[@id or @name]"):
        if place.get("id") in told or (place.tag == "a" and place.get("name") in told):
            holders = (outer for outer in (place, *place.iterancestors()) if outer.tag in _HOLDERS)
            note = next(holders, None)
            if (
                note is not None
                and note.get(NOTE) is None
                and len("".join(islice(note.itertext(), _MOST_CHARS))) <= _MOST_CHARS
            ):
                note.set(NOTE, "")


def _text(element: Any) -> str:
    return "".join(islice(element.itertext(), _TEXTS)).strip()


def _leads_back(link: Any) -> bool:
    text = _text(link)
    if text not in _BACK | _BACK_IN_LIST or not _is_at_edge(link):
        return False
    return text in _BACK or any(outer.tag == "li" for outer in islice(link.iterancestors(), _LEVELS))


def _is_at_edge(link: Any) -> bool:
    """Is a link of its own page the first or the last thing of its element? In a sentence its sign is a word."""
    if not (link.get("href") or "").startswith(("#", "/", "?")) and "://" in (link.get("href") or ""):
        return False
    outer = _wrapper(link)
    is_first = not _before(outer).strip()
    return is_first or not ((outer.tail or "").strip() or any(map(_text, islice(outer.itersiblings(), _NEAR))))


@lru_cache(maxsize=5_000)
def _is_named(names: str) -> bool:
    return any(map(_MARKED.search, names[:_NAME_CHARS].split()))


def _write_mark(element: Any) -> None:
    """Parts a mark from the words around it: brackets for the number of a note, a sign before a power or an index."""
    text = _text(element)
    if not text or len(text) > _MARK_CHARS:
        return
    is_raised, before = element.tag == "sup", _before(element)
    is_amount = _CURRENCY.match(element.tail or "") is not None
    if _CENTS.fullmatch(text) and (_POINT_OF_PRICE.search(before) or (is_amount and before.endswith((".", ",")))):
        return
    if _MARK.fullmatch(text) and element.tag != "sub" and (_leads_to_note(element) or _is_behind_words(element)):
        element.clear(keep_tail=True)
        element.text = f"[{text}]"
        _part(element, _LETTER)
    elif is_raised and not before[-1:].strip() and _MARK.fullmatch(text):
        _part(element, _WORD_AHEAD)
    elif _POWER.fullmatch(text) and before[-1:].isdecimal() and element.tag in _SHIFTED:
        is_fraction = (element.tail or "").startswith(_STROKES)
        is_price = _CENTS.fullmatch(text) and _PRICE.search(before)
        # "4<sup>99</sup> €" is written with a comma where the sign stands behind it.
        sign = " " if is_fraction else "." if is_price else "," if is_amount and _CENTS.fullmatch(text) else "^"
        element.text = f"{sign if is_raised else '_'}{element.text or ''}"
    elif element.tag in _SHIFTED and before[-1:].isdecimal() and text[0].isdecimal():
        element.text = f" {element.text or ''}"


def _part(element: Any, ahead: re.Pattern[str]) -> None:
    """Puts a blank behind an element where what follows begins so."""
    outer = _wrapper(element)
    if outer.tail and ahead.match(outer.tail):
        outer.tail = f" {outer.tail}"


def _wrapper(element: Any) -> Any:
    """The outermost of the links and the like that hold an element and nothing else."""
    outer, parent = element, element.getparent()
    while parent is not None and parent.tag in ("a", "sup", "span") and len(parent) == 1:
        if outer.tail or parent.text:
            break
        outer, parent = parent, parent.getparent()
    return outer


def _leads_to_note(element: Any) -> bool:
    """Is an element, or what is around or in it, a link into a page, or named as a mark?"""
    around = [element, *islice(element.iterancestors(), 2), *islice(element.iter("a"), 2)]
    if any(outer.tag == "a" and "#" in (outer.get("href") or "") for outer in around):
        return True
    return element.tag != "a" and _is_named(element.get("class") or "")


def _is_behind_words(element: Any) -> bool:
    """Does a raised number stand behind a sentence, or a word that is no measure and no function?"""
    # Three digits without a link are those of an isotope.
    if element.tag != "sup" or len(_text(element)) == len("235"):
        return False
    before = _before(element)[-_WORD_CHARS:]
    word = _WORD.search(before)
    return before[-1:] in _ENDS if word is None else not _MEASURE.fullmatch(word[0])


def _before(element: Any) -> str:
    """The text of an element around another one, up to that; of three elements between them at most."""
    texts: list[str] = []
    for before in islice(element.itersiblings(preceding=True), _NEAR):
        texts.append((_text(before) if before.tag != "br" else "\n") + (before.tail or ""))
    parent = element.getparent()
    is_all = len(texts) < _NEAR and parent is not None
    return ((parent.text or "") if is_all else "") + "".join(reversed(texts))


def _is_beside(element: Any) -> bool:
    return element.tag in _ALWAYS_NOTES or any(
        map(_BESIDE.fullmatch, (element.get("class") or "")[:_NAME_CHARS].split())
    )


def _put_behind(note: Any) -> None:
    """Makes a paragraph of a note, behind the one that it stands in, without its switches and its mark."""
    if _REPEATED_MARK in (note.getparent().get("class") or ""):
        note.drop_tree()
        return
    place = next((outer for outer in islice(note.iterancestors(), _LEVELS) if outer.tag in _SENTENCES), None)
    text = "".join(note.itertext())
    is_note = len(text.split()) >= _NOTE_WORDS and len(text) <= _MOST_CHARS
    # "The mayor <small>who was elected in May</small> said": no note begins so.
    is_note = is_note and not text.lstrip()[:1].islower()
    if place is None or not is_note or len(_letters(place)) == len(_letters(note)):
        return
    for part in [found for found in place.iter("input", "label", "sup") if _is_switch(found)]:
        if part.tag != "sup" or note in part.iterancestors():
            part.drop_tree()
    tail, note.tail = note.tail, None
    before, around = note.getprevious(), note.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        around.text = (around.text or "") + (tail or "")
    note.tag = "p"
    note.attrib.clear()
    if place.tag == "p" and place.getparent() is not None:
        note.tail, place.tail = place.tail, None
        place.addnext(note)
    else:
        place.append(note)


def _letters(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


def _is_switch(element: Any) -> bool:
    """Is an element there to fold a note, or the mark before it?"""
    names = element.get("class") or ""
    if element.tag == "sup":
        return "note_mark" in names
    text = _text(element)
    return "toggle" in names and (not text or _TOLD.fullmatch(text) is not None or not any(map(str.isalnum, text)))
