"""Archives: zip and tar. Members are read one by one, in memory; nothing is ever unpacked to a path."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from cleaning.ingest.formats.compressed import check_unpacked
from cleaning.ingest.formats.record import (
    BrokenContainer,
    Format,
    Ignored,
    Item,
    Reading,
    Record,
    Unread,
)
from cleaning.records import Reason

# A member without a name must not have the address of its archive.
_NAMELESS = "nameless"
# What unpacking a damaged member raises, by the method that it is packed with.
_BROKEN_MEMBER = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
)
# An archive in an archive that has to be looked into from its end (zip, Parquet) is kept in memory up to here, and
# in a nameless temporary file beyond.
_SPOOLED_BYTES = 32_000_000


def seekable(stream: BinaryIO, reading: Reading) -> BinaryIO:
    """The stream, or a copy of it, that can be read from any place.

    Raises:
        BrokenContainer: the copy is larger than the recipe's limits allow.
    """
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(_SPOOLED_BYTES)  # noqa: SIM115 - whoever reads it lets it go
    shutil.copyfileobj(stream, copy, 1 << 20)
    check_unpacked(copy.tell(), copy.tell(), reading.limits.unpacked_bytes, reading.limits.unpacked_ratio)
    copy.seek(0)
    return cast(BinaryIO, copy)


def read_zip(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The members of a zip archive, in the order of its directory."""
    try:
        archive = zipfile.ZipFile(seekable(stream, reading))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenContainer(Reason.TRUNCATED, f"not a whole zip archive: {error}; fetch it again") from None
    given = taken = 0
    with archive:
        for info in archive.infolist():
            name = info.filename or _NAMELESS
            if name.endswith("/"):  # ``is_dir`` fails where a name is empty
                continue
            reading.count_member()
            given, taken = given + info.file_size, taken + info.compress_size
            check_unpacked(given, taken, reading.limits.unpacked_bytes, reading.limits.unpacked_ratio)
            if info.flag_bits & 1:
                yield Unread(name, Reason.UNREADABLE, "the member is encrypted; unpack the archive yourself")
                continue
            try:
                with archive.open(info) as member:
                    yield from _read_member(cast(BinaryIO, member), name, reading)
            except _BROKEN_MEMBER as error:
                yield Unread(name, Reason.TRUNCATED, f"the member cannot be unpacked: {error}")


def read_tar(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The members of a tar archive, as they come; links and devices are left alone."""
    given = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape") as archive:
            for info in archive:
                if info.isdir():
                    continue
                reading.count_member()
                given += info.size
                check_unpacked(given, given, reading.limits.unpacked_bytes, reading.limits.unpacked_ratio)
                member = archive.extractfile(info) if info.isreg() else None
                if member is None:
                    yield Ignored(info.name or _NAMELESS, "not a regular file")
                    continue
                yield from _read_member(cast(BinaryIO, member), info.name or _NAMELESS, reading)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        detail = f"the tar archive is broken or ends too early: {error}; fetch it again"
        raise BrokenContainer(Reason.TRUNCATED, detail) from None


def _read_member(stream: BinaryIO, name: str, reading: Reading) -> Iterator[Item]:
    """What one member holds, with the member's path before the addresses in it."""
    from cleaning.ingest.formats import peekable, read_stream, why_not_read

    member = peekable(stream)
    reason = why_not_read(name, member.peek)
    if reason is not None:
        yield Ignored(name, reason)
        return
    try:
        for item in read_stream(member, reading.inside(name)):
            yield _inside(item, name)
    except BrokenContainer as broken:
        if broken.reason == Reason.ARCHIVE_BOMB:
            raise
        yield Unread(name, broken.reason, broken.detail)


def _inside(item: Item, member: str) -> Item:
    name = f"{member}#{item.name}" if item.name else member
    if isinstance(item, Record):
        return Record(name, item.data, item.media_type, item.encoding, item.metadata)
    if isinstance(item, Unread):
        return Unread(name, item.reason, item.detail)
    return Ignored(name, item.reason)


FORMATS = (
    Format("zip", (".zip",), read_zip, lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), is_binary=True),
    Format("tar", (".tar",), read_tar, lambda head: head[257:262] == b"ustar", is_binary=True),
)
