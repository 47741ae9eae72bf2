"""CO003: a thread without a heading, known by who wrote or by when."""

import pytest

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


@pytest.mark.parametrize(("paragraphs", "goes"), [(60, True), (10, False)])
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
