"""Credit lines: lead words, a list of names, closing words; read by rules and by metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from cleaning.emphasis import without_emphasis
from cleaning.names import agencies, find_agencies, parse_credit, parse_names

# Longest credit met in the seeds and the phrase list's sources: 24 words; wires name a dozen reporters and more.
MAX_CREDIT_WORDS = 100
# Bounds the work of the patterns below, some of which try every place where a name may end.
MAX_CREDIT_CHARS = 800
_BRACKETS = "([（【/–—-〔«<"
_EDGES = "[]()*（）【】〔〕「」<>–—- \t"
_CLOSE = re.compile(
    r"""[\[(*–—-]*\s*(?:(?:the\s+)?(?:[\w.’']+\s){0,4}(?:writers?|reporters?|correspondents?|journalists?|researchers?|producers?|photographers?|editors?|analysts?|columnists?|anchors?|staff)\s+(?=(?-i:[^\W\d_a-z])))?(?P<names>\S.*?)\s+(?:have\s+|has\s+|also\s+)*(?:
        contributed(?:\s+additional)?(?:\s+(?:reporting|research))?(?:\s+(?:to|for)\s+this\s+(?:report|story|article|piece|dispatch))?
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
    r"[\[(*–—-]*\s*(?:edited|written|compiled|translated|produced|translation|writing|graphics?|(?:medically\s|clinically\s|expert\s)?reviewed"
    r"|fact[\s-]check(?:ed)?|verified|approved|updated|photo\w*|illustrat\w+|art(?:work)?|design(?:ed)?|videos?|filmed|audio|podcast|data|maps"
    r"|development|headline|copy|copyedited|proofread\w*|as\stold|researche?d?|story|text|report|provided|distributed|content)\b",
    re.IGNORECASE,
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
    r";\s+|\s[|•·]\s|[、，]\s?(?=(?:編集|翻訳|责编|编辑|校对))|\.\s+(?=(?:editing|writing|reporting|additional|translation|edited|edición|edição)\b)|(?<=[a-z]{3})\.\s+(?=(?:[^.]|(?<=\b[A-Z])\.){4,80}\scontributed\b)",
    re.IGNORECASE,
)
# "La Gazette avec AFP": a paper and the agency that it used.
_WITH_AGENCY = re.compile(r"[^\W\d_a-z][^,.;:!?]{1,40}\s(?:avec|mit|with|con|com|et|und|and|/)\s(?P<agency>\S.{1,30})$")
# "来源：江州日报、市交通局": whoever is named, the line says where the text is from.
_HAN_SOURCE = re.compile(
    r"(?:图文|文章|本文|内容|消息|新闻|信息|资料|資料|稿件|图片|圖片|综合|數據|数据)?(?:来源|來源|出处|稿源|转自|轉自|摘自|综合自)\s?[:：丨｜|]\s?"
    r"(?P<names>[《“]?[\u3400-\u9fffA-Za-z0-9·@._-]{2,20}[》”]?(?:[、，,/／\s]\s?[《“]?[\u3400-\u9fffA-Za-z0-9·@._-]{2,20}[》”]?){0,5}(?:等)?)$"
)
_HAN_ORGAN = re.compile(
    r"(?:[报報社网網台臺局部厅廳署委办辦会會院校馆馆司刊闻聞博号號]|发布|在线|客户端|视频|频道|头条|微信|微博|公众号|交警|公安|消防|政府|中心|集团|大学|网络|網路|互联网)$"
)
_NO_ORGANS = frozenset(("网络", "網路", "互联网"))
# The longest that the pattern above takes, and what stands between its two names.
_START_CHARS = 100
_WITH = frozenset(["avec", "mit", "con", "com", "with"])
_JOINTS = frozenset(["avec", "mit", "with", "con", "com", "et", "und", "and", "/"])
_BEFORE_AGENCY = _EDGES + " \t\n.:/,=+&|–—-・、，;＋\xa0"
DEGREES = re.compile(
    r"(?:,\s*(?:Ph\.?\s?D|M\.?D|D\.?O|R\.?N|R\.?D|J\.?D|M\.?B\.?A|M\.?P\.?H|M\.?Sc?|B\.?Sc?|M\.?A|CFA|CFP|CPA|Esq|DDS|DVM|Psy\.?D|Ed\.?D|PharmD|LCSW)\b\.?)+"
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
    if "来源" in text[:12] or "來源" in text[:12]:
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


def match_lead(text: str, *uses: str) -> tuple[str, re.Match[str]] | None:
    """The first of the uses of which a lead starts the text, with groups ``lead`` and ``names``; None where none does."""
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
    text = without_emphasis(text) if len(text) <= MAX_CREDIT_CHARS else ""
    if not text or not _may_be_credit(text) or len(text.split()) > MAX_CREDIT_WORDS:
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


def people_of(text: str) -> Names | None:
    """The names of a list that holds names of two words or more, letters without case, and agencies only."""
    names = parse_names(text)
    return names if names and all(is_full(name) for name in names) else None


def is_full(name: str) -> bool:
    """Is it a name of two words or more, of letters without case, or of an agency?"""
    has_case = name.upper() != name.lower()
    return len(name.split()) > 1 or (not has_case and len(name) >= 2) or name.casefold() in agencies()


def _parse_part(text: str) -> tuple[Names, Names] | None:
    bare = text.strip().strip(_EDGES).rstrip(".")
    han = None if bare.isascii() or len(bare) > _START_CHARS else _HAN_SOURCE.match(bare)
    if han:
        named = [name.strip("《》“”").removesuffix("等") for name in re.split(r"[、，,/／\s]+", han["names"]) if name]
        # "来源：牛奶、鸡蛋": what is named must be a paper, an office or the like.
        if any(name.casefold() in agencies() or _HAN_ORGAN.search(name) for name in named):
            names = (name for name in named if name not in _NO_ORGANS)
            return tuple(agencies().get(name.casefold(), name) for name in names), ()
    only = find_agencies(bare.strip("/"))
    if only and text.strip()[:1] in _BRACKETS:
        return only, ()
    lead = match_lead(bare, "people", "agency")
    if lead:
        only = find_agencies(lead[1]["names"].strip(_EDGES))
        if only:
            return only, ()
        found = parse_credit(DEGREES.sub("", lead[1]["names"]).strip(_EDGES))
        # "Avec Reuters" is a credit, "Avec Marie" the start of a story: bare words need an agency.
        if found and (not found[1] if lead[0] == "agency" else all(map(is_full, found[1]))):
            return found
        if lead[0] == "people" and (second := match_lead(bare, "agency")):
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
