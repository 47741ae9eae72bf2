"""What is published in a remote place: ``latest.json``."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from cleaning.errors import CleaningError

POINTER = "published/latest.json"
SNAPSHOTS = "published/snapshots"


class PublishedMeanwhile(CleaningError):
    """Another run published to the same place since this one began."""

    @classmethod
    def at(cls, address: str) -> PublishedMeanwhile:
        return cls(f"{address}: another run published there meanwhile; nothing was published. Run again.")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``latest.json`` says: the published snapshot, and all that are kept, oldest first; ``etag``: its version."""

    snapshot: str
    kept: tuple[str, ...]
    etag: str = ""

    def as_bytes(self) -> bytes:
        told = {
            "snapshot": self.snapshot,
            "path": f"{SNAPSHOTS}/{self.snapshot}",
            "kept": list(self.kept),
            # Two pointers that say the same are still two: a version is of one write.
            "written": secrets.token_hex(8),
        }
        return json.dumps(told, indent=2).encode() + b"\n"

    def moved_to(self, snapshot: str, keep: int) -> Pointer:
        """The pointer with another snapshot published, and at most ``keep`` kept."""
        names = [name for name in self.kept if name != snapshot]
        return Pointer(snapshot, (*names[max(0, len(names) - keep + 1) :], snapshot))


def is_plain_name(name: str) -> bool:
    """Does a name from a store stay in its folder on this machine?

    >>> is_plain_name("documents/part-0.parquet"), is_plain_name("../x"), is_plain_name("/etc/x")
    (True, False, False)
    """
    return bool(name) and all(part not in ("", ".", "..") for part in name.replace("\\", "/").split("/"))
