"""The folder on this machine that stands for a remote output: where runs into it work, and what commands read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock
from pydantic import ValidationError

from cleaning.errors import BadCall, BrokenSnapshot
from cleaning.publish.manifest import MANIFEST, File, Manifest, hash_file, read_manifest
from cleaning.publish.snapshot import latest_snapshot, published_folder
from flows.files import read_json, write_json
from flows.pointer import Pointer, is_plain_name
from flows.remote import RemoteOutput
from flows.settings import output_of

_NOTE = "remote.json"
_VIEW = "view"


def note_of(out: Path) -> tuple[str, str]:
    """(remote address, snapshot that this folder began with) of an output; empty where it is on this machine."""
    try:
        note = read_json(out / "work" / _NOTE)
        return str(note["address"]), str(note["base"] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def begin_from(remote: RemoteOutput, out: Path, keep: int) -> Pointer | None:
    """Makes the folder what the remote place is, for a run to go on from; returns the pointer there.

    A snapshot that a killed run had finished here, and that still follows on what is published, is published first.
    The caller holds the lock on the folder.

    Raises:
        BrokenSnapshot: what is published remotely is not whole.
        PublishedMeanwhile: another run published while this went on.
    """
    pointer = remote.read_pointer()
    address, base = note_of(out)
    left = _finished(out)
    published = pointer.snapshot if pointer else ""
    if left is not None and address == remote.address and left.name != base == published:
        pointer = remote.push(left, pointer, keep)
    if pointer is None:
        remote.check_can_be_written()
    else:
        mirror(remote, pointer.snapshot, out)
    _keep_only(out, {pointer.snapshot} if pointer else set())
    _point(out, pointer.snapshot if pointer else None)
    write_json(out / "work" / _NOTE, {"address": remote.address, "base": pointer.snapshot if pointer else None})
    return pointer


def mirror(remote: RemoteOutput, snapshot: str, out: Path, *, near: Iterable[Path] = ()) -> Path:
    """A snapshot with all its files on this machine; those that are there are not fetched again.

    ``near``: folders of snapshots on this machine that may hold the same files.

    Raises:
        BrokenSnapshot: a file is not what the manifest says.
    """
    folder = published_folder(out) / "snapshots" / snapshot
    told, files = _manifest_of(remote, snapshot)
    known = _files_of(near)
    wanted: list[tuple[File, Path]] = []
    for file in files:
        path = folder / file.path
        if path.is_file() and path.stat().st_size == file.bytes:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.sha256 not in known or not _link(known[file.sha256], path):
            wanted.append((file, path.with_name(f".{path.name}.partial")))
    remote.download(snapshot, wanted)
    for file, partial in wanted:
        if hash_file(partial) != file.sha256:
            raise BrokenSnapshot(f"{remote.address}: {snapshot}/{file.path} is not what its manifest says")
        # Later runs go by its size: what a power cut leaves of it must not have that.
        with partial.open("rb") as file_on_disk:
            os.fsync(file_on_disk.fileno())
        os.replace(partial, folder / file.path)
    _write_whole(folder / MANIFEST, told)
    return folder


def open_view(data: str | os.PathLike[str]) -> Path:
    """The folder that stands for an output: itself, or a copy of the published snapshot of a remote one.

    Of the other remote snapshots only the manifests are there; ``fetch_whole`` brings the rest.

    Raises:
        BadCall: it cannot be reached.
        BrokenSnapshot: what is published remotely is not whole.
    """
    address, work = output_of(data)
    if not address:
        return work
    remote, out = RemoteOutput(address), work / _VIEW
    pointer = remote.read_pointer()
    if pointer is None:
        raise BadCall(f"{address}: nothing is published there yet. Run: cleaning run INPUT --out {address}")
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        mirror(remote, pointer.snapshot, out, near=[work])
        for name in pointer.kept:
            manifest = published_folder(out) / "snapshots" / name / MANIFEST
            if not manifest.exists():
                manifest.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(manifest, remote.read_manifest_of(name))
        _keep_only(out, set(pointer.kept))
        _point(out, pointer.snapshot)
    return out


def snapshot_of(data: str | os.PathLike[str]) -> Path:
    """The snapshot that is named: a folder that is one, or what is published in a folder or a remote place.

    Raises:
        BadCall: nothing is published there, or it cannot be reached.
        BrokenSnapshot: what is published is not whole.
    """
    address, folder = output_of(data)
    if not address and (folder / MANIFEST).is_file():
        return folder.resolve()
    snapshot = latest_snapshot(open_view(data))
    if snapshot is None:
        raise BadCall(f"{data}: nothing is published there yet. Run cleaning run INPUT --out {data}, or name --data.")
    return snapshot


def fetch_whole(data: str | os.PathLike[str], snapshot: Path) -> Path:
    """The snapshot of ``open_view`` with all its files."""
    address, work = output_of(data)
    if address:
        with FileLock(work / _VIEW / ".lock"):
            mirror(RemoteOutput(address), snapshot.name, work / _VIEW, near=[work, work / _VIEW])
    return snapshot


def fetch_anew(address: str, snapshot: str, folder: Path) -> Path:
    """The snapshot as the store has it now, file by file into ``folder``, whatever the manifest says of them."""
    remote = RemoteOutput(address)
    target = folder / snapshot
    told, files = _manifest_of(remote, snapshot)
    wanted = [(file, target / file.path) for file in files]
    for _, path in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
    remote.download(snapshot, wanted)
    _write_whole(target / MANIFEST, told)
    return target


def _manifest_of(remote: RemoteOutput, snapshot: str) -> tuple[bytes, tuple[File, ...]]:
    told = remote.read_manifest_of(snapshot)
    try:
        files = Manifest.model_validate_json(told).files
    except ValidationError as error:
        first = str(error).splitlines()[0]
        raise BrokenSnapshot(f"{remote.address}: {snapshot} has a manifest that is none: {first}") from None
    strange = [file.path for file in files if not is_plain_name(file.path)]
    if strange:
        raise BrokenSnapshot(f"{remote.address}: {snapshot} names a file that is not in it: {strange[0]}")
    return told, files


def _finished(out: Path) -> Path | None:
    """The snapshot that was published last in this folder, if it is whole."""
    try:
        latest = latest_snapshot(out)
        if latest is None or not all((latest / file.path).is_file() for file in read_manifest(latest).files):
            return None
    except BrokenSnapshot:
        return None
    return latest


def _files_of(outs: Iterable[Path]) -> dict[str, Path]:
    """Files of the snapshots on this machine, by digest."""
    found: dict[str, Path] = {}
    for out in outs:
        for manifest in (published_folder(out) / "snapshots").glob(f"*/{MANIFEST}"):
            with suppress(BrokenSnapshot):
                for file in read_manifest(manifest.parent).files:
                    path = manifest.parent / file.path
                    if path.is_file() and path.stat().st_size == file.bytes:
                        found[file.sha256] = path
    return found


def _link(known: Path, path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
        os.link(known, path)
    except OSError:
        return False
    return True


def _keep_only(out: Path, names: set[str]) -> None:
    folder = published_folder(out) / "snapshots"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)


def _point(out: Path, snapshot: str | None) -> None:
    link = published_folder(out) / "latest"
    if snapshot is None:
        link.unlink(missing_ok=True)
        return
    fresh = link.with_name(".latest-mirrored")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("snapshots") / snapshot, target_is_directory=True)
    os.replace(fresh, link)


def _write_whole(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(data)
    os.replace(partial, path)
