"""Names of people and news agencies in a credit: read as data, by both rules and metadata."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SPLIT = re.compile(r"\s*(?:[,;&،、]|\s(?:and|und|et|y|e|i|en|och|og|ja|és|și|ve|и|та|και|و)(?=\s))\s*")
_PLACE = re.compile(
    r",?\s+(?:in|at|from|aus|à|en|a|em|da|te|w|в|у)\s+(?P<place>[^\W\d_][^,;]{1,40}(?:,\s[^\W\d_][^,;]{1,30})?)$"
)
PARTICLES = frozenset(
    [
        "al",
        "and",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "of",
        "st",
        "ten",
        "ter",
        "the",
        "van",
        "vom",
        "von",
        "y",
        "zu",
    ]
)
# States of the USA and what papers write for them, without full stops.
_STATES = frozenset(
    state.strip()
    for state in """Alabama|Ala|Alaska|Arizona|Ariz|Arkansas|Ark|California|Calif|Colorado|Colo|Connecticut|Conn
    |Delaware|Del|District of Columbia|DC|Florida|Fla|Georgia|Ga|Hawaii|Idaho|Illinois|Ill|Indiana|Ind|Iowa|Kansas|Kan
    |Kentucky|Ky|Louisiana|La|Maine|Maryland|Md|Massachusetts|Mass|Michigan|Mich|Minnesota|Minn|Mississippi|Miss
    |Missouri|Mo|Montana|Mont|Nebraska|Neb|Nevada|Nev|New Hampshire|NH|New Jersey|NJ|New Mexico|NM|New York|NY
    |North Carolina|NC|North Dakota|ND|Ohio|Oklahoma|Okla|Oregon|Ore|Pennsylvania|Pa|Rhode Island|RI|South Carolina|SC
    |South Dakota|SD|Tennessee|Tenn|Texas|Tex|Utah|Vermont|Vt|Virginia|Va|Washington|Wash|West Virginia|Wisconsin|Wis
    |Wyoming|Wyo""".casefold().split("|")
)
_POSSESSIVE = re.compile(r"^(?P<agency>[^\s,;]+(?:\s[^\s,;]+){0,3})[’']s?\s+(?P<rest>\S.*)$")
_LABEL_EDGES = " \t()[]{}<>|•·●▸►▶→←↓↑»«›‹>:：.…!?,;*+#=/–—-"
# Between the names of agencies in a bracket: "(dpa/AFP)", "(서울=연합뉴스)", "(ANSA, Reuters)".
_BETWEEN_AGENCIES = re.compile(r"\s*[/,=+&|–—・、，;＋]\s*|\s+(?:-|and|und|et|y|e|con|och|og|и|та)\s+")
# The letters of a desk or an editor beside an agency's: "(dpa/lby)", "mau/dpa".
_DESK = re.compile(r"[a-zäöü]{2,4}")
MAX_NAME_WORDS = 5
MAX_NAMES = 12
# Names in scripts without spaces or case: a sentence must not pass for one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_UNSPACED_NAME_CHARS = 8


@cache
def places() -> frozenset[str]:
    """Case-folded names of places that datelines name."""
    rows = files("cleaning.boilerplate").joinpath("phrases", "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name.strip().casefold() for row in rows if not row.startswith("#") for name in row.split("|"))


def is_place(name: str) -> bool:
    """Is a name that of a place from which stories are written, or of a state of the USA, and nothing else?

    >>> is_place("Ala."), is_place("South Carolina"), is_place("N.C."), is_place("Paris Doe")
    (True, True, True, False)
    """
    return name.casefold() in places() or name.replace(".", "").casefold() in _STATES


@cache
def agencies() -> dict[str, str]:
    """Known news agencies and newsrooms: case-folded name to the name as published."""
    text = files("cleaning.boilerplate").joinpath("phrases", "agencies.txt").read_text(encoding="utf-8")
    names = (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    table: dict[str, str] = {}
    for line in names:
        published, *others = (part.strip() for part in line.split("|"))
        table.update({name.casefold(): published for name in (published, *others)})
    return table


@cache
def listed_phrases(kind: str) -> frozenset[str]:
    """The phrases of one phrase list, case-folded and without signs at their ends.

    >>> "image caption" in listed_phrases("caption")
    True
    """
    text = files("cleaning.boilerplate").joinpath("phrases", f"{kind}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return frozenset(bare_label(row[2]) for row in rows)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists of words that are read as a paragraph."""
    return frozenset(text.split())


def bare_label(text: str) -> str:
    """The text case-folded and without brackets, bullets and punctuation at its ends."""
    return text.strip(_LABEL_EDGES).casefold()


def parse_names(text: str) -> tuple[str, ...] | None:
    """The names that a list of names holds, or None where the text is anything but such a list.

    >>> parse_names("Anna Chernova, Betsy Klein and Ivana Kottasová")
    ('Anna Chernova', 'Betsy Klein', 'Ivana Kottasová')
    >>> parse_names("the front line, the correspondent said") is None
    True
    """
    parts = [part for part in _SPLIT.split(text.strip().rstrip(".").strip()) if part]
    if not 1 <= len(parts) <= MAX_NAMES:
        return None
    names = tuple(_bare(part) for part in parts)
    return names if all(_is_name(name) for name in names) else None


def parse_credit(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(agencies, people) of the names part of a credit, or None where it is no list of names.

    A place at the end ("Maiqi Ding in Beijing") is not part of a name; a possessive in front
    ("CNN's A and B") names the agency of those behind it.

    >>> parse_credit("TASS and Interfax")
    (('TASS', 'Interfax'), ())
    >>> parse_credit("CNN’s Anna Chernova and Betsy Klein")
    (('CNN',), ('Anna Chernova', 'Betsy Klein'))
    """
    text = text.strip().rstrip(".").strip()
    found: list[str] = []
    owner = _POSSESSIVE.match(text)
    if owner and _is_name(owner["agency"]):
        found.append(agencies().get(owner["agency"].casefold(), owner["agency"]))
        text = owner["rest"]
    names = parse_names(text)
    if names is None:
        return None
    people: list[str] = []
    for name in names:
        agency = agencies().get(name.removeprefix("The ").removeprefix("the ").casefold())
        (found if agency else people).append(agency or name)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(people))


# "(APA, red, 3.3.2025)": the paper's own desk, and the day.
_OWN_DESK = re.compile(r"red\.?|\d\d?\.\d\d?\.\d{4}")


def find_agencies(text: str) -> tuple[str, ...]:
    """The known agencies that a text such as the inside of a bracket names, if it names nothing else.

    Behind or before a slash may stand the letters of a desk or an editor.

    >>> find_agencies("dpa/AFP"), find_agencies("서울=연합뉴스"), find_agencies("photo")
    (('dpa', 'AFP'), (), ())
    >>> find_agencies("dpa/lby"), find_agencies("mau/AFP/dpa"), find_agencies("AP and more")
    (('dpa',), ('AFP', 'dpa'), ())
    >>> find_agencies("APA, red, 3.3.2025"), find_agencies("red./dpa")
    (('APA',), ('dpa',))
    """
    parts = [part for part in _BETWEEN_AGENCIES.split(text.strip(" .:")) if part][:5]
    parts = [part for part in parts if not _OWN_DESK.fullmatch(part)]
    found = [agencies().get(part.removeprefix("The ").casefold()) for part in parts]
    others = [part for part, name in zip(parts, found, strict=True) if not name]
    if others and not ("/" in text and all(map(_DESK.fullmatch, others))):
        return ()
    return tuple(dict.fromkeys(name for name in found if name))


_BRACKETS = re.compile(r"\(([^()]{2,40})\)")


def named_agencies(text: str) -> tuple[str, ...]:
    """The known agencies that a dateline names beside its place and day.

    >>> named_agencies("LONDON, March 5 (Reuters) - "), named_agencies("МОСКВА, 5 марта. /ТАСС/. ")
    (('Reuters',), ('TASS',))
    """
    known = agencies()
    # The hyphen of "(Agence France-Presse)" parts it.
    whole = [inside for inside in _BRACKETS.findall(text) if inside.casefold() in known]
    rest = text if not whole else _BRACKETS.sub(" / ", text)
    parts = whole + re.split(r"\s*[()\[\]（）【】［］/=,.:–—|-]+\s*", rest)
    found = (known.get(part.casefold()) or _last_agency(part, known) for part in parts if part)
    return tuple(dict.fromkeys(name for name in found if name))


def _last_agency(text: str, known: dict[str, str]) -> str | None:
    """The agency that the last or the first word of a text is: "東京 共同通信", "新华社北京3月5日电"."""
    words = text.split()
    last = known.get(words[-1].casefold()) if len(words) > 1 else None
    return last or next((known[text[:n].casefold()] for n in (5, 4, 3) if _is_cjk_agency(text[:n], known)), None)


def _is_cjk_agency(text: str, known: dict[str, str]) -> bool:
    return text[-1:] == "社" and text.casefold() in known


def _bare(name: str) -> str:
    """The name without a place behind it and without 'and' in front of it."""
    name = name.removeprefix("and ").strip()
    place = _PLACE.search(name)
    return name[: place.start()].strip() if place and place["place"][0].isupper() else name


def _is_name(name: str) -> bool:
    if name.casefold() in agencies():
        return True
    words = name.split()
    if not 1 <= len(words) <= MAX_NAME_WORDS:
        return False
    if not name.isascii() and len(name) > _MAX_UNSPACED_NAME_CHARS and _UNSPACED.search(name):
        return False
    # Al Gore has a given name; "al Gore" would be the end of one.
    is_end = words[0].casefold() in PARTICLES - {"the"} and not (words[0] == "Al" and len(words) > 1)
    return (
        not is_end
        and all(_starts_like_name(word) or word.casefold() in PARTICLES for word in words)
        and any(_starts_like_name(word) for word in words)
    )


def _starts_like_name(word: str) -> bool:
    first = word.lstrip("(\"'“‘")[:1]
    # Scripts without case (Arabic, Hebrew, Han, …) cannot say it by a capital.
    return first.isalpha() and (first.isupper() or first.lower() == first.upper())
