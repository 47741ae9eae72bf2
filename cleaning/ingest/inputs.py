"""What a run is told to read: files, folders, patterns, remote ones, lists of those, and what is left out."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cleaning.errors import BadCall
from cleaning.ingest.formats import may_hold_records
from cleaning.ingest.places import filesystem_of, hide_credentials, is_remote, local_name, without_credentials

IGNORE_FILE = ".cleaningignore"
_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Input:
    """A folder or file to read; ``name`` goes before the addresses of what is in it."""

    path: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class RemoteInput:
    """A remote folder, file or pattern to read, without credentials; nobody has looked whether it is there.

    ``name`` stands for the folder in the addresses of what is in it; without one they begin with its own address.
    """

    address: str
    name: str = ""


def parse_inputs(arguments: Sequence[str]) -> list[Input | RemoteInput]:
    """The inputs that command-line arguments name: ``PATH``, ``NAME=PATH``, ``PATTERN`` or ``@FILE`` with one a line.

    A path may be a remote address.

    Raises:
        BadCall: there is nothing at a path, no file fits a pattern, a list cannot be read, or nothing that is
            installed reads a remote address.
    """
    return [one for argument in arguments for one in _parse(argument)]


def split_name(argument: str) -> tuple[str, str]:
    """(name, path or address) of ``NAME=PATH``; the name is empty where there is none."""
    name, sign, rest = argument.partition("=")
    if sign and not os.path.lexists(argument) and "/" not in name and os.sep not in name:
        return name, rest
    return "", argument


def split_record(argument: str) -> tuple[str, str]:
    """(file, record) of ``FILE#RECORD``, the address of a record; the record is empty where the argument names none.

    A file on this machine that is called so is no record. Of a remote address the name of the file has to tell.

    >>> split_record("s3://bucket/a.zip#b.jsonl#2"), split_record("https://example.com/a.html#top")
    (('s3://bucket/a.zip', 'b.jsonl#2'), ('https://example.com/a.html#top', ''))
    """
    if os.path.lexists(argument):
        return argument, ""
    looks = may_hold_records if is_remote(split_name(argument)[1]) else _is_file
    for at, sign in enumerate(argument):
        if sign == "#" and looks(argument[:at]):
            return argument[:at], argument[at + 1 :]
    return argument, ""


def _is_file(argument: str) -> bool:
    return Path(local_name(split_name(argument)[1])).expanduser().is_file()


def shown_argument(argument: str) -> str:
    """The argument as it may be shown: what a remote address holds of credentials is kept for this process.

    Raises:
        BadCall: it cannot be told what is a credential.
    """
    name, place = split_name(argument)
    if not is_remote(place):
        # A list is a file on this machine; whoever names a remote one is told so.
        return hide_credentials(argument) if argument.startswith("@") else argument
    return f"{name}={without_credentials(place)}" if name else without_credentials(place)


def parse_input(argument: str) -> Input | RemoteInput:
    """The input that ``PATH`` or ``NAME=PATH`` names; of a link that leads nowhere the run says what is wrong.

    Raises:
        BadCall: there is nothing at the path, or nothing that is installed reads a remote address.
    """
    name, argument = split_name(argument)
    if is_remote(argument):
        address = without_credentials(argument)
        filesystem_of(address)
        return RemoteInput(address, name)
    argument = local_name(argument)
    path = Path(argument).expanduser()
    try:
        mode = os.stat(path).st_mode
    except PermissionError:
        raise BadCall(f"{argument}: cannot be reached. Let the user of this run enter the folders above it.") from None
    except (OSError, ValueError):
        if path.is_symlink():
            return Input(path, name)
        raise BadCall(
            f"{argument}: no such file or folder. Check the path; inputs are folders or files to clean."
        ) from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise BadCall(f"{argument}: not a regular file or folder. Save what comes out of it in a file and name that.")
    return Input(path, name)


def _parse(argument: str) -> Iterator[Input | RemoteInput]:
    if argument.startswith("@") and not os.path.lexists(argument):
        yield from _read_list(argument[1:])
    elif is_remote(split_name(argument)[1]):
        yield parse_input(argument)
    elif _PATTERN & set(argument) and not os.path.lexists(argument):
        yield from _match(local_name(argument))
    else:
        yield parse_input(argument)


def _read_list(path: str) -> Iterator[Input | RemoteInput]:
    """The inputs of a list; ``#`` begins a comment. Their addresses are their paths as they are written there.

    What a list names may be gone by now, or never have been more than a name: a run finds so and goes on.
    """
    try:
        lines = Path(path).expanduser().read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as error:
        raise BadCall(f"@{path}: the list cannot be read: {error.strerror}. Check the path.") from None
    named = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    found = [one for line in named for one in _of_list(line)]
    gone = [one.path for one in found if isinstance(one, Input) and not os.path.lexists(one.path)]
    if found and len(gone) == len(found):
        raise BadCall(f"@{path}: nothing that it names is there, not {gone[0]}. Check the folder of this run.")
    yield from found


def _of_list(line: str) -> Iterator[Input | RemoteInput]:
    name, place = split_name(line)
    if is_remote(place):
        yield parse_input(line)
        return
    path = Path(local_name(place)).expanduser()
    if _PATTERN & set(place) and not os.path.lexists(path) and glob.glob(str(path), recursive=True):
        yield from _match(str(path))
    else:
        yield Input(path, name or _place(path))


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
    """The patterns of the ignore file in a folder."""
    try:
        with open(os.path.join(root, IGNORE_FILE.encode()), "rb") as file:
            return parse_ignored(file.read())
    except OSError:
        return ()


def parse_ignored(data: bytes) -> tuple[str, ...]:
    """The patterns of an ignore file: one a line, ``#`` begins a comment."""
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
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
