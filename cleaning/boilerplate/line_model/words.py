"""What the words of a line say: linear scores of hashed n-grams, phrase lists, vocabulary shared with the prose."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import Floats, Hashes, Ints, Page

PHRASE_TOKENS = 8  # longest phrase in the lists that is worth a look: 99 of 100 have at most 8 tokens
_MULTIPLIER = np.uint32(0x9E3779B1)  # 2**32 / golden ratio, Knuth's multiplicative hashing
_SHUFFLE = np.uint32(0x85EBCA6B)

# Seeds keep the kinds of n-grams apart in one table of weights.
_BAG_1, _BAG_2, _FIRST, _LAST_1, _LAST_2, _WHOLE = (np.uint32(0x51ED270B * k & 0xFFFFFFFF) for k in range(1, 7))
FIRST_TOKENS = 3
WHOLE_TOKENS = 8


def _mix(hashes: Hashes, seed: np.uint32) -> Hashes:
    mixed = (hashes ^ seed) * _MULTIPLIER
    mixed ^= mixed >> np.uint32(15)
    mixed *= _SHUFFLE
    return mixed


def chain_hashes(hashes: Hashes, longest: int) -> list[Hashes]:
    """Hashes of the 1-, 2- … `longest`-grams that start at each token; those past the end are cut off."""
    chains = [hashes * _MULTIPLIER + np.uint32(1)]
    for k in range(1, min(longest, hashes.size)):
        chains.append((chains[-1][:-1] ^ hashes[k:]) * _MULTIPLIER + np.uint32(k + 1))
    return chains


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a page that have weights: their lines and hashes, hashed once for all tables of weights.

    The first `words` are the words, the first `bag` all 1- and 2-grams. Behind them stand the first 1-, 2- and 3-gram
    of each line, its last 1- and 2-gram, and short lines whole.
    """

    lines: Ints
    hashes: Hashes
    bag: int
    words: int

    def slots(self, slots: int) -> Ints:
        """The slot of each (0 to `slots` - 1, a power of two)."""
        return (self.hashes >> np.uint32(32 - slots.bit_length() + 1)).astype(np.int64)


def find_grams(page: Page, chains: list[Hashes]) -> Grams:
    """The n-grams of a page."""
    lines, table = [page.token_line], [_mix(chains[0], _BAG_1)]
    if len(chains) > 1:
        same = (page.token_line[1:] == page.token_line[:-1]).nonzero()[0]
        lines.append(page.token_line.take(same))
        table.append(_mix(chains[1].take(same), _BAG_2))
    bag = sum(part.size for part in table)
    count, first = page.token_count, page.first_token
    for order, grams in enumerate(chains[:FIRST_TOKENS], start=1):
        long_enough = (count >= order).nonzero()[0]
        begins = first.take(long_enough)
        lines.append(long_enough)
        table.append(_mix(grams.take(begins), _FIRST))
        if order <= 2:
            begins += count.take(long_enough) - order
            lines.append(long_enough)
            table.append(_mix(grams.take(begins), _LAST_1 if order == 1 else _LAST_2))
    short = ((count > 0) & (count <= min(WHOLE_TOKENS, len(chains)))).nonzero()[0]
    starts = np.array([0, *itertools.accumulate(chain.size for chain in chains)])
    lines.append(short)
    table.append(_mix(np.concatenate(chains).take(starts[count[short] - 1] + first[short]), _WHOLE))
    return Grams(np.concatenate(lines), np.concatenate(table), bag, page.hashes.size)


def line_keys(page: Page, chains: list[Hashes]) -> Floats:
    """Array (3, lines): hashes of each whole line, of its first two tokens and of its last; whole numbers.

    Lines without tokens have no key, those of a single token no second and third.
    """
    nth = np.arange(page.hashes.size) - np.repeat(page.first_token, page.token_count)
    mixed = _mix(page.hashes + nth.astype(np.uint32) * _SHUFFLE, _WHOLE)
    keys = np.zeros((3, page.count))
    keys[0] = np.bincount(page.token_line, mixed, page.count)  # sums of 32-bit numbers are exact
    several = np.flatnonzero(page.token_count > 1)
    if several.size:
        keys[1, several] = chains[1][page.first_token[several]]
        keys[2, several] = page.hashes[page.first_token[several] + page.token_count[several] - 1]
    return keys


def linear_scores(grams: Grams, count: int, weights: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Sums of weights of each line, one row a table: its bag of n-grams over the root of their number, its ends."""
    slots = grams.slots(weights.shape[1])
    parts = grams.lines[: grams.bag], grams.lines[grams.bag :]
    root = np.sqrt(np.maximum(np.bincount(parts[0], minlength=count), 1))
    values = [table.take(slots) for table in weights]
    bag = np.stack([np.bincount(parts[0], row[: grams.bag], count) for row in values]) / root
    return bag, np.stack([np.bincount(parts[1], row[grams.bag :], count) for row in values])


def phrase_evidence(page: Page, chains: list[Hashes], keys: Hashes, evidence: NDArray[np.float32]) -> Floats:
    """Evidence of the phrases that a line is, starts with and holds: array (3, lines), 0 where there is none.

    `keys` are the sorted chain hashes of the phrases, `evidence` (3, phrases) their log odds. A phrase of one word
    counts only at the start of a line.
    """
    result = np.zeros((3, page.count))
    if not keys.size:
        return result
    near = np.zeros(1 << 16, dtype=bool)
    near[keys >> np.uint32(16)] = True
    grams = np.concatenate(chains)
    found = near.take(grams >> np.uint32(16)).nonzero()[0]
    hashes = grams.take(found)
    place = np.minimum(keys.searchsorted(hashes), keys.size - 1)
    hit = keys.take(place) == hashes
    found, place = found[hit], place[hit]
    if not found.size:
        return result
    starts = np.array([0, *itertools.accumulate(chain.size for chain in chains)])
    order = starts.searchsorted(found, side="right")
    position = found - starts[order - 1]
    line = page.token_line.take(position)
    first = page.first_token.take(line)
    end = first + page.token_count.take(line)
    inside, at_start = position + order <= end, position == first
    whole = at_start & (position + order == end)
    for row, where in enumerate((whole, at_start & ~whole & inside, inside & ~at_start & (order > 1))):
        np.maximum.at(result[row], line[where], evidence[row, place[where]])
    return result


def rarity_slots(hashes: Hashes, slots: int) -> Ints:
    """Slot of each word in the table of rarities (`slots` a power of two)."""
    return (_mix(hashes, _BAG_1) >> np.uint32(33 - slots.bit_length())).astype(np.int64)


def mean_rarity(page: Page, rarity: NDArray[np.float32]) -> Floats:
    """Mean rarity of the words of each line, 0 to 1."""
    weight = rarity.take(rarity_slots(page.hashes, rarity.size))
    return np.bincount(page.token_line, weight, page.count) / np.maximum(page.token_count, 1)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The different words of each line.

    `words`: hashes of all words, in order. `word`, `line`: number of the word and of the line, one entry for each
    different word of a line, in the order of lines and hashes. `count`: lines.
    """

    words: Hashes
    word: Ints
    line: Ints
    count: int

    def take(self, rows: Ints) -> "Vocabulary":
        """The words of the lines of these numbers, in this order."""
        counts = np.bincount(self.line, minlength=self.count)
        first = (counts.cumsum() - counts)[rows]
        counts = counts[rows]
        entries = np.repeat(first - counts.cumsum() + counts, counts)
        entries += np.arange(entries.size)
        return Vocabulary(self.words, self.word[entries], np.arange(rows.size).repeat(counts), rows.size)

    def join(self, other: "Vocabulary") -> "Vocabulary":
        """The words of the lines of both."""
        hashes = np.concatenate([self.words[self.word], other.words[other.word]])
        return _numbered(hashes, np.concatenate([self.line, other.line + self.count]), self.count + other.count)


def vocabulary(page: Page) -> Vocabulary:
    """The different words of the lines of a page."""
    entries = page.token_line << 32 | page.hashes
    entries.sort()
    is_new = np.ones(entries.size, dtype=bool)
    np.not_equal(entries[1:], entries[:-1], out=is_new[1:])
    entries = entries[is_new]
    return _numbered(entries.astype(np.uint32), entries >> 32, page.count)


def _numbered(hashes: Hashes, line: Ints, count: int) -> Vocabulary:
    order = hashes.argsort()
    ordered = hashes[order]
    is_new = np.ones(ordered.size, dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    word = np.empty(ordered.size, dtype=np.int64)
    word[order] = is_new.cumsum() - 1
    return Vocabulary(ordered[is_new], word, line, count)


def shared_vocabulary(used: Vocabulary, is_prose: NDArray[np.bool_], rarity: NDArray[np.float32]) -> Floats:
    """Shares of a line's words, weighted by rarity, that other prose lines use, and that any other line uses.

    `rarity`: a weight for each slot of the hashed words. The result has the shape (2, lines).
    """
    if not used.word.size:
        return np.zeros((2, used.count))
    word, line = used.word, used.line
    in_prose = is_prose.take(line)
    weight = rarity.take(rarity_slots(used.words, rarity.size)).astype(np.float64).take(word)
    in_others = (np.bincount(word, in_prose).take(word) > in_prose, np.bincount(word).take(word) > 1)
    shared = np.stack([np.bincount(line, weight * where, used.count) for where in in_others])
    return np.asarray(shared / np.maximum(np.bincount(line, weight, used.count), 1e-9))
