"""Probability of boilerplate for each line of a document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import Model, read_model
from cleaning.boilerplate.line_model.features import Seen
from cleaning.boilerplate.line_model.network import all_odds, network_input
from cleaning.boilerplate.line_model.reading import Floats, Page, join_pages, take_lines
from cleaning.boilerplate.line_model.shape import NAMES as SHAPES

STRETCH_LINES = 5000  # longer documents are scored in stretches of this many lines; none of the training data is longer
DECIMALS = 4  # the last bits of a sum differ between processors
_FIRST_SCORES = 3


def score_lines(lines: Sequence[str]) -> NDArray[np.float64]:
    """Probability from 0 to 1 that each line is boilerplate.

    `lines`: the lines of one document in order, without blank ones. Of a line longer than 2,000 characters the
    first 1,500 and last 500 are looked at.

    >>> score_lines([]).shape
    (0,)
    """
    return LineScorer().score(lines)


class LineScorer:
    """Scores the lines of one document again and again while lines leave it: what a line says alone is read once."""

    def __init__(self) -> None:
        # What a line says depends on its text, and in one detail on whether it is the first: characters side by side
        # are not counted at the edge of the document.
        self._rows: dict[tuple[str, bool], int] = {}
        self._page: Page | None = None
        self._alone: Floats = np.zeros((0, 0))

    def score(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """As `score_lines`."""
        if not lines:
            return np.zeros(0)
        model = read_model()
        stretches = range(0, len(lines), STRETCH_LINES)
        odds = np.concatenate([self._odds(lines[start : start + STRETCH_LINES], model) for start in stretches])
        return np.round(1 / (1 + np.exp(-(model.scale * odds + model.offset))), DECIMALS)

    def _odds(self, lines: Sequence[str], model: Model) -> Floats:
        """Mean log odds of the networks, not calibrated."""
        seen, alone = self._read(lines, model)
        first, said = alone[len(SHAPES) :][:_FIRST_SCORES], alone[len(SHAPES) + _FIRST_SCORES :]
        by_name = features.line_features(seen, first, said, model.lexicon)
        values = network_input(features.stack(by_name), list(by_name), model.scaling)
        return np.asarray(all_odds(model.joined, values).mean(axis=0))

    def _read(self, lines: Sequence[str], model: Model) -> tuple[Seen, Floats]:
        keys = [(line, number == 0) for number, line in enumerate(lines)]
        missing = [key for key in keys if key not in self._rows]
        if missing:
            self._add(missing, model)
        rows = np.fromiter(map(self._rows.__getitem__, keys), dtype=np.int64, count=len(keys))
        assert self._page is not None
        alone = self._alone[:, rows]
        return features.outlined(take_lines(self._page, rows), alone[: len(SHAPES)]), alone

    def _add(self, keys: Sequence[tuple[str, bool]], model: Model) -> None:
        """Reads lines that are new. Behind one that is none of them no line is taken for the first of the document."""
        is_led = not keys[0][1]
        seen = features.see([*["-"] * is_led, *(text for text, _ in keys)], model.lexicon)
        first = features.first_scores(seen, model.weights, model.bias)
        alone = np.concatenate([seen.outline.shapes, first, features.word_features(seen, model.lexicon)])
        before = 0 if self._page is None else self._page.count
        self._rows |= {key: number for number, key in enumerate(keys, before + is_led)}
        self._page = seen.page if self._page is None else join_pages(self._page, seen.page)
        self._alone = np.concatenate([self._alone, alone], axis=1) if before else alone
