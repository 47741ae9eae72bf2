"""Which documents are copies of one another."""

from cleaning.link.copies import Copy, find_copies, repeated

__all__ = ["Copy", "find_copies", "repeated"]
