"""Finding sources and reading their bytes."""

from cleaning.ingest.find import Found, find_sources
from cleaning.ingest.formats import may_hold_records, media_type_of
from cleaning.ingest.inputs import Input, RemoteInput, parse_input, parse_inputs, shown_argument, split_record
from cleaning.ingest.read import read_record, read_source

__all__ = [
    "Found",
    "Input",
    "RemoteInput",
    "find_sources",
    "may_hold_records",
    "media_type_of",
    "parse_input",
    "parse_inputs",
    "read_record",
    "read_source",
    "shown_argument",
    "split_record",
]
