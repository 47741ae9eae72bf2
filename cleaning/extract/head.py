"""What a page states in its head, and in its headings and time elements."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from cleaning.extract.marks import ANCHORS
from cleaning.extract.parsely import TAG, read_parsely

MAX_VALUES, MAX_CHARS = 200, 2_000
_LINK_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Head:
    """The values of the meta tags by lower-case name, and the address, title and h1 headings that a page states."""

    meta: dict[str, list[str]]
    canonical: str | None
    title: str
    headings: tuple[str, ...]
    times: tuple[str, ...]
    license: str | None
    language: str | None

    def first(self, *names: str) -> str | None:
        """The first value of the first name that has one."""
        return next((value for name in names for value in self.meta.get(name, ())), None)


def read_head(root: Any) -> Head:
    """What a tree states in its head, and in h1 and time elements."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content") or ""
        names = [name.lower() for key in ("property", "name") if (name := element.get(key))]
        # Authors as properties of items are those of comments and of cited works too.
        names += [name.lower() for name in (element.get("itemprop"),) if name and name.lower() != "author"]
        value = " ".join(content[:MAX_CHARS].split())
        said = read_parsely(content) if TAG in names else ((name, value) for name in names)
        for name, one in said:
            if one and len(meta.setdefault(name, [])) < MAX_VALUES:
                meta[name].append(one)
    links = [(link.get("rel", "").lower(), link.get("href")) for link in root.iter("link") if link.get("href")]
    canonical = next((href for relation, href in links if relation == "canonical"), None)
    own = _path_of(canonical or "")
    return Head(
        meta=meta,
        canonical=canonical,
        title=next(map(text_of, root.iter("title")), ""),
        headings=tuple(_heading_of(element) for element, _ in zip(root.iter("h1"), range(MAX_VALUES), strict=False)),
        times=tuple(filter(None, (time.get("datetime") for time in root.iter("time") if not _is_of_other(time, own)))),
        license=next((href for relation, href in links if relation == "license"), None),
        language=root.get("lang") or root.get("xml:lang"),
    )


def _path_of(address: str) -> str:
    """The last part of an address, by which a page and a link to it can be compared."""
    return address.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]


def _is_of_other(time: Any, own: str) -> bool:
    """Does a time element stand in a link to another page? That of a post leads to the post, or to all of its day."""
    link = next((outer for outer in islice(time.iterancestors(), _LINK_LEVELS) if outer.tag == "a"), None)
    there = _path_of(link.get("href") or "") if link is not None and own else ""
    return bool(there) and there != own and not there.isdecimal()


def _heading_of(element: Any) -> str:
    """The text of a heading without the sign that links to it."""
    text = text_of(element)
    for sign in {text_of(link) for link in element.iter("a")} & ANCHORS:
        text = text.removesuffix(sign).removeprefix(sign).strip()
    return text


def text_of(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())
