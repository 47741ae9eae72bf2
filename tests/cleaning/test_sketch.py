"""Sketches of texts that a run leaves for the next one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.link import Sketch, Sketches, sketch

TEXTS = [
    "A fire broke out in the old theatre of Tamworth on Friday night, said fire chief Maria Okafor.",
    "这座城市的会议将在星期五举行，而结果尚未确定。",
    "Two words",
    "The council of Armidale voted on Friday to close the old swimming pool of the town.",
]


def key(number: int) -> bytes:
    return number.to_bytes(8, "little") + bytes(8)


def same(one: Sketch, other: Sketch) -> bool:
    arrays = ((one.bands, other.bands), (one.sampled, other.sampled), (one.words, other.words))
    numbers = (one.runs, one.chars_a_word) == (other.runs, other.chars_a_word)
    return numbers and all(left.tolist() == right.tolist() for left, right in arrays)


def never() -> Sketch:
    raise AssertionError("made anew")


def leave(folder: Path, texts: list[str], version: str = "1") -> None:
    sketches = Sketches(folder, version)
    for number, text in enumerate(texts):
        sketches.get(key(number), lambda text=text: sketch(text))  # type: ignore[misc]
    sketches.save()


def test_what_one_run_leaves_the_next_one_finds_and_leaves_in_turn(tmp_path: Path) -> None:
    leave(tmp_path / "sketches", TEXTS)
    for _ in range(2):
        again = Sketches(tmp_path / "sketches", "1")
        for number in (3, 0, 2, 1):
            assert same(again.get(key(number), never), sketch(TEXTS[number]))
        again.save()


@given(st.lists(st.text(max_size=120), min_size=1, max_size=8))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("sketches") / "sketches"
    leave(folder, [*texts, TEXTS[0]])
    again = Sketches(folder, "1")
    assert all(same(again.get(key(number), never), sketch(text)) for number, text in enumerate(texts))
    again.close()


def test_other_keys_versions_and_fresh_runs_find_nothing(tmp_path: Path) -> None:
    leave(tmp_path / "sketches", TEXTS)
    made: list[int] = []

    def make() -> Sketch:
        made.append(1)
        return sketch("")

    for sketches, wanted in (
        (Sketches(tmp_path / "sketches", "1"), key(77)),
        (Sketches(tmp_path / "sketches", "1"), key(0)[:8] + b"another."),
        (Sketches(tmp_path / "sketches", "2"), key(0)),
        (Sketches(tmp_path / "sketches", "1", fresh=True), key(0)),
    ):
        sketches.get(wanted, make)
        sketches.close()
    assert len(made) == 4


@pytest.mark.parametrize("name", ["rows", "samples", "note.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_what_is_not_whole_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    leave(tmp_path / "sketches", TEXTS)
    path = tmp_path / "sketches" / name
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-9] if damage == "cut" else data[:9] + bytes([data[9] ^ 1]) + data[10:])
    again = Sketches(tmp_path / "sketches", "1")
    with pytest.raises(AssertionError, match="made anew"):
        again.get(key(0), never)
    again.close()
    leave(tmp_path / "sketches", TEXTS)
    assert same(Sketches(tmp_path / "sketches", "1").get(key(0), never), sketch(TEXTS[0]))


def test_more_texts_than_are_held_in_memory(tmp_path: Path) -> None:
    sketches = Sketches(tmp_path / "sketches", "1")
    made = sketch(TEXTS[0])
    for number in range(9_000):
        sketches.get(key(number), lambda: made)
    sketches.save()
    again = Sketches(tmp_path / "sketches", "1")
    assert all(same(again.get(key(number), never), made) for number in np.arange(0, 9_000, 700).tolist())


@pytest.mark.parametrize("name", ["sketches", "sketches.new"])
def test_where_nothing_can_be_left_the_run_goes_on(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("in the way")
    sketches = Sketches(tmp_path / "sketches", "1")
    assert same(sketches.get(key(0), lambda: sketch(TEXTS[0])), sketch(TEXTS[0]))
    sketches.save()


@pytest.mark.parametrize("rows", [-1, 10**30, "many", None])
def test_a_note_that_makes_no_sense_is_none(tmp_path: Path, rows: object) -> None:
    leave(tmp_path / "sketches", TEXTS)
    path = tmp_path / "sketches" / "note.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"rows": rows}))
    with pytest.raises(AssertionError, match="made anew"):
        Sketches(tmp_path / "sketches", "1").get(key(0), never)
