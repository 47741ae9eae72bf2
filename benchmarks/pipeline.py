"""A run over real pages and their texts: time, memory, and where both went.

    python benchmarks/pipeline.py DATA [--pages 300]

DATA holds ``wcxb-dev.parquet`` (columns ``id``, ``url``, ``html``, ``main_content``). The first N pages are
written out as .html files beside N texts as .txt, then ``cleaning run`` works on them in a process of its
own while this one watches the whole tree of its processes. Beside it, in the same run and on one core:
trafilatura alone on the same pages, and our own steps one by one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil
import pyarrow.parquet as pq

MB = 1024 * 1024
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inputs, out = Path(folder) / "in", Path(folder) / "out"
        size = write_inputs(options.data / "wcxb-dev.parquet", inputs, options.pages)
        print(f"{options.pages} pages and {options.pages} texts, {size / MB:.0f} MB\n")
        for label in ("full run", "the same again, nothing changed"):
            run(inputs, out, label)
        (inputs / "page-0000.html").touch()
        run(inputs, out, "one of them touched")
        steps(inputs)


def write_inputs(parquet: Path, folder: Path, pages: int) -> int:
    """Bytes written: the first pages that have a text, as .html and .txt."""
    folder.mkdir()
    table = pq.read_table(parquet, columns=["html", "main_content"]).to_pylist()
    total = 0
    rows = [row for row in table if (row["main_content"] or "").strip()][:pages]
    for number, row in enumerate(rows):
        (folder / f"page-{number:04d}.html").write_bytes(row["html"])
        (folder / f"text-{number:04d}.txt").write_text(row["main_content"], encoding="utf-8")
        total += len(row["html"]) + len(row["main_content"].encode())
    return total


def run(inputs: Path, out: Path, label: str) -> None:
    """Runs the command line once and prints its wall time, CPU time and peak memory by process."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "flows", "run", str(inputs), "--out", str(out), "--timings"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watched = psutil.Process(process.pid)
    peak: dict[str, int] = defaultdict(int)
    cpu: dict[tuple[str, int], float] = {}
    most = 0
    while process.poll() is None:
        now = 0
        for member in [watched, *_children(watched)]:
            try:
                name, memory, times = role(member.cmdline()), member.memory_info().rss, member.cpu_times()
            except psutil.Error:
                continue
            now += memory
            peak[name] = max(peak[name], memory)
            cpu[name, member.pid] = times.user + times.system
        most = max(most, now)
        time.sleep(0.05)
    output = process.stdout.read() if process.stdout else ""
    print(f"## {label}: exit {process.returncode}, {time.perf_counter() - began:.1f} s wall, {sum(cpu.values()):.1f} s CPU, "
          f"{most / MB:.0f} MB at most, all processes together")  # fmt: skip
    for name in sorted(peak):
        seconds = sum(value for (owner, _), value in cpu.items() if owner == name)
        print(f"   {name:<10} {seconds:6.1f} s CPU, {peak[name] / MB:6.0f} MB at most in one process")
    shown = [line for line in output.splitlines() if line.startswith("#") or " = " in line or "from s" in line]
    phases = output[output.find(" phase") :] if " phase" in output else ""
    print("\n".join(f"   {line}" for line in [*shown[:2], *phases.splitlines()]) + "\n")


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def role(command: list[str]) -> str:
    """What a process of the tree is for."""
    line = " ".join(command)
    for word, name in (("server_child", "server"), ("auditor", "auditor"), ("worker", "worker"), ("uvicorn", "server")):
        if word in line:
            return name
    return "flow"


def steps(inputs: Path) -> None:
    """Prints the CPU time of each per-document step, and of trafilatura alone, on one core."""
    from cleaning.boilerplate import cut, find_removals
    from cleaning.extract import extract_page
    from cleaning.ingest.decode import Decoded, decode
    from cleaning.language import detect_language
    from cleaning.normalize.characters import normalize_text
    from cleaning.recipe import Recipe

    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, call: Callable[[], T]) -> T:
        began = time.process_time()
        value = call()
        spent[name] += time.process_time() - began
        return value

    detect_language("Profiles are loaded before the clock starts.")
    counts = {".html": 0, ".txt": 0}
    for path in sorted(inputs.iterdir()):
        found = timed(f"{path.suffix} decode", lambda path=path: decode(path.read_bytes()))
        if not isinstance(found, Decoded):
            continue
        counts[path.suffix] += 1
        text = found.text
        if path.suffix == ".html":
            page = timed(".html extract (text and metadata)", lambda text=text: extract_page(text))
            baseline(spent, text)
            if page is None:
                continue
            text = page.text
        source = timed(f"{path.suffix} normalize", lambda text=text: normalize_text(text))
        removals = timed(f"{path.suffix} find boilerplate", lambda source=source: find_removals(source, Recipe()))
        clean = timed(f"{path.suffix} cut", lambda source=source, removals=removals: cut(source, removals))
        timed(f"{path.suffix} language", lambda clean=clean: detect_language(clean))
    print("## CPU ms a document, one core")
    for name, seconds in sorted(spent.items()):
        print(f"   {name:<44} {1000 * seconds / max(1, counts['.' + name.split()[0].lstrip('.')]):8.2f}")


def baseline(spent: dict[str, float], page: str) -> None:
    import trafilatura

    began = time.process_time()
    trafilatura.extract(page, include_comments=False, with_metadata=True)
    spent[".html trafilatura.extract with metadata, alone"] += time.process_time() - began


if __name__ == "__main__":
    main()
