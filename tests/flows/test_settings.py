"""Which Prefect API a run talks to, and where our own server keeps its data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cleaning.errors import BadCall, BadRecipe
from flows.cli_try import try_
from flows.settings import RunRequest, server_home

ASK = "from flows.settings import configured_api_url; print(configured_api_url())"


def _configured(folder: Path, **environment: str) -> str:
    """The answer of a process that has not imported Prefect."""
    home = {"HOME": str(folder), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", ASK], cwd=folder, env=home | environment, text=True, capture_output=True, check=True
    ).stdout.strip()


def test_no_api_is_configured_by_default(tmp_path: Path) -> None:
    assert _configured(tmp_path) == "None"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".env", "export PREFECT_API_URL='http://one/api'\n"),
        ("prefect.toml", '[api]\nurl = "http://one/api"\n'),
        ("pyproject.toml", '[tool.prefect.api]\nurl = "http://one/api"\n'),
        (".prefect/profiles.toml", 'active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "http://one/api"\n'),
    ],
)
def test_api_is_read_where_prefect_reads_it(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert _configured(tmp_path) == "http://one/api"
    assert _configured(tmp_path, PREFECT_API_URL="http://two/api") == "http://two/api"


def test_broken_configuration_is_left_to_prefect(tmp_path: Path) -> None:
    (tmp_path / "prefect.toml").write_text("[api", encoding="utf-8")
    assert _configured(tmp_path) == "None"


def test_home_of_our_server_is_the_users_choice_or_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "chosen"))
    assert server_home(tmp_path) == tmp_path / "chosen"
    monkeypatch.delenv("PREFECT_HOME")
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: blocked / name)
    assert server_home(tmp_path).parent == tmp_path / "work"


def test_one_text_in_place_of_a_list_of_inputs_is_refused() -> None:
    with pytest.raises(BadCall, match=r'\["seeds"\]'):
        RunRequest.of("seeds", "data")


def test_request_and_parameters_say_the_same(tmp_path: Path) -> None:
    request = RunRequest(("a", "b"), tmp_path, tmp_path / "recipe.toml", True, 3)
    assert RunRequest.of(**request.as_parameters()) == request


def test_a_rule_that_does_not_exist_is_told_with_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text('ignore = ["ZZ999"]\n', encoding="utf-8")
    request = RunRequest(("a",), tmp_path, tmp_path / "recipe.toml")
    with pytest.raises(BadRecipe, match=f"{tmp_path}/recipe.toml: .*ZZ999"):
        request.read_recipe()
    with pytest.raises(BadRecipe, match=f"{tmp_path}/recipe.toml: .*ZZ999"):
        try_(str(tmp_path), recipe=tmp_path / "recipe.toml")


def test_an_absolute_request_keeps_the_names_of_its_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    request = RunRequest(("first=a", "b"), Path("out"))
    request.check()
    assert request.absolute().inputs == (f"first={tmp_path}/a", f"{tmp_path}/b")
