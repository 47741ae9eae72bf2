"""The features of all lines of a document: the one place that training and use share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import context, plan, words
from cleaning.boilerplate.line_model.context import Outline
from cleaning.boilerplate.line_model.reading import Floats, Hashes, Page, read_page
from cleaning.boilerplate.line_model.shape import NAMES as SHAPE_NAMES
from cleaning.boilerplate.line_model.shape import shape_features
from cleaning.boilerplate.line_model.words import Grams, Vocabulary

OPENER_TOKENS = 15  # longer lines head nothing
DECIMALS = 4  # features are rounded, so that the last bits of a logarithm on another machine move no line over a split

# Rows that stand side by side.
_SHAPES = slice(len(SHAPE_NAMES))
_FIRST = slice(plan.ROWS["bag"], plan.ROWS["place"] + 1)
_PHRASES = slice(plan.ROWS["is_phrase"], plan.ROWS["holds_phrase"] + 1)

Table = NDArray[np.float32]


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
    grams: Grams


def see(lines: Sequence[str], lexicon: Lexicon) -> Seen:
    """A document read once."""
    page, letters = read_page(lines, lexicon.class_table)
    outline = context.outline(shape_features(page, letters), page.chars, page.token_count)
    chains = words.chain_hashes(page.hashes, words.PHRASE_TOKENS)
    return Seen(outline, words.vocabulary(page), page, chains, words.find_grams(page, chains))


def first_scores(seen: Seen, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Floats:
    """Scores of the first stage: array (3, lines) of the line's words, its ends, and of it as a heading of boilerplate.

    `weights` (2, slots) and `bias` (2,): log odds that the line, and that the lines below it, are boilerplate.
    """
    bag, place = words.linear_scores(seen.grams, seen.page.count, weights)
    opens = np.where(seen.page.token_count <= OPENER_TOKENS, bag[1] + place[1] + bias[1], 0.0)
    return np.stack([bag[0] + bias[0], place[0], opens])


def word_features(seen: Seen, lexicon: Lexicon) -> Floats:
    """Array (7, lines) of what the words of each line say by themselves.

    Phrases that it is, starts with, holds; rarity; keys of the line, its opening and its ending.
    """
    phrases = words.phrase_evidence(seen.page, seen.chains, lexicon.phrase_keys, lexicon.phrase_evidence)
    rarity = words.mean_rarity(seen.page, lexicon.rarity)
    return np.concatenate([phrases, rarity[None], words.line_keys(seen.page, seen.chains)])


def line_features(seen: View, scores: Floats, said: Floats, lexicon: Lexicon, ruled: Floats) -> Table:
    """Features of the second stage: array (features, lines) in the order of `plan.NAMES`, rounded.

    `scores` are those of the first, `said` are the `word_features`. `ruled` (3, lines) is what rules say of each line:
    the share of it that goes as boilerplate, that goes as metadata, and how sure a rule is that marks without cutting.
    """
    bag, place, opens = scores
    view = seen.outline
    shared, again = words.shared_vocabulary(seen.vocabulary, view.is_prose, lexicon.rarity)
    given = {
        "shared": shared,
        "opens": opens,
        "evidence": said[0] + said[1],
        "score": bag + place,
        "ruled": ruled[0],
        "moved": ruled[1],
        "hinted": ruled[2],
    }
    around = context.look_around(view, given | context.likes_of(view, said[4:].astype(np.int64)))
    table = np.empty((len(plan.NAMES), bag.size))
    table[_SHAPES], table[_FIRST], table[_PHRASES] = view.shapes, scores[:2], said[:3]
    context.read_off(around, table)
    computed = {
        "rarity": said[3],
        "repeated_words": again,
        **context.word_features(around, view),
        **context.place_features(view),
        **context.likeness_features(around),
        **context.score_features(around, view),
        **context.means_around(around),
    }
    for name, row in computed.items():
        table[plan.ROWS[name]] = row
    return table.round(DECIMALS, out=table).astype(np.float32)
