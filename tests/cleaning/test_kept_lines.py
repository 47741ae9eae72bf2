"""Lines that a recipe keeps, whatever would take them: a rule, the line model, a template, a part of a line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from cleaning import Recipe, clean_text
from cleaning.boilerplate import split_page
from cleaning.boilerplate.find import find_removals
from cleaning.boilerplate.kept_lines import kept_keys, without_kept
from cleaning.boilerplate.templates import line_key
from cleaning.publish.read import StoredDocument
from cleaning.recipe import parse_recipe
from cleaning.records import Kind, Mark
from cleaning.report.tried import settings_tried
from tests.samples import STORY

BY_RULE = "© 2024 Example News. All rights reserved."
BY_MODEL = "Swipe up for the full gallery"
TAIL = "With reporting by AFP"
TEXT = "\n".join([*STORY, f"The mayor said that the work would begin in spring. {TAIL}", BY_MODEL, BY_RULE])
URL = "https://www.example.com/a"


def gone(lines: Mapping[str, tuple[str, ...]], url: str | None = URL) -> list[str]:
    document = clean_text(TEXT, url=url, recipe=Recipe(keep_lines=lines))
    assert document.source_text == TEXT
    # A second cleaning changes nothing.
    again = clean_text(document.text, url=url, recipe=Recipe(keep_lines=lines))
    assert again.text == document.text
    return [removal.text.strip() for removal in document.removals]


def test_without_such_a_recipe_they_go() -> None:
    assert gone({}) == [TAIL, BY_MODEL, BY_RULE]
    rules = [removal.rule for removal in clean_text(TEXT).removals]
    assert rules[1] in ("line-model", "wording"), "the test needs a line that no rule takes"


@pytest.mark.parametrize("line", [TAIL, BY_MODEL, BY_RULE])
def test_a_line_that_the_recipe_names_stays_and_the_others_go(line: str) -> None:
    others = [one for one in (TAIL, BY_MODEL, BY_RULE) if one != line]
    for written in (line, f" {line.upper()} ", line.replace(" ", "  ")):
        assert gone({"*": (written,)}) == others
    assert gone({"example.com": (line,)}) == others
    assert gone({"*": (TAIL,), "example.com": (BY_MODEL, BY_RULE)}) == []


def test_of_another_site_and_as_a_piece_of_the_line_it_goes() -> None:
    assert gone({"other.com": (BY_RULE,)}) == gone({"example.com": (BY_RULE,)}, url=None) == [TAIL, BY_MODEL, BY_RULE]
    assert gone({"*": ("All rights reserved.", "Swipe up")}) == [TAIL, BY_MODEL, BY_RULE]


def test_a_template_that_the_recipe_names_stays() -> None:
    text, line = "\n".join([*STORY, "The Example Gazette"]), "The Example Gazette"
    templates = {line_key("example.com", line): 9}
    taken = [
        [removal.rule for removal in find_removals(text, Recipe(keep_lines=lines), None, "example.com", templates)]
        for lines in ({}, {"example.com": (line,)})
    ]
    assert taken == [["template"], []]


def test_settings_that_are_said_to_keep_a_line_do_and_others_do_not() -> None:
    document = clean_text(TEXT, url=URL)
    row = {"title": document.title, "site": document.site, "text": document.text, "page_kind": None}
    stored = StoredDocument(row, document.removals)
    assert [removal.rule for removal in document.removals] == ["CR006", "wording", "CR001"]
    for removal in document.removals:
        tried = settings_tried(stored, removal, Recipe().model_dump(mode="json"))
        names = [setting for setting, _ in tried]
        is_rule = removal.rule != "wording"
        models = ['line_model = "conservative"', 'line_model = "off"']
        assert names == [*([f'ignore = ["{removal.rule}"]'] if is_rule else models), f'kinds.{removal.kind} = "keep"']
        for setting, takers in tried:
            text = clean_text(TEXT, url=URL, recipe=parse_recipe(tomllib.loads(setting), "")).text
            assert (removal.text.strip() in text) == (not takers), setting
    assert settings_tried(stored, document.removals[0], {"of_another_version": 1}) == []


def test_of_a_mark_on_several_lines_the_others_are_marked() -> None:
    page = split_page("One line\n\nTwo lines\nThree lines\n")
    mark = Mark(0, 31, Kind.REPEATED, "RP001", 0.95, "")
    for lines, left in (
        (["two lines"], ["One line", "Three lines"]),
        (["one line", "three lines"], ["Two lines"]),
        (["One line", "Two lines", "Three lines"], []),
        (["Four lines"], ["One line\n\nTwo lines\nThree lines"]),
    ):
        marks = without_kept(page, [mark], kept_keys({"*": lines}, None))
        assert [page.text[one.start : one.end] for one in marks] == left
