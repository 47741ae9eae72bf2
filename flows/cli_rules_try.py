"""``cleaning rules try``: what a rule would newly take from the published documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from cleaning.boilerplate import Rule
    from cleaning.report.trial import Taken

HELP = """What a rule, or a list of phrases, would newly take from the last snapshot: lines, their neighbours, counts.

FILE is a rule file, or a phrase list that is named for its kind. Nothing is changed. For example:

```
cleaning rules try cleaning/boilerplate/rules/cr042_photo_agency_line.py
cleaning rules try my/newsletter.tsv --data /srv/corpus --show 50
```
"""

_ROW_CHARS = 160

app = App(name="try", help=HELP, help_format="markdown")


@app.default
def try_rule(
    file: Annotated[Path, Parameter(name=["FILE"])], *, data: str = "data", show: int = 20, site: str = ""
) -> int:
    """Try a rule that is not in use yet.

    Parameters
    ----------
    file
        A rule file (.py) or a phrase list (.tsv).
    data
        The folder or remote place that runs publish in, or one snapshot on this machine.
    show
        So many of the lines are printed; all are counted.
    site
        Only documents of this site are printed.
    """
    from rich.console import Console

    from cleaning.counted import counted
    from cleaning.report.trial import find_taken
    from flows.mirror import snapshot_of

    rule = _read_rule(file)
    snapshot = snapshot_of(data)
    console = Console(soft_wrap=True, highlight=False)
    sites: Counter[str] = Counter()
    documents: set[str] = set()
    shown = 0
    for taken in find_taken(snapshot, rule):
        sites[taken.site or "no site"] += 1
        documents.add(taken.source)
        if shown < show and site in ("", taken.site):
            shown += 1
            console.print("\n".join(_rows(taken)) + "\n", markup=False)
    total = f"{counted(sum(sites.values()), 'span')} of {rule.kind} in {counted(len(documents), 'document')}"
    console.print(f"{rule.code} {rule.name}: would newly take {total}", markup=False)
    for name, count in sites.most_common(20):
        console.print(f"{count:>8}  {name}", markup=False)
    return 0


def _read_rule(file: Path) -> Rule:
    from cleaning.errors import BrokenRules, CleaningError
    from cleaning.report.trial import read_trial_rule
    from flows.broken_code import fault_in

    try:
        return read_trial_rule(file)
    except CleaningError:
        raise
    except Exception as error:
        fault = fault_in(file, error)
        if fault is None:
            raise
        raise BrokenRules(fault) from error


def _rows(taken: Taken) -> list[str]:
    """The span between its neighbours."""
    rows = [f"{taken.source}, line {taken.line}  {taken.evidence}"]
    rows += [f"    {row[:_ROW_CHARS]}" for row in taken.before]
    rows += [f"  - {row[:_ROW_CHARS]}" for row in taken.text.split("\n")]
    return rows + [f"    {row[:_ROW_CHARS]}" for row in taken.after]
