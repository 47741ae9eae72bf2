"""What the uses of a phrase list say, on lines between, above and below the paragraphs of a story."""

import pytest

from cleaning.boilerplate import find_removals
from cleaning.boilerplate.phrases import Phrase, PhraseLists, find_phrases, phrase_rows
from cleaning.bylines import parse_any_byline
from cleaning.errors import BrokenRules
from cleaning.recipe import Recipe
from cleaning.records import Kind

RULES_ONLY = Recipe(line_model="off")
FIRST = "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours."
LAST = "The mayor said that the work would start in the spring and that nobody would have to walk around by the mill."


def gone(*lines: str) -> list[str]:
    """The lines that rules take."""
    return [removal.text.strip() for removal in find_removals("\n".join(lines), RULES_ONLY)]


@pytest.mark.parametrize("label", ["Subscribe", "Newsletter", "Teilen"])
def test_labels_go_between_paragraphs_too(label: str) -> None:
    assert gone(FIRST, label, LAST) == [label]


@pytest.mark.parametrize("question", ["What are your thoughts?", "Do you agree?", "Have something to say?"])
def test_what_somebody_may_ask_in_the_story_goes_at_its_edges_only(question: str) -> None:
    assert gone(FIRST, question, LAST) == []
    assert gone(FIRST, LAST, question) == [question]
    assert question in gone(FIRST, question, "Leave a comment below", LAST)


def test_uses_of_all_rows_are_met() -> None:
    assert {row.use for row in phrase_rows()} == {"line", "label", "edge", "heading", "start", "lead"}


@pytest.mark.parametrize("line", ["3 thoughts on “Why the bridge stays open”", "One comment on “The bridge”"])
def test_headings_of_threads_may_open_with_a_number(line: str) -> None:
    assert [row.kind for row in find_phrases(line)] == [Kind.COMMENT_PROMPT]


@pytest.mark.parametrize(
    "line", ["3. Show the comments below each picture", "12 people died on the bridge in 1931", "Thoughts on Zig"]
)
def test_items_and_sentences_that_open_with_a_number_are_no_headings(line: str) -> None:
    assert find_phrases(line) == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Jane Doe on May 3, 2024", "Jane Doe"),
        ("By Jane Doe 10:32 AM", "Jane Doe"),
        ("By Jane Doe, PhD, MPH", "Jane Doe"),
        ("Jane Doe / Staff Writer", "Jane Doe"),
        ("Jane Doe Chief Political Correspondent", "Jane Doe"),
        ("Jane Doe • The Daily News", "Jane Doe"),
        ("João Ferreira - de Lisboa", "João Ferreira"),
    ],
)
def test_bylines(line: str, name: str) -> None:
    assert parse_any_byline(line) == (name,)


@pytest.mark.parametrize("line", ["The Best Murals in Paris", "Young Reporter", "Winter in Paris"])
def test_headlines_are_no_bylines(line: str) -> None:
    assert parse_any_byline(line) is None


def test_a_word_that_tells_what_was_may_be_of_the_phrase_itself() -> None:
    assert find_phrases("Was meinen Sie? Schreiben Sie uns einen Kommentar.")
    assert not find_phrases("Sign up for our newsletter, the banner said, and a million people did.")


@pytest.mark.parametrize("phrase", ["Back to „…”", "(… reviews)", "…", "★ …"])
def test_a_gap_without_a_word_beside_it_is_an_error_that_names_the_row(phrase: str) -> None:
    with pytest.raises(BrokenRules, match=r"share\.tsv.*no word"):
        PhraseLists([Phrase(Kind.SHARE, "en", "line", phrase)])


@pytest.mark.parametrize("line", ["ID: 4711", "Dodano: 12.03.2024"])
def test_a_label_of_one_word_asks_for_its_colon(line: str) -> None:
    assert gone(FIRST, LAST, line) == [line]
    assert gone(FIRST, LAST, line.replace(":", " theft surge") + " hits banks") == []


@pytest.mark.parametrize("lead", ["Lees ook dit", "Puede leer también", "یہ بھی پڑھیے", "相关报道", "Čitajte i:"])
def test_a_lead_whose_headline_stands_below_it_is_a_heading(lead: str) -> None:
    assert lead in gone(FIRST, lead, "The old bridge in pictures", LAST)


@pytest.mark.parametrize("line", ["Check out", "Fact check", "Related resources", "ANALYSIS"])
def test_some_leads_are_as_often_headings_of_the_story(line: str) -> None:
    assert gone(FIRST, line, LAST) == []


def test_what_a_staff_does_is_no_byline() -> None:
    assert gone("US Airways staff agree to pay cut", FIRST, LAST) == ["US Airways staff agree to pay cut"]
    assert (
        find_removals("\n".join(["US Airways staff agree to pay cut", FIRST, LAST]), RULES_ONLY)[0].kind == Kind.TITLE
    )
