"""Servers of S3 and of Google's storage on loopback, processes beside the tests, and runs from and to them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from cleaning.recipe import Recipe
from flows import steps
from flows.lock import output_lock
from flows.mirror import begin_from
from flows.remote import RemoteOutput
from flows.settings import RunRequest
from tests.running import run_steps

KEY, SECRET = "AKIATESTTESTTEST", "testsecret/with+signs=1234"


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server that ends with this."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"Running on (http://127\.0\.0\.1:\d+)", line):
                # What it logs from now on must not fill the pipe.
                subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
                yield found[1]
                return
        raise RuntimeError("moto's server did not start")
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Bucket:
    """A bucket of one test's own; ``client`` is boto3's, which is not what the product uses."""

    name: str
    endpoint: str
    client: Any

    def put(self, key: str, data: bytes | str) -> None:
        self.client.put_object(Bucket=self.name, Key=key, Body=data)

    def get(self, key: str) -> bytes:
        data: bytes = self.client.get_object(Bucket=self.name, Key=key)["Body"].read()
        return data

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=key)

    def names(self, prefix: str = "") -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", ())]

    def upload(self, folder: Path, prefix: str) -> None:
        for path in folder.rglob("*"):
            if path.is_file():
                self.put(f"{prefix}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def download(self, prefix: str, folder: Path) -> Path:
        for key in self.names(prefix):
            path = folder / key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.get(key))
        return folder / prefix


def publish(inputs: Sequence[str], place: str, recipe: Recipe | None = None) -> steps.Published | None:
    """What a run into a remote place does, without Prefect and worker processes."""
    recipe = recipe or Recipe()
    request = RunRequest.of(inputs, place)
    with output_lock(request.out):
        remote = RemoteOutput(request.remote)
        base = begin_from(remote, request.out, recipe.keep_snapshots)
        published = run_steps(request.inputs, request.out, recipe)
        if published is not None:
            remote.push(published.snapshot, base, recipe.keep_snapshots)
    return published


@contextmanager
def google_server() -> Iterator[str]:
    """The address of a server of Google Cloud Storage's interface, with a bucket "news", that ends with this."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("gcp-storage-emulator")
    options = ["--host", "127.0.0.1", "--port", str(port), "--in-memory", "--default-bucket", "news"]
    process = subprocess.Popen([program, "start", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with suppress(OSError), urlopen(f"{address}/storage/v1/b/news"):
                break
            time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def put_at_google(address: str, name: str, data: bytes) -> None:
    """Writes an object by the server's own interface, not by what the product reads with."""
    query = urlencode({"uploadType": "media", "name": name})
    with urlopen(Request(f"{address}/upload/storage/v1/b/news/o?{query}", data, method="POST")):
        pass


def delete_at_google(address: str, name: str) -> None:
    with urlopen(Request(f"{address}/storage/v1/b/news/o/{quote(name, safe='')}", method="DELETE")):
        pass
