"""Compressed files: gzip, bzip2, xz and zstandard. What is in them is read as a file of its own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, BinaryIO, cast

from cleaning.ingest.formats.record import BrokenContainer, Format, Item, Read, Reading
from cleaning.records import Reason

# Below this much unpacked a ratio says nothing: a short file of blanks packs a thousand times.
_FREE_BYTES = 50_000_000


class CountedStream(io.RawIOBase):
    """The packed bytes, counted."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.taken = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """Unpacked bytes, within the recipe's limits.

    Raises:
        BrokenContainer: on reading, past a limit or where the packed bytes are broken.
    """

    def __init__(self, stream: BinaryIO, packed: CountedStream, reading: Reading) -> None:
        # Not more than there is before the break of a file that breaks off: read() would lose it with the error.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._stream, self._packed, self._limits, self._given = stream, packed, reading.limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
            detail = f"the packed data are broken or end too early: {error}; fetch the file again"
            raise BrokenContainer(Reason.TRUNCATED, detail) from None
        except Exception as error:
            # zstandard's own error is no OSError, and its module is not loaded where it is not used.
            if type(error).__name__ != "ZstdError":
                raise
            raise BrokenContainer(Reason.TRUNCATED, f"the packed data are broken: {error}") from None
        self._given += len(data)
        check_unpacked(self._given, self._packed.taken, self._limits.unpacked_bytes, self._limits.unpacked_ratio)
        buffer[: len(data)] = data
        return len(data)


def check_unpacked(given: int, taken: int, most: int, ratio: int) -> None:
    """Stops at archive bombs.

    Raises:
        BrokenContainer: more unpacked bytes than the recipe allows, in all or for each packed one.
    """
    if given > most:
        detail = f"unpacks to more than the recipe's limits.unpacked_bytes of {most:,}; raise it or split the file"
        raise BrokenContainer(Reason.ARCHIVE_BOMB, detail)
    if given > _FREE_BYTES and given > ratio * max(taken, 1):
        detail = f"unpacks to more than {ratio} times its size (limits.unpacked_ratio); raise it if that is right"
        raise BrokenContainer(Reason.ARCHIVE_BOMB, detail)


class _Zstandard(io.RawIOBase):
    """Frames unpacked one after the other; the library's own stream takes a cut-off file for a whole one."""

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard

        self._unpacker = zstandard.ZstdDecompressor()
        self._stream, self._ready, self._left = stream, b"", b""
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            packed = self._left or self._stream.read(1 << 16)
            self._left = b""
            if not packed:
                if self._frame is not None:
                    raise EOFError("the last frame is not whole")
                return 0
            self._frame = self._frame or self._unpacker.decompressobj()
            self._ready = self._frame.decompress(packed)
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        data = self._ready[: len(buffer)]
        self._ready = self._ready[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _zstandard(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Zstandard(stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, lzma.LZMAFile(stream))


def _without_false_suffix(name: str) -> str:
    """The name of what is in a compressed file that is called otherwise, where it has one below that of an archive.

    >>> _without_false_suffix("rows.csv.zip"), _without_false_suffix("rows.zip"), _without_false_suffix("rows.csv")
    ('rows.csv', 'rows.zip', 'rows.csv')
    """
    inner, suffix = os.path.splitext(name)
    return inner if suffix.lower() == ".zip" and os.path.splitext(inner)[1] else name


def _read_with(unpack: Callable[[BinaryIO], BinaryIO], suffix: str, magic: bytes) -> Read:
    def read(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
        from cleaning.ingest.formats import read_stream

        if not stream.peek(len(magic))[: len(magic)].startswith(magic[:2]):  # type: ignore[attr-defined]
            # Only the name says so: servers unpack, and names stay.
            name = os.path.splitext(reading.name)[0]
            yield from read_stream(stream, reading.inside(os.path.basename(name)))
            return
        packed = CountedStream(stream)
        name = (
            reading.name[: -len(suffix)]
            if reading.name.lower().endswith(suffix)
            else _without_false_suffix(reading.name)
        )
        name = f"{name}.tar" if reading.name.lower().endswith((".tgz", ".tbz2", ".txz")) else name
        inner = unpack(cast(BinaryIO, io.BufferedReader(packed)))
        with closing(io.BufferedReader(Unpacked(inner, packed, reading), 1 << 16)) as unpacked:
            # The one file in a compressed file has no name of its own: it is no level of an address.
            yield from read_stream(cast(BinaryIO, unpacked), reading.inside(os.path.basename(name)))

    return read


def _format(name: str, suffixes: tuple[str, ...], unpack: Callable[[BinaryIO], BinaryIO], magic: bytes) -> Format:
    return Format(name, suffixes, _read_with(unpack, suffixes[0], magic), lambda head: head.startswith(magic))


FORMATS = (
    _format("gzip", (".gz", ".tgz"), lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)), b"\x1f\x8b\x08"),
    _format("bzip2", (".bz2", ".tbz2"), lambda stream: cast(BinaryIO, bz2.BZ2File(stream)), b"BZh"),
    _format("xz", (".xz", ".txz"), _xz, b"\xfd7zXZ\x00"),
    _format("zstandard", (".zst",), _zstandard, b"\x28\xb5\x2f\xfd"),
)
