"""The authors of a page: those that it names in its data, else those that it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cleaning.extract.declared import Declared
from cleaning.extract.origins import JSON_LD, META, SEARCH, origin_of
from cleaning.extract.own_names import OwnNames, compact
from cleaning.extract.page_authors import byline_near_title, find_by_trafilatura, marked_authors, name_near_title
from cleaning.names import agencies
from cleaning.normalize.authors import parse_authors
from cleaning.people import find_person
from cleaning.records import Origin

_MOST_AUTHORS = 4  # more are those of a list of stories
_NO_WORD = re.compile(r"\W+")

Names = tuple[str, ...]


def find_authors(
    root: Any, declared: Declared, own: OwnNames, near: Sequence[str], *, is_story: bool
) -> tuple[Names, Origin]:
    """The names of the first source that yields some: JSON-LD, meta tags, then what a story's page shows.

    That is a byline near the title, what trafilatura finds, elements that are marked as the author's, a person's name
    alone near the title. The name of the site counts where no person is found.
    """
    by_source = [_people(values, own) for values in declared.authors]
    known = [names for names in by_source if names]
    linked = next((names for names in known if not all(map(own.is_of_site, names))), known[0] if known else ())
    # Pages that name one author in JSON-LD and all of them in a meta tag.
    longer = next((names for names in by_source if linked and set(names) > set(linked)), linked)
    is_site = bool(longer) and all(map(own.is_of_site, longer))
    if not is_story or (declared.is_thread and declared.authors) or (longer and not is_site):
        return longer, _declared_origin(declared, by_source, longer)
    refused = [value for values in declared.authors for value in values if not longer]
    shown = _shown_authors(root, own, near, refused, is_site=is_site)
    return (shown, Origin("authors", SEARCH)) if shown else (longer, _declared_origin(declared, by_source, longer))


def _declared_origin(declared: Declared, by_source: Sequence[Names], names: Names) -> Origin:
    parts = [JSON_LD] * declared.linked_sources + [META] * len(by_source)
    said = [(part, "; ".join(sorted(one))) for part, one in zip(parts, by_source, strict=False)]
    return origin_of("authors", "; ".join(sorted(names)), said) if names else Origin("authors", SEARCH)


def _shown_authors(root: Any, own: OwnNames, near: Sequence[str], refused: Sequence[str], *, is_site: bool) -> Names:
    """The names that a page shows. ``is_site``: its data names its site, and only a sure person is better."""
    looks: list[Callable[[], Iterable[str]]] = [lambda: byline_near_title(near)]
    if not is_site:
        looks += [lambda: find_by_trafilatura(root), lambda: marked_authors(root), lambda: name_near_title(near)]
    of_site: Names = ()
    for look in looks:
        found = tuple(name for name in _people(look(), own) if not _is_part(name, refused))
        if not 0 < len(found) <= _MOST_AUTHORS:
            continue
        if is_site and not all(map(find_person, found)):
            continue
        if not all(map(own.is_of_site, found)):
            return found
        of_site = of_site or found
    return () if is_site else of_site


def _people(values: Iterable[str], own: OwnNames) -> Names:
    """The names but for the page's own: those of its site count where they stand beside no person."""
    names = tuple(name for name in parse_authors(values) if not own.is_no_author(name))
    others = tuple(name for name in names if not own.is_of_site(name))
    return others if any(name.casefold() not in agencies() for name in others) else names


def _is_part(name: str, refused: Iterable[str]) -> bool:
    """Is the name what is left of a value that is no name: "User" of "user447274", "Sales" of "Example, Sales GmbH"?"""
    if " " not in name:
        return any(compact(name) in compact(value) for value in refused)
    spaced = (_NO_WORD.sub(" ", f" {value} ") for value in refused if value != name)
    return any(f" {name} " in value for value in spaced)
