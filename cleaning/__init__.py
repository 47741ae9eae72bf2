"""Raw pages and articles to clean text, with everything that was taken out kept beside it.

>>> from cleaning import clean_text
>>> document = clean_text("The vote is on Friday, and the outcome is open.\\n© 2024 Example News. All rights reserved.")
>>> document.text
'The vote is on Friday, and the outcome is open.'
>>> document.rights_holder, [str(removal.kind) for removal in document.removals]
('Example News', ['copyright'])
"""

from cleaning.boilerplate import cut, restore
from cleaning.clean import clean_document, clean_html, clean_many, clean_text
from cleaning.errors import CleaningError, Rejected
from cleaning.recipe import Recipe, read_recipe
from cleaning.records import CleanDocument, RawDocument, Rejection, Removal, Source

__all__ = [
    "CleanDocument",
    "CleaningError",
    "RawDocument",
    "Recipe",
    "Rejected",
    "Rejection",
    "Removal",
    "Source",
    "clean_document",
    "clean_html",
    "clean_many",
    "clean_text",
    "cut",
    "read_recipe",
    "restore",
]
