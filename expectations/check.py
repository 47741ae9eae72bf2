"""What the expectations say of a run's audit tables. Great Expectations lives here.

An expectation's ``meta.on_failure`` says what its failure means: ``quarantine`` takes the rows that
fail out of the snapshot and keeps them with the expectation's name, ``stop`` publishes nothing.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from copy import copy
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
import pandas as pd
import pyarrow as pa
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig

from cleaning.publish.audit import read_audit_table
from expectations.errors import BrokenSuite
from expectations.suites_folder import CHECK_FILE, TABLES, meaning_fault, suite_path

# Its errors come to us as exceptions and results; the log would say them twice, with traces.
logging.getLogger("great_expectations").setLevel(logging.CRITICAL)

# Validating costs 0.15 s however few the rows, and 1.5 kB of memory for each row.
BATCH_ROWS = 20_000
_KEYS = {"documents": ["id"], "removals": ["id", "position"], "quarantine": ["id"]}
_EXAMPLES = 10
# Expectations that look at one row at a time: batch by batch they say the same as of the whole table. All others,
# those of suites of the user's own among them, see all rows at once, of the columns that they name.
_ROW_BY_ROW = frozenset(
    f"expect_{name}"
    for name in (
        *("column_values_to_be_between", "column_values_to_be_in_set", "column_values_to_not_be_in_set"),
        *("column_values_to_be_null", "column_values_to_not_be_null", "column_values_to_match_strftime_format"),
        *("column_values_to_match_regex", "column_values_to_match_regex_list", "column_values_to_not_match_regex"),
        *(
            "column_values_to_not_match_regex_list",
            "column_value_lengths_to_be_between",
            "column_value_lengths_to_equal",
        ),
        *("column_pair_values_a_to_be_greater_than_b", "column_pair_values_to_be_equal"),
        *("column_pair_values_to_be_in_set", "select_column_values_to_be_unique_within_record"),
    )
)
_COUNTS_ROWS = ("expect_table_row_count_to_be_between", "expect_table_row_count_to_equal")
_COLUMN_KWARGS = ("column", "column_A", "column_B")


@dataclass(frozen=True, slots=True)
class Result:
    """One expectation over one table."""

    table: str
    expectation: str
    column: str
    on_failure: str
    success: bool
    rows: int
    failed_rows: int
    observed: str
    examples: tuple[str, ...]
    why: str

    @property
    def name(self) -> str:
        """The expectation as quarantine and reports name it."""
        return f"{self.table}: {self.expectation}({self.column})"


def check_tables(
    staging: Path, suites: Path | None = None, *, data_docs: bool = False
) -> tuple[int, tuple[str, ...], int]:
    """(expectations, names of the tables whose suite failed, rows that go to quarantine).

    Writes ``check.json`` into the staging folder: every result, and the ids that failed with the names
    of the expectations that they failed.

    Raises:
        BrokenSuite: a suite is not one, or one of its expectations cannot be evaluated.
    """
    context, loaded = load_suites(suites)
    results: dict[tuple[str, int], Result] = {}
    failed: dict[str, list[str]] = {}
    for table, suite in loaded.items():
        for place, found, keys in _validate(context, suite, table, staging):
            known = results.get((table, place))
            results[table, place] = _together(known, found) if known else found
            for key in keys:
                failed.setdefault(key, []).append(found.name)
    merged = [results[key] for key in sorted(results, key=lambda key: (TABLES.index(key[0]), key[1]))]
    stopped = tuple(sorted({result.table for result in merged if not result.success and result.on_failure == "stop"}))
    rows = [asdict(result) | {"name": result.name} for result in merged]
    report = {"results": rows, "failed": failed, "failed_suites": list(stopped), "quarantined": _quarantined(staging)}
    (staging / CHECK_FILE).write_text(json.dumps(report, indent=1, default=str), encoding="utf-8")
    if data_docs:
        from expectations.docs import write_data_docs

        write_data_docs(staging, suites)
    return len(merged), stopped, len(failed)


def load_suites(suites: Path | None = None) -> tuple[Any, dict[str, gx.ExpectationSuite]]:
    """(context, suite of each table).

    Raises:
        BrokenSuite: a suite is not one, or one of its expectations does not exist.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context, {table: _load_suite(context, table, suite_path(table, suites)) for table in TABLES}


def _quarantined(staging: Path) -> dict[str, Any]:
    """How many sources cleaning rejected, and the first of them: where all were, they are the cause to look at."""
    rows = read_audit_table(staging, "quarantine")
    first = rows.slice(0, _EXAMPLES).to_pylist()
    return {"rows": len(rows), "first": [f"{row['source']}: {row['reason']}: {row['detail']}" for row in first]}


def _load_suite(context: Any, table: str, path: Path) -> gx.ExpectationSuite:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        for place, expectation in enumerate(values["expectations"]):
            # Results come back in another order than the suite's.
            expectation["meta"] = dict(expectation.get("meta") or {}, place=place)
            if fault := meaning_fault(expectation, table):
                raise ValueError(f"{expectation.get('type')}: {fault}")
        suite = gx.ExpectationSuite(name=values["name"], expectations=values["expectations"], meta=values.get("meta"))
        _check_none_was_dropped(suite, values["expectations"])
        return context.suites.add(suite)
    except (OSError, KeyError, TypeError, ValueError, gx.exceptions.GreatExpectationsError) as error:
        raise BrokenSuite(f"{path}: not a suite for {table}: {type(error).__name__}: {error}") from None


def _check_none_was_dropped(suite: gx.ExpectationSuite, wanted: list[dict[str, Any]]) -> None:
    """Great Expectations leaves out, with no more than a log line, what it cannot build.

    Raises:
        ValueError: it did.
    """
    built = {expectation.meta["place"] for expectation in suite.expectations}
    lost = [f"{row['type']}({row.get('kwargs')})" for place, row in enumerate(wanted) if place not in built]
    if lost:
        raise ValueError(f"no such expectation, or not with these arguments: {'; '.join(lost)}")


def _validate(
    context: Any, suite: gx.ExpectationSuite, table: str, staging: Path
) -> Iterator[tuple[int, Result, list[str]]]:
    """(place in the suite, result, ids of failed rows) of each expectation, batch by batch."""
    asset = context.data_sources.add_pandas(table).add_dataframe_asset(table)
    definition = asset.add_batch_definition_whole_dataframe("batch")
    rows = read_audit_table(staging, table)
    result_format = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": _KEYS[table],
        "return_unexpected_index_query": False,
    }
    for part, some in _portions(suite, table, rows):
        frame = some.to_pandas(types_mapper=_nullable)
        batch = definition.get_batch(batch_parameters={"dataframe": frame})
        outcomes = batch.validate(part, result_format=result_format).results
        for outcome in outcomes:
            yield (outcome.expectation_config.meta["place"], *_read(outcome, table, len(frame)))


def _portions(suite: gx.ExpectationSuite, table: str, rows: pa.Table) -> Iterator[tuple[gx.ExpectationSuite, pa.Table]]:
    """Which expectations are to look at which rows and columns, so that few are in memory at a time."""
    if len(rows) <= BATCH_ROWS:
        yield suite, rows
        return
    # An expectation belongs to one suite.
    single = [copy(one) for one in suite.expectations if _is_row_by_row(one)]
    whole = [copy(one) for one in suite.expectations if not _is_row_by_row(one)]
    if single:
        by_row = gx.ExpectationSuite(name=f"{suite.name} by row", expectations=single)
        for start in range(0, len(rows), BATCH_ROWS):
            yield by_row, rows.slice(start, BATCH_ROWS)
    named = [_columns_of(one) for one in whole]
    if whole:
        wanted = rows.column_names if None in named else {*_KEYS[table], *chain.from_iterable(filter(None, named))}
        by_table = gx.ExpectationSuite(name=f"{suite.name} by table", expectations=whole)
        yield by_table, rows.select([name for name in rows.column_names if name in wanted])


def _is_row_by_row(expectation: Any) -> bool:
    return expectation.expectation_type in _ROW_BY_ROW and getattr(expectation, "mostly", 1) == 1


def _columns_of(expectation: Any) -> set[str] | None:
    """The columns that an expectation looks at; None where it may be all."""
    if expectation.expectation_type in _COUNTS_ROWS:
        return set()
    kwargs = expectation.configuration.kwargs
    if kwargs.get("row_condition"):
        return None
    found = {kwargs[name] for name in _COLUMN_KWARGS if name in kwargs} | {*kwargs.get("column_list", ())}
    return found or None


def _nullable(kind: Any) -> Any:
    """Pandas types that keep nulls apart from NaN, so that bounds on integers stay exact."""
    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    if pa.types.is_boolean(kind):
        return pd.BooleanDtype()
    return None


def _read(outcome: ExpectationValidationResult, table: str, rows: int) -> tuple[Result, list[str]]:
    config = outcome.expectation_config
    kwargs = dict(config.kwargs) if config else {}
    name = config.type if config else "unknown"
    raised = [info for info in _exceptions(outcome.exception_info) if info.get("raised_exception")]
    if raised:
        message = str(raised[0].get("exception_message", "")).splitlines()[0:1]
        raise BrokenSuite(
            f"suite {table}: {name}({kwargs.get('column', '')}) cannot be evaluated: {' '.join(message)}. "
            "This says nothing of the data; mend the expectation."
        )
    on_failure = (config.meta or {}).get("on_failure", "stop") if config else "stop"
    keys = _keys(outcome, table, name) if not outcome.success and on_failure == "quarantine" else []
    count = int(outcome.result.get("unexpected_count") or 0)
    observed = outcome.result.get("observed_value")
    if not outcome.success and on_failure == "quarantine" and not keys:
        on_failure = "stop"  # a failure without rows to take out concerns the table
    examples = tuple(map(str, (outcome.result.get("partial_unexpected_list") or [])[:_EXAMPLES]))
    column = str(kwargs.get("column") or kwargs.get("column_list") or kwargs.get("column_A") or "")
    shown = str(observed) if observed is not None else ""
    why = str((config.meta or {}).get("why", "")) if config else ""
    return Result(table, name, column, on_failure, bool(outcome.success), rows, count, shown, examples, why), keys


def _exceptions(info: Any) -> list[dict[str, Any]]:
    """``exception_info`` is one record, or one by metric."""
    if not info:
        return []
    return [info] if "raised_exception" in info else [part for part in info.values() if isinstance(part, dict)]


def _keys(outcome: ExpectationValidationResult, table: str, name: str) -> list[str]:
    """The ids of the rows that failed; every one of them, or none of the result can be trusted."""
    found = outcome.result.get("unexpected_index_list") or []
    count = outcome.result.get("unexpected_count")
    if count is not None and len(found) != count:
        raise BrokenSuite(f"suite {table}: {name} failed on {count} rows and named {len(found)} of them")
    return list(dict.fromkeys(str(row["id"]) for row in found))


def _together(left: Result, right: Result) -> Result:
    return Result(
        left.table,
        left.expectation,
        left.column,
        "stop" if "stop" in (left.on_failure, right.on_failure) else left.on_failure,
        left.success and right.success,
        left.rows + right.rows,
        left.failed_rows + right.failed_rows,
        left.observed or right.observed,
        (left.examples + right.examples)[:_EXAMPLES],
        left.why,
    )
