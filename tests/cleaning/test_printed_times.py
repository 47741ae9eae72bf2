"""The hour that a page prints beside its day, where its data tell the day alone."""

from __future__ import annotations

import json

import pytest

from cleaning import CleanDocument, clean_html
from cleaning.normalize.metadata import normalize_metadata
from cleaning.records import Action, Kind, RawMetadata, Removal

STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 4


def page(printed: str, head: str = "", url: str | None = None, heading: str = "h1") -> CleanDocument:
    body = f"<{heading}>The old bridge stays open</{heading}><div>{printed}</div><article><p>{STORY}</p><p>{STORY[4:]}</p></article>"
    html = f"<html><head><title>The old bridge stays open</title>{head}</head><body>{body}</body></html>"
    return clean_html(html, url=url)


@pytest.mark.parametrize("heading", ["h1", "div"])
@pytest.mark.parametrize(
    ("printed", "stated"),
    [
        ("2024-05-03 09:10", "2024-05-03T09:10"),
        ("发布时间：2024-05-03 10:09:11", "2024-05-03T10:09:11"),
        ("May 3, 2024 5:00 am", "2024-05-03T05:00"),
        ("Published May 3, 2024, 5:00 p.m. EST", "2024-05-03T17:00-05:00"),
        ("May 3, 2024, 8:50 PM EDT", "2024-05-03T20:50-04:00"),
    ],
)
def test_the_hour_beside_the_day(printed: str, stated: str, heading: str) -> None:
    assert page(printed, heading=heading).published_stated == stated
    assert page(printed, '<meta name="date" content="2024-05-03">', heading=heading).published_stated == stated
    assert page(printed, url="https://example.com/2024/05/03/bridge", heading=heading).published_stated == stated


def test_an_hour_of_another_day_is_not_the_pages() -> None:
    assert page("May 4, 2024 5:00 am", '<meta name="date" content="2024-05-03">').published_stated == "2024-05-03"


def test_a_change_that_is_printed_is_no_publication() -> None:
    found = page("<p>Published May 3, 2024</p><p>Last updated May 3, 2024, 10:30</p>")
    assert (found.published_stated, found.modified_stated) == ("2024-05-03", "2024-05-03T10:30")


def test_data_that_tell_the_hour_go_first() -> None:
    head = '<meta property="article:published_time" content="2024-05-03T08:00:00+02:00">'
    assert page("May 3, 2024 5:00 am", head).published_stated == "2024-05-03T08:00:00+02:00"


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        ('<meta itemprop="datePublished" content="2024-05-03 09:10">', "2024-05-03T09:10", None),
        ('<meta itemprop="dateUpdate" content="2024-05-03 09:10:11">', "2024-05-03T09:10:11", None),
        (
            '<meta itemprop="datePublished" content="2024-05-03"><meta itemprop="dateModified" content="2024-05-04 09:10">',
            "2024-05-03",
            "2024-05-04T09:10",
        ),
        (
            f'<script type="application/ld+json">{json.dumps({"@id": "https://example.com/a", "pubDate": "2024-05-03T09:10:11", "upDate": "2024-05-04T09:10:11"})}</script>',
            "2024-05-03T09:10:11",
            "2024-05-04T09:10:11",
        ),
    ],
)
def test_other_names_of_dates(head: str, published: str, modified: str | None) -> None:
    found = page("", head)
    assert (found.published_stated, found.modified_stated) == (published, modified)


@pytest.mark.parametrize(
    ("said", "line", "stated"),
    [
        ("2024-05-03", "May 3, 2024, 9:10", "2024-05-03T09:10"),
        ("2024-05-03", "May 4, 2024, 9:10", "2024-05-03"),
        ("2024-05-03T08:00", "May 3, 2024, 9:10", "2024-05-03T08:00"),
        (None, "May 3, 2024, 9:10", "2024-05-03T09:10"),
    ],
)
def test_a_moved_line_adds_the_hour(said: str | None, line: str, stated: str) -> None:
    moved = Removal(0, len(line), Kind.TIMESTAMP, Action.MOVED, "test", 0.9, "", line, 1)
    assert normalize_metadata(RawMetadata(published=said), [moved]).published_stated == stated
