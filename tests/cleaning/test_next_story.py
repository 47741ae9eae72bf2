"""Stories that follow the one that was asked for on the same page."""

from __future__ import annotations

import numpy as np
import pytest

from cleaning.extract.blocks import Blocks, drop_unread, read_blocks
from cleaning.extract.next_story import drop_next_stories
from cleaning.extract.parse import parse_page
from tests.samples import STORY

TITLE, OTHER = "Old bridge stays open, council says", "Ferry line wants a third boat by spring"
FIRST = "".join(f"<p>{sentence} It was decided on {day}.</p>" for day, sentence in enumerate(STORY * 2))
SECOND = "".join(f"<p>On {day} the owners of the ferry said: {sentence}</p>" for day, sentence in enumerate(STORY * 2))
BYLINE = "<div class='byline'>By Ann Lee</div>"
DAY = "<p class='image-meta'><time datetime='1911-05-01'>May 1, 1911</time></p>"


def kept(body: str, title: str) -> str:
    """The blocks that stay where all were kept, on one line each."""
    root = parse_page(f"<html><body>{body}</body></html>")
    drop_unread(root)
    blocks: Blocks = read_blocks(root)
    words = np.array([len(text.split()) for text in blocks.texts], dtype=np.float64)
    keep = drop_next_stories(blocks, words, np.ones(words.size, dtype=bool), title)
    return "\n".join(text for text, stays in zip(blocks.texts, keep, strict=True) if stays)


@pytest.mark.parametrize("byline", [BYLINE, "<p class='author-name'>Jo Roe</p>"])
def test_the_next_story_goes_with_its_title_and_byline(byline: str) -> None:
    page = (
        f"<article><h1>{TITLE}</h1>{BYLINE}{FIRST}<div id='more'><div class='add'><h1>{OTHER}</h1>{byline}"
        f"<div>{SECOND}</div></div></div></article><p>The end of the page.</p>"
    )
    text = kept(page, f"{TITLE} | Harbour News")
    assert OTHER not in text and "ferry" not in text and "Ann Lee" in text
    assert "It was decided on 3." in text and text.endswith("The end of the page.")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        # Sections of one story, in boxes of their own or not.
        (f"<h1>{TITLE}</h1>{FIRST}<section><h1>{OTHER}</h1>{SECOND}</section>", TITLE),
        (f"<div><h1>{TITLE}</h1>{BYLINE}{FIRST}<h1>{OTHER}</h1>{SECOND}</div>", TITLE),
        # Chapters of a history, each with its day.
        (f"<h1>{TITLE}</h1>{BYLINE}{FIRST}<section><h1>{OTHER}</h1>{DAY}{SECOND}</section>", TITLE),
        (f"<h1>{TITLE}</h1>{FIRST}<section><h1>{OTHER}</h1>{BYLINE}{SECOND}</section>", TITLE),
        # Posts of a blog, whose page was asked for.
        (f"<div><h1>{TITLE}</h1>{FIRST}</div><div><h1>{OTHER}</h1>{BYLINE}{SECOND}</div>", "Notes from the harbour"),
        # The same story for phones, and the story behind a teaser.
        (f"<div><h1>{TITLE}</h1>{FIRST}</div><div><h1>{TITLE}</h1>{BYLINE}{SECOND}</div>", TITLE),
        (f"<div><h1>{TITLE}</h1><p>Soon.</p></div><div><h1>{OTHER}</h1>{BYLINE}{SECOND}</div>", TITLE),
        # A live blog, each entry with title and time.
        (
            f"<div><h1>{TITLE}</h1>{FIRST}</div>"
            + "".join(f"<div><h1>{OTHER} {n}</h1>{BYLINE}{SECOND}</div>" for n in range(12)),
            TITLE,
        ),
    ],
)
def test_what_is_no_other_story_stays(page: str, title: str) -> None:
    assert SECOND.count("<p>") > 3
    text = kept(page, title)
    assert text.count("the owners of the ferry said") == page.count("the owners of the ferry said")
