"""``cleaning try``: before and after, in the terminal and as a page."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cleaning.errors import BadCall
from cleaning.publish.read import find_document
from cleaning.recipe import read_recipe
from flows.cli_show import explain
from flows.cli_try import try_
from tests.conftest import ROOT
from tests.running import run_steps

PARAGRAPH = "The council voted on Tuesday to keep the old bridge open for another two years, the mayor said at night."
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge stays open</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Bridge stays open</h1>
{"".join(f"<p>{PARAGRAPH} It was vote number {n}.</p>" for n in range(5))}
<p>© 2024 Example News. All rights reserved.</p></article><footer>&lt;script&gt; Imprint</footer></body></html>"""


def test_before_and_after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "bad.txt").write_text("\0\1")
    view = tmp_path / "view.html"
    assert try_(str(tmp_path / "page.html"), str(tmp_path / "bad.txt"), html=view) == 0
    shown = capsys.readouterr().out
    assert "quarantine  decode: binary" in shown
    assert "- © 2024 Example News. All rights reserved." in shown or "left out as no part" in shown
    page = view.read_text()
    assert page.count(PARAGRAPH) == 10 and "&lt;script&gt; Imprint" in page and "<script>" not in page
    assert not list(tmp_path.glob("published"))


def test_wrong_options_are_refused_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    for most in (0, -1):
        with pytest.raises(BadCall, match=f"--most {most}: at least one"):
            try_(str(tmp_path), most=most)
    gone = tmp_path / "gone" / "view.html"
    with pytest.raises(BadCall, match=f"--html {gone}: there is no folder {gone.parent}"):
        try_(str(tmp_path), html=gone)
    with pytest.raises(BadCall, match=f"--html {tmp_path}: is a folder"):
        try_(str(tmp_path), html=tmp_path)
    assert capsys.readouterr().out == ""


def test_everything_and_most(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{PARAGRAPH} It was vote number {number}.\n")
    assert try_(str(tmp_path), most=2, everything=True) == 0
    shown = capsys.readouterr().out
    assert shown.count(PARAGRAPH) == 2 and "There is more. --most 4 shows" in shown
    assert try_(str(tmp_path), most=3) == 0
    assert "There is more" not in capsys.readouterr().out


def test_code_and_copies_of_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "".join(f"<p>{PARAGRAPH} It was vote number {n}.</p>" for n in (1, 2, 3, 1))
    code = "<pre><code>def f(x):\n    if x:\n        return sorted(x)\n\n    return []\n</code></pre>"
    (tmp_path / "page.html").write_text(f"<html><body><article><h1>Bridge</h1>{body}{code}{body[:220]}</article>")
    assert try_(str(tmp_path / "page.html"), everything=True) == 0
    shown = capsys.readouterr().out
    assert "return sorted(x)" in shown and "the same text stands above, and is kept once" in shown


def test_what_would_go_of_a_text_that_is_mostly_boilerplate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    furniture = ["Advertisement", "Share this article", "© 2024 Example News. All rights reserved."]
    (tmp_path / "thin.txt").write_text("\n".join(furniture))
    view = tmp_path / "view.html"
    assert try_(str(tmp_path / "thin.txt"), html=view) == 0
    shown, page = capsys.readouterr().out, view.read_text()
    assert "mostly_boilerplate: 10 of 10 words are boilerplate, most by CR001 (6), SH001 (3), AD001 (1)" in shown
    for line, rule in zip(furniture, ("AD001 ad-marker", "SH001 share-phrase", "CR001 copyright-line"), strict=True):
        assert f"- {line}" in shown and rule in shown
        assert line in page and rule in page


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder with lines of JSON, the last of which is broken, and an archive of the same and a page."""
    rows = [json.dumps({"text": f"{PARAGRAPH} It was vote number {n}."}) for n in range(1, 13)]
    lines = "\n".join([*rows, "{bad"])
    (tmp_path / "pages.jsonl").write_text(lines)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, data in (("sub/page.html", PAGE), ("pages.jsonl", lines), ("notes.pdf", "1")):
            archive.writestr(name, data)
    return tmp_path


@pytest.mark.parametrize(
    ("record", "numbers"),
    [
        ("pages.jsonl#2", [2]),
        ("all.zip#pages.jsonl#12", [12]),
        ("all.zip#sub/page.html", [0, 1, 2, 3, 4]),
        ("all.zip#pages.jsonl", [*range(1, 13)]),
        ("X={}/all.zip#pages.jsonl#3", [3]),
    ],
)
def test_a_record_by_its_address(
    record: str, numbers: list[int], packed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argument = record.format(packed) if "{" in record else str(packed / record)
    assert try_(argument, everything=True) == 0
    shown = capsys.readouterr().out
    assert f"── {record.replace('={}', '')}" in shown
    assert [n for n in range(13) if f"{PARAGRAPH} It was vote number {n}." in shown] == numbers


def test_a_record_in_quarantine_and_one_that_is_not_there(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert try_(str(packed / "pages.jsonl#13"), str(packed / "pages.jsonl#1")) == 0
    shown = capsys.readouterr().out
    assert "── pages.jsonl#13 " in shown and "quarantine  ingest: undecodable: the line is not JSON" in shown
    assert shown.index("pages.jsonl#13") < shown.index("── pages.jsonl#1 ")
    told = r"pages.jsonl#130: there is no such record. The first of 13 is pages.jsonl#1, the last pages.jsonl#13\."
    with pytest.raises(BadCall, match=told):
        try_(str(packed / "pages.jsonl#130"))
    with pytest.raises(BadCall, match=r"all\.zip#notes\.pdf: is skipped: not a type that is read: \.pdf"):
        try_(str(packed / "all.zip#notes.pdf"))
    (packed / "plain.txt").write_text(PARAGRAPH)
    with pytest.raises(BadCall, match=r"plain\.txt holds no records that have addresses of their own"):
        try_(str(packed / "plain.txt#1"))
    with pytest.raises(BadCall, match=r"none\.jsonl#1: no such file or folder"):
        try_(str(packed / "none.jsonl#1"))


def test_a_file_that_is_called_as_a_record_is_that_file(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (packed / "pages.jsonl#1").write_text("This is the text of another file, which has a sign of a record in its name.")
    assert try_(str(packed / "pages.jsonl#1"), everything=True) == 0
    assert "another file" in capsys.readouterr().out


def test_explain_does_not_contradict_what_it_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = "003_20a66667152be587.txt", str(tmp_path / "out")
    run_steps([str(ROOT / "seeds" / source)], tmp_path / "out")
    assert explain(source, line=29, data=out) == 0
    said = capsys.readouterr().out
    assert 'tried     ignore = ["RL001"] alone does not keep it, since RL003 would take it' in said, said
    assert 'tried     kinds.related_links = "keep" in a recipe keeps it' in said and "undo" not in said
    assert explain(source, data=out) == 0
    said = capsys.readouterr().out
    assert 'undo      ignore = ["RL001"] in a recipe leaves this rule out; --line 29 tries whether' in said
    assert "keeps such lines" not in said


def test_explain_says_how_to_keep_a_line_and_that_keeps_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "Swipe up for the full gallery"
    text = f"{PARAGRAPH}\n{PARAGRAPH.replace('bridge', 'ferry')}\n{line}\nShare this"
    folder, out, recipe = tmp_path / "in", tmp_path / "out", tmp_path / "recipe.toml"
    folder.mkdir()
    row = {"text": text, "url": "https://www.example.com/bridge"}
    (folder / "page.jsonl").write_text(json.dumps(row))
    run_steps([str(folder)], out)
    assert explain("page.jsonl#1", line=3, data=str(out)) == 0
    said = capsys.readouterr().out
    assert "undo" not in said, "what was tried is no guess"
    assert "or        [keep_lines] in a recipe keeps" in said
    assert '  tried     line_model = "off" in a recipe keeps it\n  tried     kinds.' in said
    table = said[said.rindex("    [keep_lines]\n") :]
    assert f'"example.com" = ["{line}"]' in table
    recipe.write_text(table)
    assert try_(str(folder / "page.jsonl"), recipe=recipe) == 0
    shown = capsys.readouterr().out
    assert f"  {line}\n      stays: the recipe names it among keep_lines" in shown and "- Share this" in shown
    # Another recipe has the whole corpus cleaned anew, though no file changed.
    done = run_steps([str(folder)], out, read_recipe(recipe))
    assert done is not None and line in find_document(done.snapshot, "page.jsonl#1").row["text"]
    assert explain("page.jsonl#1", line=3, data=str(out)) == 0
    said = capsys.readouterr().out
    assert "Line 3 was kept." in said and "The recipe of the run names it among keep_lines." in said
    assert run_steps([str(folder)], out, read_recipe(recipe)) is None, "nothing changed"
