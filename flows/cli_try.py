"""``cleaning try``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App

if TYPE_CHECKING:
    from rich.console import Console

    from cleaning.recipe import Recipe
    from cleaning.records import CleanDocument, RawDocument, Rejection
    from cleaning.report.side_by_side import Compared

HELP = """What would become of these files: the raw text beside the clean one, and why the rest goes.

A record of a packed file is named by its address, as in quarantine: `pages.jsonl#60`. Nothing
is published. With `--html PAGE` the same is written as one HTML page. For example:

```
cleaning try seeds
cleaning try page.html --html before-and-after.html
cleaning try crawl.warc.gz --most 5 --recipe news.toml
cleaning try pages.jsonl#60 archive.zip#sub/page.html
```
"""
_WIDTH = 100

app = App(name="try", help=HELP, help_format="markdown")


@app.default
def try_(
    *inputs: str, recipe: Path | None = None, html: Path | None = None, most: int = 20, everything: bool = False
) -> int:
    """Show what would become of files.

    Parameters
    ----------
    inputs
        Files, folders, and addresses of records in files (FILE#RECORD).
    recipe
        A TOML file that says what to remove and what to keep.
    html
        Also write this HTML page.
    most
        So many documents at most.
    everything
        Show all lines that stay, too; without it, the one before and the one behind each that goes.
    """
    from rich.console import Console

    from cleaning.report.side_by_side import side_by_side_page
    from flows.recipe_file import recipe_of

    _check(inputs, html, most)
    chosen = recipe_of(recipe)
    console = Console(soft_wrap=True, highlight=False)
    results = []
    for row in _results(inputs, chosen, most):
        if row is None:
            console.print(f"\nThere is more. --most {2 * most} shows the first {2 * most} documents.", markup=False)
            break
        results.append(row)
        _print(console, *row, everything=everything)
    if html is not None:
        html.write_text(side_by_side_page(results), encoding="utf-8")
        console.print(f"Side by side: {html}", markup=False)
    return 0


def _check(inputs: tuple[str, ...], html: Path | None, most: int) -> None:
    """Refuse what could not be done, or not after the work."""
    from cleaning.errors import BadCall

    if not inputs:
        raise BadCall("No input was named. Name at least one file or folder, for example: cleaning try page.html")
    if most < 1:
        raise BadCall(f"--most {most}: at least one document is to be shown.")
    if html is None:
        return
    if html.is_dir():
        raise BadCall(f"--html {html}: is a folder. Name a file in it, such as {html / 'view.html'}.")
    if not html.parent.is_dir():
        raise BadCall(f"--html {html}: there is no folder {html.parent}. Make it, or name another file.")


def _results(
    inputs: tuple[str, ...], recipe: Recipe, most: int
) -> Iterator[tuple[str, CleanDocument | Rejection, list[Compared]] | None]:
    """So many documents at most, and None where there are more."""
    from cleaning.boilerplate.kept_lines import kept_keys
    from cleaning.clean import clean_many
    from cleaning.records import CleanDocument, RawDocument
    from cleaning.report.side_by_side import compare_document

    for shown, item in enumerate(_items(inputs, recipe)):
        if shown >= most:
            yield None
            return
        if isinstance(item, RawDocument):
            (result,) = clean_many([item], recipe)
            named = kept_keys(recipe.keep_lines, result.site if isinstance(result, CleanDocument) else None)
            yield item.source.path, result, compare_document(result, _raw_lines(item), named)
        else:
            yield item.source, item, []


def _items(inputs: tuple[str, ...], recipe: Recipe) -> Iterator[RawDocument | Rejection]:
    """What the files hold, then the records that are named themselves."""
    from cleaning.errors import BadCall
    from cleaning.ingest import find_sources, read_record, read_source, split_record
    from cleaning.records import Skip

    named = [split_record(one) for one in inputs]
    files = [file for file, record in named if not record]
    for source, place in find_sources(files).sources if files or not named else ():
        found = read_source(source, place, recipe.limits, recipe.fields)
        yield from (item for item in found if not isinstance(item, Skip))
    for file, record in named:
        for source, place in find_sources([file]).sources if record else ():
            for item in read_record(source, place, record, recipe.limits, recipe.fields):
                if isinstance(item, Skip):
                    raise BadCall(f"{item.source}: is skipped: {item.reason}.")
                yield item


def _raw_lines(raw: RawDocument) -> list[str]:
    from cleaning.extract.page import is_page
    from cleaning.extract.page_lines import page_lines
    from cleaning.ingest.decode import Undecoded, decode

    found = decode(raw.data, declared=raw.encoding, is_html=raw.media_type == "text/html")
    if isinstance(found, Undecoded) or not is_page(found.text, raw.media_type):
        return []
    return page_lines(found.text)


def _print(
    console: Console, source: str, result: CleanDocument | Rejection, lines: list[Compared], *, everything: bool
) -> None:
    from cleaning.records import CleanDocument
    from cleaning.report.side_by_side import facts_of

    console.print(f"\n── {source} " + "─" * max(0, _WIDTH - len(source) - 4), style="bold", markup=False)
    if not isinstance(result, CleanDocument):
        console.print(f"quarantine  {result.stage}: {result.reason}: {result.detail}", style="red", markup=False)
    else:
        for name, value in facts_of(result):
            console.print(f"{name:>16}  {value}", markup=False)
    _print_lines(console, lines, everything=everything)


def _print_lines(console: Console, lines: list[Compared], *, everything: bool) -> None:
    from rich.text import Text

    near = {n + d for n, line in enumerate(lines) if line.why for d in (-1, 0, 1)}
    for number, line in enumerate(lines):
        if not everything and number not in near:
            if number - 1 in near or number == 0:
                console.print("  …", style="dim", markup=False)
            continue
        row = Text("- " if line.left is None and line.why else "  ")
        row.append(line.raw, style="red strike" if line.left is None and line.why else "")
        if line.why and line.left and line.left != line.raw.strip():
            row.append(f"\n+ {line.left}", style="green")
        console.print(row)
        if line.why:
            console.print(f"      {line.why}", style="dim", markup=False)
