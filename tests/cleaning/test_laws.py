"""The laws of cutting, on texts that hypothesis makes of real furniture, stories and noise."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning import Rejected, clean_text, cut, restore
from cleaning.boilerplate import RULES, find_removals, split_page
from cleaning.boilerplate.cut import widen
from cleaning.boilerplate.decide import decide, mark_page
from cleaning.normalize.characters import normalize_text
from cleaning.recipe import Recipe
from cleaning.records import MOVED_KINDS, Action, Kind
from tests.samples import STORY

FURNITURE = (
    *("© 2024 Example News. All rights reserved.", "SEE ALSO: Mayor Resigns After Vote", "Articles You May Like", "News"),
    *("GDP Explained", "With reporting by TASS and Interfax", "By Jane Doe", "Published: March 5, 2024", "Read more", "Advertisement"),
    *("Jane Doe and John Roe contributed to this report.", "Foto: dpa", "Smoke over the harbour. (AP Photo/Jane Doe)", "Politik"),
    *("LONDON (Reuters) - The council voted on Tuesday to keep the old bridge open for years.", "PARIS — ", "(AFP) - ", "3 Comments"),
    *("Nobody could say where the money would come from. (Reporting by Jane Doe; Editing by John Roe)", "Reply", "Jane says:"),
    *("The vote is open. © 2024 AFP", "Nobody knows. Jane Doe contributed to this report.", "Home > News > Politics", "2 days ago"),
    *("▶ Mayor Resigns After Vote", "0:00 / 3:42", "[Read more: Mayor Resigns]", "&lt;br /&gt;", "Sport", "Kultur", "#bridge #vote"),
    *("Why the Bridge Stays Open", "Does the bridge stay open for another two years?", "Das könnte Sie auch interessieren", "Home"),
)  # fmt: skip
NOISE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(list(" \t\n\r\u00a0\u200b\u2028\ue61a©-:.()[]*・゠๏។")),
    max_size=60,
)
LINES = st.lists(st.sampled_from(FURNITURE) | st.sampled_from(STORY) | NOISE, max_size=14)
BREAKS = st.sampled_from(["\n", "\n\n", "\n\n\n", " \n", "\r\n", "\n   ", "\n\n\t"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    return "".join(line + draw(BREAKS) for line in draw(LINES))


RECIPES = st.builds(
    lambda kinds: Recipe(kinds=kinds, max_removed_share=1.0),
    st.dictionaries(
        st.sampled_from([kind for kind in Kind if kind != Kind.OUTSIDE_MAIN_TEXT]),
        st.sampled_from(["drop", "flag", "keep"]),
        max_size=4,
    )
    | st.dictionaries(st.sampled_from(sorted(MOVED_KINDS)), st.just("move"), max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(texts(), RECIPES)
def test_restore_inverts_cut(text: str, recipe: Recipe) -> None:
    source = normalize_text(text)
    removals = find_removals(source, recipe)
    clean = cut(source, removals)
    assert restore(clean, removals) == source
    assert all(source[r.start : r.end] == r.text and r.text.strip() for r in removals)
    assert all(left.end <= right.start for left, right in pairwise(removals))
    # A later pass widens again what an earlier one widened: that must change nothing.
    assert widen(source, removals) == removals
    flagged = [r for r in removals if r.action == Action.FLAGGED]
    assert all(r.text in clean for r in flagged)


@settings(max_examples=400, deadline=None)
@given(texts(), RECIPES)
def test_cleaning_clean_text_changes_nothing(text: str, recipe: Recipe) -> None:
    source = normalize_text(text)
    clean = cut(source, find_removals(source, recipe))
    assert normalize_text(clean) == clean
    assert cut(clean, find_removals(clean, recipe)) == clean


@pytest.mark.parametrize("number", [148, 192, 220, 233, 237, 1, 2, 3])
def test_cleaning_again_changes_nothing_where_lines_repeat(number: int, seeds: Path) -> None:
    """Lines that were flagged as repeats before the model came to cut them: found by fuzzing, in one text of fifty."""
    chance = random.Random(number)
    lines = [line for line in chance.choice(sorted(seeds.glob("*.txt"))).read_text().split("\n") if line.strip()]
    for _ in range(chance.choice((1, 2, 3))):
        at, length = chance.randrange(len(lines)), chance.choice((1, 2, 3, 5))
        lines[at:at] = lines[at : at + length] * chance.choice((3, 12, 30))
    text = clean_text("\n".join(lines)).text
    assert clean_text(text).text == text


def test_furniture_between_sentences_takes_none_along() -> None:
    sentences = (
        *("It was built in 1898 by two brothers.", "Nobody had asked them to.", "They called it the long way home."),
        *(
            "The mayor said that she would not sign.",
            "A ferry will run from Monday.",
            '"We know where the cracks are."',
        ),
        *(
            "The owners of the shops have not been heard.",
            "Mrs. Moor hopes to save it.",
            "What is left is painted green.",
        ),
    )
    prompts = (
        *("Sign up here for the Lantern newsletter", "Share via e-mail", "Subscribe to continue reading", "Most Read"),
        *(
            "Follow us on Google News",
            "Advertisement",
            "Sponsored links",
            "Articles You May Like",
            "Read this in our app",
        ),
    )
    for seed in range(60):
        chance = random.Random(seed)
        lines = ["The council of the town voted on Tuesday to close the old bridge over the river for two years."]
        for sentence in chance.sample(sentences, chance.randint(5, len(sentences))):
            lines += [sentence, *chance.choices(prompts, k=chance.randint(0, 2))]
        text = "\n".join(lines)
        kept = cut(text, find_removals(text, Recipe())).split("\n")
        assert kept == [line for line in lines if line not in prompts], seed


@settings(max_examples=200, deadline=None)
@given(texts())
def test_no_content_is_invented(text: str) -> None:
    try:
        document = clean_text(text)
    except Rejected:
        return
    characters = iter(document.source_text)
    assert all(character in characters for character in document.text)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize_text(text)
    assert normalize_text(once) == once
    assert not any(line != line.rstrip(" \t") for line in once.split("\n"))
    assert "\n\n\n" not in once and not once.startswith("\n") and not once.endswith("\n")


@settings(max_examples=100, deadline=None)
@given(texts(), st.randoms(use_true_random=False))
def test_order_of_rules_does_not_matter(text: str, chance: random.Random) -> None:
    page = split_page(normalize_text(text))
    shuffled = list(RULES)
    chance.shuffle(shuffled)
    assert decide(page, mark_page(page, shuffled), Recipe()) == decide(page, mark_page(page, RULES), Recipe())


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_lines_cover_the_text(text: str) -> None:
    source = normalize_text(text)
    page = split_page(source)
    rows = [source[line.start : line.end].split("\n") for line in page.lines]
    assert all(" ".join(row) == line.text for row, line in zip(rows, page.lines, strict=True))
    assert [row.strip() for line in rows for row in line] == [row.strip() for row in source.split("\n") if row.strip()]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_rejected(text: str) -> None:
    try:
        document = clean_text(text)
    except Rejected as rejected:
        assert rejected.rejection.detail
    else:
        assert document.n_words > 0 and cut(document.source_text, document.removals) == document.text
