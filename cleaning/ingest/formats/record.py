"""What a reader of a format yields, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from cleaning.recipe import Fields, Limits
from cleaning.records import RawMetadata, Reason


@dataclass(frozen=True, slots=True)
class Record:
    """One document in a container. ``name`` is its address there: a line, a row, a record id or a member's path.

    ``media_type`` is None where name and content have to tell.
    """

    name: str
    data: bytes
    media_type: str | None = None
    encoding: str | None = None
    metadata: RawMetadata = RawMetadata()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that is there and cannot be had."""

    name: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A record that is left alone on purpose: not text, hidden, not a page."""

    name: str
    reason: str


Item = Record | Unread | Ignored


class BrokenContainer(Exception):
    """A container cannot be read, or not to its end; records before the break are kept.

    ``reason`` and ``detail`` go to the quarantine row of the container.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class StreamLost(Exception):
    """A stream does not come any further, for no fault of what is in it: no reader of a format takes it for one.

    ``reason`` and ``detail`` go to the quarantine row of the file.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stream is to be read: its name, the recipe's limits and field names, and how deep it is nested."""

    name: str
    limits: Limits
    fields: Fields
    depth: int = 0
    members: list[int] = field(default_factory=lambda: [0])

    def inside(self, name: str) -> Reading:
        """Of a stream one level further in; members are counted over all levels.

        Raises:
            BrokenContainer: archives are nested deeper than the recipe allows.
        """
        if self.depth >= self.limits.nesting:
            raise BrokenContainer(
                Reason.TOO_DEEP,
                f"archives in archives, more than the recipe's limits.nesting of {self.limits.nesting}; "
                "raise the limit or unpack it",
            )
        return replace(self, name=name, depth=self.depth + 1)

    def count_member(self) -> None:
        """Notes one more member.

        Raises:
            BrokenContainer: there are more than the recipe allows.
        """
        self.members[0] += 1
        if self.members[0] > self.limits.members:
            raise BrokenContainer(
                Reason.TOO_MANY_MEMBERS,
                f"more members than the recipe's limits.members of {self.limits.members:,}; raise it or split the file",
            )


Read = Callable[[BinaryIO, Reading], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of containers: the suffixes of its files, how its content begins, and its reader.

    ``begins``: does a stream with these first bytes hold it? None: only the name tells. ``is_binary``: no file of it
    begins as a text does, whatever it is called.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    begins: Callable[[bytes], bool] | None = None
    is_binary: bool = False


def read_limited(stream: BinaryIO, limit: int) -> bytes | None:
    """All bytes of a stream; None if there are more than ``limit``."""
    parts, left = [], limit + 1
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts) if left > 0 else None


def too_large(name: str, limits: Limits) -> Unread:
    """The rejection of a record above the limit."""
    detail = (
        f"more than the recipe's limits.file_bytes of {limits.file_bytes:,} bytes; raise the limit or split the record"
    )
    return Unread(name, Reason.TOO_LARGE, detail)
