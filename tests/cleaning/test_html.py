"""HTML pages through the whole of the library."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cleaning import Rejected, clean_html, clean_text
from cleaning.extract.page import find_stamps
from tests.samples import BAD, PAGE, STORY


def test_a_page_becomes_its_story_and_its_metadata() -> None:
    document = clean_html(PAGE)
    assert [line for line in document.text.splitlines() if line] == list(STORY)
    assert document.title == "Bridge stays open for two more years"
    assert document.authors == ("Jane Doe",)
    assert document.published == datetime(2024, 3, 5, 9, tzinfo=UTC)
    assert document.agencies == ("AFP",)
    assert document.url == "https://www.example.com/news/bridge"
    assert document.site == "example.com"
    assert dict(document.removed_kinds)["related_links"] == 1
    assert document.media_type == "text/html"


def test_bytes_and_text_give_the_same() -> None:
    assert clean_html(PAGE.encode()).text == clean_html(PAGE).text


def test_cleaning_the_clean_text_changes_nothing() -> None:
    text = clean_html(PAGE).text
    assert clean_text(text).text == text


@pytest.mark.parametrize("name", ["cut.html", "script-only.html", "picture.html"])
def test_a_page_without_a_story_is_rejected_with_its_reason(name: str) -> None:
    with pytest.raises(Rejected) as rejected:
        clean_html(BAD[name][1])
    assert rejected.value.rejection.reason == BAD[name][0]
    assert len(rejected.value.rejection.detail) > 20


def test_a_page_with_a_missing_end_is_read() -> None:
    assert STORY[0] in clean_html(PAGE.replace("</html>", "").replace("</body>", "")).text


def test_deep_nesting_ends() -> None:
    page = "<html><body>" + "<div>" * 20_000 + f"<p>{STORY[0]}</p>" + "</div>" * 20_000
    try:
        assert clean_html(page).text
    except Rejected as rejected:
        assert rejected.rejection.reason in ("no_text", "extraction_failed")


def test_stamps_of_other_stories_do_not_count() -> None:
    page = (
        '{"datePublished": "2020-01-01T00:00:00Z"} <meta property="article:published_time" content="2024-03-05T10:00:00Z">'
        '{"dateModified": "2019-01-01T00:00:00Z"} {"dateModified": "2024-03-06T11:00:00Z"}'
    )
    assert find_stamps(page, "2024-03-05") == ("2024-03-05T10:00:00Z", "2024-03-06T11:00:00Z")
    assert find_stamps("", "2024-03-05") == ("2024-03-05", None)
