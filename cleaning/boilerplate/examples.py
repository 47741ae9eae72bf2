"""The examples in the rules, read as small diffs: tests of the rule and pages of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaning.boilerplate.cut import cut
from cleaning.boilerplate.find import find_removals
from cleaning.boilerplate.rule import Rule
from cleaning.normalize.characters import normalize_text
from cleaning.recipe import Recipe
from cleaning.records import Kind


@dataclass(frozen=True, slots=True)
class Example:
    """A text, what must be left of it, and how many of its rows go."""

    source: str
    left: str
    rows_gone: int


def parse_example(diff: str) -> Example:
    """The example that a diff says: ``- `` goes, two blanks stay, ``+ `` is what is left of the row before.

    Raises:
        ValueError: a row starts with something else.
    """
    source: list[str] = []
    left: list[str] = []
    gone = 0
    for row in diff.strip("\n").split("\n"):
        mark, text = row[:2], row[2:]
        if not row.strip():
            source.append("")
            left.append("")
        elif mark == "  ":
            source.append(text)
            left.append(text)
        elif mark == "- ":
            source.append(text)
            gone += 1
        elif mark == "+ ":
            left.append(text)
        else:
            raise ValueError(f"a row of an example starts with '- ', '+ ' or two blanks: {row!r}")
    return Example(normalize_text("\n".join(source)), normalize_text("\n".join(left)), gone)


def check_rule(rule: Rule) -> Iterator[str]:
    """What is wrong with a rule's examples and texts; nothing where all is well."""
    for name in ("name", "summary", "why", "risk", "source"):
        if not getattr(rule, name).strip():
            yield f"{rule.code}: {name} is empty"
    recipe = Recipe(select=(rule.code,), line_model="off", kinds={Kind.REPEATED: "drop"})
    examples = [parse_example(diff) for diff in rule.examples]
    for number, example in enumerate(examples, start=1):
        removals = find_removals(example.source, recipe)
        left = cut(example.source, removals)
        if left != example.left:
            yield f"{rule.code}: example {number}: left {left!r}, expected {example.left!r}"
        elif find_removals(left, recipe):
            yield f"{rule.code}: example {number}: a second run changes what the first one left"
    if not any(example.rows_gone for example in examples):
        yield f"{rule.code}: no example in which something goes"
    if not any(not example.rows_gone for example in examples):
        yield f"{rule.code}: no look-alike: an example of which everything stays"
