"""Finding sources and reading their bytes."""

from cleaning.ingest.find import Found, find_sources
from cleaning.ingest.formats import may_hold_records, media_type_of
from cleaning.ingest.inputs import Input, parse_input, parse_inputs
from cleaning.ingest.read import read_source

__all__ = [
    "Found",
    "Input",
    "find_sources",
    "may_hold_records",
    "media_type_of",
    "parse_input",
    "parse_inputs",
    "read_source",
]
