"""``cleaning verify``."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from cleaning.errors import BadCall

HELP = """Is the published data whole? Checksums, counts, schema, and the laws in every row.

FOLDER is one that runs publish in, or a snapshot; or a remote place, of which every file is
fetched anew. Exit code 0: all holds; 1: something does not; 2: there is nothing to verify. For example:

```
cleaning verify data
```
"""

app = App(name="verify", help=HELP, help_format="markdown")


@app.default
def verify(data: str) -> int:
    """Verify a published snapshot.

    Parameters
    ----------
    data
        A folder or remote place that runs publish in, or one snapshot on this machine.
    """
    import tempfile

    from flows.mirror import fetch_anew
    from flows.remote import RemoteOutput
    from flows.settings import output_of

    address, work = output_of(data)
    if not address:
        return _verify(_snapshot_of(work))
    pointer = RemoteOutput(address).read_pointer()
    if pointer is None:
        raise BadCall(f"{address}: nothing is published there yet. Run: cleaning run INPUT --out {address}")
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="verify-", dir=work) as anew:
        return _verify(fetch_anew(address, pointer.snapshot, Path(anew)))


def _snapshot_of(folder: Path) -> Path:
    from flows.mirror import snapshot_of

    if not folder.is_dir():
        raise BadCall(
            f"{folder}: no such folder. Name the folder that runs publish in, for example: cleaning verify data"
        )
    return snapshot_of(folder)


def _verify(snapshot: Path) -> int:
    from rich.console import Console

    from cleaning.publish.verify import verify_snapshot

    console = Console(soft_wrap=True, highlight=False)
    findings = verify_snapshot(snapshot)
    for finding in findings:
        mark, note = ("[green]ok[/]  ", "") if finding.fault is None else ("[red]FAIL[/]", f": {finding.fault}")
        console.print(f"{mark}  ", end="")
        console.print(f"{finding.check}{note}", markup=False)
    faults = sum(finding.fault is not None for finding in findings)
    console.print(
        f"{snapshot.name}: " + (f"{faults} of {len(findings)} checks failed" if faults else "whole and sound")
    )
    return 1 if faults else 0
