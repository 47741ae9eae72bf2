"""Trains the network of the second stage with JAX; the forward pass is that of the runtime, on padded batches."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate.line_model.network import DILATIONS, PAGE_LAYER, PIECE_LINES, feature_rows, pieces
from cleaning.boilerplate.line_model.reading import Floats

HIDDEN = 48
EPOCHS = 10
# The weights are a moving average of those of the steps behind the first two fifths (Polyak). With it six epochs and ten
# removed 39.5 and 40.2 % of boilerplate in main content at .5 % lost, without it 39.0; of the public pages 53.0, 54.6, 50.1.
AVERAGE, AVERAGE_FROM = 0.998, 0.4
DROPOUT = 0.2
PEAK_RATE = 4e-3
DECAY = 0.02
BATCH_LINES = 4096
FOREIGN_SHARE = 0.15  # this share of the pieces is shown without words, as a page of an unknown language would look
HEAVIEST = 10.0  # no line weighs more than this many mean lines
LENGTHS = (
    32,
    64,
    128,
    192,
    256,
    384,
    PIECE_LINES,
)  # pieces are padded to one of these, so that few shapes are compiled

Table = NDArray[np.float32]
Half = NDArray[np.float16]
Spans = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Lines to learn from: `values` (lines, inputs), 1 for boilerplate, weight (0: not counted), lexical inputs."""

    values: Half
    target: NDArray[np.int8]
    weight: Floats
    lexical: list[int]


def spans_of(sizes: Sequence[int]) -> Spans:
    """First and end line of each piece of each record, all lines numbered through: array (pieces, 3) with the record."""
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    rows = [
        (start + piece.start, start + piece.stop, record)
        for record, (start, size) in enumerate(zip(starts, sizes, strict=True))
        for piece in pieces(size)
    ]
    return np.array(rows, dtype=np.int64)


def _batches(spans: Spans, order: np.random.Generator) -> list[tuple[int, Spans]]:
    """Batches of pieces of about one length, shuffled."""
    bucket = np.searchsorted(LENGTHS, spans[:, 1] - spans[:, 0])
    result = []
    for number, length in enumerate(LENGTHS):
        chosen = order.permutation(spans[bucket == number])
        size = max(BATCH_LINES // length, 1)
        result += [(length, chosen[start : start + size]) for start in range(0, len(chosen), size)]
    return [result[i] for i in order.permutation(len(result))]


def _padded(values: NDArray[Any], spans: Spans, length: int) -> NDArray[np.float32]:
    """The pieces of an array, filled up with zeros: (BATCH_LINES // length, length, …)."""
    result = np.zeros((max(BATCH_LINES // length, 1), length, *values.shape[1:]), dtype=np.float32)
    for row, (start, end, _) in enumerate(spans):
        result[row, : end - start] = values[start:end]
    return result


def _start(inputs: int, key: Any) -> dict[str, Any]:
    """Random weights."""
    import jax

    def draw(name: str, rows: int, columns: int, scale: float) -> Any:
        seed = jax.random.fold_in(key, names.index(name))
        return jax.random.normal(seed, (rows, columns)) * scale / np.sqrt(rows)

    names = ["in", "page", "out", *(f"layer{n}" for n in range(len(DILATIONS)))]
    shapes = {"in": (inputs, HIDDEN, 1.4), "page": (3 * HIDDEN, HIDDEN, 0.5), "out": (2 * HIDDEN, 1, 0.5)}
    shapes |= {f"layer{n}": (3 * HIDDEN, HIDDEN, 0.7) for n in range(len(DILATIONS))}
    weights = {name: draw(name, *shape) for name, shape in shapes.items()}
    return weights | {f"{name}_bias": np.zeros(shape[1], np.float32) for name, shape in shapes.items()}


def _odds(weights: dict[str, Any], values: Any, mask: Any, key: Any) -> Any:
    """Log odds (pieces, lines) with dropout; `mask` is 1 on lines and 0 on padding."""
    import jax
    import jax.numpy as jnp

    def drop(hidden: Any, number: int) -> Any:
        kept = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - DROPOUT, hidden.shape)
        return hidden * kept / (1 - DROPOUT)

    def shift(hidden: Any, step: int) -> Any:
        size = hidden.shape[1]
        padded = jnp.pad(hidden, ((0, 0), (max(step, 0), max(-step, 0)), (0, 0)))
        return padded[:, :size] if step > 0 else padded[:, -size:]

    mask = mask[..., None]
    count = jnp.maximum(mask.sum(1), 1)
    first = jax.nn.relu(values @ weights["in"] + weights["in_bias"]) * mask
    hidden = drop(first, 0)
    for layer, step in enumerate(DILATIONS):
        around = jnp.concatenate([shift(hidden, step), hidden, shift(hidden, -step)], -1)
        hidden = hidden + jax.nn.relu(around @ weights[f"layer{layer}"] + weights[f"layer{layer}_bias"])
        hidden = drop(hidden * mask, layer + 1)
        if layer == PAGE_LAYER:
            page = jnp.concatenate([hidden.sum(1) / count, hidden.max(1), first.sum(1) / count], -1)
            hidden = (hidden + jax.nn.relu(page @ weights["page"] + weights["page_bias"])[:, None]) * mask
    return (jnp.concatenate([hidden, first], -1) @ weights["out"] + weights["out_bias"])[..., 0]


def _loss(weights: dict[str, Any], batch: Sequence[Any], key: Any) -> Any:
    import jax.numpy as jnp

    values, target, weight, mask = batch
    odds = _odds(weights, values, mask, key)
    return (weight * (jnp.logaddexp(0, odds) - target * odds)).sum() / jnp.maximum(mask.sum(), 1)


def lexical_inputs(names: Sequence[str]) -> list[int]:
    """Inputs of the network that depend on known words."""
    numeric = [names[row] for row in feature_rows(names)[0]]
    words = "bag place rarity score opens phrase is_phrase starts_with_phrase holds_phrase ruled"
    starts = tuple(words.split())
    return [i for i, name in enumerate(numeric) if name.startswith(starts)]


def _steps(examples: Examples, spans: Spans, seed: int) -> Iterator[list[NDArray[np.float32]]]:
    """All batches of all epochs: values, targets, weights, and 1 for each line that is not padding."""
    order, target = np.random.default_rng(seed), examples.target == 1
    weight, mask = np.minimum(examples.weight, HEAVIEST), np.ones(target.size, dtype=np.float32)
    for _ in range(EPOCHS):
        for length, chosen in _batches(spans, order):
            batch = [_padded(array, chosen, length) for array in (examples.values, target, weight, mask)]
            foreign = np.flatnonzero(order.random(len(batch[0])) < FOREIGN_SHARE)
            batch[0][foreign[:, None], :, examples.lexical] = 0
            yield batch


@functools.cache
def _step() -> tuple[Any, Any]:
    """The optimiser and one compiled step of it, kept for all fits of a run: compiling takes a third of a fit."""
    import jax
    import optax

    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.add_decayed_weights(DECAY))

    @jax.jit
    def step(weights: Any, state: Any, batch: Any, key: Any, rate: float) -> Any:
        gradient = jax.grad(_loss)(weights, batch, key)
        change, state = optimiser.update(gradient, state, weights)
        return jax.tree.map(lambda weight, part: weight - rate * part, weights, change), state

    return optimiser, step


@functools.cache
def _average() -> Any:
    """Compiled: the old mean, the new weights and the share of the old to the new mean."""
    import jax

    return jax.jit(lambda mean, new, share: jax.tree.map(lambda a, b: share * a + (1 - share) * b, mean, new))


def fit_network(examples: Examples, spans: Spans, seed: int) -> dict[str, Table]:
    """Weights of a network that learnt from the pieces in `spans`."""
    import jax
    import optax

    jax.config.update("jax_default_prng_impl", "rbg")
    optimiser, step = _step()
    average = _average()
    total = EPOCHS * len(_batches(spans, np.random.default_rng(seed)))
    rate = optax.cosine_onecycle_schedule(total, PEAK_RATE, 0.1)
    key = jax.random.PRNGKey(seed)
    weights = mean = _start(examples.values.shape[1], key)
    state = optimiser.init(weights)
    for number, batch in enumerate(_steps(examples, spans, seed)):
        weights, state = step(weights, state, batch, jax.random.fold_in(key, number), float(rate(number)))
        mean = average(mean, weights, AVERAGE if number > AVERAGE_FROM * total else 0.0)
    return {name: np.asarray(value, dtype=np.float32) for name, value in mean.items()}
