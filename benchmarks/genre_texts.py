"""Texts that are no web pages and hold hardly any boilerplate, from public repositories, read from their clones.

| folder of the clone | repository, commit | texts | licence |
|---|---|---|---|
| nltk_data | nltk/nltk_data, 5db857e6 | a declaration in 370 languages, speeches, Genesis in 7 languages | public domain, see there |
| sherlock-holmes | standardebooks/arthur-conan-doyle_the-adventures-of-sherlock-holmes, 23b2b6e0 | 12 stories | public domain |
| chickens | standardebooks/p-g-wodehouse_love-among-the-chickens, 225f938a | 23 chapters | public domain in the USA |
| itadracor | dracor-org/itadracor, e7759b7f | plays in Italian | CC BY 4.0 |
| gesetze | bundestag/gesetze, 77abca2c | laws in German, broken to a width | no copyright |
| Laws | LawRefBook/Laws, 2f4c5c23 | laws in Chinese | no copyright |
| france.code-civil | steeve/france.code-civil, 159d0518 | a law in French | Licence Ouverte |
| bitcointranscripts | bitcointranscripts/bitcointranscripts, 52ccbbe2 | talks, written down | MIT |
| changelog | thechangelog/transcripts, 44a0e16c | podcasts, written down | MIT |
| based.cooking | LukeSmithxyz/based.cooking, 2d8642ec | recipes | public domain |

A pipeline that has learnt from news meets all of these in a folder of texts. Of many files every n-th is read, of long ones
the beginning.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

# So many texts of a repository, and lines of a text.
MOST_TEXTS, MOST_LINES = 100, 400


_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE, _LINK = re.compile(r"!\[[^\]]*\]\([^)]*\)"), re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^#+\s*|\*\*|__|`|\\")
_ELEMENT = r"(?s)<({tags})[ >].*?</\1>"
_TAG = re.compile(r"<[^>]+>")


def read_genres(clones: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Genre, name and lines of the texts of the clones that are there."""
    for folder, read in READERS.items():
        if (clones / folder).is_dir():
            for genre, texts in groupby(read(clones / folder), key=lambda found: found[0]):
                for _, name, lines in texts:
                    yield genre, name, lines[:MOST_LINES]


def _every_nth(files: Iterator[Path]) -> list[Path]:
    found = sorted(files)
    return found[:: -(-len(found) // MOST_TEXTS)] if found else []


def _rows(text: str) -> list[str]:
    return [row for line in text.splitlines() if (row := " ".join(line.split()))]


def _of_markdown(text: str) -> list[str]:
    text = _LINK.sub(r"\1", _PICTURE.sub("", _FRONT_MATTER.sub("", text)))
    rows = (_MARKS.sub("", row) for row in _rows(text) if not row.startswith("<!--"))
    return [row for row in rows if any(map(str.isalnum, row))]


def _of_elements(text: str, tags: str) -> list[str]:
    found = re.finditer(_ELEMENT.format(tags=tags), text)
    return _rows("\n".join(" ".join(html.unescape(_TAG.sub("", part[0])).split()) for part in found))


def _markdown(genre: str, pattern: str) -> Callable[[Path], Iterator[tuple[str, str, list[str]]]]:
    def read(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
        for path in _every_nth(folder.glob(pattern)):
            yield genre, str(path.relative_to(folder)), _of_markdown(path.read_text("utf-8", "replace"))

    return read


def _fiction(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    for path in sorted(folder.glob("src/epub/text/*.xhtml")):
        if path.stem not in ("colophon", "uncopyright", "imprint", "titlepage", "halftitlepage", "endnotes"):
            _, _, body = path.read_text("utf-8").partition("<body")
            yield "fiction", path.stem, _of_elements(body, r"p|h\d|li|blockquote")


def _plays(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    for path in _every_nth(folder.glob("tei/*.xml")):
        _, _, body = path.read_text("utf-8").partition("<body")
        yield "plays", path.stem, _of_elements(body, "speaker|l|p|head|stage")


def _civil_code(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The articles of each title as one text."""
    for title in sorted(folder.glob("*/*/")):
        lines: list[str] = []
        for path in sorted(title.glob("**/Article*.md")):
            lines += [path.stem, *_of_markdown(path.read_text("utf-8"))]
        yield "laws", f"{title.parent.name}, {title.name}", lines


def _corpora(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    corpora = {"udhr2": "declaration", "state_union": "speeches", "inaugural": "speeches", "genesis": "Bible"}
    for corpus, genre in corpora.items():
        with zipfile.ZipFile(folder / "packages" / "corpora" / f"{corpus}.zip") as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".txt"):
                    raw = archive.read(name)
                    try:
                        text = raw.decode("utf-8")
                    except UnicodeDecodeError:
                        text = raw.decode("latin-1")
                    yield genre, name, _rows(text)


READERS: dict[str, Callable[[Path], Iterator[tuple[str, str, list[str]]]]] = {
    "nltk_data": _corpora,
    "sherlock-holmes": _fiction,
    "chickens": _fiction,
    "itadracor": _plays,
    "gesetze": _markdown("laws", "*/*/index.md"),
    "Laws": _markdown("laws", "**/*.md"),
    "france.code-civil": _civil_code,
    "bitcointranscripts": _markdown("talks", "*/*/*.md"),
    "changelog": _markdown("podcasts", "*/*.md"),
    "based.cooking": _markdown("recipes", "content/*.md"),
}
