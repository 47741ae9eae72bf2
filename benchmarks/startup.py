"""How long a one-off run of five files takes beside an empty flow, and where its time goes.

    python benchmarks/startup.py [--repetitions 5]

Three commands take turns, each after one run of its own to warm up, in a PREFECT_HOME of their own:

- empty: a flow of five tasks that do nothing, with the temporary server that Prefect starts for it;
- run: ``cleaning run seeds``, which starts a server too;
- with a server: ``cleaning run seeds`` where PREFECT_API_URL names a server that runs.

The bar: run at most 1.3 times empty; with a server at most 5 s. Exit code 1 where it is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flows.server import OwnServer
from flows.settings import set_default_environment

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
MOST_TIMES_EMPTY = 1.3
MOST_SECONDS_WITH_SERVER = 5.0
EMPTY_FLOW = """
from prefect import flow, task

@task
def step(number):
    return number

@flow
def empty():
    for number in range(5):
        step(number)

empty()
"""


def main() -> int:
    """Print the medians and the last run's phases; 0 where both bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repetitions", type=int, default=5)
    repetitions = parser.parse_args().repetitions
    # Without byte code on disk each start compiles every library again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PREFECT_API_URL", None)
    set_default_environment()
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), repetitions)


def _measure(folder: Path, repetitions: int) -> int:
    os.environ["PREFECT_HOME"] = str(folder / "home")
    (folder / "empty.py").write_text(EMPTY_FLOW)
    empty = [sys.executable, str(folder / "empty.py")]
    run = [sys.executable, "-m", "flows", "run", str(SEEDS), "--out", str(folder / "data"), "--timings"]
    seconds: dict[str, list[float]] = {"empty": [], "run": [], "with a server": []}
    _timed(empty, folder), _timed(run, folder)
    for _ in range(repetitions):
        seconds["empty"].append(_timed(empty, folder))
        seconds["run"].append(_timed(run, folder))
    phases = (folder / "stderr").read_text()
    server = OwnServer(folder / "home")
    server.wait_until_ready()
    os.environ["PREFECT_API_URL"] = server.api_url
    _timed(run, folder)
    seconds["with a server"] = [_timed(run, folder) for _ in range(repetitions)]
    server.stop()
    print("One run with its own server:", phases, "One run with a server that runs:", sep="\n")
    print((folder / "stderr").read_text())
    return _report(seconds)


def _timed(command: list[str], folder: Path) -> float:
    """Wall seconds from start to exit; each run finds an output that is not there yet."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    with (folder / "stderr").open("wb") as errors:
        began = time.perf_counter()
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        return time.perf_counter() - began


def _report(seconds: dict[str, list[float]]) -> int:
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, values in seconds.items():
        print(f"{name:14} median {medians[name]:5.2f} s   from {min(values):.2f} to {max(values):.2f} s")
    times = medians["run"] / medians["empty"]
    print(f"run / empty    {times:.2f} (at most {MOST_TIMES_EMPTY})")
    print(f"with a server  {medians['with a server']:.2f} s (at most {MOST_SECONDS_WITH_SERVER} s)")
    return int(times > MOST_TIMES_EMPTY or medians["with a server"] > MOST_SECONDS_WITH_SERVER)


if __name__ == "__main__":
    sys.exit(main())
