"""Labels for the blocks of a page: which of their words the gold text holds, in order; snippets; an extractor's text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_labels import words_of

Floats = NDArray[np.float64]

_CHAIN_WORDS = 3
# Stretches between two anchors of at most so many pairs of words are compared word by word.
_SMALL, _LARGE = 40_000, 4_000_000
# A long block that stands elsewhere in the gold, since the gold is in another order.
_MOVED_WORDS, _MOVED_SHARE = 8, 0.8


def shares_in_gold(texts: Sequence[str], gold: str) -> tuple[Floats, Floats]:
    """Share of each block's words that the gold holds, aligned in order, and the number of its words."""
    by_block = [words_of(text) for text in texts]
    counts = np.array([len(words) for words in by_block], dtype=np.float64)
    page, want = [word for words in by_block for word in words], list(words_of(gold))
    matched = np.zeros(len(page), dtype=bool)
    _align(page, want, 0, matched, _CHAIN_WORDS)
    block = np.repeat(np.arange(len(texts)), counts.astype(int))
    shares = np.bincount(block, matched, len(texts)) / np.maximum(counts, 1)
    chains = set(zip(want, want[1:], want[2:], strict=False))
    for number in np.flatnonzero((counts >= _MOVED_WORDS) & (shares < 0.5)):
        words = by_block[number]
        found = [chain in chains for chain in zip(words, words[1:], words[2:], strict=False)]
        if sum(found) > _MOVED_SHARE * len(found):
            shares[number] = sum(found) / len(found)
    return shares, counts


def _align(page: list[str], gold: list[str], start: int, matched: NDArray[np.bool_], chain: int) -> None:
    """Marks the words of ``page`` that have a partner in ``gold``: anchors first, then what lies between them."""
    if not page or not gold:
        return
    anchors = _anchors(page, gold, chain) if chain and len(page) * len(gold) > _SMALL else []
    if not anchors:
        if chain > 1 and len(page) * len(gold) > _SMALL:
            _align(page, gold, start, matched, chain - 1)
        elif len(page) * len(gold) <= _LARGE:
            for match in SequenceMatcher(None, page, gold, autojunk=False).get_matching_blocks():
                matched[start + match.a : start + match.a + match.size] = True
        return
    here = there = 0
    for place, partner in [*anchors, (len(page), len(gold))]:
        if place >= here and partner >= there:
            _align(page[here:place], gold[there:partner], start + here, matched, chain - 1)
        if place < len(page):
            matched[start + place : start + place + chain] = True
        here, there = max(here, place + chain), max(there, partner + chain)


def _anchors(page: list[str], gold: list[str], chain: int) -> list[tuple[int, int]]:
    """The longest chain in order of runs of ``chain`` words that occur once on either side."""
    once = []
    for words in (page, gold):
        places: dict[tuple[str, ...], int] = {}
        for place in range(len(words) - chain + 1):
            key = tuple(words[place : place + chain])
            places[key] = -1 if key in places else place
        once.append(places)
    pairs = [(place, once[1].get(key, -1)) for key, place in once[0].items() if place >= 0]
    return _in_order(sorted(pair for pair in pairs if pair[1] >= 0))


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both places (patience sorting)."""
    ends: list[int] = []
    tops: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, partner) in enumerate(pairs):
        pile = bisect_left(ends, partner)
        if pile == len(ends):
            ends.append(partner)
            tops.append(number)
        else:
            ends[pile], tops[pile] = partner, number
        before[number] = tops[pile - 1] if pile else -1
    chain, number = [], tops[-1] if tops else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


# Weights of the blocks of partly marked pages, as shares of a page whose gold is known.
_AGREED, _MARKED, _MARKED_LEAST = 0.6, 1.0, 0.025
_SNIPPET_CHARS = 20
_AGREED_WORDS = 4


def labels_by_snippets(
    texts: Sequence[str], marked: tuple[Sequence[str], Sequence[str]], readings: Sequence[str], words: Floats
) -> tuple[Floats, Floats]:
    """Labels and weights of a page of which only snippets are marked (in the main content, not in it).

    ``readings`` are an extractor's texts of it, the strictest first. The first that agrees with all marks tells the
    content, at a lower weight; blocks that none of them holds are none; the rest is not learnt from. Marks overrule.
    """
    texts = [" ".join(text.split()) for text in texts]
    inside, outside = ([" ".join(text.split()) for text in snippets] for snippets in marked)
    readings = [" ".join(text.split()) for text in readings]
    agreed = next((text for text in readings if _agrees(text, inside, outside)), None)
    is_in = np.array([text in (agreed or "") for text in texts]) & (words >= _AGREED_WORDS)
    is_out = ~is_in & np.array([not any(text in reading for reading in readings) for text in texts])
    share = np.minimum(words / max(float(words[is_in].sum()), 100.0), 1.0)
    label = is_in.astype(np.float64)
    weight = np.where(is_in | is_out, _AGREED * share, 0.0) if agreed is not None else np.zeros(len(texts))
    least = np.maximum(weight, _MARKED * share + _MARKED_LEAST)
    for number, text in enumerate(texts):
        if any(_holds(text, snippet) for snippet in inside):
            label[number], weight[number] = 1.0, least[number]
        elif any(snippet in text and len(text) < 3 * len(snippet) + 20 for snippet in outside):
            label[number], weight[number] = 0.0, least[number]
    return label, weight


def _agrees(text: str, inside: Sequence[str], outside: Sequence[str]) -> bool:
    return all(snippet in text for snippet in inside) and not any(snippet in text for snippet in outside)


def _holds(text: str, snippet: str) -> bool:
    return len(snippet) > _SNIPPET_CHARS and (snippet in text or (len(text) > _SNIPPET_CHARS and text in snippet))
