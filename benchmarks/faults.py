"""Runs that are killed, starved and disturbed: python benchmarks/faults.py [--kills 200] [--seed 0].

Each trial starts a whole run (plan, worker processes, check, publishing; without Prefect, which only waits), does
something to it, and then asks: do readers see a whole snapshot, the old or the new one; does `verify` pass; does the
next run end in the same rows as a run from scratch; is any process left behind? Prints a table; exit code 1 if a trial
fails.

The kinds: kill (SIGKILL at a random moment of a random phase, from planning to publishing), step (SIGKILL at each call
that changes a file while publishing), worker (one worker killed), full (a disk that fills up), change (files that change,
vanish and come while they are read), term (SIGTERM at such a moment), clock (the machine's clock goes back a day before
the run and forth again), locked (the output is read-only).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
import pyarrow.dataset as ds  # noqa: E402

from cleaning.publish.snapshot import latest_snapshot  # noqa: E402
from cleaning.publish.verify import verify_snapshot  # noqa: E402

TABLES = ("documents", "removals", "relations", "quarantine", "sources", "templates")
# Publishing changes what is on disk some sixty times: trials of kind step end it at every third of them.
_STEP_STRIDE = 3
# What a run does is in a process of its own: a child of this one, with children of its own.
RUN = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from flows import planning
from flows.settings import RunRequest
from flows.workshop import open_workshop
class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(seconds=float(sys.argv[4]))
if len(sys.argv) > 4:
    planning.datetime = Clock
recipe = Path(sys.argv[3])
def enter(phase):
    print(phase, flush=True)
enter("plan")
with open_workshop(RunRequest((sys.argv[1],), Path(sys.argv[2]), recipe, workers=2)) as workshop:
    workshop.begin()
    if not workshop.plan.is_up_to_date:
        enter("clean")
        for chunk in (*workshop.plan.chunks,):
            workshop.clean(chunk)
        enter("templates")
        for chunk in workshop.find_templates():
            workshop.clean(chunk)
        enter("assemble")
        workshop.assemble()
        enter("check")
        workshop.check()
        enter("publish")
        workshop.publish()
    enter("end")
"""
# In a worker: ends the process at the n-th call that changes what is on disk, once publishing has begun.
STEP_HOOK = """
import os, signal, sys
if sys.argv[-1:] == ["worker"] and os.environ.get("FAULT_STEP"):
    left = int(os.environ["FAULT_STEP"])
    def hook(event, arguments):
        global left
        names = ("os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.mkdir", "os.truncate")
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (event in names or writes) and "snapshot" in str(arguments[0]):
            left -= 1
            if left == 0:
                parent = os.getppid()
                os.kill(parent, signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
"""


@dataclass(slots=True)
class Tally:
    """How the trials of one kind went."""

    trials: int = 0
    ended: int = 0
    old: int = 0
    new: int = 0
    faults: list[str] = field(default_factory=list)
    phases: Counter[str] = field(default_factory=Counter)


class Bench:
    """A folder of raw files, an output, and runs over them."""

    def __init__(self, folder: Path, seed: int, documents: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.inputs, self.out = folder / "in", folder / "out"
        self.inputs.mkdir()
        (folder / "recipe.toml").write_text("chunk_documents = 10\n")
        (folder / "sitecustomize.py").write_text(STEP_HOOK)
        self.version = 0
        self.phases: dict[str, float] = {}
        for number in range(documents):
            self.write(number)

    def write(self, number: int) -> None:
        """One file of the input, another at each call."""
        self.version += 1
        town = hashlib.sha256(f"{number} {self.version}".encode()).hexdigest()[:8]
        text = (
            f"The council of {town} voted on Tuesday to close the old bridge over the river until spring.\n\n"
            f"Residents of {town} said that they had been told nothing of it before the vote was taken at night.\n\n"
            f"The Quarter Gazette of {number % 3}\n© 2024 Example News. All rights reserved.\n"
        )
        (self.inputs / f"{number:04}.txt").write_text(text)

    def change(self) -> None:
        """A few files change, so that a run has something to do."""
        for number in self.random.sample(range(len(list(self.inputs.iterdir()))), 5):
            self.write(number)

    def start(self, out: Path | None = None, clock: int = 0, **environment: str) -> subprocess.Popen[str]:
        """A run in a process of its own, whose clock is wrong by so many seconds."""
        command = [sys.executable, "-c", RUN, str(self.inputs), str(out or self.out), str(self.folder / "recipe.toml")]
        command += [str(clock)] if clock else []
        paths = os.pathsep.join((str(self.folder), str(ROOT)))
        return subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": paths} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def finish(self, out: Path | None = None) -> None:
        """A run to its end."""
        process = self.start(out)
        _, said = process.communicate(timeout=120)
        if process.returncode:
            raise RuntimeError(f"a run that nobody disturbed failed: {said[-2000:]}")


def rows(out: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the published snapshot, without the times of runs."""
    snapshot = latest_snapshot(out)
    assert snapshot is not None
    found = {}
    for name in TABLES:
        table = ds.dataset(snapshot / name).to_table()
        found[name] = table.drop_columns([c for c in ("ingested_at",) if c in table.column_names]).to_pylist()
    return found


def disturb_kill(bench: Bench, process: subprocess.Popen[str], wall: float) -> str:
    """SIGKILL of the run at a random moment; its workers have to end by themselves. Returns the phase it was in."""
    phase = wait_somewhere(bench, process)
    process.kill()
    return phase


def disturb_term(bench: Bench, process: subprocess.Popen[str], wall: float) -> str:
    """SIGTERM at a random moment; returns the phase that the run was in."""
    phase = wait_somewhere(bench, process)
    process.terminate()
    return phase


def wait_somewhere(bench: Bench, process: subprocess.Popen[str]) -> str:
    """Waits for a random moment of a random phase of the run, and returns the phase.

    Phases are as likely as one another: of the time of a small run, publishing is a twentieth.
    """
    phase = bench.random.choice(list(bench.phases))
    assert process.stdout is not None
    while (line := process.stdout.readline()) and line.strip() != phase:
        pass
    time.sleep(bench.random.uniform(0, bench.phases[phase]))
    return phase


def disturb_worker(bench: Bench, process: subprocess.Popen[str], wall: float) -> str:
    """One of the run's processes is killed; the run has to come to its end."""
    deadline = time.monotonic() + wall
    while time.monotonic() < deadline and process.poll() is None:
        children = [child for child in psutil.Process(process.pid).children() if _command(child)[-1:] == ["worker"]]
        if children:
            time.sleep(bench.random.uniform(0, wall / 2))
            with suppress(psutil.NoSuchProcess):  # it may have ended by itself
                bench.random.choice(children).kill()
            break
        time.sleep(0.01)
    return ""


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def disturb_change(bench: Bench, process: subprocess.Popen[str], wall: float) -> str:
    """Files change, vanish and come while the run reads them."""
    deadline = time.monotonic() + wall
    while time.monotonic() < deadline and process.poll() is None:
        bench.write(bench.random.randrange(40))
        number = bench.random.randrange(40)
        (bench.inputs / f"{number:04}.txt").unlink(missing_ok=True)
        bench.write(number)
        time.sleep(0.02)
    return ""


DISTURB: dict[str, Callable[[Bench, subprocess.Popen[str], float], str]] = {
    "kill": disturb_kill,
    "term": disturb_term,
    "worker": disturb_worker,
    "change": disturb_change,
}


def try_once(bench: Bench, kind: str, wall: float, step: int, tally: Tally) -> None:
    """One trial: change, disturb, look, run again, compare with a run from scratch."""
    tally.trials += 1
    bench.change()
    before = latest_snapshot(bench.out)
    clock = bench.random.choice((-86_400, 86_400)) if kind == "clock" else 0
    process = bench.start(clock=clock, **({"FAULT_STEP": str(step)} if kind == "step" else {}))
    if kind in DISTURB:
        tally.phases[DISTURB[kind](bench, process, wall)] += 1
    try:
        process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        tally.faults.append("the run hangs")
        return
    tally.ended += process.returncode == 0
    after = latest_snapshot(bench.out)
    tally.old, tally.new = tally.old + (after == before), tally.new + (after != before)
    tally.faults += look(bench, process.pid)
    bench.finish()
    bench.finish()
    shutil.rmtree(bench.folder / "scratch", ignore_errors=True)
    bench.finish(bench.folder / "scratch")
    again, scratch = rows(bench.out), rows(bench.folder / "scratch")
    tally.faults += [
        f"rows of {name} differ from a run from scratch" for name in TABLES if again[name] != scratch[name]
    ]
    tally.faults += look(bench, process.pid)


def look(bench: Bench, group: int) -> list[str]:
    """What is wrong with what readers see, and with what is left behind."""
    snapshot = latest_snapshot(bench.out)
    if snapshot is None:
        return ["there is no snapshot any more"]
    found = [f"verify: {one.check}: {one.fault}" for one in verify_snapshot(snapshot) if one.fault]
    # One that was in its place already when the run was killed before it pointed to it is whole, and no reader sees it.
    newer = [path for path in snapshot.parent.iterdir() if not path.name.startswith(".") and path.name > snapshot.name]
    if len(newer) > 1 or any(one.fault for path in newer for one in verify_snapshot(path)):
        found.append("the published snapshot is not the newest by its name")
    deadline = time.monotonic() + 10
    while left := _of_group(group):
        if time.monotonic() > deadline:
            return [*found, f"left behind: {left}"]
        time.sleep(0.05)
    return found


def _of_group(group: int) -> list[int]:
    return [one.pid for one in psutil.process_iter() if _is_of(one, group)]


def _is_of(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def try_read_only(folder: Path, tally: Tally) -> None:
    """Runs into an output on a read-only file system, then into the same again writable. Needs the right to mount."""
    tally.trials += 1
    bench = Bench(folder, 3, 20)
    bench.out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", bench.out], capture_output=True).returncode:
        tally.faults.append("not tried: no right to mount")
        return
    try:
        bench.finish()
        before = latest_snapshot(bench.out)
        bench.change()
        subprocess.run(["mount", "-o", "remount,ro", bench.out], check=True)
        process = bench.start()
        _, said = process.communicate(timeout=120)
        tally.ended += process.returncode == 0
        tally.old += latest_snapshot(bench.out) == before
        if process.returncode == 0 or str(bench.out) not in said or "Make it writable, or name another" not in said:
            tally.faults.append(f"the run did not say that the output is read-only: {said[-300:]}")
        tally.faults += look(bench, process.pid)
        subprocess.run(["mount", "-o", "remount,rw", bench.out], check=True)
        bench.finish()
        bench.finish(folder / "scratch")
        if rows(bench.out) != rows(folder / "scratch"):
            tally.faults.append("rows differ from a run from scratch")
    finally:
        subprocess.run(["umount", bench.out], check=True)


def try_full_disk(folder: Path, tally: Tally) -> None:
    """Runs on a file system that has too little room, then on the same with room. Needs the right to mount."""
    tally.trials += 1
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", disk], capture_output=True).returncode:
        tally.faults.append("not tried: no right to mount a small disk")
        return
    try:
        bench = Bench(disk, 1, 20)
        bench.finish()
        before = latest_snapshot(bench.out)
        for number in range(20, 400):
            try:
                bench.write(number)
            except OSError:
                (bench.inputs / f"{number:04}.txt").unlink(missing_ok=True)
                break
        process = bench.start()
        _, said = process.communicate(timeout=120)
        tally.ended += process.returncode == 0
        tally.old += latest_snapshot(bench.out) == before
        if process.returncode == 0 or "No space left" not in said:
            tally.faults.append(f"the run did not say that the disk is full: {said[-300:]}")
        tally.faults += look(bench, process.pid)
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        bench.finish()
        bench.finish(disk / "scratch")
        if rows(bench.out) != rows(disk / "scratch"):
            tally.faults.append("rows differ from a run from scratch")
    finally:
        subprocess.run(["umount", disk], check=True)


def measure_wall(bench: Bench) -> float:
    """Seconds that a run with a few changes takes; those of each of its phases are kept in the bench."""
    bench.change()
    began = time.monotonic()
    process = bench.start()
    assert process.stdout is not None
    entered = [(line.strip(), time.monotonic()) for line in process.stdout]
    bench.phases = {phase: after - at for (phase, at), (_, after) in pairwise(entered)}
    process.communicate(timeout=120)
    return time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--kills", type=int, default=200, help="trials of kind kill; a fifth of them of each other kind"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--documents", type=int, default=40)
    args = parser.parse_args()
    tallies = {kind: Tally() for kind in ("kill", "step", "worker", "term", "change", "clock", "full", "locked")}
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        (Path(name) / "bench").mkdir()
        bench = Bench(Path(name) / "bench", args.seed, args.documents)
        bench.finish()
        wall = measure_wall(bench)
        few = max(1, args.kills // 5)
        kinds = {"kill": args.kills} | dict.fromkeys(("step", "worker", "term", "change", "clock"), few)
        for kind, trials in kinds.items():
            for trial in range(trials):
                try_once(bench, kind, wall, 1 + trial * _STEP_STRIDE, tallies[kind])
            # A long run that is ended has said something.
            print(f"{kind}: {trials} trials, faults: {sorted(set(tallies[kind].faults)) or 'none'}", file=sys.stderr)
        try_full_disk(Path(name), tallies["full"])
        (Path(name) / "locked").mkdir()
        try_read_only(Path(name) / "locked", tallies["locked"])
    print(f"A run that nobody disturbs takes {wall:.1f} s.\n")
    print(
        "| fault | trials | run came to its end | readers saw the old | the new snapshot | faults |\n|---|--:|--:|--:|--:|---|"
    )
    for kind, tally in tallies.items():
        shown = "; ".join(sorted(set(tally.faults))) or "none"
        print(f"| {kind} | {tally.trials} | {tally.ended} | {tally.old} | {tally.new} | {shown} |")
    for kind in ("kill", "term"):
        found = ", ".join(f"{phase} {tallies[kind].phases[phase]}" for phase in bench.phases)
        print(f"\nMoments of {kind}: {found}.")
    return int(any(tally.faults for kind, tally in tallies.items()))


if __name__ == "__main__":
    sys.exit(main())
