"""Names and files of a staging folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

RUN_FILE, CHUNKS, PARTS, LINES = "run.json", "chunks", "parts", "lines"


def write_json(path: Path, value: Any) -> None:
    """Writes a JSON file in one step; names that are not UTF-8 survive as escapes."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(value, default=str), encoding="ascii")
    os.replace(partial, path)


def read_json(path: Path) -> Any:
    """The value in a JSON file."""
    return json.loads(path.read_text(encoding="ascii"))
