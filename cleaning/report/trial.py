"""What a rule that is not in use yet would take from the documents of a snapshot."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.dataset as ds

from cleaning.boilerplate import RULES, Rule, Scope, split_page
from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.finders import is_label
from cleaning.boilerplate.phrases import PhraseLists, read_rows
from cleaning.boilerplate.rule import REMOVE_SCORE, Page, Span
from cleaning.errors import BadCall
from cleaning.publish.manifest import check_files
from cleaning.publish.read import StoredDocument, as_removals, read_removals
from cleaning.records import Kind, Mark

_CONTEXT_LINES = 2
_BATCH_DOCUMENTS = 500
_COLUMNS = ("id", "source", "site", "title", "text")


@dataclass(frozen=True, slots=True)
class Taken:
    """One span that the rule would take and that is in the published text now."""

    source: str
    site: str
    line: int
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    evidence: str
    kind: Kind


def read_trial_rule(path: Path) -> Rule:
    """The rule of a rule file, or one that stands for the rows of a phrase list.

    Raises:
        BadCall: neither of them, or no kind of that name.
        BrokenRules: a row of the list is not as it must be.
    """
    if not path.is_file():
        raise BadCall(f"{path}: no such file. Give a rule file (.py) or a phrase list (.tsv).")
    if path.suffix == ".tsv":
        return _phrase_rule(path)
    spec = importlib.util.spec_from_file_location(f"trial_{path.stem}", path) if path.suffix == ".py" else None
    if spec is None or spec.loader is None:
        raise BadCall(f"{path}: is neither a rule file (.py) nor a phrase list (.tsv).")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise BadCall(f"{path}: has no RULE. A rule file says RULE = Rule(…); cleaning rules new writes one.")
    return rule


def find_taken(snapshot: Path, rule: Rule) -> Iterator[Taken]:
    """What the rule would newly take, document by document in the order of the snapshot.

    Raises:
        BrokenSnapshot: a file of the snapshot is missing or has another size.
    """
    check_files(snapshot)
    for stored in _documents(snapshot):
        yield from _taken(stored, rule)


def _phrase_rule(path: Path) -> Rule:
    name = path.stem.split(".")[0]
    if name not in list(Kind):
        kinds = ", ".join(Kind)
        raise BadCall(f"{path}: a phrase list is named for its kind, such as newsletter.tsv. Kinds: {kinds}.")
    kind = Kind(name)
    lists = PhraseLists(read_rows([(kind, path)]))

    def find(page: Page, _: object) -> Iterator[Span]:
        for line in page.lines:
            for row in lists.find(line.text)[:1]:
                if row.use == "lead" or is_label(page, line, row):
                    yield Span(line.start, line.end, f"the phrase {row.phrase!r} ({row.language}, {row.use})")

    about = "rows of a phrase list"
    return Rule("TRIAL", path.stem, kind, Scope.LINE, about, about, about, str(path), find, examples=())


def _documents(snapshot: Path) -> Iterator[StoredDocument]:
    table = ds.dataset(snapshot / "documents")
    for batch in table.to_batches(columns=list(_COLUMNS), batch_size=_BATCH_DOCUMENTS):
        rows = batch.to_pylist()
        removals = read_removals(snapshot, [row["id"] for row in rows])
        for row in rows:
            yield StoredDocument(row, tuple(as_removals(removals.get(row["id"], []))))


def _taken(stored: StoredDocument, rule: Rule) -> Iterator[Taken]:
    text = stored.source_text
    page = split_page(text, stored.row["title"])
    marks: tuple[Mark, ...] = mark_page(page, RULES) if rule.scope == Scope.BLOCK else ()
    gone = bytearray(len(text))
    for removal in stored.removals:
        gone[removal.start : removal.end] = b"\x01" * (removal.end - removal.start)
    others = [mark for mark in marks if mark.rule != rule.code]
    for span in rule.find(page, others):
        left = "".join(text[i] for i in range(span.start, span.end) if not gone[i]).strip()
        if left and rule.score >= REMOVE_SCORE:
            yield _with_context(stored, page, span, left, rule.kind)


def _with_context(stored: StoredDocument, page: Page, span: Span, left: str, kind: Kind) -> Taken:
    index = next(line.index for line in page.lines if line.end > span.start)
    last = next((line.index for line in page.lines if line.end >= span.end), index)
    before = tuple(line.text for line in page.lines[max(0, index - _CONTEXT_LINES) : index])
    after = tuple(line.text for line in page.lines[last + 1 : last + 1 + _CONTEXT_LINES])
    row = stored.row
    return Taken(row["source"], row["site"] or "", page.lines[index].number, left, before, after, span.evidence, kind)
