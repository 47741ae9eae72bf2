"""What a page declares of its own article: JSON-LD, parsed, and the author's meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

_SCRIPT = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
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
_MAX_VALUES, _VALUE_CHARS = 50, 2_000
# What a recipe is made of, and what its steps are.
_PARTS = ("recipeIngredient", "ingredients", "recipeInstructions", "step")
_OF_STEP = ("name", "text", "itemListElement", "steps", "item")
_WITH_PARTS, _QUESTION = re.compile(r"(?:Recipe|HowTo)$"), re.compile(r"Question$")
# The longest recipe of 639 has 293 ingredients and 9,000 letters, the longest list of answers on labelled pages 24,000.
_MAX_STATED, _STATED_CHARS, _STATED_LEVELS = 1_000, 60_000, 6
_BREAK = re.compile(
    r"</?(?:p|div|li|[uo]l|br|h[1-6]|hr|tr|td|th|table|section|article|aside|blockquote|fig(?:ure|caption)|d[dlt]|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
# "p < 0.05 and n > 30" is no tag.
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--(?:(?!-->).){0,300}-->")
_CODE = re.compile(r"<(script|style)\b[^<>]{0,300}>(?:(?!</\1).){0,20000}</\1[^<>]{0,30}>", re.IGNORECASE | re.DOTALL)
_ESCAPED_TAG, _WRITTEN_BREAK = re.compile(r"&lt;/?[a-zA-Z]"), re.compile(r"(?:\\r)?\\n")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """What JSON-LD says of the page's own article, as the page writes it.

    ``authors`` are by source, most trusted first: those of JSON-LD, if it names any, those of a recipe in it, then
    those of each meta tag; ``linked_sources`` of these are of JSON-LD.
    ``stated`` are the ingredients and steps of recipes, and the questions that are answered, with their answers.
    ``body`` is the text of the article, or the lines of the recipe, ``name`` what that is called.
    """

    authors: tuple[tuple[str, ...], ...] = ()
    linked_sources: int = 0
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    image: str | None = None
    image_caption: str | None = None
    license: str | None = None
    language: str | None = None
    is_thread: bool = False
    publisher: str | None = None
    stated: tuple[str, ...] = ()
    body: str = ""
    name: str | None = None


def find_declared(page: str, url: str | None, meta: Mapping[str, Sequence[str]] | None = None) -> Declared:
    """What the page declares of the article at ``url``, with the authors that its tags, ``meta``, name.

    Stories that it only links to do not count.
    """
    nodes = list(_nodes(page))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    own = _own_article(nodes, url)
    recipes = [node for node in nodes if _is_type(node, _WITH_PARTS)]
    linked = [_authors_of(part, by_id) for part in (own, recipes if len(recipes) == 1 else ())]
    linked = [names for names in dict.fromkeys(linked) if names]
    image, caption = _image(own, by_id)
    # What Baidu asks for has no type.
    dated = [node for node in nodes if "pubDate" in node and "@type" not in node][:1]
    here = [*own, *(node for node in nodes if _is_type(node, _PAGE))]
    return Declared(
        authors=tuple(filter(None, (*linked, *_meta_authors(meta or {})))),
        linked_sources=len(linked),
        headline=_first_text(own, "headline"),
        published=_first_text([*own, *dated], "datePublished", "dateCreated", "pubDate"),
        modified=_first_text([*own, *dated], "dateModified", "upDate"),
        section=_first_text(own, "articleSection"),
        tags=tuple(value for node in own for value in _texts(node.get("keywords"))),
        description=_first_text(own, "description"),
        image=image,
        image_caption=caption,
        license=_first_text(here, "license"),
        language=_first_text(here, "inLanguage"),
        publisher=next(_publishers(own, by_id), None),
        is_thread=any(_is_type(node, _THREAD) for node in own),
        stated=_bounded(_stated_texts(nodes if len(recipes) < 2 else [*own, *_questions(nodes)])),
        body=_body(own),
        name=_first_text(own, "headline", "name"),
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
    with_author = [node for node in here or articles if _author_of(node)]
    pages = [node for node in nodes if _is_type(node, _PAGE) and _author_of(node)]
    return (with_author or here or articles or pages)[:1]


def _questions(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if _is_type(node, _QUESTION)]


def _bounded(texts: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    left = _STATED_CHARS
    for text in islice(texts, _MAX_STATED):
        if len(text) <= left:
            left -= len(text)
            found.append(text)
    return tuple(found)


def _body(own: list[Node]) -> str:
    """The text of the article itself, else the lines of its recipe."""
    for node in own:
        whole = list(_strings(node.get("articleBody")))
        parts = whole or (_bounded(_stated_texts([node])) if _is_type(node, _WITH_PARTS) else ())
        return "\n".join(filter(None, (" ".join(row.split()) for text in parts for row in _rows(text))))
    return ""


def _rows(text: str) -> list[str]:
    """The paragraphs of a text, which may be markup, also escaped once more."""
    if not _TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if "\n" not in text:
        text = _WRITTEN_BREAK.sub("\n", text)
    return unescape(_TAG.sub("", _BREAK.sub("\n", _CODE.sub("\n", text)))).split("\n")


def plain_rows(text: str) -> str:
    """A text that is stated, without markup.

    >>> plain_rows("<p>Is 3 &lt; 5?</p>&lt;b>"), plain_rows("x < 5 and y > 3")
    ('Is 3 < 5? <b>', 'x < 5 and y > 3')
    """
    return " ".join(filter(None, (row.strip() for row in _rows(text))))


def _stated_texts(nodes: list[Node]) -> Iterator[str]:
    """The parts of a recipe and the answered questions; what has several recipes is a list, or has cards of others."""
    with_parts = [node for node in nodes if _is_type(node, _WITH_PARTS)]
    for node in with_parts if len(with_parts) == 1 else ():
        for key in _PARTS:
            yield from _strings(node.get(key))
    for node in nodes:
        if _is_type(node, _QUESTION) and (answers := list(_strings(node.get("acceptedAnswer")))):
            yield from (*answers, *_strings(node.get("name")))


def _strings(value: Any, level: int = 0) -> Iterator[str]:
    """The strings of a value, of lists and steps in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and level < _STATED_LEVELS:
        for one in value[:_MAX_STATED]:
            yield from _strings(one, level + 1)
    elif isinstance(value, dict) and level < _STATED_LEVELS:
        name, text = value.get("name"), value.get("text")
        # Plug-ins name a step by its first words.
        is_twice = isinstance(name, str) and isinstance(text, str) and text.startswith(name.rstrip(". …"))
        for key in _OF_STEP[is_twice:]:
            yield from _strings(value.get(key), level + 1)


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


def _publishers(own: list[Node], by_id: dict[str, Node]) -> Iterator[str]:
    for node in own:
        value = node.get("publisher")
        known = {**by_id.get(str(value.get("@id")), {}), **value} if isinstance(value, dict) else {"name": value}
        yield from _texts(known.get("name"))


def _authors_of(nodes: Iterable[Node], by_id: dict[str, Node]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for node in nodes for name in _person_names(_author_of(node), by_id)))


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


def _author_of(node: Node) -> Any:
    """The author; Parse.ly's nodes name a creator."""
    return node.get("author") or node.get("creator")


def _meta_authors(meta: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for name in _AUTHOR_TAGS:
        values = meta.get(name, ())
        yield tuple(map(_given_name_first, values)) if name in _FAMILY_NAME_FIRST else tuple(values)


def _given_name_first(value: str) -> str:
    family, comma, given = value.partition(", ")
    return f"{given} {family}" if comma and "," not in given else value


def _first_text(nodes: list[Node], *keys: str) -> str | None:
    return next((value for key in keys for node in nodes for value in _texts(node.get(key))), None)


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, those of a list, the address or name of an object; without tags and entities."""
    for one in (value if isinstance(value, list) else [value])[:_MAX_VALUES]:
        if isinstance(one, dict):
            one = next((one[key] for key in ("@id", "url", "name") if isinstance(one.get(key), str)), None)
        if isinstance(one, str) and (text := _plain(one[:_VALUE_CHARS])):
            yield text


def _plain(text: str) -> str:
    """A value on one line, without tags and entities."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def _image(own: list[Node], by_id: dict[str, Node]) -> tuple[str | None, str | None]:
    """The address and the caption of the article's first picture."""
    for node in own:
        value = node.get("image") or node.get("thumbnailUrl")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first.strip():
            return first.strip(), None
        if isinstance(first, dict):
            known = {**by_id.get(str(first.get("@id")), {}), **first}
            address = next((known[key] for key in ("url", "contentUrl") if isinstance(known.get(key), str)), None)
            if address:
                return address, next(_texts(known.get("caption")), None)
    return None, None
