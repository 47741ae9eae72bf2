"""Why a line stayed can be looked up."""

from cleaning.report.kept import why_kept

_TEXT = """The price of milk fell by a tenth in the autumn, and the farmers of the valley met on Tuesday to talk about it.

Subscribe to five newsletters that you admire and write down where each one places its form.
Most of them keep fewer than forty cows, and none of them expects to keep as many in the year to come.
"""


def test_a_line_that_the_model_spares_says_which_rule_marks_it() -> None:
    rule, model = why_kept(_TEXT, 3)
    assert rule.startswith("SU001 marks it") and "takes it for a sentence of the story" in rule
    assert model.startswith("The line model gives it a probability of 0.0")


def test_a_line_of_the_story_is_marked_by_no_rule() -> None:
    assert why_kept(_TEXT, 1)[0] == "No rule marks it."


def test_a_blank_line_says_so() -> None:
    assert why_kept(_TEXT, 2) == ["It is blank."]
