"""Rows of a list in a story are neither its authors, nor its days, nor its agencies."""

import pytest

from cleaning import clean_text

STORY = (
    "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours.",
    "The mayor said that the work would start in the spring, and that nobody would have to walk around by the mill.",
)
LISTS = {
    "signed": [
        "Marie Arana, author",
        "David Brooks, columnist",
        "Michelle Low, columnist",
        "Jeet Heer, The Nation",
        "Jennifer Senior, columnist",
        "Ahmed Roe, Harbour University",
        "Gloria Poe, writer and activist",
        "Wynton Dahl, Jazz at Harbour Centre",
        "Anne Berg, author",
        "Paul Stein, Harbour College",
    ],
    "played": ["02.11.2022 - Harbour - Town Hall", "03.11.2022 - Mark Turner - Arena", "04.11.2022 - Sam Ryder - Mill"],
    "toured": [
        "THURSDAY APRIL 2",
        "COLOUR CLUB, MELBOURNE",
        "FRIDAY APRIL 17",
        "OAF GALLERY BAR, SYDNEY",
        "SATURDAY APRIL 18",
        "BLACK BEAR LODGE, BRISBANE",
        "SUNDAY APRIL 19",
        "THE MILL, PERTH",
    ],
    "named": ["- Ada", "- APL", "- ATS", "- AWK", "- BASIC"],
    "lived": ["Oktober 2015", "Ausstellung in Wien", "März 2014", "Ausstellung in Köln", "2010", "Studium in Graz"],
    "met": ["Termin: 02.11.2022", "Ort: Stadthalle", "Termin: 03.11.2022", "Ort: Arena"],
    "praised": ["“A wise book about bridges.”", "–Wall Street Journal"],
}


@pytest.mark.parametrize("name", LISTS)
def test_rows_of_a_list_stay(name: str) -> None:
    text = "\n".join([*STORY, *LISTS[name]])
    document = clean_text(text)
    assert document.text == text
    assert (document.authors, document.agencies, document.published) == ((), (), None)


def test_one_row_is_metadata() -> None:
    document = clean_text("\n".join([*STORY, "John Doe, columnist", "3 May 2024"]))
    assert document.text == "\n".join(STORY)
    assert document.authors == ("John Doe",)


def test_a_press_release_keeps_its_headline() -> None:
    story = "LEIPZIG, Germany, March 3, 2025 (GLOBE NEWSWIRE) -- Acme Robotics, a maker of robots, today opened a plant there."
    document = clean_text("\n".join(["FOR IMMEDIATE RELEASE", "Acme Robotics Opens Plant in Leipzig", story, STORY[1]]))
    assert document.title == "Acme Robotics Opens Plant in Leipzig"
    assert document.authors == ()


@pytest.mark.parametrize(
    "line", ["Powered by AI agents", "Powered by Example offers options that fit the needs of any town"]
)
def test_what_powers_something_is_a_heading_of_the_story(line: str) -> None:
    assert line in clean_text("\n".join([STORY[0], line, STORY[1]])).text


def test_the_head_of_a_table_in_markdown_is_no_label() -> None:
    story = "The council voted on Tuesday to keep the old bridge open for another two years, and nobody knows who pays."
    rows = ["| Tag | Outputs |", "|---|---|", "| name | what the member is called |", "| Reply to Name | *(empty)* |"]
    assert clean_text("\n".join([story, *rows, story.replace("council", "mayor")])).text.split("\n")[1:-1] == rows
