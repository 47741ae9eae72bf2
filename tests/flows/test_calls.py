"""What is said of calls that are wrong: the option that there is none of is named, and the one that was meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import run_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("run X --output Y", "Unknown option: --output. Did you mean --out? Try --help."),
        ("run X --out Y --recipy a", "Unknown option: --recipy. Did you mean --recipe? Try --help."),
        ("run --dest=Y -", "Unknown option: --dest. There are: --out, --recipe, --full,"),
        ("run X", 'Command "run" parameter --out requires an argument. Try --help.'),
        ("serve X --output Y", "Unknown option: --output. Did you mean --out? Try --help."),
        ("show x --dta y", "Unknown option: --dta. Did you mean --data? Try --help."),
        ("explain x --line -3 --txt y", "Unknown option: --txt. Did you mean --text? Try --help."),
        ("verify --dta y", "Unknown option: --dta. Did you mean --data? Try --help."),
        ("status --max y", "Unknown option: --max. Did you mean --max-age? Try --help."),
        ("snapshots diff a --dta y", "Unknown option: --dta. Did you mean --data? Try --help."),
        ("snapshots --dta y", "Unknown option: --dta. There are: --help"),
        ("retry --worker 3", "Unknown option: --worker. Did you mean --workers? Try --help."),
        ("try x --reciep y", "Unknown option: --reciep. Did you mean --recipe? Try --help."),
        ("rules try x --dta y", "Unknown option: --dta. Did you mean --data? Try --help."),
        ("--versoin", "Unknown option: --versoin. Did you mean --version? Try --help."),
        ("runn x", 'Unknown command "runn". Did you mean "run"?'),
        ("rnu seeds --out data", 'Unknown command "rnu". Did you mean "run"?'),
        ("snapshots dif a b --data y", 'Unknown command "dif". Did you mean "diff"?'),
        ("try", "No input was named. Name at least one file or folder, for example: cleaning try page.html"),
    ],
)
def test_an_unknown_option_is_named(call: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(call.split()) == 2
    assert capsys.readouterr().err.startswith(told)


@pytest.mark.parametrize("module", ["cleaning", "flows"])
def test_modules_that_are_the_command(module: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", module, "status", str(tmp_path / "no")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 2 and "nothing is published there yet" in run.stderr
