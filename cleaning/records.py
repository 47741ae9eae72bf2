"""The frozen records that all parts of the library share.

All offsets are half-open, count characters, and refer to one text: the normalised source text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a removed, moved or flagged span is."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    TIMESTAMP = "timestamp"
    SECTION_LABEL = "section_label"
    CAPTION = "caption"
    AGENCY_CREDIT = "agency_credit"
    CONTRIBUTOR_CREDIT = "contributor_credit"
    AUTHOR_BIO = "author_bio"
    COPYRIGHT = "copyright"
    RELATED_LINKS = "related_links"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    NAVIGATION = "navigation"
    ADVERTISEMENT = "advertisement"
    SPONSORED = "sponsored"
    COOKIE_NOTICE = "cookie_notice"
    PAYWALL = "paywall"
    COMMENT_PROMPT = "comment_prompt"
    APP_PROMO = "app_promo"
    MEDIA_PLAYER = "media_player"
    CONTACT = "contact"
    MARKUP = "markup"
    TEMPLATE = "template"
    REPEATED = "repeated"
    OUTSIDE_MAIN_TEXT = "outside_main_text"


# What becomes metadata unless the recipe says otherwise; everything else is dropped.
MOVED_KINDS = frozenset(
    {
        Kind.TITLE,
        Kind.BYLINE,
        Kind.DATELINE,
        Kind.TIMESTAMP,
        Kind.SECTION_LABEL,
        Kind.CAPTION,
        Kind.AGENCY_CREDIT,
        Kind.CONTRIBUTOR_CREDIT,
        Kind.COPYRIGHT,
    }
)


class Action(StrEnum):
    """What happens to a span: ``dropped`` and ``moved`` leave the text, ``flagged`` stays."""

    DROPPED = "dropped"
    MOVED = "moved"
    FLAGGED = "flagged"


class Stage(StrEnum):
    """The step of a run at which a source was rejected."""

    INGEST = "ingest"
    DECODE = "decode"
    EXTRACT = "extract"
    CLEAN = "clean"
    CHECK = "check"


class Reason(StrEnum):
    """Why a source is in quarantine. The list is fixed: consumers group by it."""

    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    NAME_NOT_UTF8 = "name_not_utf8"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    BINARY = "binary"
    TRUNCATED = "truncated"
    UNDECODABLE = "undecodable"
    TOO_MANY_LINES = "too_many_lines"
    LINE_TOO_LONG = "line_too_long"
    NO_TEXT = "no_text"
    UNWANTED_LANGUAGE = "unwanted_language"
    MOSTLY_BOILERPLATE = "mostly_boilerplate"
    EXTRACTION_FAILED = "extraction_failed"
    TOO_DEEP = "too_deep"
    TOO_MANY_MEMBERS = "too_many_members"
    ARCHIVE_BOMB = "archive_bomb"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    FAILED_EXPECTATION = "failed_expectation"


@dataclass(frozen=True, slots=True)
class Source:
    """The logical address of one raw document: its path relative to the input root.

    ``path`` uses ``/`` on every platform; bytes that are not UTF-8 are shown as ``\\xNN`` there,
    while ``id`` is made from the bytes themselves, so two such names never share an id.
    ``container`` is the id of the file that holds the document among others.
    ``size_bytes``: None of a record that was not read, and where a server does not tell.
    """

    path: str
    size_bytes: int | None
    modified_ns: int
    raw_path: bytes = b""
    container: str | None = None

    @property
    def id(self) -> str:
        """Twenty hexadecimal digits of the address: the same address has the same id.

        >>> Source("a/b.txt", 0, 0).id == Source("a/b.txt", 9, 9).id
        True
        """
        # A file that is called as a record of the one beside it is ("a.zip#b.txt") is another document.
        own = b"\0" if self.container is None and b"#" in self.address else b""
        return hash_id("source", self.address + own)

    @property
    def address(self) -> bytes:
        """The bytes of the address."""
        return self.raw_path or self.path.encode("utf-8", "surrogatepass")

    def record(self, name: str, size_bytes: int | None) -> Source:
        """The address of a record in this file.

        >>> Source("crawl.jsonl", 0, 0).record("12", 80).path
        'crawl.jsonl#12'
        """
        raw = name.encode("utf-8", "surrogateescape")
        shown = f"{self.path}#{raw.decode('utf-8', 'backslashreplace')}"
        return Source(shown, size_bytes, self.modified_ns, self.address + b"#" + raw, self.id)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page says the value of a field: ``json-ld``, ``meta``, ``page`` or ``address``; ``search``: by guess.

    ``record``: the value came with the page, and is surer than what the page says.
    ``is_confirmed``: does another of these say the same? None where no other says anything.
    """

    field: str
    source: str
    is_confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class RawMetadata:
    """What a page or a record says of itself, as it says it. ``authors_key``: what a record calls its authors."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    url: str | None = None
    image: str | None = None
    image_caption: str | None = None
    license: str | None = None
    declared_language: str | None = None
    rights: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    origins: tuple[Origin, ...] = ()
    authors_key: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The bytes of one source, with what is known of them before they are read."""

    source: Source
    media_type: str
    data: bytes
    raw_sha256: str
    metadata: RawMetadata = RawMetadata()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class MetadataSource:
    """Where a value comes from: as ``Origin``, or ``record`` (it came along) or ``text`` (it was moved out of it).

    ``confidence``: in so many of such cases it is right, 0 to 1; None where that could not be measured.
    """

    field: str
    source: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; every field in its one normal form."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_stated: str | None = None
    modified: datetime | None = None
    modified_stated: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    url: str | None = None
    site: str | None = None
    image: str | None = None
    image_caption: str | None = None
    license: str | None = None
    declared_language: str | None = None
    agencies: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    rights_holder: str | None = None
    rights_year: int | None = None
    metadata_sources: tuple[MetadataSource, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that ``text[start:end]`` is of a kind. Marks may overlap; none edits text."""

    start: int
    end: int
    kind: Kind
    rule: str
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A span that was taken out of the text, or flagged in it, and why.

    ``text`` is the span letter by letter, line breaks that went with it included;
    ``line`` counts the lines of the source text from 1.
    """

    start: int
    end: int
    kind: Kind
    action: Action
    rule: str
    score: float
    evidence: str
    text: str
    line: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts and shares that expectations and readers filter by; shares run from 0 to 1."""

    alpha_share: float
    digit_share: float
    upper_share: float
    terminal_line_share: float
    mean_word_chars: float
    mean_line_words: float
    repeated_line_share: float
    removed_share: float
    replacement_chars: int


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """One published document; its fields are the columns of the table ``documents``.

    ``source_text`` is the normalised text before any cut, and
    ``cut(source_text, removals) == text``.
    """

    id: str
    text: str
    title: str | None
    authors: tuple[str, ...]
    published: datetime | None
    published_stated: str | None
    modified: datetime | None
    modified_stated: str | None
    section: str | None
    tags: tuple[str, ...]
    description: str | None
    url: str | None
    site: str | None
    image: str | None
    image_caption: str | None
    license: str | None
    declared_language: str | None
    language: str | None
    language_score: float | None
    language_script: str | None
    agencies: tuple[str, ...]
    contributors: tuple[str, ...]
    captions: tuple[str, ...]
    rights_holder: str | None
    rights_year: int | None
    metadata_sources: tuple[MetadataSource, ...]
    extra: tuple[tuple[str, str], ...]
    n_chars: int
    n_words: int
    n_lines: int
    removed_lines: int
    removed_chars: int
    removed_kinds: tuple[tuple[str, int], ...]
    quality: Quality
    duplicate_of: str | None
    story_id: str
    source: str
    media_type: str
    page_kind: str | None
    page_kind_score: float | None
    extracted_by: str | None
    encoding: str | None
    raw_sha256: str
    text_sha256: str
    ingested_at: datetime | None
    source_text: str
    removals: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A source that is not published: where it stopped, why, and what to do about it.

    ``container`` is the id of the file that holds it among others. Of a text that is mostly boilerplate
    ``source_text`` is the normalised text and ``removals`` what would go of it.
    """

    id: str
    source: str
    stage: Stage
    reason: Reason
    detail: str
    preview: str = ""
    size_bytes: int | None = None
    media_type: str | None = None
    raw_sha256: str | None = None
    failed_expectations: tuple[str, ...] = ()
    container: str | None = None
    source_text: str = ""
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """A source that was left alone on purpose, for the ledger: not text, hidden, not a file."""

    id: str
    source: str
    reason: str
    container: str | None = None


def hash_id(tag: str, data: bytes) -> str:
    """Twenty hexadecimal digits of SHA-256 over a tag and the data: 80 bits.

    With 10 million ids the chance of one collision is about 4e-11 (birthday bound).
    """
    return hashlib.sha256(tag.encode() + b"\0" + data).hexdigest()[:20]
