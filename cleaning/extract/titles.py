"""The title of a page: of its headings and stated titles the one that they agree on, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from cleaning.normalize.addresses import normalize_site

# Between a title and the name of its site.
_BREAK = re.compile(r"\s+[|–—:»«•·/@-]+\s+|\s*[|»«•]\s*")
# In Chinese and Japanese titles sections and sites follow one another behind lines and hyphens: "桥梁开放_要闻_某某网".
_DENSE_BREAK = re.compile(
    r"\s*(?:_+|--+|——+)\s*|(?<=[\u3040-\u9fff\uff01-\uff1f”》」』】〉)])\s*-\s*(?=[\u3040-\u9fff])"
)
_LAST_HYPHEN = re.compile(r"\s*-+\s*(?=[^-]+$)")
# "…官网": the official site of somebody.
_OFFICIAL_SITE = re.compile(r"(?:官网|官方网站|门户网站|公式サイト)$")
_DENSE, _LATIN = re.compile(r"[\u3040-\u9fff]"), re.compile(r"[a-z]{3,}")
_SITE_LETTERS, _HEAD_LETTERS = 12, 8
_SHORT_BREAK = frozenset("|»•·–—-@")
# A last part of up to so many words behind such a sign is the site's name or a section.
_SITE_WORDS = 4
# Share of a heading's words that the stated titles hold: of .2 to .9 the best on 1,776 labelled titles.
_AGREED_SHARE = 0.4
_SHORT_NAME = 3
# Words beside the name in a part that names the site: of 0 to 4 the best on 2,225 labelled titles. A part with more
# words is a headline that tells of the town after which the paper is called.
_WORDS_BESIDE_SITE = 1
# "(4) Jane Doe on …": messages that wait for who saved the page. Titles with three digits are of books and films.
_UNREAD = re.compile(r"^\(\d\d?\+?\)\s+(?=\S)")
_LEADING_BAR = re.compile(r"\s*[|»«•]")
_PARTING_SIGNS = ":-–—|,"
_MAX_CHARS = 250
_WORD = re.compile(r"\w+")


def choose_title(stated: Sequence[str], headings: Iterable[str], site_name: str | None, url: str | None) -> str | None:
    """The title, from what the page states (most trusted first) and its h1 headings.

    >>> choose_title(["Bridge stays open | Example News"], ["Bridge stays open"], None, "https://example.com/a")
    'Bridge stays open'
    """
    sites = _site_names(site_name, url)
    heads = [head for head in dict.fromkeys(headings) if _WORD.search(head) and len(head) <= _MAX_CHARS]
    heads = [_without_named_site(head, sites) for head in heads if not _is_site(head, sites)]
    heads = [head for head in heads if not _names_site(head, stated)]
    titles = [_UNREAD.sub("", title[: 4 * _MAX_CHARS]) for title in stated if _compact(title) not in sites]
    # What begins with a bar is the name of the site, and the place of the title is empty.
    bases = [_without_site(title, sites) for title in titles if not _LEADING_BAR.match(title)]
    for base in bases:
        for head in heads:
            if _compact(head) == _compact(base):
                # A style sheet may part words that stand in elements of their own.
                return base if len(_words(base)) > len(_words(head)) else head
    words = {word for base in bases for word in _words(base)}
    agreed = [head for head in heads if _share_in(words, head) >= _AGREED_SHARE]
    whole = next((title.strip() for title in titles if any(_goes_on(head, title.strip()) for head in agreed)), None)
    if whole or agreed:
        return whole or max(agreed, key=lambda head: sum(word in words for word in _words(head)))
    return next(iter([*bases, *heads, *stated]), None)


def _names_site(head: str, stated: Sequence[str]) -> bool:
    """Is a heading what one stated title has beside another: "Example Blog" of "Example Blog: Bridge stays open"?"""
    name, titles = _compact(head), {_compact(one): len(_words(one)) for one in stated}
    size = len(_words(head))
    return bool(name) and any((name + one in titles or one + name in titles) and size <= titles[one] for one in titles)


def _goes_on(head: str, title: str) -> bool:
    """Is a heading a title and what stands behind it in the same element: a button, a standfirst?

    What a sign parts from the title is a part of it that the page's data leaves out.
    """
    rest = head.removeprefix(title).strip()
    return bool(rest) and rest != head and len(_words(title)) > 2 and rest[0] not in _PARTING_SIGNS


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
    """Is a part of a title the name of a site, the start or the end of it, or the name with one word more?

    >>> _is_site("Example Times Online", ("exampletimes",)), _is_site("Example", ("exampletimes",))
    (True, True)
    >>> _is_site("An excellent city for a weekend", ("elle",)), _is_site("Example wins the cup", ("example",))
    (False, False)
    """
    words = _WORD.findall(part.casefold().replace("_", " "))
    compact = "".join(words)
    if len(compact) > _SHORT_NAME and any(name.startswith(compact) or name.endswith(compact) for name in sites):
        return True
    ends = list(accumulate(map(len, words), initial=0))
    for name in sites:
        start = compact.find(name)
        if start in ends and start + len(name) in ends:
            named = ends.index(start + len(name)) - ends.index(start)
            if len(words) - named <= _WORDS_BESIDE_SITE:
                return True
    return False


def _without_named_site(head: str, sites: tuple[str, ...]) -> str:
    """A heading without first and last parts that name the site."""
    while breaks := list(_BREAK.finditer(head)):
        if _is_site(head[breaks[-1].end() :], sites):
            head = head[: breaks[-1].start()]
        elif _is_site(head[: breaks[0].start()], sites):
            head = head[breaks[0].end() :]
        else:
            break
    return head


def _without_site(title: str, sites: tuple[str, ...]) -> str:
    """The title without a first or last part that names the site, or that is short behind a sign for it."""
    title = _without_dense_tails(title, sites)
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


def _without_dense_tails(title: str, sites: tuple[str, ...]) -> str:
    """A Chinese or Japanese title without the short parts behind it, where what is left is twice as long as each."""
    if not _DENSE.search(title):
        return title
    last = _LAST_HYPHEN.search(title)
    if last and last.start() and _is_dense_site(title[last.end() :], sites):
        title = title[: last.start()]
    parts = _DENSE_BREAK.split(title)
    if not _DENSE.search(parts[0]):
        return title
    tails = parts[1:]
    is_clear = all(len(tail) <= _SITE_LETTERS and 2 * len(tail) <= len(parts[0]) for tail in tails)
    return parts[0] if tails and is_clear and len(parts[0]) >= _HEAD_LETTERS else title


def _is_dense_site(tail: str, sites: tuple[str, ...]) -> bool:
    """Does what stands behind the last hyphen name a site: an official one, or one by the Latin word of its address?"""
    latin = _LATIN.findall(tail.casefold())
    return _OFFICIAL_SITE.search(tail) is not None or any(site.startswith(word) for word in latin for site in sites)
