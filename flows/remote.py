"""A corpus in an S3 bucket: snapshots that are whole or absent, made visible by one conditional write.

<address>/published/latest.json       names the published snapshot, and those that are kept
<address>/published/snapshots/<id>/   documents/ removals/ … manifest.json

Objects of a snapshot never change. Readers follow ``latest.json``; it is written last, and only if it still is what
the run began with (``If-Match``), so of two runs from one beginning the second is refused.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from cleaning.errors import BadCall, BrokenSnapshot
from cleaning.ingest.places import filesystem_of, telling
from cleaning.publish.manifest import MANIFEST, File, Manifest, read_manifest
from flows.pointer import POINTER, SNAPSHOTS, Pointer, PublishedMeanwhile, is_plain_name

# In memory at once: so many files, of each two pieces.
_TRANSFERS, _PIECE_BYTES, _PIECES = 4, 16 << 20, 2
_WRITES = 3


def check_address(address: str) -> None:
    """Refuse a place that cannot be published in.

    Raises:
        BadCall: it is not in an S3 bucket, or what writes there is not installed.
    """
    if not re.match("s3://[^/]", address):
        raise BadCall(f"{address}: data are published in a folder on this machine or in an S3 bucket (s3://…).")
    filesystem_of(address)


class RemoteOutput:
    """A place in an S3 bucket that runs publish in.

    Its methods raise BadCall where the store says no.
    """

    def __init__(self, address: str) -> None:
        check_address(address)
        self.address = address
        self._system, self._root = filesystem_of(address)

    def read_pointer(self) -> Pointer | None:
        """What is published; None before the first run.

        Raises:
            BrokenSnapshot: ``latest.json`` cannot be understood.
        """
        with telling(self.address):
            try:
                data, etag, _ = self._get(POINTER)
            except FileNotFoundError:
                return None
        try:
            told = json.loads(data)
            found = Pointer(str(told["snapshot"]), tuple(map(str, told["kept"])), etag)
            if not all(map(is_plain_name, (found.snapshot, *found.kept))):
                raise ValueError
            return found
        except (ValueError, KeyError, TypeError):
            raise BrokenSnapshot(f"{self.address}/{POINTER}: is not what a run wrote; mend or remove it") from None

    def read_manifest_of(self, snapshot: str) -> bytes:
        """The bytes of a snapshot's manifest.

        Raises:
            BrokenSnapshot: it is not there.
        """
        with telling(self.address):
            try:
                return self._get(f"{SNAPSHOTS}/{snapshot}/{MANIFEST}")[0]
            except FileNotFoundError:
                raise BrokenSnapshot(f"{self.address}: {snapshot} has no manifest; it is not whole") from None

    def download(self, snapshot: str, files: Iterable[tuple[File, Path]]) -> None:
        """Fetches files of a snapshot, each to its path, where nothing is checked yet."""

        def fetch(wanted: tuple[File, Path]) -> None:
            source, target = self._key(snapshot, wanted[0].path), str(wanted[1])
            self._system.get_file(source, target, chunksize=_PIECE_BYTES, max_concurrency=_PIECES)

        with telling(self.address):
            _at_once(fetch, files)

    def push(self, folder: Path, base: Pointer | None, keep: int) -> Pointer:
        """Publishes a whole snapshot of this machine: its files, its manifest, then the pointer.

        Files that the snapshot before has too are copied inside the store. What an earlier try has uploaded is not
        uploaded again.

        Raises:
            PublishedMeanwhile: the pointer is not ``base`` any more; nothing was published.
        """
        manifest = read_manifest(folder)
        with telling(self.address):
            self._upload(folder, manifest, base)
            self._system.put_file(str(folder / MANIFEST), self._key(folder.name, MANIFEST))
        before = base or Pointer("", ())
        try:
            written = self.move_pointer(before.moved_to(folder.name, keep), base)
        except PublishedMeanwhile:
            found = self.read_pointer()
            if found is not None and folder.name in found.kept:
                return found  # it was written, the answer was lost, and another run went on from it
            with suppress(Exception):  # it is of no use to anyone, and a later run would clear it away
                self._delete(folder.name)
            raise
        self.clear(written, set(before.kept) - set(written.kept))
        return written

    def move_pointer(self, wanted: Pointer, base: Pointer | None) -> Pointer:
        """Writes the pointer if it still is ``base``; returns it with its version.

        Raises:
            PublishedMeanwhile: it is another one.
        """
        condition = {"IfMatch": base.etag} if base else {"IfNoneMatch": "*"}
        data = wanted.as_bytes()
        for attempt in range(1, _WRITES + 1):
            try:
                self._put(POINTER, data, condition)
            except Exception as error:
                found = self.read_pointer()
                if found is not None and (found.snapshot, found.kept) == (wanted.snapshot, wanted.kept):
                    return found  # it was written, and the answer was lost
                if (found.etag if found else None) != (base.etag if base else None):
                    raise PublishedMeanwhile.at(self.address) from None
                if attempt == _WRITES:
                    with telling(self.address):
                        raise error
            else:
                break
        found = self.read_pointer()
        # Another run may have gone on from here already: then what it keeps counts.
        return found if found is not None else wanted

    def clear(self, pointer: Pointer, dropped: Iterable[str] = ()) -> None:
        """Deletes the snapshots that are ``dropped``, and what uploads that never came to their end have left.

        An upload that is older than the pointer began from another one and will be refused. Times are the store's.
        """
        with telling(self.address):
            _, etag, written_at = self._get(POINTER)
            if etag != pointer.etag:
                return  # another run published meanwhile: what may go is for it to say
            newest: dict[str, datetime] = {}
            for key, details in self._list(SNAPSHOTS).items():
                name = key.split("/", 1)[0]
                newest[name] = max(newest.get(name, details["LastModified"]), details["LastModified"])
            for name in sorted(newest):
                if name in pointer.kept or not (name in dropped or newest[name] < written_at):
                    continue
                if self._get(POINTER)[1] != pointer.etag:
                    return
                self._delete(name)

    def _upload(self, folder: Path, manifest: Manifest, base: Pointer | None) -> None:
        known: dict[str, str] = {}
        if base is not None:
            files = Manifest.model_validate_json(self.read_manifest_of(base.snapshot)).files
            known = {file.sha256: self._key(base.snapshot, file.path) for file in files}
        place = f"{SNAPSHOTS}/{folder.name}"
        there = {name: details["size"] for name, details in self._list(place).items()}

        def send(file: File) -> None:
            target = self._key(folder.name, file.path)
            if file.sha256 in known:
                with suppress(FileNotFoundError):
                    self._system.cp_file(known[file.sha256], target)
                    return
            path = str(folder / file.path)
            self._system.put_file(path, target, chunksize=_PIECE_BYTES, max_concurrency=_PIECES)

        _at_once(send, [file for file in manifest.files if there.get(file.path) != file.bytes])
        there = {name: details["size"] for name, details in self._list(place).items()}
        missing = [file.path for file in manifest.files if there.get(file.path) != file.bytes]
        if missing and self.read_pointer() != base:
            raise PublishedMeanwhile.at(self.address)
        if missing:
            raise BrokenSnapshot(f"{self.address}: not whole after the upload: {', '.join(missing[:5])}; run again")

    def check_can_be_written(self) -> None:
        """Refuse a store that cannot be written, or that overwrites whatever the condition.

        In the latter two runs could undo each other unseen.

        Raises:
            BadCall: this is one of them.
        """
        probe = f"published/.condition-{secrets.token_hex(8)}"
        with telling(self.address):
            self._put(probe, b"", {})
            held = 0
            for condition in ({"IfNoneMatch": "*"}, {"IfMatch": '"0123456789abcdef0123456789abcdef"'}):
                try:
                    self._put(probe, b"", condition)
                except OSError as error:
                    held += _is_refusal(error)
            self._system.rm_file(f"{self._root}/{probe}")
        if held < 2:
            raise BadCall(
                f"{self.address}: this store does not keep conditions on writes (If-Match, If-None-Match): runs could "
                "undo each other. Publish in a folder on this machine and copy that."
            )

    def _delete(self, snapshot: str) -> None:
        # Without its manifest it is no snapshot any more, whatever happens on the way.
        with suppress(FileNotFoundError):
            self._system.rm_file(self._key(snapshot, MANIFEST))
        with suppress(FileNotFoundError):
            self._system.rm(f"{self._root}/{SNAPSHOTS}/{snapshot}", recursive=True)

    def _list(self, folder: str) -> Mapping[str, Mapping[str, Any]]:
        """Details of the objects in a folder, by their names in it."""
        path = f"{self._root}/{folder}"
        try:
            found = self._system.find(path, detail=True)
        except FileNotFoundError:
            return {}
        return {name[len(path) + 1 :]: details for name, details in found.items()}

    def _key(self, snapshot: str, name: str) -> str:
        return f"{self._root}/{SNAPSHOTS}/{snapshot}/{name}"

    def _get(self, name: str) -> tuple[bytes, str, datetime]:
        """The bytes of an object, their version and their time, which belong together."""
        from fsspec.asyn import sync

        bucket, _, key = f"{self._root}/{name}".partition("/")

        async def get() -> tuple[bytes, str, datetime]:
            answer = await self._system._call_s3("get_object", Bucket=bucket, Key=key)
            async with answer["Body"] as body:
                return await body.read(), answer["ETag"], answer["LastModified"]

        found: tuple[bytes, str, datetime] = sync(self._system.loop, get)
        return found

    def _put(self, name: str, data: bytes, condition: Mapping[str, str]) -> None:
        bucket, _, key = f"{self._root}/{name}".partition("/")
        kind = {"ContentType": "application/json"}
        self._system.call_s3("put_object", Bucket=bucket, Key=key, Body=data, **kind, **condition)


def _is_refusal(error: OSError) -> bool:
    """Did the store refuse a write for its condition (412, or 409 where another one was under way)?"""
    answer: Any = getattr(error.__cause__, "response", None) or {}
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if status is not None:
        return status in (409, 412)
    return "condition" in str(error).lower()


def _at_once(call: Callable[[Any], None], items: Iterable[Any]) -> None:
    """Calls for all items, several at a time; the first error ends it."""
    with ThreadPoolExecutor(_TRANSFERS) as threads:
        futures = [threads.submit(call, item) for item in items]
        try:
            for future in futures:
                future.result()
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise


def drop_old(remote: RemoteOutput, keep: int) -> Sequence[str]:
    """Deletes all but the ``keep`` newest published snapshots; returns their names.

    Raises:
        PublishedMeanwhile: a run published while this went on.
    """
    pointer = remote.read_pointer()
    if pointer is None:
        return ()
    if len(pointer.kept) <= keep:
        return ()
    written = remote.move_pointer(pointer.moved_to(pointer.snapshot, keep), pointer)
    dropped = [name for name in pointer.kept if name not in written.kept]
    remote.clear(written, dropped)
    return dropped
