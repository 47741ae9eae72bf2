"""Where the suites are, and their bytes. Light: the planner reads it without Great Expectations."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaning.errors import BadCall
from expectations.errors import BrokenSuite

TABLES = ("documents", "removals", "quarantine")
# What the expectations say of a run, in its staging folder.
CHECK_FILE = "check.json"
OURS = Path(__file__).parent / "suites"


def suite_path(table: str, folder: Path | None = None) -> Path:
    """The JSON file of a table's suite, in a folder of the user's or in ours.

    Raises:
        BadCall: the user's folder has no such file.
    """
    path = (folder or OURS) / f"{table}.json"
    if not path.is_file():
        raise BadCall(
            f"{path}: no such suite. The recipe's suites folder needs {', '.join(f'{t}.json' for t in TABLES)}."
        )
    return path


def check_suites(folder: Path) -> None:
    """Finds what is wrong with suites at a glance, without Great Expectations.

    Raises:
        BadCall: a suite is missing.
        BrokenSuite: one is not JSON, or an expectation names no column of its table or not what its failure means.
    """
    from cleaning.publish.audit import audit_columns

    for table, columns in audit_columns().items():
        path = suite_path(table, folder)
        try:
            expectations = json.loads(path.read_text(encoding="utf-8"))["expectations"]
        except ValueError as error:
            raise BrokenSuite(f"{path}: is not JSON: {error}.") from None
        except (KeyError, TypeError):
            expectations = None
        if not isinstance(expectations, list):
            raise BrokenSuite(f'{path}: has no list "expectations". Ours, to start from, are in {OURS}.')
        for number, expectation in enumerate(expectations, start=1):
            fault = _fault(expectation, table, columns)
            if fault:
                raise BrokenSuite(f"{path}, expectation {number}: {fault}")


def _fault(expectation: Any, table: str, columns: Sequence[str]) -> str | None:
    if not isinstance(expectation, dict) or not isinstance(expectation.get("type"), str):
        return "has no type, such as expect_column_values_to_not_be_null."
    if fault := meaning_fault(expectation, table):
        return f"{expectation['type']}: {fault}"
    kwargs = expectation.get("kwargs") or {}
    named = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    for name in (*named, *(kwargs.get("column_list") or ())):
        if name not in columns:
            close = difflib.get_close_matches(str(name), columns, n=1)
            known = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(columns)}."
            return f"{expectation['type']}: no column {name!r} in {table}. {known} See docs/suites.md."
    return None


def meaning_fault(expectation: Mapping[str, Any], table: str) -> str | None:
    """What is wrong with what an expectation says of its failure; None where nothing is."""
    on_failure = (expectation.get("meta") or {}).get("on_failure")
    if table == "quarantine" and on_failure == "quarantine":
        return (
            "the rows of this table are in quarantine already, and nothing could be done with those that fail: write "
            "meta.on_failure 'stop', or take the expectation out."
        )
    return None if on_failure in ("quarantine", "stop") else "meta.on_failure must be 'quarantine' or 'stop'."


def read_suites_bytes(folder: Path | None = None) -> bytes:
    """The bytes of all suites, for the digest that tells whether published rows are fresh.

    Raises:
        BadCall: a suite is missing.
    """
    return b"\0".join(suite_path(table, folder).read_bytes() for table in TABLES)
