"""Lines that repeat over the documents of a site: found, counted, cut, and the same however a run got there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaning import Recipe, clean_text
from cleaning.boilerplate import find_removals, find_templates
from cleaning.boilerplate.templates import line_key
from cleaning.recipe import Limits
from flows import steps
from tests.running import run_steps
from tests.test_publish import faults, rows

FOOT = "The Quarter Gazette of Old Harbour"
TOWNS = ("Ayr", "Bath", "Cork", "Dover", "Ely", "Fife", "Goole", "Hull")


def story(town: str, *, foot: str = FOOT, middle: str = "Ingredients") -> str:
    return f"""The council of {town} voted on Tuesday to close the old bridge over the river until spring of next year.

{middle}

Residents of {town} said that they had been told nothing of it before the vote took place in the evening.

{foot}
"""


def page(town: str, site: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in story(town).splitlines() if line)
    return (
        f'<html><head><title>{town}</title><link rel="canonical" href="https://{site}/{town}"></head>'
        f"<body><article>{paragraphs * 1}</article></body></html>"
    )


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_line_that_closes_three_stories_is_a_template() -> None:
    (found,) = [one for one in find_templates([(None, story(town)) for town in TOWNS[:3]]) if one.text == FOOT]
    assert (found.documents, found.of_documents, found.site) == (3, 3, None)


def test_two_stories_are_no_evidence() -> None:
    assert find_templates([(None, story(town)) for town in TOWNS[:2]]) == []


def test_copies_and_revisions_of_one_story_are_no_evidence() -> None:
    same = [(None, story("Ayr")) for _ in range(5)]
    revised = [(None, story("Ayr") + f"\nUpdate number {n}") for n in range(5)]
    assert find_templates(same) == find_templates(revised) == []


def test_sites_are_counted_apart() -> None:
    texts = [("a.example", story("Ayr")), ("a.example", story("Bath")), ("b.example", story("Cork"))]
    assert find_templates(texts) == []


def test_a_stock_sentence_of_a_large_archive_is_no_template() -> None:
    closing = "The investigation is going on."
    texts = [(None, story(f"Town {n}", foot=closing if n < 5 else f"Foot {n}")) for n in range(2_000)]
    assert closing not in {one.text for one in find_templates(texts)}


@pytest.mark.parametrize("line", ["---", "|---|---|", "```", "```php", "## What it is", "====="])
def test_markup_of_markdown_is_no_template(line: str) -> None:
    """A document whose fences and rules are gone because others have some is broken."""
    templates = {line_key(None, line): 99, line_key(None, FOOT): 99}
    text = "\n".join([story("Ayr"), line, "It is a bridge.", line, "", FOOT])
    taken = [one.text for one in find_removals(text, Recipe(), None, None, templates) if one.rule == "template"]
    assert FOOT in "".join(taken) and line not in map(str.strip, taken)


def test_the_foot_goes_and_a_subheading_stays(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{town}.txt": story(town) for town in TOWNS[:4]})
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    for row in rows(tmp_path / "out", "documents"):
        assert FOOT not in str(row["text"]) and "Ingredients" in str(row["text"])
        assert clean_text(str(row["text"])).text == row["text"]
    cuts = rows(tmp_path / "out", "removals")
    assert {(row["kind"], row["rule"], row["evidence"]) for row in cuts if FOOT in str(row["text"])} == {
        ("template", "template", "stands in 4 or more documents without a site")
    }
    counts = {row["text"]: (row["documents"], row["of_documents"]) for row in rows(tmp_path / "out", "templates")}
    assert counts[FOOT] == (4, 4)
    assert faults(tmp_path / "out") == []


def test_a_recipe_can_do_without(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{town}.txt": story(town) for town in TOWNS[:4]})
    run_steps([str(tmp_path / "in")], tmp_path / "out", Recipe(template_documents=0))
    assert all(FOOT in str(row["text"]) for row in rows(tmp_path / "out", "documents"))
    assert rows(tmp_path / "out", "templates") == []


def test_old_documents_change_when_a_line_becomes_a_template_and_when_it_ceases_to_be_one(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{town}.txt": story(town) for town in TOWNS[:2]})
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert all(FOOT in str(row["text"]) for row in rows(tmp_path / "out", "documents"))
    write(tmp_path / "in", {"Cork.txt": story("Cork")})
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert not any(FOOT in str(row["text"]) for row in rows(tmp_path / "out", "documents"))
    (tmp_path / "in" / "Ayr.txt").unlink()
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert all(FOOT in str(row["text"]) for row in rows(tmp_path / "out", "documents"))


CHANGE = st.tuples(
    st.sampled_from(TOWNS),
    st.sampled_from(["none", "story", "other foot", "a.example", "b.example", "numbers"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.lists(CHANGE, min_size=1, max_size=5), min_size=2, max_size=4))
def test_incremental_equals_full(tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, str]]]) -> None:
    base = tmp_path_factory.mktemp("run")
    recipe = Recipe(chunk_documents=2)
    write(base / "in", {f"{town}.txt": story(town) for town in TOWNS[:3]})
    run_steps([str(base / "in")], base / "step", recipe)
    for changes in rounds:
        for town, what in changes:
            for path in (base / "in").glob(f"{town}.*"):
                path.unlink()
            if what == "none":
                continue
            text = {
                "story": story(town),
                "other foot": story(town, foot="Printed in Quarter"),
                # Fails the contract: few letters.
                "numbers": "\n".join(f"{n} {n * 7} {n * 13}" for n in range(30)) + f"\n{FOOT}",
            }.get(what)
            write(base / "in", {f"{town}.txt": text} if text else {f"{town}.html": page(town, what)})
        run_steps([str(base / "in")], base / "step", recipe)
    run_steps([str(base / "in")], base / "full", recipe)
    for table in ("documents", "removals", "relations", "quarantine", "sources", "templates"):
        assert rows(base / "step", table) == rows(base / "full", table), table
    assert faults(base / "step") == []


def test_explain_shows_the_line_that_went_and_the_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.cli_show import explain

    write(tmp_path / "in", {f"{town}.txt": story(town) for town in TOWNS[:4]})
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert explain("Ayr.txt", data=tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert f"  -    7  {FOOT}" in shown and "line 7  template, dropped" in shown
    assert "stands in 4 or more documents without a site (now: 4 of 4)" in shown


def test_lines_are_explained_by_their_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from cleaning.errors import BadCall
    from flows.cli_show import explain, show

    write(tmp_path / "in", {"Ayr.txt": story("Ayr") + "\n© 2024 Example News. All rights reserved.\n"})
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert show("Ayr.txt", data=str(tmp_path / "out")) == 0
    assert "-   9  © 2024 Example News." in capsys.readouterr().out
    assert explain("Ayr.txt", text="example news", data=str(tmp_path / "out")) == 0
    assert "line 9  copyright, moved" in capsys.readouterr().out
    assert explain("Ayr.txt", text="COUNCIL", data=str(tmp_path / "out")) == 0
    assert "was kept" in capsys.readouterr().out
    with pytest.raises(BadCall, match="no line of the source text of Ayr"):
        explain("Ayr.txt", text="nowhere", data=str(tmp_path / "out"))


def test_what_a_killed_worker_left_half_written_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{town}.txt": story(town) for town in TOWNS[:4]})
    plan = steps.plan_run([str(tmp_path / "in")], tmp_path / "out", Recipe(), full=False)
    for chunk in plan.chunks:
        for folder in ("lines", "parts"):
            (plan.staging / folder / f"{chunk.stem}.00000.4711.partial").mkdir()
        steps.clean_chunk(chunk)
    for chunk in steps.find_templates(plan.staging):
        steps.clean_chunk(chunk)
    steps.assemble(plan.staging)
    assert steps.check(plan.staging).passed
    steps.publish(plan.staging)
    assert len(rows(tmp_path / "out", "documents")) == 4 and faults(tmp_path / "out") == []


def test_only_documents_are_bounded_in_memory(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_DATA)
    write(tmp_path / "in", {"a.txt": story("Ayr")})
    run_steps([str(tmp_path / "in")], tmp_path / "out", Recipe(limits=Limits(worker_bytes=3_000_000_000)))
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_blocks_outside_the_main_text_change_no_template(tmp_path: Path) -> None:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News of the region</a></li></ul></nav>"
    pages = {f"{t}.html": f"<html><body>{menu}<article>{_paragraphs(story(t))}</article></body></html>" for t in TOWNS}
    write(tmp_path / "in", pages)
    for name, recipe in (("plain", Recipe()), ("whole", Recipe(keep_dropped_blocks=True))):
        run_steps([str(tmp_path / "in")], tmp_path / name, recipe)
    plain, whole = (rows(tmp_path / name, "documents") for name in ("plain", "whole"))
    assert [row["text"] for row in plain] == [row["text"] for row in whole]
    assert rows(tmp_path / "plain", "templates") == rows(tmp_path / "whole", "templates")
    kinds = {row["kind"] for row in rows(tmp_path / "whole", "removals")}
    assert "outside_main_text" in kinds and faults(tmp_path / "whole") == []


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
