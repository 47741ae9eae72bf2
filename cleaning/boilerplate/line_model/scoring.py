"""Probability of boilerplate for each line of a document."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import features
from cleaning.boilerplate.line_model.artifact import Model, read_model
from cleaning.boilerplate.line_model.network import network_input, network_odds
from cleaning.boilerplate.line_model.reading import Floats

STRETCH_LINES = 5000  # longer documents are scored in stretches of this many lines; none of the training data is longer
DECIMALS = 4  # the last bits of a sum differ between processors


def score_lines(lines: Sequence[str]) -> NDArray[np.float64]:
    """Probability from 0 to 1 that each line is boilerplate.

    `lines`: the lines of one document in order, without blank ones. Of a line longer than 2,000 characters the
    first 1,500 and last 500 are looked at.

    >>> score_lines([]).shape
    (0,)
    """
    if not lines:
        return np.zeros(0)
    model = read_model()
    stretches = range(0, len(lines), STRETCH_LINES)
    odds = np.concatenate([_stretch_odds(lines[start : start + STRETCH_LINES], model) for start in stretches])
    return np.round(1 / (1 + np.exp(-(model.scale * odds + model.offset))), DECIMALS)


def _stretch_odds(lines: Sequence[str], model: Model) -> Floats:
    """Mean log odds of the networks, not calibrated."""
    seen = features.see(lines, model.lexicon)
    first = features.first_scores(seen, model.weights, model.bias)
    by_name = features.line_features(seen, first, model.lexicon)
    values = network_input(features.stack(by_name), list(by_name), model.scaling)
    odds = np.stack([network_odds(network, values) for network in model.networks])
    return np.asarray(odds.mean(axis=0))
