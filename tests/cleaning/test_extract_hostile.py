"""Made-up pages that would take a careless reader hours or gigabytes; each has a generous bound."""

from __future__ import annotations

import time

import pytest

from cleaning import clean_html
from cleaning.extract import extract_page
from cleaning.extract.marks import is_read_out, is_unseen, marks_of
from cleaning.extract.titles import choose_title
from tests.samples import STORY

MOST_SECONDS = 40
P = f"<p>{STORY[0]}</p>"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word " * 10}">' for n in range(12))
# Name: page, and must its text be found?
PAGES = {
    "paragraphs of 50 MB": ("<html><body>" + P * 450_000, True),
    "a line of 50 MB": (f"<html><body>{P}<p>" + "word " * 10_000_000, True),
    "tags of 7 MB": ("<html><body>" + "<b></b>" * 1_000_000 + P, True),
    "100,000 nested div": ("<html><body>" + "<div>" * 100_000 + P + "</div>" * 100_000, True),
    "100,000 nested tables": ("<html><body>" + "<table><tr><td>" * 100_000 + P, True),
    "100,000 links that do not end": ("<html><body>" + "<a href=x>" * 100_000 + P, True),
    "2,000 nested div": ("<html><body>" + "<div>" * 2_000 + P, True),
    "nested noscript": ("<html><body>" + "<noscript>" * 20_000 + P, True),
    "cut in a tag": ("<html><body>" + P * 20 + "<div class='x", True),
    "cut in a script": ("<html><body>" + P * 20 + "<script>var a = '", True),
    "binary": ("".join(chr(n % 256) for n in range(200_000)), False),
    "NUL": ("<ht\0ml><bo\0dy>" + P.replace(" ", "\0 ") * 5, True),
    "only a script": ("<html><head><script>var a='" + "x" * 1_000_000 + "'</script></head><body></body></html>", False),
    "frames": ("<html><frameset><frame src=a><frame src=b></frameset></html>", False),
    "five html": (f"<html><head><title>a</title></head><body>{P}</body></html>" * 5, True),
    "entities that explode": (f"<!DOCTYPE html [{ENTITIES}]><html><body>{P}<p>&e11;</p>", True),
    "ampersands": ("<html><body>" + "&" * 300_000 + P, True),
    "200,000 attributes": ("<html><body><div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + P, True),
    "a class of 4 MB": ("<html><body><div class='" + "nav " * 1_000_000 + "'>" + P, True),
    "a style of 1 MB": ("<html><body><div style='" + "display:" * 100_000 + "'>" + P, True),
    "50,000 meta tags": ("<html><head>" + "<meta name=author content=x>" * 50_000 + f"</head><body>{P}", True),
    "30,000 headings": ("<html><body>" + "<h1>Bridge</h1>" * 30_000 + P, True),
    "a title of 2 MB": ("<html><head><title>" + "a | " * 500_000 + f"</title></head><body>{P}", True),
    "signs for tags": ("<html><body>" + "<" * 1_000_000 + P, True),
    "comments that do not end": ("<html><body>" + P + "<!--" * 300_000, True),
    "control characters where an author may be": (
        f"<html><body><h1>Bridge</h1><p class=author>Jane</p><div>a<div class=comments>x</div>&#2;b</div>{P * 20}",
        True,
    ),
    "30,000 notes in one paragraph": (f"<html><body>{P}<p>x" + "<span class=sidenote>a b c d</span>" * 30_000, True),
    "10,000 buttons in one paragraph": (f"<html><body>{P}<p>x" + "<button>a</button>b" * 10_000, True),
    "formulas in formulas": (f"<html><body>{P}" + "<span data-tex='x'>" * 2_000 + "y" * 1_000_000, True),
    "a formula of 2,000 levels": (f"<html><body>{P}<math>" + "<msup><mi>x</mi>" * 2_000, True),
    "gutters in gutters": (f"<html><body>{P}<pre>" + "<span class=lineno>1" * 2_000 + " 1" * 500_000, True),
    "raised in raised": (f"<html><body>{P}<p>1" + "<sup>" * 2_000 + "2" * 100_000, True),
    "200,000 scripts that a slash ends": ("<html><body>" + "<script/>" * 200_000 + P, True),
    "declared ingredients without end": (
        f'<html><body>{P}<script type=\'application/ld+json\'>{{"@type": "Recipe", "recipeIngredient": ['
        + ",".join(f'"{n} g sugar"' for n in range(50_000))
        + f"]}}</script>{P * 20}",
        True,
    ),
    "half a character": (f"<html><body>\ud800{P}", True),
}


@pytest.mark.parametrize("name", PAGES)
def test_bounded_time_and_no_crash(name: str) -> None:
    page, has_text = PAGES[name]
    began = time.process_time()
    found = extract_page(page)
    assert time.process_time() - began < MOST_SECONDS
    if has_text:
        assert found is not None and STORY[0] in found.text
    if found is not None and name == "entities that explode":
        assert len(found.text) < 10_000


@pytest.mark.parametrize("unit", ["ad", "post", "sr-", "display:", "display : ", "-", "a ", "collapse", "visually-"])
def test_patterns_for_names_take_no_time(unit: str) -> None:
    names = (unit * 100_000)[:100_000]
    began = time.process_time()
    marks_of(names)
    is_read_out(names)
    is_unseen(names)
    choose_title([names], [names], names, f"https://example.com/{unit}")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "rest", ['<a href="#x">¶</a>&#2; tail', '<span class="mw-editsection">[edit]</span>\x0c tail', "&#x1f; tail"]
)
def test_control_characters_and_references_to_them_are_left_out(rest: str) -> None:
    said = "<p>The council voted on Tuesday to keep the old bridge open for another two years, and said so.</p>"
    assert "tail" in clean_html(f"<html><body>{said}<h2>Head{rest}</h2>{said.replace('two', 'ten')}</body></html>").text


def test_an_apostrophe_in_a_long_paragraph_opens_no_attribute() -> None:
    said = "It isn't so, they said. " + "The council has a bridge and nobody has a river in the town hall. " * 400
    assert clean_html(f"<html><body><p title=don't>{said}</p></body></html>").n_words > 5_000


def test_signs_that_part_pages_part_words() -> None:
    said = "<p>The council voted on Tuesday to keep the old bridge open for another two years, and said so.</p>"
    for sign in ("\x0c", "&#12;", "\x0b", "\x1f", "&#x1f;"):
        page = (
            f"<html><body>{said}<p>The end of one page{sign}The start of the next one, which goes on.</p></body></html>"
        )
        assert "page The start" in clean_html(page).text
