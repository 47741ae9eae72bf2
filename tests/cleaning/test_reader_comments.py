"""Threads of comments that nothing names: paragraphs of readers below a story."""

import pytest

from cleaning import Recipe, clean_text
from cleaning.boilerplate.line_model import LineScorer
from cleaning.boilerplate.line_model.comments import COMMENT_VERSION, PATH, SLOTS, read_comments
from cleaning.boilerplate.reader_comments import COMMENTS_NAME
from cleaning.records import Kind

STORY = [
    "The council of Harrow Green voted on Tuesday night to close the footbridge over the canal for at least two years, "
    "after engineers found that four of its six timber piers had rotted below the waterline.",
    "The decision was taken by nine votes to four. A report put before the committee estimated the cost of a new deck and "
    "new piers at £640,000, more than three times the sum that the authority had set aside in its budget for the year.",
    "The bridge was built in 1958 and links the Tennyson estate with the railway station and the primary school. A count "
    "carried out in March found that about 1,100 people cross it on a weekday, most of them before nine in the morning.",
    "Under the plan a shuttle bus will run between the two banks at peak hours from the beginning of June. The operator has "
    "offered to provide it for £85,000 a year, and the county has agreed to pay half of that amount until the work is done.",
    "Opposition members accused the administration of ignoring two earlier surveys, in 2014 and in 2019, which had "
    "recommended that the piers be inspected by divers every three years. No such inspection has taken place since 2011.",
    "The leader of the council, Martin Osgood, said that the earlier reports had described the structure as sound. Work on "
    "the replacement is due to start next spring, subject to the approval of the canal's trustees.",
]
COMMENTS = [
    "I use that bridge every single day with two kids and a pushchair. Thanks for nothing, guys.",
    "Am I the only one who thinks £85,000 for a shuttle bus is a joke? I could drive them over myself for half of that!",
    "Totally agree with the comment above. My dad worked on the canal and he always said those piers wouldn't last.",
    "I don't know why everybody is so upset. It's a ten minute walk to the lock, and you get to see the ducks.",
    "Ten minutes if you're young, maybe. I'm 78 and I have a bad hip, so please don't tell me that I should enjoy the ducks.",
    "Great article, thank you for explaining what the money is for. I wish you would write about the swimming pool too.",
    "I've lived on Tennyson Road since 1974 and I've never seen a diver anywhere near it. You couldn't make it up.",
    "Why don't they just ask the army? They put one up in a weekend when I was a kid and we loved it.",
    "Sorry, but that's just wrong. The army wouldn't be allowed to do it any more, I asked them for our village hall.",
    "Does anyone know if the bus takes bikes? I can't find anything about it and nobody answers my emails.",
    "I think you mean 2014, not 2015, in the fifth paragraph? Anyway, thanks for keeping an eye on them!",
    "lol good luck with that, they said two years about the library as well and I'm still waiting",
]
PROMPT = "Share this article"


def _page(*parts: str | list[str]) -> str:
    return "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part))


def test_a_thread_that_nothing_names_goes() -> None:
    document = clean_text(_page(STORY, PROMPT, COMMENTS))
    assert document.text == "\n".join(STORY)
    thread = [removal for removal in document.removals if removal.rule == COMMENTS_NAME]
    assert thread
    assert {removal.kind for removal in thread} == {Kind.COMMENT_PROMPT}
    assert all("speak as readers do: mean log odds" in removal.evidence for removal in thread)


def test_what_is_left_is_clean() -> None:
    text = clean_text(_page(STORY, PROMPT, COMMENTS)).text
    assert clean_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        _page(STORY, COMMENTS),  # nothing leaves between story and comments
        _page(STORY[:1], PROMPT, COMMENTS),  # hardly a story above
        _page(COMMENTS, PROMPT, STORY),  # readers speak first
        _page(STORY, PROMPT, COMMENTS[:2]),  # two lines are no thread
        _page(STORY[:3], PROMPT, STORY[3:]),
        _page(STORY, PROMPT, COMMENTS[:8]),  # a report, a prompt to share, and what readers wrote to the paper
        _page(STORY, "What do our readers say?", "Leave a comment", COMMENTS),  # the story announces them
        _page(STORY, PROMPT, [row for comment in COMMENTS for row in (comment, "return found;", "}")]),  # source text
    ],
)
def test_what_is_no_thread_is_not_taken_for_one(text: str) -> None:
    assert COMMENTS_NAME not in {removal.rule for removal in clean_text(text).removals}


def test_a_thread_begins_with_a_line_that_says_when_somebody_wrote() -> None:
    document = clean_text(_page(STORY, "marlowmum March 3, 2024 at 9:14 am", COMMENTS))
    assert COMMENTS_NAME in {removal.rule for removal in document.removals}
    assert document.text == "\n".join(STORY)


def test_the_last_paragraphs_stay_below_a_link() -> None:
    """Between a link to another story and the heading of the comments the story goes on."""
    document = clean_text(_page(STORY[:5], PROMPT, STORY[5:], "Leave a comment", COMMENTS))
    assert document.text == "\n".join(STORY)


def test_a_recipe_keeps_them() -> None:
    kept = clean_text(_page(STORY, PROMPT, COMMENTS), recipe=Recipe(kinds={Kind.COMMENT_PROMPT: "keep"}))
    assert kept.text == _page(STORY, COMMENTS)


def test_off_means_off() -> None:
    found = clean_text(_page(STORY, PROMPT, COMMENTS), recipe=Recipe(line_model="off"))
    assert COMMENTS_NAME not in {removal.rule for removal in found.removals}


def test_a_line_says_the_same_wherever_it_stands() -> None:
    lines = [*STORY, *COMMENTS]
    scorer = LineScorer()
    scorer.score(lines)
    once = scorer.comments(lines).tolist()
    scorer.score(lines[::-1])
    assert scorer.comments(lines[::-1]).tolist() == once[::-1]
    assert max(once[: len(STORY)]) < 0 < min(once[len(STORY) :])


def test_artifact() -> None:
    assert read_comments().weights.shape == (SLOTS,)
    assert PATH.stat().st_size < 500_000
    with pytest.raises(ValueError, match="version"):
        read_comments(PATH.with_name("line_model.npz"))
    assert COMMENT_VERSION


def test_letters_with_a_picture_of_an_agency_between_them_are_an_essay() -> None:
    caption = "The footbridge on the day it was closed. (Photo by Jane Doe/Getty Images)"
    document = clean_text(_page(STORY, PROMPT, COMMENTS[:6], caption, COMMENTS[6:]))
    assert not [removal for removal in document.removals if removal.rule == COMMENTS_NAME]
    assert all(comment in document.text for comment in COMMENTS)


def test_what_a_figure_of_a_game_says_is_no_thread() -> None:
    sayings = [
        "I like the rain. It makes the whole house smell of the garden, don't you think?",
        "You know, I never saw a city in my life. I wonder what it would be like to live there.",
        "My mother is asleep again. I wish she would help me with the dishes now and then.",
        "Did you bring me this? Thank you! I love it, how did you know?",
        "I'm sorry, I was lost in my book. It's just so good that I forget everything else.",
        "This place is so small, I can't walk to the pier without meeting everyone I know.",
        "Sometimes I teach the kids to read. They are sweet, but they never sit still for me!",
        "I think I could be happy here. I mean, if I had somebody to talk to in the evening.",
    ]
    document = clean_text(
        _page(STORY[:5], "See also: List of all gifts", [f"“ | “{saying}”" for saying in sayings] * 3)
    )
    assert not [removal for removal in document.removals if removal.rule == COMMENTS_NAME]


def test_a_guide_that_names_files_stays() -> None:
    """Found in a help centre: the places of folders, one a system, went as what readers write."""
    systems = ["Windows", "Windows (the old one)", "macOS", "macOS (the old one)", "Linux", "my own laptop"]
    guide = [
        f"I found it in `{place}` on {system}, and you will too." for system in systems for place in ("~/.ferry", "~/x")
    ]
    lines = [*STORY, "Share this article", *guide, "You don't have to change anything in there, so please don't!"]
    assert COMMENTS_NAME not in {removal.rule for removal in clean_text("\n".join(lines)).removals}
    spoken = [line.replace("`", "") for line in lines]
    assert COMMENTS_NAME in {removal.rule for removal in clean_text("\n".join(spoken)).removals}
