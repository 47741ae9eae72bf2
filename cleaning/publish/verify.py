"""Is a published snapshot what its manifest says, and do the laws hold in it?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleaning.boilerplate import cut, restore
from cleaning.counted import counted
from cleaning.publish.manifest import Manifest, hash_file, read_manifest
from cleaning.publish.read import as_removals, removals_at_hand
from cleaning.publish.scan import count_rows, scan_table
from cleaning.publish.schema import SCHEMA_VERSION, SCHEMAS

_COPIES = pa.array(["same", "near_copy", "revision"])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; ``fault`` is None where it holds."""

    check: str
    fault: str | None = None


def verify_snapshot(snapshot: Path, scratch: Path | None = None) -> tuple[Finding, ...]:
    """Every check with its outcome; stops after the manifest and checksums where those fail.

    ``scratch``: a folder for a file as large as the removals; that of the system's temporary files if None.

    Raises:
        BrokenSnapshot: the manifest is missing or cannot be read.
    """
    manifest = read_manifest(snapshot)
    findings = [*_files(snapshot, manifest), _counts(manifest)]
    if any(finding.fault for finding in findings):
        return tuple(findings)
    findings += [*_schemas(snapshot, manifest), *_rows(snapshot, manifest)]
    if not any(finding.fault for finding in findings):
        findings += [_texts(snapshot, scratch), _links(snapshot)]
    return tuple(findings)


def _files(snapshot: Path, manifest: Manifest) -> Iterator[Finding]:
    named = {file.path for file in manifest.files}
    missing = sorted(name for name in named if not (snapshot / name).is_file())
    yield Finding("every file is there", f"missing: {', '.join(missing[:5])}" if missing else None)
    damaged = [
        file.path
        for file in manifest.files
        if file.path not in missing and hash_file(snapshot / file.path) != file.sha256
    ]
    yield Finding(
        f"checksums of {counted(len(manifest.files), 'file')}",
        f"changed since published: {', '.join(damaged[:5])}" if damaged else None,
    )
    there = {path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*.parquet")}
    extra = sorted(there - named)
    yield Finding(
        "no table file beside those of the manifest", f"not in the manifest: {', '.join(extra[:5])}" if extra else None
    )


def _counts(manifest: Manifest) -> Finding:
    c = manifest.counts
    sources, documents = counted(c.sources, "source"), counted(c.documents, "document")
    total = f"{sources} = {documents} + {c.quarantined:,} quarantined + {c.skipped:,} skipped"
    return Finding(f"the counts add up: {total}", None if c.add_up else "they do not")


def _schemas(snapshot: Path, manifest: Manifest) -> Iterator[Finding]:
    if manifest.schema_version != SCHEMA_VERSION:
        yield Finding(
            f"schema version {SCHEMA_VERSION}",
            f"the snapshot has {manifest.schema_version}; run again to publish the new one",
        )
        return
    for name, schema in SCHEMAS.items():
        wrong = [
            path.name
            for path in sorted((snapshot / name).glob("*.parquet"))
            if not pq.read_schema(path).remove_metadata().equals(schema.remove_metadata(), check_metadata=False)
        ]
        yield Finding(f"schema of {name}", f"differs in {', '.join(wrong)}" if wrong else None)


def _rows(snapshot: Path, manifest: Manifest) -> Iterator[Finding]:
    c = manifest.counts
    expected = {
        "documents": c.documents,
        "removals": c.removals,
        "relations": c.relations,
        "quarantine": c.quarantined,
        "templates": c.templates,
    }
    sources = files = 0
    for rows in scan_table(snapshot, "sources", ["outcome", "container"]):
        sources += pc.sum(pc.not_equal(rows["outcome"].cast(pa.string()), "container")).as_py() or 0
        files += rows["container"].null_count
    yield Finding(counted(c.sources, "source"), None if sources == c.sources else counted(sources, "row"))
    yield Finding(counted(c.files, "file"), None if files == c.files else counted(files, "row"))
    for name, rows in expected.items():
        found = count_rows(snapshot, name)
        yield Finding(f"{counted(rows, 'row')} of {name}", None if found == rows else counted(found, "row"))


def _texts(snapshot: Path, scratch: Path | None) -> Finding:
    """Digests match the texts, and what was removed goes back in and comes out again."""
    checked = 0
    columns = ["id", "text", "text_sha256", "n_chars", "removed_chars"]
    with removals_at_hand(snapshot, scratch) as removals_of:
        for batch in scan_table(snapshot, "documents", columns):
            documents = batch.to_pylist()
            removals = removals_of([row["id"] for row in documents])
            for row in documents:
                fault = _text_fault(row, removals.get(row["id"], []))
                if fault:
                    return Finding("texts and removals", f"document {row['id']}: {fault}")
                checked += 1
    return Finding(f"the laws of cutting hold in {counted(checked, 'document')}")


def _links(snapshot: Path) -> Finding:
    """Copies name a document of their story that is kept, and are related to it; relations are of two documents."""
    stories = _stories(snapshot)
    pairs: list[pa.Array] = []
    check = f"{counted(len(stories), 'document')}: copies are of what is kept, relations of documents that are there"
    everyone = pa.array(stories, pa.string())
    for rows in scan_table(snapshot, "relations", ["id", "other_id", "relation"]):
        for name in ("id", "other_id"):
            if not pc.all(pc.is_in(rows[name], value_set=everyone)).as_py():
                return Finding(check, f"{name} of a relation is no document")
        if pc.any(pc.equal(rows["id"], rows["other_id"])).as_py():
            return Finding(check, "a document is related to itself")
        told = rows.filter(pc.equal(rows["relation"].cast(pa.string()), "same_story"))
        for one, other in zip(told["id"].to_pylist(), told["other_id"].to_pylist(), strict=True):
            if stories[one][0] != stories[other][0]:
                return Finding(check, f"documents {one} and {other} tell one story and have two")
        are_copies = pc.is_in(rows["relation"].cast(pa.string()), value_set=_COPIES)
        copies = rows.filter(are_copies)
        pairs.append(pc.binary_join_element_wise(copies["id"], copies["other_id"], ""))
    related = pa.chunked_array(pairs, pa.string())
    for rows in scan_table(snapshot, "documents", ["id", "duplicate_of", "story_id"]):
        if not pc.all(pc.is_in(rows["story_id"], value_set=everyone)).as_py():
            return Finding(check, "a story_id is no document")
        own = rows.filter(pc.is_valid(rows["duplicate_of"]))
        names = pc.binary_join_element_wise(own["id"], own["duplicate_of"], "")
        are_related = pc.is_in(names, value_set=related).to_pylist()
        for row, is_related in zip(own.to_pylist(), are_related, strict=True):
            kept = stories.get(row["duplicate_of"])
            if kept is None or kept[1]:
                return Finding(check, f"document {row['id']} is a copy of one that is not kept")
            if kept[0] != row["story_id"]:
                return Finding(check, f"document {row['id']} is a copy of one in another story")
            if not is_related:
                return Finding(check, f"document {row['id']}: its relation to {row['duplicate_of']} is missing")
    return Finding(check)


def _stories(snapshot: Path) -> dict[str, tuple[str, bool]]:
    """Of each document its story, and whether it is a copy."""
    columns = ["id", "story_id", "duplicate_of"]
    batches = (rows.to_pylist() for rows in scan_table(snapshot, "documents", columns))
    return {row["id"]: (row["story_id"], row["duplicate_of"] is not None) for rows in batches for row in rows}


def _text_fault(row: dict[str, object], rows: list[dict[str, object]]) -> str | None:
    text = str(row["text"])
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["text_sha256"]:
        return "text_sha256 is not the digest of the text"
    if len(text) != row["n_chars"]:
        return f"n_chars is {row['n_chars']}, the text has {len(text)}"
    removals = as_removals(rows)
    gone = [removal for removal in removals if removal.action != "flagged"]
    if sum(len(removal.text) for removal in gone) != row["removed_chars"]:
        return "removed_chars is not the length of what was removed"
    if any(left.end > right.start for left, right in pairwise(gone)):
        return "removals overlap"
    source = restore(text, removals)
    if cut(source, removals) != text or any(source[r.start : r.end] != r.text for r in removals):
        return "the removals do not go back into the text where they say"
    return None
