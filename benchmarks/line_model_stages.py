"""Labels and weights of all lines, and what is learnt of words and phrases before any stage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model_data import Record
from cleaning.boilerplate.line_model import words
from cleaning.boilerplate.line_model.features import Lexicon, Seen
from cleaning.boilerplate.line_model.reading import Floats, find_tokens, hash_tokens
from cleaning.boilerplate.line_model.shape import character_classes

RARITY_SLOTS = 1 << 15
_TARGET = {"b": 1, "c": 0}


@dataclass(frozen=True, slots=True)
class Lines:
    """All counted and uncounted lines of the records, one after the other.

    `label`: 1 boilerplate, 0 content, -1 not counted. `page`, `record`, `fold`: numbers.
    """

    label: NDArray[np.int8]
    record: NDArray[np.int64]
    page: NDArray[np.int64]
    fold: NDArray[np.int64]
    is_partial: NDArray[np.bool_]


def flatten(records: Sequence[Record]) -> Lines:
    """The labels of the records, one entry a line."""
    sizes = [len(record.lines) for record in records]
    pages = {page: n for n, page in enumerate(dict.fromkeys(record.page for record in records))}
    return Lines(
        label=np.array([_TARGET.get(x, -1) for record in records for x in record.labels], dtype=np.int8),
        record=np.repeat(np.arange(len(records)), sizes),
        page=np.repeat([pages[record.page] for record in records], sizes),
        fold=np.repeat([record.fold for record in records], sizes),
        is_partial=np.repeat([record.is_partial for record in records], sizes),
    )


def page_weights(lines: Lines, power: float, partial: float) -> Floats:
    """Weight of each counted line: a page of n lines counts n ** (1 - power), a partly labelled one `partial` times."""
    counted = lines.label >= 0
    size = np.bincount(lines.page[counted], minlength=int(lines.page.max()) + 1)
    weight = np.where(counted, np.maximum(size, 1.0)[lines.page] ** -power, 0.0)
    weight[lines.is_partial] *= partial
    return weight / weight[counted].mean()


def learn_rarity(pages: Sequence[Seen]) -> NDArray[np.float32]:
    """A weight for each slot of hashed words: 0 for words on most pages, 1 for words on one or none."""
    uses = np.zeros(RARITY_SLOTS)
    for seen in pages:
        uses[np.unique(words.rarity_slots(seen.page.hashes, RARITY_SLOTS))] += 1
    rarity = 1 - np.log(np.maximum(uses, 1)) / np.log(max(len(pages), 2))
    return np.round(rarity * 255).astype(np.float32) / np.float32(255)  # as it is stored


def phrase_hashes(phrases: Sequence[tuple[str, str]]) -> tuple[NDArray[np.uint32], list[str]]:
    """Sorted chain hashes of the phrases, with and without a closing colon, and the kind of each."""
    kinds: dict[int, str] = {}
    for kind, phrase in phrases:
        tokens = find_tokens(phrase)
        for form in (tokens, tokens[:-1] if tokens[-1:] == [":"] else tokens):
            if 0 < len(form) <= words.PHRASE_TOKENS:
                kinds.setdefault(int(words.chain_hashes(hash_tokens(form), len(form))[-1][0]), kind)
    keys = sorted(kinds)
    return np.array(keys, dtype=np.uint32), [kinds[key] for key in keys]


def learn_phrases(phrases: Sequence[tuple[str, str]], seen: Sequence[Seen], lines: Lines, weight: Floats) -> Lexicon:
    """Lexicon with the log odds of boilerplate for each kind of phrase, where a line is, starts with or holds one."""
    keys, kinds = phrase_hashes(phrases)
    names = sorted(set(kinds))
    number = np.array([names.index(kind) for kind in kinds])
    evidence = np.zeros((3, keys.size), dtype=np.float32)
    table = character_classes()
    for n in range(len(names)):
        marker = np.broadcast_to((number == n).astype(np.float32), evidence.shape)
        met = np.concatenate([words.phrase_evidence(s.page, s.chains, keys, marker) for s in seen], axis=1) > 0
        for row in range(3):
            b, c = (weight[met[row] & (lines.label == x)].sum() for x in (1, 0))
            base = np.log(weight[lines.label == 1].sum() / weight[lines.label == 0].sum())
            evidence[row, number == n] = np.log((b + 1) / (c + 1)) - base
    rarity = learn_rarity(seen)
    return Lexicon(table, rarity, keys, np.round(np.maximum(evidence, 0.01), 2))
