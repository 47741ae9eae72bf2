"""What several tests need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
