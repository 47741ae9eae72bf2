"""What a worker answers of one chunk: known to those who wait for it, who load nothing of what the work needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """What became of one chunk."""

    chunk: str
    sources: int
    documents: int
    rejected: int
    seconds: float
