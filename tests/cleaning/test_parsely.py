"""What a page tells Parse.ly: an object in one meta tag, a tag for each value, JSON-LD with a creator."""

from __future__ import annotations

import json
import time
from html import escape

import pytest

from cleaning import CleanDocument, clean_html
from cleaning.extract.parsely import read_parsely

STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 4
SAID = {
    "title": "Bridge &amp; road stay open",
    "pub_date": "2024-03-01T16:30:00Z",
    "section": "Town",
    "author": "Jane Doe",
    "tags": ["Bridge", "Council"],
    "post_id": "17",
}


def page(head: str, title: str = "Bridge | Harbour News") -> CleanDocument:
    html = f"<html><head><title>{title}</title>{head}</head><body><article><p>{STORY}</p><p>{STORY[4:]}</p></article></body></html>"
    return clean_html(html, url="https://example.com/town/bridge")


def tag(content: str) -> str:
    return f"<meta name='parsely-page' id='parsely-page' content='{content}'>"


@pytest.mark.parametrize(
    "content",
    [escape(json.dumps(SAID)), escape(escape(json.dumps(SAID))), escape(json.dumps({**SAID, "author": ["Jane Doe"]}))],
)
def test_the_object_of_a_page(content: str) -> None:
    found = page(tag(content))
    assert (found.title, found.authors, found.section) == ("Bridge & road stay open", ("Jane Doe",), "Town")
    assert (found.published_stated, found.tags) == ("2024-03-01T16:30:00+00:00", ("Bridge", "Council"))
    said = {one.field: one.source for one in found.metadata_sources}
    assert {said[name] for name in ("title", "authors", "published", "section", "tags")} == {"meta"}


def test_a_tag_for_each_value() -> None:
    named = {"title": "Bridge stays open", "author": "Jane Doe", "pub-date": "2024-03-01T16:30:00Z", "section": "Town"}
    found = page("".join(f'<meta name="parsely-{name}" content="{value}">' for name, value in named.items()))
    assert (found.title, found.authors, found.section) == ("Bridge stays open", ("Jane Doe",), "Town")
    assert found.published_stated == "2024-03-01T16:30:00+00:00"


def test_an_apostrophe_ends_the_attribute() -> None:
    found = page(tag('{"author": "Jane Doe", "pub_date": "2024-03-01T16:30:00Z", "title": "The council\'s bridge"}'))
    assert (found.authors, found.published_stated) == (("Jane Doe",), "2024-03-01T16:30:00+00:00")


@pytest.mark.parametrize("creator", ["Jane Doe", ["Jane Doe"], [{"@type": "Person", "name": "Jane Doe"}]])
def test_a_creator_in_json_ld(creator: object) -> None:
    linked = {"@type": "NewsArticle", "headline": "Bridge", "creator": creator, "dateCreated": "2024-03-01T16:30:00Z"}
    found = page(f'<script type="application/ld+json">{json.dumps(linked)}</script>')
    assert (found.authors, found.published_stated) == (("Jane Doe",), "2024-03-01T16:30:00+00:00")


def test_tags_for_parsely_count_where_a_page_has_no_others() -> None:
    assert page(f'<meta name="keywords" content="Harbour">{tag(json.dumps(SAID))}').tags == ("Harbour",)


def test_authors_of_cited_works_are_not_the_pages() -> None:
    cited = '<ol><li itemscope itemprop="citation"><meta itemprop="author" content="John Poe"></li></ol>'
    html = f"<html><head><meta name='dc.creator' content='Jane Doe'></head><body><article><p>{STORY}</p>{cited}</article></body></html>"
    assert clean_html(html).authors == ("Jane Doe",)


@pytest.mark.parametrize("content", ["{", "[1, 2]", "null", '{"title": 7, "tags": {"a": "b"}}', "[" * 20_000, ""])
def test_what_is_broken_says_nothing(content: str) -> None:
    assert list(read_parsely(content)) == []


@pytest.mark.parametrize("unit", ['"title":', '"title": "', '"tags": ["a",', '"tags":["\\"', '{"'])
def test_hostile_objects_take_no_time(unit: str) -> None:
    start = time.perf_counter()
    list(read_parsely(unit * (100_000 // len(unit))))
    assert time.perf_counter() - start < 1
