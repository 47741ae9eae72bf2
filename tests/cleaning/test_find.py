"""Which files a run reads."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from cleaning.errors import BadCall
from cleaning.ingest import find_sources, read_source
from cleaning.recipe import Fields, Limits
from cleaning.records import RawDocument, Rejection, Skip, Source
from tests.samples import PAGE, write_bad_files


def read_one(source: Source, place: str, limits: Limits) -> object:
    (row,) = read_source(source, place, limits, Fields())
    return row


def test_every_file_is_in_exactly_one_place(tmp_path: Path) -> None:
    write_bad_files(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text("x")
    found = find_sources([str(tmp_path)])
    assert found.total == sum(len(files) for _, _, files in os.walk(tmp_path))
    assert [skip.source for skip in found.skips] == [".hidden.txt", "notes.pdf"]
    assert [rejection.reason for rejection in found.rejections] == ["name_not_utf8"]
    assert "sub/a.html" in [source.path for source, _ in found.sources]


def test_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("x")
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    assert find_sources([a, b]) == find_sources([b, a])


def test_the_same_file_twice_is_met_once(seeds: Path) -> None:
    once = find_sources([str(seeds)])
    assert find_sources([str(seeds), str(seeds / "000_1378d33102b1ddb1.txt"), str(seeds)]) == once


def test_two_files_at_one_address_are_a_bad_call_with_a_way_out(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name)
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    with pytest.raises(BadCall, match=r"same address 'a\.txt'.*first=FOLDER"):
        find_sources([one, two])
    found = find_sources([f"x={one}", f"y={two}"])
    assert [source.path for source, _ in found.sources] == ["x/a.txt", "y/a.txt"]


@pytest.mark.parametrize("make", [True, False])
def test_a_missing_and_an_empty_folder_say_what_to_do(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "nothing"
    if make:
        folder.mkdir()
    with pytest.raises(BadCall, match=r"nothing.*Check the path"):
        find_sources([str(folder)])


def test_the_output_inside_an_input_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out" / "published").mkdir(parents=True)
    (tmp_path / "out" / "published" / "page.html").write_text("x")
    found = find_sources([str(tmp_path)], leave_out=tmp_path / "out")
    assert [source.path for source, _ in found.sources] == ["a.txt"]


def test_a_file_without_suffix_is_read_where_its_content_says_what_it_is(tmp_path: Path) -> None:
    files = {
        "bridge": PAGE.encode(),
        "feed": b"<?xml version='1.0'?><rss><channel><item><description>A story.</description></item></channel></rss>",
        "crawl": gzip.compress(PAGE.encode()),
        "Makefile": b"all:\n\techo done\n",
        "LICENSE": b"Permission is hereby granted to anybody who reads this.\n",
        "page.php": PAGE.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    read = ["bridge", "crawl", "feed"]
    found = find_sources([str(tmp_path)])
    assert [source.path for source, _ in found.sources] == ["all.zip", *read]
    reasons = {skip.source: skip.reason for skip in found.skips}
    assert reasons.keys() == {"LICENSE", "Makefile", "page.php", "pipe"}
    assert (
        "no suffix, and nothing says that it is a page" in reasons["Makefile"]
        and "name the file itself" in reasons["Makefile"]
    )
    ((archive_source, place),) = [pair for pair in found.sources if pair[0].path == "all.zip"]
    rows = list(read_source(archive_source, place, Limits(), Fields()))
    assert {row.source for row in rows if isinstance(row, Skip)} == {
        *("all.zip#LICENSE", "all.zip#Makefile", "all.zip#page.php")
    }
    named = find_sources([str(tmp_path / "LICENSE"), str(tmp_path / "page.php")])
    assert [source.path for source, _ in named.sources] == ["LICENSE", "page.php"]


def test_too_large_vanished_and_unreadable_files_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 100)
    ((source, place),) = find_sources([str(tmp_path)]).sources
    assert isinstance(read_one(source, place, Limits()), RawDocument)
    large = read_one(source, place, Limits(file_bytes=99))
    assert isinstance(large, Rejection) and large.reason == "too_large" and "limits.file_bytes" in large.detail
    (tmp_path / "a.txt").unlink()
    gone = read_one(source, place, Limits())
    assert isinstance(gone, Rejection) and gone.reason == "vanished"
    (tmp_path / "a.txt").mkdir()
    folder = read_one(source, place, Limits())
    assert isinstance(folder, Rejection) and folder.reason == "unreadable"


def test_a_dangling_link_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [rejection.reason for rejection in find_sources([str(tmp_path)]).rejections] == ["unreadable"]
