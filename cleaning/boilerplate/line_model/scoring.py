"""Probability of boilerplate for each line of a document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import Model, read_model
from cleaning.boilerplate.line_model.comments import comment_scores, read_comments
from cleaning.boilerplate.line_model.context import outline
from cleaning.boilerplate.line_model.features import View
from cleaning.boilerplate.line_model.network import all_odds, network_input
from cleaning.boilerplate.line_model.plan import NAMES
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.shape import NAMES as SHAPES
from cleaning.boilerplate.line_model.shape import as_first
from cleaning.boilerplate.line_model.wording import is_unlearnt, read_wordings, wording_scores
from cleaning.boilerplate.line_model.words import Vocabulary

STRETCH_LINES = 5000  # longer documents are scored in stretches of this many lines; none of the training data is longer
RULED = 3  # rows of what rules say of a line
DECIMALS = 4  # the last bits of a sum differ between processors
# Rows of what a line says alone.
_SHAPES = slice(len(SHAPES))
_SCORES = slice(len(SHAPES), len(SHAPES) + 3)
_SIZES = slice(_SCORES.stop, _SCORES.stop + 2)
_SAID = slice(_SIZES.stop, -2)
_WORDING, _COMMENT = -2, -1


def score_lines(lines: Sequence[str], ruled: Floats | None = None) -> NDArray[np.float64]:
    """Probability from 0 to 1 that each line is boilerplate.

    `lines`: the lines of one document in order, without blank ones. Of a line longer than 2,000 characters the
    first 1,500 and last 500 are looked at. `ruled`: array (3, lines) of what rules say of each line, as
    `features.line_features` wants it; by default nothing.

    >>> score_lines([]).shape
    (0,)
    """
    return LineScorer().score(lines, ruled)


class LineScorer:
    """Scores the lines of one document again and again while lines leave it: what a line says alone is read once."""

    def __init__(self) -> None:
        # What a line says depends on its text, and in one detail on whether it is the first: characters side by side
        # are not counted at the edge of the document. Row 0 is of the line that was first when lines were read first,
        # these are of the lines behind others.
        self._rows: dict[str, int] = {}
        self._first: str | None = None
        self._vocabulary: Vocabulary | None = None
        self._alone: Floats = np.zeros((0, 0))

    def score(self, lines: Sequence[str], ruled: Floats | None = None) -> NDArray[np.float64]:
        """As `score_lines`."""
        if not lines:
            return np.zeros(0)
        model = read_model()
        if ruled is None:
            ruled = np.zeros((RULED, len(lines)))
        stretches = [slice(start, start + STRETCH_LINES) for start in range(0, len(lines), STRETCH_LINES)]
        odds = np.concatenate([self._odds(lines[part], ruled[:, part], model) for part in stretches])
        return np.round(1 / (1 + np.exp(-(model.scale * odds + model.offset))), DECIMALS)

    def wordings(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """Log odds of lines that were scored, by their words alone: that each is no sentence of a story."""
        return self._by_words(_WORDING, lines)

    def comments(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """Log odds of lines that were scored, by their words alone: that each is of a reader's comment."""
        return self._by_words(_COMMENT, lines)

    def _by_words(self, row: int, lines: Sequence[str]) -> NDArray[np.float64]:
        rows = [self._rows.get(line, 0) for line in lines]
        odds = np.round(self._alone[row].take(rows), 2)
        unknown = [number for number, line in enumerate(lines) if is_unlearnt(line)]
        odds[unknown] = np.minimum(odds[unknown], 0.0)
        return np.asarray(odds)

    def _odds(self, lines: Sequence[str], ruled: Floats, model: Model) -> Floats:
        """Mean log odds of the networks, not calibrated."""
        view, alone = self._read(lines, model)
        table = features.line_features(view, alone[_SCORES], alone[_SAID], model.lexicon, ruled)
        values = network_input(table, NAMES, model.scaling)
        return np.asarray(all_odds(model.joined, values).mean(axis=0))

    def _read(self, lines: Sequence[str], model: Model) -> tuple[View, Floats]:
        if self._first is None:
            self._first = lines[0]
            return self._add(lines, model)
        # The first line of a document that has lost its first one is known from its place behind that.
        becomes_first = lines[0] != self._first
        behind = lines if becomes_first else lines[1:]
        missing = [line for line in behind if line not in self._rows]
        if missing:
            self._add(missing, model)
        rows = np.array([*[0] * (not becomes_first), *map(self._rows.__getitem__, behind)])
        assert self._vocabulary is not None
        alone = self._alone.take(rows, axis=1)
        chars, token_count = alone[_SIZES]
        if becomes_first:
            alone[_SHAPES, 0] = as_first(alone[_SHAPES, 0], int(token_count[0]))
        return View(outline(alone[_SHAPES], chars, token_count), self._vocabulary.take(rows)), alone

    def _add(self, lines: Sequence[str], model: Model) -> tuple[View, Floats]:
        """Reads lines that are new. Behind those that are known no line is taken for the first of the document."""
        before = 0 if self._vocabulary is None else self._vocabulary.count
        read = ["-", *lines] if before else lines
        seen = features.see(read, model.lexicon)
        first = features.first_scores(seen, model.weights, model.bias)
        sizes = [seen.page.chars[None], seen.page.token_count[None]]
        said = features.word_features(seen, model.lexicon)
        wording = wording_scores(seen.grams, seen.page.count, read_wordings())
        comment = comment_scores(seen.grams, seen.page.count, read_comments())
        alone = np.concatenate([seen.outline.shapes, first, *sizes, said, wording[None], comment[None]])
        self._rows |= {line: number for number, line in enumerate(read[1:], before + 1)}
        self._vocabulary = seen.vocabulary if self._vocabulary is None else self._vocabulary.join(seen.vocabulary)
        self._alone = np.concatenate([self._alone, alone], axis=1) if before else alone
        return seen, alone
