"""What a run is told to read: files, folders, patterns, lists of those, and what in a folder is left out."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cleaning.errors import BadCall

IGNORE_FILE = ".cleaningignore"
_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Input:
    """A folder or file to read; ``name`` goes before the addresses of what is in it."""

    path: Path
    name: str = ""


def parse_inputs(arguments: Sequence[str]) -> list[Input]:
    """The inputs that command-line arguments name: ``PATH``, ``NAME=PATH``, ``PATTERN`` or ``@FILE`` with one a line.

    Raises:
        BadCall: there is nothing at a path, no file fits a pattern, or a list cannot be read.
    """
    return [one for argument in arguments for one in _parse(argument)]


def parse_input(argument: str) -> Input:
    """The input that ``PATH`` or ``NAME=PATH`` names.

    Raises:
        BadCall: there is nothing at the path.
    """
    name, sign, rest = argument.partition("=")
    if sign and not os.path.lexists(argument) and "/" not in name and os.sep not in name:
        argument = rest
    else:
        name = ""
    path = Path(argument).expanduser()
    try:
        mode = os.stat(path).st_mode
    except PermissionError:
        raise BadCall(f"{argument}: cannot be reached. Let the user of this run enter the folders above it.") from None
    except (OSError, ValueError):
        raise BadCall(
            f"{argument}: no such file or folder. Check the path; inputs are folders or files to clean."
        ) from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise BadCall(f"{argument}: not a regular file or folder. Save what comes out of it in a file and name that.")
    return Input(path, name)


def _parse(argument: str) -> Iterator[Input]:
    if argument.startswith("@") and not os.path.lexists(argument):
        yield from _read_list(argument[1:])
    elif _PATTERN & set(argument) and not os.path.lexists(argument):
        yield from _match(argument)
    else:
        yield parse_input(argument)


def _read_list(path: str) -> Iterator[Input]:
    """The inputs of a list. Their addresses are their paths as they are written there."""
    try:
        lines = Path(path).expanduser().read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as error:
        raise BadCall(f"@{path}: the list cannot be read: {error.strerror}. Check the path.") from None
    for line in lines:
        if line.strip():
            found = parse_input(line.strip())
            yield Input(found.path, found.name or _place(found.path))


def _match(pattern: str) -> Iterator[Input]:
    """The files and folders that fit a pattern; ``**`` stands for folders in folders."""
    found = sorted(glob.glob(os.path.expanduser(pattern), recursive=True))
    files = [path for path in found if os.path.isfile(path)]
    if not found:
        raise BadCall(f"{pattern}: no file or folder fits. Check the pattern, and put it in quotes.")
    # "**" yields folders and what is in them: the files are enough.
    for path in files if files and "**" in pattern else found:
        yield Input(Path(path), _place(Path(path)))


def _place(path: Path) -> str:
    """What goes before the addresses in a folder, or before a file's own name."""
    parts = [part for part in (path if path.is_dir() else path.parent).parts if part not in (os.sep, ".", "..")]
    return "/".join(parts)


def read_ignored(root: bytes) -> tuple[str, ...]:
    """The patterns of the ignore file in a folder: one a line, ``#`` begins a comment."""
    try:
        with open(os.path.join(root, IGNORE_FILE.encode()), encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file]
    except OSError:
        return ()
    return tuple(line.rstrip("/") for line in lines if line and not line.startswith("#"))


def is_ignored(relative: str, patterns: Sequence[str]) -> bool:
    """Does a path below the folder fit a pattern, whole or by its last part?

    >>> is_ignored("old/a.txt", ["*.html", "old"]), is_ignored("old", ["old"]), is_ignored("a/b.txt", ["a/*.txt"])
    (False, True, True)
    """
    last = relative.rpartition("/")[2]
    return any(
        fnmatchcase(relative, pattern.lstrip("/")) if "/" in pattern else fnmatchcase(last, pattern)
        for pattern in patterns
    )
