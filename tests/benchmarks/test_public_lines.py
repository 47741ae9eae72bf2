"""Lines of public pages get the label that their gold text gives them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import page_model_data, public_lines
from benchmarks.line_labels import GoldText, label_lines, words_of
from benchmarks.line_model_data import read_all, read_clean
from benchmarks.public_pages import Gold, read_pages

STORY = [
    "The council voted on Tuesday to close the old bridge for repairs until the spring of next year.",
    "Engineers had warned for months that two of its piers were worn by the current.",
    "What comes next",
    "A ferry for walkers will cross the river every quarter of an hour, said the mayor, Ruth Hill.",
    "Shops on the far bank fear for their trade and have asked the town for help with their rents.",
    "The repairs will cost four million euros, half of which the region has promised to pay.",
    "Work is to begin in October, once the salmon have gone upstream and the water is low.",
]
MENU = ["Home", "Sport", "Weather", "Sign in"]
FOOT = ["Most read", "Ten cakes for the autumn", "How to mend a bicycle", "All rights reserved"]


def test_the_story_is_content_and_all_around_it_boilerplate() -> None:
    labels = label_lines([*MENU, *STORY, *FOOT], GoldText(STORY))
    assert "".join(labels) == "b" * len(MENU) + "c" * len(STORY) + "b" * len(FOOT)


def test_a_copy_of_a_paragraph_elsewhere_is_neither_for_sure() -> None:
    labels = label_lines([STORY[3], *MENU, *STORY], GoldText(STORY))
    assert labels[0] == "u" and set(labels[len(MENU) + 1 :]) == {"c"}


@given(st.permutations(MENU + FOOT), st.lists(st.integers(0, len(STORY)), min_size=8, max_size=8))
def test_no_line_of_the_story_is_boilerplate_wherever_the_furniture_stands(other: list[str], places: list[int]) -> None:
    lines = list(STORY)
    for place, line in sorted(zip(places, other, strict=True), reverse=True):
        lines.insert(place, line)
    by_line = dict(zip(lines, label_lines(lines, GoldText(STORY)), strict=True))
    assert all(by_line[line] == "c" for line in STORY) and all(by_line[line] == "b" for line in other)


def page_html() -> str:
    story = "".join(
        f"<p>{line}</p>" for line in [*STORY[:2], "A box that the gold text leaves out: the bridge in figures."]
    )
    rest = "".join(f"<p>{line}</p>" for line in STORY[3:])
    return (
        "<html><head><title>Bridge closes | The Mill</title></head><body>"
        f"<ul>{''.join(f'<li>{line}</li>' for line in MENU)}</ul><h1>Town closes bridge until spring</h1>"
        f"<article>{story}{rest}</article><div>{''.join(f'<p>{line}</p>' for line in FOOT)}</div></body></html>"
    )


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """A clone of one repository with one page, as it lays out its files."""
    folder = tmp_path / "fundus" / "tests" / "resources" / "parser" / "test_data" / "uk"
    folder.mkdir(parents=True)
    sections = [{"headline": [], "paragraphs": [*STORY[:2], *STORY[3:]]}]
    version = {"title": "Town closes bridge until spring", "authors": ["Ann Lee"], "body": {"sections": sections}}
    (folder / "Mill.json").write_text(json.dumps({"V1": {"title": "Old"}, "V2": version}), encoding="utf-8")
    urls = {"Mill_2026_01_06.html.gz": {"url": "https://mill.example/bridge"}}
    (folder / "meta.info").write_text(json.dumps(urls), encoding="utf-8")
    (folder / "Mill_2026_01_06.html.gz").write_bytes(gzip.compress(page_html().encode()))
    return tmp_path


def test_pages_are_read_with_the_golds_of_all_versions(clones: Path) -> None:
    (page,) = read_pages(clones)
    assert page.name == "fundus-Mill_2026_01_06" and page.url == "https://mill.example/bridge"
    assert page.golds == [Gold([*STORY[:2], *STORY[3:]], "Town closes bridge until spring", ("Ann Lee",))]


def test_what_the_gold_text_may_have_left_out_is_neither(clones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html_lines = [*MENU, "Town closes bridge until spring", *STORY[:2]]
    html_lines += ["A box that the gold text leaves out: the bridge in figures.", *STORY[3:], "By Ann Lee", *FOOT]
    monkeypatch.setattr(public_lines, "RENDERERS", {"bs4": lambda html: "\n".join(html_lines)})
    (page,) = read_pages(clones)
    record, clean = public_lines.label_page(page)
    assert clean["renderer"] == "gold" and clean["lines"] == [*STORY[:2], *STORY[3:]] and set(clean["labels"]) == {"c"}
    assert record["language"] == "en" and record["labels"] == "bbbb" + "m" + "cc" + "u" + "cccc" + "m" + "bbbb"


def test_the_page_model_learns_the_story_and_what_stands_around_it_but_no_gap(clones: Path) -> None:
    (page,) = page_model_data.public_pages(clones)
    texts, _, _ = page_model_data.blocks_and_table({"html": page_html().encode(), "url": None})
    learnt = {text: label for text, label, weight in zip(texts, page.label, page.weight, strict=True) if weight}
    story = [*STORY[:2], *STORY[3:]]
    assert learnt == dict.fromkeys(MENU + FOOT, 0) | dict.fromkeys(story, 1)
    (row,) = page_model_data.public_rows(clones)
    assert row["language"] == "en" and row["gold_words"] == [word for line in story for word in words_of(line)]


def test_gold_texts_are_no_renderings(tmp_path: Path) -> None:
    (tmp_path / "residual").mkdir()
    for name in ("dev.jsonl.gz", "multilang-dev.jsonl.gz"):
        (tmp_path / "residual" / name).write_bytes(gzip.compress(b""))
    row = {"id": "p gold", "renderer": "gold", "url": "https://mill.example/", "language": "en", "lines": STORY}
    rendering = row | {"id": "p", "renderer": "bs4", "labels": "c" * len(STORY)}
    more = tmp_path / "public.jsonl.gz"
    more.write_bytes(
        gzip.compress("\n".join(map(json.dumps, [rendering, row | {"labels": "c" * len(STORY)}])).encode())
    )
    gold = ["\n\n".join(STORY) + "\n", "\n".join(STORY[:2]), None]
    pages = pa.table({"id": ["0001", "0002", "0003"], "url": ["https://a.example/", None, None], "main_content": gold})
    pq.write_table(pages, tmp_path / "wcxb-dev.parquet")
    assert [record.page for record in read_all(tmp_path, more)] == ["p"]
    clean = read_clean(tmp_path, more)
    assert [(record.page, record.lines, set(record.labels)) for record in clean] == [
        ("dev-0001 gold", STORY, {"c"}),
        ("p gold", STORY, {"c"}),
    ]


def test_a_page_whose_gold_is_of_another_version_is_left_out(clones: Path) -> None:
    (page,) = read_pages(clones)
    other = Gold([line[::-1] for line in STORY for _ in range(3)])
    assert public_lines.label_page(public_lines.PublicPage(page.name, page.url, page.html, [other])) == []


def test_missing_renderers_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        public_lines.main([str(tmp_path), str(tmp_path)])
    assert "rendering needs readability" in capsys.readouterr().err
