"""Made-up texts that would take a careless pattern hours; each has a generous bound."""

from __future__ import annotations

import time

import pytest

from cleaning import Rejected, clean_text
from cleaning.boilerplate import RULES, split_page
from cleaning.normalize.characters import normalize_text
from cleaning.recipe import Limits, Recipe

# Far above what is needed (most take some hundredths) and far below what quadratic time takes (minutes).
MOST_SECONDS = 30
N = 100_000
TEXTS = {
    "a line of 10 MB": "word " * 2_000_000,
    "a word of 10 MB": "x" * 10_000_000,
    "a million empty lines": "The story has one line.\n" + "\n" * 1_000_000 + "And another one.",
    "blanks": " " * N + "x",
    "brackets": "(" * N,
    "signs": "© " * (N // 2),
    "quotes": "\"'”’»" * (N // 5),
    "control characters": "".join(map(chr, range(32))) * 3000 + "x",
    "right to left": "\u202eabc אבגד " * (N // 10),
    "names": "Reporting by " + ", ".join(["Ab Cd"] * 20_000),
    "dates": "Jan 1, 2020 " * (N // 12),
    "prompts": "SEE ALSO: " * (N // 10),
    "copyright": "copyright " * (N // 10),
    "mojibake": "â€™" * (N // 3) + "word",
    "combining marks": "e\u0301" * N,
    "nothing but furniture after a story": "\n".join(["The council voted to keep the old bridge open for two years."] * 300 + ["Advertisement\nRead more"] * 20_000),
    "only furniture": "\n".join(["Advertisement", "Read more", "Share this article", "© 2024 Example News"] * 5_000),
    "datelines": "LONDON (Reuters) - " * (N // 19),
    "credits": "The vote is open. " + "(Reporting by Jane Doe) " * (N // 24),
    "notices": "The vote is open. © 2024 " * (N // 25),
    "headings of blocks": "\n".join(["The council voted to keep the old bridge open for two years."] * 300 + ["Related Stories"] * 4000),
    "headings": "\n".join(f"Heading number {i} of the text\n" for i in range(2000)),
    "questions": "\n\n".join(f"Why do the {i} questions that follow take up the questions that follow?" for i in range(300)),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_bounded_time_and_no_crash(name: str) -> None:
    began = time.perf_counter()
    try:
        document = clean_text(TEXTS[name])
    except Rejected as rejected:
        assert rejected.rejection.reason in ("no_text", "empty", "mostly_boilerplate")
    else:
        assert clean_text(document.text).text == document.text
    assert time.perf_counter() - began < MOST_SECONDS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("unit", ["(", "a ", "by Aa, ", "© 2", "see also: ", "A. ", "(ap ", "all rights ", "1.1.", "|"])
def test_each_pattern_on_a_long_line_of_one_thing(rule: object, unit: str) -> None:
    page = split_page(normalize_text((unit * (N // len(unit)))[:N] + "\n" + (unit * 80)[:590]))
    began = time.perf_counter()
    list(rule.find(page, ()))  # type: ignore[attr-defined]
    assert time.perf_counter() - began < MOST_SECONDS / 10


@pytest.mark.parametrize(
    ("limits", "reason", "name"),
    [
        (Limits(lines=3), "too_many_lines", "limits.lines"),
        (Limits(line_chars=50), "line_too_long", "limits.line_chars"),
    ],
)
def test_limits_of_lines(limits: Limits, reason: str, name: str) -> None:
    text = "The council voted on Tuesday to keep the old bridge open.\nSo it stays.\nFor now.\nPerhaps."
    assert clean_text(text).n_lines == 4
    with pytest.raises(Rejected) as rejected:
        clean_text(text, recipe=Recipe(limits=limits))
    assert rejected.value.rejection.reason == reason and name in rejected.value.rejection.detail
