"""What stands beside the title of a page: its byline and its day, not those of the teasers below."""

from __future__ import annotations

import pytest

from cleaning import CleanDocument, clean_html

STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 4
TEASERS = "".join(
    f"<div><h1>Another story of the harbour, number {n}</h1><p>By John Poe</p><p>May {n}, 2020</p></div>"
    for n in (1, 2)
)


def page(body: str, title: str = "The old bridge stays open") -> CleanDocument:
    return clean_html(f"<html><head><title>{title} | Harbour News</title></head><body>{body}</body></html>")


def story(head: str) -> str:
    return f"<article>{head}<p>{STORY}</p><p>{STORY[4:]}</p></article>"


@pytest.mark.parametrize(
    "head",
    [
        "<h1>The old bridge stays open</h1><p>By Jane Doe</p><p>March 1, 2024</p>",
        "<h1>The old bridge stays open Add to ...</h1><p>By Jane Doe</p><p>March 1, 2024</p>",
        "<div>The old bridge stays open</div><p>By Jane Doe</p><p>March 1, 2024</p>",
    ],
)
def test_teasers_below_have_headings_of_their_own(head: str) -> None:
    found = page(story(head) + TEASERS)
    assert (found.authors, found.published_stated) == (("Jane Doe",), "2024-03-01")


def test_a_title_that_no_heading_says_stands_in_another_block() -> None:
    body = story("<h3>The old bridge stays open</h3><p>2024-03-01</p>")
    assert page(f"<h1>Harbour</h1>{body}").published_stated == "2024-03-01"


def test_a_page_that_shows_no_title_has_no_byline_near_it() -> None:
    assert page(f"<p>March 1, 2024</p>{story('')}").title == "The old bridge stays open"
