"""Authors as a page shows them, and what stands where an author is expected: sites, sections, remains of addresses."""

from __future__ import annotations

import json

import pytest

from cleaning import CleanDocument, clean_html, clean_text
from cleaning.normalize.authors import parse_authors

STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 4
CHINESE = "市议会星期二决定旧桥继续开放到春天，届时将开始维修。议员们说，居民每天都要经过这座桥上班。" * 6


def page(byline: str, head: str = "", title: str = "The old bridge stays open", story: str = STORY) -> CleanDocument:
    body = f"<article><h1>{title}</h1>{byline}<p>{story}</p><p>{story[4:]}</p></article>"
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return clean_html(html, url="https://www.harbourgazette.com/town/bridge")


def author_tag(name: str) -> str:
    return f'<meta name="author" content="{name}">'


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="autor">Jane Doe | Paris</p>',
        '<div class="firma">por Jane Doe</div>',
        '<div class="byline">by Jane Doe, Harbour.com Contributor | March 1, 2024</div>',
        "<p>March 1, 2024 | Jane Doe</p>",
        "<p>Published March 1, 2024 by Jane Doe</p>",
        "<p>01.03.2024 - Jane Doe</p>",
        "<div>Jane Doe</div>",
        '<p class="author">Jane Doe | jdoe@harbourgazette.com</p>',
    ],
)
def test_printed_bylines(byline: str) -> None:
    assert page(byline).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    "byline", ["作者：王小明", "（记者 王小明）", "□ 本报记者 王小明", "时间：2024年3月1日14:18 作者：王小明"]
)
def test_chinese_bylines(byline: str) -> None:
    assert page(f"<div>{byline}</div>", title="旧桥继续开放到春天届时维修", story=CHINESE).authors == ("王小明",)


def test_a_person_goes_before_the_name_of_the_site() -> None:
    assert page("<p>By Jane Doe</p>", author_tag("Harbour Gazette")).authors == ("Jane Doe",)
    assert page("", author_tag("Jane Doe, Harbour Gazette")).authors == ("Jane Doe",)
    # Where nobody else is named the site signs.
    assert page("", author_tag("Harbour Gazette")).authors == ("Harbour Gazette",)


def test_a_blog_bears_the_name_of_its_author() -> None:
    linked = {"@type": "Article", "author": {"@type": "Person", "name": "Jane Doe"}, "publisher": {"name": "Jane Doe"}}
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    assert page("<p>By John Poe</p>", script).authors == ("Jane Doe",)


def test_the_publisher_of_a_chinese_page_is_no_author() -> None:
    head = f"{author_tag('示例')}<title>旧桥继续开放到春天届时维修_示例财经</title>"
    html = f"<html><head>{head}</head><body><article><p>{CHINESE}</p></article></body></html>"
    assert clean_html(html).authors == ()


def test_a_section_is_no_author_but_a_column_bears_a_name() -> None:
    section = '<meta property="article:section" content="{}">'
    assert page("", author_tag("Letters") + section.format("Letters")).authors == ()
    assert page("", author_tag("Jane Doe") + section.format("Jane Doe")).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("作者：王小明", ("王小明",)),
        ("示例日报", ()),
        ("示例科技", ()),
        ("佚名", ()),
        ("Jane Doe No Comments", ("Jane Doe",)),
        ("Political Commentator", ()),
    ],
)
def test_what_is_no_person(value: str, names: tuple[str, ...]) -> None:
    assert parse_authors([value]) == names


def test_places_are_no_contributors() -> None:
    found = clean_text(
        f"{STORY}\n\n{STORY[4:]}\n\nJane Doe in Harbour and John Roe in Springfield, S.C., contributed to this report."
    )
    assert "S.C." not in found.contributors
    assert found.contributors


def linked_of(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def test_of_a_blog_s_recipe_the_cook_goes_before_the_blog() -> None:
    post = {"@type": "Article", "author": {"@type": "Person", "name": "Harbour Gazette"}}
    recipe = {"@type": "Recipe", "author": {"@type": "Person", "name": "Jane Doe"}}
    assert page("", linked_of(post, recipe)).authors == ("Jane Doe",)
    # A list of recipes has cooks of its own.
    assert page("", linked_of(post, recipe, recipe)).authors == ()
    named = {"@type": "Article", "author": {"@type": "Person", "name": "John Poe"}}
    assert page("", linked_of(named, recipe)).authors == ("John Poe",)


def test_who_comments_is_no_author_of_the_page() -> None:
    comment = "<div{}><b itemprop='author'>John Poe</b><p>Nobody has ever told me so well of it.</p></div>"
    story = "".join(f"<p>{STORY[start:]}</p>" for start in range(12))
    html = f"<html><body><article><h1>The old bridge stays open</h1>{story}{{}}</article></body></html>"
    assert clean_html(html.format(comment.format(""))).authors == ("John Poe",)
    for mark in (" itemprop='comment'", " itemscope itemtype='https://schema.org/Comment'"):
        assert clean_html(html.format(comment.format(mark))).authors == ()
