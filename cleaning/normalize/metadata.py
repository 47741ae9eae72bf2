"""Metadata from two sources in one form: what came with the document, and what was moved out of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from cleaning.credits import parse_byline, parse_credit_line, strip_role
from cleaning.dates import parse_date
from cleaning.names import agencies, parse_names
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.characters import normalize_line
from cleaning.records import Action, Kind, Metadata, RawMetadata, Removal

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NOTICE = re.compile(r"©|℗|\(c\)|&copy;|\bcopyright\b|\bcopr\.", re.IGNORECASE)
_RIGHTS_NOISE = re.compile(
    r"""©|℗|™|\(c\)|&copy;|\b(?:copyright|copr\.?|by|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+réservés
    |todos\s+los\s+derechos\s+reservados|todos\s+os\s+direitos\s+reservados|tutti\s+i\s+diritti\s+riservati|alle\s+rechten\s+voorbehouden
    |wszelkie\s+prawa\s+zastrzeżone|все\s+права\s+защищены|tüm\s+hakları\s+saklıdır)\b\.?|(?:19|20)\d\d\s*[-–—]\s*(?:19|20)?\d\d|(?:19|20)\d\d""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|zuletzt|mis\s+à\s+jour|modifié|actualizado|aggiornato|atualizado|bijgewerkt|uppdaterad"
    r"|opdateret|oppdatert|päivitetty|обновлено|оновлено|aktualizac\w+)\b",
    re.IGNORECASE,
)
_NO_PERSON = frozenset(
    {"admin", "administrator", "editor", "editors", "staff", "webmaster", "redaktion", "redaction", "guest"}
)


def normalize_metadata(raw: RawMetadata, removals: Iterable[Removal] = ()) -> Metadata:
    """One form of everything that is known; what the page said of itself comes first."""
    moved = [removal for removal in removals if removal.action == Action.MOVED]
    published, modified = _dates(raw, moved)
    holder, year = _rights(moved)
    found_agencies, contributors = _credits(moved)
    authors, author_agencies = _authors(raw, moved)
    return Metadata(
        title=_one(raw.title) or _first(moved, Kind.TITLE),
        authors=authors,
        published=published,
        modified=modified,
        section=_one(raw.section) or _first(moved, Kind.SECTION_LABEL),
        tags=_unique(normalize_line(tag) for tag in raw.tags),
        description=_one(raw.description),
        url=normalize_url(raw.url),
        site=normalize_site(raw.url),
        agencies=_unique([*author_agencies, *found_agencies]),
        contributors=contributors,
        captions=_unique(_text(removal) for removal in moved if removal.kind == Kind.CAPTION),
        rights_holder=holder,
        rights_year=year,
    )


def parse_rights(text: str) -> tuple[str | None, int | None]:
    """(holder, latest year) of a copyright notice.

    >>> parse_rights("© 2024 Newsmax. All rights reserved.")
    ('Newsmax', 2024)
    """
    if not _NOTICE.search(text):
        return None, None
    years = [int(year) for year in _YEAR.findall(text)]
    holder = normalize_line(_RIGHTS_NOISE.sub(" ", text)).strip(" .,;:|·–—-/&")
    # A sentence behind the notice ("may not be published, broadcast …") is not the holder.
    holder = holder.split(". ")[0].strip(" .,;:|·–—-")
    return (holder if 1 < len(holder) <= 80 else None), (max(years) if years else None)


def _rights(moved: Sequence[Removal]) -> tuple[str | None, int | None]:
    found = [parse_rights(_text(removal)) for removal in moved if removal.kind == Kind.COPYRIGHT]
    known = [pair for pair in found if pair[1] is not None] or found
    return known[0] if known else (None, None)


def _credits(moved: Sequence[Removal]) -> tuple[list[str], tuple[str, ...]]:
    found: list[str] = []
    people: list[str] = []
    for removal in moved:
        if removal.kind not in (Kind.AGENCY_CREDIT, Kind.CONTRIBUTOR_CREDIT):
            continue
        credit = parse_credit_line(_text(removal))
        if credit:
            found.extend(credit[0])
            people.extend(credit[1])
    return found, _unique(people)


def _authors(raw: RawMetadata, moved: Sequence[Removal]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = [name for value in raw.authors for name in _split_authors(value)]
    if not names:
        for removal in moved:
            if removal.kind == Kind.BYLINE:
                names.extend(parse_byline(_text(removal)) or ())
    people = [name for name in names if name.casefold() not in agencies() and name.casefold() not in _NO_PERSON]
    return _unique(people), tuple(agencies()[name.casefold()] for name in names if name.casefold() in agencies())


def _split_authors(value: str) -> tuple[str, ...]:
    line = normalize_line(value)
    line = strip_role(", ".join(parse_byline(line) or (line,)))
    if not line or "://" in line or "@" in line:
        return ()
    return parse_names(line) or (line,)


def _dates(raw: RawMetadata, moved: Sequence[Removal]) -> tuple[datetime | None, datetime | None]:
    published, modified = parse_date(raw.published), parse_date(raw.modified)
    for removal in moved:
        if removal.kind != Kind.TIMESTAMP:
            continue
        at = parse_date(_text(removal))
        if at and _UPDATED.search(removal.text):
            modified = modified or at
        else:
            published = published or at
    return published, modified


def _first(moved: Sequence[Removal], kind: Kind) -> str | None:
    return next((_text(removal) for removal in moved if removal.kind == kind), None)


def _text(removal: Removal) -> str:
    return normalize_line(removal.text)


def _one(value: str | None) -> str | None:
    return normalize_line(value) or None if value else None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
