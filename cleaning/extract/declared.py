"""What a page declares of its own article: JSON-LD, parsed, and the author's meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

_SCRIPT = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_META = re.compile(r"<meta\b([^<>]{0,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|property|content)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
# Other names of meta tags give the site, the agency or the account more often than the person.
_AUTHOR_TAGS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "citation_author", "dc.creator")
# Catalogues of libraries: one tag an author, family name first.
_FAMILY_NAME_FIRST = ("citation_author", "dc.creator")
_ARTICLE = re.compile(r"(?:article|posting|report|review|recipe|question|howto)$", re.IGNORECASE)
_THREAD = re.compile(r"(?:DiscussionForumPosting|Question)$", re.IGNORECASE)
_PAGE = re.compile(r"page$", re.IGNORECASE)
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
# The most on 1,848 labelled pages: 40 scripts, 153,000 characters, 73 objects.
_MAX_SCRIPTS = 200
_MAX_CHARS = 1_000_000
_MAX_NODES = 2_000
_META_CHARS = 400_000

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """Authors by source, most trusted first, and the date of the page's own article, as the page writes them."""

    authors: tuple[tuple[str, ...], ...] = ()
    published: str | None = None
    is_thread: bool = False


def find_declared(page: str, url: str | None) -> Declared:
    """What the page declares of the article at ``url``; stories that it only links to do not count."""
    nodes = list(_nodes(page))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    own = _own_article(nodes, url)
    linked = tuple(name for node in own for name in _person_names(node.get("author"), by_id))
    return Declared(
        authors=tuple(filter(None, (tuple(dict.fromkeys(linked)), *_meta_authors(page)))),
        published=_first_text(own, "datePublished"),
        is_thread=any(_is_type(node, _THREAD) for node in own),
    )


def _nodes(page: str) -> Iterator[Node]:
    """The objects at the top of each JSON-LD script and of its graph; broken scripts are left out."""
    left = _MAX_NODES
    for script in _scripts(page):
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value[:left]
            elif isinstance(value, dict):
                left -= 1
                yield value
                waiting.extend(value[key] for key in _HOLDERS if isinstance(value.get(key), dict | list))


def _scripts(page: str) -> Iterator[str]:
    left = _MAX_CHARS
    for number, match in enumerate(_SCRIPT.finditer(page)):
        end = page.find("</script", match.end())
        if end < 0 or number == _MAX_SCRIPTS or end - match.end() > left:
            return
        left -= end - match.end()
        yield page[match.end() : end].strip()


def _own_article(nodes: list[Node], url: str | None) -> list[Node]:
    """The node of the page's own article, or its nodes where it is described twice; none on a list of articles."""
    articles = [node for node in nodes if _is_type(node, _ARTICLE)]
    here = [node for node in articles if _path(url) and _path(url) in map(_path, _addresses(node))]
    if not here and len(articles) > 2:
        return []
    with_author = [node for node in here or articles if node.get("author")]
    pages = [node for node in nodes if _is_type(node, _PAGE) and node.get("author")]
    return (with_author or here or articles or pages)[:1]


def _is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and pattern.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _addresses(node: Node) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    for value in (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page):
        if isinstance(value, str):
            yield value


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path.strip("/").casefold()
    except ValueError:
        return ""


def _person_names(author: Any, by_id: dict[str, Node]) -> Iterator[str]:
    """The names of persons: plain strings, and objects of the type Person or of no type."""
    for one in (author if isinstance(author, list) else [author])[:50]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            known = {**by_id.get(str(one.get("@id")), {}), **one}
            kinds = known.get("@type") or "Person"
            name = known.get("name")
            if "person" in str(kinds).casefold():
                yield from (value for value in (name if isinstance(name, list) else [name]) if isinstance(value, str))


def _meta_authors(page: str) -> Iterator[tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for match in _META.finditer(page, 0, _META_CHARS):
        values = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(match[1])}
        name = (values.get("name") or values.get("property") or "").lower()
        if name in _AUTHOR_TAGS and values.get("content", "").strip():
            content = unescape(values["content"])
            family, comma, given = content.partition(", ")
            is_turned = name in _FAMILY_NAME_FIRST and comma and "," not in given
            found.setdefault(name, []).append(f"{given} {family}" if is_turned else content)
    for name in _AUTHOR_TAGS:
        yield tuple(found.get(name, ()))


def _first_text(nodes: list[Node], key: str) -> str | None:
    return next((node[key] for node in nodes if isinstance(node.get(key), str)), None)
