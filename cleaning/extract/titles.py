"""The title of a page: of its headings and stated titles the one that they agree on, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaning.normalize.addresses import normalize_site

# Between a title and the name of its site.
_BREAK = re.compile(r"\s+[|–—:»«•·/@-]+\s+|\s*[|»«•]\s*")
# In Chinese and Japanese titles sections and sites follow one another behind lines and hyphens: "桥梁开放_要闻_某某网".
_DENSE_BREAK = re.compile(r"\s*(?:_+|--+|——+)\s*|(?<=[\u3040-\u9fff)）])\s*-\s*(?=[\u3040-\u9fff])")
_DENSE = re.compile(r"[\u3040-\u9fff]")
_SITE_LETTERS, _HEAD_LETTERS = 12, 8
_SHORT_BREAK = frozenset("|»•·–—-@")
# A last part of up to so many words behind such a sign is the site's name or a section.
_SITE_WORDS = 4
# Share of a heading's words that the stated titles hold: of .2 to .9 the best on 1,776 labelled titles.
_AGREED_SHARE = 0.4
_MAX_CHARS = 250
_WORD = re.compile(r"\w+")


def choose_title(stated: Sequence[str], headings: Iterable[str], site_name: str | None, url: str | None) -> str | None:
    """The title, from what the page states (most trusted first) and its h1 headings.

    >>> choose_title(["Bridge stays open | Example News"], ["Bridge stays open"], None, "https://example.com/a")
    'Bridge stays open'
    """
    sites = _site_names(site_name, url)
    heads = [head for head in dict.fromkeys(headings) if _WORD.search(head) and len(head) <= _MAX_CHARS]
    heads = [head for head in heads if not _is_site(head, sites)]
    bases = [_without_site(title[: 4 * _MAX_CHARS], sites) for title in stated if _compact(title) not in sites]
    for base in bases:
        for head in heads:
            if _compact(head) == _compact(base):
                return head
    words = {word for title in stated for word in _words(title)}
    agreed = [head for head in heads if _share_in(words, head) >= _AGREED_SHARE]
    if agreed:
        return max(agreed, key=lambda head: len(_words(head)))
    return next(iter([*bases, *heads, *stated]), None)


def _share_in(known: set[str], text: str) -> float:
    words = _words(text)
    return sum(word in known for word in words) / len(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _compact(text: str) -> str:
    return "".join(_words(text)).replace("_", "")


def _site_names(site_name: str | None, url: str | None) -> tuple[str, ...]:
    host = normalize_site(url) or ""
    names = (site_name or "", host, host.rpartition(".")[0], host.split(".")[0])
    return tuple(name for name in map(_compact, names) if len(name) > 2)


def _is_site(part: str, sites: tuple[str, ...]) -> bool:
    compact = _compact(part)
    return any(compact == name or (len(compact) > 3 and (compact in name or name in compact)) for name in sites)


def _without_site(title: str, sites: tuple[str, ...]) -> str:
    """The title without a first or last part that names the site, or that is short behind a sign for it."""
    title = _without_dense_tails(title)
    is_first_cut = True
    while breaks := list(_BREAK.finditer(title)):
        last, first = breaks[-1], breaks[0]
        rest, tail = title[: last.start()], title[last.end() :]
        if _is_site(tail, sites):
            title, is_first_cut = rest, False
            continue
        if _is_site(title[: first.start()], sites):
            return title[first.end() :]
        is_short = len(_words(tail)) <= min(_SITE_WORDS, len(_words(rest)) - 1)
        return rest if is_first_cut and is_short and last[0].strip() in _SHORT_BREAK else title
    return title


def _without_dense_tails(title: str) -> str:
    """A Chinese or Japanese title without the short parts behind it, where what is left is twice as long as each."""
    parts = _DENSE_BREAK.split(title) if _DENSE.search(title) else []
    if not parts or not _DENSE.search(parts[0]):
        return title
    tails = parts[1:]
    is_clear = all(len(tail) <= _SITE_LETTERS and 2 * len(tail) <= len(parts[0]) for tail in tails)
    return parts[0] if tails and is_clear and len(parts[0]) >= _HEAD_LETTERS else title
