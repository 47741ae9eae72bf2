"""The published tables in every reader that the README names, each on the path that it names."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from cleaning.publish.scan import count_rows
from cleaning.publish.schema import SCHEMAS, TABLES
from cleaning.recipe import Recipe
from tests.running import run_steps

ROWS = 6


@pytest.fixture(scope="module")
def documents(published: Path) -> Path:
    return published / "published" / "latest" / "documents"


def test_pyarrow(documents: Path) -> None:
    table = pq.read_table(documents)
    assert table.num_rows == ds.dataset(documents).count_rows() == ROWS
    assert table["removed_kinds"].to_pylist()[0][0].keys() == {"kind", "n"}


def test_pandas(documents: Path) -> None:
    frame = pd.read_parquet(documents)
    assert len(frame) == ROWS and str(frame["ingested_at"].dtype) == "datetime64[us, UTC]"
    assert len(pd.read_parquet(documents, dtype_backend="pyarrow", columns=["id", "quality"])) == ROWS


def test_polars(documents: Path) -> None:
    frame = pl.read_parquet(documents / "*.parquet")
    assert frame.height == ROWS and pl.read_parquet(documents).height == ROWS
    kinds = (
        pl.scan_parquet(documents).explode("removed_kinds").select(pl.col("removed_kinds").struct.field("n")).collect()
    )
    assert kinds["n"].sum() == 17


def test_duckdb(documents: Path) -> None:
    connection = duckdb.connect()
    query = f"SELECT language, count(*), sum(n_words) FROM '{documents}/*.parquet' GROUP BY language"
    assert connection.sql(query).fetchall()[0][:2] == ("en", ROWS)
    removals = documents.parent / "removals"
    joined = f"""SELECT d.source, r.text FROM '{documents}/*.parquet' d JOIN '{removals}/*.parquet' r USING (id)
                 WHERE r.kind = 'agency_credit'"""
    assert connection.sql(joined).fetchall() == [
        ("000_1378d33102b1ddb1.txt", "\n\nWith reporting by TASS and Interfax")
    ]


def test_hugging_face_datasets(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    from datasets import load_dataset

    path = str(published / "published" / "latest")
    loaded = load_dataset(path, "documents", cache_dir=str(tmp_path))["train"]
    assert loaded.num_rows == ROWS and loaded[0]["removed_kinds"][0]["n"] >= 1
    assert load_dataset(path, "removals", cache_dir=str(tmp_path))["train"].num_rows == 17
    assert load_dataset(path, "quarantine", cache_dir=str(tmp_path))["train"].num_rows == 11


EMPTY = ("relations", "quarantine", "templates")


@pytest.fixture(scope="module")
def without_copies(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot in which three tables have no rows."""
    out = tmp_path_factory.mktemp("seeds") / "out"
    run_steps([str(seeds)], out, Recipe(near_copies=False))
    return out / "published" / "latest"


@pytest.mark.parametrize("table", TABLES)
def test_tables_without_rows_in_every_reader(table: str, without_copies: Path) -> None:
    files = f"{without_copies}/{table}/*.parquet"
    names, rows = SCHEMAS[table].names, count_rows(without_copies, table)
    assert (rows == 0) == (table in EMPTY)
    found = duckdb.connect().sql(f"SELECT * FROM '{files}'")
    assert (found.columns, len(found)) == (names, rows)
    assert pl.scan_parquet(files).collect_schema().names() == names and pl.read_parquet(files).height == rows
    frame = pd.read_parquet(without_copies / table, dtype_backend="pyarrow")
    assert (list(frame.columns), len(frame)) == (names, rows)
    assert ds.dataset(without_copies / table).to_table().num_rows == rows


@pytest.mark.parametrize("table", TABLES)
def test_tables_without_rows_in_hugging_face_datasets(
    table: str, without_copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    from datasets import load_dataset

    path, rows = str(without_copies), count_rows(without_copies, table)
    streamed = load_dataset(path, table, streaming=True)["train"]
    assert len(list(streamed)) == rows and streamed.column_names == SCHEMAS[table].names
    try:
        loaded = load_dataset(path, table, cache_dir=str(tmp_path))["train"].num_rows
    except ValueError as error:
        # It says so of every split without rows, whatever it is made from; later versions may load them.
        assert not rows and "corresponds to no data" in str(error)
    else:
        assert loaded == rows
