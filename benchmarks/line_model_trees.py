"""Fits boosted trees with LightGBM and turns them into the arrays of the runtime."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.reading import Floats
from cleaning.boilerplate.line_model.trees import Forest

TREES = 150
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 63,
    "max_depth": 8,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "max_bin": 127,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}


def fit_trees(features: NDArray[np.float32], target: NDArray[np.int8], weight: Floats) -> Forest:
    """Boosted trees for the log odds of boilerplate; `features` has the shape (lines, features)."""
    import lightgbm

    data = lightgbm.Dataset(features, target, weight=weight, params=PARAMETERS, free_raw_data=True)
    return forest_of(lightgbm.train(PARAMETERS, data, TREES).dump_model())


def forest_of(dump: dict[str, Any]) -> Forest:
    """The arrays of a dumped LightGBM model."""
    nodes: list[list[float]] = []  # feature, threshold, low, high, value
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest, number = max(deepest, depth), len(nodes)
        if "split_feature" not in node:
            nodes.append([0, 0, number, number, node["leaf_value"]])
            return number
        nodes.append([node["split_feature"], node["threshold"], 0, 0, 0])
        nodes[number][2] = add(node["left_child"], depth + 1)
        nodes[number][3] = add(node["right_child"], depth + 1)
        return number

    roots = [add(tree["tree_structure"], 0) for tree in dump["tree_info"]]
    feature, threshold, low, high, value = np.array(nodes).T
    return Forest(
        feature=feature.astype(np.int32),
        threshold=threshold.astype(np.float32),
        low=low.astype(np.int32),
        high=high.astype(np.int32),
        value=value.astype(np.float32),
        roots=np.array(roots, dtype=np.int32),
        depth=deepest,
    )
