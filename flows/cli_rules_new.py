"""``cleaning rules new``: a rule file with an example that fails until its pattern is written."""

from __future__ import annotations

import re
from pathlib import Path

from cyclopts import App

HELP = """Start a rule: its file, with an example that fails, and its place among the others.

For example:

```
cleaning rules new CR042 photo-agency-line
```
"""
FAMILIES = {
    "AD": ("ADVERTISEMENT", "advertising"),
    "CO": ("COMMENT_PROMPT", "comments and authors"),
    "CR": ("COPYRIGHT", "rights and credits"),
    "LG": ("COOKIE_NOTICE", "legal and consent"),
    "MD": ("BYLINE", "metadata lines"),
    "ME": ("CAPTION", "media and captions"),
    "NV": ("NAVIGATION", "navigation"),
    "RL": ("RELATED_LINKS", "links to other stories"),
    "RP": ("REPEATED", "repeats"),
    "SH": ("SHARE", "share and follow"),
    "SU": ("NEWSLETTER", "subscribe and sign up"),
}
_SKELETON = '''"""{code} {name}."""

import re

from cleaning.boilerplate.finders import lines_matching
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

# What the pattern asks for beside the words themselves, and which sentence of a story made that necessary.
_PATTERN = re.compile(r"write the pattern here", re.IGNORECASE)

RULE = Rule(
    code="{code}",
    name="{name}",
    kind=Kind.{kind},
    scope=Scope.LINE,
    summary="A line that …",
    why="It …",
    risk="A line of the story that …",
    source="where such lines were met",
    find=lines_matching(_PATTERN),
    examples=(
        """
  A sentence of the story above, which stays.
- The line that goes.
""",
        """
  A sentence of a story that looks like the line, and stays.
""",
    ),
)
'''

app = App(name="new", help=HELP, help_format="markdown")


@app.default
def new(code: str, name: str, *, folder: Path | None = None) -> int:
    """Write the file of a new rule.

    Parameters
    ----------
    code
        Family and three digits, such as CR042; see the family codes in the catalogue.
    name
        What the rule finds, in lower case with hyphens, such as copyright-line.
    folder
        The folder of the rules; the installed package's own by default.
    """
    from rich.console import Console

    import cleaning
    from cleaning.errors import BadCall

    rules = folder or Path(cleaning.__file__).parent / "boilerplate" / "rules"
    code = code.upper()
    if not re.fullmatch(r"[A-Z]{2}\d{3}", code) or code[:2] not in FAMILIES:
        families = ", ".join(f"{family} {about}" for family, (_, about) in FAMILIES.items())
        raise BadCall(f"{code}: a code is a family and three digits. Families: {families}.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", name):
        raise BadCall(f"{name}: a name is lower case with hyphens and says what is found, such as copyright-line.")
    used = sorted(path.name for path in rules.glob(f"{code.lower()}_*.py"))
    if used:
        raise BadCall(f"{code}: {used[0]} has that code. The next free number is {_next_code(rules, code[:2])}.")
    path = rules / f"{code.lower()}_{name.replace('-', '_')}.py"
    path.write_text(_SKELETON.format(code=code, name=name, kind=FAMILIES[code[:2]][0]), encoding="utf-8")
    _register(rules / "__init__.py", path.stem, code)
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"Wrote {path} and added it to {rules / '__init__.py'}.", markup=False)
    console.print("Write its pattern and examples, then: cleaning rules test · cleaning rules try FILE · make rules")
    return 0


def _next_code(rules: Path, family: str) -> str:
    numbers = [int(path.name[2:5]) for path in rules.glob(f"{family.lower()}[0-9][0-9][0-9]_*.py")]
    return f"{family}{max(numbers, default=0) + 1:03}"


def _register(module: Path, stem: str, code: str) -> None:
    """Adds the import and the code to the tuple, both in order."""
    rows = module.read_text(encoding="utf-8").splitlines()
    start = "from cleaning.boilerplate.rules."
    imports = sorted({row for row in rows if row.startswith(start)} | {f"{start}{stem} import RULE as {code}"})
    entries = sorted({row for row in rows if re.fullmatch(r"    [A-Z]{2}\d{3},", row)} | {f"    {code},"})
    first, opening = (
        next(i for i, row in enumerate(rows) if row.startswith(start)),
        rows.index("RULES: tuple[Rule, ...] = ("),
    )
    closing = rows.index(")", opening)
    kept = [*rows[:first], *imports, "", rows[opening], *entries, *rows[closing:]]
    module.write_text("\n".join(kept) + "\n", encoding="utf-8")
