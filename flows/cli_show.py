"""``cleaning show`` and ``cleaning explain``: one document, and why each line went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from cleaning.boilerplate.rule import Page
    from cleaning.publish.read import StoredDocument
    from cleaning.records import Removal
    from cleaning.report.annotate import AnnotatedLine

SHOW_HELP = """The clean document with what was taken out of it, kinds in the margin.

ID is the document's id or the first digits of it, or its source. For example:

```
cleaning show 000_1378d33102b1ddb1.txt
cleaning show 3f2a --data /srv/corpus
cleaning show 3f2a --data /srv/corpus/published/snapshots/20260301T060000123-5f0c1a2b
```
"""
EXPLAIN_HELP = """Why each line went: the rule, what it saw, how sure it was, and the lines around it.

For example:

```
cleaning explain 003_20a66667152be587.txt
cleaning explain 003_20a66667152be587.txt --line 29
cleaning explain 003_20a66667152be587.txt --text "sign up"
```
"""
_MARGIN = 20
_SHOWN = (
    *("id", "source", "title", "authors", "published_stated", "modified_stated", "section", "site"),
    *("url", "language", "image", "license", "agencies", "contributors", "captions", "rights_holder"),
    *("rights_year", "duplicate_of", "story_id", "n_words"),
)
_MOST_RELATIONS = 10
# Settings are tried on so many removals: each takes the time of cleaning the document anew.
_MOST_TRIED = 5
_OUTSIDE = "outside_main_text"
_NO_BLOCKS = (
    "Lines are those of the page's main text. Menus, footers and other blocks outside of it are not kept; cleaning try "
    "shows them, and a run with keep_dropped_blocks = true in its recipe keeps them too."
)

show_app = App(name="show", help=SHOW_HELP, help_format="markdown")
explain_app = App(name="explain", help=EXPLAIN_HELP, help_format="markdown")


@show_app.default
def show(document: Annotated[str, Parameter(name=["ID"])], *, data: str = "data") -> int:
    """Show one document.

    Parameters
    ----------
    document
        Id, first digits of an id, or source of a published document.
    data
        The folder or remote place that runs publish in, or one snapshot on this machine.
    """
    from rich.console import Console

    from cleaning.report.annotate import annotate

    stored = _find(document, data)
    console = Console(soft_wrap=True, highlight=False)
    for name, value in _facts(stored):
        console.print(f"[bold]{name:>{_MARGIN}}[/]  ", end="")
        console.print(value, markup=False)
    console.print()
    for line in annotate(stored.source_text, stored.removals):
        console.print(_row(line))
    return 0


@explain_app.default
def explain(
    document: Annotated[str, Parameter(name=["ID"])],
    *,
    line: int | None = None,
    text: str | None = None,
    data: str = "data",
) -> int:
    """Explain what was taken out of one document.

    Parameters
    ----------
    document
        Id, first digits of an id, or source of a published document.
    line
        Only this line of the source text, counted from 1 as in cleaning show.
    text
        Only the lines of the source text that hold this, in capitals or not.
    data
        The folder or remote place that runs publish in, or one snapshot on this machine.
    """
    from rich.console import Console

    from cleaning.boilerplate import split_page

    stored = _find(document, data)
    console = Console(soft_wrap=True, highlight=False)
    page = split_page(stored.source_text)
    rows = page.text.split("\n")
    is_page = stored.row["media_type"] == "text/html"
    asked = _asked(rows, line, text, stored.row["source"], hint=f" {_NO_BLOCKS}" if is_page else "")
    wanted = [one for one in stored.removals if asked is None or asked & {*range(one.line, _last_line(one) + 1)}]
    if asked is None and not wanted:
        console.print("Nothing was taken out of this document.")
    gone = {number for one in wanted for number in range(one.line, _last_line(one) + 1)}
    for number in sorted((asked or set()) - gone):
        _explain_kept(console, stored, number, data)
    if is_page and not any(r.kind == _OUTSIDE for r in stored.removals):
        console.print(_NO_BLOCKS, markup=False, style="dim")
    recipe = _recipe(data) if asked is not None and len(wanted) <= _MOST_TRIED else None
    for removal in wanted:
        _explain(console, removal, rows, _count(removal, stored, data))
        _print_keeping(console, removal, page, stored, recipe)
    return 0


def _asked(rows: list[str], line: int | None, text: str | None, source: str, *, hint: str) -> set[int] | None:
    """The numbers of the lines that are asked about; None for all that went. ``hint``: where else a text may be."""
    from cleaning.counted import counted
    from cleaning.errors import BadCall

    if line is not None and not 0 < line <= len(rows):
        raise BadCall(f"--line {line}: the source text of {source} has {counted(len(rows), 'line')}.")
    if text is None:
        return None if line is None else {line}
    found = {number for number, row in enumerate(rows, start=1) if text.casefold() in row.casefold()}
    found = found if line is None else found & {line}
    if not found:
        where = f"no line of the source text of {source} holds" if line is None else f"line {line} does not hold"
        raise BadCall(f"--text {text!r}: {where} it. cleaning show prints them.{hint}")
    return found


def _explain_kept(console: Console, stored: StoredDocument, line: int, data: str) -> None:
    from cleaning.boilerplate.kept_lines import kept_keys
    from cleaning.report.kept import why_kept

    # Recipes of before have no such lines.
    named = _recipe(data).get("keep_lines", {})
    text = stored.source_text
    console.print(f"Line {line} was kept.")
    console.print(f"    {text.split(chr(10))[line - 1]}", markup=False)
    for sentence in why_kept(text, line, kept_keys(named, stored.row["site"])):
        console.print(sentence, markup=False)


def _recipe(data: str) -> dict[str, Any]:
    """The recipe of the run that published, as its manifest has it."""
    from cleaning.publish.manifest import read_manifest
    from flows.mirror import snapshot_of

    return read_manifest(snapshot_of(data)).recipe


def _print_keeping(
    console: Console, removal: Removal, page: Page, stored: StoredDocument, recipe: dict[str, Any] | None
) -> None:
    """What a recipe can do for the lines above, what of it would if that of the run is given, and a blank line."""
    from cleaning.report.kept import how_to_keep
    from cleaning.report.tried import settings_tried

    said = how_to_keep(page, removal, stored.row["site"])
    if tried := settings_tried(stored, removal, recipe) if recipe is not None else ():
        for setting, takers in tried:
            told = (
                f"alone does not keep it, since {', '.join(takers)} would take it" if takers else "in a recipe keeps it"
            )
            console.print(f"  tried     {setting} {told}", markup=False)
        said = said[1:]
    else:
        console.print(f"  undo      {_undo(removal)}", markup=False)
    for row in said:
        for part in row.split("\n"):
            console.print(f"  {'' if part.startswith(' ') else 'or':8}  {part}", markup=False)
    console.print()


def _count(removal: Removal, stored: StoredDocument, data: str) -> str:
    """In how many documents a template stands now; empty for other removals."""
    if removal.kind != "template" or removal.rule != "template":
        return ""
    from cleaning.publish.lines import read_templates
    from flows.mirror import snapshot_of

    for one in read_templates(snapshot_of(data)):
        if (one.site, one.text) == (stored.row["site"], removal.text.strip()):
            return f" (now: {one.documents} of {one.of_documents})"
    return ""


def _find(document: str, data: str) -> StoredDocument:
    from cleaning.publish.read import find_document
    from flows.cli_snapshots import where_it_went
    from flows.mirror import snapshot_of

    snapshot = snapshot_of(data)
    return find_document(snapshot, document, where_it_went(snapshot, data))


def _facts(stored: StoredDocument) -> list[tuple[str, str]]:
    row = stored.row
    said = {one["field"]: _said(one) for one in row["metadata_sources"]}
    values = [(name, ", ".join(row[name]) if isinstance(row[name], list) else row[name]) for name in _SHOWN]
    known = [(name, f"{value}{said.get(name, '')}") for name, value in values if value not in (None, "")]
    closest = stored.relations[:_MOST_RELATIONS]
    return known + [(row["relation"], _related(row, is_first=row["id"] == stored.row["id"])) for row in closest]


def _related(row: Mapping[str, Any], *, is_first: bool) -> str:
    """The other document, and how much the two share."""
    # Snapshots of schema 4 have no such column.
    if row.get("similarity") is not None:
        return f"as {row['source']}   (their words are alike by {row['similarity']:.2f})"
    side = "with" if row["direction"] is None else "of" if is_first else "by"
    share = f", {row['containment']:.0%} of {'this' if is_first else 'that'} one" if row["resemblance"] < 1 else ""
    return f"{side} {row['source']}   ({row['resemblance']:.0%} in common{share})"


def _said(one: Mapping[str, Any]) -> str:
    """Where a value is from, and how often such values are right."""
    share = "" if one["confidence"] is None else f", {one['confidence']:.2f}"
    return f"   ({one['source']}{share})"


def _row(line: AnnotatedLine) -> Text:
    from rich.text import Text

    kinds = ", ".join(dict.fromkeys(str(removal.kind) for removal in line.removals))
    gone = any(removal.action != "flagged" for removal in line.removals)
    row = Text(f"{kinds:>{_MARGIN}} ", style="red" if gone else "yellow")
    is_part = gone and any(text.strip() for text, removal in line.pieces if not _is_cut(removal))
    row.append("~" if is_part else "-" if gone else " ")
    row.append(f"{line.number:>4}  ", style="dim")
    for text, removal in line.pieces:
        style = "" if removal is None else "red strike" if _is_cut(removal) else "yellow"
        # Without colours nothing else tells which part of the line is gone.
        row.append(f"[-{text}-]" if is_part and _is_cut(removal) and text.strip() else text, style=style)
    return row


def _is_cut(removal: Removal | None) -> bool:
    return removal is not None and removal.action != "flagged"


def _last_line(removal: Removal) -> int:
    return removal.line + removal.text.strip("\n").count("\n")


def _explain(console: object, removal: Removal, rows: list[str], count: str) -> None:
    from rich.console import Console

    from cleaning.boilerplate import RULES
    from cleaning.report.speakers import SPEAKERS

    assert isinstance(console, Console)
    rule = next((rule for rule in RULES if rule.code == removal.rule), None)
    first, last = removal.line, _last_line(removal)
    is_part = removal.text.strip() not in ("\n".join(rows[first - 1 : last]), rows[first - 1].strip())
    sign = "~" if is_part else "-"
    console.print(f"[bold red]line {first}[/]  {removal.kind}, {removal.action}")
    for number in range(max(1, first - 2), min(len(rows), last + 2) + 1):
        console.print(f"  {sign if first <= number <= last else ' '} {number:>4}  {rows[number - 1]}", markup=False)
    if is_part:
        console.print(f"  gone      {removal.text.strip()}", markup=False)
    speaker = SPEAKERS.get(removal.rule)
    about = speaker.about if speaker else ""
    name = f"{rule.code} {rule.name}: {rule.summary}" if rule else f"{removal.rule}: {about}"
    console.print(f"  rule      {name}", markup=False)
    console.print(f"  saw       {removal.evidence}{count}", markup=False)
    console.print(f"  score     {removal.score:g}", markup=False)
    if rule:
        console.print(f"  why       {rule.why}", markup=False)
        console.print(f"  risk      {rule.risk}", markup=False)


def _undo(removal: Removal) -> str:
    """What in a recipe leaves alone what took a span; whether the span stays then has not been tried."""
    from cleaning.report.speakers import SPEAKERS

    if removal.rule in SPEAKERS:
        return SPEAKERS[removal.rule].undo
    asked = f"--line {removal.line} tries whether the line stays then"
    return f'ignore = ["{removal.rule}"] in a recipe leaves this rule out; {asked}'
