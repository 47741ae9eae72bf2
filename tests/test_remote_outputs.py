"""Outputs in an S3 bucket, written to a real server: whole or absent, one writer wins, nothing left behind."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.dataset as ds
import pytest

from cleaning.errors import BadCall, BrokenSnapshot
from cleaning.publish.manifest import MANIFEST, Manifest
from cleaning.publish.verify import verify_snapshot
from cleaning.recipe import Recipe
from flows.cli import run_command
from flows.lock import output_lock
from flows.mirror import begin_from, open_view
from flows.pointer import POINTER, Pointer, PublishedMeanwhile
from flows.remote import RemoteOutput
from flows.settings import RunRequest, output_of
from tests.running import run_steps
from tests.samples import STORY
from tests.store import KEY, SECRET, Bucket, publish
from tests.test_remote_inputs import TABLES, rows_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"{STORY[number % 3]} It is story {number}.\n© 2024 Example News.\n")
    (folder / "empty.txt").write_text("")
    return folder


def change(folder: Path, number: int) -> None:
    (folder / "changed.txt").write_text(f"{STORY[0]} It was changed {number} times.\n")


def read_corpus(bucket: Bucket, folder: Path, prefix: str = "corpus") -> Path:
    """What a reader sees now, as an output folder of this machine; it is verified."""
    pointer = json.loads(bucket.get(f"{prefix}/{POINTER}"))
    whole = bucket.download(f"{prefix}/{pointer['path']}", folder / "seen")
    assert [finding for finding in verify_snapshot(whole) if finding.fault] == []
    out = folder / f"reader-{time.monotonic_ns()}"
    (out / "published").mkdir(parents=True)
    (out / "published/latest").symlink_to(whole)
    return out


def assert_same_rows(one: Path, other: Path) -> None:
    for table in TABLES:
        assert rows_of(one, table) == rows_of(other, table), table


def whole_snapshots(bucket: Bucket) -> list[str]:
    return sorted({key.split("/")[3] for key in bucket.names("corpus/published/snapshots/")})


def test_runs_end_in_the_rows_of_local_runs(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    place = f"s3://{bucket.name}/corpus"
    bucket.upload(folder, "raw")
    assert publish([f"x=s3://{bucket.name}/raw"], place) is not None
    assert publish([f"x=s3://{bucket.name}/raw"], place) is None, "nothing changed"
    change(folder, 1)
    (folder / "0.txt").unlink()
    bucket.put("raw/changed.txt", (folder / "changed.txt").read_bytes())
    bucket.delete("raw/0.txt")
    published = publish([f"x=s3://{bucket.name}/raw"], place)
    assert published is not None and "snapshots/" in published.summary and f"`{place}/published" in published.summary
    run_steps([f"x={folder}"], tmp_path / "local")
    assert_same_rows(read_corpus(bucket, tmp_path), tmp_path / "local")
    pointer = json.loads(bucket.get(f"corpus/{POINTER}"))
    assert pointer["kept"] == whole_snapshots(bucket) and len(pointer["kept"]) == 2
    manifest = Manifest.model_validate_json(bucket.get(f"corpus/{pointer['path']}/{MANIFEST}"))
    assert (manifest.counts.new, manifest.counts.gone) == (1, 1)


def test_another_machine_goes_on_from_what_is_published(
    bucket: Bucket, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"s3://{bucket.name}/corpus"
    publish([str(folder)], place)
    monkeypatch.setenv("CONTENT_CLEANING_WORK", str(tmp_path / "elsewhere"))
    assert publish([str(folder)], place) is None
    change(folder, 1)
    assert publish([str(folder)], place) is not None
    monkeypatch.setenv("CONTENT_CLEANING_WORK", str(tmp_path / "remote-work"))
    assert publish([str(folder)], place) is None
    # A copy on this machine that was damaged is fetched again.
    documents = next((output_of(place)[1] / "published/latest/documents").iterdir())
    documents.write_bytes(b"x")
    assert publish([str(folder)], place) is None
    assert_same_rows(output_of(place)[1], read_corpus(bucket, tmp_path))


def begun(place: str, folder: Path, keep: int = 5) -> Callable[[], object]:
    """A run that has finished everything but its upload, which is what is returned."""
    request = RunRequest.of([str(folder)], place)
    remote = RemoteOutput(request.remote)
    with output_lock(request.out):
        base = begin_from(remote, request.out, keep)
        published = run_steps(request.inputs, request.out)
    assert published is not None
    return lambda: remote.push(published.snapshot, base, keep)


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_runs_the_second_is_refused(
    is_first: bool, bucket: Bucket, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"s3://{bucket.name}/corpus"
    if not is_first:
        publish([str(folder)], place)
    change(folder, 1)
    push = begun(place, folder)
    monkeypatch.setenv("CONTENT_CLEANING_WORK", str(tmp_path / "elsewhere"))
    change(folder, 2)
    publish([str(folder)], place)
    before = bucket.get(f"corpus/{POINTER}")
    with pytest.raises(
        PublishedMeanwhile, match=r"another run published there meanwhile; nothing was published\. Run ag"
    ):
        push()
    assert bucket.get(f"corpus/{POINTER}") == before
    assert whole_snapshots(bucket) == json.loads(before)["kept"], "what the refused run uploaded is gone"
    monkeypatch.setenv("CONTENT_CLEANING_WORK", str(tmp_path / "remote-work"))
    change(folder, 3)
    assert publish([str(folder)], place) is not None
    run_steps([str(folder)], tmp_path / "local")
    assert_same_rows(read_corpus(bucket, tmp_path), tmp_path / "local")


PUSH = """
import os, signal, sys
from pathlib import Path
from flows.remote import RemoteOutput
remote, step = RemoteOutput(sys.argv[1]), int(sys.argv[3])
base = remote.read_pointer()
def count(event, arguments):
    global step
    if event == "open" and sys.argv[2] in str(arguments[0]):
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
print("begun", flush=True)
remote.push(Path(sys.argv[2]), base, 5)
"""


def killed_push(place: str, snapshot: Path, *, step: int = 0, after_seconds: float = 30) -> float | None:
    """Uploads in a process that is killed at the n-th file it opens, or after a while; the seconds if it was not."""
    command = [sys.executable, "-c", PUSH, place, str(snapshot), str(step)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    began = time.monotonic()
    try:
        process.wait(after_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.stdout.close()
    return time.monotonic() - began if process.wait() == 0 else None


def test_killed_uploads_are_never_seen_and_the_next_run_goes_on(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    place = f"s3://{bucket.name}/corpus"
    publish([str(folder)], place)
    out = output_of(place)[1]
    old = bucket.get(f"corpus/{POINTER}")
    change(folder, 1)
    begun(place, folder)
    left = (out / "published/latest").resolve()
    # Files that did not change are copied by the store: few are opened.
    for step in (1, 2, 4, 5):
        assert killed_push(place, left, step=step) is None
        assert bucket.get(f"corpus/{POINTER}") == old
        read_corpus(bucket, tmp_path)
    # The next run publishes what was finished, and goes on from there.
    assert publish([str(folder)], place) is None
    pointer = json.loads(bucket.get(f"corpus/{POINTER}"))
    assert pointer["snapshot"] == left.name and whole_snapshots(bucket) == pointer["kept"]
    run_steps([str(folder)], tmp_path / "local")
    assert_same_rows(read_corpus(bucket, tmp_path), tmp_path / "local")


def test_uploads_killed_at_random_moments(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    place, rng = f"s3://{bucket.name}/corpus", random.Random(7)
    publish([str(folder)], place)
    out = output_of(place)[1]
    change(folder, 0)
    begun(place, folder)
    wall = killed_push(place, (out / "published/latest").resolve())
    assert wall is not None
    ends = []
    for number in range(1, 4):
        change(folder, number)
        begun(place, folder)
        before = json.loads(bucket.get(f"corpus/{POINTER}"))["snapshot"]
        left = (out / "published/latest").resolve()
        # The first one early: on a busy machine all others may come too late.
        killed_push(place, left, after_seconds=wall * (0.1 if number == 1 else rng.uniform(0, 1)))
        now = json.loads(bucket.get(f"corpus/{POINTER}"))["snapshot"]
        assert now in (before, left.name)
        ends.append(now == left.name)
        read_corpus(bucket, tmp_path)
    assert not all(ends), "some were killed before they ended"
    publish([str(folder)], place)
    change(folder, 99)
    time.sleep(1.1)  # the store's times are whole seconds
    publish([str(folder)], place)
    assert whole_snapshots(bucket) == json.loads(bucket.get(f"corpus/{POINTER}"))["kept"]
    run_steps([str(folder)], tmp_path / "local")
    assert_same_rows(read_corpus(bucket, tmp_path), tmp_path / "local")


def test_old_snapshots_and_what_dead_uploads_left_are_cleared(
    bucket: Bucket, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"s3://{bucket.name}/corpus"
    for name in ("dead-one/documents/a.parquet", "zz-dead/manifest.json"):
        bucket.put(f"corpus/published/snapshots/{name}", "x")
    time.sleep(1.1)
    kept = []
    for number in range(3):
        change(folder, number)
        published = publish([str(folder)], place, Recipe(keep_snapshots=2))
        assert published is not None
        kept.append(published.snapshot.name)
    assert whole_snapshots(bucket) == kept[1:]
    # An upload that goes on when the pointer is written is left alone.
    move_pointer = RemoteOutput.move_pointer

    def and_an_upload_goes_on(output: RemoteOutput, wanted: Pointer, base: Pointer | None) -> Pointer:
        written = move_pointer(output, wanted, base)
        bucket.put("corpus/published/snapshots/alive/documents/a.parquet", "x")
        return written

    monkeypatch.setattr(RemoteOutput, "move_pointer", and_an_upload_goes_on)
    assert run_command(["snapshots", "prune", place, "--keep", "1"]) == 0
    assert whole_snapshots(bucket) == [kept[2], "alive"]


def test_commands(bucket: Bucket, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = f"s3://{bucket.name}/corpus"
    assert run_command(["status", place]) == 2
    assert "nothing is published there yet" in capsys.readouterr().err
    publish([str(folder)], place)
    change(folder, 1)
    publish([str(folder)], place)
    for command, said in (
        (["status", place], f"cleaning retry {place}"),
        (["snapshots", "list", place], "2 snapshots"),
        (["snapshots", "diff", "previous", "latest", "--data", place], "+ changed.txt\n"),
        (["show", "changed.txt", "--data", place], "It was changed 1 times."),
        (["explain", "1.txt", "--data", place], "Example News"),
        (["verify", place], "whole and sound"),
    ):
        assert run_command(command) == 0, capsys.readouterr().err
        assert said in capsys.readouterr().out, command
    pointer = json.loads(bucket.get(f"corpus/{POINTER}"))
    damaged = next(key for key in bucket.names(f"corpus/{pointer['path']}/documents"))
    whole = bucket.get(damaged)
    bucket.put(damaged, whole[:-1] + b"x")
    assert run_command(["verify", place]) == 1
    assert "changed since published" in capsys.readouterr().out


def test_places_that_cannot_be_published_in(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    for place, said in (
        ("https://example.com/corpus", "in an S3 bucket"),
        ("s3://no-such-bucket-here/corpus", "no such file or folder"),
    ):
        with pytest.raises(BadCall, match=said):
            publish([str(folder)], place)
    with pytest.raises(BadCall, match="is part of the output"):
        publish([f"s3://{bucket.name}/corpus/published/snapshots"], f"s3://{bucket.name}/corpus")


def test_names_from_a_store_stay_in_their_folder(bucket: Bucket, folder: Path) -> None:
    place = f"s3://{bucket.name}/corpus"
    publish([str(folder)], place)
    path = json.loads(bucket.get(f"corpus/{POINTER}"))["path"]
    manifest = json.loads(bucket.get(f"corpus/{path}/{MANIFEST}"))
    manifest["files"][0]["path"] = "../../../outside"
    bucket.put(f"corpus/{path}/{MANIFEST}", json.dumps(manifest))
    with pytest.raises(BrokenSnapshot, match="names a file that is not in it"):
        open_view(place)
    bucket.put(f"corpus/{POINTER}", json.dumps({"snapshot": "../x", "path": "x", "kept": ["../x"]}))
    with pytest.raises(BrokenSnapshot, match="is not what a run wrote"):
        open_view(place)


def test_the_output_in_the_input_is_not_read(bucket: Bucket, folder: Path) -> None:
    place = f"s3://{bucket.name}"
    bucket.upload(folder, "raw")
    publish([place], place)
    assert publish([place], place) is None
    documents = ds.dataset(output_of(place)[1] / "published/latest/documents").to_table(columns=["source"])
    assert all(source.startswith(f"{place}/raw/") for source in documents["source"].to_pylist())


def test_the_command_from_a_bucket_to_a_bucket_shows_no_credentials(
    bucket: Bucket, folder: Path, tmp_path: Path
) -> None:
    from urllib.parse import quote

    bucket.upload(folder, "raw")
    signed = bucket.client.generate_presigned_url("get_object", Params={"Bucket": bucket.name, "Key": "raw/1.txt"})
    login = f"{KEY}:{quote(SECRET, safe='')}"
    (tmp_path / "list.txt").write_text(f"s3://{login}@{bucket.name}/raw/2.txt\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_A", "AWS_S", "PREFECT"))}
    environment = kept | {"AWS_ENDPOINT_URL": bucket.endpoint, "PREFECT_HOME": str(tmp_path / "prefect")}
    place = f"s3://{login}@{bucket.name}/corpus"
    base = [sys.executable, "-m", "flows"]

    def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [*base, *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False, **options
        )

    lines = f"x=s3://{login}@{bucket.name}/raw\nsigned={signed}\n"
    first = run("run", "-", f"@{tmp_path}/list.txt", "--out", place, "--verbose", input=lines)
    assert first.returncode == 0, first.stderr
    wrong = run("run", f"s3://{login}@no-such-bucket/raw", "--out", place, "--verbose")
    odd = run("run", f"s3://{KEY}:{SECRET}@{bucket.name}/raw", "--out", place, "--no-such-option", login)
    assert (wrong.returncode, odd.returncode) == (2, 2) and "no such file or folder" in wrong.stderr
    said = "".join(one.stdout + one.stderr for one in (first, wrong, odd))
    assert f"Published 8 documents: s3://{bucket.name}/corpus/published/snapshots/" in said
    forbidden = [KEY, SECRET, quote(SECRET, safe=""), re.search(r"Signature=([^&]+)", signed)[1]]  # type: ignore[index]
    (tmp_path / "list.txt").unlink()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    contents = [said.encode(), *(path.read_bytes() for path in files), *(bucket.get(key) for key in bucket.names())]
    names = "\n".join([*map(str, files), *bucket.names()])
    assert any("prefect" in str(path) for path in files) and len(contents) > 20
    for secret in forbidden:
        assert secret not in names
        assert [content[:80] for content in contents if secret.encode() in content] == []
    sources = [row["source"] for row in rows_of(read_corpus(bucket, tmp_path), "documents")]
    assert sorted(sources) == sorted(
        [*(f"x/{number}.txt" for number in range(6)), "signed/1.txt", f"s3://{bucket.name}/raw/2.txt"]
    )


def test_the_readme_says_how_a_consumer_finds_the_snapshot(bucket: Bucket, folder: Path) -> None:
    publish([str(folder)], f"s3://{bucket.name}/corpus")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if "latest.json" in block]
    names: dict[str, Any] = {}
    exec(compile(block.replace("s3://corpora/news", f"s3://{bucket.name}/corpus"), "README.md", "exec"), names)
    assert len(names["documents"]) == 6 and names["texts"].collect().height == 6 and names["count"] == 6


class Forgetful(BaseHTTPRequestHandler):
    """Hands requests on to the server, without their conditions: as some stores do."""

    endpoint = ""

    def hand_on(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("if-")}
        request = urllib.request.Request(self.endpoint + self.path, data or None, headers, method=self.command)
        try:
            with urllib.request.urlopen(request) as answer:
                self.answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.headers, error.read())

    def answer(self, status: int, headers: Message, data: bytes) -> None:
        self.send_response(status)
        for name in ("ETag", "Content-Type", "Last-Modified"):
            if headers.get(name):
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = hand_on  # noqa: N815


def test_a_store_that_keeps_no_conditions_is_refused(
    bucket: Bucket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Forgetful.endpoint = bucket.endpoint
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Forgetful)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{proxy.server_port}")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    try:
        with pytest.raises(BadCall, match="does not keep conditions on writes"):
            publish([str(folder)], f"s3://{bucket.name}/corpus")
        assert bucket.names() == []
    finally:
        proxy.shutdown()
        proxy.server_close()
        fsspec.get_filesystem_class("s3").clear_instance_cache()
