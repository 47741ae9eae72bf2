"""What the engine does with the model's probabilities: laws of the decision, whatever the model says."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cleaning.boilerplate.line_model import LineScorer
from cleaning.boilerplate.model_marks import find_model_marks
from cleaning.boilerplate.split import split_page
from cleaning.records import Kind, Mark

PROSE = (
    "The council voted on Tuesday to close the old bridge over the river, after engineers had found new cracks in it."
)
ENTRY = (
    "Yes, a few people have asked us this question today, and there is no reason to worry about the old bridge at all."
)


class Scores:
    """Stands for the model: the same probability of a line in every text."""

    def __init__(self, by_line: dict[str, float]) -> None:
        self.by_line = by_line

    def score(self, lines: Sequence[str], ruled: NDArray[np.float64]) -> NDArray[np.float64]:
        assert ruled.shape == (3, len(lines))
        return np.array([self.by_line[line] for line in lines])

    def wordings(self, lines: Sequence[str]) -> NDArray[np.float64]:
        return np.full(len(lines), -1.0)  # they say nothing


def cut(
    lines: list[str], scores: list[float], taken: Sequence[int] = (), later: dict[str, float] | None = None
) -> list[int]:
    """The lines that the model takes at these probabilities.

    ``taken``: the lines that rules take; ``later``: probabilities in the text without these.
    """
    page = split_page("\n".join(lines))
    starts = [line.start for line in page.lines]
    marks = [Mark(page.lines[n].start, page.lines[n].end, Kind.NEWSLETTER, "SU001", 0.9, "") for n in taken]
    scorer = cast(LineScorer, Scores(later or dict.fromkeys(lines, 1.0)))
    return [starts.index(mark.start) for mark in find_model_marks(page, marks, "default", scores, scorer)]


def test_what_rules_take_does_not_take_its_neighbours_along() -> None:
    lines = [PROSE, PROSE, "Sign up", "It was built in 1898 by two brothers.", "Sign up", "Ann Lee", "Sign up"]
    scores, later = [0.1, 0.2, 1.0, 0.98, 1.0, 0.97, 1.0], {PROSE: 0.1, "Ann Lee": 0.7, lines[3]: 0.3}
    assert cut(lines, scores, [2, 4, 6], later) == [5]
    assert cut(lines, scores, [2, 4, 6], later | {"Ann Lee": 0.3, lines[3]: 0.9}) == [3]


def test_entries_of_a_live_blog_stay() -> None:
    blog = [PROSE, PROSE, "11:07 Ann Lee", "Is it open?", ENTRY, "10:59 Ann Lee", "Trains", ENTRY, PROSE]
    assert cut(blog, [0.1, 0.2, 0.99, 0.99, 0.99, 0.99, 0.99, 0.98, 0.3]) == []


def test_prompts_in_a_block_go_where_paragraphs_stay() -> None:
    prompt = "Join our list today, it is free."
    lines = [PROSE, PROSE, "Sign up", prompt, "Your email", ENTRY, "Menu", PROSE, PROSE]
    scores = [0.1, 0.1, 0.95, 0.72, 0.95, 0.72, 0.95, 0.1, 0.1]
    assert cut(lines, scores) == [2, 3, 4, 6]


def test_a_text_that_the_model_is_sure_of_nothing_in_loses_no_sentence() -> None:
    said = ["“No answer came,” he said.", "It went on so for a week.", "He would prefer not to go."]
    lines = [PROSE, said[0], PROSE, said[1], PROSE, said[2], PROSE]
    scores = [0.1, 0.85, 0.1, 0.85, 0.2, 0.8, 0.1]
    assert cut(lines, scores) == []
    assert cut([*lines, "Sign up", "Menu"], [*scores, 0.99, 0.99]) == [1, 3, 5, 7, 8]


def test_headings_that_count_up_stay() -> None:
    for name in ("Artikel {}", "Articolo {}.", "Yazı {}", "§ {}"):
        headings = [name.format(number) for number in (9, 10, 11)]
        lines = [PROSE, headings[0], PROSE, headings[1], PROSE, PROSE, headings[2], PROSE, "Menu", "Login"]
        scores = [0.1, 0.98, 0.1, 0.98, 0.1, 0.2, 0.98, 0.1, 0.99, 0.99]
        assert cut(lines, scores) == [8, 9], name
        lines[3] = headings[0]
        assert cut(lines, scores) == [1, 3, 6, 8, 9], name


def test_a_list_stays_whole_that_the_model_takes_a_little_of() -> None:
    items = [f"Part {letter} of the machine" for letter in "ABCDEFGHIJ"]
    lines = [*([PROSE] * 5), *items, *([PROSE] * 5), "Menu", "Login", "Home"]
    scores = [*([0.1] * 5), *([0.7] * 7), 0.84, 0.84, 0.84, *([0.1] * 5), 0.99, 0.99, 0.99]
    assert cut(lines, scores) == [20, 21, 22]
    assert cut(lines, [*([0.1] * 5), *([0.84] * 10), *([0.1] * 5), 0.99, 0.99, 0.99]) == [*range(5, 15), 20, 21, 22]


def test_the_second_line_may_be_the_headline() -> None:
    lines = ["The Bridge Review", "A bridge too old", PROSE, PROSE, PROSE, PROSE, PROSE, "Menu", "Login"]
    scores = [0.95, 0.85, 0.1, 0.1, 0.1, 0.1, 0.1, 0.99, 0.99]
    assert cut(lines, scores) == [7, 8]
    scores[1] = 0.95
    assert cut(lines, scores) == [1, 7, 8]


def test_comments_between_two_stories_go() -> None:
    comments = ["Ann Lee", ENTRY] * 20
    lines = [*([PROSE] * 20), *comments, *([PROSE] * 20)]
    assert cut(lines, [*([0.1] * 20), *([0.99] * 40), *([0.1] * 20)]) == list(range(20, 60))


def test_menus_below_a_teaser_go() -> None:
    menus = [f"Menu {number}" for number in range(40)]
    lines = [PROSE, *menus, *([PROSE] * 30)]
    assert cut(lines, [0.1, *([0.95] * 40), *([0.1] * 30)]) == list(range(1, 41))


def test_comments_below_the_story_go() -> None:
    page = [PROSE, PROSE, PROSE, "Ann Lee", ENTRY, "Bo Ray", ENTRY]
    assert cut(page, [0.1, 0.2, 0.2, 0.99, 0.99, 0.99, 0.98]) == [3, 4, 5, 6]


def test_labels_inside_the_story_go() -> None:
    assert cut([PROSE, "Share", "Sign up", PROSE], [0.1, 0.99, 0.99, 0.2]) == [1, 2]


def test_blocks_of_a_whole_page_go() -> None:
    page = [f"Menu {number}" for number in range(20)] + [PROSE, "Ann Lee", ENTRY, PROSE]
    assert cut(page, [0.99] * 20 + [0.1, 0.995, 0.995, 0.2])[-2:] == [21, 22]


def test_between_paragraphs_a_line_needs_more_than_around_the_story() -> None:
    menus = [f"Menu {number}" for number in range(20)]
    lines = [*menus, PROSE, "Ann Lee", PROSE, "Bo Ray"]
    assert cut(lines, [0.96] * 20 + [0.1, 0.96, 0.2, 0.96]) == [*range(20), 23]


def test_a_text_that_opens_with_its_story_is_no_whole_page() -> None:
    lines = [PROSE, PROSE, "Ann Lee", "Bo Ray"]
    assert cut(lines, [0.1, 0.2, 0.86, 0.86]) == [2, 3]
    menus = [f"Menu {number}" for number in range(20)]
    assert cut([*menus, *lines], [0.99] * 20 + [0.1, 0.2, 0.86, 0.86]) == list(range(20))


def test_a_long_list_below_a_sentence_stays() -> None:
    names = [f"Name {number} of the winners" for number in range(80)]
    assert cut([PROSE, *names], [0.1] + [0.97] * 80) == []


def test_items_of_a_list_go_or_stay_as_one() -> None:
    items = [f"• Bridge {word}" for word in ("one", "two", "three", "four", "five", "six")]
    assert cut([PROSE, *items, "Share"], [0.1, *([0.99] * 5), 0.6, 0.99]) == [7]
    assert cut([PROSE, *items, "Share"], [0.1, *([0.99] * 7)]) == [1, 2, 3, 4, 5, 6, 7]


def test_threads_and_lists_of_stories_stay() -> None:
    thread = ["Ann Lee", ENTRY, "Bo Ray", ENTRY, "Ann Lee", ENTRY, "Cy Orr", PROSE]
    assert cut(thread, [0.99, 0.98, 0.99, 0.98, 0.99, 0.98, 0.99, 0.4]) == []


def test_transcripts_with_times_stay() -> None:
    said = [
        "The town hall was full",
        "when the vote was called",
        "and nobody left before",
        "the last hand was counted.",
    ] * 3
    times = [f"00:{4 * number:02} {text}" for number, text in enumerate(said)]
    assert cut([PROSE, *times, "Email(Required)"], [0.1, *([0.99] * 12), 0.99]) == [13]


def test_schedules_go() -> None:
    shows = [f"{number + 8:02}:15 Morning news" for number in range(12)]
    assert cut([PROSE, *shows], [0.1, *([0.99] * 12)]) == list(range(1, 13))


def test_rows_of_numbers_between_paragraphs_stay() -> None:
    rows = ["Czech 0.43 6.10 17.1×", "Greek 0.31 7.04 22.5×"]
    assert cut([PROSE, *rows, PROSE, *rows], [0.1, 0.99, 0.99, 0.1, 0.99, 0.99]) == [4, 5]


def test_references_stay() -> None:
    notes = [f"{number} Ann Lee, A history of bridges, 20{number + 10}" for number in range(1, 10)]
    assert cut([PROSE, *notes, "Email(Required)"], [0.1] + [0.99] * 10) == [10]
    assert cut([PROSE, *notes[:4], "Email(Required)"], [0.1] + [0.99] * 5) == [1, 2, 3, 4, 5]


def test_code_stays() -> None:
    code = [
        "import time",
        "async def sleep():",
        "wait = random.randint(0,3)",
        "await asyncio.sleep(wait)",
        'print("Done")',
    ]
    assert cut([PROSE, *code, PROSE, "Email(Required)"], [0.1, *([0.99] * 5), 0.1, 0.99]) == [7]


@given(st.lists(st.tuples(st.sampled_from([PROSE, ENTRY, "Label", "11:07 Ann Lee"]), st.floats(0, 1)), max_size=40))
def test_stretches_of_prose_inside_the_story_go_or_stay_as_one(rows: list[tuple[str, float]]) -> None:
    lines, scores = [PROSE, *(line for line, _ in rows), PROSE], [0.0, *(score for _, score in rows), 0.0]
    taken = set(cut(lines, scores))
    assert not any(lines[index] in (PROSE, ENTRY) for index in taken)


def test_turns_of_speakers_with_their_times_stay() -> None:
    turns = [
        line for n in range(12) for line in (f"Speaker {n % 2}: 00:{n:02}:30", ENTRY if n < 9 else f"Thanks, {n}.")
    ]
    lines = [PROSE, *turns, "Menu", "Login"]
    scores = [0.1, *([0.4] * 18), *([0.97] * 6), 0.99, 0.99]
    assert cut(lines, scores) == [25, 26]


def test_tables_with_a_cell_a_line_stay() -> None:
    week = ["Rest", "30 min", "Easy run", "30 min", "Rest", "45 min", "Long run", "12 km"]
    plan, news = week * 4, [f"The bridge, part {number}" if number % 2 else "3 March" for number in range(32)]
    assert cut([PROSE, *plan, PROSE], [0.1, *[0.7, 0.93] * 16, 0.1]) == []
    # Dates of other stories repeat, too, but there the model is in no doubt; the lines of a menu hold no numbers.
    assert cut([PROSE, *news, PROSE], [0.1, *[0.99] * 32, 0.1]) == list(range(1, 33))
    menu = [PROSE, *["News", "Sport", "Weather"] * 10]
    assert cut(menu, [0.1, *[0.77, 0.92] * 15]) == list(range(1, 31))
