"""Boosted trees for the page model, by LightGBM, as forests that numpy runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model_data import FOLDS
from benchmarks.page_model_data import Page
from cleaning.extract.judge import page_row
from cleaning.extract.page_model import KINDS, PageModel
from cleaning.extract.trees import Forest

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_SAME = {"num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1, "max_bin": 63,
         "bagging_fraction": 0.8, "bagging_freq": 1}  # fmt: skip
_KIND_TREES = 100
_KIND = {**_SAME, "objective": "multiclass", "num_class": len(KINDS), "num_leaves": 8, "learning_rate": 0.08,
         "feature_fraction": 0.15, "min_data_in_leaf": 8, "lambda_l2": 5.0}  # fmt: skip
_BLOCK_TREES = 250
_BLOCK = {**_SAME, "objective": "binary", "num_leaves": 31, "max_depth": 12, "learning_rate": 0.08,
          "feature_fraction": 0.35, "min_sum_hessian_in_leaf": 0.5, "lambda_l2": 3.0}  # fmt: skip


def fit_kinds(pages: Sequence[Page], use: Bools) -> Forest:
    """Trees that tell the kind of a page, from the pages in use whose kind is known."""
    chosen = [page for page, is_used in zip(pages, use, strict=True) if is_used and page.kind >= 0]
    rows = np.concatenate([page_row(page.table) for page in chosen], axis=1).T
    return _fit(_KIND, _KIND_TREES, rows, np.array([page.kind for page in chosen]), None)


def fit_blocks(pages: Sequence[Page], use: Bools) -> Forest:
    """Trees that tell main content from the rest, from the pages in use."""
    chosen = [number for number in np.flatnonzero(use) if pages[number].weight.any()]
    is_learnt = [pages[number].weight > 0 for number in chosen]
    rows = np.concatenate([pages[n].table[:, learnt].T for n, learnt in zip(chosen, is_learnt, strict=True)])
    label = np.concatenate([pages[n].label[learnt] for n, learnt in zip(chosen, is_learnt, strict=True)])
    weight = np.concatenate([pages[n].weight[learnt] for n, learnt in zip(chosen, is_learnt, strict=True)])
    return _fit(_BLOCK, _BLOCK_TREES, rows, label, weight)


def fit_all(pages: Sequence[Page], report: Any) -> list[PageModel]:
    """A model for each fold, that saw no site of it, and last the model of all pages."""
    folds = np.array([page.fold for page in pages])
    models = []
    for fold in (*range(FOLDS), None):
        use = folds != (FOLDS if fold is None else fold)
        models.append(PageModel(fit_kinds(pages, use), fit_blocks(pages, use), pages[0].names))
        report("all folds" if fold is None else f"without fold {fold}")
    return models


def _fit(options: dict[str, Any], trees: int, rows: NDArray[np.float32], label: Any, weight: Any) -> Forest:
    import lightgbm

    booster = lightgbm.train(options, lightgbm.Dataset(rows, label, weight=weight), trees)
    return forest_of(booster.dump_model()["tree_info"], options.get("num_class", 1))


def forest_of(trees: Sequence[dict[str, Any]], classes: int) -> Forest:
    """LightGBM's trees as one list of nodes, the two children of a node side by side."""
    feature: list[int] = []
    threshold: list[float] = []
    child: list[int] = []
    value: list[float] = []
    roots, depth = [], 0
    for tree in trees:
        roots.append(len(feature))
        waiting = [(_add(feature, threshold, child, value), tree["tree_structure"], 0)]
        while waiting:
            place, node, level = waiting.pop()
            depth = max(depth, level)
            if "leaf_value" in node:
                child[place], value[place] = place, node["leaf_value"]
                continue
            feature[place], threshold[place] = node["split_feature"], _float_below(node["threshold"])
            child[place] = _add(feature, threshold, child, value)
            right = _add(feature, threshold, child, value)
            waiting += [(child[place], node["left_child"], level + 1), (right, node["right_child"], level + 1)]
    return Forest(
        np.array(feature, np.int32), np.array(threshold, np.float32), np.array(child, np.int32),
        np.array(value, np.float32), np.array(roots, np.int32), depth, classes,
    )  # fmt: skip


def _add(feature: list[int], threshold: list[float], child: list[int], value: list[float]) -> int:
    feature.append(0)
    threshold.append(np.inf)
    child.append(0)
    value.append(0.0)
    return len(feature) - 1


def _float_below(value: float) -> float:
    """The greatest 32-bit number that is not above a threshold, so that rows fall as they did in training."""
    nearest = np.float32(value)
    return float(nearest if float(nearest) <= value else np.nextafter(nearest, np.float32(-np.inf)))
