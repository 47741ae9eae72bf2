"""Every exception of the package. Bad data is a value (``Rejection``); bad calls raise."""

from __future__ import annotations

from cleaning.records import Rejection


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
