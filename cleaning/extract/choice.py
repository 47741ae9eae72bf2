"""Which blocks are kept: those that make the greatest expected F1 of words, each repeated text once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A block of fewer words may stand in a page more often: labels, names, answers. The rule of .007 F1 (STUDIES).
REPEATED_WORDS = 8
_LEAST_WORDS = 0.3
_DATA = re.compile(r"\[?\{\s*\"[\w-]{1,80}\"\s*:.{20,}[}\]]", re.DOTALL)
_DATA_KEYS = 3


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


def drop_repeats(texts: Sequence[str], words: Floats, keep: Bools, is_code: Sequence[bool]) -> Bools:
    """The kept blocks without the second and later ones of the same text: copies for phones, texts quoted whole.

    Code and formulas are shown again on purpose.
    """
    seen: set[str] = set()
    kept = keep.copy()
    for number in np.flatnonzero(keep & (words >= REPEATED_WORDS)).tolist():
        text = texts[number]
        if is_code[number] or (text[0] == "$" and text.rstrip(" .,;").endswith("$")):
            continue
        kept[number] = text not in seen
        seen.add(text)
    return kept
