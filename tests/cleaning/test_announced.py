"""A list that a colon announces goes or stays as one."""

from __future__ import annotations

import pytest

from cleaning.boilerplate.announced import announced_items
from cleaning.boilerplate.split import split_page

FOODS = ["Spinach", "Chard", "Almonds", "Greek Yogurt", "Black Beans", "Avocado"]


@pytest.mark.parametrize(
    ("lead", "taken", "kept"),
    [
        ("You can also get it from foods like:", {4, 5, 6}, set(range(1, 7))),
        ("你也可以从下面这些食物里得到它：", {4, 5, 6}, set(range(1, 7))),
        # Where the first items go, the list is no part of the story.
        ("You can also get it from foods like:", {1, 4}, set()),
        # What is taken itself announces nothing.
        ("You may also like these stories:", {0, 4, 5}, set()),
        ("You can also get it from foods.", {4, 5, 6}, set()),
        ("Foods:", {4, 5, 6}, set()),
    ],
)
def test_a_list_behind_a_colon(lead: str, taken: set[int], kept: set[int]) -> None:
    page = split_page(
        "\n".join([lead, *FOODS, "Whoever eats all of them needs to buy nothing in a bottle."]), None, None
    )
    assert announced_items(page, [page.lines[index] for index in taken]) == kept
