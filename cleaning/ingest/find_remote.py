"""Which objects of a remote place a run reads: those under its address, or those that fit its pattern."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from cleaning.errors import BadCall
from cleaning.ingest.formats import why_not_read
from cleaning.ingest.inputs import IGNORE_FILE, RemoteInput, is_ignored, parse_ignored
from cleaning.ingest.places import WEB, filesystem_of, telling, without_credentials
from cleaning.records import Reason, Rejection, Skip, Source, Stage

# What a run writes last, in the folder "published" of a remote output.
OUTPUT_POINTER = "latest.json"
_PATTERN = frozenset("*?[")
_POINTED = f"/published/{OUTPUT_POINTER}"
_SECOND_NS = 1_000_000_000
_INT64_MAX = 2**63 - 1
_TIMES = ("LastModified", "mtime", "modified", "updated", "Last-Modified", "last_modified", "created")
_VERSIONS = ("ETag", "etag", "generation", "md5Hash", "content_md5")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A remote folder, or the files that fit a pattern: details by address.

    ``root``: what the input's name stands for. ``top``: the folder that was entered, None where files were named
    one by one, which are read whatever they are called. ``patterns``: of its ignore file.
    """

    files: Mapping[str, Mapping[str, Any]]
    root: str
    top: str | None = None
    patterns: tuple[str, ...] = ()


def walk_remote(item: RemoteInput, out: str = "") -> Iterator[tuple[str, Source | Rejection | Skip]]:
    """(address, row) of the objects that an input holds; nothing of ``out``, the run's own output.

    Raises:
        BadCall: there is nothing at the address, or it cannot be listed.
    """
    if out and f"{item.address}/".startswith(f"{out}/published/"):
        raise BadCall(f"{item.address}: is part of the output of this run. Name the folder with the raw files.")
    own = f"{out}/published/" if f"{item.address}/".startswith(f"{out}/") else f"{out}/"
    system, path = filesystem_of(item.address)
    with telling(item.address):
        folders = list(_list(system, path, item.address))
    skipped: set[str] = set()
    for folder in folders:
        outputs = tuple(place[: -len(OUTPUT_POINTER)] for place in folder.files if place.endswith(_POINTED))
        for place, details in sorted(folder.files.items()):
            inside = place[len(folder.root) :].lstrip("/")
            if not inside or (out and place.startswith(own)):
                continue
            address = f"{item.name}/{inside}" if item.name else place
            skip = None if folder.top is None else _skip(place[len(folder.top) + 1 :], address, folder.patterns)
            if folder.top is not None and place.startswith(outputs):
                output = next(output for output in outputs if place.startswith(output))
                skip = _skipped(address[: len(address) - len(place) + len(output)], "output of a run")
            if skip is None:
                yield place, _row(address, details)
            elif skip.source not in skipped:
                skipped.add(skip.source)
                yield place, skip


def _list(system: Any, path: str, address: str) -> Iterator[_Folder]:
    try:
        details = system.info(path)
    except FileNotFoundError:
        details = None
    if details is not None and details["type"] != "directory":
        place = _place(system, path)
        yield _Folder({place: details}, place.rpartition("/")[0])
    elif details is not None:
        yield _folder(system, path, _place(system, path))
    elif _PATTERN & set(path):
        yield from _match(system, path, address)
    else:
        raise FileNotFoundError(address)


def _folder(system: Any, path: str, root: str) -> _Folder:
    found = system.find(path, detail=True)
    ignored = f"{path}/{IGNORE_FILE}"
    patterns = parse_ignored(system.cat_file(ignored)) if ignored in found else ()
    return _Folder(_files(system, found), root, _place(system, path), patterns)


def _files(system: Any, found: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    # Stores keep empty objects whose names end in a slash as marks of folders.
    is_file = {name: details["type"] != "directory" and not name.endswith("/") for name, details in found.items()}
    return {_place(system, name): details for name, details in found.items() if is_file[name]}


def _place(system: Any, name: str) -> str:
    """The address of what a file system calls so; a name in a store is no address that a person wrote."""
    address = str(system.unstrip_protocol(name))
    return without_credentials(address) if address.startswith(WEB) else address


def _match(system: Any, path: str, address: str) -> Iterator[_Folder]:
    """What fits a pattern; ``**`` stands for folders in folders."""
    found = system.glob(path, detail=True)
    if not found:
        raise BadCall(f"{address}: no file or folder fits. Check the pattern, and put it in quotes.")
    first = min(position for sign in _PATTERN if (position := path.find(sign)) >= 0)
    root = _place(system, path[:first].rpartition("/")[0])
    files = _files(system, found)
    yield _Folder(files, root)
    # "**" yields folders and what is in them: the files are enough.
    if not files or "**" not in path:
        for name in sorted(name for name, details in found.items() if details["type"] == "directory"):
            yield _folder(system, name.rstrip("/"), root)


def _skip(inside: str, address: str, patterns: Sequence[str]) -> Skip | None:
    """Why a file, or the first folder above it that is not entered, is left alone."""
    parts = inside.split("/")
    base = address[: len(address) - len(inside)]
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        if is_ignored(folder, patterns):
            return _skipped(f"{base}{folder}/", f"named in {IGNORE_FILE}")
        if parts[depth - 1].startswith("."):
            return _skipped(f"{base}{folder}/", "hidden folder")
    if is_ignored(inside, patterns):
        return _skipped(address, f"named in {IGNORE_FILE}")
    reason = why_not_read(parts[-1])
    return None if reason is None else _skipped(address, reason)


def _skipped(address: str, reason: str) -> Skip:
    return Skip(Source(address, 0, 0).id, address, reason)


def _row(address: str, details: Mapping[str, Any]) -> Source | Rejection:
    try:
        raw = address.encode("utf-8")
    except UnicodeEncodeError:
        shown = address.encode("utf-8", "backslashreplace").decode("utf-8")
        detail = "the object's name is not UTF-8; give it another name"
        return Rejection(Source(shown, 0, 0).id, shown, Stage.INGEST, Reason.NAME_NOT_UTF8, detail)
    return Source(address, details.get("size"), storable_ns(_modified_ns(details)), raw)


def storable_ns(time_ns: int) -> int:
    """The time, or the first or last of those that a column of nanoseconds can hold, which end in 2262.

    >>> storable_ns(10_413_792_000_000_000_000)
    9223372036854775807
    """
    return max(-_INT64_MAX, min(time_ns, _INT64_MAX))


def _modified_ns(details: Mapping[str, Any]) -> int:
    """When an object was written, in nanoseconds since 1970.

    Stores tell whole seconds, in which an object may be written twice. What is below the second is made from the
    store's own mark of the content, where it has one.
    """
    found = next((value for name in _TIMES if (value := details.get(name)) is not None), None)
    written = _nanoseconds(found)
    mark = next((str(value) for name in _VERSIONS if (value := details.get(name))), None)
    if mark is None:
        # Where a store tells nothing, whatever is there counts as new.
        return written or time.time_ns()
    digest = int.from_bytes(hashlib.sha256(mark.encode()).digest()[:8], "big")
    return written // _SECOND_NS * _SECOND_NS + digest % _SECOND_NS


def _nanoseconds(value: object) -> int:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            try:
                value = parsedate_to_datetime(str(value))
            except ValueError:
                return 0
    if isinstance(value, datetime):
        return round(value.timestamp() * 1_000_000) * 1_000
    return round(value * _SECOND_NS) if isinstance(value, int | float) else 0
