"""Which blocks come along with the kept ones: runs of paragraphs, subheadings, quotations, lists, code."""

from __future__ import annotations

import numpy as np
import pytest

from cleaning.extract.blocks import Blocks, drop_unread, read_blocks
from cleaning.extract.gaps import fill_gaps, keep_sure
from cleaning.extract.parse import parse_page
from tests.samples import STORY

STORY_WORDS = " ".join(STORY)


def blocks_of(body: str) -> Blocks:
    root = parse_page(f"<html><body>{body}</body></html>")
    drop_unread(root)
    return read_blocks(root)


def sure_of(body: str, likely: list[float]) -> list[int]:
    """The numbers of the blocks that stay of those that are all chosen."""
    blocks = blocks_of(body)
    assert len(blocks.texts) == len(likely), blocks.texts
    words = np.array([len(text.split()) for text in blocks.texts], dtype=np.float64)
    chosen = np.array([score >= 0.5 for score in likely])
    return [int(number) for number in np.flatnonzero(keep_sure(blocks, np.array(likely), words, chosen))]


def filled(body: str, likely: list[float], kind: str = "article") -> list[int]:
    """The numbers of the blocks that are kept where those of .5 were."""
    blocks = blocks_of(body)
    assert len(blocks.texts) == len(likely), blocks.texts
    scores, words = np.array(likely), np.array([len(text.split()) for text in blocks.texts], dtype=np.float64)
    return [int(number) for number in np.flatnonzero(fill_gaps(blocks, scores, words, scores >= 0.5, kind))]


PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in STORY)


@pytest.mark.parametrize(
    ("ending", "likely", "kept"),
    [
        # Long paragraphs behind the last sure one belong to it, whether or not they stand in boxes of their own.
        (f"<p>{STORY_WORDS}</p><p>She left.</p>", [0.4, 0.3], [0, 1, 2, 3, 4]),
        # A single short one there is a request or a teaser.
        ("<p>Get Harbour News by mail.</p>", [0.45], [0, 1, 2]),
        # A paragraph of another place is no part of the run.
        (f"<div><p>{STORY_WORDS}</p></div>", [0.45], [0, 1, 2]),
        # What is certainly furniture ends the run.
        (f"<p>Share this</p><p>{STORY_WORDS}</p>", [0.1, 0.45], [0, 1, 2]),
    ],
)
def test_the_end_of_a_story_stays_with_it(ending: str, likely: list[float], kept: list[int]) -> None:
    assert sure_of(f"<article>{PARAGRAPHS}{ending}</article>", [0.9, 0.8, 0.55, *likely]) == kept


def test_the_beginning_and_the_middle_stay_too() -> None:
    body = f"<article><p>{STORY_WORDS}</p>{PARAGRAPHS}<p>There may be something to that.</p><p>{STORY[0]}</p></article>"
    assert sure_of(body, [0.4, 0.9, 0.9, 0.9, 0.27, 0.6]) == [0, 1, 2, 3, 4, 5]
    assert sure_of(body, [0.1, 0.9, 0.9, 0.9, 0.1, 0.6]) == [1, 2, 3, 5]


def test_a_promotion_between_paragraphs_takes_none_along() -> None:
    body = f"<article>{PARAGRAPHS}<p>She smiled.</p><p>Our best bridges</p><p>{STORY[0]}</p></article>"
    assert sure_of(body, [0.9, 0.9, 0.9, 0.3, 0.1, 0.6]) == [0, 1, 2, 3, 5]


def test_each_paragraph_in_its_own_box() -> None:
    body = "".join(f"<div class='text-{n}'><p>{text}</p></div>" for n, text in enumerate((*STORY, STORY_WORDS)))
    assert sure_of(f"<article>{body}</article>", [0.9, 0.8, 0.55, 0.4]) == [0, 1, 2, 3]


def test_a_subheading_between_kept_blocks() -> None:
    body = f"<article><p>{STORY[0]}</p>{{}}<p>{STORY[1]}</p></article>"
    likely = [0.9, 0.4, 0.9]
    for heading in (
        "<h2>The old bridge</h2>",
        "<div><h3>The old bridge</h3></div>",
        "<div><b>The old bridge</b></div>",
        "<h1>The old bridge</h1>",
    ):
        assert filled(body.format(heading), likely) == [0, 1, 2], heading
        assert filled(body.format(heading), likely, "listing") == [0, 1, 2], heading
    assert filled(body.format("<p>Share this</p><h2>The old bridge</h2>"), [0.9, 0.1, 0.4, 0.9]) == [0, 2, 3]
    assert filled(body.format("<h2><a href='/x'>Mayor Resigns</a></h2>"), likely) == [0, 2]
    assert filled(body.format("<div>The old bridge</div>"), likely) == [0, 2]
    assert filled(body.format("<h2>The old bridge</h2>"), [0.9, 0.4, 0.2]) == [0]


def test_a_quotation_of_which_most_is_kept_is_whole() -> None:
    body = f"<p>{STORY[0]}</p><blockquote><p>{STORY[1]}</p>Jane Doe (@janedoe) March 5, 2024</blockquote>"
    assert filled(body, [0.9, 0.9, 0.25]) == [0, 1, 2]
    assert filled(body, [0.9, 0.9, 0.25], "forum") == [0, 1]
    assert filled(body, [0.9, 0.25, 0.9]) == [0, 2]


def test_rows_of_a_table_are_whole() -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in ("Ferry", "12 km", "daily"))
    body = f"<p>{STORY[0]}</p><table><tr>{cells}</tr><tr>{cells.replace('daily', '')}</tr></table>"
    # A row of which one cell is kept, a table of which half the cells are.
    assert filled(body, [0.9, 0.25, 0.6, 0.3, 0.3, 0.3]) == [0, 1, 2, 3]
    assert filled(body, [0.9, 0.6, 0.6, 0.6, 0.25, 0.1]) == [0, 1, 2, 3, 4]
    assert filled(body, [0.9, 0.25, 0.6, 0.3, 0.3, 0.3], "product") == [0, 2]


def test_a_table_that_lays_out_a_page_is_not_filled() -> None:
    paragraphs = f"<td><p>{STORY[0]}</p><p>{STORY[1]}</p></td>"
    body = f"<table><tr>{paragraphs}<td>More stories</td></tr><tr><td>Home</td>{paragraphs}</tr></table>"
    assert filled(body, [0.9, 0.9, 0.3, 0.3, 0.9, 0.9]) == [0, 1, 4, 5]


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ('<li id="fn1">She did.</li>', [0, 1]),
        ('<p><a name="fn1"></a>She did.</p>', [0, 1]),
        ('<div><a class="footnote-number" id="fn1" href="#r1">1</a> She did.</div>', [0, 1]),
        ('<li id="fn2">She did.</li>', [0]),
    ],
)
def test_a_note_that_a_mark_leads_to_stays(note: str, kept: list[int]) -> None:
    body = f'<p>{STORY[0]}<sup><a href="#fn1">1</a></sup></p><ol>{note}</ol>'
    assert filled(body, [0.9, 0.15]) == kept
    assert filled(body, [0.9, 0.15], "product") == [0]
    assert filled(body, [0.9, 0.05]) == [0]


def test_entries_of_a_bibliography_are_judged_for_themselves() -> None:
    body = (
        f'<p>{STORY[0]}<sup><a href="#cite_note-1">1</a></sup></p><ol><li id="cite_note-1">J. Doe: Bridges.</li></ol>'
    )
    assert filled(body, [0.9, 0.1]) == [0]


def test_short_posts_of_a_thread_stay_with_the_long_ones() -> None:
    post = "<div class='thread'><div class='post'><p>{}</p></div><p class='who'>jdoe, 2 days ago</p></div>"
    body = "".join(map(post.format, (STORY_WORDS, "Thank you!", STORY_WORDS)))
    likely = [0.9, 0.1, 0.25, 0.1, 0.9, 0.1]
    assert filled(body, likely, "forum") == [0, 2, 4]
    assert filled(body, likely) == [0, 4]
    # Where most of what stands in such boxes is no post, it is something else.
    assert filled(body, [0.9, 0.1, 0.25, 0.1, 0.3, 0.1], "forum") == [0]
