"""The manifest of a snapshot: what is in it, how it came about, and counts that add up."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cleaning.errors import BrokenSnapshot

MANIFEST = "manifest.json"
_REMEDY = (
    "The snapshot is damaged: `cleaning verify` says what else is, and `cleaning run … --full` makes a whole one from "
    "the inputs"
)


class File(BaseModel):
    """One file of a snapshot."""

    model_config = ConfigDict(frozen=True)

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


class Counts(BaseModel):
    """Sources in = documents + quarantined + skipped. ``files`` hold them; a container holds several.

    Of the files ``new`` are new or changed; ``again`` did not change, and were read for what is in quarantine of them.
    ``anew``: all were read though there was a snapshot before, so that nobody knows which of the new did change.
    """

    model_config = ConfigDict(frozen=True)

    sources: int
    files: int
    documents: int
    quarantined: int
    skipped: int
    removals: int
    relations: int
    templates: int
    new: int
    # Manifests of before have neither: there these were among the new.
    again: int = 0
    anew: bool = False
    unchanged: int
    gone: int

    @property
    def changes(self) -> str:
        """What became of the files since the snapshot before, in words."""
        if self.anew:
            others = f", {self.unchanged:,} that cannot be reached stay as they were" if self.unchanged else ""
            return f"all {self.new:,} cleaned anew, for another recipe, suite or version or for --full{others}"
        again = f"{self.again:,} tried again from quarantine, " if self.again else ""
        return f"{self.new:,} new or changed, {again}{self.unchanged:,} unchanged, {self.gone:,} gone"

    @property
    def add_up(self) -> bool:
        """Is every source in exactly one of the three?"""
        return self.sources == self.documents + self.quarantined + self.skipped


class Manifest(BaseModel):
    """Everything that identifies a snapshot."""

    model_config = ConfigDict(frozen=True)

    snapshot: str
    created_at: datetime
    previous: str | None
    schema_version: str
    rules_version: str
    engine: str
    inputs: tuple[str, ...]
    recipe: dict[str, Any]
    versions: dict[str, str]
    counts: Counts
    check: dict[str, Any]
    files: tuple[File, ...]


def describe_files(folder: Path, rows: dict[str, int]) -> tuple[File, ...]:
    """Every file under a folder but the manifest, with its size and SHA-256, sorted by path."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            name = path.relative_to(folder).as_posix()
            found.append(File(path=name, bytes=path.stat().st_size, sha256=hash_file(path), rows=rows.get(name)))
    return tuple(found)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes ``manifest.json``."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot.

    Raises:
        BrokenSnapshot: it is missing or not a manifest.
    """
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenSnapshot(f"{path}: missing, so this is no snapshot or only a part of one. {_REMEDY}.") from None
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise BrokenSnapshot(f"{path}: not a manifest: {str(error).splitlines()[0]}. {_REMEDY}.") from None


def check_files(folder: Path) -> Manifest:
    """The manifest of a snapshot of which every file is there in its size; what is in them is left to ``verify``.

    Raises:
        BrokenSnapshot: one is not, or the manifest is none.
    """
    manifest = read_manifest(folder)
    for file in manifest.files:
        path = folder / file.path
        try:
            size = path.stat().st_size
        except OSError as error:
            raise BrokenSnapshot(f"{path}: cannot be read ({error.strerror}). {_REMEDY}.") from None
        if size != file.bytes:
            raise BrokenSnapshot(f"{path}: has {size:,} bytes; {file.bytes:,} were published. {_REMEDY}.")
    return manifest
