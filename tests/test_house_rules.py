"""What the style guide asks for and a machine can see."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for name in ("cleaning", "expectations", "flows") for path in (ROOT / name).rglob("*.py"))
FUNCTION_LINES, MODULE_LINES, PARAMETERS = 45, 310, 7
BANNED_NAMES = {"utils.py", "helpers.py", "common.py", "core.py", "misc.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes_and_names(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert path.name not in BANNED_NAMES
    assert source.count("\n") <= MODULE_LINES or path.name == "records.py"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, node.name
            assert len(node.args.args) + len(node.args.kwonlyargs) <= PARAMETERS + 1, node.name


def test_the_library_is_light() -> None:
    heavy = "('pyarrow', 'trafilatura', 'langdetect', 'prefect', 'great_expectations', 'pandas', 'numpy')"
    code = f"import sys, cleaning; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_no_machine_paths_and_no_registry_addresses() -> None:
    files = subprocess.run(["git", "ls-files", "-z"], capture_output=True, cwd=ROOT, check=True).stdout.split(b"\0")
    for name in filter(None, files):
        path = ROOT / name.decode()
        if path.suffix in (".gz", ".npz", ".parquet") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert "/" + "work/main" not in text and "/" + "root/" not in text, path
        assert "pythonhosted" + ".org" not in text and "pypi" + ".org" not in text, path
