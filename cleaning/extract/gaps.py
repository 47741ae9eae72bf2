"""Blocks that are of one piece with kept ones: runs of paragraphs, subheadings, quotations, lists, code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.blocks import Blocks

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# In articles no block is kept for itself that is likelier furniture: teasers and comments below the text. .002 on WCXB
# articles.
_SURE = 0.5
# But probability sinks down a long page. Siblings of so many sure blocks, at least so likely, are of one run with them;
# before the first and behind the last sure one only paragraphs of so many words in the mean. Out of fold, of 2,529
# labelled pages: 45 (25 better, 20 worse, .16 of F1 in all).
_LEAST_SURE, _LEAST_IN_RUN, _END_WORDS = 3, 0.25, 25
# What fills gaps, at least so likely. Out of fold, on 2,037 labelled pages: code on 27 (21 better, 6 worse, .26 of F1
# in all), paragraphs on 99 (56, 42, .24), lists on 125 (75, 50, .80). Of products, collections and listings lists are
# shelves: 23 pages, .40 lost. Of 2,529 pages, quotations of articles on 19 (12 better, .11), subheadings on 156 (91).
_LEAST_OF_CODE, _LEAST_BETWEEN, _LEAST_OF_LIST, _LEAST_OF_HEADING, _LEAST_OF_QUOTE = 0.2, 0.2, 0.3, 0.35, 0.2
_GAP_BLOCKS, _LIST_ITEMS, _BEFORE_HEADING = 3, 3, 3
_KINDS_WITH_LISTS = ("article", "documentation", "forum", "service")
# Notes that a mark leads to: they score as what stands below a story does. Of 2,048 pages 21 have some, 12 of them kept
# whole without this; the small print of four shops, .03 to .04 in the mean, stays out.
_LEAST_OF_NOTE, _KINDS_WITH_NOTES = 0.07, ("article", "documentation", "forum")
# Cells of tables whose cells are mostly one block each: 45 of 2,538 pages (22 better, 16 worse, .03 in all).
_LEAST_OF_CELL, _CELL_SHARE = 0.2, 0.5
_CELLS = frozenset(("td", "th"))
_SUBHEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Posts of a thread: blocks of one class in the same boxes, of whose words so many are kept. Of 2,048 pages 43 (25
# better, 18 worse, .18 in all); any share from .5 to .85 and any score from .1 to .3 gains.
_LEAST_OF_POST, _POSTS_SHARE, _POSTS_WORDS, _POSTS, _BOXES = 0.2, 0.7, 50, 3, 3
_BOLD_SHARE, _LINK_SHARE, _HEADING_CHARS = 0.8, 0.5, 100


def keep_sure(blocks: Blocks, likely: Floats, words: Floats, chosen: Bools) -> Bools:
    """Of the chosen blocks of an article the sure ones, with what stands in one run with them."""
    sure = chosen & (likely >= _SURE)
    kept = sure.copy()
    is_near = sure | (likely >= _LEAST_IN_RUN)
    for siblings in _siblings(blocks):
        known = np.flatnonzero(sure[siblings])
        if known.size < _LEAST_SURE:
            continue
        first, last = siblings[known[0]], siblings[known[-1]]
        is_paragraph = blocks.nodes.tag[blocks.node[first]] == "p"
        for is_run, found in groupby(siblings, key=is_near.__getitem__):
            run = np.array(list(found))
            if is_run and sure[run].any():
                kept[run[(run > first) & (run < last)]] = True
                for end in (run[run < first], run[run > last]):
                    kept[end] |= is_paragraph and words[end].sum() >= _END_WORDS * end.size
    return kept


def _siblings(blocks: Blocks) -> Iterable[list[int]]:
    """The blocks of each place: those of one tag and class in one container, alone in a box of their own or not."""
    nodes, found = blocks.nodes, defaultdict[tuple[int | str, ...], list[int]](list)
    for number, node in enumerate(blocks.node):
        container, boxes = node, []
        while container >= 0 and nodes.first[container] == number and nodes.end[container] == number + 1:
            boxes.append(nodes.tag[container])
            container = nodes.parent[container]
        found[container, nodes.signature[node], *boxes].append(number)
    return found.values()


def fill_gaps(blocks: Blocks, likely: Floats, words: Floats, keep: Bools, kind: str) -> Bools:
    """The kept blocks, with those between them that are of one piece with them.

    Code between the first and the last; of an article up to three paragraphs between two others of one element, and
    the rest of a quotation of which half is kept; the rest of a list or table of which half is kept, and of a row of
    which a cell is; notes that marks lead to; the other posts of a thread of which most is kept; a subheading before a
    block that has others before it.
    """
    kept = keep.copy()
    where = np.flatnonzero(keep)
    if not where.size:
        return kept
    inside = slice(where[0], where[-1])
    kept[inside] |= np.array(blocks.is_code[inside], dtype=bool) & (likely[inside] >= _LEAST_OF_CODE)
    if kind == "article":
        _fill_paragraphs(blocks, likely, where, kept)
        for parts in _elements(blocks, "blockquote").values():
            chars = np.array([len(blocks.texts[number]) for number in parts])
            if 2 * chars[keep[parts]].sum() >= chars.sum():
                kept[parts] |= likely[parts] >= _LEAST_OF_QUOTE
    if kind == "forum":
        _fill_thread(blocks, likely, words, kept)
    if kind in _KINDS_WITH_NOTES:
        behind = slice(where[0], None)
        kept[behind] |= np.array(blocks.is_note[behind], dtype=bool) & (likely[behind] >= _LEAST_OF_NOTE)
    if kind in _KINDS_WITH_LISTS:
        _fill_tables(blocks, likely, kept)
    for items in lists_of(blocks) if kind in _KINDS_WITH_LISTS else ():
        if len(items) >= _LIST_ITEMS and keep[items].sum() * 2 >= len(items):
            kept[items] |= likely[items] >= _LEAST_OF_LIST
    for before, after in pairwise(np.flatnonzero(kept).tolist()):
        title = after - 1
        is_near = before < title <= before + _BEFORE_HEADING
        if is_near and likely[title] >= _LEAST_OF_HEADING and is_subheading(blocks, title):
            kept[title] = True
    return kept


def _fill_paragraphs(blocks: Blocks, likely: Floats, where: NDArray[np.int64], kept: Bools) -> None:
    nodes, node = blocks.nodes, blocks.node
    for first, last in pairwise(where.tolist()):
        gap = range(first + 1, last)
        places = {(nodes.parent[node[number]], nodes.tag[node[number]]) for number in range(first, last + 1)}
        if 0 < len(gap) <= _GAP_BLOCKS and len(places) == 1 and likely[gap].min() >= _LEAST_BETWEEN:
            kept[gap] = True


def _fill_thread(blocks: Blocks, likely: Floats, words: Floats, kept: Bools) -> None:
    """Keeps the other posts of a thread of which most is kept: short ones score less."""
    nodes, alike = blocks.nodes, defaultdict[tuple[int, ...], list[int]](list)
    for number, node in enumerate(blocks.node):
        boxes: list[int] = []
        while node >= 0 and len(boxes) < _BOXES:
            boxes.append(nodes.signature[node])
            node = nodes.parent[node]
        alike[tuple(boxes)].append(number)
    for posts in alike.values():
        told = words[posts].sum()
        if len(posts) >= _POSTS and told >= _POSTS_WORDS and words[posts][kept[posts]].sum() >= _POSTS_SHARE * told:
            kept[posts] |= likely[posts] >= _LEAST_OF_POST


def _fill_tables(blocks: Blocks, likely: Floats, kept: Bools) -> None:
    """Keeps the rest of the tables of which half the cells are kept, and of rows of which a cell is.

    Cells of one block each: those of tables that lay out a page hold more.
    """
    nodes = blocks.nodes
    for parts in _elements(blocks, "table").values():
        rows = defaultdict[int, list[int]](list)
        for number in parts:
            node = blocks.node[number]
            if nodes.tag[node] in _CELLS and _is_whole(blocks, number):
                rows[nodes.parent[node]].append(number)
        cells = [number for row in rows.values() for number in row]
        if len(cells) < max(_LIST_ITEMS, _CELL_SHARE * len(parts)):
            continue
        is_most = 2 * kept[cells].sum() >= len(cells)
        for row in rows.values():
            if is_most or kept[row].any():
                kept[row] |= likely[row] >= _LEAST_OF_CELL


def _is_whole(blocks: Blocks, number: int) -> bool:
    node = blocks.node[number]
    return blocks.nodes.end[node] == blocks.nodes.first[node] + 1


def is_subheading(blocks: Blocks, number: int) -> bool:
    """Is a block a heading, or short and wholly bold, and no link?"""
    link, bold, chars = blocks.chars[number]
    if link > _LINK_SHARE * chars:
        return False
    is_bold = bold >= _BOLD_SHARE * chars and chars <= _HEADING_CHARS
    return is_bold or blocks.nodes.tag[blocks.node[number]] in _SUBHEADINGS


def _elements(blocks: Blocks, tag: str) -> dict[int, list[int]]:
    """The blocks of each element of a tag, those of an element inside it aside."""
    nodes, found = blocks.nodes, defaultdict[int, list[int]](list)
    nearest: list[int] = []
    for node, parent in enumerate(nodes.parent):
        nearest.append(node if nodes.tag[node] == tag else nearest[parent] if parent >= 0 else -1)
    for number, node in enumerate(blocks.node):
        if nearest[node] >= 0:
            found[nearest[node]].append(number)
    return found


def lists_of(blocks: Blocks) -> Iterable[list[int]]:
    """The blocks of each list, in the order of its items."""
    found = defaultdict[int, list[int]](list)
    for item, numbers in _elements(blocks, "li").items():
        found[blocks.nodes.parent[item]] += numbers
    return found.values()
