"""Every format that holds documents, whole and broken, plain and packed, one in another."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from cleaning.clean import clean_document
from cleaning.ingest import find_sources, read_source
from cleaning.ingest.read import Read
from cleaning.normalize.authors import parse_authors
from cleaning.recipe import Fields, Limits
from cleaning.records import RawDocument, Rejection, Skip

ROWS = [
    {
        "text": "The council voted on Tuesday.",
        "title": "Vote",
        "author": "Ann Lee",
        "url": "https://a.example/1",
        "n": 7,
    },
    {
        "html": "<html><body><p>The bridge is closed.</p></body></html>",
        "meta": {"date": "2024-01-05"},
        "tags": ["a", "b"],
    },
]
PAGE = b"<!doctype html><html><body><p>The bridge over the river is closed.</p></body></html>"


def read(
    tmp_path: Path, name: str, data: bytes, limits: Limits | None = None, fields: Fields | None = None
) -> list[Read]:
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    ((source, place),) = find_sources([str(folder / name)]).sources
    return list(read_source(source, place, limits or Limits(), fields or Fields()))


def documents(rows: list[Read]) -> list[RawDocument]:
    return [row for row in rows if isinstance(row, RawDocument)]


def rejections(rows: list[Read]) -> list[tuple[str, str]]:
    return [(row.source, str(row.reason)) for row in rows if isinstance(row, Rejection)]


def json_lines(rows: list[dict[str, object]] | None = None) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows or ROWS)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def warc(pages: list[tuple[str, bytes, bytes]]) -> bytes:
    """Records of (address, HTTP status line and headers, body)."""
    out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    for number, (url, head, body) in enumerate(pages):
        block = head + b"\r\n\r\n" + body
        out += (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\n"
                f"WARC-Target-URI: {url}\r\nWARC-Date: 2024-01-05T10:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            ).encode()
            + block
            + b"\r\n\r\n"
        )
    return out


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1"


def test_json_lines(tmp_path: Path) -> None:
    first, second = documents(read(tmp_path, "dump.jsonl", json_lines()))
    assert (first.source.path, first.media_type, first.data) == ("dump.jsonl#1", "text/plain", ROWS[0]["text"].encode())  # type: ignore[attr-defined]
    assert (first.metadata.title, first.metadata.authors, first.metadata.url) == ("Vote", ("Ann Lee",), ROWS[0]["url"])
    assert first.metadata.extra == (("n", "7"),)
    assert (second.media_type, second.metadata.tags) == ("text/html", ("a", "b"))
    assert first.source.container == second.source.container != first.source.id


def test_the_recipe_names_fields_inside_fields(tmp_path: Path) -> None:
    fields = Fields(text=("doc.body",), published=("meta.date",))
    row: dict[str, object] = {"doc": {"body": "A story."}, "meta": {"date": "2024-01-05"}}
    (found,) = documents(read(tmp_path, "dump.jsonl", json_lines([row]), fields=fields))
    assert (found.data, found.metadata.published) == (b"A story.", "2024-01-05")


def test_lines_that_cannot_be_had_do_not_stop_the_others(tmp_path: Path) -> None:
    data = b'{"text": "one"}\n{broken\n\n[1]\n{"nothing": 1}\n{"text": "' + b"x" * 300 + b'"}\n{"text": "last"}'
    rows = read(tmp_path, "dump.jsonl", data, Limits(file_bytes=100))
    assert [row.data for row in documents(rows)] == [b"one", b"last"]
    assert rejections(rows) == [
        ("dump.jsonl#2", "undecodable"),
        ("dump.jsonl#4", "no_text"),
        ("dump.jsonl#5", "no_text"),
        ("dump.jsonl#6", "too_large"),
    ]
    assert "fields are nothing" in next(r.detail for r in rows if isinstance(r, Rejection) and r.source.endswith("#5"))


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"articles": rows}])
def test_json(tmp_path: Path, wrap: Callable[[object], object]) -> None:
    found = documents(read(tmp_path, "a.json", json.dumps(wrap(ROWS)).encode()))
    assert [row.source.path for row in found] == ["a.json#1", "a.json#2"]


def test_a_json_file_of_one_document_is_that_document(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.json", json.dumps(ROWS[0]).encode()))
    assert (found.source.path, found.source.container) == ("a.json", None)


def test_csv_and_tsv(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbftitle,text,n\nVote,"The council\nvoted, on Tuesday.",7\nNo,,1\n'
    rows = read(tmp_path, "a.csv", data)
    (found,) = documents(rows)
    assert (found.source.path, found.data) == ("a.csv#1", b"The council\nvoted, on Tuesday.")
    assert rejections(rows) == [("a.csv#2", "no_text")]
    (found,) = documents(read(tmp_path, "a.tsv", b"title\ttext\nVote\tThe council voted.\n"))
    assert (found.metadata.title, found.data) == ("Vote", b"The council voted.")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"title;content;author\nVote;The council voted, on Tuesday.;Ann Lee\n", b"The council voted, on Tuesday."),
        (b'title|"text"\r\nVote|The council voted; at night.\r\n', b"The council voted; at night."),
        (b"title\ttext\nVote\tThe council voted.\n", b"The council voted."),
        (b'text,"note; in short"\nThe council voted.,yes\n', b"The council voted."),
        (b"text\nThe council voted.\n", b"The council voted."),
    ],
)
def test_the_header_of_a_csv_file_tells_what_is_between_its_fields(tmp_path: Path, data: bytes, text: bytes) -> None:
    (found,) = documents(read(tmp_path, "a.csv", data))
    assert found.data == text


@pytest.mark.parametrize("end", [b'Cut,"The council', b'Cut,"The council\nvoted,\n', b'"', b'Cut,"The ""', b'Cut,"'])
def test_a_csv_file_that_ends_in_quotes_breaks_off(tmp_path: Path, end: bytes) -> None:
    rows = read(tmp_path, "a.csv", b'title,text\nVote,"The council\nvoted."\n' + end)
    assert [row.data for row in documents(rows)] == [b"The council\nvoted."]
    assert rejections(rows) == [("a.csv", "truncated")]
    assert isinstance(rows[-1], Rejection) and "row 2" in rows[-1].detail and "quotes" in rows[-1].detail


@pytest.mark.parametrize("end", [b'Two,"A ""story"""', b'Two,A "story"\n', b'Two,"A "story"\n', b"Two,A story\r\n"])
def test_a_csv_file_that_ends_behind_its_quotes_is_whole(tmp_path: Path, end: bytes) -> None:
    rows = read(tmp_path, "a.csv", b"title,text\n" + end)
    assert len(documents(rows)) == 1 and rejections(rows) == []
    assert b"story" in documents(rows)[0].data


def test_a_row_without_text_says_what_it_has(tmp_path: Path) -> None:
    def details(name: str, data: bytes) -> list[str]:
        return [row.detail for row in read(tmp_path, name, data) if isinstance(row, Rejection)]

    rows: list[dict[str, object]] = [{"id": 1, "body": None}, {"text": 7}, {"id": 1, "inhalt": "x"}]
    empty, number, unknown = details("a.jsonl", json_lines(rows))
    assert "its field body is empty" in empty and "Name the one" not in empty
    assert "its field text holds int" in number
    assert "its fields are id, inhalt; none is called" in unknown and "Name the one" in unknown
    (unknown,) = details("a.csv", b"id;inhalt\n1;Eine Geschichte\n")
    assert "its fields are id, inhalt; none is called" in unknown and "Name the one" in unknown


def test_parquet(tmp_path: Path) -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["one", "two"], "url": ["https://a.example/1", None]}), out)
    found = documents(read(tmp_path, "a.parquet", out.getvalue()))
    assert [(row.source.path, row.data) for row in found] == [("a.parquet#1", b"one"), ("a.parquet#2", b"two")]
    assert rejections(read(tmp_path, "a.parquet", out.getvalue()[:-10])) == [("a.parquet", "truncated")]


@pytest.mark.parametrize("left", [30, 60, 120, 200, 230, 330])
def test_a_warc_file_that_ends_in_the_header_of_a_record(tmp_path: Path, left: int) -> None:
    whole = warc([("https://a.example/1", OK, PAGE), ("https://a.example/2", OK, PAGE)])
    rows = read(tmp_path, "a.warc", whole[: whole.rindex(b"WARC/1.0") + left])
    assert len(documents(rows)) == 1
    assert [reason for _, reason in rejections(rows)] == ["truncated"]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_warc(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html"
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png"
    packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    pages = [
        ("https://a.example/1", OK, PAGE),
        ("https://a.example/2", gone, PAGE),
        ("https://a.example/3", picture, b"\x89PNG"),
        ("https://a.example/4", packed, gzip.compress(PAGE)),
    ]
    rows = read(tmp_path, "crawl.warc.gz" if pack is gzip.compress else "crawl.warc", pack(warc(pages)))
    first, last = documents(rows)
    assert first.source.path.endswith("#0000-0") and first.encoding == "iso-8859-1" and first.media_type == "text/html"
    assert first.metadata.url == "https://a.example/1" and ("warc_date", "2024-01-05T10:00:00Z") in first.metadata.extra
    assert last.data == PAGE
    assert [row.reason for row in rows if isinstance(row, Skip)] == [
        "HTTP status 404",
        "not a type that is read: image/png",
    ]


def test_mail_and_saved_page(tmp_path: Path) -> None:
    mail = (
        b"MIME-Version: 1.0\r\nFrom: Ann Lee <a@b.example>\r\nSubject: Vote\r\nDate: Fri, 5 Jan 2024 10:00:00 +0000\r\n"
    )
    (found,) = documents(
        read(tmp_path, "a.eml", mail + b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe vote.\r\n")
    )
    assert (found.source.path, found.source.container, found.media_type) == ("a.eml", None, "text/plain")
    assert (found.metadata.title, found.metadata.authors) == ("Vote", ("Ann Lee",))
    saved = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body>caf=C3=A9\r\n--x--\r\n"
    )
    (found,) = documents(read(tmp_path, "a.mhtml", saved))
    assert found.media_type == "text/html" and "café".encode() in found.data
    assert found.metadata.url == "https://a.example/1" and found.metadata.title is None


RSS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>
<title>Example</title><item><title>Vote</title><link>https://a.example/1</link><pubDate>Fri, 05 Jan 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;The council voted.&lt;/p&gt;</description><category>Town</category></item>
<item><title>&x;</title><link>https://a.example/2</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Vote</title><link href="https://a.example/1"/>
<author><name>Ann Lee</name></author><updated>2024-01-05T10:00:00Z</updated>
<content type="html">&lt;p&gt;The council voted.&lt;/p&gt;</content></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.rss", RSS)
    (found,) = documents(rows)
    assert (found.source.path, found.data, found.media_type) == ("a.rss#1", b"<p>The council voted.</p>", "text/html")
    assert (found.metadata.url, found.metadata.tags) == ("https://a.example/1", ("Town",))
    assert rejections(rows) == [("a.rss#2", "no_text")]
    (found,) = documents(read(tmp_path, "feed.xml", ATOM))
    assert (found.metadata.authors, found.metadata.published) == (("Ann Lee",), "2024-01-05T10:00:00Z")
    assert rejections(read(tmp_path, "a.xml", b"<config><a>1</a></config>")) == [("a.xml", "no_text")]


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed(tmp_path: Path, suffix: str) -> None:
    pack = PACKERS[suffix]
    (page,) = documents(read(tmp_path, f"a.html.{suffix}", pack(PAGE)))
    assert (page.source.path, page.source.container, page.data) == (f"a.html.{suffix}", None, PAGE)
    found = documents(read(tmp_path, f"dump.jsonl.{suffix}", pack(json_lines())))
    assert [row.source.path for row in found] == [f"dump.jsonl.{suffix}#1", f"dump.jsonl.{suffix}#2"]
    # A name that says nothing: the content tells.
    (page,) = documents(read(tmp_path, "nameless.txt", pack(PAGE)))
    assert page.media_type == "text/html"
    rows = read(tmp_path, f"cut.jsonl.{suffix}", pack(json_lines() * 3000)[:-20])
    assert ("truncated" in dict(rejections(rows)).values()) and rows[-1].source == f"cut.jsonl.{suffix}"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "pack"), [("a.zip", zipped), ("a.tar", tarred), ("a.tgz", lambda m: tarred(m, "w:gz"))]
)
def test_archives(tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    members = {
        "sub/page.html": PAGE,
        "rows.jsonl.gz": gzip.compress(json_lines()),
        "inner.zip": zipped({"deep.txt": b"A deep story."}),
        "table.parquet": _parquet(),
        "image.png": b"\x89PNG",
        ".hidden.txt": b"x",
        "../../outside.txt": b"A story from outside.",
    }
    rows = read(tmp_path, name, pack(members))
    found = {row.source.path: row.data for row in documents(rows)}
    assert found[f"{name}#sub/page.html"] == PAGE
    assert {f"{name}#rows.jsonl.gz#1", f"{name}#rows.jsonl.gz#2", f"{name}#table.parquet#1"} <= set(found)
    assert found[f"{name}#inner.zip#deep.txt"] == b"A deep story."
    assert found[f"{name}#../../outside.txt"] == b"A story from outside."
    skipped = {row.source: row.reason for row in rows if isinstance(row, Skip)}
    assert skipped == {f"{name}#image.png": "not a type that is read: .png", f"{name}#.hidden.txt": "hidden file"}
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]
    assert rejections(rows) == []


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["one"]}), out)
    return out.getvalue()


def test_two_members_of_one_name_have_two_addresses(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for data in (b"one", b"two"):
            info = tarfile.TarInfo("a.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    found = documents(read(tmp_path, "a.tar", out.getvalue()))
    assert [row.source.path for row in found] == ["a.tar#a.txt", "a.tar#a.txt~2"]
    assert len({row.source.id for row in found}) == 2


def test_links_and_devices_of_an_archive_are_left_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (("link.txt", tarfile.SYMTYPE, "/etc/passwd"), ("zero.txt", tarfile.CHRTYPE, "")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    rows = read(tmp_path, "a.tar", out.getvalue())
    assert [row.reason for row in rows if isinstance(row, Skip)] == ["not a regular file"] * 2 and len(rows) == 2


def test_limits_of_archives(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    assert rejections(read(tmp_path, "a.jsonl.gz", bomb, Limits(unpacked_ratio=100))) == [
        ("a.jsonl.gz", "archive_bomb")
    ]
    small = gzip.compress(json_lines() * 1000)
    assert ("b.jsonl.gz", "archive_bomb") in rejections(
        read(tmp_path, "b.jsonl.gz", small, Limits(unpacked_bytes=9000))
    )
    many = zipped({f"{n}.txt": b"x" for n in range(5)})
    assert rejections(read(tmp_path, "a.zip", many, Limits(members=3))) == [("a.zip", "too_many_members")]
    nested = b"A story."
    for n in range(4):
        nested = zipped({f"{n}.zip" if n else "a.txt": nested})
    rows = read(tmp_path, "n.zip", nested, Limits(nesting=2))
    assert [reason for _, reason in rejections(rows)] == ["too_deep"]
    assert "limits.nesting" in next(row.detail for row in rows if isinstance(row, Rejection))


def test_an_encrypted_member_is_rejected(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"secret", "b.txt": b"open"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    rows = read(tmp_path, "a.zip", bytes(data))
    assert rejections(rows) == [("a.zip#a.txt", "unreadable")] and documents(rows)[0].data == b"open"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.gz", "a.warc", "a.parquet", "a.json", "a.eml"])
def test_what_is_not_what_its_name_says_is_rejected_or_read(tmp_path: Path, name: str) -> None:
    for data in (b"", b"\0\1\2\3" * 999, b"Plain words of a story, no archive at all."):
        rows = read(tmp_path, name, data)
        assert len(rows) <= 1 and all(isinstance(row, Rejection | RawDocument) for row in rows)


def test_times_of_rows_are_read_or_kept(tmp_path: Path) -> None:
    times = [1714723200, "1714723200000", "2024-05", "yesterday", "2024-05-03", "1969-07-20", "1499-12-31", 9999999999]
    data = "\n".join(json.dumps({"text": "One line.", "date": time}) for time in times).encode()
    records = [one for one in read(tmp_path, "a.jsonl", data) if isinstance(one, RawDocument)]
    found = [(one.metadata.published, dict(one.metadata.extra).get("date")) for one in records]
    assert found == [
        ("2024-05-03T08:00:00+00:00", None),
        ("2024-05-03T08:00:00+00:00", None),
        (None, "2024-05"),
        (None, "yesterday"),
        ("2024-05-03", None),
        ("1969-07-20", None),
        (None, "1499-12-31"),
        (None, "9999999999"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"text\nThe ferry stops at nine, said the operator on Monday.\n",
        b"title,text\nA,The bridge is closed, the mayor said.\n",
    ],
)
def test_a_csv_row_with_more_cells_than_the_header_is_not_cut(tmp_path: Path, data: bytes) -> None:
    rows = read(tmp_path, "a.csv", data + b",,\n")
    assert not documents(rows)
    assert rejections(rows)[0] == ("a.csv#1", "undecodable")
    assert "quotes" in next(row.detail for row in rows if isinstance(row, Rejection))


def test_empty_cells_behind_the_last_field_are_none(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.csv", b"title,text\nVote,The council voted.,,\n"))
    assert found.data == b"The council voted."


def test_a_field_that_comes_twice_is_kept_twice(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.csv", b"text,text,n\nThe first one.,The second one.,1\n"))
    assert found.data == b"The first one." and dict(found.metadata.extra) == {"text~2": "The second one.", "n": "1"}
    (found,) = documents(read(tmp_path, "a.jsonl", b'{"text": "The first one.", "text": "The second one."}\n'))
    assert found.data == b"The first one." and dict(found.metadata.extra) == {"text~2": "The second one."}


def test_a_column_that_comes_twice_is_kept_twice(tmp_path: Path) -> None:
    table = pa.table([["One.", None], ["Two.", "Three."], [1, 2]], names=["text", "text", "n"])
    pq.write_table(table, tmp_path / "made.parquet")
    first, second = documents(read(tmp_path, "a.parquet", (tmp_path / "made.parquet").read_bytes()))
    assert first.data == b"One." and dict(first.metadata.extra) == {"text~2": "Two.", "n": "1"}
    assert second.data == b"Three." and dict(second.metadata.extra) == {"n": "2"}


@pytest.mark.parametrize("url", ["www.site.example/page?id=3", "/page/3"])
def test_an_address_that_is_none_is_kept_as_it_is(tmp_path: Path, url: str) -> None:
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([{"text": "The vote.", "url": url}])))
    assert dict(found.metadata.extra) == {"url": url}


def test_half_a_surrogate_pair_is_a_replacement_character(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.jsonl", b'{"text": "A bridge \\ud83d here."}\n'))
    assert found.data.decode() == "A bridge \ufffd here."


def test_times_and_bytes_of_a_table_are_shown_as_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": ["The vote."],
            "seen": pa.array([0], pa.timestamp("s")),
            "note": pa.array([b"caf\xc3\xa9"], pa.binary()),
            "thumb": pa.array([b"\x89PNG\xff"], pa.binary()),
        }
    )
    pq.write_table(table, tmp_path / "made.parquet")
    (found,) = documents(read(tmp_path, "a.parquet", (tmp_path / "made.parquet").read_bytes()))
    assert dict(found.metadata.extra) == {"seen": "1970-01-01 00:00:00", "note": "café", "thumb": "5 bytes, not text"}


def test_what_hangs_on_a_mail_is_named(tmp_path: Path) -> None:
    forwarded = EmailMessage()
    forwarded.set_content("An older mail.")
    mail = EmailMessage()
    mail["Subject"] = "Vote"
    mail.set_content("The council voted.")
    mail.add_attachment(b"A report.", "text", "plain", filename="report.txt")
    mail.add_attachment(forwarded)
    rows = read(tmp_path, "a.eml", mail.as_bytes())
    assert [row.source.path for row in documents(rows)] == ["a.eml"]
    assert [(row.source, row.reason) for row in rows if isinstance(row, Skip)] == [
        ("a.eml#report.txt", "attached to a mail: text/plain"),
        ("a.eml#2", "attached to a mail: message/rfc822"),
    ]


def test_a_spreadsheet_says_what_is_between_its_cells(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.csv", b"sep=;\r\ntitle;text\r\nVote;The council, that is all, voted.\r\n"))
    assert found.data == b"The council, that is all, voted."


@pytest.mark.parametrize(
    "head",
    [
        b'---\ntitle: "Wells: dry"\nauthor: Kim Park\ndate: 2024-01-02\ntags:\n  - water\n  - towns\ndraft: false\n---\n',
        b"\xef\xbb\xbf---\r\ntitle: 'Wells: dry'  \r\nauthor: Kim Park\r\ndate: 2024-01-02\r\ntags: [water, towns]\r\n"
        b"draft: false # for now\r\n---\r\n",
        b'+++\ntitle = "Wells: dry"\nauthor = "Kim Park"\ndate = 2024-01-02\ntags = ["water", "towns"]\ndraft = false\n+++\n',
    ],
)
def test_the_head_of_a_text_is_metadata(tmp_path: Path, head: bytes) -> None:
    text = b"# Wells: dry\n\nThe wells of the town ran dry in March.\n"
    (found,) = documents(read(tmp_path, "a.md", head + text))
    assert found.data == text
    said = found.metadata
    assert (said.title, said.authors, said.published) == ("Wells: dry", ("Kim Park",), "2024-01-02")
    assert said.tags == ("water", "towns") and dict(said.extra) == {"draft": "false"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.md", head + text)
    (found,) = documents(read(tmp_path, "a.zip", packed.getvalue()))
    assert (found.data, found.metadata.title) == (text, "Wells: dry")


@pytest.mark.parametrize(
    "text",
    [
        b"---\nThe wells ran dry.\n---\nNobody knows why: not even the mayor.\n",
        b"---\ntitle: Wells\nand no fence below\n",
        b"--- a dash, and a story ---\n",
        b"---\n\n---\nA story.\n",
    ],
)
def test_lines_between_rules_are_a_text(tmp_path: Path, text: bytes) -> None:
    (found,) = documents(read(tmp_path, "a.md", text))
    assert found.data == text and found.metadata.title is None


def test_a_record_may_name_itself(tmp_path: Path) -> None:
    fields = Fields(id=("key", "meta.id"))
    rows = [
        {"key": "a-1", "text": "The vote."},
        {"meta": {"id": 7}, "text": "The bridge."},
        {"text": "No name."},
        {"key": "a-1", "text": "The same name."},
        {"key": "two\nlines", "text": "No line."},
        {"key": "gone"},
    ]
    found = read(tmp_path, "a.jsonl", json_lines(rows), fields=fields)
    names = ["a.jsonl#a-1", "a.jsonl#7", "a.jsonl#row-3", "a.jsonl#a-1~2", "a.jsonl#two lines"]
    assert [row.source.path for row in documents(found)] == names
    assert ("key", "a-1") in documents(found)[0].metadata.extra
    assert rejections(found) == [("a.jsonl#gone", "no_text")]


@pytest.mark.parametrize(
    "head",
    [
        "---\nk: " + "[" * 8_000 + "]" * 8_000 + "\n---\n",
        "+++\nk = " + "[" * 8_000 + "]" * 8_000 + "\n+++\n",
        "+++\ndate = " + "9" * 5_000 + "\n+++\n",
        "---\ntitle: &a [x]\ntags: *a\n---\n",
        "---\nAnna: Hello there.\nBob: I am fine.\nAnna: The wells ran dry.\n---\n",
        "---\nAnna: Hello there.\nBob: I am fine.\n---\n",
        "---\nThe mayor said on Monday: nobody is to blame.\n---\n",
    ],
)
def test_what_is_no_head_of_a_text_stays_in_it(tmp_path: Path, head: str) -> None:
    data = f"{head}The wells of the town ran dry in March.\n".encode()
    (found,) = documents(read(tmp_path, "a.md", data))
    assert found.data == data


def test_values_of_a_head(tmp_path: Path) -> None:
    head = (
        '---\ntitle: "We are #1 in #2"\nauthor:\n  - name: Jane Doe\n    affiliation: MIT\n  - name: Bob Roe\n'
        "tags: [\"a, b\", 'c']\ndescription: 'Don''t panic'\nurl: null\nid: 7\n---\n"
    )
    fields = Fields(id=("id",))
    packed = gzip.compress(f"{head}The wells.\n".encode())
    (found,) = documents(read(tmp_path, "a.md.gz", packed, fields=fields))
    said = found.metadata
    assert (found.source.path, said.title, said.authors) == ("a.md.gz", "We are #1 in #2", ("Jane Doe", "Bob Roe"))
    assert (said.tags, said.description, said.url) == (("a, b", "c"), "Don't panic", None)


def test_numbers_of_equal_names_are_free(tmp_path: Path) -> None:
    rows = [{"key": name, "text": "A."} for name in ("x", "x~2", "x")]
    found = documents(read(tmp_path, "a.jsonl", json_lines(rows), fields=Fields(id=("key",))))
    assert [row.source.path for row in found] == ["a.jsonl#x", "a.jsonl#x~2", "a.jsonl#x~3"]
    (one,) = documents(read(tmp_path, "a.csv", b"text~2,text,text\nOne.,Two.,Three.\n"))
    assert one.data == b"Two." and dict(one.metadata.extra) == {"text~2": "One.", "text~3": "Three."}


def test_of_two_fields_of_one_name_the_filled_one_counts(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.csv", b"text,title,text\n,T,The wells ran dry.\n"))
    assert found.data == b"The wells ran dry."


def test_forms_and_parts_of_a_mail(tmp_path: Path) -> None:
    head = b"MIME-Version: 1.0\r\nSubject: Vote\r\nContent-Type: multipart/%s; boundary=x\r\n\r\n"
    text = b"--x\r\nContent-Type: text/plain\r\n\r\nThe council voted on Tuesday, and that is the story.\r\n"
    page = b"--x\r\nContent-Type: text/html\r\n\r\n<html><body>foot</body></html>\r\n"
    file = b'--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\n%PDF\r\n'
    for kind, media_type, named in (
        (b"mixed", "text/plain", ["attached to a mail: application/pdf", "attached to a mail: text/html"]),
        (b"alternative", "text/html", ["attached to a mail: application/pdf"]),
        (b"related", "text/plain", ["attached to a mail: application/pdf", "attached to a mail: text/html"]),
    ):
        rows = read(tmp_path, "a.eml", head % kind + text + file + page + b"--x--\r\n")
        assert [row.media_type for row in documents(rows)] == [media_type]
        assert [row.reason for row in rows if isinstance(row, Skip)] == named


def test_a_warc_file_that_ends_in_a_record_that_is_left_alone(tmp_path: Path) -> None:
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html"
    whole = warc([("https://a.example/1", OK, PAGE), ("https://a.example/2", gone, PAGE)])
    for left in range(10, len(whole) - whole.rindex(b"WARC/1.0") - 4, 7):
        rows = read(tmp_path, "a.warc", whole[: whole.rindex(b"WARC/1.0") + left])
        assert [reason for _, reason in rejections(rows)] == ["truncated"], left
    assert not rejections(read(tmp_path, "a.warc", whole))


def test_pictures_of_a_saved_page_are_no_attachments(tmp_path: Path) -> None:
    saved = (
        b"MIME-Version: 1.0\r\nContent-Location: https://a.example/1\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/html\r\n\r\n<html><body>The vote.</body></html>\r\n"
        b"--x\r\nContent-Type: image/png\r\nContent-Location: https://a.example/1.png\r\n\r\nPNG\r\n--x--\r\n"
    )
    rows = read(tmp_path, "a.mht", saved)
    assert len(rows) == len(documents(rows)) == 1


@pytest.mark.parametrize("name", ["dump.json", "dump.txt", "dump", "dump.json.gz"])
def test_lines_of_json_are_rows_whatever_their_file_is_called(tmp_path: Path, name: str) -> None:
    data = b"\n" + json_lines() + b"{broken\n"
    rows = read(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    assert [row.source.path for row in documents(rows)] == [f"{name}#2", f"{name}#3"]
    assert rejections(rows) == [(f"{name}#4", "undecodable")]


def test_objects_behind_each_other_are_rows(tmp_path: Path) -> None:
    data = "".join(json.dumps(row, indent=1) for row in ROWS).encode()
    assert [row.source.path for row in documents(read(tmp_path, "a.json", data))] == ["a.json#1", "a.json#2"]
    rows = read(tmp_path, "a.json", data + b"{")
    assert len(documents(rows)) == 2 and rejections(rows) == [("a.json", "truncated")]


@pytest.mark.parametrize("text", ['{"title": "Vote"}\n\nThe council voted.\n', '{"a": 1', "[{ is how a list begins"])
def test_a_text_that_begins_as_json_is_a_text(tmp_path: Path, text: str) -> None:
    (found,) = documents(read(tmp_path, "a.txt", text.encode()))
    assert (found.source.path, found.data) == ("a.txt", text.encode())


def test_a_json_file_that_has_to_be_read_whole_has_a_limit(tmp_path: Path) -> None:
    limits = Limits(file_bytes=100)
    rows = read(tmp_path, "a.json", json.dumps(ROWS).encode(), limits)
    assert rejections(rows) == [("a.json", "too_large")]
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(50))
    assert len(documents(read(tmp_path, "a.json", lines, limits))) == 50


def test_a_csv_file_without_a_header_loses_no_row(tmp_path: Path) -> None:
    data = f"1,Vote,{'The council voted. ' * 6}\n2,Bridge,{'The bridge is closed. ' * 6}\n".encode()
    rows = read(tmp_path, "a.csv", data)
    assert "fields are column 1, column 2, column 3" in next(r.detail for r in rows if isinstance(r, Rejection))
    found = documents(read(tmp_path, "a.csv", data, fields=Fields(text=("column 3",), title=("column 2",))))
    assert [row.metadata.title for row in found] == ["Vote", "Bridge"]


NEWS = "The bridge is closed."
COLUMN_2 = Fields(text=("column 2",))


@pytest.mark.parametrize(
    "rows",
    [
        ["1,The quick brown fox jumps over the lazy dog and runs away.", f"2,{NEWS}", f"3,{NEWS}"],
        ["7;Vote", "8;Bridge"],
        ["Vote,The council voted on Tuesday."],
        ["https://a.example/1,Vote", "https://a.example/2,Bridge"],
        ["2024-05-03\tVote", "2024-05-04\tBridge"],
        ["Vote,King comes home to the palace again", "Bridge,Queen leaves for the sea with friends"],
        ["新闻,市议会周二投票决定保留旧桥。", "新闻,船可以通过。"],
        ['Vote,"Nobody knew of it, ""said the mayor."""', "Bridge,Closed"],
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_first_row_that_is_data_is_data(tmp_path: Path, rows: list[str], end: str) -> None:
    found = read(tmp_path, "a.csv", (end or "\n").join(rows).encode() + end.encode())
    assert [row[0] for row in rejections(found)] == [f"a.csv#{number + 1}" for number in range(len(rows))]
    assert all("fields are column 1, column 2;" in row.detail for row in found if isinstance(row, Rejection))
    assert len(documents(read(tmp_path, "a.csv", (end or "\n").join(rows).encode(), fields=COLUMN_2))) == len(rows)


@pytest.mark.parametrize(
    "rows",
    [
        ["id,inhalt", f"1,{NEWS}"],
        ["id,inhalt"],
        ["datum;2024", "2024-05-03;7", "2024-05-04;8"],
        ["Timestamp,Please tell us what you think of it.", f"2024/05/03 10:00,{NEWS}", f"2024/05/04 10:00,{NEWS}"],
        [",inhalt", f"0,{NEWS}"],
        ["Title,Inhalt", f"Vote,{NEWS}"],
        ["a,b", "c,d"],
    ],
)
def test_a_header_is_a_header(tmp_path: Path, rows: list[str]) -> None:
    found = read(tmp_path, "a.csv", "\n".join(rows).encode())
    assert [row[0] for row in rejections(found)] == [f"a.csv#{number + 1}" for number in range(len(rows) - 1)]
    assert not any("column 1" in row.detail for row in found if isinstance(row, Rejection))


def test_a_table_of_which_the_recipe_numbers_the_columns_has_no_header(tmp_path: Path) -> None:
    def texts(data: bytes, fields: Fields) -> list[bytes]:
        return [row.data for row in documents(read(tmp_path, "a.csv", data, fields=fields))]

    assert texts(b"Vote,Council\nBridge,Closed\n", COLUMN_2) == [b"Council", b"Closed"]
    both = Fields(text=("story", "column 2"))
    assert texts(b"story,Council\nBridge,Closed\n", both) == [b"Bridge"]
    assert texts(b"Vote,Council\nBridge,Closed\n", both) == [b"Council", b"Closed"]
    assert texts(b"column 1,column 2\nBridge,Closed\n", COLUMN_2) == [b"Closed"]


def test_rows_before_a_broken_one_are_read(tmp_path: Path) -> None:
    long = b'"' + b"x" * 140_000 + b'"'
    rows = read(tmp_path, "a.csv", b"title,text\nVote,The vote.\n" + long + b",y\n", Limits(file_bytes=100))
    assert [row.data for row in documents(rows)] == [b"The vote."] and rejections(rows) == [("a.csv", "undecodable")]
    rows = read(tmp_path, "a.csv", b'1,The vote.\n2,"Cut', fields=COLUMN_2)
    assert [row.data for row in documents(rows)] == [b"The vote."] and rejections(rows) == [("a.csv", "truncated")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "cp1250"])
def test_a_csv_file_is_read_in_its_character_set(tmp_path: Path, encoding: str) -> None:
    text = (
        "Le marché rouvre à l’été, a dit le maire."
        if encoding != "cp1250"
        else "Most jest zamknięty, żeby go naprawić."
    )
    (found,) = documents(read(tmp_path, "a.csv", f'title,text\n"{text[:9]}","{text}"\n'.encode(encoding)))
    assert found.data.decode() == text and found.metadata.title == text[:9]


def test_a_mailbox(tmp_path: Path) -> None:
    mails = [EmailMessage(), EmailMessage()]
    for mail, text in zip(mails, ("The council voted.\n>From now on it rests.\n", "The bridge.\n"), strict=True):
        mail["Subject"] = text.split(".")[0]
        mail.set_content(text)
    mails[1].add_attachment(b"A report.", "text", "plain", filename="report.txt")
    box = b"".join(b"From a@b.example Fri Jan  5 10:00:00 2024\n" + mail.as_bytes() + b"\n" for mail in mails)
    for name in ("list.mbox", "list"):
        rows = read(tmp_path, name, box)
        assert [(row.source.path, row.metadata.title) for row in documents(rows)] == [
            (f"{name}#1", "The council voted"), (f"{name}#2", "The bridge")
        ]  # fmt: skip
        assert b"\nFrom now on" in documents(rows)[0].data
        assert [row.source for row in rows if isinstance(row, Skip)] == [f"{name}#2/report.txt"]
    rows = read(tmp_path, "list.mbox", box, Limits(file_bytes=150))
    assert rejections(rows) == [("list.mbox#1", "too_large"), ("list.mbox#2", "too_large")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_what_stands_before_the_break_of_a_packed_file_is_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    # Words that do not pack well, so that the break falls into a row.
    rows = [json.dumps({"text": hashlib.sha512(str(number).encode()).hexdigest() * 3}) for number in range(150)]
    packed = pack("\n".join(rows).encode())
    cut = packed[: len(packed) * 9 // 10]
    suffix = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}.get(pack, "zst")
    found = read(tmp_path, f"dump.jsonl.{suffix}", cut)
    # What can be unpacked: bzip2 and zstandard do it a block at a time, of which this has one.
    least = 125 if suffix in ("gz", "xz") else 0
    assert least <= len(documents(found)) < 150 and rejections(found)[-1] == (f"dump.jsonl.{suffix}", "truncated")


def test_a_list_that_breaks_off_keeps_its_whole_rows(tmp_path: Path) -> None:
    data = json.dumps(ROWS * 20).encode()
    rows = read(tmp_path, "a.json", data[: len(data) // 2])
    assert [row.source.path for row in documents(rows)] == [f"a.json#{number}" for number in range(1, 21)][
        : len(documents(rows))
    ]
    assert len(documents(rows)) >= 18 and rejections(rows) == [("a.json", "truncated")]
    rows = read(tmp_path, "a.json", data.replace(b"}, {", b"} {", 1))
    assert len(documents(rows)) == 1 and rejections(rows) == [("a.json", "undecodable")]


def test_a_packed_file_in_name_only_is_read_as_what_it_is(tmp_path: Path) -> None:
    (found,) = documents(read(tmp_path, "a.txt.gz", b"The council voted on Tuesday."))
    assert found.data == b"The council voted on Tuesday."
    assert len(documents(read(tmp_path, "dump.jsonl.gz", json_lines()))) == 2


def _zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": _zstd,
    "zip": lambda data: zipped({"a.txt": data}),
    "tar": lambda data: tarred({"a.txt": data}),
    "none": lambda data: data,
}


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".gz", ".bz2", ".xz", ".zst", ".tgz", ".parquet", ".txt"])
@pytest.mark.parametrize("pack", PACKS)
def test_the_content_of_a_packed_file_goes_before_its_name(tmp_path: Path, pack: str, suffix: str) -> None:
    text = b"The council voted on Tuesday."
    (found,) = documents(read(tmp_path, f"a{suffix}", PACKS[pack](text)))
    assert found.data == text
    inner = f"{suffix}#a.txt" if pack in ("zip", "tar") else suffix
    assert found.source.path == f"a{inner}"


@pytest.mark.parametrize("suffix", [".zip", ".gz", ".bz2"])
def test_a_name_below_a_false_suffix_counts(tmp_path: Path, suffix: str) -> None:
    rows = b"title,text\nVote,The council voted.\nBridge,The bridge is closed.\n"
    assert len(documents(read(tmp_path, f"a.csv{suffix}", gzip.compress(rows)))) == 2


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".parquet"])
def test_an_archive_that_is_broken_is_no_text(tmp_path: Path, suffix: str) -> None:
    for data in (b"\0\1\2 no archive", b"MZ\x90\0\3" + b"x" * 99):
        assert rejections(read(tmp_path, f"a{suffix}", data)) == [(f"a{suffix}", "truncated")]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_lines_of_a_member_are_whole(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    lines = b"".join(b'{"text": "line %d%s"}\n' % (number, b"y" * (number % 97)) for number in range(300))
    mail = b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: s\nFrom: A <a@b.example>\n\nBody of it.\n\n"
    rows = read(tmp_path, "all.bin", pack({"a.jsonl": lines, "b.json": lines, "c.mbox": mail * 100}))
    assert len(documents(rows)) == 700 and rejections(rows) == []


@pytest.mark.parametrize("row", ["1;Über alles im Café", "2;Grüße"])
def test_a_header_is_read_in_the_character_set_of_its_rows(tmp_path: Path, row: str) -> None:
    (refused,) = read(tmp_path, "a.csv", f"id;Größe\n{row}\n".encode("cp1252"))
    assert isinstance(refused, Rejection) and "Größe" in refused.detail
    fields = Fields(text=("Größe",))
    (found,) = documents(read(tmp_path, "a.csv", f"id;Größe\n{row}\n".encode("cp1252"), fields=fields))
    assert found.data.decode() == row[2:]


def test_what_no_table_takes_is_no_detail(tmp_path: Path) -> None:
    (refused,) = read(tmp_path, "a.jsonl", b'{"id\\ud800": "v"}\n')
    assert isinstance(refused, Rejection) and refused.detail.encode()


def test_a_header_may_be_long_and_blank_lines_may_stand_above_it(tmp_path: Path) -> None:
    question = "How satisfied are you with all that you have had from us in the last twelve months, everything considered, overall?"
    rows = read(tmp_path, "a.csv", f'\n\nid,text,"{question}"\n1,The text.,5\n'.encode())
    assert [row.data for row in documents(rows)] == [b"The text."]


def test_no_line_of_a_mailbox_is_lost(tmp_path: Path) -> None:
    mail = b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: s\nFrom: A <a@b.example>\n\n"
    prose = b"First.\n\nFrom London to Paris it was hot in the summer of 2024\nNote: this stays.\n"
    for start in (b"", b"\xef\xbb\xbf"):
        (found,) = documents(read(tmp_path, "a.mbox", start + mail + prose))
        assert b"London" in found.data and b"Note" in found.data
    assert rejections(read(tmp_path, "a.mbox", b"no mails here")) == [("a.mbox", "undecodable")]
    assert len(read(tmp_path, "a.mbox", b"Before the first.\n\n" + mail + prose)) == 2
    (text,) = documents(read(tmp_path, "a.txt", b"From Berlin, 3 May 2024\nNote: an article.\n\nSecond."))
    assert text.source.path == "a.txt" and text.data.startswith(b"From Berlin")


def test_json_in_wide_characters_and_with_a_text_of_its_own(tmp_path: Path) -> None:
    wide = '{"text": "aé"}\n{"text": "b"}\n'.encode("utf-16")
    for name in ("a.jsonl", "a.json"):
        assert [row.data.decode() for row in documents(read(tmp_path, name, wide))] == ["aé", "b"]
    (found,) = documents(read(tmp_path, "a.json", b'{"text": "own", "items": ["x"]}'))
    assert found.data == b"own"
    for end, reason in ((b"", "truncated"), (b"] trailing", "undecodable")):
        assert rejections(read(tmp_path, "a.json", b'[{"text": "a"}, {"text": "b"}' + end)) == [("a.json", reason)]


def test_a_mail_that_the_standard_library_cannot_parse_stops_nothing(tmp_path: Path) -> None:
    mail = b"From: a@ [ \nSubject: Vote\nMIME-Version: 1.0\n\nThe council voted.\n"
    (refused,) = read(tmp_path, "a.eml", b"Received: x\n" + mail)
    assert isinstance(refused, Rejection) and (refused.source, refused.reason) == ("a.eml", "undecodable")
    assert "UnboundLocalError" in refused.detail
    envelope = b"From a@b.example Mon Jan  1 00:00:00 2024\n"
    rows = read(tmp_path, "a.mbox", envelope + mail + b"\n" + envelope + b"Subject: Bridge\n\nThe bridge.\n")
    assert rejections(rows) == [("a.mbox#1", "undecodable")]
    assert [row.metadata.title for row in documents(rows)] == ["Bridge"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_of_a_zip_archive_stops_nothing(tmp_path: Path, method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", b"The council voted on Tuesday. " * 50)
        archive.writestr("b.txt", b"The bridge.")
    data = bytearray(out.getvalue())
    data[50:60] = bytes(byte ^ 0xFF for byte in data[50:60])
    rows = read(tmp_path, "a.zip", bytes(data))
    assert rejections(rows) == [("a.zip#a.txt", "truncated")]
    assert [row.data for row in documents(rows)] == [b"The bridge."]


@pytest.mark.parametrize("name", ["x.\udcff\udcfe", "x\udcff.txt", "\udcff/.x"])
def test_names_of_members_that_are_not_utf8_reach_no_table(tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", errors="surrogateescape") as archive:
        info = tarfile.TarInfo(name)
        info.size = 5
        archive.addfile(info, io.BytesIO(b"Text."))
    (row,) = read(tmp_path, "a.tar", out.getvalue())
    shown = (row.source.path, "") if isinstance(row, RawDocument) else (row.source, row.reason)
    assert shown[0].startswith("a.tar#") and "".join(shown).encode()


@pytest.mark.parametrize("blank", [b"", b" \n", "", "   ", [], None])
def test_a_blank_page_does_not_hide_a_text(tmp_path: Path, blank: object) -> None:
    table = pa.table({"html": [blank], "content": [" "], "text": ["The council voted."], "title": [" "]})
    pq.write_table(table, tmp_path / "made.parquet")
    (found,) = documents(read(tmp_path, "a.parquet", (tmp_path / "made.parquet").read_bytes()))
    assert (found.data, found.media_type, found.metadata.title) == (b"The council voted.", "text/plain", None)


def test_a_row_whose_fields_are_blank_has_no_text(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.jsonl", json_lines([{"text": " \n", "html": ""}]))
    assert rejections(rows) == [("a.jsonl#1", "no_text")]
    assert isinstance(rows[0], Rejection) and "its field html is empty" in rows[0].detail


@pytest.mark.parametrize("before", ["<!-- made by hand -->", "<?xml-stylesheet href='a.css'?>", ""])
def test_an_entry_without_a_feed_is_read(tmp_path: Path, before: str) -> None:
    data = (
        f'<?xml version="1.0"?>{before}<entry xmlns="http://www.w3.org/2005/Atom"><content>The vote.</content></entry>'
    )
    rows = read(tmp_path, "a.atom", data.encode())
    assert [(row.source.path, row.data) for row in documents(rows)] == [("a.atom#1", b"The vote.")] and len(rows) == 1


def feed(entry: str, head: str = "") -> bytes:
    attributes = 'xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="de"'
    return f"<feed {attributes}>{head}<entry>{entry}<content>The vote.</content></entry></feed>".encode()


def channel(item: str, head: str = "") -> bytes:
    attributes = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    return f"<rss {attributes}><channel>{head}<item>{item}</item></channel></rss>".encode()


def test_times_of_an_entry(tmp_path: Path) -> None:
    first, last = "2024-01-05T10:00:00Z", "2024-01-06T10:00:00Z"
    for entry, times in (
        (f"<updated>{last}</updated><published>{first}</published>", (first, last)),
        (f"<updated>{first}</updated><published>{first}</published>", (first, None)),
        (f"<updated>{last}</updated>", (last, None)),
    ):
        (found,) = documents(read(tmp_path, "a.atom", feed(entry)))
        assert (found.metadata.published, found.metadata.modified) == times


def test_dates_of_entries_and_mails_that_cannot_be_read_are_kept(tmp_path: Path) -> None:
    item = "<description>The vote.</description><pubDate>soon</pubDate><updated>1969-07-20</updated>"
    (found,) = documents(read(tmp_path, "a.rss", channel(item)))
    assert (found.metadata.published, found.metadata.extra) == ("1969-07-20", (("pubDate", "soon"),))
    (found,) = documents(read(tmp_path, "a.eml", b"From: A <a@b.example>\nDate: soon\n\nThe vote.\n"))
    assert found.metadata.extra == (("Date", "soon"),)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('<title type="html">Old &lt;em&gt;bridge&lt;/em&gt; &amp;amp; road</title>', "Old bridge & road"),
        ('<title type="xhtml"><div>Old <em>bridge</em> &amp; road</div></title>', "Old bridge & road"),
        ("<title>In M&auml;rz<!-- a note --></title>", "In M&auml;rz"),
        ("<title>1 &lt; 2 &amp; 3 &gt; 2</title>", "1 < 2 & 3 > 2"),
        ('<title type="html">&lt;?xml version="1.0" encoding="x"?&gt;</title>', None),
        ('<title type="html">&lt;!-- only --&gt;</title>', None),
    ],
)
def test_the_title_of_an_entry_is_text(tmp_path: Path, title: str, text: str | None) -> None:
    data = b'<!DOCTYPE feed [<!ENTITY auml "x">]>' + feed(title)
    (found,) = documents(read(tmp_path, "a.atom", data))
    assert found.metadata.title == text


def test_authors_of_feeds(tmp_path: Path) -> None:
    ann, bo = "<author><name>Ann Lee</name></author>", "<author><name>Bo Ray</name></author>"
    for entry, head, authors in (
        ("", ann, ("Ann Lee",)),
        (bo, ann, ("Bo Ray",)),
        (f"<source>{bo}</source>", ann, ("Bo Ray",)),
        (bo, "", ("Bo Ray",)),
    ):
        (found,) = documents(read(tmp_path, "a.atom", feed(entry, head)))
        assert found.metadata.authors == authors
    item = "<author>red@t.example (Ann Lee)</author><description>The vote.</description>"
    (found,) = documents(read(tmp_path, "a.rss", channel(item)))
    assert found.metadata.authors == ("Ann Lee",)


def test_what_else_an_item_says(tmp_path: Path) -> None:
    item = (
        "<guid isPermaLink='false'>post-7</guid><link>https://a.example/7</link>"
        "<description>&lt;p&gt;In short &amp;amp; plain.&lt;/p&gt;</description>"
        "<content:encoded>&lt;p&gt;The council voted.&lt;/p&gt;</content:encoded>"
        "<enclosure url='https://a.example/7.mp3' type='audio/mpeg'/>"
        "<media:content url='https://a.example/7.jpg' medium='image'><media:credit>AFP</media:credit></media:content>"
        "<media:title>A picture</media:title><title>Vote</title>"
    )
    (found,) = documents(read(tmp_path, "a.rss", channel(item, "<title>Example</title><language>en-us</language>")))
    said = found.metadata
    assert (found.data, said.title) == (b"<p>The council voted.</p>", "Vote")
    assert (said.description, said.declared_language) == ("In short & plain.", "en-us")
    assert said.image == "https://a.example/7.jpg"
    assert said.extra == (("guid", "post-7"), ("enclosure", "https://a.example/7.mp3"))
    (found,) = documents(
        read(tmp_path, "a.atom", feed("<id>urn:7</id><link rel='enclosure' href='https://a.example/7'/>"))
    )
    assert found.metadata.declared_language == "de"
    assert found.metadata.extra == (("id", "urn:7"), ("enclosure", "https://a.example/7"))


def test_a_picture_of_an_item_is_not_its_text(tmp_path: Path) -> None:
    item = (
        "<media:content url='https://a.example/7.jpg'><media:credit>AFP</media:credit></media:content>"
        "<description>The council voted.</description><guid>https://a.example/7</guid>"
    )
    (found,) = documents(read(tmp_path, "a.rss", channel(item)))
    assert found.data == b"The council voted."
    assert (found.metadata.url, found.metadata.description, found.metadata.extra) == ("https://a.example/7", None, ())


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("tags", [{"slug": "x"}], '[{"slug": "x"}]'),
        ("author", {"nick": "jo"}, '{"nick": "jo"}'),
        ("author", [{"name": "Jo Brandt", "mail": "jo@a.example"}], '[{"name": "Jo Brandt", "mail": "jo@a.example"}]'),
        ("section", {"id": 7}, '{"id": 7}'),
        ("title", {"main": "Vote"}, '{"main": "Vote"}'),
        ("title", ["Vote", "A bridge"], '["Vote", "A bridge"]'),
        ("html", 7, "7"),
    ],
)
def test_values_that_are_not_understood_are_kept(tmp_path: Path, field: str, value: object, kept: str) -> None:
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([{"text": "The vote.", field: value}])))
    assert found.metadata.extra == ((field, kept),)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("['Jo Brandt', 'Tim Ort']", ("Jo Brandt", "Tim Ort")),
        ("['Jo O\\'Hara' \"Tim Ort\"]", ("Jo O'Hara", "Tim Ort")),
        ("Jo Brandt\nTim Ort", ("Jo Brandt", "Tim Ort")),
        ({"first_name": "Jo", "last_name": "Brandt"}, ("Jo Brandt",)),
        ([{"@type": "Person", "name": "Jo Brandt"}, {"first": "Tim", "last": "Ort"}], ("Jo Brandt", "Tim Ort")),
        (["Jo Brandt", None, "Tim Ort"], ("Jo Brandt", "Tim Ort")),
        ("[]", ()),
    ],
)
def test_forms_of_authors(tmp_path: Path, value: object, names: tuple[str, ...]) -> None:
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([{"text": "The vote.", "author": value}])))
    assert found.metadata.authors == names and found.metadata.extra == ()


@pytest.mark.parametrize(
    ("said", "names", "extra"),
    [
        ({"author": "Redaktion"}, (), (("author", "Redaktion"),)),
        ({"byline": ["Redaktion", "@jo"]}, (), (("byline", "Redaktion; @jo"),)),
        ({"author": {"name": "Redaktion"}}, (), (("author", "Redaktion"),)),
        ({"author": {"name": "Redaktion", "desk": 7}}, (), (("author", '{"name": "Redaktion", "desk": 7}'),)),
        ({"author": {"name": "Al Bo"}}, ("Al Bo",), ()),
        ({"author": [{"@type": "Person", "name": "Al Bo"}, {"name": "Jo Brandt"}]}, ("Al Bo", "Jo Brandt"), ()),
    ],
)
def test_authors_of_records(tmp_path: Path, said: dict[str, object], names: tuple[str, ...], extra: object) -> None:
    text = {"text": "The king came home on Tuesday and stayed at home."}
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([text | said])))
    document = clean_document(found)
    assert (document.authors, document.extra) == (names, extra)


def test_mails_and_entries_of_nobody_keep_what_they_say(tmp_path: Path) -> None:
    (mail,) = documents(read(tmp_path, "a.eml", b"From: Redaktion <a@b.example>\n\nThe king came home on Tuesday.\n"))
    assert clean_document(mail).extra == (("From", "Redaktion"),)
    item = "<description>The king came home on Tuesday.</description><creator>Redaktion</creator>"
    (entry,) = documents(read(tmp_path, "a.rss", channel(item)))
    assert clean_document(entry).extra == (("creator", "Redaktion"),)


def test_of_several_fields_the_first_that_can_be_read_counts(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "text": "The vote.",
        "published": "soon",
        "date": 1700000000.0,
        "url": "/1",
        "title": float("nan"),
    }
    row |= {"link": "https://a.example/1", "keywords": "town, bridge"}
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([row])))
    said = found.metadata
    assert (said.published, said.url, said.title) == ("2023-11-14T22:13:20+00:00", "https://a.example/1", None)
    assert said.tags == ("town", "bridge")
    assert dict(said.extra) == {"published": "soon", "url": "/1", "title": "NaN"}


def test_what_stands_beside_a_field_inside_a_field_is_kept(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "doc": {"body": "A story.", "by": {"name": "Jo Brandt", "desk": 7}},
        "meta": {"n": {"t": "x"}},
    }
    fields = Fields(text=("doc.body",), authors=("doc.by.name",), title=("meta.n.t",))
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([row]), fields=fields))
    assert found.metadata.extra == (("doc", '{"by": {"desk": 7}}'),)


@pytest.mark.parametrize("sign", ["[", "['", "\\", "['a' ", ", ", "\n"])
def test_hostile_values_of_fields_take_no_time(tmp_path: Path, sign: str) -> None:
    value = ("['" + sign * 100_000)[:100_000]
    began = time.process_time()
    read(tmp_path, "a.jsonl", json_lines([{"text": "The vote.", "author": value, "tags": value, "date": value}]))
    assert time.process_time() - began < 1


def test_a_sender_with_the_family_name_first(tmp_path: Path) -> None:
    mail = b'MIME-Version: 1.0\r\nFrom: "Roe, Jane" <j@b.example>\r\nSubject: Vote\r\n\r\nThe vote.\r\n'
    (found,) = documents(read(tmp_path, "a.eml", mail))
    assert found.metadata.authors == ("Roe, Jane",) and parse_authors(found.metadata.authors) == ("Jane Roe",)


def test_what_a_site_has_for_machines_is_left_alone(tmp_path: Path) -> None:
    plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain"
    untold = b"HTTP/1.1 200 OK"
    names = ["robots.txt", ".well-known/security.txt", "ads.txt", "a/app.JS?v=1", "a/style.css#x"]
    pages = [(f"https://a.example/{name}", head, b"Allow: /") for name in names for head in (plain, untold)]
    pages += [("https://a.example/story.txt", plain, b"The vote."), ("https://a.example/node.js", OK, PAGE)]
    made_of_page = warc([("https://a.example/node.js", b"", b"The vote.")]).replace(b"response", b"conversion", 1)
    data = warc(pages) + made_of_page.replace(b"application/http; msgtype=response", b"text/plain")
    rows = read(tmp_path, "a.warc", data)
    assert {row.reason for row in rows if isinstance(row, Skip)} == {
        f"no text for readers: {name}" for name in ("robots.txt", "security.txt", "ads.txt", "app.JS", "style.css")
    }
    assert [row.metadata.url for row in documents(rows)] == [
        "https://a.example/story.txt", "https://a.example/node.js", "https://a.example/node.js"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrapped",
    [
        {"data": {"items": ROWS}},
        {"response": {"page": {"docs": ROWS}}, "status": "ok"},
        {"hits": {"total": 2, "hits": [{"_id": f"h{n}", "_source": row} for n, row in enumerate(ROWS)]}},
        {"content": ROWS},
        {"documents": [], "stories": ROWS},
        {"related": ROWS[1:], "articles": ROWS[:1], "tags": ["a"]},
    ],
)
def test_lists_in_objects_are_rows(tmp_path: Path, wrapped: object) -> None:
    rows = read(tmp_path, "a.json", json.dumps(wrapped).encode())
    assert [row.source.path for row in documents(rows)] == ["a.json#1", "a.json#2"] and len(rows) == 2
    assert [row.data for row in documents(rows)] == [str(ROWS[0]["text"]).encode(), str(ROWS[1]["html"]).encode()]


def test_a_list_without_texts_beside_the_documents_is_named(tmp_path: Path) -> None:
    wrapped = {"meta": {"links": [{"title": "Bridge"}]}, "articles": ROWS, "tags": ["a"]}
    rows = read(tmp_path, "a.json", json.dumps(wrapped).encode())
    assert len(documents(rows)) == 2
    assert [row.source for row in rows if isinstance(row, Skip)] == ["a.json#meta.links"] and len(rows) == 3
    # Of a file without any text the rows say why.
    rows = read(tmp_path, "a.json", json.dumps({"articles": [{"inhalt": "x"}]}).encode())
    assert rejections(rows) == [("a.json#1", "no_text")]


def test_what_a_hit_says_of_its_document_is_kept(tmp_path: Path) -> None:
    (found,) = documents(
        read(tmp_path, "a.jsonl", json_lines([{"_id": "h1", "_source": {"text": "The vote.", "n": 7}}]))
    )
    assert found.data == b"The vote." and found.metadata.extra == (("_id", "h1"), ("n", "7"))


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_member_without_a_name_is_not_its_archive(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    # A name ends at its first NUL.
    members = {"" if pack is tarred else "nothing": PAGE, "b.txt": b"The vote."}
    rows = read(tmp_path, "a.bin", pack(members).replace(b"nothing", b"\0othing"))
    assert [row.source.path for row in documents(rows)] == ["a.bin#nameless", "a.bin#b.txt"] and len(rows) == 2


def test_half_a_pair_in_the_name_of_a_list(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.json", b'{"articles": [{"text": "The vote."}], "x\\ud800": [{"n": 1}]}')
    assert len(documents(rows)) == 1 and [row.source for row in rows if isinstance(row, Skip)] == ["a.json#x\\ud800"]


FOX = "The quick brown fox jumps over the lazy dog and runs away."


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        (f"1,{FOX}", False),
        ("1,The fox", False),  # the recipe names "column 2"
        ("number,text", True),
        ("number,column 2", True),
    ],
)
def test_a_first_row_that_is_data_is_no_header(tmp_path: Path, first: str, is_header: bool) -> None:
    data = f"{first}\n2,{FOX}\n3,{FOX[4:]}\n".encode()
    found = documents(read(tmp_path, "a.csv", data, fields=Fields(text=("text", "column 2"))))
    assert len(found) == (2 if is_header else 3)


@pytest.mark.parametrize(
    ("name", "data", "tag"),
    [
        ("a.md", b"---\ntitle: Vote\nlang: en\n---\nThe king came home on Tuesday.\n", "en"),
        ("a.md", b'+++\nlanguage = "pt_br"\n+++\nThe king came home on Tuesday.\n', "pt-BR"),
        ("a.json", b'{"text": "The king came home on Tuesday.", "inLanguage": ["de-AT"]}', "de-AT"),
        ("a.csv", b"text,lang\nThe king came home on Tuesday.,zh-hant-tw\n", "zh-Hant-TW"),
    ],
)
def test_a_stated_language_is_declared(tmp_path: Path, name: str, data: bytes, tag: str) -> None:
    (found,) = documents(read(tmp_path, name, data))
    document = clean_document(found)
    assert (document.declared_language, document.extra) == (tag, ())
    assert [one.source for one in document.metadata_sources if one.field == "declared_language"] == ["record"]


def test_the_recipe_names_the_field_of_the_language(tmp_path: Path) -> None:
    fields = Fields(language=("meta.tongue", "lang"))
    row: dict[str, object] = {"text": "The vote.", "meta": {"tongue": "English"}, "lang": "en"}
    (found,) = documents(read(tmp_path, "a.jsonl", json_lines([row]), fields=fields))
    assert found.metadata.declared_language == "en"
    assert dict(found.metadata.extra) == {"meta": '{"tongue": "English"}'}


def test_days_and_languages_that_a_record_states(tmp_path: Path) -> None:
    rows = [
        {"text": FOX, "date": "1850-01-02", "lang": "pt_BR"},
        {"text": FOX, "date": "0001-01-01", "language": "English"},
    ]
    old, none = documents(read(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)).encode()))
    assert (old.metadata.published, old.metadata.declared_language, old.metadata.extra) == ("1850-01-02", "pt_BR", ())
    assert (none.metadata.published, none.metadata.declared_language) == (None, None)
    assert dict(none.metadata.extra) == {"date": "0001-01-01", "language": "English"}
