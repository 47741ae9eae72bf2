"""Patterns, lists and ignore files."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from cleaning.errors import BadCall
from cleaning.ingest import find_sources
from flows.input_list import list_from_input
from flows.last_run import note_run, read_last_run
from flows.settings import RunRequest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.txt", "b.html", "sub/a.txt", "sub/deep/c.txt", "old/d.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("A story.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def addresses(*inputs: str) -> list[str]:
    return [source.path for source, _ in find_sources(inputs).sources]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.txt", ["in/a.txt"]),
        ("in/**/*.txt", ["in/a.txt", "in/old/d.txt", "in/sub/a.txt", "in/sub/deep/c.txt"]),
        ("in/s*", ["in/sub/a.txt", "in/sub/deep/c.txt"]),
        ("in/[ab].*", ["in/a.txt", "in/b.html"]),
    ],
)
def test_patterns(folder: Path, pattern: str, found: list[str]) -> None:
    assert addresses(pattern) == found


def test_a_pattern_that_nothing_fits(folder: Path) -> None:
    with pytest.raises(BadCall, match=r"no file or folder fits.*quotes"):
        addresses("in/*.pdf")


def test_a_file_whose_name_is_a_pattern_is_itself(folder: Path) -> None:
    (folder / "in" / "what[1].txt").write_text("A story.")
    assert addresses("in/what[1].txt") == ["what[1].txt"]


def test_lists(folder: Path) -> None:
    (folder / "list.txt").write_text("# two of them\nin/a.txt\n\n./in/sub\n")
    assert addresses("@list.txt") == ["in/a.txt", "in/sub/a.txt", "in/sub/deep/c.txt"]
    (folder / "list.txt").write_text("in/none.txt\n")
    with pytest.raises(BadCall, match=r"nothing that it names is there, not in/none\.txt"):
        addresses("@list.txt")
    with pytest.raises(BadCall, match="the list cannot be read"):
        addresses("@nolist.txt")


def test_a_list_on_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"in/a.txt\nin/b.html\n")))
    inputs = list_from_input(("-",), folder / "out")
    assert addresses(*inputs) == ["in/a.txt", "in/b.html"]


def test_a_second_call_leaves_the_list_of_a_run_under_way_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(*names: str) -> tuple[str, ...]:
        said = "".join(f"{name}\n" for name in names).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said)))
        return list_from_input(("-",), folder / "out")

    first = listed("in/a.txt")
    note_run(RunRequest(first, folder / "out"))
    assert listed("in/b.html") != first == listed("in/a.txt")
    listed("in/b.html")
    assert addresses(*first) == addresses(*read_last_run(folder / "out").inputs) == ["in/a.txt"]
    for number in range(30):
        last = listed(f"in/{number}.txt", "in/a.txt")
    note_run(RunRequest(first, folder / "out"))
    assert addresses(*first) == ["in/a.txt"] and os.path.exists(last[0][1:])
    assert len(list((folder / "out" / "work").glob("inputs-*"))) == 21


def test_what_is_gone_stops_nothing(folder: Path) -> None:
    (folder / "in" / "link.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "in" / "pipe.txt")
    (folder / "list.txt").write_text("in/a.txt\nin/link.txt\nin/gone.txt\nin/pipe.txt\nin/s*\nin/none-*.txt\n")
    for inputs in (["in/a.txt", "in/link.txt"], ["in/*.txt"], ["@list.txt"]):
        found = find_sources(inputs)
        rejected = {row.source: row.reason for row in found.rejections}
        assert [row.source for row in found.rejections if row.source.endswith("link.txt")], inputs
        assert set(rejected.values()) == {"unreadable"} and found.sources
    assert [row.source for row in found.rejections] == ["in/gone.txt", "in/link.txt", "in/none-*.txt"]
    assert [source.path for source, _ in found.sources] == ["in/a.txt", "in/sub/a.txt", "in/sub/deep/c.txt"]
    assert [(row.source, row.reason) for row in found.skips] == [("in/pipe.txt", "not a regular file")]


def test_a_list_of_nothing_but_what_is_gone_is_a_wrong_call(folder: Path) -> None:
    (folder / "list.txt").write_text("a.txt\nb.txt\n")
    with pytest.raises(BadCall, match=r"@list\.txt: nothing that it names is there.*a\.txt"):
        find_sources(["@list.txt"])


def test_ignore_file(folder: Path) -> None:
    (folder / "in" / ".cleaningignore").write_text("# not these\nold/\n*.html\nsub/deep/*\n")
    found = find_sources(["in"])
    assert [source.path for source, _ in found.sources] == ["a.txt", "sub/a.txt"]
    skipped = {skip.source for skip in found.skips if skip.reason == "named in .cleaningignore"}
    assert skipped == {"old/", "b.html", "sub/deep/c.txt"}


def test_requests_stand_in_other_folders(folder: Path) -> None:
    request = RunRequest(("in", "x=in", "in/*.txt", "@list.txt"), Path("out")).absolute()
    base = str(folder)
    assert request.inputs == (f"{base}/in", f"x={base}/in", f"{base}/in/*.txt", f"@{base}/list.txt")
