"""Bylines: "By Jane Doe", "Jane Doe, Politics correspondent"; read by rules and by metadata."""

from __future__ import annotations

import re

from cleaning.credits import DEGREES, MAX_CREDIT_CHARS, Names, is_full, match_lead, people_of
from cleaning.dates import find_date
from cleaning.digits import has_digit
from cleaning.emphasis import without_emphasis
from cleaning.han_bylines import is_han_name, parse_han_byline
from cleaning.names import parse_credit, places
from cleaning.people import find_person

_ROLE = re.compile(
    r",?\s*(?:[–—|/•·-]\s*)?\b(?:staff|senior|chief|political|special|associated|business|foreign|deputy|national|reporter|correspondent|editor"
    r"|writer|columnist|contributor|for\s+the|for\s+(?=[A-Z])|redakteur\w*|journalist\w*|korrespondent\w*|envoyé\w*|correspondante?|enviad[oa]"
    r"|corresponsal|inviat[oa]|corrispondente|repórter|verslaggever|dziennikar\w+|redaktor\w*|корреспондент)\b.*$",
    re.IGNORECASE,
)
_NAME_AND_JOB = re.compile(
    r"(?P<name>[^,|•·–—]{4,40}?)(?:\s*[,|•·]\s*|\s+/\s+|\s+[–—-]\s+|\s(?=enviad[oa]\s|staff\s(?:writer|reporter|correspondent|editor|columnist|contributor)\b))(?:[^\W_][\w.’'&-]*\s+){0,4}?(?:reporter|correspondent|editor|(?:staff\s|senior\s)"
    r"writer|columnist|contributor|staff|enviad[oa]\s+especial|corresponsal|envoyée?\s+spéciale?|correspondante?|inviat[oa]|corrispondente|repórter|verslaggever"
    r"|correspondente|redakteur(?:in)?|reporterin|korrespondent(?:in)?|dziennikar\w+|redaktor\w*|корреспондент|обозреватель|журналист(?:ка)?|журналіст(?:ка)?|кореспондент(?:ка)?|muhabir|de\s+(?=[^\W\d_a-z]))\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
# "Jane Doe Political Correspondent": nothing stands between the name and the job.
_NAME_THEN_JOB = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){1,2}?)\s+(?:(?:Staff|Senior|Chief|Deputy|Assistant|Associate|Political|Diplomatic|National"
    r"|Foreign|Business|Economics|Technology|Science|Health|Education|Environment|Crime|Sports?|Arts|Culture|Features?|News|City|Investigative|Digital"
    r"|Multimedia|Special|Contributing|Managing|Opinion|Travel|Food|Freelance)\s+){0,3}"
    r"(?:Reporter|Correspondent|Editor|Writer|Columnist|Contributor|Journalist|Photographer|Producer)$"
)
_NAME = r"(?!(?:The|A|An|Best|Top|New|Our|My)\s)(?P<name>[^\W\d_a-z][\w.’'-]+(?:\s[^\W\d_a-z][\w.’'-]*){1,3})"
# "Jane Doe in Paris", "João Ferreira - de Lisboa", "Ahmet YILMAZ / ANKARA", "Anna Svensson, Stockholm".
_IN = r"(?:in|from|aus|de|à|da|a|en|din|w|z|из|в|i|fra|från|uit)\s+"
_NAME_IN_PLACE = re.compile(
    _NAME + rf"(?:(?P<sign>,\s|\s+[–—-]\s|\s?/\s?|\s\()(?:{_IN})?|\s+{_IN})(?P<place>[^\W\d_][^\d()/,]{{1,30}})\)?$"
)
_NAME_AND_PAPER = re.compile(
    _NAME + r"\s+(?P<sign>[|•·])\s+(?:The\s)?(?:[^\W\d_a-z][\w.’'-]*\s){0,3}(?:News|Newspaper|Post|Times|Herald"
    r"|Tribune|Journal|Gazette|Star|Sun|Courier|Chronicle|Telegraph|Observer|Register|Press|Mail|Express|Standard|Review|Mirror|Guardian|Independent|Globe|Examiner|Dispatch|Sentinel|Record"
    r"|Bulletin|Leader|Argus|Echo|Inquirer|Enquirer|Daily|Weekly|Radio|TV|Media|Network|Magazine|Today|Lantern|Beacon|Monitor|Ledger|Zeitung|Anzeiger"
    r"|Presse|Diario|Giornale|Jornal|Correio|Gazeta)$"
)
# What stands between the names of a byline and the day or the hour behind them.
_BEFORE_DATE = re.compile(
    r"\s*(?:[,|·•–—/-]\s*|\bon\s+|\bat\s+|\bpublished:?\s+|\bposted:?\s+|\bupdated:?\s+|\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]*\s*)*$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\s\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?$", re.IGNORECASE)
# "-- By Jane Doe"; behind one hyphen stands an item of a list.
_SIGNATURE = re.compile(r"^(?:--|—)\s*")
_PLAIN_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s(?!of\b)[\w.'’-]+){1,3}$")
MAX_ROLE_LINE_CHARS = 80
_BEHIND_NAMES = re.compile(
    r"\s+(?:[|•·]\s|(?:Follow|E-?mail|Contact|Twitter)\W{1,3}@?\w).*$|\s+\((?P<inside>[^()]{2,40})\)$|,?\s+/\s?.*$"
)
# "ByJane Doe": ten labelled lines of six sites.
_GLUED_BY = re.compile(r"^By(?=[^\W\d_a-z][a-z]+ [^\W\d_a-z])")
_KOREAN = re.compile(
    r"[(\[]?(?:[가-힣]{2,8}(?:일보|신문|뉴스|경제|방송|타임스|저널)\s)?(?P<name>[가-힣]{2,4})\s?(?:인턴|온라인|수습|디지털|객원|전문|선임|시민)?\s?(?:기자|특파원|논설위원|선임기자|객원기자)(?:\s?[\w.+-]+@[\w.-]+)?[)\]]?$"
)


# "Publié par Clémence le 2 mai 2024", without its date.
_DATE_LEAD = re.compile(r"\s(?:le|la|el|il|em|am|den|dnia|on|op|på)$")


def parse_byline(text: str) -> Names | None:
    """The names in a byline such as "By Jane Doe, staff writer", or None where the text is none.

    One word may be a place or a month ("By Monday"): a name has two or more.

    >>> parse_byline("Von Erika Mustermann"), parse_byline("By Jane Doe | Example News")
    (('Erika Mustermann',), ('Jane Doe',))
    >>> parse_byline("By Jane Doe, PhD, on May 3, 2024")
    ('Jane Doe',)
    """
    text = _SIGNATURE.sub("", text.strip())
    if len(text) > 2 * MAX_CREDIT_CHARS:
        return None
    text = _GLUED_BY.sub("By ", without_emphasis(text).strip("*_"))
    if len(text) > MAX_CREDIT_CHARS:
        return None
    korean = _KOREAN.match(text)
    if korean:
        return (korean["name"],)
    if not text.isascii() and (names := parse_han_byline(text)):
        return names
    found = match_lead(text, "byline")
    if found is None:
        return None
    behind = _without_date(found[1]["names"])
    if any(mark in behind for mark in ":!?"):
        return None
    names = people_of(_DATE_LEAD.sub("", _BEHIND_NAMES.sub("", strip_role(DEGREES.sub("", behind))).removesuffix(".")))
    # "记者：您怎么看", "记者获悉"
    is_other = "记者" in found[1]["lead"] and not all("·" in name or is_han_name(name) for name in names or ())
    # "DE BUYER BAKING BUNDLE": "de" begins bylines in Portuguese, and half of the names of French firms.
    is_other |= text.startswith("DE ") and not any(map(find_person, names or ()))
    return None if is_other else names


def parse_name_with_role(text: str) -> Names | None:
    """The name in a line of a name and what its bearer does, or of a name and an agency; None for any other.

    >>> parse_name_with_role("Jane Doe, Politics correspondent"), parse_name_with_role("Jane Doe, AFP")
    (('Jane Doe',), ('Jane Doe',))
    >>> parse_name_with_role("Jane Doe"), parse_name_with_role("School of Business, editor") is None
    (None, True)
    """
    if len(text) > MAX_ROLE_LINE_CHARS:
        return None
    role = _NAME_AND_JOB.match(text) or _NAME_THEN_JOB.match(text)
    if role:
        names = people_of(role["name"])
        return names if names and len(names) == 1 and _PLAIN_NAME.match(names[0]) else None
    found = parse_credit(text) if "," in text or "/" in text else None
    return found[1] if found and found[0] and len(found[1]) == 1 and is_full(found[1][0]) else None


def parse_name_in_place(text: str, *, is_dated: bool = True) -> Names | None:
    """The name in a line of a name and where its bearer writes from, or for which paper; None for any other.

    ``is_dated``: a date stands beside the line. Where none does, "Iberian Wines in Berlin" is a headline, and so may be
    what stands before a bar and the name of a paper.

    >>> parse_name_in_place("Jane Doe in Paris"), parse_name_in_place("Jane Doe • The Daily News", is_dated=False)
    (('Jane Doe',), ('Jane Doe',))
    >>> parse_name_in_place("Winter Games in Paradise") is None
    True
    >>> parse_name_in_place("Jane Doe in Paris", is_dated=False) is None
    True
    """
    if len(text) > MAX_ROLE_LINE_CHARS:
        return None
    match = _NAME_IN_PLACE.match(text)
    # In scripts without capitals nothing tells a name from a headline.
    if match and (match["place"].casefold() not in places() or text == text.lower()):
        return None
    match = match or _NAME_AND_PAPER.match(text)
    is_clear = match is not None and match["sign"] not in (None, "|")
    return (match["name"],) if match and (is_dated or is_clear) else None


def parse_any_byline(text: str) -> Names | None:
    """The names of a byline of any shape, or None.

    >>> parse_any_byline("Jane Doe, Politics correspondent"), parse_any_byline("Von Erika Mustermann")
    (('Jane Doe',), ('Erika Mustermann',))
    """
    return parse_byline(text) or parse_name_with_role(text) or parse_name_in_place(text)


def _without_date(text: str) -> str:
    """The names of a byline without the day or the hour behind them: "Jane Doe on May 3, 2024" gives "Jane Doe"."""
    if not has_digit(text):
        return text
    found = find_date(text)
    if found and found.start:
        return _BEFORE_DATE.sub("", text[: found.start])
    return _HOUR.sub("", text)


def strip_role(name: str) -> str:
    """The name without the role behind it: "Jane Doe, staff writer" gives "Jane Doe"."""
    return _ROLE.sub("", name).strip(" ,|/–—-")
