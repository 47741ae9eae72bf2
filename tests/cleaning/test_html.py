"""HTML pages through the whole of the library."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime

import pytest

from cleaning import Recipe, Rejected, clean_html, clean_many, clean_text
from cleaning.boilerplate import find_removals
from cleaning.boilerplate.reader_comments import COMMENTS_NAME
from cleaning.extract.borrowed import search_day
from cleaning.extract.declared import find_declared
from cleaning.extract.parse import parse_page
from cleaning.extract.stamps import find_stamps
from cleaning.records import CleanDocument, RawDocument, Source
from tests.cleaning.test_reader_comments import COMMENTS, PROMPT
from tests.cleaning.test_reader_comments import STORY as REPORT
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


def test_a_standfirst_is_no_title_of_a_page_that_names_one() -> None:
    standfirst = "What the council of the town voted to keep open"
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY)
    page = f"<html><head><title>The vote</title></head><body><article><p>{standfirst}</p>{paragraphs}</article></body></html>"
    document = clean_html(page)
    assert document.title == "The vote"
    assert standfirst in document.text


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


@pytest.mark.parametrize(
    ("said", "stamp"),
    [
        (["2024-03-05T10:00:00", "2024-03-05T10:00:00+02:00"], "2024-03-05T10:00:00+02:00"),
        (["2024-03-05", "2024-03-05T00:00:00Z", "2024-03-05 14:30"], "2024-03-05 14:30"),
        (["2024-03-04T10:00:00Z", "March 5, 2024"], "2024-03-05"),
    ],
)
def test_a_stamp_says_as_much_as_any_part_of_the_page(said: list[str], stamp: str) -> None:
    assert find_stamps("", "2024-03-05", said) == (stamp, None)


def test_the_time_is_read_where_the_page_has_it() -> None:
    times = '<time datetime="2024-03-05T21:15:00+01:00">now</time><time datetime="2024-03-05T23:00:00+01:00">a comment</time>'
    page = f"<html><head><title>Bridge stays open</title></head><body><h1>Bridge stays open</h1>{times}{''.join(f'<p>{text}</p>' for text in STORY)}"
    assert clean_html(page + "</body></html>").published_stated == "2024-03-05T21:15:00+01:00"


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ('<div>By <a href="/jane">Jane Doe</a> and <a href="/john">John Roe</a></div>', ("Jane Doe", "John Roe")),
        (
            '<div itemprop="author"><b itemprop="name">Jane Doe</b><b itemprop="name">John Roe</b></div>',
            ("Jane Doe", "John Roe"),
        ),
        ('<a rel="author">Jane Doe</a>', ("Jane Doe",)),
        ('<a rel="author">Username</a>', ()),
    ],
)
def test_authors_that_only_the_page_shows(shown: str, names: tuple[str, ...]) -> None:
    head = "<html><head><title>Bridge stays open</title></head><body><h1>Bridge stays open</h1>"
    page = head + shown + "".join(f"<p>{text}</p>" for text in STORY * 2) + "</body></html>"
    assert clean_html(page).authors == names


def _page_with(head: str, *, keep_author: bool = False) -> str:
    page = PAGE if keep_author else PAGE.replace('<meta name="author" content="Jane Doe">', "")
    return page.replace("<p>By Jane Doe</p>", "").replace("</head>", f"{head}</head>")


def _script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge stays open"}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("John Roe", ("John Roe",)),
        ({"@type": "Person", "name": "John Roe"}, ("John Roe",)),
        (
            [{"@type": "Person", "name": "John Roe"}, {"@type": "Person", "name": "Max Mustermann"}],
            ("John Roe", "Max Mustermann"),
        ),
        ({"@type": "Organization", "name": "Example Times"}, ()),
        ({"@type": "Person", "name": "user447274"}, ()),
        ({"@type": "Person", "name": None}, ()),
        ({"@type": "Person", "name": {"first": "John"}}, ()),
        (7, ()),
    ],
)
def test_authors_of_the_pages_own_article(author: object, names: object) -> None:
    assert clean_html(_page_with(_script({**ARTICLE, "author": author}))).authors == names


def test_json_ld_comes_before_the_meta_tag() -> None:
    page = _page_with(_script({**ARTICLE, "author": "John Roe"}), keep_author=True)
    assert clean_html(page).authors == ("John Roe",)


def test_an_author_is_found_by_reference_in_the_graph() -> None:
    graph = [
        {"@type": "Person", "@id": "#john", "name": "John Roe"},
        {"@type": "Article", "author": {"@id": "#john"}},
        {"@type": "Review", "itemReviewed": {"author": "Max Mustermann"}},
    ]
    assert clean_html(_page_with(_script({"@context": "https://schema.org", "@graph": graph}))).authors == ("John Roe",)


def test_authors_of_other_stories_do_not_count() -> None:
    here = {**ARTICLE, "url": "https://www.example.com/news/bridge", "author": "John Roe"}
    other = [{**ARTICLE, "url": f"https://www.example.com/{n}", "author": "Max Mustermann"} for n in range(5)]
    declared = find_declared(_script([*other, here]), "https://www.example.com/news/bridge")
    assert declared.authors == (("John Roe",),)
    assert find_declared(_script(other), "https://www.example.com/news/bridge").authors == ()


def test_the_names_of_a_library_catalogue_are_turned() -> None:
    head = '<meta name="citation_author" content="Roe, John T."><meta name="citation_author" content="Doe, Jane">'
    assert clean_html(_page_with(head)).authors == ("John T. Roe", "Jane Doe")


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, "null", '"text"', "[[[]]]", '{"@graph": 7}', '{"@type": 7, "author": []}']
)
def test_broken_json_ld_is_left_out(script: str) -> None:
    page = _page_with(f'<script type="application/ld+json">{script}</script>')
    assert clean_html(page).text == clean_html(PAGE).text


@pytest.mark.parametrize(
    "unit", ["<meta ", "<script ", '<script type="application/ld+json">', "<meta name='author' ", "content='"]
)
def test_hostile_markup_takes_no_time(unit: str) -> None:
    start = time.perf_counter()
    find_declared(unit * (100_000 // len(unit)), "https://example.com/")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("2024-4-4-release", None),
        ("t/2024_4_4/release", None),
        ("2024/04/04/release", datetime(2024, 4, 4, tzinfo=UTC)),
        ("news/2024-04-04-bridge", datetime(2024, 4, 4, tzinfo=UTC)),
    ],
)
def test_a_version_number_in_the_address_is_no_date(path: str, published: datetime | None) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">', "")
    page = page.replace("/news/bridge?utm_source=x", f"/{path}")
    assert clean_html(page, url=f"https://www.example.com/{path}").published == published


def test_a_thread_is_as_old_as_its_first_post() -> None:
    thread = {**ARTICLE, "@type": "DiscussionForumPosting", "datePublished": "2024-02-01T08:00:00Z", "author": "felix7"}
    document = clean_html(_page_with(_script(thread), keep_author=False))
    assert document.published == datetime(2024, 2, 1, 8, tzinfo=UTC)
    assert document.authors == ()


_SAID = "".join(
    f"<p>The council {did} the budget for the coming year on Tuesday, and no decision was made by the evening.</p>"
    for did in ("discussed", "debated", "read", "changed")
)


def test_a_page_that_begins_with_pages_of_styles_is_a_page() -> None:
    styles = "<style>" + ".a{color:red}\n" * 400 + "</style>\n"
    page = (
        f"{styles}<!DOCTYPE html><html><head><title>Budget</title></head><body><article>{_SAID}</article></body></html>"
    )
    (document,) = clean_many([_raw(page, "text/html")])
    assert isinstance(document, CleanDocument)
    assert "color" not in document.text
    assert document.text.count("\n") == 3


@pytest.mark.parametrize("tag", ["blockquote", "section", "em", "b", "strong", "pre", "center", "img"])
def test_a_piece_of_a_page_is_parsed_whatever_it_begins_with(tag: str) -> None:
    piece = '<img src="https://site.example/a.jpg"/> ' if tag == "img" else f"<{tag}>Leeds</{tag}> "
    body = "The council has closed the old bridge after engineers found cracks in two of its pillars, the mayor said."
    (document,) = clean_many([_raw(f"{piece}{body}", "text/html")])
    assert isinstance(document, CleanDocument)
    assert "<" not in document.text
    assert document.page_kind is None


def test_a_text_that_is_a_piece_of_a_page_from_end_to_end_is_one() -> None:
    (document,) = clean_many([_raw(f"<!-- wp:paragraph -->\n{_SAID}", "text/plain")])
    assert isinstance(document, CleanDocument)
    assert "<" not in document.text
    assert document.media_type == "text/html"


def test_a_text_about_markup_is_a_text() -> None:
    text = f"<p> opens a paragraph.\n\n{_SAID[3:-4]}\n\nIt ends with the next one."
    (document,) = clean_many([_raw(text, "text/plain")])
    assert isinstance(document, CleanDocument)
    assert document.media_type == "text/plain"
    assert document.text.startswith("<p> opens")


def test_entities_that_a_page_shows_stay() -> None:
    shown = "<p>In HTML you write <code>&amp;lt;</code> for a sign and <code>&amp;amp;</code> for an ampersand.</p>"
    assert "write &lt; for a sign and &amp; for an ampersand" in clean_html(_SAID + shown).text


def _raw(text: str, media_type: str) -> RawDocument:
    data = text.encode()
    return RawDocument(Source("a", len(data), 0), media_type, data, hashlib.sha256(data).hexdigest())


def test_data_that_a_page_hides_for_its_scripts_is_no_text() -> None:
    data = '<div>{"desktop_box_1":[{"displayPrice":"EUR 15.49","priceAmount":15.49,"currencySymbol":"EUR"}]}</div>'
    assert "displayPrice" not in clean_html(_SAID[:109] + data + _SAID[109:]).text
    assert "displayPrice" in clean_html(f"{_SAID}<pre>{data[5:-6]}</pre>{_SAID.replace('Tuesday', 'Monday')}").text


def test_markdown_between_tags_is_no_piece_of_a_page() -> None:
    text = f'<h1 align="center">Tool</h1>\n\n# Install\n\n- one\n- two\n\n{_SAID[3:-4]}\n\n<p align="center">End</p>'
    (document,) = clean_many([_raw(text, "text/plain")])
    assert isinstance(document, CleanDocument)
    assert document.media_type == "text/plain"
    assert "# Install" in document.text


def test_the_replies_on_a_page_of_a_forum_are_no_comments_below_a_story() -> None:
    text = "\n".join([*REPORT, PROMPT, *COMMENTS])
    taken = {removal.rule for removal in find_removals(text, Recipe())}
    spared = {removal.rule for removal in find_removals(text, Recipe(), is_thread=True)}
    assert taken - spared == {COMMENTS_NAME}


def test_the_search_for_a_day_does_not_depend_on_today() -> None:
    page = f"<html><body><article><h1>Bridge</h1>{_SAID * 4}</article><footer><p>2031-11-20</p></footer></body></html>"
    assert search_day(parse_page(page), None) == "2031-11-20"
