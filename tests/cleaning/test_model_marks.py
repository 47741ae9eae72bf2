"""What the engine does with the model's probabilities: laws of the decision, whatever the model says."""

from hypothesis import given
from hypothesis import strategies as st

from cleaning.boilerplate.model_marks import find_model_marks
from cleaning.boilerplate.rule import split_page

PROSE = (
    "The council voted on Tuesday to close the old bridge over the river, after engineers had found new cracks in it."
)
ENTRY = (
    "Yes, a few people have asked us this question today, and there is no reason to worry about the old bridge at all."
)


def cut(lines: list[str], scores: list[float]) -> list[int]:
    """The lines that the model takes at these probabilities."""
    page = split_page("\n".join(lines))
    starts = [line.start for line in page.lines]
    return [starts.index(mark.start) for mark in find_model_marks(page, [], "default", scores)]


def test_entries_of_a_live_blog_stay() -> None:
    blog = [PROSE, PROSE, "11:07 Ann Lee", "Is it open?", ENTRY, "10:59 Ann Lee", "Trains", ENTRY, PROSE]
    assert cut(blog, [0.1, 0.2, 0.99, 0.99, 0.99, 0.99, 0.99, 0.98, 0.3]) == []


def test_comments_below_the_story_go() -> None:
    page = [PROSE, PROSE, PROSE, "Ann Lee", ENTRY, "Bo Ray", ENTRY]
    assert cut(page, [0.1, 0.2, 0.2, 0.99, 0.99, 0.99, 0.98]) == [3, 4, 5, 6]


def test_labels_inside_the_story_go() -> None:
    assert cut([PROSE, "Share", "Sign up", PROSE], [0.1, 0.99, 0.99, 0.2]) == [1, 2]


def test_blocks_of_a_whole_page_go() -> None:
    page = [f"Menu {number}" for number in range(20)] + [PROSE, "Ann Lee", ENTRY, PROSE]
    assert cut(page, [0.99] * 20 + [0.1, 0.99, 0.99, 0.2])[-2:] == [21, 22]


def test_threads_and_lists_of_stories_stay() -> None:
    thread = ["Ann Lee", ENTRY, "Bo Ray", ENTRY, "Ann Lee", ENTRY, "Cy Orr", PROSE]
    assert cut(thread, [0.99, 0.98, 0.99, 0.98, 0.99, 0.98, 0.99, 0.4]) == []


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
