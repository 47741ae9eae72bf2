"""What a page says of itself: every field, the part that says it, and how sure that is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest

from cleaning import clean_document, clean_html, clean_text
from cleaning.ingest.formats import Reading, Record
from cleaning.ingest.formats.mail import read_mail
from cleaning.recipe import Fields, Limits
from cleaning.records import CleanDocument, RawDocument, RawMetadata, Source

STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 4
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "Bridge stays open",
            "author": {"@type": "Person", "name": "Jane Doe"},
            "datePublished": "2024-03-01T23:30:00-05:00",
            "dateModified": "2024-03-02T08:15:00-05:00",
            "articleSection": ["Town", "News"],
            "keywords": "Bridge, Council",
            "description": "The council &amp; its <b>bridge</b>.",
            "image": {"@id": "#main"},
            "license": "https://creativecommons.org/licenses/by/4.0/#deed",
            "inLanguage": "en_gb",
        },
        {
            "@type": "ImageObject",
            "@id": "#main",
            "url": "/img/bridge.jpg?utm_source=x",
            "caption": "The bridge on Tuesday",
        },
    ],
}


def page(head: str = "", body: str = "", *, linked: object = None, attributes: str = "") -> CleanDocument:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    html = f"<html {attributes}><head>{head}{script}</head><body><article>{body}<p>{STORY}</p><p>{STORY[4:]}</p></article></body></html>"
    return clean_html(html, url="https://example.com/town/bridge")


def sources(document: CleanDocument) -> dict[str, str]:
    return {one.field: one.source for one in document.metadata_sources}


def test_json_ld_answers_every_field() -> None:
    found = page("<title>Bridge stays open | Example</title>", "<h1>Bridge stays open</h1>", linked=LINKED)
    assert (found.title, found.authors, found.section) == ("Bridge stays open", ("Jane Doe",), "Town")
    assert (found.published_stated, found.modified_stated) == ("2024-03-01T23:30:00-05:00", "2024-03-02T08:15:00-05:00")
    assert found.published and found.published.isoformat() == "2024-03-02T04:30:00+00:00"
    assert (found.tags, found.description) == (("Bridge", "Council"), "The council & its bridge.")
    assert (found.image, found.image_caption) == ("https://example.com/img/bridge.jpg", "The bridge on Tuesday")
    assert (found.license, found.declared_language) == ("https://creativecommons.org/licenses/by/4.0/", "en-GB")
    said = sources(found)
    names = ("title", "authors", "published", "modified", "section", "tags", "description", "image", "license")
    assert {said[name] for name in names} == {"json-ld"} and said["url"] == "record"


def test_meta_tags_where_json_ld_is_silent() -> None:
    head = (
        '<meta property="og:title" content="Bridge stays open"><meta name="author" content="Jane Doe">'
        '<meta property="article:published_time" content="2024-03-01T10:00Z">'
        '<meta property="og:image" content="https://example.com/b.jpg"><meta property="og:image:alt" content="The bridge">'
        '<meta property="article:section" content="Town"><meta name="description" content="The council voted.">'
        '<link rel="license" href="/terms"><link rel="canonical" href="https://example.com/town/bridge-open">'
    )
    found = page(head, attributes='lang="en-US"')
    assert (found.image, found.image_caption, found.license) == (
        *("https://example.com/b.jpg", "The bridge", "https://example.com/terms"),
    )
    assert found.published_stated == "2024-03-01T10:00+00:00" and found.declared_language == "en-US"
    said = sources(found)
    names = ("title", "authors", "published", "section", "description", "image", "image_caption", "license", "url")
    assert {said[name] for name in names} == {"meta"}


def test_the_caption_of_the_figure_that_shows_the_picture() -> None:
    figures = (
        '<figure><img src="/other.jpg"><figcaption>Another picture</figcaption></figure>'
        '<figure><img src="/small/b.jpg?w=300"><figcaption>The bridge at dawn</figcaption></figure>'
    )
    found = page('<meta property="og:image" content="/b.jpg">', figures)
    assert (found.image, found.image_caption) == ("https://example.com/b.jpg", "The bridge at dawn")
    assert sources(found)["image_caption"] == "page"


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:image/png;base64,AAAA", "http://[broken", "file:///etc/passwd"]
)
def test_an_image_is_a_web_address_or_none(value: str) -> None:
    assert page(f'<meta property="og:image" content="{value}">').image is None


@pytest.mark.parametrize(
    "linked",
    [[None, 3, "x"], {"@type": ["NewsArticle"], "image": [[]], "keywords": {"a": 1}, "license": 7, "inLanguage": {}}],
)
def test_broken_json_ld_says_nothing(linked: object) -> None:
    found = page(linked=linked)
    assert (found.image, found.license, found.declared_language, found.tags) == (None, None, None, ())


def test_what_came_along_and_what_was_moved_out_of_the_text() -> None:
    found = clean_text(
        f"By Jane Doe\n\n{STORY}\n\n© 2024 Example News. All rights reserved.", url="https://example.com/a"
    )
    said = {one.field: (one.source, one.confidence) for one in found.metadata_sources}
    assert said["authors"][0] == said["rights_holder"][0] == "text" and said["url"] == ("record", None)
    assert said["site"] == ("record", None) and (said["authors"][1] or 0) > 0.85
    assert all(getattr(found, name) for name in said)
    known = [one.field for one in found.metadata_sources]
    assert len(known) == len(set(known))


def test_every_confidence_is_a_share() -> None:
    for found in (page(linked=LINKED), page("<title>Bridge stays open</title>")):
        assert all(one.confidence is None or 0 < one.confidence <= 1 for one in found.metadata_sources)


@pytest.mark.parametrize("byline", ["By Reuters", "By Jane Doe, Reuters", "By Jane Doe and Reuters"])
def test_an_agency_in_a_byline(byline: str) -> None:
    found = clean_text(f"{byline}\n\n{STORY}\n\n{STORY}")
    assert found.agencies == ("Reuters",) and sources(found)["agencies"] == "text"


def test_agencies_among_the_authors_of_a_page() -> None:
    found = page(linked={"@type": "NewsArticle", "author": {"@type": "Person", "name": "Reuters"}})
    assert found.agencies == ("Reuters",) and sources(found)["agencies"] == "json-ld"


def test_half_a_surrogate_pair_is_in_no_address() -> None:
    linked = {"@type": "NewsArticle", "image": "http://example.com/\ud83d.jpg", "license": "http://example.com/\ud83d"}
    found = page(linked=linked)
    assert found.image is None
    for text in (found.license or "", found.text, found.url or ""):
        text.encode("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        "<p>It was the best result since 1998.</p>",
        "<table><tr><th>2023</th><th>2024</th></tr></table>",
        "<footer>© 2024 Example Post</footer>",
    ],
)
def test_a_year_is_no_day_of_publication(body: str) -> None:
    assert page("<title>Bridge stays open</title>", f"<h1>Bridge stays open</h1>{body}").published_stated is None


def test_the_notice_at_the_foot_of_a_page() -> None:
    html = f"<html><body><article><h1>Bridge</h1><p>{STORY}</p><p>{STORY[4:]}</p></article><footer><p>© 2024 Example Post Ltd. All rights reserved.</p></footer></body></html>"
    found = clean_html(html, url="https://example.com/a")
    assert (found.rights_holder, found.rights_year, sources(found)["rights_year"]) == ("Example Post Ltd", 2024, "page")


def test_what_cannot_be_read_hides_nothing() -> None:
    head = (
        '<meta property="article:published_time" content="yesterday evening"><meta property="article:section" content="Learn more">'
        '<meta property="og:image" content="/b.jpg"><meta http-equiv="content-language" content="English">'
    )
    linked = {
        "@type": "NewsArticle",
        "articleSection": "Learn more",
        "image": "x",
        "keywords": "https://example.com/tag",
    }
    given = RawMetadata(published="2020-01-02", section="Sport", declared_language="de", url="https://example.com/a")
    html = f"<html><head>{head}<meta name=keywords content=Energy><script type='application/ld+json'>{json.dumps(linked)}</script></head><body><article><p>{STORY}</p><p>{STORY[3:]}</p></article></body></html>"
    raw = RawDocument(Source("a", 1, 1), "text/html", html.encode(), "0" * 64, given)
    found = clean_document(raw)
    assert (found.published_stated, found.section, found.declared_language) == ("2020-01-02", "Sport", "de")
    assert {sources(found)[name] for name in ("published", "section", "declared_language")} == {"record"}
    assert found.image == "https://example.com/b.jpg" and sources(found)["image"] == sources(found)["tags"] == "meta"


def test_the_signs_of_an_author_are_trafilaturas() -> None:
    """What its expressions look for in attributes holds a sign, or pages with an author would be passed over."""
    from trafilatura.xpaths import AUTHOR_XPATHS

    from cleaning.extract.borrowed import AUTHOR_SIGN

    tested = [value for xpath in AUTHOR_XPATHS for value in re.findall(r"@[\w-]+(?:\s*=|,)\s*'([^']+)'", xpath.path)]
    words = [word for value in tested for word in value.split("|")]
    assert len(words) > 20
    assert [
        word
        for word in words
        if not AUTHOR_SIGN.search(word.replace("-?", "").replace("[Aa]", "A").replace("[Bb]", "B"))
    ] == []


def test_a_day_that_a_sentence_tells_of_is_not_when_the_page_was_published() -> None:
    said = "<p>The council voted on Tuesday to keep the old bridge open for another two years, and said so.</p>" * 3
    told = "<p>He said that the works would start on May 6, 1991 and end on July 9, 2027 at the latest.</p>"
    page = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge closed</h1>{said}{told}</article></body></html>"
    assert clean_html(page).published is None


def test_the_subject_of_a_mail_goes_before_the_heading_of_its_page() -> None:
    page = f"<html><head><title>The Daily</title></head><body><h1>The Daily</h1><p>May 3, 2021</p><p>{STORY}</p></body></html>"
    mail = f"Subject: Bridge stays open\nDate: Fri, 5 Jan 2024 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: text/html\n\n{page}"
    (item,) = read_mail(BytesIO(mail.encode()), Reading("a.eml", Limits(), Fields()))
    assert isinstance(item, Record)
    raw = RawDocument(Source("a.eml", 1, 1), "text/html", item.data, "0" * 64, item.metadata)
    found = clean_document(raw)
    assert (found.title, found.published_stated) == ("Bridge stays open", "2024-01-05T10:00:00+01:00")
    assert {sources(found)[name] for name in ("title", "published")} == {"record"}
    nameless = replace(raw, metadata=replace(raw.metadata, title=None, published="soon"))
    assert clean_document(nameless).title == "The Daily"


def test_authors_of_the_cards_below_a_page_are_not_its_own() -> None:
    said = "<p>The council voted on Tuesday to keep the old bridge open for another two years, and said so.</p>"
    cards = "".join(
        f'<div class="card"><a href="/{n}"><span>Another story number {n}</span></a><p class="byline">{name}</p></div>'
        for n, name in enumerate(("Jane Doe, Mary Roe", "John Poe", "Anna Low"))
    )
    page = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>{said * 20}</article>{cards}</body></html>"
    assert clean_html(page).authors == ()
    own = page.replace("</h1>", '</h1><p class="byline">Eve Sommer</p>')
    assert clean_html(own).authors == ("Eve Sommer",)


def test_the_anchor_of_a_heading_is_no_part_of_the_title() -> None:
    for heading, title in (('Bridge stays open<a href="#b">¶</a>', "Bridge stays open"), ("News of C#", "News of C#")):
        assert (
            clean_html(f"<html><body><article><h1>{heading}</h1><p>{STORY}</p></article></body></html>").title == title
        )


def test_a_time_in_a_link_to_another_story_is_not_that_of_the_page() -> None:
    page = (
        '<html><head><link rel="canonical" href="https://example.com/news/bridge/"></head><body><article><h1>Bridge stays open'
        f"</h1>{{}}<p>{STORY}</p><p>{STORY}</p></article></body></html>"
    )
    times = {
        '<a href="/news/ferry"><time datetime="2024-01-02">Jan 2</time></a><time datetime="2024-03-05">March 5</time>': 5,
        '<a href="/news/bridge?share=1"><time datetime="2024-03-06">March 6</time></a>': 6,
        '<a href="/2024/03/07/"><time datetime="2024-03-07">March 7</time></a>': 7,
    }
    for shown, day in times.items():
        document = clean_html(page.format(shown))
        assert document.published is not None and (document.published.month, document.published.day) == (3, day), shown
