"""``cleaning rules``: the catalogue; ``test``, ``new`` and ``try``."""

from __future__ import annotations

from cyclopts import App

from flows import cli_rules_new, cli_rules_try

HELP = """The catalogue of rules: what each one finds, why, and at what risk.

For example:

```
cleaning rules
cleaning rules RL001
cleaning rules line-model
cleaning rules --markdown > docs/rules.md
cleaning rules test
cleaning rules new CR042 photo-agency-line
cleaning rules try cleaning/boilerplate/rules/cr042_photo_agency_line.py
```
"""

app = App(name="rules", help=HELP, help_format="markdown")
app.command(cli_rules_new.app)
app.command(cli_rules_try.app)


@app.default
def rules(code: str = "", *, markdown: bool = False) -> int:
    """List the rules and what speaks beside them, or show the page of one.

    Parameters
    ----------
    code
        Code of a rule, or its first characters; or another name that removals carry, such as line-model.
    markdown
        Print the whole catalogue as Markdown.
    """
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.table import Table

    from cleaning.boilerplate import RULES
    from cleaning.errors import BadCall
    from cleaning.report.catalogue import catalogue_text, rule_page
    from cleaning.report.speakers import SPEAKERS, speaker_page

    console = Console(soft_wrap=True, highlight=False)
    if markdown:
        console.print(catalogue_text(), markup=False, end="")
        return 0
    chosen = [rule for rule in RULES if rule.code.startswith(code.upper())]
    others = [one for one in SPEAKERS.values() if one.name.startswith(code.lower())]
    if not chosen and not others:
        raise BadCall(f"{code}: no such rule. Run cleaning rules for the list.")
    if len(chosen) + len(others) == 1:
        page = rule_page(chosen[0]) if chosen else speaker_page(others[0])
        console.print(Markdown(page) if console.is_terminal else page, markup=False)
        return 0
    rows = [(rule.code, str(rule.kind), rule.name, rule.summary) for rule in chosen]
    rows += [(one.name, "", "", one.about) for one in others]
    if not console.is_terminal:
        for name, kind, title, summary in rows:
            console.print(f"{name}  {kind:<20}{title:<24}{summary}", markup=False)
        return 0
    table = Table("code", "kind", "name", "what it finds", box=None)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    return 0


@app.command
def test() -> int:
    """Run the examples of every rule; exit code 1 where one does not come out as written."""
    from rich.console import Console

    from cleaning.boilerplate import RULES
    from cleaning.boilerplate.examples import check_rule
    from cleaning.counted import counted

    console = Console(soft_wrap=True, highlight=False)
    faults = [fault for rule in RULES for fault in check_rule(rule)]
    for fault in faults:
        console.print(fault, markup=False)
    examples = sum(len(rule.examples) for rule in RULES)
    console.print(
        f"{len(RULES)} rules, {examples} examples: " + (counted(len(faults), "fault") if faults else "all as written")
    )
    return 1 if faults else 0
