"""Main text from blocks: what is kept, its form as text, who made it, and that no page is lost."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from cleaning.extract import extract_page
from cleaning.extract import main_text as main_text_module
from cleaning.extract.blocks import drop_unread, read_blocks
from cleaning.extract.borrowed import read_main_text
from cleaning.extract.choice import choose_blocks, drop_comments, drop_pulled, drop_repeats
from cleaning.extract.layout import Dropped
from cleaning.extract.parse import parse_page, plain_text, said_types
from cleaning.extract.render import render_blocks
from cleaning.extract.titles import choose_title
from tests.samples import PAGE, STORY

NOSCRIPT = "<noscript><p>" + "A post that stands in noscript. " * 20 + "</p></noscript>"
THAI = "สภาลงมติเมื่อวันอังคารให้เปิดสะพานเก่าต่อไปอีกสองปีหลังการอภิปรายนานห้าชั่วโมงในเมืองหลวง"
CHINESE = "市议会周二投票决定将旧桥再开放两年，此前进行了五个小时的辩论，没有人知道钱从哪里来。"
JAPANESE = "市議会は火曜日、五時間にわたる議論の末、古い橋をさらに二年間開放することを決めた。"
ARABIC = "صوّت المجلس يوم الثلاثاء على إبقاء الجسر القديم مفتوحا لمدة عامين آخرين بعد نقاش استمر خمس ساعات."


def blocks_of(body: str):
    root = parse_page(f"<html><body>{body}</body></html>")
    drop_unread(root)
    return read_blocks(root)


def text_of(body: str) -> str:
    blocks = blocks_of(body)
    return render_blocks(blocks, range(len(blocks.texts)))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One <b>two</b>\n three</p><p>four</p>", "One two three\nfour"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<p>two</p>three</div>", "one\ntwo\nthree"),
        ("<h2>Head</h2><ul><li>one</li><li><p>two</p><p>more</p></li></ul>", "Head\n- one\n- two\nmore"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>", "a | b\n1 | 2"),
        ("<table><tr><td>one<p>two</p></td><td>three</td></tr></table>", "one\ntwo\nthree"),
        ("<pre>if a:\n    b\n<span>c</span></pre><p>d</p>", "if a:\n    b\nc\nd"),
        ("<pre><div>a</div><div>  b</div></pre>", "a\n  b"),
        ("<p>a<script>x()</script>b<style>y</style>c<svg><text>z</text></svg></p>", "abc"),
        ("<p>one</p><noscript>switch it on</noscript><p>two</p>", "one\ntwo"),
        ("<ruby>橋<rt>はし</rt></ruby>", "橋"),
        (
            "<p>about <keyword>water</keyword>,” he said</p><x-box>one</x-box><x-box>two</x-box>",
            "about water,” he said\none\ntwo",
        ),
        ("<h2>One <a href=#a>#</a></h2><h2><a href=#b>¶</a>Two</h2><p>see <a href=#c>#</a></p>", "One\nTwo\nsee #"),
        ('<h2>Three<span class="mw-editsection">[<a href=e>edit</a>]</span></h2>', "Three"),
        ("<p>the <button><em>longest</em></button> <button>run</button> of it</p>", "the longest run of it"),
        ("<p>pip install it <button>Copy</button></p>", "pip install it\nCopy"),
        ("<p> \u00a0 </p>", ""),
        ("<p>乔冠\n华大使\n  在 <b>北京</b>\nsaid so</p>", "乔冠华大使在 北京 said so"),
        ("<p>one\ntwo</p>", "one two"),
    ],
)
def test_blocks_as_text(body: str, text: str) -> None:
    assert text_of(body) == text


MATHML = '<math{}><semantics><mi>A</mi><annotation encoding="application/x-tex">{{\\displaystyle A^{{2}}}}</annotation>'
WIKI = (
    '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none">'
    + MATHML.format("")
    + '</semantics></math></span><img class="mwe-math-fallback-image-inline" alt="A^2"></span>'
)
KATEX = (
    '<span class="katex"><span class="katex-mathml">'
    + MATHML.format("")
    + '</semantics></math></span><span class="katex-html" aria-hidden="true">A2</span></span>'
)
MATHJAX = (
    '<span class="MathJax_Preview"></span><span class="MathJax">A2</span><script type="math/tex{}">A^{{2}}</script>'
)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (WIKI, "If $A^{2}$ is"),
        (KATEX, "If $A^{2}$ is"),
        (MATHJAX.format(""), "If $A^{2}$ is"),
        (MATHJAX.format("; mode=display"), "If\n$$A^{2}$$\nis"),
        ('<img class="latex" alt="A^{2}">', "If $A^{2}$ is"),
        (MATHML.format(' display="block"') + "</semantics></math>", "If\n$$A^{2}$$\nis"),
        ("<math><mi>A</mi><mn>2</mn></math>", "If A2 is"),
        ('<img class="photo" alt="A^{2}">', "If is"),
    ],
)
def test_formulas_are_their_source(formula: str, text: str) -> None:
    assert text_of(f"<p>If {formula} is</p>") == text


def test_a_long_noscript_is_read() -> None:
    assert "A post that stands in noscript." in text_of(NOSCRIPT)


def test_hidden_elements_carry_a_mark() -> None:
    from cleaning.extract.marks import HIDDEN

    blocks = blocks_of('<p>a</p><div style="display: none"><p>b</p></div><p hidden>c</p><span class="sr-only">d</span>')
    hidden = [bool(blocks.nodes.above[node] & HIDDEN) for node in blocks.node]
    assert dict(zip(blocks.texts, hidden, strict=True)) == {"a": False, "b": True, "c": True, "d": True}


def test_ranges_of_nodes_nest() -> None:
    nodes = blocks_of("<div><p>a</p><ul><li>b<li>c</ul></div><p>d").nodes
    for node, parent in enumerate(nodes.parent):
        assert nodes.first[node] <= nodes.end[node]
        if parent >= 0:
            assert nodes.first[parent] <= nodes.first[node] <= nodes.end[node] <= nodes.end[parent]


def test_the_story_is_kept_and_furniture_is_not() -> None:
    found = extract_page(PAGE)
    assert found is not None
    assert all(line in found.text for line in STORY)
    assert "All rights reserved" not in found.text
    assert (found.made_by, found.page_kind in ("article", "forum"), found.lines) == ("blocks", True, ())
    assert found.page_kind_score is not None and 0 < found.page_kind_score <= 1


def test_dropped_blocks_come_along_when_asked() -> None:
    found = extract_page(PAGE, keep_dropped=True)
    assert found is not None
    by_text = {block.text: block.score for block in found.lines if isinstance(block, Dropped)}
    assert by_text["Home"] < 0.5
    assert not any(text in found.text.split("\n") for text in by_text if text not in STORY)


@pytest.mark.parametrize(
    ("below", "likely", "kept"),
    [
        ("<div id='comments'><ol><li><p>Well said, Jane.</p></li></ol><p>I walk there.</p></div>", [0.7, 0.8], 3),
        ("<div class='comment-list'><p>Well said, Jane.</p></div><p>Jane Doe is a writer.</p>", [0.7, 0.8], 5),
        ("<section id='discussion'><p>Well said, Jane.</p><p>I walk there.</p></section>", [0.95, 0.95], 5),
        ("<div><p>Well said, Jane.</p><p>I walk there.</p></div>", [0.7, 0.8], 5),
    ],
    ids=["comments", "text below them", "surely text", "no names"],
)
def test_comments_below_an_article_go(below: str, likely: list[float], kept: int) -> None:
    blocks = blocks_of("".join(f"<p>{text}</p>" for text in STORY) + below)
    words = np.array([len(text.split()) for text in blocks.texts], dtype=np.float64)
    keep = drop_comments(blocks, np.array([0.9, 0.9, 0.9, *likely]), words, np.ones(5, dtype=bool))
    assert keep.tolist() == [number < kept for number in range(5)]


def test_an_article_in_an_element_for_comments_stays() -> None:
    blocks = blocks_of(f"<div class='comment'>{''.join(f'<p>{text}</p>' for text in STORY)}</div>")
    keep = np.ones(3, dtype=bool)
    assert drop_comments(blocks, np.full(3, 0.8), np.full(3, 20.0), keep).all()


def repeats_of(body: str) -> list[int]:
    """The numbers of the blocks that stay where all are kept."""
    blocks = blocks_of(body)
    words = np.array([len(text.split()) for text in blocks.texts], dtype=np.float64)
    keep = drop_pulled(blocks, words, drop_repeats(blocks, words, np.ones(words.size, dtype=bool)))
    return [int(number) for number in np.flatnonzero(keep)]


def test_a_repeated_block_is_kept_once() -> None:
    twice = "<p>{0}</p><p>Reply</p><p>{0}</p><p>Reply</p>"
    assert repeats_of(twice.format(STORY[0])) == [0, 1, 3]
    assert repeats_of(f"<pre>{STORY[0]}</pre><pre>{STORY[0]}</pre>") == [0, 1]
    assert repeats_of(twice.format("$9 for members of the club and for their friends")) == [0, 1, 3]
    assert repeats_of(twice.format("$a + b + c + d + e = f$.")) == [0, 1, 2, 3]


def test_of_a_key_point_and_its_paragraph_the_paragraph_stays() -> None:
    points = f"<ul><li>{STORY[0]}</li><li>{STORY[1]}</li></ul>"
    assert repeats_of(f"{points}<p>{STORY[2]}</p><p>{STORY[0]}</p>") == [1, 2, 3]
    assert repeats_of(f"{points}<ol><li><p>{STORY[0]}</p></li></ol>") == [0, 1]
    assert repeats_of(f"<p>{STORY[0]}</p>{points}") == [0, 2]


@pytest.mark.parametrize("element", ["<blockquote>{}</blockquote>", "<aside><p>{}</p></aside>"])
def test_a_pull_quote_goes_and_a_quotation_stays(element: str) -> None:
    told = f"<p>{STORY[0]} “{STORY[1]}” said Jane Doe.</p>"
    pulled, quoted = element.format(f"„{STORY[1][:-1]}“"), element.format(f"„{STORY[2]}“")
    assert repeats_of(told + pulled + quoted) == [0, 2]
    assert repeats_of(pulled + told) == [1]
    # The words of a quotation of several blocks are those of its author: a poem, a letter.
    assert repeats_of(told + element.format(f"{STORY[1]}<br>Jane Doe")) == [0, 1, 2]


def test_the_choice_has_the_greatest_expected_f1() -> None:
    likely, words = np.array([0.9, 0.2, 0.6, 0.1]), np.array([40.0, 30.0, 10.0, 100.0])
    keep, forecast = choose_blocks(likely, words)
    all_hits = (likely * words).sum()
    for number in range(16):
        other = np.array([number >> bit & 1 for bit in range(4)], dtype=bool)
        score = 2 * (likely * words)[other].sum() / (words[other].sum() + all_hits)
        assert score <= forecast + 1e-6
    assert keep.tolist() == [True, False, True, False]


@pytest.mark.parametrize("sentence", [THAI, CHINESE, JAPANESE, ARABIC], ids=["th", "zh", "ja", "ar"])
def test_no_language_is_lost(sentence: str) -> None:
    body = "".join(f"<p>{number} {sentence}</p>" for number in range(6))
    found = extract_page(f"<html><body><nav><a href='/'>1</a></nav><article>{body}</article></body></html>")
    assert found is not None and found.text.count(sentence) == 6


def test_a_page_that_the_model_would_drop_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_text_module, "_LEAST_FORECAST", 2.0)
    assert extract_page(PAGE) is None  # a wall against machines, the shell of an app: hardly any prose
    monkeypatch.setattr(main_text_module, "_LEAST_PROSE_WORDS", 20)
    by_trafilatura = extract_page(PAGE)
    assert by_trafilatura is not None and by_trafilatura.made_by == "trafilatura" and STORY[0] in by_trafilatura.text
    monkeypatch.setattr(main_text_module, "read_main_text", lambda page, url: "")
    shown = extract_page(PAGE)
    assert shown is not None and shown.made_by == "visible" and STORY[0] in shown.text


def test_of_a_text_by_trafilatura_no_sure_paragraph_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_text_module, "_SURE_OF_ARTICLE", 2.0)
    monkeypatch.setattr(main_text_module, "read_main_text", lambda page, url: "\n".join(STORY[1:]))
    found = extract_page(PAGE)
    assert found is not None and (found.made_by, found.text) == ("trafilatura", "\n".join(STORY))


def test_a_paragraph_with_the_mark_of_a_note_is_not_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_text_module, "_SURE_OF_ARTICLE", 2.0)
    monkeypatch.setattr(main_text_module, "read_main_text", lambda page, url: "1\n".join(STORY[:2]) + f"\n{STORY[2]}")
    found = extract_page(PAGE.replace(STORY[0], f'{STORY[0]}<sup><a href="#n1">1</a></sup>'))
    assert found is not None and "[1]" not in found.text


def test_a_text_by_trafilatura_has_no_blanks_of_markup() -> None:
    item = "<li>\n\t\t\t<span>{0}\t\t\t{0}</span>\n\t\t\t</li>".format(STORY[1])
    page = f"<html><body><article><p>{STORY[0]}</p>\n<ul>{item * 2}</ul>\n\t<p>\n\t{STORY[2]}\n\t</p></article></body></html>"
    lines = read_main_text(page, None).split("\n")
    assert all(line == " ".join(line.split()) and line.strip("- ") for line in lines)
    assert "- " + f"{STORY[1]} {STORY[1]}" in lines
    code = "def f():\n    return 1"
    assert code in read_main_text(
        f"<html><body><p>{STORY[0]}</p><pre>{code}</pre><p>{STORY[1]}</p></body></html>", None
    )


def test_what_has_no_text_is_none() -> None:
    assert extract_page("<html><head><script>var a = 1;</script></head><body></body></html>") is None
    assert extract_page("") is None
    assert extract_page("<html><frameset><frame src='a'><frame src='b'></frameset></html>") is None


def test_types_that_a_page_states() -> None:
    head = '<script type="application/ld+json">{"@type": ["Product", "Thing"]}</script><meta property="og:type" content="article">'
    assert said_types(parse_page(f"<html><head>{head}</head></html>")) == ('"Product", "Thing"', "Article")


def test_the_plain_way_reads_text_between_tags() -> None:
    assert plain_text("<p>a &lt; b</p><script>if (a < b) {}</script><p>c</p><style>unclosed") == "a < b\nc"


@pytest.mark.parametrize(
    ("stated", "headings", "title"),
    [
        (["市议会决定桥梁继续开放两年_要闻_示例新闻"], [], "市议会决定桥梁继续开放两年"),
        (["大阪 - 東京"], [], "大阪 - 東京"),
        (["市议会决定桥梁继续开放两年-示例财经"], [], "市议会决定桥梁继续开放两年"),
        (["Example blog--示例一叶"], [], "Example blog--示例一叶"),
        (["snake_case and kebab-case"], [], "snake_case and kebab-case"),
        (["Bridge stays open | Example News"], [], "Bridge stays open"),
        (["Example: Bridge stays open - example.com"], ["Example"], "Example: Bridge stays open"),
        (
            ["Bridge stays open for two years | News"],
            ["Menu", "Bridge stays open for two years"],
            "Bridge stays open for two years",
        ),
        ([], ["Bridge stays open"], "Bridge stays open"),
        (["Example"], [], "Example"),
        # The town after which a paper is called, in its headlines.
        (["The cup – Example sends a team"], [], "The cup – Example sends a team"),
        (["Echoes of the past: old Example hotel"], ["Past: the old Example hotel"], "Past: the old Example hotel"),
        (["Bridge stays open | Example Times"], ["Bridge stays open | Example Times"], "Bridge stays open"),
        # What stands behind the title in its heading.
        (["Bridge stays open"], ["Bridge stays open Add to ..."], "Bridge stays open"),
        (["Bridge stays open"], ["Bridge stays open: the vote"], "Bridge stays open: the vote"),
        (["| What's new"], ["Bridge stays open"], "Bridge stays open"),
        (
            ["The vote on the bridge | Example Harbour News", "Bridge stays open"],
            ["Introducing Harbour News Insider", "Bridge stays open"],
            "Bridge stays open",
        ),
        (["市议会决定桥梁继续开放两年！-示例网"], [], "市议会决定桥梁继续开放两年！"),
        (["市议会决定桥梁继续开放-Example 示例技术"], [], "市议会决定桥梁继续开放"),
        (["桥梁新闻--示例学会官网"], [], "桥梁新闻"),
        (["Bridge stays open", "A Ferryman: Bridge stays open"], ["A Ferryman"], "Bridge stays open"),
        (["Old bridge stays", "The Grumpy Ferryman: Old bridge stays"], ["The Grumpy Ferryman"], "Old bridge stays"),
        (["Breaking", "Breaking: Bridge closes"], ["Bridge closes"], "Bridge closes"),
        (["市议会试用新车Mate20X-5G版"], [], "市议会试用新车Mate20X-5G版"),
        ([], [], None),
    ],
)
def test_titles(stated: list[str], headings: list[str], title: str | None) -> None:
    assert choose_title(stated, headings, None, "https://www.example.com/a") == title


def test_words_that_a_style_sheet_parts_are_parted_in_a_title() -> None:
    assert choose_title(["Old bridge stays"], ["Oldbridgestays"], None, None) == "Old bridge stays"


def test_the_count_of_waiting_messages_is_no_part_of_a_title() -> None:
    assert choose_title(["(4) Jane Doe: Bridges"], [], None, None) == "Jane Doe: Bridges"
    assert choose_title(["(500) Days of Rain"], [], None, None) == "(500) Days of Rain"


def test_letters_of_a_site_inside_a_word_are_not_its_name() -> None:
    title = "Harbour – an ideal city for a holiday"
    assert choose_title([title], [], "Ida", "https://ida.com/travel") == title


def test_the_same_answer_twice_and_in_a_new_process() -> None:
    code = "from cleaning.extract import extract_page; from tests.samples import PAGE; f = extract_page(PAGE, keep_dropped=True); print(repr((f.text, f.lines, f.page_kind_score)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    found = extract_page(PAGE, keep_dropped=True)
    assert found is not None and repr((found.text, found.lines, found.page_kind_score)) == printed


def test_a_formula_takes_nothing_but_its_drawing_along() -> None:
    page = f'<div class="mathjax"><p>{STORY[0]}</p><p>With <math alttext="x^2"><mi>x</mi></math></p></div>'
    assert text_of(page) == f"{STORY[0]}\nWith $x^2$"
    two = '<div class="katex">one <math alttext="a"><mi>a</mi></math> two <math alttext="b"><mi>b</mi></math></div>'
    assert text_of(two) == "one $a$ two $b$"
    assert text_of('<p>x <img class="latex" alt="a&#1;b"> <img class="latex" alt=" ">y</p>') == "x $ab$ y"


def test_what_a_condition_leaves_out_is_not_read() -> None:
    other = "".join(f"<p>The other page says: {sentence}</p>" for sentence in STORY)
    hidden = f"<div class='guide w-condition-invisible'><h2>Heading 1</h2>{other}</div>"
    whole, found = extract_page(PAGE), extract_page(PAGE.replace("</article>", f"{hidden}</article>"))
    assert hidden.count("The other page says") == 3 and "</article>" in PAGE
    assert whole is not None and found is not None and found.text == whole.text


def test_a_slash_does_not_end_a_script() -> None:
    page = "<main><p>The council met on Monday, and voted.</p><script{}/>{}<p>It met again on Friday, and voted.</p></main>"
    for name, script in (("", "var x = 1;</script>"), (" defer", "if (a < b) c();</script>"), (' src="a.js"', "")):
        found = extract_page(page.format(name, script))
        assert found is not None and "\n".join(found.text.split("\n")[-2:]).count("voted.") == 2
        assert not {"var", "c();", "</script>"} & set(found.text.split())


def test_a_page_in_an_attribute_is_no_text() -> None:
    data = "{&quot;text&quot;: &quot;The council voted on Tuesday to keep the bridge open.&quot;}," * 60
    assert extract_page(f'<html><body><div id=app data-page="{data}"></div></body></html>') is None
    assert plain_text(f'<div data-page="{data}">One</div> 2 < 3' + " x" * 3_000 + " > 1").startswith("One\n2 < 3 x")
