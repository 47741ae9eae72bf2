"""Credit lines and bylines: lead words, a list of names, closing words; read by rules and by metadata."""

from __future__ import annotations

import re

from cleaning.names import parse_credit, parse_names

# Longest credit met in the seeds and the phrase list's sources: 24 words.
MAX_CREDIT_WORDS = 40
# Bounds the work of the patterns below, some of which try every place where a name may end.
MAX_CREDIT_CHARS = 400
_LEAD = re.compile(
    r"""[\[(*–—-]*\s*(?:
        (?:with\s+)?(?:additional\s+|further\s+|extra\s+)?(?:reporting|files|inputs?|input|information|contributions?|material
            |writing|research)\s+(?:by|from|of)
      | (?:reporting|reported|edited|editing|written|writing|compiled|translated|translation|produced)\s+by
      | based\s+on\s+reporting\s+by
      | mit\s+(?:material|informationen|inhalten|agenturmaterial)\s+(?:von|der|des) | mitarbeit\s*:
      | avec | con\s+(?:información|informaciones|datos)\s+de | com\s+(?:informações|agências)\s+d[aeo]s?
      | con\s+(?:informazioni|il\s+contributo)\s+d[iae]l? | met\s+(?:medewerking|bijdragen)\s+van
      | med\s+(?:bidrag|material)\s+(?:fra|från|av)
      | при\s+участии | по\s+материалам | по\s+данным | за\s+матеріалами
      | с\s+использованием\s+материалов
    )\s*:?\s+(?P<names>\S.*?)[\])*.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSE = re.compile(
    r"""[\[(*–—-]*\s*(?P<names>\S.*?)\s+(?:have\s+|has\s+|also\s+)*(?:
        contributed(?:\s+additional)?(?:\s+reporting)?(?:\s+(?:to|for)\s+this\s+(?:report|story|article|piece|dispatch))?
          (?:\s+from\s+\w[\w\s,]{0,40})?
      | reported\s+from\s+(?-i:[A-Z])[\w\s,'’-]{1,60}
      | (?:a\s+)?contribu(?:é|ée|és|ées|er)?\s+à\s+(?:cet\s+article|ce\s+reportage)
      | contribuyó\s+a\s+este\s+(?:reportaje|informe|artículo) | contribuyeron\s+a\s+este\s+(?:reportaje|informe|artículo)
      | contribu(?:iu|íram)\s+para\s+(?:esta|este)\s+\w+
    )[\])*.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_MADE_BY = re.compile(
    r"[\[(*–—-]*\s*(?:edited|written|compiled|translated|produced|translation|writing)\s+by\b", re.IGNORECASE
)
# Looked for first: the pattern above tries every place where the names may end.
_CLOSING = re.compile(r"contrib|reported\s+from", re.IGNORECASE)
_NOT_ALONE = re.compile(r";\s+|\.\s+(?=(?:editing|writing|reporting|additional|translation)\b)", re.IGNORECASE)
_BARE_LEADS = ("avec", "по данным")


_BYLINE = re.compile(
    r"(?:(?:written|posted|story|reported|text)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|przez|autor(?:in|a)?:|от|автор:|تأليف)\s+(?P<names>[^:!?]{3,120})$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r",?\s*(?:[–—|/-]\s*)?\b(?:staff|senior|chief|political|special|associated|business|foreign|reporter|correspondent|editor"
    r"|writer|columnist|contributor|for\s+the|redakteur\w*|journalist\w*)\b.*$",
    re.IGNORECASE,
)

Names = tuple[str, ...]


def parse_credit_line(text: str) -> tuple[Names, Names] | None:
    """(agencies, people) whom a credit line names, or None where the line is no credit.

    >>> parse_credit_line("With reporting by TASS and Interfax")
    (('TASS', 'Interfax'), ())
    >>> parse_credit_line("Reporting by Jane Doe; Editing by John Roe")
    ((), ('Jane Doe', 'John Roe'))
    """
    if len(text) > MAX_CREDIT_CHARS or len(text.split()) > MAX_CREDIT_WORDS:
        return None
    agencies: list[str] = []
    people: list[str] = []
    for part in _NOT_ALONE.split(text.strip()):
        found = _parse_part(part)
        if found is None:
            return None
        agencies.extend(found[0])
        people.extend(found[1])
    return tuple(dict.fromkeys(agencies)), tuple(dict.fromkeys(people))


def is_made_by(text: str) -> bool:
    """Does a credit only say who wrote, edited or produced something, as credits of books and films do too?

    >>> is_made_by("Written by Jane Doe"), is_made_by("With reporting by Jane Doe")
    (True, False)
    """
    return bool(_MADE_BY.match(text.strip()))


def parse_byline(text: str) -> Names | None:
    """The names in a byline such as "By Jane Doe, staff writer", or None where the text is none.

    One word may be a place or a month ("By Monday"): a name has two or more.

    >>> parse_byline("Von Erika Mustermann")
    ('Erika Mustermann',)
    """
    match = _BYLINE.match(text.strip()) if len(text) <= MAX_CREDIT_CHARS else None
    names = parse_names(strip_role(match["names"])) if match else None
    return names if names and all(len(name.split()) > 1 for name in names) else None


def strip_role(name: str) -> str:
    """The name without the role behind it: "Jane Doe, staff writer" gives "Jane Doe"."""
    return _ROLE.sub("", name).strip(" ,|/–—-")


def _parse_part(text: str) -> tuple[Names, Names] | None:
    lead = _LEAD.match(text)
    match = lead or (_CLOSE.match(text) if _CLOSING.search(text) else None)
    found = parse_credit(match["names"]) if match else None
    # "Avec Reuters" is a credit, "Avec Marie" the start of a story: bare words need an agency.
    if found and lead and text.strip("([*– ").casefold().startswith(_BARE_LEADS) and not found[0]:
        return None
    return found
