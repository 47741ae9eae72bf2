"""The normal form of text: what is looked at for mojibake."""

from __future__ import annotations

import re._parser as sre  # type: ignore[import-not-found]

import ftfy.badness
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.normalize.characters import SIGN_CHARS, is_bad, normalize_text

LINES = [
    "Die Brücke über den Fluss bleibt zwei Jahre geschlossen – sagte die Sprecherin.",
    "Мост через реку остаётся закрытым",
    "“It’s late,” she said; the café was shut… £5 ½ ©",
]
MOJIBAKE = [line.encode().decode("cp1252", "replace") for line in LINES]


def test_signs_of_mojibake_are_short_and_not_plain() -> None:
    assert sre.parse(ftfy.badness.BADNESS_RE.pattern, ftfy.badness.BADNESS_RE.flags).getwidth()[1] <= SIGN_CHARS
    assert not ftfy.badness.is_bad("".join(map(chr, range(128))) * 2)


@given(
    st.lists(st.sampled_from([*LINES, *MOJIBAKE]), max_size=2),
    st.text("ab Z9.\xa0ÃÂâàÐØ€œ”“’ž£½©®°ü–вЂГ√≈‚ā", max_size=12),
    st.integers(0, 80),
)
def test_mojibake_is_found_where_ftfy_finds_it(lines: list[str], strewn: str, place: int) -> None:
    text = " ".join(lines)
    text = text[:place] + strewn + text[place:]
    assert is_bad(text) == ftfy.badness.is_bad(text)


def test_a_line_of_mojibake_is_repaired_and_the_others_stay() -> None:
    assert normalize_text("\n".join([LINES[0], "CafÃ© Zentrum", LINES[2]])) == "\n".join(
        [LINES[0], "Café Zentrum", LINES[2]]
    )


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\ue61a The old bridge", "The old bridge"),
        ("The old bridge \ue61a\uf8ff", "The old bridge"),
        ("The \ue61a \ue61b old bridge", "The old bridge"),
        ("Harbour News\n\ue61a \ue61b\nThe old bridge", "Harbour News\nThe old bridge"),
        ("Harbour News\n\n\ue61a\n\nThe old bridge\n\ue61a", "Harbour News\n\nThe old bridge"),
        ("Key \uf8ffK and \ue61a, two", "Key \uf8ffK and \ue61a, two"),
    ],
)
def test_a_word_of_an_icon_font_goes_and_a_letter_in_private_use_stays(text: str, normal: str) -> None:
    assert normalize_text(text) == normal
    assert normalize_text(normal) == normal
