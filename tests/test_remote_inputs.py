"""Inputs in a bucket of S3 or of Google, read from real servers."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
import tarfile
import threading
import zipfile
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.errors import BadCall
from cleaning.ingest import find_sources, read_source
from cleaning.ingest.places import hide_credentials, open_place, without_credentials
from cleaning.publish.index import IndexedSource
from cleaning.publish.manifest import read_manifest
from cleaning.recipe import Fields, Limits, Recipe
from cleaning.records import RawDocument, Reason, Rejection
from flows import planning, steps
from flows.cli_try import try_
from tests.running import run_steps
from tests.samples import PAGE, STORY
from tests.store import Bucket, delete_at_google, google_server, put_at_google

TABLES = ("documents", "removals", "relations", "quarantine", "sources", "templates")


def write_all_kinds(folder: Path) -> None:
    """One file of every kind of stream: read from the front, from the end, packed, and broken off."""
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(f"{STORY[0]}\n© 2024 Example News. All rights reserved.\n")
    (folder / "sub/page.html").write_text(PAGE)
    (folder / "sub/notes.pdf").write_text("x")
    (folder / "old").mkdir()
    (folder / "old/gone.txt").write_text(STORY[1])
    (folder / ".cleaningignore").write_text("old/\n")
    rows = [{"text": f"{STORY[number % 3]} It is row {number}."} for number in range(5)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "rows.jsonl.gz").write_bytes(gzip.compress((folder / "rows.jsonl").read_bytes()))
    pq.write_table(pa.Table.from_pylist(rows), folder / "rows.parquet")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.writestr("in/page.html", PAGE)
        archive.writestr("in/story.txt", STORY[2])
    with tarfile.open(folder / "pages.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("story.txt")
        info.size = len(STORY[1])
        tar.addfile(info, io.BytesIO(STORY[1].encode()))
    (folder / "broken.zip").write_bytes((folder / "pages.zip").read_bytes()[:-40])


def rows_of(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(out / "published/latest" / table).to_table().to_pylist()
    # Times differ, and a remote container is not fetched once more to tell what its bytes are.
    others = ("ingested_at", "modified_ns", *(["raw_sha256"] if table == "sources" else []))
    return [{key: value for key, value in row.items() if key not in others} for row in found]


def addresses(*inputs: str) -> list[str]:
    return [source.path for source, _ in find_sources(inputs).sources]


def test_rows_are_those_of_a_local_run(bucket: Bucket, tmp_path: Path) -> None:
    write_all_kinds(tmp_path / "in")
    bucket.upload(tmp_path / "in", "crawl/in")
    run_steps([f"x={tmp_path}/in"], tmp_path / "local")
    run_steps([f"x=s3://{bucket.name}/crawl/in"], tmp_path / "remote")
    assert len(rows_of(tmp_path / "local", "documents")) > 15
    for table in TABLES:
        assert rows_of(tmp_path / "remote", table) == rows_of(tmp_path / "local", table), table


def test_rows_from_google_are_those_of_a_local_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    # Without this its driver first asks a service that emulators do not have, for a minute.
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    folder = tmp_path / "in"
    write_all_kinds(folder)
    names = {path: f"crawl/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}
    with google_server() as address:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        fsspec.get_filesystem_class("gs").clear_instance_cache()
        for path, name in names.items():
            put_at_google(address, name, path.read_bytes())
        runs = ((f"x={folder}", tmp_path / "local"), ("x=gs://news/crawl", tmp_path / "remote"))
        for place, out in runs:
            run_steps([place], out)
        assert len(rows_of(tmp_path / "local", "documents")) > 15
        (folder / "a.txt").write_text(f"{STORY[2]}\n© 2024 Example News. All rights reserved.\n")
        put_at_google(address, "crawl/a.txt", (folder / "a.txt").read_bytes())
        (folder / "sub/page.html").unlink()
        delete_at_google(address, "crawl/sub/page.html")
        for place, out in runs:
            first = out / "published/latest"
            before = first.resolve()
            run_steps([place], out)
            assert first.resolve() != before
    for table in TABLES:
        assert rows_of(tmp_path / "remote", table) == rows_of(tmp_path / "local", table), table


def test_outputs_of_other_runs_are_not_read(bucket: Bucket) -> None:
    names = ("a.txt", "news/published/latest.json", "news/published/snapshots/1/README.md", "sub/published/b.txt")
    for key in names:
        bucket.put(f"in/{key}", "A story.")
    found = find_sources([f"x=s3://{bucket.name}/in"])
    assert [source.path for source, _ in found.sources] == ["x/a.txt", "x/sub/published/b.txt"]
    assert [(row.source, row.reason) for row in found.skips] == [("x/news/published/", "output of a run")]


def test_addresses_are_stable(bucket: Bucket, tmp_path: Path) -> None:
    for key in (
        "in/a.txt",
        "in/sub/b.html",
        "in/sub/odd?p=1.txt",
        "in/.hidden/c.txt",
        "in/mark/",
        "in/[x].txt",
        "d.txt",
    ):
        bucket.put(key, "A story.")
    base = f"s3://{bucket.name}"
    everything = [f"{base}/in/{name}" for name in ("[x].txt", "a.txt", "sub/b.html", "sub/odd?p=1.txt")]
    assert addresses(f"{base}/in") == addresses(f"{base}/in/") == addresses(f"s3a://{bucket.name}/in") == everything
    assert addresses(f"s3://KEY:se%2Fcret@{bucket.name}/in") == everything
    assert addresses(base, f"{base}/in/a.txt") == [f"{base}/d.txt", *everything]
    assert addresses(f"{base}/in/a.txt") == [f"{base}/in/a.txt"]
    assert addresses(f"{base}/in/[x].txt") == [f"{base}/in/[x].txt"]
    assert addresses(f"{base}/in/a*") == [f"{base}/in/a.txt"]
    assert addresses(f"{base}/in/**/*.html", f"{base}/in/s*") == everything[2:]
    assert addresses(f"news={base}/in/sub") == ["news/b.html", "news/odd?p=1.txt"]
    (tmp_path / "list.txt").write_text(f"{base}/in/a.txt\nold={base}/d.txt\n")
    assert addresses(f"@{tmp_path}/list.txt") == ["old/d.txt", f"{base}/in/a.txt"]
    assert addresses((tmp_path / "list.txt").as_uri()) == ["list.txt"]


def test_what_is_not_there_is_said(bucket: Bucket) -> None:
    bucket.put("in/a.txt", "A story.")
    for address, said in (
        (f"s3://{bucket.name}/none", "no such file or folder"),
        ("s3://no-such-bucket/in", "no such file or folder"),
        (f"s3://{bucket.name}/in/*.zip", "no file or folder fits"),
        ("foo://bucket/in", "is no kind of address"),
    ):
        with pytest.raises(BadCall, match=said):
            find_sources([address])


def test_a_server_that_gives_out_no_parts_is_read_all_the_same(tmp_path: Path) -> None:
    """Python's own web server sends the whole file whatever part is asked for."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A reader may hang up."""

    data = random.Random(0).randbytes(9 << 20)
    (tmp_path / "crawl.bin").write_bytes(data)
    with Server(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with open_place(f"http://127.0.0.1:{server.server_port}/crawl.bin") as file:
            assert file.read(5 << 20) == data[: 5 << 20]
            assert file.read() == data[5 << 20 :]
            assert file.seek(-100, io.SEEK_END) == len(data) - 100 and file.read() == data[-100:]
            assert file.seek(10) == 10 and file.read(7) == data[10:17]
        server.shutdown()


@pytest.mark.parametrize(("extra", "driver"), [("s3", "s3fs"), ("gs", "gcsfs")])
def test_without_the_extra_it_is_named(extra: str, driver: str) -> None:
    code = (
        f"import sys; sys.modules['{driver}'] = None\n"
        f"from cleaning.ingest import find_sources\nfind_sources(['{extra}://b/in'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"Run: pip install 'content-cleaning[{extra}]'" in found.stderr


def test_only_what_changed_is_read_again(bucket: Bucket, tmp_path: Path) -> None:
    for number in range(4):
        bucket.put(f"in/{number}.txt", f"{STORY[number % 3]} It is story {number}.")
    inputs, out = [f"s3://{bucket.name}/in"], tmp_path / "out"
    assert run_steps(inputs, out) is not None
    assert run_steps(inputs, out) is None, "nothing changed"
    # As long as before, and within the same second.
    bucket.put("in/1.txt", f"{STORY[1]} It is story 9.")
    bucket.delete("in/2.txt")
    bucket.put("in/new.txt", f"{STORY[2]} It is new.")
    assert run_steps(inputs, out) is not None
    counts = read_manifest((out / "published/latest").resolve()).counts
    assert (counts.new, counts.unchanged, counts.gone) == (2, 2, 1)
    run_steps(inputs, tmp_path / "full")
    for table in TABLES:
        assert rows_of(out, table) == rows_of(tmp_path / "full", table), table


def test_what_vanishes_while_it_is_read_waits_in_quarantine(bucket: Bucket, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        bucket.put(f"in/{name}", f"{STORY[0]} It is {name}.")
    inputs, out = [f"s3://{bucket.name}/in"], tmp_path / "out"
    plan = steps.plan_run(inputs, out, Recipe(), full=False)
    bucket.delete("in/a.txt")
    for chunk in plan.chunks:
        steps.clean_chunk(chunk)
    assert steps.find_templates(plan.staging) == ()
    steps.assemble(plan.staging)
    assert steps.check(plan.staging).passed
    steps.publish(plan.staging)
    (row,) = rows_of(out, "quarantine")
    assert (row["source"], row["reason"]) == (f"s3://{bucket.name}/in/a.txt", "vanished")
    bucket.put("in/a.txt", f"{STORY[0]} It is a.txt.")
    assert run_steps(inputs, out) is not None
    assert rows_of(out, "quarantine") == []


def large_zip(members: int) -> bytes:
    rng, data = random.Random(1), io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(members):
            archive.writestr(f"{number:03}.txt", rng.randbytes(500_000).hex())
    return data.getvalue()


def test_an_archive_that_changes_while_it_is_read(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("in/large.zip", large_zip(20))
    ((source, place),) = find_sources([f"s3://{bucket.name}/in"]).sources
    reader = read_source(source, place, Limits(), Fields())
    first = [next(reader) for _ in range(2)]
    bucket.put("in/large.zip", large_zip(21))
    *more, last = list(reader)
    assert all(isinstance(item, RawDocument) for item in [*first, *more]) and len(more) < 18
    assert isinstance(last, Rejection) and (last.id, last.reason) == (source.id, Reason.UNREADABLE)
    assert bucket.endpoint not in last.detail


def test_a_record_of_a_remote_file_by_its_address(bucket: Bucket, capsys: pytest.CaptureFixture[str]) -> None:
    bucket.put("in/dump.jsonl", "\n".join(f'{{"text": "{story}"}}' for story in STORY))
    place = f"s3://{bucket.name}/in/dump.jsonl"
    assert try_(f"{place}#2", everything=True) == 0
    shown = capsys.readouterr().out
    assert f"── {place}#2 " in shown and STORY[1] in shown and STORY[0] not in shown
    with pytest.raises(BadCall, match="there is no such record"):
        try_(f"{place}#20")
    with pytest.raises(BadCall, match="no such file or folder"):
        try_(f"s3://{bucket.name}/in/none.jsonl#2")


def test_what_could_not_be_read_is_tried_as_soon_as_it_can(bucket: Bucket) -> None:
    bucket.put("a.txt", STORY[0])
    ((source, place),) = find_sources([f"s3://{bucket.name}/a.txt"]).sources
    row = IndexedSource(place, "quarantined", "unreadable", source.size_bytes, source.modified_ns)
    assert not planning._is_unchanged(row, source, place)
    # What still cannot be read would be rejected again: a scheduled run has nothing to publish.
    bucket.delete("a.txt")
    assert planning._is_unchanged(row, source, place)


def test_memory_does_not_grow_with_an_archive(bucket: Bucket) -> None:
    bucket.put("small.zip", large_zip(4))
    bucket.put("large.zip", large_zip(30))
    code = (
        "import resource, sys\nfrom cleaning.ingest import find_sources, read_source\n"
        "from cleaning.recipe import Fields, Limits\n"
        "((source, place),) = find_sources([sys.argv[1]]).sources\n"
        "n = sum(len(item.data) for item in read_source(source, place, Limits(), Fields()))\n"
        "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for name, members in (("small", 4), ("large", 30)):
        command = [sys.executable, "-c", code, f"s3://{bucket.name}/{name}.zip"]
        read, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert int(read) == members * 1_000_000
        peaks.append(int(peak))
    assert peaks[1] - peaks[0] < 20_000, f"{peaks} kB"


def test_a_page_by_its_signed_address(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("in/page.html", PAGE)
    signed = bucket.client.generate_presigned_url("get_object", Params={"Bucket": bucket.name, "Key": "in/page.html"})
    assert "Signature=" in signed
    plain = signed.partition("?")[0]
    ((source, place),) = find_sources([signed]).sources
    assert source.path == place == plain
    (raw,) = read_source(source, place, Limits(), Fields())
    assert isinstance(raw, RawDocument) and raw.data == PAGE.encode()


secrets = st.text("abcXYZ019/+=@:?&", min_size=8, max_size=30)


@settings(max_examples=60)
@given(key=st.from_regex(r"AKIA[A-Z0-9]{8,16}", fullmatch=True), secret=secrets, quoted=st.booleans())
def test_no_secret_stays_in_an_address(key: str, secret: str, quoted: bool) -> None:
    from urllib.parse import quote

    written = quote(secret, safe="") if quoted else secret
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTENT_CLEANING_CREDENTIALS", "")
        try:
            shown = without_credentials(f"s3://{key}:{written}@bucket/in/a.txt")
        except BadCall as error:
            assert not quoted
            shown = str(error)
        else:
            assert shown == "s3://bucket/in/a.txt"
            assert secret not in hide_credentials(f"boto says {secret} of {key} is wrong")
        told = hide_credentials(f"s3://{key}:{written}@bucket/in/a.txt is wrong")
        assert all(one not in said for one in (key, secret, written) for said in (shown, told))


def test_a_query_is_part_of_an_address_unless_it_lets_somebody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONTENT_CLEANING_CREDENTIALS", raising=False)
    pages = [without_credentials(f"https://example.com/article?id={n}#top") for n in range(3)]
    assert pages == [f"https://example.com/article?id={n}" for n in range(3)]
    signed = "https://example.com/a.txt?X-Amz-Signature=0123456789abcdef&X-Amz-Expires=60"
    assert without_credentials(signed) == "https://example.com/a.txt"
    with pytest.raises(BadCall, match="differ in their credentials") as refused:
        without_credentials(signed.replace("0123", "4567"))
    assert "89abcdef" not in str(refused.value)


def test_more_signatures_than_a_process_can_be_told_of_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONTENT_CLEANING_CREDENTIALS", raising=False)
    with pytest.raises(BadCall, match="several runs"):
        for number in range(2_000):
            without_credentials(f"https://example.com/{number}?sig={'0' * 300}")


def test_an_object_of_a_time_that_no_table_holds_is_read(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/future/a.txt", STORY[0].encode())
    system.store["/future/a.txt"].created = datetime(2300, 1, 1, tzinfo=UTC)
    assert run_steps(["memory://future"], tmp_path / "out") is not None
    assert run_steps(["memory://future"], tmp_path / "out") is None
