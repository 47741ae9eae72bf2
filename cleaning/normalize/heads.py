"""What the head of a text says, once the rules have moved its lines out: title, authors, category."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaning.bylines import parse_any_byline
from cleaning.credits import Names
from cleaning.emphasis import without_emphasis
from cleaning.han_bylines import find_han_names
from cleaning.normalize.characters import normalize_line
from cleaning.people import find_person
from cleaning.post_meta import parse_post_meta
from cleaning.records import Kind, Removal
from cleaning.viet_signatures import find_viet_names

_HEADING = re.compile(r"^#{1,6}\s+|\s+#{1,6}$|^={3,}\s|\s={3,}$")
# Of a list or a heading, before a name.
_SIGN = re.compile(r"^\s*(?:[*•·+–-]|#{1,6})\s+", re.MULTILINE)
# Names so far apart are of two bylines: the second one is of another story, or of a reader.
_BYLINE_CHARS = 300
# A box of an author has a label, the name, and what they do.
_PORTRAIT_LINES = 3
_PORTRAIT = re.compile(
    r"(?P<name>[^\W\d_a-z][^,;:!?()]{4,40}?),?\s(?:is|was|has|writes|covers|ist|schreibt|est|es|è|é)\s"
)
_POSTS = 3  # so many lines with a name and a day sign the posts of a thread
_OF_POSTS = (Kind.BYLINE, Kind.TIMESTAMP)


def find_title(moved: Sequence[Removal]) -> str | None:
    """The first title among the lines, without the signs of a heading in Markdown."""
    title = next((removal.text for removal in moved if removal.kind == Kind.TITLE), None)
    return without_emphasis(_HEADING.sub("", normalize_line(title))) if title else None


def post_lines(moved: Sequence[Removal]) -> Iterator[str]:
    """The lines that say who wrote the text or when."""
    return (normalize_line(removal.text) for removal in moved if removal.kind in _OF_POSTS)


def find_authors(moved: Sequence[Removal]) -> Iterator[str]:
    """The names in the lines, up to where a story or a list lies between them; of a thread those of the first."""
    end: int | None = None
    is_thread = sum(map(_signs_post, moved)) >= _POSTS
    for removal in moved:
        names = _names_of(removal)
        if not names:
            continue
        if end is not None and removal.start - end > _BYLINE_CHARS:
            return
        end = removal.end
        yield from names
        if is_thread:
            return


def find_portrayed(removals: Sequence[Removal]) -> Iterator[str]:
    """The names that boxes about the author below the text begin with: alone on a line, or as "Jane Doe is …"."""
    for removal in removals:
        for line in removal.text.strip().split("\n")[:_PORTRAIT_LINES]:
            text = normalize_line(_SIGN.sub("", line))
            portrait = _PORTRAIT.match(text)
            name = find_person(portrait["name"] if portrait else text)
            if name:
                yield name
                break


def _signs_post(removal: Removal) -> bool:
    meta = parse_post_meta(normalize_line(removal.text)) if removal.kind == Kind.BYLINE else None
    return meta is not None and bool(meta.names) and meta.published is not None


def find_sections(moved: Sequence[Removal]) -> Iterator[str]:
    """The labels that may be the text's section, those that stand alone first."""
    yield from (normalize_line(removal.text) for removal in moved if removal.kind == Kind.SECTION_LABEL)
    metas = (parse_post_meta(line) for line in post_lines(moved))
    yield from (meta.section for meta in metas if meta and meta.section)


def _names_of(removal: Removal) -> Names:
    if removal.kind == Kind.DATELINE:
        return find_han_names(normalize_line(removal.text))
    return _names(normalize_line(_SIGN.sub("", removal.text))) if removal.kind in _OF_POSTS else ()


def _names(line: str) -> Names:
    meta = parse_post_meta(line)
    if meta is not None and meta.names:
        return meta.names
    signed = () if line.isascii() else find_viet_names(line)
    name = find_person(line)
    return signed or ((name,) if name else parse_any_byline(line) or ())
