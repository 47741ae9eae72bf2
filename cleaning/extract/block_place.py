"""The place of each block: containers around it, the heavy path, repetition of siblings, neighbours, the page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaning.extract.block_text import Floats, Shapes
from cleaning.extract.blocks import COUNTED, Blocks
from cleaning.extract.marks import NAMES as MARKS

Ints = NDArray[np.int64]

CONTAINERS = 6
_DETAILED = 4
_WINDOWS = (3, 10)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FAR = 400.0
# Numbers for the tags that most blocks stand in, so that like tags are side by side.
_TAG_ORDER = (
    "p", "pre", "blockquote", "dd", "dt", "li", "td", "th", "div", "section", "article", "h1", "h2", "h3", "h4", "h5",
    "h6", "summary", "figcaption", "caption", "label", "button", "a", "span",
)  # fmt: skip
_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAG_ORDER, start=1)}


class Tree:
    """The containers of a page without those that add no block, as arrays over the nodes."""

    def __init__(self, blocks: Blocks, shapes: Shapes) -> None:
        nodes = blocks.nodes
        self.first, self.end = np.array(nodes.first, np.int64), np.array(nodes.end, np.int64)
        self.shapes = shapes
        self.size = self.end - self.first
        self.prose = self.sums(shapes.prose)
        self.words = self.sums(shapes.words)
        self.links = self.sums(shapes.link_words)
        self.same, self.up = self._containers(nodes.parent)
        self.heavy = self._heavy_levels()

    def sums(self, values: Floats) -> Floats:
        """Sum over the blocks of each node."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self.end] - total[self.first])

    def _containers(self, parent: list[int]) -> tuple[Ints, Ints]:
        """The outermost node of the same blocks, and the container that adds blocks, of each node."""
        first, end = self.first.tolist(), self.end.tolist()
        same = list(range(len(parent)))
        up = [0] * len(parent)
        for node in range(1, len(parent)):
            above = parent[node] if parent[node] >= 0 else 0
            if first[node] == first[above] and end[node] == end[above]:
                same[node], up[node] = same[above], up[above]
            else:
                up[node] = same[above]
        return np.array(same, np.int64), np.array(up, np.int64)

    def _heavy_levels(self) -> Floats:
        """Level on the heavy path, the chain of containers with most prose, where each node leaves it."""
        count = len(self.size)
        same, up, weight = self.same.tolist(), self.up.tolist(), (self.prose + 0.01 * self.words).tolist()
        best = [-1] * count
        for node in range(1, count):
            if same[node] == node and weight[node] > 0:
                above = up[node]
                if best[above] < 0 or weight[node] > weight[best[above]]:
                    best[above] = node
        levels, on_path = [-1] * count, 0
        self.chain = [0]
        while best[on_path] >= 0 and best[on_path] != on_path:
            on_path = best[on_path]
            self.chain.append(on_path)
        for level, node in enumerate(self.chain):
            levels[node] = level
        for node in range(1, count):
            if same[node] != node:
                levels[node] = levels[same[node]]
            elif levels[node] < 0:
                levels[node] = levels[up[node]]
        levels[0] = 0
        return np.array(levels, dtype=np.float64)


def place_features(blocks: Blocks, shapes: Shapes) -> dict[str, Floats]:
    """Features of the place of each block, by name."""
    tree = Tree(blocks, shapes)
    owner = np.array(blocks.node, np.int64)
    outer = tree.same[owner]
    inner = np.where(tree.size[outer] > 1, outer, tree.up[outer])
    found = _tags_and_marks(blocks, owner)
    found |= _container_features(tree, blocks, inner)
    found |= _heavy_features(tree, inner)
    found |= _sibling_features(tree, blocks, owner, inner)
    found |= _neighbour_features(blocks, shapes, owner)
    found |= _order_features(blocks, shapes, owner)
    return found


def _tags_and_marks(blocks: Blocks, owner: Ints) -> dict[str, Floats]:
    """Tag of the element, and for each mark: 3 own, 2 its parent's or the one above, 1 of any above, 0 none."""
    nodes = blocks.nodes
    number = [_TAG_NUMBER.get(tag, 0) for tag in nodes.tag]
    parent = np.maximum(np.array(nodes.parent, np.int64), 0)
    own, above = np.array(nodes.own, np.uint64), np.array(nodes.above, np.uint64)
    near = own | own[parent] | own[parent[parent]]
    table = np.zeros((len(MARKS), owner.size))
    for bits in (own, near, above):
        table += (bits[owner] >> np.arange(len(MARKS), dtype=np.uint64)[:, None]) & np.uint64(1)
    found = {f"mark_{name}": row for name, row in zip(MARKS, table, strict=True)}
    tags = np.array(number, dtype=np.float64)
    found["tag"], found["tag_above"] = tags[owner], tags[parent[owner]]
    found["is_code"] = np.array(blocks.is_code, dtype=np.float64)
    depth = [0] * len(nodes.tag)
    for node, above_it in enumerate(nodes.parent):
        depth[node] = depth[above_it] + 1 if above_it >= 0 else 0
    found["depth"] = np.array(depth, dtype=np.float64)[owner]
    return found


def _container_features(tree: Tree, blocks: Blocks, inner: Ints) -> dict[str, Floats]:
    """Shares and densities of the containers around each block, the smallest first."""
    found: dict[str, Floats] = {}
    total, words = max(tree.prose[0], 1.0), max(tree.words[0], 1.0)
    counted = np.array(blocks.counts, dtype=np.float64).reshape(len(blocks.texts), len(COUNTED))
    running = np.concatenate([np.zeros((1, len(COUNTED))), counted])
    here, block = inner, np.arange(inner.size)
    titles = _titles_before(blocks)
    for level in range(1, CONTAINERS + 1):
        size = np.maximum(tree.size[here], 1)
        found[f"prose_share_{level}"] = tree.prose[here] / total
        found[f"h1_inside_{level}"] = titles[0][tree.end[here]] - titles[0][tree.first[here]]
        if level <= _DETAILED:
            inside = running[tree.end[here]] - running[tree.first[here]]
            found[f"size_{level}"] = np.log1p(size)
            found[f"word_share_{level}"] = tree.words[here] / words
            found[f"prose_density_{level}"] = tree.prose[here] / np.maximum(tree.words[here], 1)
            found[f"link_density_{level}"] = tree.links[here] / np.maximum(tree.words[here], 1)
            found[f"mean_words_{level}"] = np.log1p(tree.words[here] / size)
            found[f"position_{level}"] = (block - tree.first[here]) / size
            found[f"headings_{level}"] = (titles[1][tree.end[here]] - titles[1][tree.first[here]]) / size
        if level in (1, 2, 3):
            for name in ("img", "time", "button", "a", "input"):
                found[f"{name}_density_{level}"] = inside[:, COUNTED.index(name)] / size
        here = tree.up[here]
    step = np.diff(running, axis=0)
    for name in ("img", "time", "a", "elements"):
        found[f"{name}_before"] = np.minimum(step[:, COUNTED.index(name)], 20)
    return found


def _titles_before(blocks: Blocks) -> tuple[Floats, Floats]:
    """Running numbers of blocks in h1, and in h2 to h6."""
    levels = np.array([_HEADINGS.get(blocks.nodes.tag[node], 0) for node in blocks.node], np.int64)
    start = np.zeros(1)
    return np.concatenate([start, np.cumsum(levels == 1)]), np.concatenate([start, np.cumsum(levels > 1)])


def _heavy_features(tree: Tree, inner: Ints) -> dict[str, Floats]:
    """Where the block's container leaves the chain of containers with most prose, and how far the core is."""
    chain = np.array(tree.chain)
    shares = tree.prose[chain] / max(tree.prose[0], 1.0)
    block = np.arange(inner.size, dtype=np.float64)
    found = {"levels_left": tree.heavy[chain[-1]] - tree.heavy[inner]}
    junction = chain[np.clip(tree.heavy[inner].astype(np.int64), 0, chain.size - 1)]
    found["junction_prose"] = tree.prose[junction] / max(tree.prose[0], 1.0)
    for share in (0.5, 0.8):
        core = chain[np.flatnonzero(shares >= share)[-1]] if shares[0] >= share else chain[0]
        first, end = tree.first[core], tree.end[core]
        away = np.maximum(first - block, 0) - np.maximum(block - end + 1, 0)
        found[f"blocks_to_core_{share:g}"] = np.sign(away) * np.log1p(np.abs(away))
        found[f"core_levels_{share:g}"] = tree.heavy[core] - tree.heavy[inner]
        found[f"core_position_{share:g}"] = (block - first) / max(end - first, 1)
        found[f"core_size_{share:g}"] = np.full(inner.size, np.log1p(end - first))
        found[f"core_density_{share:g}"] = np.full(inner.size, tree.prose[core] / max(tree.words[core], 1))
    return found


def _sibling_features(tree: Tree, blocks: Blocks, owner: Ints, inner: Ints) -> dict[str, Floats]:
    """Elements of the same tag and class beside the block's own, its container and the next one."""
    nodes = blocks.nodes
    signature = np.array(nodes.signature, np.int64)
    parent = np.maximum(np.array(nodes.parent, np.int64), 0)
    keys, group = np.unique(parent * (signature.max() + 1) + signature, return_inverse=True)
    counts = np.bincount(group, minlength=keys.size).astype(np.float64)
    words = np.bincount(group, tree.words) / counts
    prose = np.bincount(group, tree.prose) / np.maximum(np.bincount(group, tree.words), 1)
    links = np.bincount(group, tree.links) / np.maximum(np.bincount(group, tree.words), 1)
    found: dict[str, Floats] = {}
    for level, node in enumerate((owner, inner, tree.up[inner], tree.up[tree.up[inner]])):
        mine = group[node]
        found[f"like_{level}"] = np.log1p(counts[mine])
        found[f"like_words_{level}"] = np.log1p(words[mine])
        found[f"like_prose_{level}"] = prose[mine]
        found[f"like_links_{level}"] = links[mine]
    path = np.array(nodes.path, np.int64)[owner]
    _, group = np.unique(path, return_inverse=True)
    words, total = np.bincount(group, tree.shapes.words).astype(np.float64), max(tree.words[0], 1.0)
    found["path_blocks"] = np.log1p(np.bincount(group))[group]
    found["path_words"] = (words / total)[group]
    found["path_prose"] = (np.bincount(group, tree.shapes.prose) / np.maximum(words, 1))[group]
    _, group = np.unique(signature[owner], return_inverse=True)
    words = np.bincount(group, tree.shapes.words).astype(np.float64)
    found["class_words"] = (words / total)[group]
    found["class_prose"] = (np.bincount(group, tree.shapes.prose) / np.maximum(words, 1))[group]
    return found


def _neighbour_features(blocks: Blocks, shapes: Shapes, owner: Ints) -> dict[str, Floats]:
    """The blocks before and behind, one by one and in windows."""
    count = owner.size
    rows = {
        "words": np.log1p(shapes.words),
        "links": shapes.link_share,
        "sentences": shapes.sentences,
        "heading": np.array([_HEADINGS.get(tag, 0) for tag in blocks.nodes.tag], dtype=np.float64)[owner],
        "prose": shapes.is_prose.astype(np.float64),
        "upper": shapes.table[3],
    }
    found = {}
    for name, row in rows.items():
        padded = np.concatenate([[-1.0, -1.0, -1.0], row, [-1.0, -1.0, -1.0]])
        for step in (-3, -2, -1, 1, 2, 3):
            if abs(step) < 3 or name in ("words", "links"):
                found[f"{name}_{step:+d}"] = padded[3 + step : 3 + step + count]
    path = np.array(blocks.nodes.path, np.int64)[owner]
    same = np.concatenate([[False], path[1:] == path[:-1], [False]])
    found["same_path_before"], found["same_path_after"] = same[:-1].astype(float), same[1:].astype(float)
    at = np.arange(count)
    for name, row in (("prose", shapes.prose), ("words", shapes.words), ("links", shapes.link_words)):
        total = np.concatenate([[0.0], np.cumsum(row)])
        for width in _WINDOWS:
            found[f"{name}_before_{width}"] = total[at] - total[np.maximum(at - width, 0)]
            found[f"{name}_after_{width}"] = total[np.minimum(at + 1 + width, count)] - total[at + 1]
    return found


def _since(at: Ints, marked: Ints) -> tuple[Floats, Ints]:
    """Blocks since the last marked one, and its index (-1: none)."""
    place = np.searchsorted(marked, at, side="right") - 1
    last = np.where(place >= 0, marked[np.maximum(place, 0)] if marked.size else -1, -1)
    return np.where(last >= 0, np.minimum(at - last, _FAR), _FAR), last


def _order_features(blocks: Blocks, shapes: Shapes, owner: Ints) -> dict[str, Floats]:
    """Place in the page, and distance to headings and prose."""
    count = owner.size
    at = np.arange(count)
    tags = np.array([_HEADINGS.get(tag, 0) for tag in blocks.nodes.tag], np.int64)[owner]
    prose, words = np.cumsum(shapes.prose), np.cumsum(shapes.words)
    found = {
        "block": np.log1p(at),
        "blocks_left": np.log1p(count - at),
        "block_share": at / count,
        "prose_above": (prose - shapes.prose) / max(prose[-1], 1.0),
        "words_above": words / max(words[-1], 1.0),
    }
    top = np.flatnonzero(tags == 1)
    found["since_h1"], last = _since(at, top)
    found["prose_since_h1"] = np.where(last >= 0, np.log1p(np.maximum(prose - prose[last], 0)), -1.0)
    found["to_h1"] = _since(at, np.sort(count - 1 - top))[0][::-1]
    headings = np.flatnonzero(tags > 0)
    found["since_heading"], last = _since(at, headings)
    found["heading_level"] = np.where(last >= 0, tags[last], 0).astype(np.float64)
    found["prose_since_heading"] = np.where(last >= 0, np.log1p(np.maximum(prose - prose[last], 0)), -1.0)
    found["links_since_heading"] = _share_since(shapes, last)
    running = np.flatnonzero(shapes.is_prose)
    found["since_prose"], _ = _since(at - 1, running)
    found["to_prose"] = _since(at - 1, np.sort(count - 1 - running))[0][::-1]
    hidden = np.array(blocks.nodes.above, np.uint64)[owner] >> np.uint64(len(MARKS) - 1)
    found["hidden_prose"] = np.full(count, (shapes.prose * hidden).sum() / max(prose[-1], 1.0))
    return found


def _share_since(shapes: Shapes, last: Ints) -> Floats:
    links, words = np.cumsum(shapes.link_words), np.cumsum(shapes.words)
    since = np.where(last >= 0, words - words[last], words)
    return np.where(last >= 0, links - links[last], links) / np.maximum(since, 1)
