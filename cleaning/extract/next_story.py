"""Stories that a site puts below the one that was asked for, so that who scrolls on reads on."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.blocks import Blocks
from cleaning.extract.marks import BYLINES

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Of a live blog each entry may have a title and a time.
_MOST_TITLES = 8
_WORD = re.compile(r"\w+")
# Words that are kept of the story before, and of the one that follows. Of 2,529 labelled pages two have such a one, of
# a hundred saved by readers of a reading-list app one with three.
_WORDS_BEFORE, _WORDS_OF_OTHER = 100, 60
# The byline of a story is among the blocks near its title.
_HEAD_BLOCKS = 12


def drop_next_stories(blocks: Blocks, words: Floats, keep: Bools, title: str) -> Bools:
    """The kept blocks of an article without those of other stories below it.

    Another story stands in an element of its own that begins with an h1 of its own and a byline, as the first does.
    Headings of sections are h1 too on many pages, but no byline follows them; days do, in chapters of a history, and
    the hours of a live blog. ``title``: the page's own, which is that of the
    first story where one was asked for; that of a blog is its name.
    """
    nodes = blocks.nodes
    titles = [number for number, node in enumerate(blocks.node) if nodes.tag[node] == "h1"]
    if not 2 <= len(titles) <= _MOST_TITLES or not _names(title, blocks.texts[titles[0]]):
        return keep
    if not _has_byline(blocks, titles[0], 0, titles[1]):
        return keep
    kept_words = np.concatenate([[0.0], np.cumsum(words * keep)])
    kept = keep.copy()
    for other in titles[1:]:
        first, end = _box_of(blocks, other, titles[0], kept_words)
        if kept_words[first] < _WORDS_BEFORE or kept_words[end] - kept_words[first] < _WORDS_OF_OTHER:
            continue
        if blocks.texts[other] != blocks.texts[titles[0]] and _has_byline(blocks, other, first, end):
            kept[first:end] = False
    return kept


def _names(title: str, heading: str) -> bool:
    """Does the title of a page hold most words of a heading?"""
    known, words = set(_WORD.findall(title.casefold())), _WORD.findall(heading.casefold())
    return 2 * sum(word in known for word in words) > len(words)


def _box_of(blocks: Blocks, title: int, first_title: int, kept_words: Floats) -> tuple[int, int]:
    """The blocks of the largest element in which nothing kept stands before a title, nor the first title."""
    nodes, node = blocks.nodes, blocks.node[title]
    while (parent := nodes.parent[node]) >= 0:
        first, end = nodes.first[parent], nodes.end[parent]
        if first <= first_title < end or kept_words[title] > kept_words[first]:
            break
        node = parent
    return nodes.first[node], nodes.end[node]


def _has_byline(blocks: Blocks, title: int, first: int, end: int) -> bool:
    first, last = max(first, title - _HEAD_BLOCKS), min(end, title + _HEAD_BLOCKS)
    nodes = blocks.nodes
    return any(
        own & BYLINES and first <= nodes.first[node] < nodes.end[node] <= last for node, own in enumerate(nodes.own)
    )
