"""The catalogue of rules as Markdown; ``make rules`` writes it to docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable

from cleaning.boilerplate import RULES, Rule
from cleaning.report.speakers import SPEAKERS, speaker_page


def catalogue_text(rules: Iterable[Rule] = RULES) -> str:
    """The catalogue: a table of all rules and of what speaks beside them, then a page for each."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    table = ["| code | name | kind | what it finds |", "|---|---|---|---|"]
    table += [f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.kind} | {r.summary} |" for r in ordered]
    head = [
        "<!-- Made by `make rules`; change the rules, not this page. -->",
        "# Rules",
        "",
        "A rule marks; one place decides and cuts. In the examples a row with `-` goes and the others stay.",
        "A sentence between paragraphs of a story that is about the very matter (newsletters, cookies, copyright,",
        "paywalls, paid links: `phrases/topics.tsv`), or that quotes a notice, is left alone by the rules of lines.",
        "With the line model, so is one that it takes for a sentence of the story when it is asked without the rules.",
        "",
    ]
    table += [f"| [{one.name}](#{one.name}) | | {one.kinds} | {one.about} |" for one in SPEAKERS.values()]
    pages = [*map(rule_page, ordered), *map(speaker_page, SPEAKERS.values())]
    return "\n".join([*head, *table, "", *pages])


def rule_page(rule: Rule) -> str:
    """The page of one rule."""
    lines = [
        f"## {rule.code} {rule.name}",
        "",
        f"{rule.summary} Kind: `{rule.kind}`; looks at {'one line' if rule.scope == 'line' else 'blocks of lines'}.",
        "",
        f"- Why: {rule.why}",
        f"- Risk: {rule.risk}",
        f"- Source: {rule.source}",
        "",
    ]
    for example in rule.examples:
        lines += ["```diff", *example.strip("\n").split("\n"), "```", ""]
    return "\n".join(lines)
