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
from cleaning.boilerplate.line_model.words import Vocabulary

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
class View:
    """What the second stage needs of the lines of a page."""

    outline: Outline
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Seen(View):
    """A page with what every stage needs of it."""

    page: Page
    chains: list[Hashes]


def see(lines: Sequence[str], lexicon: Lexicon) -> Seen:
    """A document read once."""
    page, letters = read_page(lines, lexicon.class_table)
    outline = context.outline(shape_features(page, letters), page.chars, page.token_count)
    return Seen(outline, words.vocabulary(page), page, words.chain_hashes(page.hashes, words.PHRASE_TOKENS))


def first_scores(seen: Seen, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Floats:
    """Scores of the first stage: array (3, lines) of the line's words, its ends, and of it as a heading of boilerplate.

    `weights` (2, slots) and `bias` (2,): log odds that the line, and that the lines below it, are boilerplate.
    """
    bag, place = words.linear_scores(seen.page, seen.chains, weights)
    opens = np.where(seen.page.token_count <= OPENER_TOKENS, bag[1] + place[1] + bias[1], 0.0)
    return np.stack([bag[0] + bias[0], place[0], opens])


def word_features(seen: Seen, lexicon: Lexicon) -> Floats:
    """Array (7, lines) of what the words of each line say by themselves.

    Phrases that it is, starts with, holds; rarity; keys of the line, its opening and its ending.
    """
    phrases = words.phrase_evidence(seen.page, seen.chains, lexicon.phrase_keys, lexicon.phrase_evidence)
    rarity = words.mean_rarity(seen.page, lexicon.rarity)
    return np.concatenate([phrases, rarity[None], words.line_keys(seen.page, seen.chains)])


def line_features(seen: View, scores: Floats, said: Floats, lexicon: Lexicon, ruled: Floats) -> dict[str, Floats]:
    """Features of the second stage by name.

    `scores` are those of the first, `said` are the `word_features`. `ruled` (3, lines) is what rules say of each line:
    the share of it that goes as boilerplate, that goes as metadata, and how sure a rule is that marks without cutting.
    """
    bag, place, opens = scores
    view = seen.outline
    shared, again = words.shared_vocabulary(seen.vocabulary, view.is_prose, lexicon.rarity)
    given = {
        "shared": (shared, -1.0),
        "opens": (opens, context.NO_OPENER),
        "evidence": (said[0] + said[1], 0.0),
        "score": (bag + place, 0.0),
        "ruled": (ruled[0], 0.0),
        "moved": (ruled[1], 0.0),
        "hinted": (ruled[2], 0.0),
    }
    around = context.look_around(view, given | context.likes_of(view, said[4:].astype(np.int64)))
    signals = around.signals
    return {
        **dict(zip(SHAPE_NAMES, view.shapes, strict=True)),
        "bag": bag,
        "place": place,
        "is_phrase": said[0],
        "starts_with_phrase": said[1],
        "holds_phrase": said[2],
        "shared_words": shared,
        "rarity": said[3],
        "shared_words_-1": signals.near("shared", -1),
        "shared_words_1": signals.near("shared", 1),
        "shared_words_w2": signals.window("shared", 2),
        "shared_words_w12": signals.window("shared", 12),
        "repeated_words": again,
        **context.phrase_features(around, view),
        **context.opener_features(around),
        **context.place_features(view, around),
        **context.likeness_features(around),
        **context.neighbour_features(around),
        **context.score_features(around, view),
        **context.rule_features(around),
    }


def stack(features: dict[str, Floats]) -> NDArray[np.float32]:
    """Array (features, lines) in the order of the names, rounded."""
    table = np.concatenate(list(features.values())).reshape(len(features), -1)
    return table.round(DECIMALS).astype(np.float32)
