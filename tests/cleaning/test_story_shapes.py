"""What the shapes of a story hold."""

from cleaning.boilerplate.split import page_of_rows
from cleaning.boilerplate.story_shapes import cited, notes
from cleaning.boilerplate.table_rows import table_rows

_STORY = ["The bridge will fall, and everybody who lives beside it has known so since the ice took its first pier."]


def test_notes_of_an_essay_are_what_stands_below_the_signs_that_lead_back() -> None:
    rows = [*_STORY, "^", "Thanks to my neighbour.", "↩︎", "More comments below.", "-", "^", "An edit.", "Subscribe"]
    assert notes(page_of_rows(rows)) == {1, 2, 3, 4, 5, 6, 7}


def test_two_signs_make_no_notes() -> None:
    assert notes(page_of_rows([*_STORY, "^", "Back to top", "^", "Home"])) == frozenset()


def test_paragraphs_that_name_their_sources_and_what_stands_between_them() -> None:
    paragraphs = [f"{_STORY[0]} The first of them fell in 18{n}0.[{n}]" for n in range(1, 6)]
    rows = [
        *_STORY,
        *paragraphs[:2],
        "Government and politics",
        *paragraphs[2:],
        "Share this",
        "- ^ A note of the press.",
    ]
    assert cited(page_of_rows(rows)) == {1, 2, 3, 4, 5, 6, 8}
    assert cited(page_of_rows([*_STORY, *paragraphs[:4], "Share this"])) == frozenset()


def test_rows_of_one_shape_are_a_table() -> None:
    rows = [f"Place {number} | Jane Doe | place.{number}@example.com" for number in range(12)]
    page = page_of_rows(["Home | News | Sport", *_STORY, *rows, *_STORY, *rows[:5]])
    assert table_rows(page) == frozenset(range(2, 14))


def test_marks_of_notes_do_not_hide_the_end_of_a_sentence() -> None:
    rows = ["It closed in 1998.[3]", "It closed.[1][2]", "It closed in 1998[3]", "See [12]", "“It closed.” [4, 5]"]
    assert [line.ends_sentence for line in page_of_rows(rows).lines] == [True, True, False, False, True]
