"""What a person is told of an error: one message, without credentials."""

from __future__ import annotations

import errno

from cleaning.errors import CleaningError
from cleaning.ingest.places import hide_credentials


def message_of(error: BaseException, hint: str = "") -> str:
    """What went wrong, and what to do where that is known; ``hint`` follows where it is not."""
    return hide_credentials(_message(error, hint))


def _message(error: BaseException, hint: str) -> str:
    if isinstance(error, CleaningError):
        return str(error)
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return "It was stopped before it was done."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{error.strerror}: nothing was published; readers see what they saw before. Make room for --out."
    return f"{type(error).__name__}: {error}.{hint}"
