"""The model's judgement of a page: how likely each block is main content, and the kind of the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.block_features import Table
from cleaning.extract.page_model import KINDS, PageModel
from cleaning.extract.trees import forest_sums

Floats = NDArray[np.float64]

DECIMALS = 4  # the last bits of a sum differ between processors


@dataclass(frozen=True, slots=True)
class Judged:
    """Probability of main content for each block, and of each of ``KINDS`` for the page."""

    blocks: Floats
    kinds: Floats

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return KINDS[int(np.argmax(self.kinds))]

    @property
    def kind_score(self) -> float:
        """Its probability."""
        return float(self.kinds.max())


def judge_blocks(table: Table, model: PageModel) -> Judged:
    """The judgement of the blocks whose features are the columns of a table."""
    sums = forest_sums(model.kinds, page_row(table))[0]
    odds = np.exp(sums - sums.max())
    kinds = np.round(odds / odds.sum(), DECIMALS)
    sums = forest_sums(model.blocks, table)[:, 0]
    return Judged(np.round(1 / (1 + np.exp(-sums)), DECIMALS), kinds)


def page_row(table: Table) -> Table:
    """The features of a page as one column: the mean over its blocks, which weigh as much as they have words."""
    words = np.expm1(table[0].astype(np.float64)) + 0.5
    mean = (table.astype(np.float64) @ words) / words.sum()
    return np.asarray(np.round(mean, DECIMALS)[:, None], dtype=np.float32)
