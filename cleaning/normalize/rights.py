"""Who a copyright notice names, and of which year it is."""

from __future__ import annotations

import re

from cleaning.names import word_set
from cleaning.normalize.characters import normalize_line

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Years, one behind the other. Atomic, as what is built from it: of a list of twenty years each may begin a list anew.
# "2024, 40 Aprons" names one year.
_YEARS = (
    r"(?>(?:19|20)\d\d(?:\s{0,3}(?:[-–—]\s{0,3}(?:19|20)?|,\s{0,3}(?:(?:19|20)(?=\d\d)|(?!\d\d\s[^\W\d_])))\d\d(?!\d))*"
    r"(?:\s{0,3}[-–—](?!\s?\w))?)"
)
# Signs and years in any order: "Copyright 2024 © Example".
_MARK = r"©|ⓒ|℗|版权所有|版權所有|저작권자|\(c\)|&copy;|copyright(?!s|ed)(?:\s+of\b)?|\bcopr\."
_SIGN = re.compile(rf"(?:{_MARK})(?>(?:[\s:,]{{0,5}}{_YEARS})?[\s:,]{{0,5}}(?:{_MARK}))*", re.IGNORECASE)
# What stands between the sign and the holder.
_LEAD = re.compile(
    rf"^(?>\s|[-–—|·•.,，。:：;/™®&~@]|{_YEARS}|\b(?:by|since|to\s+present|present)\b|(?-i:Â))+", re.IGNORECASE
)
_RESERVED = (
    r"all(?:e)?\s+(?:rights?\s+reserved|rechte\s+vorbehalten|rechten\s+voorbehouden|inhalte\b)|tous\s+droits\s+réservés"
    r"|todos\s+los\s+derechos\s+reservados|todos\s+os\s+direitos\s+reservados|tutti\s+i\s+diritti\s+riservati"
    r"|riproduzione\s+riservata|reproducción\s+prohibida|reprodução\s+proibida|wszelkie\s+prawa\s+zastrzeżone"
    r"|все\s+права\s+(?:защищены|соблюдены)|tüm\s+hakları\s+saklıdır|جميع\s+الحقوق\s+محفوظة|無断(?:転載|複製)|무단\s?전재"
    r"|haki\s+zote\s+zimehifadhiwa|alle\s+rechte\b"
)
# Where the holder ends: a bar or bullet, its rights, who made the site, the menu behind it, what it belongs to, numbers
# under which it is registered, its address.
_END = re.compile(
    rf"""[|•·]|(?:{_RESERVED})|[\s,]{_YEARS}(?!\w)|\b(?:powered|designed|design|website|site|created|theme|hosted)\s(?:by|using|&)
    |\b(?:and|or)\s+(?:its\s+)?affiliated?\b|,\s+(?:an?|part\s+of|ein)\s|,\s*\d|\s+\d{{1,2}}\.\d|\s+registered\s
    |(?:terms\s+(?:of|&|and)|privacy\s|cookies?\s|impressum|datenschutz|sitemap|your\s+ad\s|legal\s+notice|disclaimer|about\sus)
    |[/|,;–-]\s?(?:foto|photo|bild|picture|image)\w*\b|\b(?:fotos?|photos?|(?:f|ph)otogra(?:ph|f)\w*|bild|picture|image)\s?(?::|$)
    |[\u4e00-\u9fff]?\s?ICP\s?[备備证證]|[备備]案|[公网網]\w{{0,2}}安\w?[备備]|许可证|不得转载|(?:地址|邮编|电话)\s?[:：]
    |\b(?:ABN|ISSN|ISBN|VAT|CNPJ)\s
    |,?\s\d{{1,5}}\s(?:[^\W\d_]\w*\s){{1,3}}(?:avenue|ave|street|st|road|rd|boulevard|blvd|drive|suite|floor)\b(?=[\s.]*(?:,|$))
    |,\s[^\W\d_]{{2,40}}(?:stra(?:ss|ß)e|str\.|weg|platz|gasse)\s\d
    |(?<=[^\W\d_]{{3}})(?<!\bBros)(?<!\bCorp)[.。]\s""",
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = re.compile(rf"\s*{_YEARS}\.\s")
_PARENT = re.compile(r"^an?\s+(?P<name>.+?)\s+(?:subsidiary|company)\b", re.IGNORECASE)
# A holder with one of these is the start of a sentence: "Example News is not responsible for …".
_VERBS = word_set(
    """are can cannot contains darf dürfen est están has have ist is kann may must no not peuvent pode podem puede
    pueden shall should sind sont sono sunt was were werden will wird è é"""
)
# Those who made the software of the page, and words of a menu or of its designer.
_NO_HOLDERS = word_set(
    """accessibility comsenz credits database design designed disclosure discuz! generatepress invision login phpbb
    policies policy powered seite sitemap theme themes trademarks vbulletin wordpress wpzoom xenforo xenforo®"""
)
_TOOL = re.compile(r"\bpowered\s+by\b", re.IGNORECASE)
# Notices have fewer characters; a longer text that begins as one is read no further.
_MOST_CHARS = 1_000
_EDGES = " .,;:|·•–—-/&*([\"'“”™"
MAX_HOLDER_WORDS, MAX_HOLDER_CHARS = 8, 80


def parse_rights(text: str) -> tuple[str | None, int | None]:
    """(holder, latest year) of a copyright notice.

    The holder stands behind the sign and its years, or, where nothing does, before it.

    >>> parse_rights("© 2024 Newsmax. All rights reserved."), parse_rights("Reddit Inc © 2022. All rights reserved")
    (('Newsmax', 2024), ('Reddit Inc', 2022))
    >>> parse_rights("Privacy Policy ©2023 Bloomberg L.P. All Rights Reserved | Powered by Example CMS")
    ('Bloomberg L.P', 2023)
    """
    text = text[:_MOST_CHARS]
    signs = list(_SIGN.finditer(text))
    if not signs or _TOOL.search(text, 0, signs[0].start()):
        return None, None
    years = [int(year) for year in _YEAR.findall(text)]
    ends = [*(sign.start() for sign in signs[1:]), len(text)]
    parts = [text[sign.end() : end] for sign, end in zip(signs, ends, strict=True)]
    # Of several notices the latest one.
    part = max(parts, key=lambda part: max(map(int, _YEAR.findall(part)), default=0))
    before = _last_piece(text[: signs[0].start()])
    # "Example Ltd © 2024. All times are GMT."
    both = (before, part) if _SENTENCE.match(part) else (part, before)
    holder = next(filter(None, map(_holder, both)), None)
    return holder, (max(years) if years else None)


def _last_piece(text: str) -> str:
    """What stands right before the sign, without what another bar, sentence or year parts from it."""
    pieces = re.split(rf"[|•·]|(?<=[^\W\d_]{{3}})[.。]\s|{_RESERVED}", text, flags=re.IGNORECASE)
    return next((piece for piece in reversed(pieces) if piece.strip(_EDGES)), "")


def _holder(text: str) -> str | None:
    text = _LEAD.sub("", normalize_line(text))
    reserved = re.match(rf"(?:{_RESERVED})[.\s]*", text, re.IGNORECASE)
    text = _LEAD.sub("", text[reserved.end() :]) if reserved else text
    end = _END.search(text)
    holder = (text[: end.start()] if end else text).strip(_EDGES)
    parent = _PARENT.match(holder)
    holder = parent["name"] if parent else holder
    words = [word.casefold() for word in holder.split()]
    is_sentence = len(words) > MAX_HOLDER_WORDS or not _VERBS.isdisjoint(words[1:])
    is_none = is_sentence or not _NO_HOLDERS.isdisjoint(words) or not any(map(str.isalpha, holder))
    return holder if 1 < len(holder) <= MAX_HOLDER_CHARS and not is_none else None
