"""Runs of the command line in processes of their own, with a Prefect home of the session's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from flows.server import OwnServer

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
CLEANING = (sys.executable, "-m", "flows")


@dataclass(frozen=True)
class Commands:
    """Starts commands with an environment that holds nothing of Prefect's but what a test gives."""

    home: Path
    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """``cleaning`` to its end."""
        return self.run_any([*CLEANING, *arguments], **options)

    def run_any(
        self, command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=self.environment(env),
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def start(
        self, command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            cwd=cwd or self.folder,
            env=self.environment(env),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.started.append(process)
        return process

    def environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        # Without byte code on disk each of the many starts would take three times as long.
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PREFECT") and name != "PYTHONDONTWRITEBYTECODE"
        }
        return kept | {"PREFECT_HOME": str(self.home), "DO_NOT_TRACK": "1"} | dict(more or {})


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect-home")


@pytest.fixture
def commands(prefect_home: Path, tmp_path: Path) -> Iterator[Commands]:
    commands = Commands(prefect_home, tmp_path)
    yield commands
    for process in commands.started:  # of a test that failed
        if process.poll() is None:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def api_url(prefect_home: Path) -> Iterator[str]:
    """A Prefect server that runs for the whole session."""
    server = OwnServer(prefect_home)
    server.wait_until_ready()
    yield server.api_url
    server.stop()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of enough documents that a run of it can be caught in the middle."""
    folder = tmp_path / "pages"
    folder.mkdir()
    text = next(SEEDS.glob("000*.txt")).read_text(encoding="utf-8")
    for number in range(600):
        (folder / f"{number:04}.txt").write_text(f"Story {number}\n\n{text}", encoding="utf-8")
    return folder


def snapshots(out: Path) -> list[Path]:
    return sorted((out / "published" / "snapshots").glob("*"))


def ask(api_url: str, path: str, question: Mapping[str, Any]) -> Any:
    """The answer of Prefect's API to a POST."""
    request = urllib.request.Request(
        f"{api_url}/{path}", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """All processes that ``process`` has started, and theirs."""
    return psutil.Process(process.pid).children(recursive=True)


def command_of(process: psutil.Process) -> list[str]:
    """The command line of a process; nothing where it has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def survivors(processes: Sequence[psutil.Process], *, within_seconds: float = 8) -> list[psutil.Process]:
    """Those that are still there after ``within_seconds``."""
    _, alive = psutil.wait_procs(list(processes), timeout=within_seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def copy_suites(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "expectations" / "suites", folder / "suites"))
