"""HTML to main text and raw metadata. trafilatura lives here."""

from cleaning.extract.page import Extracted, extract_page

__all__ = ["Extracted", "extract_page"]
