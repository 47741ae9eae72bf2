"""What a page says in so many words that its content is: the recipe and the answers in its JSON-LD and microdata.

Their blocks are short, stand in lists and boxes as furniture does, and often in what a click unfolds: the model doubts
them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.blocks import Blocks
from cleaning.extract.declared import plain_rows
from cleaning.extract.gaps import is_subheading, lists_of

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_MICRODATA = re.compile(r"itemprop\s*=\s*[\"']?(?:recipeIngredient|recipeInstructions|ingredients)\b")
_PART = "@itemprop='recipeIngredient' or @itemprop='recipeInstructions' or @itemprop='ingredients'"
_MARKED = f"//*[({_PART}) and not(ancestor::*[{_PART}])]"
_MOST_PARTS, _MOST_CHARS = 1_000, 60_000
_SIGNS = re.compile(r"\W+")

# All lengths are those of letters and digits in UTF-8, so that a sign of Chinese counts as much as a short word.
# What is shorter says nothing alone: "2", "cup". Between others it is a part of them.
_LEAST_KEY, _LEAST_PART = 4, 8
# A text that is stated is looked for so often in a page: copies for phones and printers.
_MOST_COPIES = 5
# So many parts a word is looked for in: "cup" is in each of a thousand. Of the letters of the block so many are the
# part's: "I used two cups of flour here" is a reader's.
_MOST_HOLDERS, _OWN_SHARE = 50, 0.6
# Words of a part of a recipe, amounts apart from their units, and how many of its letters another wording keeps.
_WORDS, _PART_CHARS, _SAME_SHARE = re.compile(r"\d+|[^\W\d_]+"), 150, 0.75
# Blocks of one list have so many others between them at most: a box to tick, the heading of a part, a picture's text.
_GAP_BLOCKS = 3
# So much that is stated, on a row, is no chance, while a menu may hold "Sour cream"; of fewer blocks a sentence is.
_LEAST_RUN, _RUN_BLOCKS, _LEAST_SENTENCE = 30, 3, 40
_COPY_SHARE = 0.8
# What stands between stated blocks and is not stated itself: headings of parts, and not "Add to list" behind each.
_LEAST_BETWEEN, _LEAST_PROSE = 0.2, 0.4
# Menus score less than this, what is stated and shown more. A sentence that is stated is so whatever it scores.
_LEAST_LIKELY, _FRAMES = 0.05, frozenset(("nav", "footer"))
_LINK_SHARE = 0.9
_HEADING_BLOCKS = 2
# A list of which so much is stated is so as a whole.
_LIST_SHARE = 0.5

# Of 139 labelled pages that declare their article's text two show less than three fifths of it: one shows nothing, and
# one is a live blog that declares another, shorter text. What is shorter than this is a summary.
_LEAST_BODY, _SHOWN_SHARE, _KEPT_SHARE, _PIECE = 300, 0.1, 0.25, 40
# Where nothing else was found it may be so short.
_LEAST_ALONE = 100


def marked_parts(page: str, root: Any) -> tuple[str, ...]:
    """The ingredients and steps that a page marks as such by microdata."""
    if not _MICRODATA.search(page):
        return ()
    parts: list[str] = []
    for element in root.xpath(_MARKED)[:_MOST_PARTS]:
        text = "".join(element.itertext())
        if len(text) + sum(map(len, parts)) <= _MOST_CHARS:
            parts.append(text)
    return tuple(parts)


def keep_stated(blocks: Blocks, likely: Floats, keep: Bools, stated: Sequence[str]) -> Bools:
    """The kept blocks, with those whose text is stated and what belongs to them: subheadings, single words."""
    if not stated:
        return keep
    keys = [_key(text) for text in blocks.texts]
    plain = list(dict.fromkeys(map(plain_rows, stated)))
    parts = [_key(text) for text in plain]
    told, words = b"\n".join(parts), {_key(word) for text in plain for word in text.split()}
    is_part = [key in words or (len(key) >= _LEAST_PART and key in told) for key in keys]
    # Words of an ingredient stand in menus, too, which the model is sure to be none of the page's content.
    may_be = [
        (likely[number] >= _LEAST_LIKELY or len(key) >= _LEAST_SENTENCE) and not _is_in_frame(blocks, number)
        for number, key in enumerate(keys)
    ]
    known = {n for n, key in enumerate(keys) if len(key) >= _LEAST_KEY and key in told and not _is_link(blocks, n)}
    known.update(_spelled_out(keys, parts))
    known.update(number for number in _reworded(blocks.texts, plain) if not _is_link(blocks, number))
    known = {number for number in known if may_be[number]}
    kept = keep.copy()
    seen = {keys[number] for number in known if keep[number] and not _is_link(blocks, number)}
    for run in _runs(sorted(known)):
        new = {keys[number] for number in run if not kept[number]}
        if not new or not _is_no_chance(keys, run) or _length(new & seen) >= _COPY_SHARE * _length(new):
            continue
        seen |= new
        kept[run] = True
        _keep_between(blocks, likely, kept, run, is_part)
    for items in lists_of(blocks):
        if _LIST_SHARE * len(items) <= len(known.intersection(items)) < len(items) and kept[items].any():
            kept[[n for n in items if keys[n] and may_be[n] and not _is_link(blocks, n)]] = True
    return kept


def _keep_between(blocks: Blocks, likely: Floats, kept: Bools, run: Sequence[int], is_part: Sequence[bool]) -> None:
    """Keeps what belongs to a run between its blocks and above it: single words, subheadings."""
    for number in range(run[0], run[-1]):
        least = _LEAST_BETWEEN if is_subheading(blocks, number) else _LEAST_PROSE
        is_likely = likely[number] >= least and any(map(str.isalnum, blocks.texts[number]))
        kept[number] |= is_part[number] or (is_likely and not _is_link(blocks, number))
    for number in range(run[0] - 1, max(run[0] - 1 - _HEADING_BLOCKS, -1), -1):
        if is_subheading(blocks, number):
            kept[number] = True
            break


def _is_in_frame(blocks: Blocks, number: int) -> bool:
    """Does a block stand in the menu or the foot of the page?"""
    node = blocks.node[number]
    while node >= 0:
        if blocks.nodes.tag[node] in _FRAMES:
            return True
        node = blocks.nodes.parent[node]
    return False


def is_about(name: str | None, title: str) -> bool:
    """Does the title of a page hold half the words of what its article is called? Where it has neither, too."""
    named, words = set(_WORDS.findall((name or "").casefold())), set(_WORDS.findall(title.casefold()))
    return not named or not words or 2 * len(named & words) >= len(named)


def is_untold(body: str, text: str, blocks: Blocks) -> bool:
    """Is next to nothing of a declared text among the blocks of its page, and the ``text`` found there shorter?"""
    told = _key(body)
    least = _LEAST_BODY if text else _LEAST_ALONE
    if len(told) < least or len(_key(text)) > _KEPT_SHARE * len(told):
        return False
    shown = b"".join(map(_key, blocks.texts))
    pieces = [told[start : start + _PIECE] for start in range(0, len(told) - _PIECE + 1, _PIECE)]
    return sum(piece in shown for piece in pieces) < _SHOWN_SHARE * len(pieces)


def _spelled_out(keys: Sequence[bytes], parts: Sequence[bytes]) -> Iterator[int]:
    """The blocks that make up a stated part, one behind the other, or that are it with little more: its amount."""
    ends = [*accumulate(map(len, keys))]
    starts = {end - len(key): number for number, (key, end) in enumerate(zip(keys, ends, strict=True)) if key}
    last = {end: number for number, (key, end) in enumerate(zip(keys, ends, strict=True)) if key}
    page = b"".join(keys)
    for part in dict.fromkeys(parts):
        found, copies = page.find(part), 0
        while len(part) >= _LEAST_PART and found >= 0 and copies < _MOST_COPIES:
            end = found + len(part)
            if found in starts and end in last:
                yield from range(starts[found], last[end] + 1)
            elif end in last and len(part) >= len(keys[last[end]]) / 2 and found >= end - len(keys[last[end]]):
                yield last[end]
            found, copies = page.find(part, end), copies + 1


def _reworded(texts: Sequence[str], stated: Sequence[str]) -> Iterator[int]:
    """The short blocks that have the words of a part, in another order or with others between: "olive oil, 2 tbsp"."""
    bags = [set(_WORDS.findall(text.casefold())) for text in stated if len(text) <= _PART_CHARS]
    bags = [set(bag) for bag in dict.fromkeys(map(frozenset, bags))]
    holders = defaultdict[str, list[int]](list)
    for place, bag in enumerate(bags):
        for word in bag:
            holders[word].append(place)
    holders = defaultdict(list, {word: places[:_MOST_HOLDERS] for word, places in holders.items()})
    sizes = [sum(map(len, bag)) for bag in bags]
    for number, text in enumerate(texts):
        if len(text) > _PART_CHARS:
            continue
        words = set(_WORDS.findall(text.casefold()))
        shared = Counter[int]()
        for word in words:
            for place in holders.get(word, ()):
                shared[place] += len(word)
        size = sum(map(len, words))
        if any(same >= _OWN_SHARE * size and same >= _SAME_SHARE * sizes[place] for place, same in shared.items()):
            yield number


def _is_no_chance(keys: Sequence[bytes], run: Sequence[int]) -> bool:
    texts = {keys[number] for number in run}
    return _length(texts) >= _LEAST_RUN and (len(run) >= _RUN_BLOCKS or max(map(len, texts)) >= _LEAST_SENTENCE)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers in order, in stretches without a gap."""
    run: list[int] = list(numbers[:1])
    for before, number in pairwise(numbers):
        if number - before > _GAP_BLOCKS + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _is_link(blocks: Blocks, number: int) -> bool:
    link, _, chars = blocks.chars[number]
    return link >= _LINK_SHARE * chars


def _length(keys: set[bytes]) -> int:
    return sum(map(len, keys))


def _key(text: str) -> bytes:
    """The letters and digits of a text."""
    return _SIGNS.sub("", text).casefold().encode(errors="replace")
