"""The line model, asked without the rules, spares sentences of a story; prompts between paragraphs go."""

import pytest

from cleaning import Recipe, clean_text

_STORY = (
    "The price of milk fell by a tenth in the autumn, and the farmers of the valley met on Tuesday to talk about it.",
    "Most of them keep fewer than forty cows, and none of them expects to keep as many in the year to come.",
    "The dairy in the next town has offered to buy the rest of the milk at the price of last year, they said.",
    "A vote is planned for the second week of January, when the snow keeps everybody at home anyway.",
)
_ADVICE = "Subscribe to five newsletters that you admire and write down where each one places its form."
_PROMPTS = (
    "Sign up for our weekly newsletter and get the news of the valley in your inbox.",
    "Subscribe to our newsletter",
)


def _between(line: str) -> str:
    return "\n".join([*_STORY[:2], line, *_STORY[2:]])


def test_a_sentence_of_the_story_that_begins_as_a_prompt_stays() -> None:
    assert clean_text(_between(_ADVICE)).text == _between(_ADVICE)


@pytest.mark.parametrize("prompt", _PROMPTS)
def test_a_prompt_in_its_place_goes(prompt: str) -> None:
    assert clean_text(_between(prompt)).text == "\n".join(_STORY)


def test_the_rules_alone_take_what_they_find() -> None:
    assert _ADVICE not in clean_text(_between(_ADVICE), recipe=Recipe(line_model="off")).text
