"""What the shapes of a story hold."""

from cleaning.boilerplate.split import page_of_rows
from cleaning.boilerplate.story_shapes import notes

_STORY = ["The bridge will fall, and everybody who lives beside it has known so since the ice took its first pier."]


def test_notes_of_an_essay_are_what_stands_below_the_signs_that_lead_back() -> None:
    rows = [*_STORY, "^", "Thanks to my neighbour.", "↩︎", "More comments below.", "-", "^", "An edit.", "Subscribe"]
    assert notes(page_of_rows(rows)) == {1, 2, 3, 4, 5, 6, 7}


def test_two_signs_make_no_notes() -> None:
    assert notes(page_of_rows([*_STORY, "^", "Back to top", "^", "Home"])) == frozenset()
