"""What a page calls itself: the names of its site, its publisher and its section, which sign pages as authors do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaning.extract.declared import Declared
from cleaning.extract.head import Head
from cleaning.han_bylines import is_han_name
from cleaning.names import agencies
from cleaning.normalize.addresses import normalize_site
from cleaning.normalize.rights import parse_rights
from cleaning.people import find_person

SITES = ("og:site_name", "application-name")
# Between the title and the names behind it.
_TAILS = re.compile(r"\s[–—-]\s|\s{0,3}(?:[|_•·»]|--+|——+)\s{0,3}|(?<=[\u3040-\u9fff])-(?=[\u3040-\u9fff])")
_DENSE = re.compile(r"[\u3040-\u9fff]")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names as their letters and digits alone, case-folded: of the site, of who publishes it, of the section."""

    host: str = ""
    site: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()

    def is_no_author(self, name: str) -> bool:
        """Is it an address, the site's name in one word, the section, or how a Chinese publisher's name begins?"""
        key = compact(name)
        if key == self.host or (" " not in name and key in self.site):
            return True
        # A columnist's name is that of her section.
        if key in self.sections and find_person(name) is None:
            return True
        # A blog bears the name of who writes it.
        if name.casefold() in agencies() or not _DENSE.search(name) or is_han_name(name):
            return False
        return any(known.startswith(key) for known in self.site | self.publishers)

    def is_of_site(self, name: str) -> bool:
        """Is it a name of the site or the publisher that no person has? Blogs bear the names of their authors."""
        is_known = compact(name) in self.site | self.publishers
        return is_known and find_person(name) is None and name.casefold() not in agencies()


def own_names(head: Head, declared: Declared, url: str | None, notice: str | None, section: str | None) -> OwnNames:
    """The names that a page gives itself in its head, its address, its title and its notice of copyright."""
    host = normalize_site(url) or ""
    said = [value for name in SITES for value in head.meta.get(name, ())]
    holder = parse_rights(notice)[0] if notice else None
    behind_title = _TAILS.split(head.title)[1:]
    return OwnNames(
        host=compact(host),
        site=_compacts([*said[:2], host.rpartition(".")[0], *host.split(".")[:-1]]),
        publishers=_compacts([*behind_title, holder or "", declared.publisher or ""]),
        sections=_compacts([section or ""]),
    )


def compact(text: str) -> str:
    """The letters and digits of a text, case-folded.

    >>> compact("Harbour-News 24")
    'harbournews24'
    """
    return re.sub(r"[\W_]", "", text).casefold()


def _compacts(values: list[str]) -> frozenset[str]:
    return frozenset(filter(None, map(compact, values)))
