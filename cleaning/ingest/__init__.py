"""Finding sources and reading their bytes."""

from cleaning.ingest.find import Found, Input, find_sources, parse_input
from cleaning.ingest.read import media_type_of, read_document

__all__ = ["Found", "Input", "find_sources", "media_type_of", "parse_input", "read_document"]
