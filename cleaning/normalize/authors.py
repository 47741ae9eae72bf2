"""Values that say who wrote a page, as lists of people: lead words, roles, dates and companies are no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaning.dates import is_month
from cleaning.names import PARTICLES, agencies, parse_names, places, word_set
from cleaning.normalize.characters import normalize_line
from cleaning.people import given_names

# The longest of 1,848 labelled author values has 126 characters; a page's whole byline box has more.
MAX_VALUE_CHARS = 400
_LEAD_ENDS = word_set(
    """by von vom par por przez av af door от автор author authors auteur auteure autor autora autorin autore
    autores"""
)
_LEADS = _LEAD_ENDS | word_set(
    """a about all alle alles an article articles artikel beitrag beiträge blog by content contributed created de
    des die edited el entry escrito este et everything geplaatst geschreven geschrieben guest has is la le mehr
    more news originally page por post posted posts publicado published publié read recipe report review scritto
    see show skrevet skriven story submitted text texto texte the this tous les view was words write writer
    written zeige écrit über napisany"""
)
_ROLES = word_set(
    """advisor analyst anchor architect assistant associate attorney blogger ceo cfo chef chief co-author co-founder
    cofounder coach columnist commentator consultant contributor coordinator copywriter correspondent cto curator
    designer developer dietitian director directora doctor editor editors editor-in-chief engineer expert fellow founder
    freelancer grader head host instructor intern journalist journalistin journaliste kolumnist lawyer lead
    lecturer manager marketer nutritionist officer owner partner periodista photographer physician president
    producer professor publisher rechtsanwalt rechtsanwältin redactor redaktor redakteur redakteurin referent
    reporter reporterin researcher reviewer scientist secretary specialist strategist therapist trainer
    veterinarian vp winemaker writer author autor"""
)
# Words that stand before a role and belong to it: "Trending Editor", "Contributing Writer".
_ROLE_STARTS = word_set(
    """associate assistant board business certified chief community content contributing copy creative data deputy
    digital education executive features foreign former founding freelance general guest head health lead legal
    licensed managing marketing medical national news podcast policy political principal product professional
    project registered science security senior seo shipping social special sr sr. junior staff tech technical
    technology travel trending trial vice video web"""
)
_DEGREES = word_set(
    """ba bs bsc bsn cfa cfp cpa cscs dacvb dc dds dmd do dpt dvm edd esq facl faclm facs fand foma jd ld ldn llm
    lmft lpc ma mba mbe md mfa mph ms msc msn msw np obe pe pharmd phd pt rd rdn rn vmd vts"""
)
_HONORIFICS = word_set("""dr dr. prof prof. professor mr mr. mrs mrs. ms ms. rechtsanwalt rechtsanwältin""")
_COMPANY = word_set(
    """ag bv b.v. co. corp corp. corporation e.v. eg gbr gmbh inc inc. kg kgaa limited llc llp ltd ltd. oy plc pty
    s.a. s.r.l. sarl sas srl verlag"""
)
# A value with one of these is a newsroom, an authority, a shop, an account or a label of the page.
_NO_NAME_WORDS = word_set(
    """academy account admin agencies agency agentur anonym anonymous anonymus anónimo association authoring authority
    authorities authorization authorized bundesministerium bureau center centre clinic club college committee
    community company conditions copied copyright council dealer department departement deleted desk editorial
    foundation forms forum fundación group gruppe hospital institut institute jour journal login magazin magazine
    media medien member members ministerium ministry moderator network news newsdesk newsroom noticias offline
    official online partei policy post posted posts press privacy project redaccion redacción redaction redaktion
    redazione review ressort rédaction school section settings shop sign society solutions staff stiftung studio
    submenu subscribe team template testimonial theme trustpilot tv universität university unternehmen user users
    verband verein volunteer website wrote zeitung zespół"""
)
# "Jane Doe works as a consultant": what follows the name says what its bearer does.
_VERBS = word_set("covers is joined leads reports was works writes")
# Labels and accounts that stand where a name is expected; nobody is called by one of them alone.
_NO_NAMES = word_set(
    """admin administrator article author blog contact contributor data datum date default editor editors facebook
    get github guest home human image instagram kontakt lesedauer linkedin menu more n/a nachrichten name none null
    organization photo red root
    share so stand superuser test text titel title twitter unbenannt undefined unknown unnamed untitled updated
    uppdaterad username video webmaster youtube zvg"""
)
_WEEKDAYS = word_set("""mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday""")
# A value that ends in a country is an address: "Example, Hamburg, Germany".
_COUNTRIES = word_set("austria deutschland germany schweiz switzerland uk usa österreich")
# Months that are no surnames; others ("Maggio", "May") go as a date with the day behind them, or behind two words.
_MONTHS = word_set(
    """jan. january feb feb. february mar. apr. sept sept. september oct oct. october nov nov. november dec dec.
    december januar februar oktober dezember janvier février septembre octobre novembre décembre"""
)
_OFTEN_NAMES = word_set("april august avril jan juli juni june mai march may")
_LABELS = _NO_NAMES | _ROLES | _LEADS | _WEEKDAYS | _MONTHS | {"august"}
_FORUM = re.compile(r"\b(?:joined|messages|posts|offline|wrote|reputation|location)\b", re.IGNORECASE)
_TOKEN_TO_DROP = re.compile(r"\S*(?:@|://|www\.)\S*", re.IGNORECASE)
_TAIL = re.compile(
    r"""\s[•·*|–—-]+\s.*$ | \s*[<>{}\[\]].*$ | \s*\([^()]*\)?
    | \s+for\s+the\b.*$ | \s+(?-i:for|from|at|via|with|about|im\s+gespräch|mit|bei|aus|para)\s.*$
    | \b(?:last\s+)?(?:updated|modified|published|reviewed|fact[\s-]checked|edited|follow|aktualisiert|veröffentlicht
        |tiempo\s+de\s+lectura|min\s+read|minutes?\s+read|contact|©|(?:no|\d+)\s+comments?|leave\s+a\s+comment)\b.*$""",
    re.IGNORECASE | re.VERBOSE,
)
_SEGMENTS = re.compile(r"\s*[;|]\s*|\s+[/•·]\s+|\s*,\s*(?:and\s+|&\s*)?|(?<=\w)/(?=[^\W\d_])")
# "The Economist", "Die Furche", "example.com", "Www Example De".
_ARTICLES = ("the ", "die ", "das ", "der ", "our ")
_HOST = re.compile(r"\w\.[a-z]{2,4}(?![\w.])|\bwww\b", re.IGNORECASE)
_DASH = re.compile(r"\s[–—-]+\s")
# "Brandt, Jo", "van der Berg, Jan A." and, where every part of a list looks so, "Brandt, Jo Ann; Ort, Tim".
_INVERTED_PARTS = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|&)\s+")
_INITIAL = re.compile(r"[^\W\d_a-z]\.?")
_MAX_GIVEN_NAMES = 3
_AND = re.compile(r"\s+AND\s+|\s+And\s+")
# "责任编辑：某某", "Editor: Jane Doe": who edited it did not write it.
_EDITED_BY = re.compile(
    r"^(?:责任编辑|責任編輯|责编|責編|编辑|編輯|Edit(?:or|ed by))(?:\s?[:：]|\s(?=[\u3400-\u9fff]))", re.IGNORECASE
)
# "作者：某某", "某某财经": leads, and newsrooms.
_CHINESE_LEAD = re.compile(r"^(?:作者|撰文|文|[记記]者)\s?[:：]\s?")
_CHINESE_NEWSROOM = re.compile(
    r"(?:[网網报報]|[报報]社|出版社|电视台|[新要]闻|新聞|消息|财经|科技|客户端|频道|期刊|杂志|网络|(?:企鹅|公众|头条|百家|大鱼)号|编辑部|记者站"
    r"|公司|中心|政府|委员会|大学|学院|研究[院所]|[协学]会)$"
)
_CHINESE_NO_NAMES = word_set("未知 佚名 匿名 网友 本站 管理员 小编 编辑 记者 作者 来源 转载 原创 整合 综合 整理")
# "Jane H.Doe"; "J.R.R." and "O.Doe", which may be an account, stay.
_INITIAL_BEFORE_NAME = re.compile(r"(?<=\s[^\W\d_])\.(?=[^\W\d_]{3})")
# The category of posts without one stands beside the byline in many themes.
_SECTIONS = frozenset(("uncategorized", "uncategorised"))
_EDGES = " \t\"'“”‘’«»„‹›`´*.,;:|/\\-–—~#§&+=!?"


def parse_authors(values: Iterable[str]) -> tuple[str, ...]:
    """The people and news agencies that the values name, one form each, in order.

    >>> parse_authors(["This post was written by Jane Doe | Head | Community Development", "Example GmbH"])
    ('Jane Doe',)
    """
    names: dict[str, str] = {}
    for value in values:
        for name in _names_of(value):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names_of(value: str) -> Iterator[str]:
    line = normalize_line(value[:MAX_VALUE_CHARS])
    if _EDITED_BY.match(line):
        return
    line = _INITIAL_BEFORE_NAME.sub(". ", _CHINESE_LEAD.sub("", line))
    if line.casefold() in agencies():
        yield line
        return
    line = _turned(_TOKEN_TO_DROP.sub(" ", line))
    segments = _SEGMENTS.split(_AND.sub(", ", line))
    if _FORUM.search(line) or segments[-1].casefold() in _COUNTRIES:
        return
    has_full_name = False
    for segment in segments:
        words = strip_lead(segment).split()
        if words and all(word.strip(".").casefold() in _ROLES | _ROLE_STARTS for word in words):
            # What follows a role on its own is the place where it is held: "Head | Community Development".
            return
        for name in _people(" ".join(words)):
            is_full = " " in name or name.casefold() in agencies()
            if is_full or not has_full_name:
                yield name
            has_full_name = has_full_name or is_full


def _turned(line: str) -> str:
    """The line with each given name first, where all its parts have it last, as libraries write names.

    >>> _turned("Brandt, Jo"), _turned("Brandt, Jo Ann; Ort, Tim"), _turned("Jo Brandt, Tim Ort"), _turned("Jo, Tim")
    ('Jo Brandt', 'Jo Ann Brandt; Tim Ort', 'Jo Brandt, Tim Ort', 'Jo, Tim')
    """
    bare = strip_lead(line)
    # The stop behind an initial is no end of the value.
    parts = _INVERTED_PARTS.split(f"{bare}." if line.endswith(f"{bare}.") else bare)
    turned = [_turned_name(part, is_one_of_many=len(parts) > 1 and ";" in bare) for part in parts]
    return "; ".join(name for name in turned if name) if all(turned) else line


def _turned_name(part: str, *, is_one_of_many: bool) -> str | None:
    """Jo Brandt of "Brandt, Jo"; None where it may be two names, or a name and what its bearer is or where."""
    family, _, given = part.partition(",")
    before, behind = family.split(), given.split()
    if not (before and 1 <= len(behind) <= _MAX_GIVEN_NAMES) or not all(map(_is_name_word, [before[-1], *behind])):
        return None
    if not all(word.casefold() in PARTICLES for word in before[:-1]):
        return None
    if (
        before[-1].casefold() in places() | agencies().keys()
        or given.strip().casefold() in places() | agencies().keys()
    ):
        return None
    known = [word.casefold() in given_names() or _INITIAL.fullmatch(word) is not None for word in behind]
    # "Anna, Ben" are two people by their first names, "Lee, Min Soo" may be one or two.
    is_sure = all(known) and family.casefold() not in given_names()
    return f"{' '.join(behind)} {' '.join(before)}" if is_sure or is_one_of_many else None


def _is_name_word(word: str) -> bool:
    """May a word be a part of a name: with a capital, and no role, degree, company, newsroom or label?"""
    folded = word.casefold()
    is_other = folded in _LABELS | _ROLE_STARTS | _COMPANY | _NO_NAME_WORDS | _COUNTRIES | {"jr", "jr.", "sr."}
    return (
        word[0].isupper()
        and not is_other
        and not _is_degree(word)
        and all(sign.isalpha() or sign in ".'’-" for sign in word)
    )


def strip_lead(value: str) -> str:
    """The value without the words that lead to a name.

    >>> strip_lead("This story was written by: Jane Doe")
    'Jane Doe'
    """
    words = value.strip(_EDGES).split()
    end = 0
    for index, word in enumerate(words):
        bare = word.strip(_EDGES).casefold()
        if bare not in _LEADS:
            break
        if bare in _LEAD_ENDS or word.endswith(":") or (bare == "about" and index):
            end = index + 1
    return " ".join(words[end:])


def _people(segment: str) -> Iterator[str]:
    """The names in a part of a value that holds no comma; none where it names a company or a label."""
    segment = _DASH.split(segment)[0]
    words = {word.strip(_EDGES).casefold() for word in segment.replace("-", " ").split()}
    if words & (_COMPANY | _NO_NAME_WORDS) and segment.casefold() not in agencies():
        return
    if segment.casefold().startswith(_ARTICLES) or _HOST.search(segment):
        return
    bare = _without_tail(segment)
    for name in parse_names(bare) or ():
        one = _one_form(name)
        if one:
            yield one


def _without_tail(segment: str) -> str:
    words = _TAIL.sub("", segment).strip(_EDGES).split()
    while words and words[0].casefold() in _HONORIFICS:
        words = words[1:]
    verb = next((index for index, word in enumerate(words) if word.casefold() in _VERBS), len(words))
    words = _without_role(words[:verb])
    while len(words) > 2 and _is_degree(words[-1]):
        words = words[:-1]
    return " ".join(_without_date(words))


def _without_role(words: list[str]) -> list[str]:
    """Jane Doe of "Jane Doe Former Head Winemaker"; nothing where less than two words stand before the role.

    One word before a role is a shop or a paper ("HomeAdvisor Staff Writer") as often as a person.
    """
    folded = [word.strip(_EDGES).casefold() for word in words]
    end = next((index for index, word in enumerate(folded) if index and word in _ROLES), None)
    if end is None:
        return words
    end = next((index for index, word in enumerate(folded[:end]) if word in _ROLE_STARTS), end)
    return words[:end] if end > 1 else []


def _without_date(words: list[str]) -> list[str]:
    for index, word in enumerate(words):
        is_before_day = is_month(word) and index + 1 < len(words) and words[index + 1][:1].isdigit()
        is_date = is_before_day or word.casefold() in _MONTHS
        if (is_date and index) or (index > 1 and word.casefold() in _OFTEN_NAMES):
            return words[:index]
    return words


def _is_degree(word: str) -> bool:
    """Jack Ma is a person, MA a degree."""
    bare = word.replace(".", "").strip(_EDGES)
    return bare.casefold() in _DEGREES and sum(sign.isupper() for sign in bare) > 1


def _one_form(name: str) -> str | None:
    name = name.strip(_EDGES)
    if name.casefold() in agencies():
        return name
    words = name.split()
    if len(words) > 2 and words[-1].casefold() in _SECTIONS:
        words = words[:-1]
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        # The name of a link's picture and the link's own: "Jane Doe Jane Doe".
        words = words[:half]
    name = " ".join(words)
    is_label = all(word.casefold() in _LABELS for word in words) or _is_degree(name)
    if is_label or any(sign.isdigit() or sign in "_@" for sign in name) or len(name) < 2:
        return None
    if len(words) == 1 and (name.isupper() or name.casefold().endswith("admin")):
        # Letters only in capitals: CDC, BDZV; accounts: Jdadmin.
        return None
    if name in _CHINESE_NO_NAMES or _CHINESE_NEWSROOM.search(name):
        return None
    if len(words) > 1 and name.isupper() and all(len(word) > 1 for word in words):
        return name.title()
    return name
