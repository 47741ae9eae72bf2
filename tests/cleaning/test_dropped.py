"""Blocks outside the main text of a page, kept in the trail when the recipe says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning import Recipe, Rejected, clean_html, restore
from cleaning.boilerplate import cut, find_removals
from cleaning.dropped import main_text_of, with_dropped_blocks
from cleaning.extract import Extracted
from cleaning.extract.blocks import drop_unread, read_blocks
from cleaning.extract.layout import Dropped, lay_out_text, put_back
from cleaning.extract.parse import parse_page
from cleaning.normalize.characters import normalize_text
from cleaning.records import Kind, RawMetadata
from tests.samples import PAGE

KEEPS = Recipe(keep_dropped_blocks=True)
STORY = "The council voted on Tuesday to keep the old bridge open until the spring, when its repair begins. " * 3
ROWS = "".join(f"<tr><td>{name}</td><td>{share} percent</td></tr>" for name, share in (("Ayr", 12), ("Leith", 40)))
PAGES = (
    PAGE,
    f"<html><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Bridge stays open</h1><p>{STORY}</p>"
    f"<table>{ROWS}</table><pre>one\n\n\n two</pre><p>{STORY[5:]}</p><ul><li>First</li><li>Second</li></ul></article>"
    "<aside><h3>Most read</h3><ul><li><a href=/a>A headline of another story</a></li></ul></aside>"
    "<footer>© 2024 Example News. All rights reserved.</footer></body></html>",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_text_is_the_same_and_the_source_holds_the_whole_page(page: str) -> None:
    plain, whole = clean_html(page), clean_html(page, recipe=KEEPS)
    assert whole.text == plain.text and whole.metadata_sources == plain.metadata_sources
    assert restore(whole.text, whole.removals) == whole.source_text
    assert normalize_text(whole.source_text) == whole.source_text
    assert whole.quality == plain.quality
    outside = [removal for removal in whole.removals if removal.kind == Kind.OUTSIDE_MAIN_TEXT]
    assert outside and not any(removal.kind == Kind.OUTSIDE_MAIN_TEXT for removal in plain.removals)
    assert {removal.rule for removal in outside} == {"page-model"}
    root = parse_page(page)
    drop_unread(root)
    for text in read_blocks(root).texts:
        assert all(line in whole.source_text for line in normalize_text(text).split("\n")), text


def test_blocks_stand_between_the_lines_of_another_hand() -> None:
    root = parse_page("<p>Menu</p><p>First line of the story.</p><p>Advert</p><p>Second  line.</p><p>Footer</p>")
    blocks = read_blocks(root)
    lines = lay_out_text("First line of the story.\nSecond line.", blocks, [0.1] * 5)
    assert [line.text if isinstance(line, Dropped) else f"= {line}" for line in lines] == [
        *("Menu", "= First line of the story.", "Advert", "= Second line.", "Footer")
    ]


def test_what_another_hand_left_out_comes_back_in_its_place() -> None:
    one, two, three, four = (f"{number}: the council keeps the old bridge open." for number in range(4))
    blocks = read_blocks(
        parse_page(f"<p>Menu</p><p>{one}</p><div>{two}</div><p>{three}</p><ul><li>{four}</li></ul><p>{two}</p>")
    )
    assert put_back(f"{two}\n{three}\n- {four}", blocks, [one]) == f"{one}\n{two}\n{three}\n- {four}"
    assert put_back(f"{one}\n{three}\n- {four}", blocks, [two]) == f"{one}\n{two}\n{three}\n- {four}"
    # It is there already, if elsewhere; and what is most of another text is that other text.
    assert put_back(f"{four}\n{two}\n{one}", blocks, [one, two]) == f"{four}\n{two}\n{one}"
    assert put_back(three, blocks, [one, two]) == three


def test_between_lines_that_are_there_all_sure_blocks_are_put_back() -> None:
    parts = [f"第{number}段说的是市议会关于旧桥的第{number}个决定，工程师们要了三倍的钱。" for number in range(9)]
    texts = ["一号公告", *parts, "免费", "完"]
    blocks = read_blocks(parse_page("".join(f"<p>{text}</p>" for text in texts)))
    # Nine tenths of the story are missing, but its first and its last line are there; what stands above is not.
    text = "\n".join((texts[1], "完"))
    assert put_back(text, blocks, texts[:-1]) == "\n".join(texts[1:])


@given(st.lists(st.tuples(st.booleans(), st.text(alphabet="ab \n\t&;<©\u00ad\u0301Ã¤", max_size=12)), max_size=9))
@settings(max_examples=300, deadline=None)
def test_without_the_blocks_it_is_the_main_text(parts: list[tuple[bool, str]]) -> None:
    lines = tuple(text if is_kept else Dropped(text, 0.25) for is_kept, text in parts)
    main = "\n".join(line for line in lines if isinstance(line, str))
    text = normalize_text(main)
    source, removals = with_dropped_blocks(text, Extracted(main, RawMetadata(), lines=lines))
    assert cut(source, removals) == text and restore(text, removals) == source
    assert normalize_text(source) == source


def test_many_blocks_take_no_quadratic_time() -> None:
    root = parse_page("".join(f"<p>Line {n} of a page with very many of them.</p>" for n in range(20_000)))
    blocks = read_blocks(root)
    text = "\n".join(blocks.texts[::2])
    lines = lay_out_text(text, blocks, [0.5] * len(blocks.texts))
    assert sum(isinstance(line, Dropped) for line in lines) == 10_000


def test_real_pages_keep_their_text(shared_pages: list[bytes]) -> None:
    for page in shared_pages:
        try:
            plain = clean_html(page)
        except Rejected:
            continue
        assert clean_html(page, recipe=KEEPS).text == plain.text


@pytest.fixture
def shared_pages() -> list[bytes]:
    folder = Path(__file__).parents[1] / "golden"
    return [path.read_bytes() for path in sorted(folder.parent.rglob("*.html"))]


WORDS = st.sampled_from(
    ["Advertisement", "Share this article", "The council voted on Tuesday to keep the old bridge open.", "Menu", ""]
)


@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_the_main_text_comes_back_after_other_cuts(parts: list[tuple[bool, str]]) -> None:
    lines = tuple(text if is_kept else Dropped(text, 0.25) for is_kept, text in parts)
    text = normalize_text("\n".join(line for line in lines if isinstance(line, str)))
    source, blocks = with_dropped_blocks(text, Extracted(text, RawMetadata(), lines=lines))
    removals = find_removals(source, Recipe(line_model="off"), before=blocks)
    assert main_text_of(source, removals) == text


def test_short_blocks_are_not_found_inside_words() -> None:
    story = [
        f"Paragraph {n}: the newsagent of the village told the council on Tuesday what he thinks of it."
        for n in range(5)
    ]
    root = parse_page("".join(f"<p>{text}</p>" for text in ("News", "Tuesday", *story, "News")))
    blocks = read_blocks(root)
    lines = lay_out_text("\n".join(story), blocks, [0.1] * 8)
    assert [line.text for line in lines if isinstance(line, Dropped)] == ["News", "Tuesday", "News"]
