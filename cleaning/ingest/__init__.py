"""Finding sources and reading their bytes."""

from cleaning.ingest.find import Found, Input, find_sources, parse_input
from cleaning.ingest.formats import may_hold_records, media_type_of
from cleaning.ingest.read import read_source

__all__ = ["Found", "Input", "find_sources", "may_hold_records", "media_type_of", "parse_input", "read_source"]
