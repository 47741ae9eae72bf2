"""Heads of plain texts: titles, names alone, and lines that say who wrote a post, when and where it is filed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning import Recipe, clean_text
from cleaning.boilerplate import find_removals
from cleaning.date_words import is_day
from cleaning.people import find_person
from cleaning.post_meta import parse_post_meta
from cleaning.records import Action, Kind
from tests.samples import STORY

BODY = "\n".join(STORY)
NAMES = st.sampled_from(["Jane Doe", "Erika Mustermann", "José García", "Anna van der Berg", "Олег Иванов"])
DAYS = st.sampled_from(["May 3, 2024", "3 May 2024", "3. Mai 2024", "2024-05-03", "3 de mayo de 2024", "03.05.2024"])
SIGNS = st.sampled_from([" | ", " • ", " · ", " – ", " // ", " — "])
COUNTS = st.sampled_from(["5 comments", "0 Kommentare", "No Comments", "12 min read", "1,204 views", "Leave a comment"])


@given(NAMES, DAYS, COUNTS, SIGNS, st.permutations(range(3)))
def test_the_order_of_the_fields_and_the_sign_between_them_say_nothing(
    name: str, day: str, count: str, sign: str, order: list[int]
) -> None:
    meta = parse_post_meta(sign.join([name, day, count][index] for index in order))
    assert meta is not None
    assert meta.names == (name,)
    assert meta.published is not None and meta.published.stated == "2024-05-03"


@given(
    st.text(max_size=240)
    | st.lists(st.sampled_from(["by", "in", "on", "May", "3", "2024", "|", "Doe", ":"])).map(" ".join)
)
def test_any_line_is_read_or_left(text: str) -> None:
    meta = parse_post_meta(text)
    assert meta is None or meta.names or meta.published or meta.modified or meta.section or meta.is_led


@pytest.mark.parametrize(
    ("line", "names", "stamps", "section"),
    [
        ("Posted by Jane Doe on May 3, 2024 in News | 5 comments", ["Jane Doe"], ("2024-05-03", None), "News"),
        ("By Jane DoeUpdated May 3, 2024, 9:00 AM EST", ["Jane Doe"], (None, "2024-05-03T09:00-05:00"), None),
        ("May 3, 2024Jane Doe", ["Jane Doe"], ("2024-05-03", None), None),
        ("Published May 3, 2024 by Jane Doe, updated May 4, 2024", ["Jane Doe"], ("2024-05-03", "2024-05-04"), None),
        ("04.02.2022 | 15:33 Uhr | Erika Mustermann", ["Erika Mustermann"], ("2022-02-04T15:33", None), None),
        (
            "am 23. Januar 2020 von Erika Mustermann in Allgemeines",
            ["Erika Mustermann"],
            ("2020-01-23", None),
            "Allgemeines",
        ),
        ("3 mai 2024 par Jean Dupont", ["Jean Dupont"], ("2024-05-03", None), None),
        ("2024-05-03 10:30 来源：海港晚报 作者：王小明", ["王小明"], ("2024-05-03T10:30", None), None),
        ("By ada on May 3, 2024", ["ada"], ("2024-05-03", None), None),
        ("By admin - 2024-05-03", [], ("2024-05-03", None), None),
        ("By Jane Doe, DVM | Reviewed by John Roe | May 3, 2024", ["Jane Doe"], ("2024-05-03", None), None),
    ],
)
def test_lines_of_posts(
    line: str, names: list[str], stamps: tuple[str | None, str | None], section: str | None
) -> None:
    meta = parse_post_meta(line)
    assert meta is not None
    assert list(meta.names) == names
    assert (meta.published and meta.published.stated, meta.modified and meta.modified.stated) == stamps
    assert meta.section == section


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "May 3, 2024",
        "Phoenix (11/18/2026)",
        "Released: June 17, 2025 by Harbour Books",
        "The council voted on May 3, 2024 to keep the bridge, Jane Doe said.",
        "Bridge Festival from May 3 to May 5, 2024",
        "Built by Roe in May 2024",
        "Who was Jane Doe (May 3, 2024)?",
        "Diese Verordnung tritt am 1. Januar 2005 in Kraft.",
        "Diese Verordnung tritt am 1. Januar 2005 in Kraft",
        "The bridge opened on May 3, 2024 in Harbour Town.",
    ],
)
def test_lines_of_stories_are_no_posts(line: str) -> None:
    assert parse_post_meta(line) is None


@pytest.mark.parametrize("name", ["Theresa May", "Tim Ott", "Anna Mai", "Karl März", "Hans Jun"])
def test_a_family_name_may_be_a_month(name: str) -> None:
    for line in (f"Posted on March 3, 2024 by {name}", f"By {name} on March 3, 2024", f"March 3, 2024 | {name}"):
        meta = parse_post_meta(line)
        assert meta is not None and meta.names == (name,)


def test_a_name_is_a_given_name_and_more() -> None:
    assert find_person("Jane Doe Jane Doe") == "Jane Doe"
    assert find_person("Madison Park") is None
    assert find_person("Jane Doe said so") is None
    assert is_day("Friday, May 3, 2024 at 9:00 am")


@pytest.mark.parametrize(
    ("head", "title", "authors", "day"),
    [
        (
            "A quiet week at sea\nBy Jane Doe on May 3, 2024\nTweet\n",
            "A quiet week at sea",
            ("Jane Doe",),
            "2024-05-03",
        ),
        (
            "A quiet week at sea\nNothing happened there, and nobody was surprised.\nBy Jane Doe\nMay 3, 2024\n",
            "A quiet week at sea",
            ("Jane Doe",),
            "2024-05-03",
        ),
        (
            "Numbers of the week: 10,000\nJane Doe\nMay 3, 2024\n",
            "Numbers of the week: 10,000",
            ("Jane Doe",),
            "2024-05-03",
        ),
        (
            "# A quiet week at sea\n**Jane Doe** | 3 May 2024 | 4 min read\n",
            "A quiet week at sea",
            ("Jane Doe",),
            "2024-05-03",
        ),
    ],
)
def test_the_head_of_a_plain_text_becomes_metadata(head: str, title: str, authors: tuple[str, ...], day: str) -> None:
    document = clean_text(head + BODY)
    assert document.title == title
    assert document.authors == authors
    assert document.published_stated == day
    assert document.text.replace("\n\n", "\n").endswith(BODY)
    assert title not in document.text


def test_a_title_that_stands_twice_goes_twice() -> None:
    title = "Council keeps the old bridge open"
    removals = find_removals(f"{title}\n{title}\nMay 3, 2024\n{BODY}", Recipe(line_model="off"))
    assert [removal.kind for removal in removals if removal.action == Action.MOVED][:2] == [Kind.TITLE, Kind.TITLE]


def test_bylines_of_other_stories_name_no_authors() -> None:
    below = "\nMayor resigns after the vote on the bridge\nBy John Roe\nMay 5, 2024\n"
    document = clean_text(f"A quiet week at sea\nBy Jane Doe\nMay 3, 2024\n{BODY}{below}")
    assert document.authors == ("Jane Doe",)
    assert document.published_stated == "2024-05-03"


def test_entries_of_a_chronicle_stay() -> None:
    days = "\n".join(f"{day} May 2024\n{line}" for day, line in enumerate(STORY * 2, start=1))
    removals = find_removals(f"The week on the river\n{days}", Recipe(line_model="off"))
    assert not [removal for removal in removals if removal.kind == Kind.TIMESTAMP and removal.line > 3]


def test_a_heading_of_a_page_that_names_another_title_stays() -> None:
    text = f"A quiet week at sea\nBy Jane Doe\nMay 3, 2024\n{BODY}"
    titles = {
        title: [removal.text for removal in find_removals(text, Recipe(), title) if removal.kind == Kind.TITLE]
        for title in (None, "A Quiet Week at Sea | Example News", "Mayor resigns")
    }
    assert [len(found) for found in titles.values()] == [1, 1, 0]


def test_a_thread_is_by_who_began_it() -> None:
    posts = [
        (
            "Pedalix",
            "20:11",
            "Since last winter the chain of my bicycle jumps, in the fourth gear only, and I do not know why.",
        ),
        (
            "Radler",
            "21:03",
            "Measure how long it is and do not trust your eyes, since two millimetres are enough for that.",
        ),
        (
            "Pedalix",
            "22:40",
            "You were right, it was three, and with the new one all of it is quiet again, thank you.",
        ),
    ]
    text = "\n".join(f"von {name} » Do 18. Apr 2024, {hour}\n{said}" for name, hour, said in posts)
    assert clean_text(text).authors == ("Pedalix",)
