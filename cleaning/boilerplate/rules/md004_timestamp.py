"""MD004 timestamp."""

import re

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.dates import find_date
from cleaning.records import Kind

# What may stand around the date: labels, weekdays, reading time. Anything else makes it a sentence.
_AROUND = re.compile(
    r"""\b(?:first\s+)?(?:published|updated?|last|posted|created|modified|date|on|at|the|and|of|pm|am|et|est|edt|gmt|utc|bst|ist
    |veröffentlicht|aktualisiert|stand|erstellt|zuletzt|am|um|uhr|vom|publié|mis|à|jour|modifié|le|publicado|actualizado|el|a\s+las
    |pubblicato|aggiornato|il|alle|ore|atualizado|em|às|gepubliceerd|bijgewerkt|op|opublikowano|aktualizacja|publicerad|uppdaterad
    |publiceret|opdateret|publisert|oppdatert|julkaistu|päivitetty|publikováno|aktualizováno|опубликовано|обновлено|опубліковано|оновлено
    |mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday
    |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
    |lunes|martes|miércoles|jueves|viernes|sábado|domingo|min(?:ute)?s?|read|ago|hours?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_WORDS = 18


def _test(line: Line, page: Page) -> str | None:
    at_edge = line.index < page.first_prose or line.index > page.last_prose
    if line.n_words > _MAX_WORDS or not at_edge or page.last_prose < 0:
        return None
    found = find_date(line.text)
    if found is None:
        return None
    rest = line.text[: found.start] + " " + line.text[found.end :]
    second = find_date(rest)
    if second is not None:
        rest = rest[: second.start] + " " + rest[second.end :]
    left = re.sub(r"[\W\d_]+", "", _AROUND.sub("", rest))
    return f"a date and nothing else: {line.text[found.start : found.end]!r}" if not left else None


RULE = Rule(
    code="MD004",
    name="timestamp",
    kind=Kind.TIMESTAMP,
    scope=Scope.LINE,
    summary="A line above or below the story that says when it was published or updated.",
    why="It is the column published or modified.",
    risk="A line of a chronicle that holds nothing but a date, at the very top or end of the text.",
    source="the 'm' lines of the residual benchmark's development part",
    find=lines_where(_test),
    examples=(
        """
- Published 5:30 PM EST, Thu September 15, 2022

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- Stand: 15.09.2022, 17:30 Uhr

  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
  On September 15, 2022, the council voted to keep the old bridge open for another two years.
""",
    ),
)
