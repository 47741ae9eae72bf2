"""Fits the first stage: linear log odds of hashed n-grams, for the line itself and for the lines below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model_data import FOLDS, Record
from benchmarks.line_model_stages import Lines
from cleaning.boilerplate.line_model.features import OPENER_TOKENS, Seen
from cleaning.boilerplate.line_model.reading import Floats

SLOTS = 1 << 18  # weights of hashed n-grams
OPENED_LINES = 10  # lines below a heading that tell whether it heads boilerplate
MIN_OPENED = 3  # fewer counted lines below tell nothing
LINE_STRENGTH, OPENER_STRENGTH = 0.5, 0.1  # inverse of the penalty: of .3, 1 and 3 the least log loss lay at .3 to 1
ITERATIONS = 60


@dataclass(frozen=True, slots=True)
class FirstStage:
    """Weights (2, slots) and bias (2,) as they are stored: rounded to 16 bits."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def ngram_matrix(seen: Sequence[Seen]) -> Any:
    """Sparse matrix (lines, SLOTS): n-grams over the root of their number, first, last and whole as 1."""
    from scipy.sparse import csr_matrix

    rows, columns, values, offset = [], [], [], 0
    for one in seen:
        in_bag = one.grams.lines[: one.grams.bag]
        size = np.bincount(in_bag, minlength=one.page.count)
        rows.append(one.grams.lines + offset)
        columns.append(one.grams.slots(SLOTS))
        values += [1 / np.sqrt(size[in_bag]), np.ones(one.grams.lines.size - one.grams.bag)]
        offset += one.page.count
    value, row, column = (np.concatenate(part) for part in (values, rows, columns))
    return csr_matrix((value.astype(np.float32), (row, column)), shape=(offset, SLOTS))


def once_per_page(records: Sequence[Record], target: NDArray[np.int8], weight: Floats) -> Floats:
    """Weights with all renderings of a line of a page laid on the first one, as the root of their sum."""
    first: dict[tuple[str, str, int], int] = {}
    result = np.zeros(weight.size)
    texts = ((record.page, line) for record in records for line in record.lines)
    for i, (page, line) in enumerate(texts):
        if weight[i] > 0:
            result[first.setdefault((page, line, int(target[i])), i)] += weight[i]
    return np.sqrt(result)


def share_below(lines: Lines, target: NDArray[np.int8]) -> tuple[Floats, NDArray[np.bool_]]:
    """Share of boilerplate in the counted lines below each line; where there are enough of them to tell."""
    ends = np.searchsorted(lines.record, lines.record, side="right")
    index = np.arange(target.size)
    counted = np.concatenate(([0], np.cumsum(target >= 0)))
    boilerplate = np.concatenate(([0], np.cumsum(target == 1)))
    high, low = np.minimum(index + 1 + OPENED_LINES, ends), index + 1
    size = counted[high] - counted[low]
    return (boilerplate[high] - boilerplate[low]) / np.maximum(size, 1), size >= MIN_OPENED


class FirstStageData:
    """What every fit of the first stage needs."""

    def __init__(self, records: Sequence[Record], lines: Lines, seen: Sequence[Seen], weight: Floats) -> None:
        self.lines, self.matrix = lines, ngram_matrix(seen)
        self.target = lines.label
        self.weight = once_per_page(records, self.target, weight)
        self.share, tells = share_below(lines, self.target)
        token_count = np.concatenate([one.page.token_count for one in seen])
        page_lines = np.bincount(lines.page)[lines.page]
        self.opener_weight = np.where(tells & (token_count <= OPENER_TOKENS), page_lines**-0.5, 0.0)
        self.opener_weight /= self.opener_weight[self.opener_weight > 0].mean()

    def fit(self, allowed: NDArray[np.bool_]) -> FirstStage:
        """The first stage from the allowed lines."""
        from scipy.sparse import vstack

        use = allowed & (self.weight > 0)
        own = _logistic(self.matrix[use], self.target[use], self.weight[use], LINE_STRENGTH)
        use = np.flatnonzero(allowed & (self.opener_weight > 0))
        weight, share = self.opener_weight[use], self.share[use]
        below = _logistic(
            vstack([self.matrix[use], self.matrix[use]], format="csr"),
            np.repeat([1, 0], use.size),
            np.concatenate([weight * share, weight * (1 - share)]),
            OPENER_STRENGTH,
        )
        weights = np.stack([own[0], below[0]]).astype(np.float16)
        return FirstStage(weights.astype(np.float32), np.array([own[1], below[1]], dtype=np.float32))

    def fit_folds(self) -> list[FirstStage]:
        """One first stage for each fold, from the lines of the others."""
        return [self.fit(self.lines.fold != fold) for fold in range(FOLDS)]


def _logistic(matrix: Any, target: NDArray[np.int8], weight: Floats, strength: float) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    use = weight > 0
    fit = LogisticRegression(C=strength, max_iter=ITERATIONS, tol=1e-3)
    fit.fit(matrix[use], target[use], sample_weight=weight[use])
    return fit.coef_[0], float(fit.intercept_[0])
