"""Templates: lines that stand in several documents of one site.

What is counted are the lines of the source texts, before any cut: so counts do not depend on rules, model or on
templates found before, and can be taken again from what is published.

>>> opening = "The council of {} voted on Tuesday to close the bridge over the river until spring."
>>> stories = [("example.com", opening.format(town) + "\\nThe Example Gazette") for town in ("Ayr", "Bath", "Cork")]
>>> [(found.text, found.documents) for found in find_templates(stories)]
[('The Example Gazette', 3)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from cleaning.boilerplate.rule import Line
from cleaning.boilerplate.split import split_page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Counts = NDArray[np.int64]

# A template stands in at least this share of the site's documents: by chance "The investigation continues." closes
# more than three stories of a large archive.
MIN_SHARE = 0.005
# Copies and revisions of one story share all their lines. Only a document at least half of whose words of prose
# stand in no other document of the site is evidence of a template.
OWN_PROSE_SHARE = 0.5
# Longer lines are no templates: the longest notices met in public phrase lists have 70 words.
MAX_LINE_CHARS = 600
_NO_SITE = ""


@dataclass(frozen=True, slots=True)
class DocumentLines:
    """The distinct lines of one document: keys, words of those that are prose (0 for others), texts.

    ``copy_key`` is the same for documents of one site with the same source text.
    """

    site: str
    copy_key: int
    keys: tuple[int, ...]
    prose_words: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateCount:
    """A template: in how many ``documents`` of how many of its site it stands, copies of others left out."""

    site: str | None
    text: str
    documents: int
    of_documents: int

    @property
    def key(self) -> int:
        return line_key(self.site, self.text)

    @property
    def at_least(self) -> int:
        """The count rounded down to 3, 4, 8, 16, …: what a removal states, so that its row outlasts small changes."""
        return min(self.documents, 1 << (self.documents.bit_length() - 1)) if self.documents > 3 else self.documents


def line_key(site: str | None, line: str) -> int:
    """64 bits that stand for a line of a site; documents of no known site count as one site."""
    digest = blake2b(f"{site or _NO_SITE}\0{line}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def document_lines(site: str | None, source_text: str) -> DocumentLines:
    """What has to be known of one document to count templates."""
    lines: dict[str, Line] = {}
    for line in split_page(source_text).lines:
        lines.setdefault(line.text, line)
    return DocumentLines(
        site=site or _NO_SITE,
        copy_key=line_key(site, source_text),
        keys=tuple(line_key(site, text) for text in lines),
        prose_words=tuple(line.n_words if line.is_prose else 0 for line in lines.values()),
        texts=tuple(lines),
    )


def find_templates(documents: Iterable[tuple[str | None, str]], minimum: int = 3) -> list[TemplateCount]:
    """The templates among (site, source text) of documents, sorted by site and text.

    ``minimum``: so many documents of a site have to hold a line.
    """
    import numpy as np

    distinct = {one.copy_key: one for one in (document_lines(site, text) for site, text in documents)}
    first = list(distinct.values())
    if len(first) < minimum:
        return []
    owner = np.repeat(np.arange(len(first)), [len(document.keys) for document in first])
    keys = np.array([key for document in first for key in document.keys], dtype=np.uint64)
    prose = np.array([words for document in first for words in document.prose_words], dtype=np.int64)
    number = {site: i for i, site in enumerate(dict.fromkeys(document.site for document in first))}
    sites = np.array([number[document.site] for document in first])
    counted = frequent_lines([lambda: (keys, prose, owner)], sites, minimum)
    wanted = {key: (count, size) for key, count, size in zip(*(part.tolist() for part in counted), strict=True)}
    found = {
        key: TemplateCount(document.site or None, text, *wanted[key])
        for document in first
        for key, text in zip(document.keys, document.texts, strict=True)
        if key in wanted and len(text) <= MAX_LINE_CHARS
    }
    return sorted(found.values(), key=lambda item: (item.site or _NO_SITE, item.text))


def frequent_lines(
    buckets: Sequence[Callable[[], tuple[Keys, Counts, Counts]]], sites: Counts, minimum: int
) -> tuple[Keys, Counts, Counts]:
    """Keys of lines that stand in enough documents, in how many, and how many documents their sites have.

    Each of the ``buckets`` gives key, words if it is prose, and number of the document of some of the distinct lines of
    each document, and all lines of one key are in one bucket: one at a time is in memory. ``sites`` (documents): number
    of the site. Documents without prose of their own are not counted.
    """
    import numpy as np

    own, prose_of = np.zeros(sites.size), np.zeros(sites.size)
    for bucket in buckets:
        keys, prose, owner = bucket()
        _, where, count = np.unique(keys, return_inverse=True, return_counts=True)
        own += np.bincount(owner, prose * (count[where] == 1), minlength=sites.size)
        prose_of += np.bincount(owner, prose, minlength=sites.size)
    is_original = own >= OWN_PROSE_SHARE * np.maximum(prose_of, 1)
    site_size = np.bincount(sites[is_original], minlength=int(sites.max(initial=0)) + 1)
    found = [_frequent_in(*bucket(), is_original, sites, site_size, minimum) for bucket in buckets]
    keys, documents, size = (np.concatenate(part) for part in zip(*found, strict=True))
    return keys, documents, size


def _frequent_in(
    keys: Keys,
    prose: Counts,
    owner: Counts,
    is_original: NDArray[np.bool_],
    sites: Counts,
    site_size: Counts,
    minimum: int,
) -> tuple[Keys, Counts, Counts]:
    import numpy as np

    counts = is_original[owner]
    unique, first, documents = np.unique(keys[counts], return_index=True, return_counts=True)
    size = site_size[sites[owner[counts][first]]]
    enough = documents >= np.maximum(minimum, np.ceil(MIN_SHARE * size))
    return unique[enough], documents[enough], size[enough]
