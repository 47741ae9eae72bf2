"""The functions of the library as somebody calls them who has read no code."""

from __future__ import annotations

from typing import Any

import pytest

from cleaning import CleanDocument, RawDocument, Rejection, Source, clean_document, clean_html, clean_many, clean_text
from tests.samples import PAGE, STORY

TEXT = f"{STORY[0]}\n© 2024 Example News. All rights reserved."


def test_many_documents_are_texts_pages_bytes_or_raw_documents() -> None:
    raw = RawDocument(Source("in/a.txt", len(TEXT), 0), "text/plain", TEXT.encode(), "0" * 64)
    results = list(clean_many([TEXT, "", TEXT.encode("utf-16"), PAGE, PAGE.encode(), raw]))
    text, empty, wide, page, page_bytes, of_file = results
    for found in (text, wide, of_file):
        assert isinstance(found, CleanDocument) and found.text == STORY[0] and found.rights_year == 2024
    assert isinstance(empty, Rejection) and empty.reason == "empty"
    for found in (page, page_bytes):
        assert isinstance(found, CleanDocument) and found.title == "Bridge stays open for two more years"
    assert text == clean_text(TEXT) and page == clean_html(PAGE)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: clean_text(None), "clean_text takes str, not NoneType"),  # type: ignore[arg-type]
        (lambda: clean_text(b"The vote."), "clean_text takes str, not bytes"),  # type: ignore[arg-type]
        (lambda: clean_html(None), "clean_html takes str or bytes, not NoneType"),  # type: ignore[arg-type]
        (lambda: clean_document(TEXT), "clean_document takes RawDocument, not str"),  # type: ignore[arg-type]
        (lambda: clean_text(TEXT, recipe={"ignore": ["CR"]}), "recipe is a dict"),  # type: ignore[arg-type]
        (lambda: clean_html(PAGE, recipe=None), "recipe is a NoneType"),  # type: ignore[arg-type]
        (lambda: clean_many([TEXT], {"ignore": ["CR"]}), "recipe is a dict"),  # type: ignore[arg-type]
        (lambda: clean_many(TEXT), "clean_many takes several documents, not one str"),
        (lambda: clean_many(TEXT.encode()), "clean_many takes several documents, not one bytes"),  # type: ignore[arg-type]
        (lambda: list(clean_many([TEXT, None])), "document 2 is NoneType"),  # type: ignore[list-item]
    ],
)
def test_a_wrong_call_says_what_is_wanted(call: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        call()
