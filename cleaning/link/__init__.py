"""Which documents are copies of one another."""

from cleaning.link.copies import Copy, find_copies

__all__ = ["Copy", "find_copies"]
