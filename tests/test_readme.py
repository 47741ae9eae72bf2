"""The README is true: its table of columns is the schema, its code runs, its files exist."""

from __future__ import annotations

import os
import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

from cleaning.boilerplate.phrases import MAX_START_WORDS, MAX_WORDS_BY_PHRASE, USES
from cleaning.publish.schema import DOCUMENTS, SCHEMAS
from cleaning.recipe import parse_recipe
from cleaning.records import Kind, Reason
from cleaning.report.card import column_table

README = Path(__file__).resolve().parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
COLUMNS = re.compile(r"(?<=<!-- columns -->\n).*?(?=\n`removals`, one row)", re.DOTALL)
# Code that needs an S3 server runs in tests/test_remote_outputs.py.
BLOCKS = [block for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if "s3://" not in block]


def test_columns_are_those_of_the_schema() -> None:
    wanted = "\n" + "\n".join(column_table(DOCUMENTS)) + "\n"
    if os.environ.get("GOLDEN") == "write":
        README.write_text(COLUMNS.sub(lambda _: wanted, TEXT), encoding="utf-8")
        return
    found = COLUMNS.search(TEXT)
    assert found is not None and found.group(0) == wanted, "make golden writes the table of columns"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:40])
def test_code_runs(block: str, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(published)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    if "source_text" in names and "removals" in names:
        from cleaning.publish.read import find_document

        stored = find_document(published / "published" / "latest", "003_20a66667152be587")
        assert names["source_text"](stored.row) == stored.source_text  # type: ignore[operator]


def test_the_recipe_is_one() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert parse_recipe(tomllib.loads(block), "README.md").languages == ("en", "de")


def test_uses_of_phrases_are_those_that_there_are() -> None:
    said = TEXT.partition("`cleaning/boilerplate/phrases/<kind>.tsv`")[2].partition("A pattern is one file")[0]
    assert sorted(re.findall(r"^- `(\w+)`: ", said, re.MULTILINE)) == sorted(USES)
    assert f"at most {MAX_START_WORDS} words (3 behind a phrase of one word, 14 of two)" in " ".join(said.split())
    assert MAX_WORDS_BY_PHRASE == {1: 3, 2: 14}


@pytest.mark.parametrize(("title", "names"), [("Kinds", Kind), ("Reasons of quarantine", Reason)])
def test_kinds_and_reasons_are_those_that_there_are(title: str, names: type[StrEnum], published: Path) -> None:
    (said,) = re.findall(rf"^{title}: ([a-z_0-9,\s]+)\.", TEXT, re.MULTILINE)
    assert re.split(r",\s+", said) == list(names)
    card = (published / "published" / "latest" / "README.md").read_text(encoding="utf-8")
    for name in names:
        assert re.search(rf"^\| {name} \| \w.*\. \|", card, re.MULTILINE), name


def test_what_columns_say_of_others_is_there(published: Path) -> None:
    """No description leads out of the snapshot, or promises what no run makes."""
    card = (published / "published" / "latest" / "README.md").read_text(encoding="utf-8")
    assert "in the README" not in card and "fixed list" not in card
    for schema, column, names in ((SCHEMAS["removals"], "kind", Kind), (SCHEMAS["quarantine"], "reason", Reason)):
        said = schema.field(column).metadata[b"description"].decode()
        assert said.endswith(f": {', '.join(names)}.")


def test_named_files_exist() -> None:
    for name in re.findall(r"`((?:docs|flows|benchmarks|cleaning|expectations)/[\w./]+\.(?:py|md))`", TEXT):
        assert (README.parent / name).exists(), name


def test_what_needs_a_prefect_server_is_told_where_it_is() -> None:
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        if "prefect worker" in block or "prefect deploy" in block:
            assert "export PREFECT_API_URL=" in block
