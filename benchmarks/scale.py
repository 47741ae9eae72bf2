"""Memory and time over the number of documents: python benchmarks/scale.py [--documents 10000 100000].

Each size is a dump of made-up articles in JSON lines; a whole run (plan, worker processes, check, publishing; without
Prefect) goes over it, and the most memory that the run and its processes hold together is printed; then one document in
a hundred changes (files of 1,000 documents), and the run goes over it again.

What is counted is anonymous memory, which no file stands behind: pages of mapped files (staged parts, libraries) the
kernel takes back whenever somebody needs them. The last column shows both, without what processes share.

On 2 cores, with two workers: 10,000 documents 587 MB (592 with mapped files), 100,000 documents 627 MB (671), 1.07 (1.13)
times as much; 1,000 changed documents among 10,000 510 MB (539), among 100,000 574 MB (581), 1.13 (1.08) times. Of these
the two workers hold 155 MB each, the process that checks 200 MB and the one that plans 50 to 100 MB, however few the
documents. The run over 1,000 changed documents takes 26 CPU s of the 830 of all 100,000.
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
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from benchmarks.faults import RUN  # noqa: E402

FILE_DOCUMENTS = 1_000
# Units of work of 2 MB: every size keeps as many workers busy as there are. Each holds some 150 MB, however many
# documents there are.
RECIPE = "keep_snapshots = 2\nchunk_bytes = 2_000_000\n"
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


def measure(inputs: Path, out: Path, recipe: Path) -> tuple[float, float, float, float]:
    """(wall seconds, CPU seconds, most MB of all processes together, the same with mapped files) of a run."""
    before = os.times()
    began = time.monotonic()
    command = [sys.executable, "-c", RUN, str(inputs), str(out), str(recipe)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    peak = [0.0, 0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[:] = map(max, peak, _memory(process.pid))
            time.sleep(0.1)

    thread = threading.Thread(target=watch)
    thread.start()
    if process.wait():
        raise SystemExit("the run failed")
    thread.join()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, cpu, peak[0], peak[1]


def _memory(pid: int) -> tuple[float, float]:
    """MB of anonymous memory, and of anonymous memory and mapped files, that the process and its children hold."""
    anonymous = private = 0
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        parent = psutil.Process(pid)
        for one in (parent, *parent.children(recursive=True)):
            info = one.memory_full_info()
            private += getattr(info, "uss", info.rss)
            anonymous += _anonymous(one.pid) or getattr(info, "uss", info.rss)
    return anonymous / 1e6, private / 1e6


def _anonymous(pid: int) -> int:
    """Bytes of memory of the process that no file stands behind; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    args = parser.parse_args()
    print("| documents | run | wall s | CPU s | peak MB | with mapped files |\n|--:|---|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        recipe = Path(name) / "recipe.toml"
        recipe.write_text(RECIPE)
        for documents in args.documents:
            inputs, out = Path(name) / f"in-{documents}", Path(name) / f"out-{documents}"
            write_dump(inputs, documents, seed=0)
            for what in ("all", "again", "1 %"):
                if what == "1 %":
                    write_dump(inputs, max(FILE_DOCUMENTS, documents // 100), seed=1)
                wall, cpu, peak, mapped = measure(inputs, out, recipe)
                print(f"| {documents:,} | {what} | {wall:.1f} | {cpu:.1f} | {peak:.0f} | {mapped:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
