"""Which file to mend where a rule, or the program, cannot be loaded. Imports nothing that may be what is broken."""

from __future__ import annotations

import re
import traceback
from importlib.util import find_spec
from pathlib import Path

_MEND = "Mend the file and run again; nothing was changed."


def fault_in(path: Path, error: Exception) -> str | None:
    """What is wrong in a file, or a file of a folder, that could not be loaded; None where the fault is elsewhere."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    found = [place for place in places if Path(place[0]).is_relative_to(path)]
    if not found:
        return None
    file, line = found[-1]
    what = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
    if isinstance(error, re.error):
        what = f"the regular expression is wrong: {error}"
    return f"{file}, line {line}: {what}. {_MEND}"


def cannot_start(error: Exception) -> str:
    """What keeps the program from being loaded, and what to do."""
    package = find_spec("cleaning")
    rules = Path(package.origin).parent / "boilerplate" / "rules" if package and package.origin else None
    return (rules and fault_in(rules, error)) or (
        f"The installation does not work: {type(error).__name__}: {error}. Install it again; --verbose shows where."
    )
