"""Memory and time over the number of documents: python benchmarks/scale.py [--documents 10000 100000].

Each size is a dump of made-up articles in JSON lines; a whole run (plan, worker processes, check, publishing; without
Prefect) goes over it, and the most memory that the run and its processes hold together is printed; then one document in
a hundred changes (files of 1,000 documents), and the run goes over it again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from benchmarks.faults import RUN  # noqa: E402

FILE_DOCUMENTS = 1_000
WORDS = [
    "council",
    "bridge",
    "river",
    "spring",
    "vote",
    "town",
    "market",
    "school",
    "winter",
    "harbour",
    "train",
    "station",
    "minister",
    "budget",
    "report",
    "farm",
    "weather",
    "garden",
    "museum",
    "doctor",
    "engine",
    "island",
    "letter",
    "station",
    "window",
    "paper",
    "summer",
    "evening",
    "teacher",
    "valley",
]


def article(chance: random.Random) -> str:
    """Four paragraphs with a line of boilerplate: about 700 bytes."""
    paragraphs = [" ".join(chance.choice(WORDS) for _ in range(25)).capitalize() + "." for _ in range(4)]
    return "\n\n".join([*paragraphs, "© 2024 Example News. All rights reserved."])


def write_dump(folder: Path, documents: int, seed: int) -> None:
    """The documents in files of 1,000."""
    folder.mkdir(exist_ok=True)
    for number in range(documents // FILE_DOCUMENTS):
        chance = random.Random(f"{seed} {number}")
        rows = (
            {"text": article(chance), "url": f"https://s{n % 50}.example/{number}/{n}"} for n in range(FILE_DOCUMENTS)
        )
        (folder / f"{number:05}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def measure(inputs: Path, out: Path, recipe: Path) -> tuple[float, float, float]:
    """(wall seconds, CPU seconds, most MB of all processes together) of a run."""
    before = os.times()
    began = time.monotonic()
    command = [sys.executable, "-c", RUN, str(inputs), str(out), str(recipe)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], _memory(process.pid))
            time.sleep(0.1)

    thread = threading.Thread(target=watch)
    thread.start()
    if process.wait():
        raise SystemExit("the run failed")
    thread.join()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, cpu, peak[0]


def _memory(pid: int) -> float:
    """MB that the process and its children hold, what they share counted once for each (PSS where there is one)."""
    total = 0.0
    try:
        parent = psutil.Process(pid)
        for one in (parent, *parent.children(recursive=True)):
            info = one.memory_full_info()
            total += getattr(info, "uss", info.rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return total / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    args = parser.parse_args()
    print("| documents | run | wall s | CPU s | peak MB |\n|--:|---|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        recipe = Path(name) / "recipe.toml"
        recipe.write_text("keep_snapshots = 2\n")
        for documents in args.documents:
            inputs, out = Path(name) / f"in-{documents}", Path(name) / f"out-{documents}"
            write_dump(inputs, documents, seed=0)
            for what in ("all", "again", "1 %"):
                if what == "1 %":
                    write_dump(inputs, max(FILE_DOCUMENTS, documents // 100), seed=1)
                wall, cpu, peak = measure(inputs, out, recipe)
                print(f"| {documents:,} | {what} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
