"""Which blocks are kept: those that make the greatest expected F1 of words, each repeated text once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.blocks import Blocks, Nodes
from cleaning.extract.marks import COMMENTS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A block of fewer words may stand in a page more often: labels, names, answers. The rule of .007 F1 (STUDIES).
REPEATED_WORDS = 8
_LEAST_WORDS = 0.3
_DATA = re.compile(r"\[?\{\s*\"[\w-]{1,80}\"\s*:.{20,}[}\]]", re.DOTALL)
_DATA_KEYS = 3
# Comments at the end of articles, out of fold: dropped on 16 labelled pages, of which 8 change their score, all for the
# better, 1.5 of F1 in all. Where they are most of what is kept, or surely main content, the names mean something else:
# a commentary, the discussion of a paper.
_COMMENTS_SHARE, _SURE_IN_COMMENTS = 0.5, 0.9
# Pull quotes, out of fold: dropped on 35 labelled pages, 24 better, 11 worse, .24 of F1 in all. So many are looked for.
_QUOTES = frozenset(("blockquote", "aside", "figure"))
_MOST_QUOTES = 200
# Under such a heading what readers write is the story.
_OF_READERS = re.compile(
    r"\b(?:readers|letters|leserbriefe|lecteurs|lectores|leitores|lettori|lezers)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


def choose_blocks(likely: Floats, words: Floats) -> tuple[Bools, float]:
    """The blocks to keep, and the F1 of words that is expected of them.

    Blocks are taken by falling probability p; k of them, n words each, are expected to score
    2 Σ(p·n) / (Σ n of the k + Σ p·n of all).

    >>> keep, forecast = choose_blocks(np.array([0.9, 0.1, 0.8]), np.array([50.0, 5.0, 20.0]))
    >>> keep.tolist(), round(forecast, 2)
    ([True, False, True], 0.93)
    """
    if not likely.size:
        return np.zeros(0, dtype=bool), 0.0
    weight = np.maximum(words, _LEAST_WORDS)
    order = np.argsort(-likely, kind="stable")
    hits = np.cumsum((likely * weight)[order])
    scores = 2 * hits / (np.cumsum(weight[order]) + hits[-1] + 1e-9)
    best = int(np.argmax(scores))
    keep = np.zeros(likely.size, dtype=bool)
    keep[order[: best + 1]] = True
    return keep, float(scores[best])


def drop_data(texts: Sequence[str], keep: Bools, is_code: Sequence[bool]) -> Bools:
    """The kept blocks without those that are JSON and no code: what shops hide in a page for their scripts."""
    kept = keep.copy()
    for number in np.flatnonzero(keep).tolist():
        text = texts[number].strip()
        is_announced = number > 0 and texts[number - 1].rstrip().endswith((":", "："))
        if is_code[number] or is_announced or text.count('":') < _DATA_KEYS:
            continue
        if text[:1] in ("{", "[") and _DATA.fullmatch(text):
            kept[number] = False
    return kept


def drop_comments(blocks: Blocks, likely: Floats, words: Floats, keep: Bools) -> Bools:
    """The kept blocks of an article without the last ones that stand in an element for comments, by its names.

    The model keeps long comments and not the lines that say whose they are: without those no later rule knows them.
    """
    nodes = blocks.nodes
    if any(
        _OF_READERS.search(blocks.texts[n]) for n, node in enumerate(blocks.node) if nodes.tag[node] in ("h1", "h2")
    ):
        return keep
    kept_words = np.concatenate([[0.0], np.cumsum(words * keep)])
    inside: list[bool] = []
    for node, parent in enumerate(nodes.parent):
        of_node = kept_words[nodes.end[node]] - kept_words[nodes.first[node]]
        is_some = bool(nodes.own[node] & COMMENTS) and of_node <= _COMMENTS_SHARE * kept_words[-1]
        inside.append(is_some or (parent >= 0 and inside[parent]))
    kept = keep.copy()
    for number in np.flatnonzero(keep)[::-1].tolist():
        if not inside[blocks.node[number]] or likely[number] >= _SURE_IN_COMMENTS:
            break
        kept[number] = False
    return kept


def drop_repeats(blocks: Blocks, words: Floats, keep: Bools) -> Bools:
    """The kept blocks without further ones of the same text: copies for phones, texts quoted whole.

    The first stays, but where it is an item of a list and another a paragraph: of a key point and the sentence of the
    story that it repeats. Code and formulas are shown again on purpose.
    """
    copies = defaultdict[str, list[int]](list)
    for number in np.flatnonzero(keep & (words >= REPEATED_WORDS)).tolist():
        text = blocks.texts[number]
        if not blocks.is_code[number] and not (text[0] == "$" and text.rstrip(" .,;").endswith("$")):
            copies[text].append(number)
    kept = keep.copy()
    for numbers in copies.values():
        stays = numbers[0]
        if len(numbers) > 1 and _is_item(blocks.nodes, blocks.node[stays]):
            stays = next((number for number in numbers if _is_paragraph(blocks, number)), stays)
        kept[numbers] = False
        kept[stays] = True
    return kept


def drop_pulled(blocks: Blocks, words: Floats, keep: Bools) -> Bools:
    """The kept blocks without pull quotes: quotations of one block whose words stand in a kept paragraph as well."""
    numbers = np.flatnonzero(keep).tolist()
    quotes = {number for number in numbers if words[number] >= REPEATED_WORDS and _is_lone_quote(blocks, number)}
    if not quotes:
        return keep
    told = (n for n in numbers if n not in quotes and blocks.nodes.tag[blocks.node[n]] == "p")
    story = "\n".join(_key(blocks.texts[number]) for number in told)
    kept = keep.copy()
    for number in sorted(quotes)[:_MOST_QUOTES]:
        kept[number] = _key(blocks.texts[number]) not in story
    return kept


def _key(text: str) -> str:
    """The words of a text between blanks, without its punctuation."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _is_lone_quote(blocks: Blocks, number: int) -> bool:
    """Does a block stand in a quotation, a box or a figure, with no other?"""
    nodes, node = blocks.nodes, blocks.node[number]
    while node >= 0 and nodes.end[node] == nodes.first[node] + 1:
        if nodes.tag[node] in _QUOTES:
            return True
        node = nodes.parent[node]
    return False


def _is_paragraph(blocks: Blocks, number: int) -> bool:
    node = blocks.node[number]
    return blocks.nodes.tag[node] == "p" and not _is_item(blocks.nodes, node)


def _is_item(nodes: Nodes, node: int) -> bool:
    """Does an element stand in an item of a list?"""
    while node >= 0 and nodes.tag[node] != "li":
        node = nodes.parent[node]
    return node >= 0
