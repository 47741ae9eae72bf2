"""The features of all lines of a document: the one place that training and use share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import context, words
from cleaning.boilerplate.line_model.context import Outline
from cleaning.boilerplate.line_model.reading import Floats, Hashes, Page, read_page
from cleaning.boilerplate.line_model.shape import NAMES as SHAPE_NAMES
from cleaning.boilerplate.line_model.shape import shape_features

OPENER_TOKENS = 15  # longer lines head nothing
DECIMALS = 4  # features are rounded, so that the last bits of a logarithm on another machine move no line over a split


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What was learnt about characters, words and phrases."""

    class_table: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    phrase_keys: Hashes
    phrase_evidence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page with what every stage needs of it."""

    page: Page
    chains: list[Hashes]
    outline: Outline


def see(lines: Sequence[str], lexicon: Lexicon) -> Seen:
    """A document read once."""
    page, letters = read_page(lines, lexicon.class_table)
    return outlined(page, shape_features(page, letters))


def outlined(page: Page, shapes: Floats) -> Seen:
    """A document of which the shapes of the lines (shape.NAMES) are known."""
    return Seen(page, words.chain_hashes(page.hashes, words.PHRASE_TOKENS), context.outline(page, shapes))


def first_scores(seen: Seen, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Floats:
    """Scores of the first stage: array (3, lines) of the line's words, its ends, and of it as a heading of boilerplate.

    `weights` (2, slots) and `bias` (2,): log odds that the line, and that the lines below it, are boilerplate.
    """
    bag, place = words.linear_scores(seen.page, seen.chains, weights)
    opens = np.where(seen.page.token_count <= OPENER_TOKENS, bag[1] + place[1] + bias[1], 0.0)
    return np.stack([bag[0] + bias[0], place[0], opens])


def word_features(seen: Seen, lexicon: Lexicon) -> Floats:
    """Array (4, lines) of what the words of each line say by themselves: phrases it is, starts with, holds; rarity."""
    phrases = words.phrase_evidence(seen.page, seen.chains, lexicon.phrase_keys, lexicon.phrase_evidence)
    return np.concatenate([phrases, words.mean_rarity(seen.page, lexicon.rarity)[None]])


def line_features(seen: Seen, scores: Floats, said: Floats, lexicon: Lexicon, ruled: Floats) -> dict[str, Floats]:
    """Features of the second stage by name.

    `scores` are those of the first, `said` are the `word_features`, `ruled` (3, lines) is what rules say of the lines.
    """
    bag, place, opens = scores
    page, view = seen.page, seen.outline
    shared, again = words.shared_vocabulary(page, view.is_prose, lexicon.rarity)
    whole, opening = words.line_keys(page, seen.chains)
    return {
        **dict(zip(SHAPE_NAMES, view.shapes, strict=True)),
        "bag": bag,
        "place": place,
        "is_phrase": said[0],
        "starts_with_phrase": said[1],
        "holds_phrase": said[2],
        "shared_words": shared,
        "rarity": said[3],
        "shared_words_-1": context.neighbour(shared, -1),
        "shared_words_1": context.neighbour(shared, 1),
        "shared_words_w2": context.window_mean(shared, 2),
        "shared_words_w12": context.window_mean(shared, 12),
        "repeated_words": again,
        **context.phrase_features(said[0] + said[1], view),
        **context.opener_features(opens, view),
        **context.place_features(page, view),
        **context.likeness_features(page, view, whole, opening),
        **context.neighbour_features(page, view),
        **context.score_features("score", bag + place, view, high=1.0, low=-1.0),
        **context.rule_features(ruled, view),
    }


def stack(features: dict[str, Floats]) -> NDArray[np.float32]:
    """Array (features, lines) in the order of the names, rounded."""
    return np.round(np.stack(list(features.values())), DECIMALS).astype(np.float32)
