"""The recipe, and what a person is told who misspells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning import Recipe, Rejected, clean_text, read_recipe
from cleaning.boilerplate.decide import select_rules
from cleaning.boilerplate.rules import RULES
from cleaning.errors import BadRecipe
from cleaning.recipe import LEAST_WORKER_BYTES, parse_recipe
from cleaning.records import MOVED_KINDS, Kind
from tests.samples import STORY


def recipe(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignored = []", "Did you mean 'ignore'"),
        ("[limits]\nfile_byte = 3", "Did you mean 'file_bytes'"),
        ("max_removed_share = 2", "max_removed_share"),
        ("[kinds]\ncopyrite = 'drop'", "Kinds are title"),
        ("[kinds]\ncopyright = 'delete'", "drop, move, flag, keep"),
        (
            "[kinds]\noutside_main_text = 'keep'",
            "kinds.outside_main_text: what is outside the main text of a page is never",
        ),
        ("[kinds]\noutside_main_text = 'flag'", "keep_dropped_blocks = true"),
        ("[kinds]\nnewsletter = 'move'", "kinds.newsletter: no column receives it; move is for title, byline"),
        ("[kinds]\nshare = 'move'\npaywall = 'move'\nbyline = 'keep'", "kinds.paywall"),
        ("ignore = [", "cannot be read as TOML"),
        ('ignore = "RL002"', 'ignore: a list is wanted, ["RL002"]'),
        ("[fields]\ntext = 'body'", 'fields.text: a list is wanted, ["body"]'),
        ('languages = ["zh-cn"]', "languages: 'zh-cn' is no code of two letters, use \"zh\""),
        ('languages = ["pt_BR"]', 'use "pt"'),
        ('languages = ["EN"]', 'use "en"'),
        ('languages = ["de", "english"]', "languages: 'english' is no code of two letters, such as \"en\""),
        (
            'keep_lines = ["a"]',
            'keep_lines: a table of lists of lines is wanted, with its names in quotes: "*" = ["a line"]',
        ),
        ('[keep_lines]\nexample.com = ["a"]', "keep_lines.example: a table of lists of lines is wanted"),
        ('[keep_lines]\n"*" = "a"', "keep_lines.*: a table of lists of lines is wanted"),
        ('[keep_lines]\n"https://www.Example.com/a" = ["a"]', 'write "example.com", or "*" for every one'),
        ('[keep_lines]\n"*" = ["a", " "]', "keep_lines.*: a line is blank"),
        ('max_removed_share = "a half"', "max_removed_share: Input should be a valid number"),
    ],
)
def test_a_wrong_recipe_names_file_key_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    path = recipe(tmp_path, text)
    with pytest.raises(BadRecipe) as error:
        read_recipe(path)
    assert str(path) in str(error.value) and said in str(error.value)


def test_a_missing_recipe_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadRecipe, match=f"{tmp_path}: is a folder, and a recipe is a TOML file"):
        read_recipe(tmp_path)
    with pytest.raises(BadRecipe, match="no such recipe file"):
        read_recipe(tmp_path / "none.toml")


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    assert read_recipe(str(recipe(tmp_path, "keep_snapshots = 2"))).keep_snapshots == 2


def test_the_longer_prefix_wins() -> None:
    def codes(**choice: tuple[str, ...]) -> set[str]:
        return {rule.code for rule in select_rules(RULES, Recipe(**choice))}  # type: ignore[arg-type]

    everything = {rule.code for rule in RULES}
    assert codes() == everything
    assert codes(ignore=("RL",)) == {code for code in everything if not code.startswith("RL")}
    assert codes(select=("RL",), ignore=("RL003",)) == {"RL001", "RL002", "RL004"}
    assert codes(select=("RL003",), ignore=("RL",)) == {"RL003"}


def test_policies_by_kind() -> None:
    line = "© 2024 Example News. All rights reserved."
    text = f"{STORY[0]}\n{line}"

    def cleaned(policy: str) -> tuple[bool, int | None, list[str]]:
        document = clean_text(text, recipe=Recipe.model_validate({"kinds": {"copyright": policy}}))
        return line in document.text, document.rights_year, [str(r.action) for r in document.removals]

    assert cleaned("drop") == (False, None, ["dropped"])
    assert cleaned("move") == (False, 2024, ["moved"])
    assert cleaned("flag") == (True, None, ["flagged"])
    assert cleaned("keep") == (True, None, [])


def test_each_kind_that_can_be_moved_may_be() -> None:
    assert Recipe(kinds=dict.fromkeys(MOVED_KINDS, "move")) and Recipe(kinds={Kind.OUTSIDE_MAIN_TEXT: "drop"})


def test_digest_changes_with_what_changes_rows_only() -> None:
    assert Recipe().digest == Recipe(chunk_documents=7, keep_snapshots=2, data_docs=True).digest
    assert Recipe().digest != Recipe(ignore=("RL",)).digest
    assert Recipe().digest != Recipe(keep_lines={"*": ("Read more",)}).digest


def test_other_languages_than_those_wanted_go_to_quarantine() -> None:
    assert clean_text(STORY[0], recipe=Recipe(languages=("en", "fr"))).language == "en"
    with pytest.raises(Rejected, match=r"unwanted_language.*its language is en"):
        clean_text(STORY[0], recipe=Recipe(languages=("de",)))


@pytest.mark.parametrize("given", [1000, -1, LEAST_WORKER_BYTES - 1])
def test_a_worker_that_cannot_start_is_refused(given: int) -> None:
    with pytest.raises(BadRecipe, match=r"limits\.worker_bytes: a worker needs 1_000_000_000 or more"):
        parse_recipe({"limits": {"worker_bytes": given}}, "r.toml")
    assert parse_recipe({"limits": {"worker_bytes": LEAST_WORKER_BYTES}}, "r.toml").limits.worker_bytes
