"""Which files a run reads: every file under its inputs, each at one logical address."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaning.errors import BadCall
from cleaning.ingest.read import SUFFIXES
from cleaning.records import Reason, Rejection, Skip, Source, Stage


@dataclass(frozen=True, slots=True)
class Input:
    """A folder or file to read; ``name`` goes before the addresses of what is in it."""

    path: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies under the inputs: what to read, with its place on disk, and what not and why."""

    sources: tuple[tuple[Source, str], ...]
    rejections: tuple[Rejection, ...]
    skips: tuple[Skip, ...]

    @property
    def total(self) -> int:
        """Every file that was met, each in exactly one of the three."""
        return len(self.sources) + len(self.rejections) + len(self.skips)


def parse_input(argument: str) -> Input:
    """The input that a command-line argument names: ``PATH`` or ``NAME=PATH``.

    Raises:
        BadCall: there is nothing at the path.
    """
    name, sign, rest = argument.partition("=")
    if sign and not os.path.lexists(argument) and "/" not in name and os.sep not in name:
        argument = rest
    else:
        name = ""
    path = Path(argument).expanduser()
    if not path.exists():
        raise BadCall(f"{argument}: no such file or folder. Check the path; inputs are folders or files to clean.")
    return Input(path, name)


def find_sources(inputs: Sequence[str], *, leave_out: Path | None = None) -> Found:
    """Every file under the inputs, sorted by address.

    Hidden files and files that are neither text nor HTML are skipped, with the reason; a file named as
    an input itself is always read. Links to folders are not followed, so that no file is met twice, and
    nothing under ``leave_out`` (the run's own output) is looked at.

    Raises:
        BadCall: an input does not exist, no input holds a file, or two files have the same address.
    """
    if not inputs:
        raise BadCall("no input: name at least one folder or file, for example: cleaning run seeds --out data")
    places: dict[bytes, tuple[Source, str]] = {}
    rejections: dict[bytes, Rejection] = {}
    skips: dict[bytes, Skip] = {}
    for item in map(parse_input, inputs):
        for path, address in _walk(item, leave_out):
            kept = _place(path, address, named=item.path.is_file())
            if isinstance(kept, Source):
                _check_free(places.get(address), path, address)
                places[address] = (kept, os.fsdecode(path))
            elif isinstance(kept, Rejection):
                rejections[address] = kept
            else:
                skips[address] = kept
    if not places and not rejections and not skips:
        raise BadCall(f"{', '.join(inputs)}: no files in there. Check the path: nothing was published or changed.")
    return Found(
        tuple(places[key] for key in sorted(places)),
        tuple(rejections[key] for key in sorted(rejections)),
        tuple(skips[key] for key in sorted(skips)),
    )


def _walk(item: Input, leave_out: Path | None) -> Iterator[tuple[bytes, bytes]]:
    """(path on disk, logical address) of every file of an input, as bytes: names need not be UTF-8."""
    root = os.fsencode(item.path)
    prefix = os.fsencode(item.name) + b"/" if item.name else b""
    if item.path.is_file():
        yield root, prefix + os.path.basename(root)
        return
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(b".") and not _is_same(os.path.join(folder, name), leave_out)
        )
        inner = os.path.relpath(folder, root).replace(os.sep.encode(), b"/")
        for name in sorted(files):
            yield os.path.join(folder, name), prefix + (name if inner == b"." else inner + b"/" + name)


def _is_same(path: bytes, other: Path | None) -> bool:
    return other is not None and other.exists() and os.path.samefile(path, other)


def _place(path: bytes, address: bytes, *, named: bool) -> Source | Rejection | Skip:
    shown = address.decode("utf-8", "backslashreplace")
    source_id = Source(shown, 0, 0, address).id
    try:
        shown.encode("utf-8")
        address.decode("utf-8")
    except UnicodeError:
        detail = "the file's name is not UTF-8; rename it, for example: mv -- \"$(printf '…')\" new-name.txt"
        return Rejection(source_id, shown, Stage.INGEST, Reason.NAME_NOT_UTF8, detail)
    name = shown.rsplit("/", 1)[-1]
    if not named:
        if name.startswith("."):
            return Skip(source_id, shown, "hidden file")
        suffix = os.path.splitext(name)[1].lower()
        if suffix not in SUFFIXES:
            return Skip(source_id, shown, f"not a type that is read: {suffix or 'no suffix'}")
    try:
        status = os.stat(path)
    except OSError as error:
        detail = f"{error.strerror}: the link or file cannot be followed; mend or remove it"
        return Rejection(source_id, shown, Stage.INGEST, Reason.UNREADABLE, detail)
    if not os.path.isfile(path):
        return Skip(source_id, shown, "not a regular file")
    return Source(shown, status.st_size, status.st_mtime_ns, address)


def _check_free(taken: tuple[Source, str] | None, path: bytes, address: bytes) -> None:
    if taken is None or os.path.samefile(taken[1], path):
        return
    shown = os.fsdecode(address)
    raise BadCall(
        f"{taken[1]} and {os.fsdecode(path)} have the same address {shown!r}. Run their common parent folder, "
        f"or give the inputs names: cleaning run first=FOLDER second=FOLDER"
    )
