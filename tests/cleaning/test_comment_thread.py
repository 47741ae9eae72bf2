"""CO003: a thread without a heading, known by who wrote or by when."""

import pytest

from cleaning import clean_text
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import split_page

STORY = "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours."
COMMENT = "I could not agree more, and I have been saying so since the last bridge was built."
RULE = next(rule for rule in RULES if rule.code == "CO003")


def taken(lines: list[str]) -> list[int]:
    """The lines that the rule takes, by index."""
    page = split_page("\n".join(lines))
    starts = {line.start: line.index for line in page.lines}
    return [starts[span.start] for span in RULE.find(page, ())]


def thread(count: int) -> list[str]:
    return [line for day in range(1, count + 1) for line in (f"Ann Lee {day}", f"May {day}, 2019 at 2:57 pm", COMMENT)]


@pytest.mark.parametrize(("paragraphs", "goes"), [(60, True), (9, False)])
def test_times_tell_a_thread_below_a_long_story_alone(paragraphs: int, goes: bool) -> None:
    lines = [STORY] * paragraphs + thread(5)
    assert taken(lines) == (list(range(paragraphs, len(lines))) if goes else [])


def test_questions_with_their_answers_stay() -> None:
    answers = [line for day in range(1, 6) for line in (f"answered May {day}, 2019 at 2:57", COMMENT)]
    assert taken([STORY] * 60 + answers) == []


def test_three_times_are_no_thread() -> None:
    assert taken([STORY] * 60 + thread(3)) == []


def test_a_thread_that_thins_out_is_none() -> None:
    assert taken([STORY] * 60 + thread(5) + [STORY] * 100) == []


SIGNATURES = {
    "name and day": [f"{name} on May {day}, 2024 at {day}:0{day} pm" for day, name in enumerate(("Jane", "roe77", "A. Doe", "Jim"), 1)],
    "day and name": [f"0{day}.15.12 at 1{day}:59 {name}" for day, name in enumerate(("Jane", "roe77", "A. Doe", "Jim"), 1)],
    "glued": [f"{name}August {day}, 2012 4:1{day} AM" for day, name in enumerate(("JaneAtTheHarbour", "roe", "ada", "jim"), 1)],
    "ago": [f"{name} {day + 10} days ago" for day, name in enumerate(("Jane Doe", "roe77", "A. Doe", "Jim"), 1)],
    "said": ["Jane Doe said...", "Anonymous said...", "roe77 said...", "Old Man River said..."],
}  # fmt: skip


@pytest.mark.parametrize("signed", SIGNATURES.values(), ids=SIGNATURES)
def test_a_thread_is_known_by_signatures_that_are_alike(signed: list[str]) -> None:
    lines = [STORY] * 12 + [line for name in signed for line in (name, COMMENT)]
    assert taken(lines) == list(range(12, len(lines)))


def test_a_forum_whose_first_post_is_signed_too_stays() -> None:
    posts = [line for name in SIGNATURES["name and day"] for line in (name, *[STORY] * 4)]
    assert taken(["Where to cross the river", *posts]) == []


def test_the_day_of_a_story_that_is_stated_as_those_of_its_comments_hides_no_thread() -> None:
    thread = [line for name in SIGNATURES["name and day"] for line in (name, COMMENT)]
    head = ["The bridge that stays", "Ann Lee on April 30, 2024 at 8:00 am"]
    assert taken([*head, *[STORY] * 30, *thread]) == list(range(32, 40))
    assert taken([*head, *[STORY] * 12, *thread]) == []


def test_a_timetable_below_a_story_stays() -> None:
    timetable = [f"May {day}, 2024 at 7:30 pm" for day in range(10, 20)]
    assert taken([STORY] * 12 + ["The film can be seen on these days:", *timetable]) == []


def test_a_post_with_ten_times_as_many_comments_is_published() -> None:
    thread = [line for day in range(1, 29) for line in (f"Ann Lee on May {day}, 2019 at 2:57 pm", *[COMMENT] * 6)]
    document = clean_text("\n".join([*[STORY] * 12, *thread]))
    assert document.text.count(STORY) == 12
    assert COMMENT not in document.text
