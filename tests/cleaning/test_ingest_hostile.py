"""Folders, links and files that ingest must survive, without losing what was published of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from cleaning.errors import BadCall
from cleaning.ingest import Found, find_sources, media_type_of
from cleaning.publish.index import IndexedSource
from cleaning.publish.manifest import read_manifest
from cleaning.publish.snapshot import latest_snapshot
from cleaning.publish.verify import verify_snapshot
from cleaning.records import Reason, Source
from flows import planning
from tests.running import run_steps
from tests.samples import STORY

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Permissions mean nothing to root: for as long as this lasts, the process is nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def find_unprivileged(inputs: Sequence[str], *, leave_out: Path | None = None, remote_out: str = "") -> Found:
    with unprivileged():
        return find_sources(inputs, leave_out=leave_out, remote_out=remote_out)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """in/top.txt, in/sub/a.txt and in/sub/deep/b.txt in the current folder, for nobody too."""
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in/sub/deep").mkdir(parents=True)
    for number, name in enumerate(("in/top.txt", "in/sub/a.txt", "in/sub/deep/b.txt")):
        (tmp_path / name).write_text(f"{STORY[number]} It is story {number}.\n")
    yield tmp_path
    for folder in ("in", "in/sub"):
        (tmp_path / folder).chmod(0o755)


def ledger(found: Found) -> list[tuple[str, str]]:
    return [(item.source, str(item.reason)) for item in (*found.rejections, *found.skips)]


def names(found: Found) -> list[str]:
    return [source.path for source, _ in found.sources]


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o600, 0o644, 0o444])
def test_a_folder_that_cannot_be_read_is_one_rejection(corpus: Path, mode: int) -> None:
    (corpus / "in/sub").chmod(mode)
    for leave_out in (None, corpus / "in"):
        found = find_unprivileged(["in"], leave_out=leave_out)
        assert names(found) == ["top.txt"] and ledger(found) == [("sub/", "unreadable")]
        assert "Permission denied" in found.rejections[0].detail and "chmod u+rx" in found.rejections[0].detail
        assert found.total == 2


@pytest.mark.parametrize("mode", [0o000, 0o644])
def test_an_input_that_cannot_be_read_is_a_bad_call(corpus: Path, mode: int) -> None:
    (corpus / "in").chmod(mode)
    with pytest.raises(BadCall, match=r"in: cannot be listed: Permission denied"):
        find_unprivileged(["in"])
    with pytest.raises(BadCall, match="cannot be reached"):
        find_unprivileged(["in/sub"])


def test_a_folder_that_breaks_while_it_is_listed_is_a_rejection(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir: Callable[[bytes], object] = os.scandir

    def broken(folder: bytes) -> object:
        if folder.endswith(b"sub"):
            raise OSError(5, "Input/output error")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", broken)
    found = find_sources(["in"])
    assert ledger(found) == [("sub/", "unreadable")] and "Input/output error" in found.rejections[0].detail


def documents(out: Path) -> list[str]:
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    assert not [finding for finding in verify_snapshot(snapshot) if finding.fault]
    return sorted(ds.dataset(snapshot / "documents").to_table(columns=["source"])["source"].to_pylist())


@pytest.mark.parametrize("full", [False, True])
def test_what_was_published_of_an_unlistable_folder_stays(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    out = corpus / "out"
    run_steps(["in"], out)
    everything = ["sub/a.txt", "sub/deep/b.txt", "top.txt"]
    assert documents(out) == everything
    monkeypatch.setattr(planning, "find_sources", find_unprivileged)
    (corpus / "in/sub").chmod(0o000)
    assert run_steps(["in"], out, full=full) is not None
    assert documents(out) == everything
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    counts = read_manifest(snapshot).counts
    assert counts.add_up and (counts.gone, counts.quarantined, counts.sources) == (0, 1, 4)
    assert run_steps(["in"], out) is None, "nothing changed since"
    (corpus / "in/sub").chmod(0o755)
    (corpus / "in/sub/a.txt").unlink()
    assert run_steps(["in"], out) is not None
    assert documents(out) == ["sub/deep/b.txt", "top.txt"]


@pytest.mark.parametrize("reason", list(Reason))
def test_a_passing_fault_is_looked_at_again_when_it_has_passed(reason: Reason, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc")
    row, source = IndexedSource("a.txt", "quarantined", str(reason), 3, 4), Source("a.txt", 3, 4)
    passes = reason in (Reason.UNREADABLE, Reason.VANISHED)
    assert row.is_unchanged(source, str(tmp_path / "a.txt")) is not passes
    # What still cannot be read would be rejected again: a scheduled run has nothing to publish.
    assert row.is_unchanged(source, str(tmp_path / "none.txt")) is (reason != Reason.VANISHED)


def test_a_file_that_became_readable_is_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: str) -> object:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return open(path, mode)

    with monkeypatch.context() as patched:
        patched.setattr("cleaning.ingest.places.open", refuse, raising=False)
        run_steps(["in"], corpus / "out")
    assert documents(corpus / "out") == ["sub/deep/b.txt", "top.txt"]
    assert run_steps(["in"], corpus / "out") is not None
    assert documents(corpus / "out") == ["sub/a.txt", "sub/deep/b.txt", "top.txt"]


@pytest.mark.parametrize("unit", [b"<!---->", b"<!-- x -->\n", b"<!--", b"<?xml ", b" \n", b"<"])
def test_what_begins_a_page_is_told_in_bounded_time(unit: bytes) -> None:
    began = time.perf_counter()
    assert media_type_of("a.txt", unit * 100_000) == "text/plain"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("data", "is_page"),
    [
        (b"\xef\xbb\xbf <!DOCTYPE  html>", True),
        (b'<?xml version="1.0"?>\n<!-- a --><!---->\n<!-- b\n-->\r\n<HTML lang="en">', True),
        (b"<body>", True),
        (b"<!-- a -> <html>", False),
        (b"<htmlx>", False),
        (b"text <html>", False),
        (b"<!--" + b"x" * 5000 + b"--><html>", False),
    ],
)
def test_what_a_page_begins_with(data: bytes, is_page: bool) -> None:
    assert (media_type_of("a.txt", data) == "text/html") is is_page


def make(path: Path, kind: str) -> None:
    path.parent.mkdir(exist_ok=True)
    if kind == "broken link":
        path.symlink_to("nowhere")
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.write_text("x")


@pytest.mark.parametrize("name", ["a.txt", ".a.txt", "a.pdf"])
@pytest.mark.parametrize("kind", ["broken link", "fifo", "file"])
@pytest.mark.parametrize("other", ["broken link", "fifo", "file"])
def test_two_paths_at_one_address_are_a_bad_call_unless_both_are_skipped(
    tmp_path: Path, name: str, kind: str, other: str
) -> None:
    make(tmp_path / "one" / name, kind)
    make(tmp_path / "two" / name, other)
    # What is skipped by its name or type is read from nowhere: two of them share a row of the ledger.
    both_skipped = name != "a.txt" or kind == other == "fifo"
    for inputs in (("one", "two"), ("two", "one")):
        folders = [str(tmp_path / part) for part in inputs]
        if both_skipped:
            assert find_sources(folders).total == len(find_sources(folders).skips) == 1
        else:
            with pytest.raises(BadCall, match=r"same address.*first=FOLDER"):
                find_sources(folders)
    assert find_sources([f"{part}={tmp_path / part}" for part in ("one", "two")]).total == 2


@pytest.mark.parametrize("kind", ["broken link", "fifo", "file"])
def test_one_path_met_twice_is_one_row(tmp_path: Path, kind: str) -> None:
    make(tmp_path / "one" / "a.txt", kind)
    (tmp_path / "link").symlink_to("one")
    once = find_sources([str(tmp_path / "one")])
    assert once.total == 1
    twice = find_sources([str(tmp_path / "one"), str(tmp_path / "link")])
    assert (ledger(twice), names(twice), twice.total) == (ledger(once), names(once), 1)


def test_a_hidden_file_that_is_also_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".a.txt").write_text("x")
    inputs = [str(tmp_path), str(tmp_path / ".a.txt")]
    assert find_sources(inputs) == find_sources(inputs[::-1])
    assert names(find_sources(inputs)) == [".a.txt"] and find_sources(inputs).total == 1


def test_folders_that_are_not_entered_leave_a_row(tmp_path: Path) -> None:
    for part in ("one", "two"):
        (tmp_path / part / ".git" / "objects").mkdir(parents=True)
        (tmp_path / part / ".git" / "a.txt").write_text("x")
        (tmp_path / part / f"{part}.txt").write_text("x")
        (tmp_path / part / "self").symlink_to(".")
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    found = find_sources([one, two])
    assert names(found) == ["one.txt", "two.txt"]
    assert ledger(found) == [(".git/", "hidden folder"), ("self/", "link to a folder, not followed")]
    assert found == find_sources([two, one])


def test_a_folder_of_hidden_folders_holds_no_files(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(BadCall, match="no files in there"):
        find_sources([str(tmp_path)])


def test_folders_whose_names_are_not_utf8(tmp_path: Path) -> None:
    for name in (b".h-\xff", b"f-\xff"):
        os.mkdir(os.path.join(os.fsencode(tmp_path), name))
    with open(os.fsencode(tmp_path) + b"/f-\xff/a.txt", "wb") as file:
        file.write(b"x")
    assert ledger(find_sources([str(tmp_path)])) == [
        ("f-\\xff/a.txt", "name_not_utf8"),
        (".h-\\xff/", "hidden folder"),
    ]


def test_the_output_may_be_the_input(corpus: Path) -> None:
    out = corpus / "in"
    assert run_steps([str(out)], out) is not None
    (out / "work" / "a.txt").write_text("x")
    (out / "published" / "a.txt").write_text("x")
    assert run_steps([str(out)], out) is None, "what was published is not read"
    assert names(find_sources([str(out)], leave_out=out)) == ["sub/a.txt", "sub/deep/b.txt", "top.txt"]


def test_outputs_of_other_runs_are_not_read(corpus: Path) -> None:
    folder = corpus / "in"
    assert run_steps([str(folder)], folder) is not None
    (folder / "sub" / "work").mkdir()
    (folder / "sub" / "work" / "c.txt").write_text("A folder that is called so, and no more.")
    found = find_sources([str(folder)], leave_out=folder / "sub" / "out")
    assert names(found) == ["sub/a.txt", "sub/deep/b.txt", "sub/work/c.txt", "top.txt"]
    assert [(row.source, row.reason) for row in found.skips] == [
        ("published/", "output of a run"),
        ("work/", "output of a run"),
    ]
    (folder / "published" / "latest").unlink()
    (folder / "published" / "latest.json").write_text("{}")
    assert "published/" in [row.source for row in find_sources([str(folder)]).skips], "a copy of a remote output"


@pytest.mark.parametrize("part", ["published", "work/staging", "work/a.txt"])
def test_the_output_is_no_input(corpus: Path, part: str) -> None:
    place = corpus / "out" / part
    place.parent.mkdir(parents=True)
    make(place, "file") if place.suffix else place.mkdir()
    (corpus / "link").symlink_to(place)
    for name in (place, corpus / "link"):
        with pytest.raises(BadCall, match="part of the output"):
            find_sources([str(name)], leave_out=corpus / "out")


@pytest.mark.parametrize("name", ["ff.txt", "/dev/null"])
def test_a_device_is_no_input(corpus: Path, name: str) -> None:
    os.mkfifo("ff.txt")
    with pytest.raises(BadCall, match="not a regular file or folder"):
        find_sources([name])
