"""One raw document through all per-document steps: decode, extract, mark, cut, normalize, measure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache

from cleaning.boilerplate import cut, find_removals, split_page
from cleaning.calls import check_call, check_recipe, type_name
from cleaning.checks import PREVIEW_CHARS, check_enough_left, check_lines, reject
from cleaning.dates import PAGE_YEARS, RECORD_YEARS, stamp_within
from cleaning.dropped import with_dropped_blocks
from cleaning.errors import NOT_OF_THE_DATA, Rejected, crash_detail
from cleaning.extract import Extracted, extract_page
from cleaning.extract.ending import find_break
from cleaning.extract.page import is_page
from cleaning.ingest import media_type_of
from cleaning.ingest.decode import Undecoded, decode
from cleaning.language import Language, detect_language
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.characters import normalize_text
from cleaning.normalize.metadata import normalize_metadata, parse_language_tag, parse_section
from cleaning.quality import count_lines, count_words, measure_quality
from cleaning.recipe import Recipe
from cleaning.records import (
    Action,
    CleanDocument,
    Metadata,
    RawDocument,
    RawMetadata,
    Reason,
    Rejection,
    Removal,
    Source,
    Stage,
)

TEXT, HTML = "text/plain", "text/html"
_DEFAULT = Recipe()
# What tells whether a value of a page can be read, for fields that have one form only; a record's dates may be older.
_READS: Mapping[str, Callable[[str], object]] = {
    "published": lambda text: stamp_within(text, PAGE_YEARS),
    "modified": lambda text: stamp_within(text, PAGE_YEARS),
    "section": parse_section,
    "url": normalize_url,
    "image": normalize_url,
    "declared_language": parse_language_tag,
}
_READS_GIVEN: Mapping[str, Callable[[str], object]] = {
    **_READS,
    "published": lambda text: stamp_within(text, RECORD_YEARS),
    "modified": lambda text: stamp_within(text, RECORD_YEARS),
}
_NO_TEMPLATES: Mapping[int, int] = {}


@cache
def warm_up() -> None:
    """Loads what the first document would load, phrases and models: a second that is not that document's."""
    clean_text("The vote on the new bridge is on Friday, and its outcome is as open as it was.\nAll rights reserved.")


def clean_text(text: str, *, url: str | None = None, recipe: Recipe = _DEFAULT) -> CleanDocument:
    """The clean document of a plain text.

    Raises:
        Rejected: the text belongs in quarantine; ``error.rejection`` says why.
        TypeError: the text is no str, or the recipe no ``Recipe``.
    """
    check_call("clean_text", text, (str,), recipe)
    raw = _raw_of(text.encode("utf-8", "replace"), TEXT, url)
    return _finish(raw, _plain(text, RawMetadata(url=url)), "utf-8", recipe)


def clean_html(page: bytes | str, *, url: str | None = None, recipe: Recipe = _DEFAULT) -> CleanDocument:
    """The clean document of an HTML page.

    Raises:
        Rejected: the page belongs in quarantine; ``error.rejection`` says why.
        TypeError: the page is neither str nor bytes, or the recipe no ``Recipe``.
    """
    check_call("clean_html", page, (str, bytes), recipe)
    data = page.encode("utf-8", "replace") if isinstance(page, str) else page
    raw = _raw_of(data, HTML, url)
    text, encoding = (page, "utf-8") if isinstance(page, str) else _decoded(raw)
    return _clean_page(raw, text, encoding, recipe)


def clean_document(
    raw: RawDocument, recipe: Recipe = _DEFAULT, templates: Mapping[int, int] = _NO_TEMPLATES
) -> CleanDocument:
    """The clean document of raw bytes whose media type is ``text/plain`` or ``text/html``.

    ``templates``: in how many documents of its site a line stands, by its key (``cleaning.boilerplate.templates``).

    Raises:
        Rejected: the document belongs in quarantine.
        TypeError: it is no ``RawDocument``, or the recipe no ``Recipe``.
    """
    check_call("clean_document", raw, (RawDocument,), recipe)
    text, encoding = _decoded(raw)
    if is_page(text, raw.media_type):
        return _clean_page(replace(raw, media_type=HTML), text, encoding, recipe, templates)
    return _finish(raw, _plain(text, raw.metadata), encoding, recipe, templates)


def clean_many(
    documents: Iterable[str | bytes | RawDocument],
    recipe: Recipe = _DEFAULT,
    templates: Mapping[int, int] = _NO_TEMPLATES,
) -> Iterator[CleanDocument | Rejection]:
    """A clean document or a rejection for each document, in order. No document stops the others.

    A document is a text or a page, as str or as bytes, of which its beginning tells which, or a ``RawDocument``.

    Raises:
        TypeError: a document is none of these, ``documents`` is one itself, or the recipe no ``Recipe``.
    """
    check_recipe(recipe)
    if isinstance(documents, str | bytes):
        raise TypeError(f"clean_many takes several documents, not one {type_name(documents)}: put it in a list")
    return _clean_each(documents, recipe, templates)


def _clean_each(
    documents: Iterable[str | bytes | RawDocument], recipe: Recipe, templates: Mapping[int, int]
) -> Iterator[CleanDocument | Rejection]:
    for number, document in enumerate(documents, start=1):
        if not isinstance(document, str | bytes | RawDocument):
            raise TypeError(f"clean_many takes str, bytes or RawDocument; document {number} is {type_name(document)}")
        raw = document if isinstance(document, RawDocument) else _raw_of_unnamed(document)
        try:
            yield clean_document(raw, recipe, templates)
        except Rejected as rejected:
            yield rejected.rejection
        # A document is bytes in memory: what fails to be read or written is the machine's.
        except (*NOT_OF_THE_DATA, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - a parser meets what its authors did not; the others go on
            yield _crashed(raw, error)


def _crashed(raw: RawDocument, error: Exception) -> Rejection:
    """The rejection of a document that made a step fail; no step has a hand in it."""
    return Rejection(
        id=raw.source.id,
        source=raw.source.path,
        stage=Stage.CLEAN,
        reason=Reason.CRASHED,
        detail=crash_detail(error),
        preview=" ".join(raw.data[:PREVIEW_CHARS].decode("utf-8", "backslashreplace").split()),
        size_bytes=raw.source.size_bytes,
        media_type=raw.media_type,
        raw_sha256=raw.raw_sha256,
        container=raw.source.container,
    )


def _raw_of(data: bytes, media_type: str, url: str | None) -> RawDocument:
    digest = hashlib.sha256(data).hexdigest()
    source = Source(path=url or f"sha256:{digest}", size_bytes=len(data), modified_ns=0)
    return RawDocument(source, media_type, data, digest, RawMetadata(url=url))


def _raw_of_unnamed(document: str | bytes) -> RawDocument:
    """A text or a page, told by how it begins."""
    data = document.encode("utf-8", "replace") if isinstance(document, str) else document
    return _raw_of(data, media_type_of("", data), None)


def _decoded(raw: RawDocument) -> tuple[str, str]:
    found = decode(raw.data, declared=raw.encoding, is_html=raw.media_type == HTML)
    if isinstance(found, Undecoded):
        raise Rejected(reject(raw, Stage.DECODE, found.reason, found.detail))
    return found.text, found.encoding


def _clean_page(
    raw: RawDocument, page: str, encoding: str, recipe: Recipe, templates: Mapping[int, int] = _NO_TEMPLATES
) -> CleanDocument:
    if found_break := find_break(page):
        detail = f"the page ends {found_break}, so its end is missing; fetch it again"
        raise Rejected(reject(raw, Stage.EXTRACT, Reason.TRUNCATED, detail))
    found = extract_page(page, raw.metadata.url, keep_dropped=recipe.keep_dropped_blocks)
    if found is None:
        detail = "no main text was found: it holds only scripts, frames or links, or too few words"
        raise Rejected(reject(raw, Stage.EXTRACT, Reason.NO_TEXT, detail))
    return _finish(raw, replace(found, metadata=_merged(found.metadata, raw.metadata)), encoding, recipe, templates)


def _plain(text: str, metadata: RawMetadata) -> Extracted:
    """A text that needs no extraction."""
    return Extracted(text, metadata, made_by="")


def _merged(said: RawMetadata, given: RawMetadata) -> RawMetadata:
    """What the page says of itself, and where that is nothing or cannot be read what came with the record.

    What the record names an origin of goes before the page: the heading of a mail is often the name of a newsletter.
    """
    missing, surer = {}, {origin.field for origin in given.origins}
    for field in fields(given):
        value, other = getattr(said, field.name), getattr(given, field.name)
        reads, reads_given = _READS.get(field.name, bool), _READS_GIVEN.get(field.name, bool)
        if other and (not (value and reads(value)) or (field.name in surer and reads_given(other))):
            missing[field.name] = other
    origins = tuple(origin for origin in said.origins if origin.field not in missing)
    return replace(said, **missing | {"origins": origins})


def _finish(
    raw: RawDocument,
    found: Extracted,
    encoding: str,
    recipe: Recipe,
    templates: Mapping[int, int] = _NO_TEMPLATES,
) -> CleanDocument:
    said = found.metadata
    source, dropped = with_dropped_blocks(normalize_text(found.text), found)
    check_lines(raw, source, recipe.limits)
    is_thread = found.page_kind == "forum"
    removals = find_removals(
        source, recipe, said.title, normalize_site(said.url), templates, dropped, is_thread=is_thread
    )
    clean = cut(source, removals)
    words = count_words(cut(source, dropped)), count_words(clean)
    check_enough_left(raw, source, removals, words, recipe)
    language = detect_language(clean)
    if recipe.languages and language.code not in recipe.languages:
        is_in = f"{language.code} ({language.score:g})" if language.code else "unknown"
        detail = f"its language is {is_in}; the recipe's languages are {', '.join(recipe.languages)}"
        raise Rejected(reject(raw, Stage.CLEAN, Reason.UNWANTED_LANGUAGE, detail, clean))
    return _build(raw, found, (source, clean), removals, encoding, language, words)


def _build(
    raw: RawDocument,
    found: Extracted,
    texts: tuple[str, str],
    removals: tuple[Removal, ...],
    encoding: str,
    language: Language,
    words: tuple[int, int],
) -> CleanDocument:
    source_text, text = texts
    known = normalize_metadata(found.metadata, removals)
    gone = [removal for removal in removals if removal.action != Action.FLAGGED]
    kinds = Counter(str(removal.kind) for removal in removals)
    return CleanDocument(
        id=raw.source.id,
        text=text,
        language=language.code,
        language_score=language.score,
        language_script=language.script,
        n_chars=len(text),
        n_words=words[1],
        n_lines=count_lines(text),
        removed_lines=sum(count_lines(removal.text) for removal in gone),
        removed_chars=sum(len(removal.text) for removal in gone),
        removed_kinds=tuple(sorted(kinds.items())),
        quality=measure_quality(split_page(text), words[1], words[0]),
        duplicate_of=None,
        story_id=raw.source.id,
        source=raw.source.path,
        media_type=raw.media_type,
        page_kind=found.page_kind,
        page_kind_score=None if found.page_kind_score is None else round(found.page_kind_score, 4),
        extracted_by=found.made_by or None,
        encoding=encoding,
        raw_sha256=raw.raw_sha256,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        ingested_at=None,
        source_text=source_text,
        removals=removals,
        **{field.name: getattr(known, field.name) for field in fields(Metadata)},
    )
