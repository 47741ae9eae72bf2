"""Where each value of a document's metadata comes from, and how often such values are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from cleaning.records import Metadata, MetadataSource, Origin

# Shares of right values on the labelled pages, by field, source, and whether another part of the page says the same
# (None: no other says anything): ``python benchmarks/metadata_sources.py DATA --folds FOLDER`` prints both tables.
# Cells of fewer than ten pages are left out: there the value of the source alone counts (None). Of "text", what
# extractors leave of the pages, ``python benchmarks/text_metadata.py DATA`` prints it: "sure" of "all, main content".
_LABELLED: Mapping[tuple[str, str, bool | None], float] = {
    ("authors", "json-ld", None): 0.965,
    ("authors", "json-ld", True): 0.934,
    ("authors", "meta", None): 0.911,
    ("authors", "search", None): 0.906,
    ("published", "address", None): 1.0,
    ("published", "address", True): 0.984,
    ("published", "json-ld", False): 0.385,
    ("published", "json-ld", None): 0.793,
    ("published", "json-ld", True): 0.937,
    ("published", "meta", False): 0.769,
    ("published", "meta", None): 0.95,
    ("published", "meta", True): 1.0,
    ("published", "page", None): 0.889,
    ("published", "search", None): 0.683,
    ("authors", "text", None): 0.893,
    ("published", "text", None): 0.951,
    ("title", "text", None): 0.72,
    ("title", "json-ld", None): 0.942,
    ("title", "meta", False): 0.714,
    ("title", "meta", True): 0.918,
    ("title", "page", False): 0.684,
    ("title", "page", None): 0.629,
}
# No labels tell of these. Of the pages where two parts give a value, so many have the same in both; same command.
_AGREEING: Mapping[str, float] = {
    "modified": 0.759,
    "section": 0.588,
    "description": 0.785,
    "image": 0.602,
    "image_caption": 0.686,
    "declared_language": 0.997,
}
_FIELDS = tuple(field.name for field in fields(Metadata) if field.name not in ("metadata_sources", "extra"))
# Agencies are told from people among the authors.
_SAME_AS = {"published_stated": "published", "modified_stated": "modified", "site": "url", "agencies": "authors"}
_SAME_AS |= {"rights_holder": "rights", "rights_year": "rights"}
RECORD, TEXT = "record", "text"


def list_sources(
    known: Metadata, origins: Iterable[Origin], from_text: Mapping[str, float | None]
) -> Iterator[MetadataSource]:
    """The source of each field that has a value. ``from_text``: fields that were moved out of the text, with scores."""
    by_field = {origin.field: origin for origin in origins}
    for field in _FIELDS:
        base = _SAME_AS.get(field, field)
        if not getattr(known, field):
            continue
        moved = next((name for name in (field, base) if name in from_text), None)
        if moved is not None:
            # Agencies are read from credits, which are surer than bylines.
            share = None if field == "agencies" else _LABELLED.get((base, TEXT, None))
            yield MetadataSource(field, TEXT, share or from_text[moved])
        elif base not in by_field:
            # It came with the document, from someone who knew.
            yield MetadataSource(field, RECORD, None)
        else:
            origin = by_field[base]
            alone = _LABELLED.get((base, origin.source, None), _AGREEING.get(base))
            share = _LABELLED.get((base, origin.source, origin.is_confirmed), alone)
            yield MetadataSource(field, origin.source, share)
