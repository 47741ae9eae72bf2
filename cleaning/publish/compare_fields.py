"""Which fields of metadata have other values in one snapshot than in another."""

from __future__ import annotations

from dataclasses import dataclass, fields
from heapq import nsmallest
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from numpy.typing import NDArray

from cleaning.records import Metadata

# The times are in the stated ones, more precisely; where a value is from is no value.
_LEFT_OUT = frozenset({"published", "modified", "metadata_sources"})
_FIELDS = (*(field.name for field in fields(Metadata) if field.name not in _LEFT_OUT), "language", "page_kind")
_EXAMPLES = 3
_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that has other values in so many ``documents``; the first ``examples``: (source, before, after)."""

    field: str
    documents: int
    examples: tuple[tuple[str, str, str], ...]


def compare_fields(first: Path, second: Path) -> tuple[int, tuple[FieldChange, ...]]:
    """In how many documents of both snapshots a field of metadata is another, and which fields, in order of columns.

    Fields that only one of the two schemas has are not compared. One column at a time is in memory.
    """
    before, after = (ds.dataset(folder / "documents") for folder in (first, second))
    sources = _column(after, "source")
    places = pc.index_in(sources, value_set=_column(before, "source"))
    rows_after = np.flatnonzero(np.asarray(places.is_valid()))
    rows_before = np.asarray(places.drop_null())
    sources = sources.take(rows_after)
    changes, is_changed = [], np.zeros(len(rows_after), dtype=bool)
    for name in _FIELDS:
        if name not in before.schema.names or name not in after.schema.names:
            continue
        old, new = _column(before, name).take(rows_before), _column(after, name).take(rows_after)
        differs = _differs(old, new)
        is_changed |= differs
        rows = np.flatnonzero(differs)
        some = nsmallest(_EXAMPLES, rows.tolist(), key=lambda row: sources[row].as_py())
        examples = tuple((sources[row].as_py(), _shown(old[row].as_py()), _shown(new[row].as_py())) for row in some)
        if examples:
            changes.append(FieldChange(name, len(rows), examples))
    return int(is_changed.sum()), tuple(changes)


def _column(documents: Any, name: str) -> Any:
    found = documents.to_table(columns=[name])[name]
    # Dictionaries differ from file to file, and the texts of many documents are more than 2 GB.
    is_text = pa.types.is_dictionary(found.type) or pa.types.is_string(found.type)
    return (found.cast(pa.large_string()) if is_text else found).combine_chunks()


def _differs(old: Any, new: Any) -> NDArray[np.bool_]:
    """Row by row, whether the values are not the same."""
    if pa.types.is_nested(old.type):
        starts = range(0, len(old), _BATCH_ROWS)
        batches = ((old.slice(at, _BATCH_ROWS).to_pylist(), new.slice(at, _BATCH_ROWS).to_pylist()) for at in starts)
        return np.array([a != b for batch in batches for a, b in zip(*batch, strict=True)], dtype=bool)
    same = pc.fill_null(pc.equal(old, new), False)
    nothing = pc.and_(pc.is_null(old), pc.is_null(new))
    return ~np.asarray(pc.or_(same, nothing), dtype=bool)


def _shown(value: Any) -> str:
    """A value as one text; empty where there is none.

    >>> _shown(["Jane Doe", "Joe Roe"]), _shown([{"key": "id", "value": "7"}]), _shown(None), _shown(2024)
    ('Jane Doe; Joe Roe', 'id: 7', '', '2024')
    """
    if isinstance(value, list):
        return "; ".join(f"{one['key']}: {one['value']}" if isinstance(one, dict) else str(one) for one in value)
    return "" if value is None else str(value)
