"""The declared schemas of the published tables, column by column.

``SCHEMA_VERSION`` changes with every change of a column; tests compare the schemas with a golden copy.
"""

from __future__ import annotations

import pyarrow as pa

from cleaning.records import Kind, Reason

SCHEMA_VERSION = "6"
TABLES = ("documents", "removals", "relations", "quarantine", "sources", "templates")

_TIME = pa.timestamp("us", tz="UTC")
_TEXTS = pa.list_(pa.field("element", pa.string(), nullable=False))
_CODE = pa.dictionary(pa.int32(), pa.string())
_QUALITY = pa.struct(
    [
        pa.field(name, pa.int64() if name == "replacement_chars" else pa.float64(), nullable=False)
        for name in (
            *("alpha_share", "digit_share", "upper_share", "terminal_line_share", "mean_word_chars", "mean_line_words"),
            *("repeated_line_share", "removed_share", "replacement_chars"),
        )
    ]
)
_PAIRS = pa.list_(
    pa.field(
        "element",
        pa.struct([pa.field("key", pa.string(), nullable=False), pa.field("value", pa.string(), nullable=False)]),
        nullable=False,
    )
)
_KINDS = pa.list_(
    pa.field(
        "element",
        pa.struct([pa.field("kind", pa.string(), nullable=False), pa.field("n", pa.int64(), nullable=False)]),
        nullable=False,
    )
)

_SOURCES = pa.list_(
    pa.field(
        "element",
        pa.struct(
            [
                pa.field("field", pa.string(), nullable=False),
                pa.field("source", pa.string(), nullable=False),
                pa.field("confidence", pa.float64()),
            ]
        ),
        nullable=False,
    )
)


def _field(name: str, kind: pa.DataType, description: str, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"description": description})


_ENCODING = "Character set that read the bytes; utf-8+cp1252: UTF-8 with bytes of Windows-1252 in it."
_PAGE_KINDS = "Of a page: article, forum, product, collection, listing, documentation or service, by the page model."

_STATED = "The same as it is stated, ISO 8601: in its own zone, where one is stated, and no more precise than it was."
_METADATA_SOURCES = (
    "Of each column of metadata that has a value: where it is from (json-ld, meta, page, address: parts of the page; "
    "search: a guess from all of it; record: it came along; text: moved out of it), and the share of such that are "
    "right; null: not measured."
)
_DUPLICATE_OF = "id of the document to keep in its place: it has the text, or four fifths of it; null: keep this one."
_STORY_ID = "The same for documents that are copies or retellings, or tell of one event: id of the one published first."
_RELATION = (
    "What id is to other_id: same, the clean texts are equal letter by letter; near_copy, four fifths of the shorter "
    "one and more stand in the other; revision, a version of one site, of another time or the same address; rewrite, "
    "it tells the text in other words, or most of it put together anew; quotes, it shares a sentence or passages; "
    "same_story, it tells of the same event in words of its own."
)
_PASSAGE_WORDS = "Words of the shorter text in passages of eight words and more that stand in the other; null: same."
_SIMILARITY = "Of same_story: cosine of the words with the most weight; half of it where no name is in both."

DOCUMENTS = pa.schema(
    [
        _field("id", pa.string(), "20 hexadecimal digits made from the source's address: stable over runs."),
        _field("text", pa.large_string(), "The story: normalised, boilerplate cut. Lines are separated by \\n."),
        _field("title", pa.string(), "Headline, from the page's metadata or its first line.", null=True),
        _field("authors", _TEXTS, "People who wrote it, in the order given."),
        _field("published", _TIME, "When it was published, UTC; a date without a time is midnight.", null=True),
        _field("published_stated", pa.string(), _STATED, null=True),
        _field("modified", _TIME, "When it was last changed by its publisher, UTC.", null=True),
        _field("modified_stated", pa.string(), "The same as it is stated, as in published_stated.", null=True),
        _field("section", pa.string(), "Section of the site, as printed.", null=True),
        _field("tags", _TEXTS, "Keywords that the page gives itself."),
        _field("description", pa.string(), "Summary that the page gives of itself.", null=True),
        _field("url", pa.string(), "Address without fragment, credentials and tracking parameters.", null=True),
        _field("site", _CODE, "Host of the address without www.", null=True),
        _field("image", pa.string(), "Address of the picture that the page gives itself.", null=True),
        _field("image_caption", pa.string(), "What the page says of that picture.", null=True),
        _field("license", pa.string(), "The licence that the page states for itself, mostly an address.", null=True),
        _field(
            "declared_language",
            _CODE,
            "Language tag that the page or the record gives itself, such as pt-BR.",
            null=True,
        ),
        _field(
            "language",
            _CODE,
            "ISO 639-1 code by langdetect, or by py3langid; null where nothing can be said.",
            null=True,
        ),
        _field(
            "language_score",
            pa.float64(),
            "Probability of the language, 0 to 1; lower where the two disagree.",
            null=True,
        ),
        _field("language_script", _CODE, "ISO 15924 code of the script of most letters.", null=True),
        _field("agencies", _TEXTS, "News agencies and newsrooms credited with the reporting."),
        _field("contributors", _TEXTS, "People credited beside the authors."),
        _field("captions", _TEXTS, "Captions and credits of pictures that stood in the text."),
        _field("rights_holder", pa.string(), "Who the copyright notice names.", null=True),
        _field("rights_year", pa.int32(), "The latest year of the copyright notice.", null=True),
        _field("metadata_sources", _SOURCES, _METADATA_SOURCES),
        _field("extra", _PAIRS, "What came with the record and has no column of its own, as text."),
        _field("n_chars", pa.int64(), "Characters of text."),
        _field("n_words", pa.int64(), "Runs of word characters in text."),
        _field("n_lines", pa.int64(), "Lines of text that are not empty."),
        _field("removed_lines", pa.int64(), "Lines that were taken out of the text."),
        _field("removed_chars", pa.int64(), "Characters that were taken out, line breaks included."),
        _field("removed_kinds", _KINDS, "How many spans of each kind were taken out or flagged."),
        _field("quality", _QUALITY, "Counts and shares to filter by; shares run from 0 to 1."),
        _field("duplicate_of", pa.string(), _DUPLICATE_OF, null=True),
        _field("story_id", pa.string(), _STORY_ID),
        _field("source", pa.string(), "Address of the raw file, relative to the input root."),
        _field("media_type", _CODE, "text/plain or text/html."),
        _field("page_kind", _CODE, _PAGE_KINDS, null=True),
        _field("page_kind_score", pa.float64(), "The page model's probability of the kind, 0 to 1.", null=True),
        _field(
            "extracted_by",
            _CODE,
            "Whose main text of a page it is: blocks, trafilatura, visible or declared.",
            null=True,
        ),
        _field("encoding", _CODE, _ENCODING, null=True),
        _field("raw_sha256", pa.string(), "SHA-256 of the raw bytes."),
        _field("text_sha256", pa.string(), "SHA-256 of text as UTF-8."),
        _field("ingested_at", _TIME, "When the run that read the source began, UTC."),
    ]
)

REMOVALS = pa.schema(
    [
        _field("id", pa.string(), "id of the document."),
        _field("position", pa.int64(), "Where the span begins in the source text, in characters from 0."),
        _field("line", pa.int64(), "Line of the source text on which the first word of the span stands, from 1."),
        _field("kind", _CODE, f"What the span is: {', '.join(Kind)}."),
        _field("action", _CODE, "dropped, moved (became metadata) or flagged (still in the text)."),
        _field("rule", _CODE, "Code of the rule, or name of the model, that spoke."),
        _field("score", pa.float64(), "How sure it was, 0 to 1."),
        _field("evidence", pa.string(), "What it saw."),
        _field("text", pa.large_string(), "The span letter by letter, with the line breaks that went with it."),
    ]
)

RELATIONS = pa.schema(
    [
        _field("id", pa.string(), "id of a document."),
        _field("other_id", pa.string(), "id of the document that it shares text or event with."),
        _field("relation", _CODE, _RELATION),
        _field("direction", _CODE, "forward: id came first; backward: other_id did; null: not known.", null=True),
        _field("resemblance", pa.float64(), "Share of the runs of three words of both that are in both, 0 to 1."),
        _field("containment", pa.float64(), "Share of id's runs of three words that other_id has, 0 to 1."),
        _field("passage_words", pa.int64(), _PASSAGE_WORDS, null=True),
        _field("similarity", pa.float64(), _SIMILARITY, null=True),
    ]
)

QUARANTINE = pa.schema(
    [
        _field("id", pa.string(), "20 hexadecimal digits made from the source's address."),
        _field("source", pa.string(), "Address of the raw file, relative to the input root."),
        _field("stage", _CODE, "Where it stopped: ingest, decode, extract, clean or check."),
        _field("reason", _CODE, f"Why: {', '.join(Reason)}."),
        _field("detail", pa.string(), "Why in words, and what to do about it."),
        _field("failed_expectations", _TEXTS, "Expectations that the row failed."),
        _field("preview", pa.string(), "The first characters of the text or bytes."),
        _field("size_bytes", pa.int64(), "Bytes of the raw file or record; null where it was not read.", null=True),
        _field("media_type", _CODE, "text/plain or text/html, where it was read.", null=True),
        _field("raw_sha256", pa.string(), "SHA-256 of the raw bytes, where they were read.", null=True),
        _field("ingested_at", _TIME, "When the run that read the source began, UTC."),
    ]
)

SOURCES = pa.schema(
    [
        _field("id", pa.string(), "20 hexadecimal digits made from the source's address."),
        _field("source", pa.string(), "Address of the raw file, relative to the input root."),
        _field("outcome", _CODE, "document, quarantined or skipped; container: a file whose records are sources."),
        _field("reason", pa.string(), "Why it was skipped or quarantined.", null=True),
        _field("size_bytes", pa.int64(), "Bytes when it was read; null of what was not read.", null=True),
        _field(
            "modified_ns",
            pa.int64(),
            "Modification time when it was last read, nanoseconds since 1970; touching a file is no change.",
            null=True,
        ),
        _field("container", pa.string(), "id of the file that holds it among others; null: a file itself.", null=True),
        _field("records", pa.int64(), "Of a container: how many sources it holds.", null=True),
        _field("raw_sha256", pa.string(), "Of a container on this machine: SHA-256 of its bytes.", null=True),
    ]
)

TEMPLATES = pa.schema(
    [
        _field("id", pa.string(), "16 hexadecimal digits made from site and text."),
        _field("site", _CODE, "The site; null: documents of no known site, taken together.", null=True),
        _field("text", pa.large_string(), "The line that stands in several documents of the site."),
        _field("documents", pa.int64(), "In so many documents of the site, copies of others left out."),
        _field("of_documents", pa.int64(), "So many documents of the site were counted."),
    ]
)

SCHEMAS: dict[str, pa.Schema] = {
    "documents": DOCUMENTS,
    "removals": REMOVALS,
    "relations": RELATIONS,
    "quarantine": QUARANTINE,
    "sources": SOURCES,
    "templates": TEMPLATES,
}
