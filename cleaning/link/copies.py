"""Exact copies: documents whose clean text is the same, letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
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
