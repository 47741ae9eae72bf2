"""Reading one document of a snapshot with what was taken out of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cleaning.boilerplate import restore
from cleaning.errors import BadCall
from cleaning.normalize.addresses import normalize_url
from cleaning.publish.manifest import check_files
from cleaning.publish.parts import staged_schema, write_batches
from cleaning.publish.scan import scan_table
from cleaning.records import Action, Kind, Removal


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A row of ``documents``, its removals in order, and the source text that they give together.

    ``relations``: rows of the table that name it, each with the ``source`` of the other document, the closest first.
    """

    row: dict[str, Any]
    removals: tuple[Removal, ...]
    relations: tuple[dict[str, Any], ...] = ()

    @property
    def source_text(self) -> str:
        """The normalised text before any cut."""
        return restore(self.row["text"], self.removals)


def find_document(snapshot: Path, wanted: str, hint: str = "") -> StoredDocument:
    """The document whose id or source is ``wanted``; where there is none, whose id begins or source ends with it.

    ``hint``: what is said, too, where none fits.

    Raises:
        BadCall: none or several fit, or the source is in quarantine; the message says which.
        BrokenSnapshot: a file of the snapshot is missing or has another size.
    """
    if not wanted.strip():
        raise BadCall("no document was named: give an id, its first digits, or a source")
    check_files(snapshot)
    documents = ds.dataset(snapshot / "documents")
    keys = documents.to_table(columns=["id", "source"]).to_pylist()
    ids = _fitting(snapshot, keys, wanted) or _at_address(documents, wanted)
    if not ids:
        raise BadCall(f"{_not_found(snapshot, wanted)}{hint and f' {hint}'}")
    if len(ids) > 1:
        shown = ", ".join(f"{row['id'][:10]} ({row['source']})" for row in keys if row["id"] in ids[:5])
        raise BadCall(f"{wanted}: fits {len(ids)} documents: {shown}. Give more of the id.")
    row = documents.to_table(filter=pc.field("id") == ids[0]).to_pylist()[0]
    removals = as_removals(read_removals(snapshot, ids).get(ids[0], []))
    return StoredDocument(row, tuple(removals), tuple(_relations_of(snapshot, ids[0], keys)))


def _fitting(snapshot: Path, keys: Sequence[dict[str, Any]], wanted: str) -> list[str]:
    """The ids of the documents that are meant: those that are named whole, else those that are named in part."""
    exact = [row["id"] for row in keys if _is_exact(row, wanted)]
    if not exact and not _is_known(snapshot, wanted):
        return [row["id"] for row in keys if _is_near(row, wanted)]
    return exact


def _at_address(documents: ds.Dataset, wanted: str) -> list[str]:
    """The ids of the documents with an address."""
    url = normalize_url(wanted) if "://" in wanted else None
    return documents.to_table(columns=["id"], filter=pc.field("url") == url)["id"].to_pylist() if url else []


def _is_known(snapshot: Path, wanted: str) -> bool:
    """Is there a source that is named whole, though no document came of it?"""
    where = (pc.field("id") == wanted.lower()) | (pc.field("source") == wanted)
    return any(len(batch) for batch in scan_table(snapshot, "sources", ["id"], where))


def _is_exact(row: dict[str, Any], wanted: str) -> bool:
    return bool(wanted.lower() == row["id"] or wanted == row["source"])


def _is_near(row: dict[str, Any], wanted: str) -> bool:
    return row["id"].startswith(wanted.lower()) or _is_source(row["source"], wanted)


def _relations_of(snapshot: Path, document_id: str, keys: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    sources = {row["id"]: row["source"] for row in keys}
    where = (pc.field("id") == document_id) | (pc.field("other_id") == document_id)
    found = []
    for row in ds.dataset(snapshot / "relations").to_table(filter=where).to_pylist():
        other = row["other_id"] if row["id"] == document_id else row["id"]
        found.append(row | {"source": sources.get(other, other)})
    return sorted(found, key=lambda row: (-row["resemblance"], row["source"]))


def read_removals(snapshot: Path, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of ``removals`` of the named documents, by id, in order of position."""
    return _by_id(ds.dataset(snapshot / "removals").to_table(filter=pc.field("id").isin(list(ids))))


@contextmanager
def removals_at_hand(
    snapshot: Path, scratch: Path | None = None
) -> Iterator[Callable[[Sequence[str]], dict[str, list[dict[str, Any]]]]]:
    """``read_removals`` for whoever asks for many documents, a batch of them at a time.

    Documents and removals are sorted by other keys: the rows lie uncompressed in a file in the folder ``scratch``, that
    of the system's temporary files if None, so that a batch costs no more than a look at their ids.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        path, schema = Path(folder) / "removals.arrow", staged_schema("removals")
        write_batches(path, schema, (rows.cast(schema) for rows in scan_table(snapshot, "removals")))
        with pa.memory_map(str(path)) as file:
            table = pa.ipc.open_file(file).read_all()
        # Sixteen bytes a removal in memory: to look through all ids for each batch would take quadratic time.
        keys = np.fromiter(
            map(_key, (key for part in table["id"].chunks for key in part.to_pylist())), np.uint64, len(table)
        )
        order = np.argsort(keys, kind="stable")
        keys = keys[order]

        def removals_of(ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
            wanted = np.fromiter(map(_key, ids), np.uint64, len(ids))
            first, end = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
            rows = [order[start:stop] for start, stop in zip(first, end, strict=True)]
            return _by_id(table.take(np.concatenate(rows)) if rows else table.slice(0, 0))

        yield removals_of


def _key(document_id: str) -> int:
    """The first 64 of the 80 bits of an id; two with the same are told apart by the ids themselves."""
    return int(document_id[:16], 16)


def _by_id(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.sort_by([("id", "ascending"), ("position", "ascending")]).to_pylist():
        rows.setdefault(row["id"], []).append(row)
    return rows


def as_removals(rows: Iterable[dict[str, Any]]) -> list[Removal]:
    """Removal records of rows of ``removals``."""
    return [
        Removal(
            start=row["position"],
            end=row["position"] + len(row["text"]),
            kind=Kind(row["kind"]),
            action=Action(row["action"]),
            rule=row["rule"],
            score=row["score"],
            evidence=row["evidence"],
            text=row["text"],
            line=row["line"],
        )
        for row in rows
    ]


def _is_source(source: str, wanted: str) -> bool:
    """Is it what is wanted: by its name, the end of its path, or the path that a shell completes ("seeds/000.txt")?"""
    is_end = source == wanted or source.endswith("/" + wanted) or wanted.endswith("/" + source)
    return is_end or source.rsplit("/", 1)[-1].rsplit(".", 1)[0] == wanted


def _not_found(snapshot: Path, wanted: str) -> str:
    columns = ["id", "source", "stage", "reason", "detail"]
    quarantine = ds.dataset(snapshot / "quarantine").to_table(columns=columns).to_pylist()
    where = (pc.field("outcome").cast(pa.string()) == "skipped") | pc.field("container").is_null()
    columns = ["id", "source", "outcome", "reason"]
    sources = ds.dataset(snapshot / "sources").to_table(columns, filter=where).to_pylist()
    for fits in (_is_exact, _is_near):
        for row in quarantine:
            if fits(row, wanted):
                said = f"{row['stage']}: {row['reason']}: {row['detail']}"
                return f"{row['source']}: in quarantine, not published. {said}"
        for row in sources:
            if fits(row, wanted) and row["outcome"] != "document":
                why = row["reason"] or "its records are the documents: name one of them"
                return f"{row['source']}: {row['outcome']}, not published: {why}."
    return (
        f"{wanted}: no document with this id, source or address in {snapshot}. Its table documents lists what is there "
        "(columns id, source, url, title)."
    )
