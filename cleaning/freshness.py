"""One digest of all that can change a row besides the source's own bytes.

A published row is fresh while its source is unchanged and this digest is the one in the manifest.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

from cleaning.recipe import Recipe

# The libraries whose version can change an answer.
_LIBRARIES = (
    "trafilatura",
    "htmldate",
    "justext",
    "lxml",
    "langdetect",
    "py3langid",
    "ftfy",
    "charset-normalizer",
    "numpy",
)


@cache
def rules_version() -> str:
    """Twelve hexadecimal digits over the rules, the phrase lists and the line model."""
    return _digest("rules", _files(files("cleaning").joinpath("boilerplate")))[:12]


@cache
def code_digest() -> str:
    """Sixteen hexadecimal digits over the library's files and the versions of the libraries it asks."""
    versions = ";".join(f"{name}={_version(name)}" for name in _LIBRARIES)
    return _digest("code", [("versions", versions.encode()), *_files(files("cleaning"))])[:16]


@cache
def linking_version() -> str:
    """Sixteen hexadecimal digits over what makes the sketches of texts."""
    # Which characters make words is Python's to say.
    parts = [("unicode", unicodedata.unidata_version.encode()), *_files(files("cleaning").joinpath("link"))]
    return _digest("linking", parts)[:16]


def engine_digest(recipe: Recipe, suites: bytes = b"") -> str:
    """Sixteen hexadecimal digits over code, recipe and the expectations that a row must meet."""
    parts = [("code", code_digest().encode()), ("recipe", recipe.digest.encode()), ("suites", suites)]
    return _digest("engine", parts)[:16]


def library_versions() -> dict[str, str]:
    """The versions that go into the manifest."""
    return {name: _version(name) for name in ("content-cleaning", "pyarrow", *_LIBRARIES)}


def _files(folder: Traversable) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from ((f"{entry.name}/{name}", data) for name, data in _files(entry))
        elif entry.is_file() and not entry.name.endswith((".pyc", ".pyi")):
            yield entry.name, entry.read_bytes()


def _digest(tag: str, parts: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 in which the tag, each name and each length count, so no two lists of parts collide."""
    hasher = hashlib.sha256(tag.encode() + b"\0")
    for name, data in parts:
        hasher.update(f"{name}\0{len(data)}\0".encode() + data)
    return hasher.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"
