"""The raw documents in one file, within its limits."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from cleaning.errors import NOT_OF_THE_DATA, BadCall, crash_detail
from cleaning.ingest.formats import (
    BrokenContainer,
    Ignored,
    Item,
    Reading,
    Record,
    StreamLost,
    Unread,
    format_of,
    free_name,
    media_type_of,
    read_stream,
    whole,
)
from cleaning.ingest.places import open_place
from cleaning.recipe import Fields, Limits
from cleaning.records import RawDocument, Reason, Rejection, Skip, Source, Stage

Read = RawDocument | Rejection | Skip
_HEAD_BYTES = 4_000
_WITH_HEADER = (".csv", ".tsv")


def read_source(source: Source, path: str, limits: Limits, fields: Fields) -> Iterator[Read]:
    """The raw documents in the file at a path or remote address, one at a time, or why they cannot be had.

    A file that is one document yields one row with its own source; what a container holds has sources with its id as
    ``container``. A container that breaks off yields, last, the rejection of its own source.
    """
    try:
        with open_place(path) as file:
            head = file.peek(_HEAD_BYTES)[:_HEAD_BYTES]
            if format_of(source.path, head) is None:
                yield _whole(source, file, limits, fields)
            elif not head and source.path.lower().endswith(_WITH_HEADER):
                # Lines of JSON may be none on a day without news; a table has at least its header.
                yield _reject(source, Reason.EMPTY, "the file has no bytes; fetch it again or leave it out")
            else:
                yield from _records(source, file, limits, fields)
    except StreamLost as lost:
        yield _reject(source, lost.reason, lost.detail)
    except FileNotFoundError:
        yield _reject(source, Reason.VANISHED, "the file was there when the run began and is gone; run again")
    except OSError as error:
        detail = f"{error.strerror or error}; make the file readable for the user of this run"
        yield _reject(source, Reason.UNREADABLE, detail)
    except NOT_OF_THE_DATA:
        raise
    except Exception as error:  # noqa: BLE001 - a reader meets what its authors did not; the records before stay
        yield _reject(source, Reason.CRASHED, f"the reader failed with {crash_detail(error)}")


def read_record(source: Source, path: str, record: str, limits: Limits, fields: Fields) -> Iterator[Read]:
    """The one record of that name in the file at a path or remote address; of a container in it all that it holds.

    ``record`` is what stands behind ``#`` in the record's address.

    Raises:
        BadCall: the file holds none of that name; the message says what its records are called.
    """
    wanted = f"{source.path}#{record}"
    is_found, others, broken = False, [], ""
    for item in read_source(source, path, limits, fields):
        address = item.source.path if isinstance(item, RawDocument) else item.source
        if address == wanted or address.startswith(f"{wanted}#"):
            is_found = True
            yield item
            if address == wanted:
                return
        elif address != source.path:
            others.append(address)
        elif isinstance(item, Rejection):
            broken = f" It ends with {item.reason}: {item.detail}."
    if not is_found:
        raise BadCall(f"{wanted}: {_holds(source.path, others)}{broken}")


def _holds(file: str, records: Sequence[str]) -> str:
    if not records:
        return f"{file} holds no records that have addresses of their own. Name the file itself."
    return f"there is no such record. The first of {len(records):,} is {records[0]}, the last {records[-1]}."


def _whole(source: Source, file: io.BufferedReader, limits: Limits, fields: Fields) -> Read:
    if (source.size_bytes or 0) > limits.file_bytes:
        detail = (
            f"{source.size_bytes:,} bytes, more than the recipe's limits.file_bytes of {limits.file_bytes:,}; "
            "raise the limit or split the file"
        )
        return _reject(source, Reason.TOO_LARGE, detail)
    data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        return _reject(source, Reason.TOO_LARGE, "the file grew beyond limits.file_bytes while it was read; run again")
    found = whole(data, Reading(source.path.rsplit("/", 1)[-1], limits, fields))
    media_type = found.media_type or media_type_of(source.path, found.data)
    return RawDocument(source, media_type, found.data, hashlib.sha256(data).hexdigest(), found.metadata, found.encoding)


def _records(source: Source, file: io.BufferedReader, limits: Limits, fields: Fields) -> Iterator[Read]:
    met: dict[str, int] = {}  # archives may hold two members of one name
    reading = Reading(source.path.rsplit("/", 1)[-1], limits, fields)
    try:
        for item in read_stream(cast(BinaryIO, file), reading):
            name = free_name(item.name, met)
            yield _row(item, source if not name else source.record(name, _size(item)))
    except BrokenContainer as broken:
        yield _reject(source, broken.reason, broken.detail)


def _row(item: Item, source: Source) -> Read:
    if isinstance(item, Ignored):
        return Skip(source.id, source.path, _storable(item.reason), source.container)
    if isinstance(item, Unread):
        return _reject(source, item.reason, item.detail)
    media_type = item.media_type or media_type_of(source.path, item.data)
    digest = hashlib.sha256(item.data).hexdigest()
    return RawDocument(source, media_type, item.data, digest, item.metadata, item.encoding)


def _size(item: Item) -> int | None:
    return len(item.data) if isinstance(item, Record) else None


def _reject(source: Source, reason: Reason, detail: str) -> Rejection:
    return Rejection(
        source.id,
        source.path,
        Stage.INGEST,
        reason,
        _storable(detail),
        size_bytes=source.size_bytes,
        container=source.container,
    )


def _storable(text: str) -> str:
    """A text as tables take it: names of fields and members may hold halves of surrogate pairs."""
    return text.encode("utf-8", "backslashreplace").decode()
