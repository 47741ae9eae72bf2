"""Every exception of the package. Bad data is a value (``Rejection``); bad calls raise."""

from __future__ import annotations

import os
import traceback

from cleaning.records import Rejection

_MESSAGE_CHARS = 400


class CleaningError(Exception):
    """The root of all that ``cleaning`` raises on purpose."""


class Rejected(CleaningError):
    """A document that belongs in quarantine; ``rejection`` says where it stopped and why."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(f"{rejection.source}: {rejection.reason}: {rejection.detail}")
        self.rejection = rejection

    def __reduce__(self) -> tuple[type[Rejected], tuple[Rejection]]:
        return (Rejected, (self.rejection,))


class BadCall(CleaningError):
    """The call cannot be carried out as it stands: a missing folder, two files at one address."""


class BadRecipe(BadCall):
    """The recipe file is not one: wrong key, wrong type, no such file."""


class BrokenRules(CleaningError):
    """A phrase list or another data file of the rules cannot be read; it says nothing of the data."""


class BrokenSnapshot(CleaningError):
    """A published snapshot is not what its manifest says."""


class Locked(CleaningError):
    """Another run is writing to the same output."""


# What says nothing of the data but of the installation or the call: it stops a run, whatever it was met in.
NOT_OF_THE_DATA = (CleaningError, ImportError)


def crash_detail(error: Exception) -> str:
    """What the rejection of an item says of an exception that nobody foresaw: what, where, and what to do.

    >>> crash_detail(ValueError("no such year"))
    'ValueError: no such year; please report this file'
    """
    said = traceback.format_exception_only(error)[0].strip()[:_MESSAGE_CHARS]
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}, line {frames[-1].lineno})" if frames else ""
    # Halves of pairs, which no table takes, may come from the data.
    return f"{said}{where}; please report this file".encode("utf-8", "replace").decode("utf-8")
