"""Paragraphs that were broken to a width are one line; rows of lists, verses and tables are not."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaning import clean_text
from cleaning.boilerplate import split_page

STORY = [
    "The council of the town voted on Tuesday to close the old bridge over the river after engineers had found new "
    "cracks in it during the spring.",
    "Residents who use the bridge to reach the hospital said that they had been told nothing before the vote, and asked "
    "for help. A ferry will run from Monday.",
    "The mayor said that the repair would take two years and that the town could not pay for it alone; the county has "
    "promised a third of the money.",
]
POEM = ["The bridge is old and nobody has crossed it", "The river wide and grey and full of sorrow", "And no one waits"]
WORDS = st.text("abcdefghijklmnoprstuvw", min_size=1, max_size=12)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=60, max_size=90).map(" ".join), min_size=3, max_size=6)


# Without blank lines a last row that happens to be full goes on in the next paragraph, as at 72.
@pytest.mark.parametrize(("width", "gap"), [(60, "\n\n"), (72, "\n\n"), (78, "\n\n"), (60, "\n"), (78, "\n")])
def test_rows_of_a_paragraph_are_one_line(width: int, gap: str) -> None:
    story = [" ".join(STORY), *STORY, " ".join(STORY[1:])]
    text = gap.join(textwrap.fill(paragraph, width) for paragraph in story)
    page = split_page(text)
    assert [line.text for line in page.lines] == story
    assert [line.number for line in page.lines] == [1 + text[: line.start].count("\n") for line in page.lines]


@given(PARAGRAPHS, st.integers(48, 90))
def test_any_paragraphs_come_back(paragraphs: list[str], width: int) -> None:
    rows = [textwrap.wrap(paragraph, width) for paragraph in paragraphs]
    # Without the last row of a paragraph nothing tells how wide the others may be.
    assume(max(len(row) for paragraph in rows for row in paragraph) > width - 8)
    page = split_page("\n\n".join("\n".join(paragraph) for paragraph in rows))
    assert [line.text for line in page.lines] == paragraphs


@pytest.mark.parametrize(
    "rows",
    [
        STORY,
        POEM * 5,
        [f"- {row}" for row in textwrap.wrap(" ".join(STORY), 70)],
        [f"{number}. {row}" for number, row in enumerate(textwrap.wrap(" ".join(STORY * 3), 70), start=1)],
        [row + "." for row in textwrap.wrap(" ".join(STORY * 3), 70)],
    ],
    ids=["paragraphs", "poem", "bullets", "numbers", "sentences"],
)
def test_other_rows_stay_apart(rows: list[str]) -> None:
    assert [line.text for line in split_page("\n".join(rows)).lines] == rows


def test_a_row_alone_looks_like_a_label_and_stays() -> None:
    text = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in STORY)
    assert "\nhelp. A ferry" in text
    assert clean_text(text).text == text


def test_a_prompt_over_several_rows_goes_whole() -> None:
    prompt = (
        "Sign up for our newsletter to get the latest news from the river delivered to your inbox every morning, free of "
        "charge and without any advertising."
    )
    paragraphs = [*STORY[:2], prompt, STORY[2]]
    document = clean_text("\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs))
    assert document.text == "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in STORY)
    assert [(removal.rule, removal.line) for removal in document.removals] == [("SU001", 8)]
    assert document.removed_lines == 3
