"""What several tests need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.store import Bucket

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which one run over the seeds and some bad files was published, without Prefect."""
    from tests.running import run_steps
    from tests.samples import write_bad_files

    folder = tmp_path_factory.mktemp("published")
    inputs = folder / "in"
    inputs.mkdir()
    for path in sorted((ROOT / "seeds").iterdir()):
        (inputs / path.name).write_bytes(path.read_bytes())
    write_bad_files(inputs)
    (inputs / "copy.txt").write_bytes((ROOT / "seeds" / "002_c09e1257469e2e7b.txt").read_bytes())
    run_steps([str(inputs)], folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of an S3 server of our own."""
    from tests.store import s3_server

    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(s3_endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket; the environment leads to it, and runs into it work in a folder of the test's own."""
    import boto3
    import fsspec

    from tests.store import KEY, SECRET, Bucket

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CONTENT_CLEANING_CREDENTIALS", "")
    monkeypatch.setenv("CONTENT_CLEANING_WORK", str(tmp_path / "remote-work"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    client = boto3.client("s3")
    name = f"bucket-{len(client.list_buckets()['Buckets'])}"
    client.create_bucket(Bucket=name)
    return Bucket(name, s3_endpoint, client)
