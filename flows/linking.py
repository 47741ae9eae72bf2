"""Links the documents of a run: exact copies, and of each text once, everything that shares text with it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cleaning.freshness import linking_version
from cleaning.link import (
    LINK,
    RELATIONS,
    Facts,
    Linker,
    Links,
    Relation,
    Sketch,
    Sketches,
    first_with_text,
    for_all_copies,
    sketch,
)
from cleaning.publish.parts import read_part
from cleaning.publish.scan import BATCH_ROWS
from cleaning.publish.schema import SCHEMAS
from cleaning.recipe import Recipe

_LINKING = ".linking"
# 128 bits of the digest of a text in hexadecimal.
_DIGEST_CHARS = 32
_ID_CHARS = 20
# Pages that may be reports on events; None: texts, whose kind nobody knows.
_REPORTING = (None, "article")
_ROW = np.dtype(
    [
        *(("id", f"S{_ID_CHARS}"), ("digest", f"S{_DIGEST_CHARS}")),
        *(("site", "i8"), ("address", "i8"), ("time", "i8"), ("is_day", "?"), ("change", "i8")),
    ]
)


_COLUMNS = ["id", "text_sha256", "site", "url", "published", "published_stated", "modified"]


@dataclass(frozen=True, slots=True)
class Linked:
    """``duplicates``: of documents that are not kept the one that is; ``stories``: of documents that are in the story
    of another one the id of the first of it; ``relations``: the table, sorted.
    """

    duplicates: dict[str, str]
    stories: dict[str, str]
    relations: pa.Table


def link_documents(
    parts: Sequence[Path], failed: frozenset[str], scratch: Path, recipe: Recipe, sketches: Path, *, fresh: bool
) -> Linked:
    """What the documents of the parts are to one another, those with an id in ``failed`` left out.

    ``sketches``: the folder with what the last run made of the texts, for this one, and of this one for the next;
    ``fresh``: nothing there is used. Links are the same without it.
    """
    documents = _Documents.read(parts, failed)
    first_of = first_with_text(documents.digests)
    texts = np.flatnonzero(first_of == np.arange(len(first_of)))
    links = Links(np.empty(0, LINK), np.arange(len(texts)), np.arange(len(texts)))
    if recipe.near_copies:
        known = Sketches(sketches, linking_version(), fresh=fresh)
        rows = _rows_of_texts(parts, failed, documents, texts, recipe)
        links = _link_texts(rows, len(texts), scratch / _LINKING, documents.facts.only(texts), known)
    return _linked(for_all_copies(links, first_of, documents.facts), documents)


@dataclass(frozen=True, slots=True)
class _Documents:
    """All documents in order of publication; ``numbers``: of each in the order of the parts its place in that."""

    ids: NDArray[np.bytes_]
    digests: NDArray[np.bytes_]
    facts: Facts
    numbers: NDArray[np.int64]

    @classmethod
    def read(cls, parts: Sequence[Path], failed: frozenset[str]) -> _Documents:
        known: dict[str, int] = {}
        found = [np.empty(0, _ROW)]
        for batch in _batches(parts, _COLUMNS):
            rows = [_row(row, known) for row in batch.to_pylist() if row["id"] not in failed]
            found.append(np.array(rows, _ROW))
        every = np.concatenate(found)
        ids, digests, *known_of = (np.ascontiguousarray(every[name]) for name in _ROW.names or ())
        times = known_of[2]
        order = np.lexsort((ids, np.where(times == 0, np.iinfo(np.int64).max, times)))
        numbers = np.empty(len(order), np.int64)
        numbers[order] = np.arange(len(order))
        return cls(ids[order], digests[order], Facts(*known_of).only(order), numbers)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and what its sketch is made of; ``number``: its place by date of publication and id."""

    number: int
    digest: str
    title: str
    may_report: bool
    text: bytes

    def key(self) -> bytes:
        """Of all that the sketch is made of."""
        parts = f"{self.digest} {self.may_report:d} {self.title}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(parts, digest_size=16).digest()

    def sketch(self) -> Sketch:
        """What linking needs of it."""
        return sketch(self.text.decode("utf-8", "surrogatepass"), self.title, may_report=self.may_report)


def _row(row: Mapping[str, Any], known: dict[str, int]) -> tuple[bytes, bytes, int, int, int, bool, int]:
    """A document in numbers; ``known``: the sites so far with theirs."""
    return (
        row["id"].encode(),
        row["text_sha256"][:_DIGEST_CHARS].encode(),
        known.setdefault(row["site"], len(known) + 1) if row["site"] else 0,
        _number(row["url"]) if row["url"] else 0,
        _microseconds(row["published"]),
        "T" not in (row["published_stated"] or ""),
        _microseconds(row["modified"]),
    )


def _microseconds(time: datetime | None) -> int:
    return round(time.timestamp() * 1e6) if time else 0


def _number(address: str) -> int:
    return int.from_bytes(hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


def _rows_of_texts(
    parts: Sequence[Path], failed: frozenset[str], documents: _Documents, texts: NDArray[np.int64], recipe: Recipe
) -> Iterator[_Text]:
    """Of each text the row of the first document that has it."""
    place = np.full(len(documents.ids), -1, np.int64)
    place[texts] = np.arange(len(texts))
    numbers = iter(place[documents.numbers].tolist())
    for batch in _batches(parts, ["id", "text_sha256", "title", "page_kind", "text"]):
        columns = (batch[name].to_pylist() for name in ("id", "text_sha256", "title", "page_kind"))
        for key, digest, title, kind, text in zip(*columns, batch["text"], strict=True):
            if key not in failed and (number := next(numbers)) >= 0:
                may_report = recipe.same_story and kind in _REPORTING
                yield _Text(number, digest, title or "", may_report, text.as_buffer().to_pybytes())


def _link_texts(rows: Iterator[_Text], size: int, scratch: Path, facts: Facts, sketches: Sketches) -> Links:
    """The links of the texts, by their numbers."""
    try:
        linker = Linker(size, scratch)
        for row in rows:
            linker.add(row.number, row.text, sketches.get(row.key(), row.sketch))
        links = linker.finish(facts)
        sketches.save()
        return links
    finally:
        sketches.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _linked(links: Links, documents: _Documents) -> Linked:
    ids = documents.ids.astype(f"U{_ID_CHARS}")
    own = np.arange(len(ids))
    copies, retold = np.flatnonzero(links.kept_for != own), np.flatnonzero(links.stories != own)
    return Linked(
        dict(zip(ids[copies].tolist(), ids[links.kept_for[copies]].tolist(), strict=True)),
        dict(zip(ids[retold].tolist(), ids[links.stories[retold]].tolist(), strict=True)),
        _relations(links.rows, ids, documents.facts),
    )


def _relations(rows: NDArray[np.void], ids: NDArray[np.str_], facts: Facts) -> pa.Table:
    order = facts.order(rows["first"], rows["second"])
    names = np.array([str(relation) for relation in RELATIONS])[rows["relation"]]
    columns = {
        "id": pa.array(ids[rows["first"]], pa.string()),
        "other_id": pa.array(ids[rows["second"]], pa.string()),
        "relation": pa.array(names, pa.string()),
        "direction": pa.array(np.where(order < 0, "forward", "backward"), pa.string(), mask=order == 0),
        "resemblance": pa.array(rows["resemblance"]),
        "containment": pa.array(rows["containment"]),
        "passage_words": pa.array(rows["passage_words"], mask=names == Relation.SAME),
        "similarity": pa.array(rows["similarity"], mask=names != Relation.SAME_STORY),
    }
    table = pa.table(columns).cast(SCHEMAS["relations"])
    return table.sort_by([("id", "ascending"), ("other_id", "ascending")])


def _batches(parts: Sequence[Path], columns: list[str]) -> Iterator[pa.RecordBatch]:
    return (rows for part in parts for rows in read_part(part, "documents").select(columns).to_batches(BATCH_ROWS))
