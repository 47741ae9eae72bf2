"""Credit lines and bylines: lead words, a list of names, closing words; read by rules and by metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from cleaning.names import agencies, find_agencies, parse_credit, parse_names

# Longest credit met in the seeds and the phrase list's sources: 24 words.
MAX_CREDIT_WORDS = 40
# Bounds the work of the patterns below, some of which try every place where a name may end.
MAX_CREDIT_CHARS = 400
_BRACKETS = "([（【/–—-〔«<"
_EDGES = "[]()*（）【】〔〕「」<>–—- \t"
_CLOSE = re.compile(
    r"""[\[(*–—-]*\s*(?:(?:the\s+)?(?:[\w.’']+\s){0,4}(?:writers?|reporters?|correspondents?|journalists?|staff)\s+(?=(?-i:[^\W\d_a-z])))?(?P<names>\S.*?)\s+(?:have\s+|has\s+|also\s+)*(?:
        contributed(?:\s+additional)?(?:\s+reporting)?(?:\s+(?:to|for)\s+this\s+(?:report|story|article|piece|dispatch))?
          (?:\s+from\s+\w[\w\s,]{0,40})?
      | reported\s+from\s+(?-i:[A-Z])[\w\s,'’-]{1,60}
      | (?:a\s+|ont\s+)?contribu(?:é|ée|és|ées|er)?\s+à\s+(?:cet\s+article|ce\s+reportage)
      | contribuy(?:ó|eron)\s+(?:a|con|en)\s+(?:este|esta)\s+(?:reportaje|informe|artículo|nota|información)
      | contribu(?:iu|íram)\s+para\s+(?:esta|este)\s+\w+
      | (?:ha|hanno)\s+(?:collaborato|contribuito)(?:\s+a\s+questo\s+\w+)?
      | (?:heeft|hebben)\s+(?:meegewerkt|bijgedragen)\s+aan\s+dit\s+(?:artikel|verhaal|bericht)
      | bidrog\s+till\s+(?:artikeln|rapporten|den\s+här\s+\w+) | (?:har\s+)?bidrog\s+til\s+(?:denne\s+)?(?:artik\w+|sak\w+)
    )[\])*.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# "An diesem Text hat A mitgearbeitet": the names stand inside.
_AROUND = re.compile(
    r"(?:an\s+diesem\s+(?:text|artikel|beitrag|bericht)\s+(?:hat|haben)|(?:ha|hanno)\s+collaborato|aan\s+dit\s+artikel\s+werkte)\s+"
    r"(?P<names>\S.*?)(?:\s+(?:mitgearbeitet|mitgewirkt|mee))?[\])*.]*$",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"[\[(*–—-]*\s*(?:edited|written|compiled|translated|produced|translation|writing|graphics)\b", re.IGNORECASE
)
# Looked for first: the pattern above tries every place where the names may end.
_CLOSING = re.compile(
    r"contrib|reported\s+from|mitgearbeitet|mitgewirkt|collaborato|meegewerkt|bijgedragen|bidrog", re.IGNORECASE
)
_CLOSINGS = (
    "ontrib",
    "eported from",
    "mitgearbeitet",
    "mitgewirkt",
    "ollaborato",
    "meegewerkt",
    "bijgedragen",
    "idrog",
)
_NOT_ALONE = re.compile(
    r";\s+|\s[|•·]\s|[、，]\s?(?=(?:編集|翻訳|责编|编辑|校对))|\.\s+(?=(?:editing|writing|reporting|additional|translation|edited|edición|edição)\b)|(?<=[a-z]{3})\.\s+(?=[^.]{4,80}\scontributed\b)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r",?\s*(?:[–—|/•·-]\s*)?\b(?:staff|senior|chief|political|special|associated|business|foreign|deputy|national|reporter|correspondent|editor"
    r"|writer|columnist|contributor|for\s+the|for\s+(?=[A-Z])|redakteur\w*|journalist\w*|korrespondent\w*|envoyé\w*|correspondante?|enviad[oa]"
    r"|corresponsal|inviat[oa]|corrispondente|repórter|verslaggever|dziennikar\w+|redaktor\w*|корреспондент)\b.*$",
    re.IGNORECASE,
)
# "La Gazette avec AFP": a paper and the agency that it used.
_WITH_AGENCY = re.compile(r"[^\W\d_a-z][^,.;:!?]{1,40}\s(?:avec|mit|with|con|com|et|und|and|/)\s(?P<agency>\S.{1,30})$")
# The longest that the pattern above takes, and what stands between its two names.
_START_CHARS = 100
_WITH = frozenset(["avec", "mit", "con", "com", "with"])
_JOINTS = frozenset(["avec", "mit", "with", "con", "com", "et", "und", "and", "/"])
_BEFORE_AGENCY = _EDGES + " \t\n.:/,=+&|–—-・、，;＋\xa0"
_NAME_AND_JOB = re.compile(
    r"(?P<name>[^,|•·–—]{4,40}?)(?:\s*[,|•·]\s*|\s+[–—-]\s+|\s(?=(?:enviad[oa]|staff)\s))(?:[^\W_][\w.’'&-]*\s+){0,4}?(?:reporter|correspondent|editor|(?:staff\s|senior\s)"
    r"writer|columnist|contributor|enviad[oa]\s+especial|corresponsal|envoyée?\s+spéciale?|correspondante?|inviat[oa]|corrispondente|repórter|verslaggever"
    r"|correspondente|redakteur(?:in)?|reporterin|korrespondent(?:in)?|dziennikar\w+|redaktor\w*|корреспондент|de\s+(?=[^\W\d_a-z]))\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s(?!of\b)[\w.'’-]+){1,3}$")
MAX_ROLE_LINE_CHARS = 80
_BEHIND_NAMES = re.compile(r"\s+[|•·]\s.*$|\s+\((?P<inside>[^()]{2,40})\)$|,?\s+/\s?.*$")
_KOREAN = re.compile(
    r"[(\[]?(?P<name>[가-힣]{2,4})\s?(?:인턴)?(?:기자|특파원|논설위원|선임기자|객원기자)(?:\s?[\w.+-]+@[\w.-]+)?[)\]]?$"
)

Names = tuple[str, ...]


@cache
def _leads(use: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of all leads of a use, the longest first, and the letters that they start with."""
    text = files("cleaning.boilerplate").joinpath("phrases", "credit_leads.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    leads = sorted({row[2] for row in rows if row[1] == use}, key=lambda lead: (-len(lead), lead))
    pattern = "|".join(_lead_pattern(lead) for lead in leads)
    return re.compile(rf"(?P<lead>{pattern})\s*(?P<names>\S.*)$", re.IGNORECASE), frozenset(lead[0] for lead in leads)


@cache
def _openings() -> tuple[frozenset[str], frozenset[str]]:
    """The first words of all leads of credits, and the first two letters of those in scripts without spaces."""
    text = files("cleaning.boilerplate").joinpath("phrases", "credit_leads.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    leads = [row[2] for row in rows if row[1] != "byline"]
    words = frozenset(lead.split()[0].rstrip(":：") for lead in leads)
    return words, frozenset(lead[:2] for lead in leads if lead[0] >= "\u3000")


def _may_be_credit(text: str) -> bool:
    """Most lines neither start with a lead or a bracket nor hold the words behind a list of names."""
    for word in _CLOSINGS:
        if word in text:
            return True
    if len(text) < 60 and not _WITH.isdisjoint(text.split(" ")):
        return True
    words, letters = _openings()
    first = text.lstrip(_EDGES).split(None, 1)[:1]
    if first and (first[0].rstrip(":：").casefold() in words or first[0][:2] in letters):
        return True
    return text[:1] in _BRACKETS and _may_name_agency(text)


def _may_name_agency(text: str) -> bool:
    """Could a line behind a bracket or a dash, most often an item of a list, be an agency, or a paper "with" one?"""
    bare = text.lstrip(_BEFORE_AGENCY)[:_START_CHARS]
    if _may_start_agency(bare):
        return True
    words = bare.split()
    if _JOINTS.isdisjoint(words):
        return False
    return any(word in _JOINTS and _may_start_agency(after) for word, after in pairwise(words))


def _may_start_agency(text: str) -> bool:
    start, starts = text.lstrip(_BEFORE_AGENCY)[:3].casefold(), _agency_starts()
    return not start or start == "the" or start[:3] in starts or start[:2] in starts or start[:1] in starts


@cache
def _agency_starts() -> frozenset[str]:
    """The first three letters of the names of all agencies, fewer of shorter names."""
    return frozenset(name[:3] for name in agencies())


def _lead_pattern(lead: str) -> str:
    words = r"\s+".join(re.escape(word) for word in lead.replace(" :", ":").rstrip(":：").split())
    if lead[-1] in ":：":
        return words + r"\s?[:：]"
    # Without a colon of its own a lead may have one; words of spaced scripts end at a blank.
    return words + (r"(?:\s?[:：]|\s|(?=\s))" if lead[-1].isalpha() and lead[-1] < "\u3000" else r"[:：]?")


def _match_lead(text: str, *uses: str) -> tuple[str, re.Match[str]] | None:
    for use in uses:
        pattern, first = _leads(use)
        if text[:1].casefold() in first and (match := pattern.match(text)):
            return use, match
    return None


@lru_cache(maxsize=256)
def parse_credit_line(text: str) -> tuple[Names, Names] | None:
    """(agencies, people) whom a credit line names, or None where the line is no credit.

    >>> parse_credit_line("With reporting by TASS and Interfax")
    (('TASS', 'Interfax'), ())
    >>> parse_credit_line("Reporting by Jane Doe; Editing by John Roe")
    ((), ('Jane Doe', 'John Roe'))
    >>> parse_credit_line("(dpa/AFP)"), parse_credit_line("Quelle: dpa")
    ((('dpa', 'AFP'), ()), (('dpa',), ()))
    """
    if len(text) > MAX_CREDIT_CHARS or not _may_be_credit(text) or len(text.split()) > MAX_CREDIT_WORDS:
        return None
    found: list[str] = []
    people: list[str] = []
    for part in _NOT_ALONE.split(text.strip()):
        credit = _parse_part(part)
        if credit is None:
            return None
        found.extend(credit[0])
        people.extend(credit[1])
    return _unique(found), _unique(people)


def is_made_by(text: str) -> bool:
    """Does a credit only say who wrote, edited or produced something, as credits of books and films do too?

    >>> is_made_by("Written by Jane Doe"), is_made_by("With reporting by Jane Doe")
    (True, False)
    """
    bare = text.strip().lstrip(_EDGES)
    return bool(_MADE_BY.match(bare)) or (bare[:5].casefold() != "with " and ":" in bare[:30])


def parse_byline(text: str) -> Names | None:
    """The names in a byline such as "By Jane Doe, staff writer", or None where the text is none.

    One word may be a place or a month ("By Monday"): a name has two or more.

    >>> parse_byline("Von Erika Mustermann"), parse_byline("By Jane Doe | Example News")
    (('Erika Mustermann',), ('Jane Doe',))
    """
    text = text.strip().strip("*_")
    if len(text) > MAX_CREDIT_CHARS:
        return None
    korean = _KOREAN.match(text)
    if korean:
        return (korean["name"],)
    found = _match_lead(text, "byline")
    if found is None or any(mark in found[1]["names"] for mark in ":!?"):
        return None
    names = _BEHIND_NAMES.sub("", strip_role(found[1]["names"]))
    return _people_of(names.removesuffix("."))


def parse_name_with_role(text: str) -> Names | None:
    """The name in a line of a name and what its bearer does, or of a name and an agency; None for any other.

    >>> parse_name_with_role("Jane Doe, Politics correspondent"), parse_name_with_role("Jane Doe, AFP")
    (('Jane Doe',), ('Jane Doe',))
    >>> parse_name_with_role("Jane Doe"), parse_name_with_role("School of Business, editor") is None
    (None, True)
    """
    if len(text) > MAX_ROLE_LINE_CHARS:
        return None
    role = _NAME_AND_JOB.match(text)
    if role:
        names = _people_of(role["name"])
        return names if names and len(names) == 1 and _PLAIN_NAME.match(names[0]) else None
    found = parse_credit(text) if "," in text or "/" in text else None
    return found[1] if found and found[0] and len(found[1]) == 1 and _is_full(found[1][0]) else None


def strip_role(name: str) -> str:
    """The name without the role behind it: "Jane Doe, staff writer" gives "Jane Doe"."""
    return _ROLE.sub("", name).strip(" ,|/–—-")


def _people_of(text: str) -> Names | None:
    """The names of a list that holds names of two words or more, letters without case, and agencies only."""
    names = parse_names(text)
    return names if names and all(_is_full(name) for name in names) else None


def _is_full(name: str) -> bool:
    has_case = name.upper() != name.lower()
    return len(name.split()) > 1 or (not has_case and len(name) >= 2) or name.casefold() in agencies()


def _parse_part(text: str) -> tuple[Names, Names] | None:
    bare = text.strip().strip(_EDGES).rstrip(".")
    only = find_agencies(bare.strip("/"))
    if only and text.strip()[:1] in _BRACKETS:
        return only, ()
    lead = _match_lead(bare, "people", "agency")
    if lead:
        only = find_agencies(lead[1]["names"].strip(_EDGES))
        if only:
            return only, ()
        found = parse_credit(lead[1]["names"].strip(_EDGES))
        # "Avec Reuters" is a credit, "Avec Marie" the start of a story: bare words need an agency.
        if found and (not found[1] if lead[0] == "agency" else all(map(_is_full, found[1]))):
            return found
        if lead[0] == "people" and (second := _match_lead(bare, "agency")):
            found = parse_credit(second[1]["names"].strip(_EDGES))
            if found and not found[1]:
                return found
    with_agency = _WITH_AGENCY.match(bare)
    if with_agency and find_agencies(with_agency["agency"]):
        return find_agencies(with_agency["agency"]), ()
    match = _CLOSE.match(text) or _AROUND.match(bare) if _CLOSING.search(text) else None
    return parse_credit(match["names"]) if match else None


def _unique(names: Iterable[str]) -> Names:
    return tuple(dict.fromkeys(names))
