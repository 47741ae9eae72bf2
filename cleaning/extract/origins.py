"""Which of a page's parts says a value, and whether another part says the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from cleaning.records import Origin

JSON_LD, META, PAGE, ADDRESS, RECORD, SEARCH = "json-ld", "meta", "page", "address", "record", "search"
# A part of the page, and what it says.
Said = tuple[str, str | None]


def pick(field: str, said: Iterable[Said], reads: Callable[[str], object] = str.strip) -> tuple[str | None, Origin]:
    """The first value that is said, most trusted part first, and its origin; values that do not read count as none.

    >>> pick("section", [("json-ld", None), ("meta", "Sport"), ("page", "SPORT")])
    ('Sport', Origin(field='section', source='meta', is_confirmed=True))
    """
    known = [(source, value) for source, value in said if value and reads(value)]
    value = known[0][1] if known else None
    return value, origin_of(field, value, known)


def origin_of(field: str, value: str | None, said: Sequence[Said]) -> Origin:
    """The first part that says the value; the page at large where it is none of these."""
    key = _compact(value)
    parts = {source: _compact(other) for source, other in reversed(said) if other and other.strip()}
    same = list(dict.fromkeys(source for source, other in said if other and _compact(other) == key))
    source = same[0] if same else PAGE
    return Origin(field, source, len(same) > 1 if parts.keys() - {source} else None)


def _compact(text: str | None) -> str:
    return re.sub(r"[\W_]", "", text or "").casefold()
