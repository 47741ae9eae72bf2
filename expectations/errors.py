"""The exceptions of the package."""

from __future__ import annotations

from cleaning.errors import CleaningError


class BrokenSuite(CleaningError):
    """A suite cannot be read or evaluated. It says nothing of the data; nothing is published."""
