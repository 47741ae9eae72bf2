"""The page model: its artifact, its trees, and what its features must not depend on."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.extract.block_features import table_of
from cleaning.extract.blocks import drop_unread, read_blocks
from cleaning.extract.judge import judge_blocks
from cleaning.extract.page_model import KINDS, MODEL_VERSION, PATH, read_model
from cleaning.extract.parse import parse_page, said_types
from cleaning.extract.trees import Forest, forest_sums
from tests.samples import PAGE


def table_for(page: str):
    root = parse_page(page)
    said = said_types(root)
    drop_unread(root)
    return table_of(read_blocks(root), said, "https://www.example.com/news/bridge")


def test_the_artifact_is_small_of_this_version_and_of_these_features() -> None:
    assert PATH.stat().st_size < 1_500_000
    with np.load(PATH, allow_pickle=False) as stored:
        assert str(stored["version"]) == MODEL_VERSION
    assert read_model().names == table_for(PAGE)[1]


def test_another_version_is_refused(tmp_path) -> None:
    path = tmp_path / "old.npz"
    with np.load(PATH, allow_pickle=False) as stored:
        np.savez(path, **{**stored, "version": np.array("0")})
    with pytest.raises(ValueError, match="version"):
        read_model(path)


def test_probabilities() -> None:
    table, _ = table_for(PAGE)
    judged = judge_blocks(table, read_model())
    assert judged.blocks.shape == (table.shape[1],)
    assert judged.blocks.min() >= 0 and judged.blocks.max() <= 1
    assert judged.kinds.shape == (len(KINDS),) and abs(judged.kinds.sum() - 1) < 1e-3


def test_a_forest_by_hand() -> None:
    # x0 <= 1: 10; else x1 <= 0: 20, else 30. A second tree is a leaf.
    forest = Forest(
        feature=np.array([0, 0, 1, 0, 0, 0], np.int32),
        threshold=np.array([1, np.inf, 0, np.inf, np.inf, np.inf], np.float32),
        child=np.array([1, 1, 3, 3, 4, 5], np.int32),
        value=np.array([0, 10, 0, 20, 30, 0.5], np.float32),
        roots=np.array([0, 5], np.int32),
        depth=2,
    )
    rows = np.array([[1, 5], [2, 0], [2, 1]], np.float32).T
    assert forest_sums(forest, rows)[:, 0].tolist() == [10.5, 20.5, 30.5]
    assert forest_sums(forest, np.zeros((2, 0), np.float32)).shape == (0, 1)


def test_rows_do_not_know_each_other() -> None:
    rows = np.random.default_rng(0).normal(size=(len(read_model().names), 700)).astype(np.float32)
    whole = forest_sums(read_model().blocks, rows)
    assert np.array_equal(whole[600:], forest_sums(read_model().blocks, rows[:, 600:]))


def test_words_of_a_language_do_not_count() -> None:
    """Other letters of the same case give the same features: no word is known."""
    turned = str.maketrans("abcdefghijklmnopqrstuvwxyz", "bcdefghijklmnopqrstuvwxyza")
    body = "<nav><a>{0}</a></nav><h1>{0}</h1><p>{0}, {0} {0}.</p><p>{0} {0}: {0} {0} {0} {0} {0}, {0}.</p>"
    tables = [
        table_for(f"<html><body>{body.format(word)}</body></html>")[0]
        for word in ("bridge", "bridge".translate(turned))
    ]
    assert np.array_equal(*tables)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "div", "li", "td", "h1", "pre", "a", "br"]), st.text(max_size=60)), max_size=25
    )
)
def test_any_page_has_finite_features(parts: list[tuple[str, str]]) -> None:
    root = parse_page("<html><body>" + "".join(f"<{tag}>{text}" for tag, text in parts) + "</body></html>")
    drop_unread(root)
    blocks = read_blocks(root)
    if blocks.texts:
        table, names = table_of(blocks, (), None)
        assert table.shape == (len(names), len(blocks.texts)) and np.isfinite(table).all()


def test_import_reads_no_artifact_and_no_numpy() -> None:
    code = (
        "import sys, cleaning.extract as e; assert 'numpy' not in sys.modules and 'trafilatura' not in sys.modules;"
        "import cleaning.extract.page_model as m; assert m.read_model.cache_info().currsize == 0;"
        "e.extract_page('<html><body><p>One line.</p></body></html>'); assert m.read_model.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
