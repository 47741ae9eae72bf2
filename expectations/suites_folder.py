"""Where the suites are, and their bytes. Light: the planner reads it without Great Expectations."""

from __future__ import annotations

from pathlib import Path

from cleaning.errors import BadCall

TABLES = ("documents", "removals", "quarantine")
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


def read_suites_bytes(folder: Path | None = None) -> bytes:
    """The bytes of all suites, for the digest that tells whether published rows are fresh.

    Raises:
        BadCall: a suite is missing.
    """
    return b"\0".join(suite_path(table, folder).read_bytes() for table in TABLES)
