"""Each expectation passes a good table and fails a bad one; a broken suite is not bad data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleaning.publish.audit import AUDIT, audit_columns, read_audit_table
from cleaning.recipe import Recipe
from expectations.check import check_tables, load_suites
from expectations.errors import BrokenSuite
from expectations.suites_folder import OURS, TABLES, check_suites
from flows.settings import RunRequest
from flows.steps import plan_run
from flows.workshop import open_workshop
from tests.running import run_steps
from tests.samples import STORY

# For each expectation of our suites, by table and place: a column and a value that it must refuse.
# None stands for a row that repeats another one.
BAD: dict[str, list[tuple[str, Any]]] = {
    "documents": [
        ("*", "no rows"), ("id", None), ("id", "repeat"), ("id", "short"), ("restores", False), ("text_is_normal", False),
        ("n_words", 0), ("n_words", 3_000_000), ("n_lines", 0), ("n_chars", 0), ("removed_share", 1.0), ("alpha_share", 0.1),
        ("replacement_chars", 101), ("mean_word_chars", 61.0), ("language_score", 1.5), ("language", "english"),
        ("language_script", "latin"), ("published_year", 9999), ("modified_year", 1000), ("rights_year", 12),
        ("title_chars", 5000), ("media_type", "image/png"), ("story_id", None), ("language", "all null"), ("removed_share", "all .95"),
    ],
    "removals": [
        ("document_exists", False), ("position", None), ("position", -1), ("line", 0), ("position", "repeat"), ("kind", "spam"),
        ("action", "lost"), ("score", 2.0), ("text_chars", 0), ("evidence_chars", 0), ("rule", "Rule 7"),
    ],
    "quarantine": [("source", None), ("stage", "later"), ("reason", "bad luck"), ("detail_chars", 3), ("id", "repeat")],
}  # fmt: skip


def suite_of(kind: str = "expect_column_values_to_not_be_null", **kwargs: Any) -> str:
    expectation = {"type": kind, "kwargs": kwargs, "meta": {"on_failure": "stop", "why": "It matters."}}
    return json.dumps({"name": "documents", "expectations": [expectation]})


CASES = [(table, place) for table in TABLES for place in range(len(BAD[table]))]


def good_tables() -> dict[str, pa.Table]:
    n = 8
    ids = [f"{number:020x}" for number in range(n)]
    ints = {
        name: pa.array([5] * n, pa.int64())
        for name in ("n_chars", "n_words", "n_lines", "removed_lines", "removed_chars")
    }
    shares = {
        name: pa.array([0.5] * n)
        for name in (
            "alpha_share",
            "digit_share",
            "upper_share",
            "terminal_line_share",
            "repeated_line_share",
            "removed_share",
        )
    }
    documents = {
        "id": ids, "source": [f"{i}.txt" for i in ids], "site": ["example.com"] * n, "language": ["en"] * n,
        "language_score": [0.9] * n, "language_script": ["Latn"] * n, **ints, "rights_year": pa.array([2024, *[None] * (n - 1)], pa.int32()),
        "story_id": ids, "media_type": ["text/plain"] * n, "encoding": ["utf-8"] * n, "restores": [True] * n,
        "text_is_normal": [True] * n, **shares, "mean_word_chars": [5.0] * n, "mean_line_words": [9.0] * n,
        "replacement_chars": pa.array([0] * n, pa.int64()), "title_chars": pa.array([None, *[30] * (n - 1)], pa.int32()),
        "n_authors": pa.array([1] * n, pa.int32()), "published_year": pa.array([2024, *[None] * (n - 1)], pa.int64()),
        "modified_year": pa.array([None] * n, pa.int64()),
    }  # fmt: skip
    removals = {
        "id": ids, "position": pa.array([3] * n, pa.int64()), "line": pa.array([1] * n, pa.int64()), "kind": ["copyright"] * n,
        "action": ["moved"] * n, "rule": ["CR001"] * n, "score": [0.95] * n, "text_chars": pa.array([9] * n, pa.int32()),
        "evidence_chars": pa.array([9] * n, pa.int32()), "document_exists": [True] * n,
    }  # fmt: skip
    quarantine = {
        "id": ids, "source": [f"{i}.txt" for i in ids], "stage": ["decode"] * n, "reason": ["empty"] * n,
        "detail": ["the file has no bytes; fetch it again"] * n,
        "size_bytes": pa.array([0] * n, pa.int64()), "detail_chars": pa.array([40] * n, pa.int32()),
    }  # fmt: skip
    return {"documents": pa.table(documents), "removals": pa.table(removals), "quarantine": pa.table(quarantine)}


def write(staging: Path, tables: dict[str, pa.Table]) -> Path:
    (staging / AUDIT).mkdir(parents=True)
    for name, table in tables.items():
        with (
            pa.OSFile(str(staging / AUDIT / f"{name}.arrow"), "wb") as file,
            pa.ipc.new_file(file, table.schema) as writer,
        ):
            writer.write_table(table)
    return staging


def spoil(table: pa.Table, column: str, value: Any) -> pa.Table:
    if value == "no rows":
        return table.slice(0, 0)
    place = table.schema.get_field_index(column)
    values = table[column].to_pylist()
    if value == "repeat":
        return pa.concat_tables([table, table.slice(0, 1)])
    if value == "all null":
        values = [None] * len(values)
    elif value == "all .95":
        values = [0.95] * len(values)
    else:
        values[0] = value
    return table.set_column(place, column, pa.array(values, table.schema.field(column).type))


def report(staging: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((staging / "check.json").read_text())
    return found


def test_good_tables_pass(tmp_path: Path) -> None:
    staging = write(tmp_path, good_tables())
    assert check_tables(staging) == (sum(map(len, BAD.values())), (), 0)
    assert all(result["success"] for result in report(staging)["results"])


def test_columns_of_the_suites_exist(published: Path) -> None:
    tables = good_tables()
    for name in TABLES:
        for expectation in json.loads((OURS / f"{name}.json").read_text())["expectations"]:
            kwargs = expectation["kwargs"]
            for column in kwargs.get("column_list") or [kwargs["column"]] if "column" in str(kwargs) else []:
                assert column in tables[name].column_names


@pytest.mark.parametrize(("table", "place"), CASES, ids=[f"{t}-{p}-{BAD[t][p][0]}" for t, p in CASES])
def test_a_bad_value_fails_its_expectation(tmp_path: Path, table: str, place: int) -> None:
    suite = json.loads((OURS / f"{table}.json").read_text())["expectations"]
    column, value = BAD[table][place]
    tables = good_tables()
    tables[table] = spoil(tables[table], column, value)
    staging = write(tmp_path, tables)
    _, stopped, failed_rows = check_tables(staging)
    results = [result for result in report(staging)["results"] if result["table"] == table]
    assert not results[place]["success"], results[place]
    if suite[place]["meta"]["on_failure"] == "stop":
        assert stopped == (table,)
    else:
        assert stopped == () and failed_rows == 1
        assert report(staging)["failed"] == {f"{0:020x}": [results[place]["name"]]}


def test_failed_rows_are_named_over_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from expectations import check

    monkeypatch.setattr(check, "BATCH_ROWS", 3)
    tables = good_tables()
    tables["documents"] = spoil(tables["documents"], "restores", False)
    staging = write(tmp_path, tables)
    count, stopped, failed_rows = check_tables(staging)
    assert (count, stopped, failed_rows) == (sum(map(len, BAD.values())), (), 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "expect_column_values_to_be_odd"}, "not a suite"),
        ({"kwargs": {"column": "no_such_column", "value_set": [1]}}, "cannot be evaluated"),
        ({"meta": {"on_failure": "shrug"}}, "on_failure"),
    ],
)
def test_a_broken_suite_is_not_bad_data(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    folder = tmp_path / "suites"
    shutil.copytree(OURS, folder)
    suite = json.loads((folder / "documents.json").read_text())
    suite["expectations"][4].update(change)
    (folder / "documents.json").write_text(json.dumps(suite))
    with pytest.raises(BrokenSuite, match=said):
        check_tables(write(tmp_path, good_tables()), folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON: .* line 1 column 2"),
        ("[]", 'no list "expectations"'),
        ('{"name": "x", "expectations": [{"kwargs": {}}]}', "expectation 1: has no type"),
        ('{"name": "x", "expectations": [{"type": "expect_x", "kwargs": {}}]}', "expect_x: meta.on_failure must be"),
        (suite_of(column="n_word"), "no column 'n_word' in documents. Did you mean 'n_words'"),
        (suite_of(column_list=["id", "text"]), "no column 'text' in documents. Columns: id, source"),
        (suite_of(column_A="id", column_B="zzz"), "no column 'zzz'"),
    ],
)
def test_a_broken_suite_is_told_before_any_document_is_read(tmp_path: Path, text: str, said: str) -> None:
    folder = tmp_path / "suites"
    shutil.copytree(OURS, folder)
    check_suites(folder)
    (folder / "documents.json").write_text(text)
    (tmp_path / "a.txt").write_text(STORY[0])
    with pytest.raises(BrokenSuite, match=f"{folder}/documents.json.*{said}"):
        plan_run([str(tmp_path / "a.txt")], tmp_path / "out", Recipe(suites=folder), full=False)


def test_what_is_in_quarantine_cannot_be_put_there(tmp_path: Path) -> None:
    folder = tmp_path / "suites"
    shutil.copytree(OURS, folder)
    suite = json.loads((folder / "quarantine.json").read_text())
    suite["expectations"][3]["kwargs"]["min_value"] = 10_000
    suite["expectations"][3]["meta"]["on_failure"] = "quarantine"
    (folder / "quarantine.json").write_text(json.dumps(suite))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY[0])
    (tmp_path / "in" / "empty.txt").write_text("")
    said = "quarantine.json.*in quarantine already.*on_failure 'stop'"
    with pytest.raises(BrokenSuite, match=said):
        run_steps([str(tmp_path / "in")], tmp_path / "out", Recipe(suites=folder))
    with pytest.raises(BrokenSuite, match=said):
        check_tables(write(tmp_path, good_tables()), folder)


def test_an_expectation_that_does_not_exist_is_told_before_the_documents_are_cleaned(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "suites"
    shutil.copytree(OURS, folder)
    load_suites(folder)
    (folder / "documents.json").write_text(suite_of("expect_column_values_to_be_odd", column="n_words"))
    (tmp_path / "a.txt").write_text(STORY[0])
    (tmp_path / "recipe.toml").write_text(f"suites = '{folder}'")
    request = RunRequest.of([str(tmp_path / "a.txt")], str(tmp_path / "out"), recipe=str(tmp_path / "recipe.toml"))
    with open_workshop(request) as workshop:
        workshop.begin()
        with pytest.raises(BrokenSuite, match=r"no such expectation.*expect_column_values_to_be_odd"):
            workshop.check_suites()


def test_the_columns_that_suites_may_name_are_in_the_docs(root: Path) -> None:
    text = (root / "docs" / "suites.md").read_text(encoding="utf-8")
    for table, columns in audit_columns().items():
        assert f"| {table} | {', '.join(columns)} |" in text
        assert set(good_tables()[table].column_names) <= set(columns)


def test_data_docs_are_written_where_asked_for(tmp_path: Path) -> None:
    staging = write(tmp_path, good_tables())
    check_tables(staging, data_docs=True)
    assert (staging / "data_docs" / "index.html").is_file()


def test_every_expectation_says_why() -> None:
    for name in TABLES:
        for expectation in json.loads((OURS / f"{name}.json").read_text())["expectations"]:
            assert expectation["meta"]["why"].endswith(".")


def test_the_audit_reads_what_a_run_wrote(published: Path) -> None:
    assert set(good_tables()) == set(TABLES)
    assert read_audit_table.__doc__
