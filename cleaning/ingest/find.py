"""Which files a run reads: every file under its inputs, each at one logical address."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaning.errors import BadCall
from cleaning.ingest.find_remote import OUTPUT_POINTER, storable_ns, walk_remote
from cleaning.ingest.formats import START_BYTES, why_not_read
from cleaning.ingest.inputs import IGNORE_FILE, Input, RemoteInput, is_ignored, parse_inputs, read_ignored
from cleaning.records import Reason, Rejection, Skip, Source, Stage

Row = Source | Rejection | Skip
# What lies in the folders of an output; of a remote one, and of a copy of that, a file stands for the link.
_OUTPUT_SIGNS = {
    b"published": ((b"snapshots", b"latest"), (b"snapshots", OUTPUT_POINTER.encode())),
    b"work": ((b"staging", b".lock"), (b"staging", b"../published/snapshots")),
}
_PLAIN_SIGNS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._- ")
# Of two rows for one file, the one that says more: a file that a walk skips may be named as an input too.
_RANKS: tuple[type[Row], ...] = (Source, Rejection, Skip)


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies under the inputs: what to read, with its place on disk, and what not and why."""

    sources: tuple[tuple[Source, str], ...]
    rejections: tuple[Rejection, ...]
    skips: tuple[Skip, ...]

    @property
    def total(self) -> int:
        """Every file that was met and every folder that was not entered, each in exactly one of the three."""
        return len(self.sources) + len(self.rejections) + len(self.skips)


def find_sources(inputs: Sequence[str], *, leave_out: Path | None = None, remote_out: str = "") -> Found:
    """Every file under the inputs, sorted by address.

    Hidden files and folders, links to folders, outputs of other runs, files of other types, and what the
    ``.cleaningignore`` of an input names are skipped, with the reason; a file named as an input itself is always read.
    A folder that cannot be listed is a rejection whose source ends in ``/``. Nothing under ``leave_out`` (the run's own
    output) is looked at; where that is an input itself, nothing under its ``published`` and ``work``. ``remote_out``:
    the same of an output that is a remote place.

    Raises:
        BadCall: an input does not exist or cannot be listed, no input holds a file, or two files have the
            same address.
    """
    if not inputs:
        raise BadCall("no input: name at least one folder or file, for example: cleaning run seeds --out data")
    met: dict[bytes, tuple[bytes, Row]] = {}
    own = _own_folders(leave_out)
    for item in parse_inputs(inputs):
        for path, address, row in _rows(item, own, leave_out, remote_out):
            _add(met, path, address, row)
    if all(address.endswith(b"/") and isinstance(row, Skip) for address, (_, row) in met.items()):
        raise BadCall(f"{', '.join(inputs)}: no files in there. Check the path: nothing was published or changed.")
    rows = [met[address] for address in sorted(met)]
    return Found(
        tuple((row, os.fsdecode(path)) for path, row in rows if isinstance(row, Source)),
        tuple(row for _, row in rows if isinstance(row, Rejection)),
        tuple(row for _, row in rows if isinstance(row, Skip)),
    )


def _rows(
    item: Input | RemoteInput, own: frozenset[tuple[int, int]], leave_out: Path | None, remote_out: str
) -> Iterator[tuple[bytes, bytes, Row]]:
    if isinstance(item, RemoteInput):
        for place, row in walk_remote(item, remote_out):
            yield place.encode("utf-8"), row.source.encode("utf-8") if not isinstance(row, Source) else row.address, row
        return
    _check_outside(item.path, leave_out)
    yield from _walk(item, own)


def _walk(item: Input, own: frozenset[tuple[int, int]]) -> Iterator[tuple[bytes, bytes, Row]]:
    """(path on disk, logical address, row) of what an input holds, as bytes: names need not be UTF-8."""
    root = os.fsencode(item.path)
    prefix = os.fsencode(item.name) + b"/" if item.name else b""
    if not os.path.isdir(root):
        address = prefix + os.path.basename(root)
        yield root, address, _file_row(root, address, named=True)
        return
    patterns = read_ignored(root)
    pending = [(root, prefix)]
    while pending:
        folder, inside = pending.pop()
        try:
            entries = _entries(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            if folder == root:
                raise BadCall(
                    f"{item.path}: cannot be listed: {error.strerror}. Make it readable for the user of this run."
                ) from None
            yield folder, inside, _unlisted(inside, error)
            continue
        for entry in entries:
            address = inside + entry.name
            if patterns and is_ignored(_shown(address[len(prefix) :]), patterns):
                address += b"/" if _is_folder(entry) else b""
                yield entry.path, address, Skip(_id(address), _shown(address), f"named in {IGNORE_FILE}")
            elif not _is_folder(entry):
                yield entry.path, address, _file_row(entry.path, address, named=False)
            elif _identity(entry.path) not in own:
                reason = _why_not_entered(entry)
                if reason is None:
                    pending.append((entry.path, address + b"/"))
                else:
                    yield entry.path, address + b"/", Skip(_id(address + b"/"), _shown(address + b"/"), reason)


def _entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    # A folder with read but no execute permission can be listed, and nothing in it can be looked at.
    os.stat(os.path.join(folder, b"."))
    return entries


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _why_not_entered(entry: os.DirEntry[bytes]) -> str | None:
    if entry.name.startswith(b"."):
        return "hidden folder"
    if entry.is_symlink():
        # What it points to is met at its own place, or is not under the inputs.
        return "link to a folder, not followed"
    return "output of a run" if _is_output(entry) else None


def _is_output(entry: os.DirEntry[bytes]) -> bool:
    """Is a folder what some run publishes or works in? Its tables and reports are no raw files."""
    signs = _OUTPUT_SIGNS.get(entry.name, ())
    return any(all(os.path.lexists(os.path.join(entry.path, name)) for name in names) for names in signs)


def _own_folders(out: Path | None) -> frozenset[tuple[int, int]]:
    if out is None:
        return frozenset()
    folders = (_identity(os.fsencode(path)) for path in (out, out / "published", out / "work"))
    return frozenset(identity for identity in folders if identity is not None)


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _check_outside(path: Path, out: Path | None) -> None:
    if out is None:
        return
    place = Path(os.path.realpath(path))
    for part in ("published", "work"):
        if place.is_relative_to(os.path.realpath(out / part)):
            raise BadCall(
                f"{path}: is part of the output of this run, {out / part}. Name the folder with the raw files, "
                "or another folder to publish in."
            )


def _shown(address: bytes) -> str:
    return address.decode("utf-8", "backslashreplace")


def _id(address: bytes) -> str:
    return Source(_shown(address), 0, 0, address).id


def _unlisted(address: bytes, error: OSError) -> Rejection:
    detail = (
        f"{error.strerror}: the folder cannot be read; make it readable for the user of this run, for example with "
        "chmod u+rx, and run again"
    )
    return Rejection(_id(address), _shown(address), Stage.INGEST, Reason.UNREADABLE, detail)


def _for_printf(name: bytes) -> str:
    """The name as printf(1) takes it between single quotes: all but the plainest signs in octal."""
    return "".join(chr(byte) if byte in _PLAIN_SIGNS else f"\\{byte:03o}" for byte in name)


def _file_row(path: bytes, address: bytes, *, named: bool) -> Row:
    shown, source_id = _shown(address), _id(address)
    try:
        address.decode("utf-8")
    except UnicodeError:
        old = f"\"$(printf '{_for_printf(address)}')\""
        detail = f"the file's name is not UTF-8; rename it, for example: mv -- {old} new-name.txt"
        return Rejection(source_id, shown, Stage.INGEST, Reason.NAME_NOT_UTF8, detail)
    name = shown.rsplit("/", 1)[-1]
    if not named:
        reason = why_not_read(name, lambda: _head(path))
        if reason is not None:
            return Skip(source_id, shown, reason)
    try:
        status = os.stat(path)
    except OSError as error:
        detail = f"{error.strerror}: the link or file cannot be followed; mend or remove it"
        return Rejection(source_id, shown, Stage.INGEST, Reason.UNREADABLE, detail)
    if not stat.S_ISREG(status.st_mode):
        return Skip(source_id, shown, "not a regular file")
    return Source(shown, status.st_size, storable_ns(status.st_mtime_ns), address)


def _head(path: bytes) -> bytes:
    """The first bytes of a file, none where it cannot be read."""
    try:
        # Who opens a pipe waits for somebody to write to it.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return b""
        with open(path, "rb") as file:
            return file.read(START_BYTES)
    except OSError:
        return b""


def _add(met: dict[bytes, tuple[bytes, Row]], path: bytes, address: bytes, row: Row) -> None:
    """Notes what is at an address; folders of several inputs, and files that are skipped, may share one."""
    taken = met.setdefault(address, (path, row))
    may_share = address.endswith(b"/") or (isinstance(row, Skip) and isinstance(taken[1], Skip))
    if not may_share and not _is_same_file(taken[0], path):
        raise BadCall(
            f"{os.fsdecode(taken[0])} and {os.fsdecode(path)} have the same address {os.fsdecode(address)!r}. Run "
            "their common parent folder, or give the inputs names: cleaning run first=FOLDER second=FOLDER"
        )
    met[address] = min(taken, (path, row), key=lambda pair: (_RANKS.index(type(pair[1])), pair[0]))


def _is_same_file(one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:
        return _location(one) == _location(other)


def _location(path: bytes) -> bytes:
    """Where a path lies, its own link unfollowed: a broken link is itself and no other."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)
