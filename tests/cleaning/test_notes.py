"""Footnotes: marks do not become part of a word or number, notes do not break sentences."""

from __future__ import annotations

import pytest

from tests.cleaning.test_extract import text_of

NOTE = "The ferry was sold for scrap."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<p>the bridge<sup><a href="#fn1">1</a></sup>, then</p>', "the bridge[1], then"),
        ('<p>the bridge<a href="/a#fn1"><sup>1</sup></a>Then</p>', "the bridge[1] Then"),
        ('<p>the bridge<sup class="footnote-ref">2</sup> then</p>', "the bridge[2] then"),
        (
            "<p>It closed.<sup>1</sup> The “old bridge”<sup>2</sup> opened<sup>3</sup></p>",
            "It closed.[1] The “old bridge”[2] opened[3]",
        ),
        ("<p>40 metres<sup>2</sup>, tanh<sup>2</sup> and (a+b)<sup>2</sup></p>", "40 metres2, tanh2 and (a+b)2"),
        ("<p><sup>1</sup>The ferry. <sup>2</sup>It</p><p><sup>13</sup>C</p>", "1 The ferry. 2 It\n13C"),
        (
            '<p>the bridge<label class="footref">4</label> and<span class="footnote-mark">5</span></p>',
            "the bridge[4] and[5]",
        ),
        (
            "<p>in 1989<sub>37 years ago</sub>, 1010<sub>2</sub>, H<sub>2</sub>O</p>",
            "in 1989 37 years ago, 1010_2, H2O",
        ),
        ('<p>in 1990<sup><a href="#b1">1</a>, <a href="#b2">2</a></sup></p>', "in 1990[1, 2]"),
        ('<p>the bridge<a class="noteref" href="#n3">3</a></p>', "the bridge[3]"),
        ('<p>旧桥<sup><a href="#n1">1</a></sup>已开放</p>', "旧桥[1]已开放"),
        ('<li>A report. <a href="#ref1">↩</a></li>', "- A report."),
        ('<p>the bridge<sup><a href="#fn1">[1]</a></sup></p>', "the bridge[1]"),
        ("<p>about 10<sup>6</sup> m<sup>2</sup> on the 2<sup>nd</sup> day</p>", "about 10^6 m2 on the 2nd day"),
        ("<p>now $<b>1,549</b><sup>00</sup>, was 9<sup>99</sup></p>", "now $1,549.00, was 9^99"),
        ("<p>4<sup>99</sup> € statt 5,<sup>99</sup> €, $4.<sup>99</sup></p>", "4,99 € statt 5,99 €, $4.99"),
        ("<p>Closed in 1998.<sup>12</sup> It was</p>", "Closed in 1998.[12] It was"),
        (
            '<p>Jane wrote: <a href="#p3">↑</a></p><ul><li><a href="#r">↑</a> A report.</li></ul>',
            "Jane wrote: ↑\n- A report.",
        ),
        ("<p>3<sup>1</sup>/<sub>2</sub> cups of x<sup>2</sup></p>", "3 1/2 cups of x2"),
        ('<p>See <a href="#part">2</a> and <a href="#top">↑ top</a></p>', "See 2 and ↑ top"),
    ],
)
def test_marks_are_parted_from_words(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    "note",
    [
        f'<span class="sidenote">{NOTE}</span>',
        f'<label class="margin-toggle">⊕</label><input type="checkbox" class="margin-toggle"><span class="marginnote">{NOTE}</span>',
        f"<d-footnote>{NOTE}</d-footnote>",
        f'<span class="modern-footnotes-footnote__note">{NOTE}</span>',
        f'<span class="ltx_note"><span class="ltx_note_outer"><sup class="ltx_note_mark">1</sup>{NOTE}</span></span>',
    ],
)
def test_a_note_does_not_break_its_sentence(note: str) -> None:
    assert (
        text_of(f"<p>The bridge{note} stays open.</p><p>So it is.</p>") == f"The bridge stays open.\n{NOTE}\nSo it is."
    )
    assert text_of(f"<ul><li>The bridge{note} stays open.</li></ul>") == f"- The bridge stays open.\n{NOTE}"


def test_two_notes_keep_their_order() -> None:
    first, second = (f'<span class="sidenote">{word} {NOTE}</span>' for word in ("One.", "Two."))
    assert text_of(f"<p>A{first} and b{second}.</p>") == f"A and b.\nOne. {NOTE}\nTwo. {NOTE}"


@pytest.mark.parametrize(
    "box", ['<p><span class="footnote">{}</span></p>', '<div><span class="sidenote">{}</span></div>']
)
def test_a_note_for_itself_stays_where_it_is(box: str) -> None:
    assert text_of(f"{box.format(NOTE)}<p>So it is.</p>") == f"{NOTE}\nSo it is."


def test_a_mark_of_a_note_elsewhere_is_told_once() -> None:
    mark = (
        '<span class="ltx_note ltx_role_footnotemark"><sup class="ltx_note_mark">2</sup><span class="ltx_note_outer">'
        '<span class="ltx_note_content"><sup class="ltx_note_mark">2</sup>footnotemark: 2</span></span></span>'
    )
    assert text_of(f"<p>Jane Doe{mark}, John Roe</p>") == "Jane Doe[2], John Roe"
