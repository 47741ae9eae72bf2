"""Which documents are worth comparing: those that share rare runs of words, and those that are about the same.

Two ways, since one alone is blind or slow. MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining
of Massive Datasets, §3.4) brings texts together that are about the same, however many copies there are. A sample of
the runs, looked up in an index, finds a text inside a larger one, a rewritten one and a quotation, of which MinHash
sees nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaning.link.shingles import Shingles, mixed

Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]
Entries = tuple[NDArray[np.uint64], Numbers]

# Two texts that share four fifths of their runs meet in one band of 16 of 3 rows with a probability of .9999, two
# that share half of them with .88.
BANDS, _ROWS = 16, 3
# One run in four is looked up: of a quotation of 24 words five or six are, and fewer than three in one case of ten.
_SAMPLE_BITS = 2
# Documents that share a run, copies aside, are compared with one another; more of them with the first of them.
MOST_HOLDERS = 50
# A report that so many others print, each with words of its own, is one of theirs; more print a turn of words.
MOST_COPIES = 1_000
LEAST_SHARED = 3
# Of the smaller text's sample so much has to stand in the other one.
_LEAST_SHARE = 0.02
_PAIRS_AT_ONCE = 1 << 18
# Odd: numbers of documents are small, and files are told apart by the first bits.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SPREAD_BACK = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


def sample(unique: Shingles) -> Shingles:
    """The quarter of the runs of a text that is looked up: the same runs in every text."""
    looked_up: Shingles = unique[unique >> np.uint64(64 - _SAMPLE_BITS) == 0]
    return looked_up << np.uint64(_SAMPLE_BITS)


def band_keys(unique: Shingles) -> Shingles:
    """A number for each band of the MinHash signature of a text; none for a text without runs.

    ``unique``: the runs, sorted. One permutation stands for all (Li, Owen and Zhang 2012): the numbers are cut into as
    many ranges as the signature has rows, and of each the least one is taken; an empty range takes that of the next one
    that is not (Shrivastava and Li 2014).
    """
    if not len(unique):
        return unique
    places = np.searchsorted(unique, _range_starts())
    # The least number at or above the beginning of a range is its own, or that of the next range that has one.
    rows: Shingles = unique[places % len(unique)].reshape(BANDS, _ROWS)
    keys: Shingles = np.arange(1, BANDS + 1, dtype=np.uint64)
    for row in range(_ROWS):
        keys = mixed(keys ^ rows[:, row])
    return keys


@cache
def _range_starts() -> Shingles:
    ranges = BANDS * _ROWS
    return np.array([(number << 64) // ranges for number in range(ranges)], np.uint64)


def with_first(buckets: Iterable[Entries]) -> Pairs:
    """Each owner of a key with the first one of it, each pair once."""
    found = [np.empty(0, np.uint64)]
    for keys, owners in buckets:
        starts, sizes = _groups(keys)
        firsts = np.repeat(owners[starts], sizes)
        packed = (firsts.astype(np.uint64) << np.uint64(32)) | owners.astype(np.uint64)
        found.append(np.unique(packed[firsts != owners]))
    pairs = np.unique(np.concatenate(found))
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def all_pairs(buckets: Iterable[Entries]) -> Iterator[Pairs]:
    """Any two owners of a key that has 2 to 50 of them, and of up to 1,000 each with the first; once for each such key,
    the lower number first.
    """
    for keys, owners in buckets:
        starts, sizes = _groups(keys)
        many = (sizes > MOST_HOLDERS) & (sizes <= MOST_COPIES)
        firsts, holders = np.repeat(starts[many], sizes[many] - 1), _behind(starts[many], sizes[many])
        yield owners[firsts], owners[holders]
        for size in range(2, MOST_HOLDERS + 1):
            left, right = np.triu_indices(size, 1)
            firsts = starts[sizes == size]
            step = _PAIRS_AT_ONCE // len(left)
            for begin in range(0, len(firsts), step):
                groups = owners[firsts[begin : begin + step, None] + np.arange(size)]
                yield groups[:, left].ravel(), groups[:, right].ravel()


def pair_entries(pairs: Pairs) -> tuple[NDArray[np.uint64], Numbers]:
    """The pairs as entries, so that ``often_enough`` can count them file by file."""
    return pairs[0].astype(np.uint64) * _SPREAD, pairs[1]


def unique_pairs(entries: Entries) -> Pairs:
    """The pairs of ``pair_entries``, sorted, each once."""
    keys, second = entries
    starts = _starts_of_pairs(keys, second)
    return (keys[starts] * _SPREAD_BACK).astype(np.int64), second[starts]


def often_enough(entries: Entries, sampled: Numbers) -> Pairs:
    """The pairs that were found often enough to be compared.

    ``entries``: of ``pair_entries``, sorted. ``sampled``: how many runs of each document are looked up.
    """
    keys, second = entries
    starts = _starts_of_pairs(keys, second)
    counts = np.diff(np.append(starts, len(keys)))
    pairs = unique_pairs(entries)
    least = np.maximum(LEAST_SHARED, _LEAST_SHARE * np.minimum(sampled[pairs[0]], sampled[pairs[1]]))
    return pairs[0][counts >= least], pairs[1][counts >= least]


def _starts_of_pairs(keys: NDArray[np.uint64], second: Numbers) -> Numbers:
    is_new = np.concatenate(([True], (keys[1:] != keys[:-1]) | (second[1:] != second[:-1])))[: len(keys)]
    return np.flatnonzero(is_new)


def _behind(starts: Numbers, sizes: Numbers) -> Numbers:
    """The places of each group but its first."""
    ends = np.cumsum(sizes - 1)
    places: Numbers = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts + 1 - (ends - sizes + 1), sizes - 1)
    return places


def _groups(keys: NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    """Where the entries of each key begin, and how many they are; ``keys`` are sorted."""
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
    return starts, np.diff(np.append(starts, len(keys)))
