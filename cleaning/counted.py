"""A number with its noun."""

from __future__ import annotations


def counted(count: int, one: str, many: str | None = None) -> str:
    """The count and the noun in its number; ``many`` where that is more than an s behind the noun.

    >>> counted(1, "fault"), counted(2_000, "exact copy", "exact copies")
    ('1 fault', '2,000 exact copies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
