"""Pages that break off, and those that only look so."""

from __future__ import annotations

import time

import pytest

from cleaning import Rejected, clean_html
from cleaning.extract.ending import find_break
from tests.samples import PAGE, STORY

HEAD = "<!doctype html><html><head><title>Bridge stays open</title>"
BODY = f"</head><body><article><p>{STORY[0]}</p><p>{STORY[1]}</p>"


@pytest.mark.parametrize(
    ("page", "where"),
    [
        (HEAD[:50], "inside its title"),
        (HEAD + '<script type="application/ld+json">{"headline": "City council votes to close"', "inside its script"),
        (HEAD + BODY + "<style>.a > .b {color: red}", "inside its style"),
        (HEAD + BODY + "<!-- the end of the story <p>", "inside a comment"),
        (HEAD + BODY + "<p>City council votes to close", "in the text of an element"),
        (HEAD + BODY + "<p><a href='/x'>City council votes to close", "in the text of an element"),
        (HEAD + BODY + "<p>City council <b", "inside a tag"),
    ],
)
def test_a_page_that_breaks_off_is_not_published(page: str, where: str) -> None:
    with pytest.raises(Rejected, match=f"truncated: the page ends {where}, so its end is missing"):
        clean_html(page)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        HEAD + BODY,
        HEAD + BODY + "</article>",
        f"<html><head><title>Bridge</title><body><p>{STORY[0]}<p>{STORY[1]}",
        f"{HEAD}{BODY}<style>.a {{color: red}}</body></html>",
        f"{HEAD}</head><body><script>document.write('<style><!-- <\\/style>')</script><!--><p>{STORY[0]}",
        f"{HEAD}</head><body><svg><title/><style/></svg><div/><p>{STORY[0]}",
        f"<div><p>{STORY[0]}",
        f"{HEAD}{BODY}</body>\n</html\n",
    ],
)
def test_what_may_be_missing_is_not_missed(page: str) -> None:
    assert find_break(page) is None and STORY[0] in clean_html(page).text


@pytest.mark.parametrize(
    "unit", ["<script", "<script>", "<!--", "<!---->", "<div ", "<div>", "</", "<style></style>", "< "]
)
def test_bounded_time(unit: str) -> None:
    began = time.process_time()
    find_break("<html>" + unit * (1_000_000 // len(unit)) + "x")
    assert time.process_time() - began < 5
