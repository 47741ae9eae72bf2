"""Exact copies: documents whose clean text is the same, letter by letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """``id`` has the text of ``original``, which was published first, or comes first by id."""

    id: str
    original: str
    is_later: bool | None


def find_copies(documents: Iterable[tuple[str, str, datetime | None]]) -> tuple[Copy, ...]:
    """The copies among (id, text_sha256, published), sorted by id. The order of the input does not matter."""
    groups: dict[str, list[tuple[str, datetime | None]]] = {}
    for document_id, digest, published in documents:
        groups.setdefault(digest, []).append((document_id, published))
    copies = []
    for group in groups.values():
        if len(group) < 2:
            continue
        first_id, first_at = min(group, key=lambda pair: (pair[1] is None, pair[1] and pair[1].timestamp(), pair[0]))
        for document_id, at in group:
            if document_id != first_id:
                is_later = at > first_at if at and first_at and at != first_at else None
                copies.append(Copy(document_id, first_id, is_later))
    return tuple(sorted(copies, key=lambda copy: copy.id))


def repeated(digests: Iterable[str]) -> Callable[[str], bool]:
    """Tells of a digest whether it may be there more than once: True for all that are, and hardly for another.

    ``digests``: hexadecimal, 16 digits or more; eight bytes are held of each.

    >>> is_repeated = repeated(["a" * 64, "b" * 64, "a" * 64])
    >>> is_repeated("a" * 64), is_repeated("b" * 64)
    (True, False)
    """
    import numpy as np

    keys = np.fromiter((_key(digest) for digest in digests), np.uint64)
    keys.sort()
    found = frozenset(keys[1:][keys[1:] == keys[:-1]].tolist())
    return lambda digest: _key(digest) in found


def _key(digest: str) -> int:
    return int(digest[:16], 16)
