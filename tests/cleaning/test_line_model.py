"""The line model: same answer every time, bounded on bad input, light to import, sensible on plain pages."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.line_model import MODEL_VERSION, LineScorer, score_lines
from cleaning.boilerplate.line_model.artifact import PATH, read_model
from cleaning.boilerplate.line_model.plan import WINDOWS, Reading
from cleaning.boilerplate.line_model.reading import cap, find_tokens, hash_tokens, read_page
from cleaning.boilerplate.line_model.scoring import RULED, STRETCH_LINES
from cleaning.boilerplate.line_model.signals import FAR_LINES, distances, lay_out, runs_of, times_seen
from cleaning.boilerplate.model_marks import rule_shares
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import split_page
from cleaning.records import Kind, Mark

STORY = [
    "The council voted on Tuesday to close the old bridge over the river, after engineers had found new cracks.",
    "“We cannot take that risk any longer,” the mayor said after the meeting, which lasted more than four hours.",
    "Work on a new bridge is to begin in the spring, and the council hopes that it will be open within two years.",
    "Until then, drivers will have to take the road by the mill, which adds about ten minutes to the way into town.",
]
MENU = ["Skip to content", "Home", "News", "Sport", "Log in", "Subscribe"]
FOOTER = ["Related articles", "Share on Facebook", "Privacy Policy", "© 2024 Example News. All rights reserved."]
PAGE = MENU + STORY + FOOTER

HOSTILE = {
    "one long line": ["word " * 2_000_000],
    "no letters": ["\u0000\u0001\u0002", "***", "—", "…"],
    "blank": ["", " ", "\t"],
    "newlines inside": ["a\nb\nc", "d\r\ne", "f\u2028g"],
    "lone surrogates": ["\ud800 half a pair \udfff"],
    "right to left": ["وقال المتحدث إن الاجتماع سيعقد يوم الثلاثاء في العاصمة.", "שלום עולם", "\u202eabc\u202c"],
    "no blanks": ["市议会周二投票决定关闭河上的旧桥。", "版权所有"],
    "astral": ["😀" * 300, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢"],
    "combining": ["a" + "\u0301" * 5000],
    "one line": ["Home"],
    "same line": ["Reply"] * 300,
}


def test_story_stays_and_furniture_goes() -> None:
    scores = score_lines(PAGE)
    story = scores[len(MENU) : len(MENU) + len(STORY)]
    assert story.max() < 0.2
    assert np.concatenate([scores[: len(MENU)], scores[-len(FOOTER) :]]).min() > story.max()
    assert scores[-1] > 0.9


def test_same_answer_twice_and_in_a_new_process() -> None:
    again = "from cleaning.boilerplate.line_model import score_lines; print(score_lines({!r}).tolist())"
    printed = subprocess.run([sys.executable, "-c", again.format(PAGE)], capture_output=True, text=True, check=True)
    assert score_lines(PAGE).tolist() == score_lines(tuple(PAGE)).tolist() == eval(printed.stdout)


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE.keys())
def test_bad_input_gives_one_probability_a_line_in_time(lines: list[str]) -> None:
    score_lines(PAGE)
    start = time.process_time()
    scores = score_lines(lines)
    assert time.process_time() - start < 2
    assert scores.shape == (len(lines),)
    assert np.isfinite(scores).all()
    assert scores.min() >= 0 and scores.max() <= 1


def test_no_lines_give_no_scores() -> None:
    assert score_lines([]).shape == (0,)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=30))
def test_any_lines_give_probabilities(lines: list[str]) -> None:
    scores = score_lines(lines)
    assert scores.shape == (len(lines),)
    assert np.all((scores >= 0) & (scores <= 1))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=20))
def test_tokens_and_characters_are_counted_to_their_own_lines(lines: list[str]) -> None:
    page, letters = read_page(lines, read_model().lexicon.class_table)
    assert page.token_count.tolist() == [
        read_page([line], read_model().lexicon.class_table)[0].hashes.size for line in lines
    ]
    assert np.bincount(letters.char_line, minlength=len(lines)).tolist() == [len(cap(line)) + 1 for line in lines]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(st.one_of(st.characters(), st.sampled_from("aÉß 1_©»:!\u2019…日カİǅ")), max_size=60),
        min_size=1,
        max_size=8,
    )
)
def test_tokens_are_those_of_the_pattern(lines: list[str]) -> None:
    page, letters = read_page(lines, read_model().lexicon.class_table)
    tokens = [token for line in lines for token in find_tokens(cap(line))]
    assert page.hashes.tolist() == hash_tokens(tokens).tolist()
    assert letters.token_chars.tolist() == [len(token) for token in tokens]


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=40))
def test_signals_are_what_a_loop_finds(rows: list[tuple[int, bool]]) -> None:
    values = np.array([value for value, _ in rows], dtype=np.float64)
    flags = np.array([flag for _, flag in rows])
    outside = np.array([[0.0], [-1.0]])
    signals = lay_out({"other": 0, "one": 1}, [values * 2, values], outside, 2, runs_of(flags))
    one = np.ones(len(WINDOWS), dtype=np.int64)
    reading = Reading(one, one, np.array(WINDOWS))
    windows, run_mean = signals.windows(reading), signals.run_means(reading)[0]
    above = signals.near(Reading(one, one, np.full(one.size, -3)))[0]
    runs = runs_of(flags).numbers
    since, until = (found[0].tolist() for found in distances(flags[None]))
    for place, value in enumerate(values.tolist()):
        assert above[place] == signals.steps("one", -3, 0)[0, place] == (values[place - 3] if place >= 3 else -1)
        for radius, window in zip(WINDOWS, windows, strict=True):
            around = [*values[max(0, place - radius) : place], *values[place + 1 : place + radius + 1]]
            assert window[place] == pytest.approx(np.mean(around) if around else 0)
        assert run_mean[place] == pytest.approx(values[runs == runs[place]].mean())
        assert signals.sums_around("other", "one")[1][1, place] == values[place + 1 :].sum()
        assert times_seen(values.astype(np.int64)[None])[0, place] == (values == value).sum()
        before, after = np.flatnonzero(flags[:place]), np.flatnonzero(flags[place + 1 :])
        assert since[place] == (place - before[-1] if before.size else FAR_LINES)
        assert until[place] == (after[0] + 1 if after.size else FAR_LINES)


def test_order_matters() -> None:
    forward, backward = score_lines(PAGE), score_lines(PAGE[::-1])
    assert forward.shape == backward.shape
    assert not np.array_equal(forward, backward[::-1])


def test_time_grows_with_the_lines_not_faster() -> None:
    lines = (PAGE * (STRETCH_LINES // len(PAGE) + 1))[:STRETCH_LINES]
    score_lines(lines)
    start = time.process_time()
    score_lines(lines)
    middle = time.process_time()
    score_lines(lines * 4)
    assert time.process_time() - middle < 8 * (middle - start) + 0.2


def test_stretches_are_scored_alone() -> None:
    lines = (PAGE * (STRETCH_LINES // len(PAGE) + 2))[: STRETCH_LINES + len(PAGE)]
    whole = score_lines(lines)
    assert whole[:STRETCH_LINES].tolist() == score_lines(lines[:STRETCH_LINES]).tolist()
    assert whole[STRETCH_LINES:].tolist() == score_lines(lines[STRETCH_LINES:]).tolist()


def test_only_the_ends_of_a_long_line_are_read() -> None:
    long = STORY[0] * 200
    changed = long[:5000] + "Subscribe now" + long[5013:]
    assert score_lines([*STORY, long]).tolist() == score_lines([*STORY, changed]).tolist()


def test_artifact_is_small_and_of_this_version() -> None:
    assert PATH.stat().st_size < 2_000_000
    with np.load(PATH, allow_pickle=False) as stored:
        assert str(stored["version"]) == MODEL_VERSION


def test_import_reads_no_artifact() -> None:
    code = (
        "import sys, cleaning.boilerplate.line_model.artifact as a; import cleaning.boilerplate.line_model as m;"
        "assert a.read_model.cache_info().currsize == 0; m.score_lines(['x']);"
        "assert a.read_model.cache_info().currsize == 1; assert not {'jax', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(
    st.lists(
        st.sampled_from([*PAGE, *STORY, "7", "1 Apple", ". . .", "©", "(", "A", "日本語の文。"]),
        min_size=1,
        max_size=12,
    ),
    st.data(),
)
def test_scores_of_what_is_left_are_those_of_a_fresh_document(lines: list[str], data: st.DataObject) -> None:
    scorer = LineScorer()
    for _ in range(3):
        assert scorer.score(lines).tolist() == score_lines(lines).tolist()
        lines = [line for line in lines if data.draw(st.booleans())] + data.draw(
            st.sampled_from([[], ["New line: 3."]])
        )


def test_what_rules_say_of_the_lines_around_counts() -> None:
    lines = [*STORY, "Ten bridges to see", "A walk along the river", "The mill in winter", *STORY]
    ruled = np.zeros((RULED, len(lines)))
    alone = score_lines(lines)
    assert score_lines(lines, ruled).tolist() == alone.tolist()
    ruled[0, 4:6] = 1
    assert score_lines(lines, ruled)[6] > alone[6]


def test_shares_of_a_line_that_rules_take() -> None:
    page = split_page("\n".join(PAGE))
    shares = rule_shares(page, mark_page(page, RULES))
    assert shares.shape == (RULED, len(PAGE)) and shares.min() == 0 and shares.max() == 1
    by_line = dict(zip(PAGE, shares.T.tolist(), strict=True))
    assert by_line["Skip to content"][0] == 1 and by_line[STORY[0]] == [0, 0, 0]
    assert rule_shares(split_page(""), ()).shape == (RULED, 0)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80), st.sampled_from([0.5, 0.95])), max_size=8))
def test_marks_anywhere_give_shares_from_0_to_1(spans: list[tuple[int, int, float]]) -> None:
    page = split_page("\n".join(PAGE))
    marks = [Mark(start, start + size, Kind.SHARE, "SH001", score, "") for start, size, score in spans]
    shares = rule_shares(page, marks)
    assert ((shares >= 0) & (shares <= 1)).all()
    for line, share in zip(page.lines, shares.T, strict=True):
        assert share.any() == any(mark.start < line.end and line.start < mark.end for mark in marks)
