"""Signatures below Vietnamese reports: who wrote them, alone on the last line, and what they are taken from."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_NAME = rf"{_WORD}(?:\s{_WORD}){{1,3}}"
# "Ngọc Ánh (Theo Guardian)", "Thanh Thu (TH)", "Minh Cát / phunu.example": what it was put together from.
_FROM = r"(?:[Tt]heo|THEO|[Nn]guồn|[Ll]ược dịch|[Dd]ịch)\s?:?\s?[^()\n]{2,40}"
_TAKEN = rf"\s?[(/–-]\s?(?:{_FROM}|(?:TH|T/h|[Tt]ổng [Hh]ợp|tổng hợp|dịch))\s?\)?"
_SIGNATURE = re.compile(
    rf"(?:Bài(?:,| và) ảnh:\s?|Tác giả:?\s)?(?P<names>{_NAME}(?:\s?[-–,]\s?{_NAME}){{0,3}})(?:{_TAKEN})?\.?"
)
# "Theo Dân Việt", "(Theo VnExpress)", "Nguồn: Tuổi Trẻ".
_SOURCE = re.compile(
    rf"\(?(?:Theo|THEO|Nguồn:)\s(?!Luật|Nghị|Hiến|Bộ\s|Điều)(?:báo\s)?{_WORD}[\w.]*(?:\s[\w.&]+){{0,4}}(?:\s\([^()]{{2,30}}\))?\s?\)?"
)
# Countries, provinces, cities and islands of such syllables.
_PLACE_NAMES = (
    "an giang|bắc giang|bình dương|bình phước|bình thuận|cần thơ|điện biên|hà giang|hà nam|hà nội|hà tĩnh|"
    "hải dương|hải phòng|hậu giang|hòa bình|hoà bình|hoàng sa|hồ chí minh|hưng yên|khánh hòa|khánh hoà|"
    "kiên giang|lai châu|lâm đồng|long an|nam định|ninh bình|phú thọ|phú yên|quảng bình|quảng nam|quảng trị|"
    "việt nam|hàn quốc|trung quốc|thái lan|hà lan|đài loan|triều tiên|thành công|"
    "sơn la|tây ninh|thái bình|thái nguyên|tiền giang|trà vinh|trường sa|tuyên quang|vĩnh long|vĩnh phúc"
)
_PLACES = frozenset(_PLACE_NAMES.split("|"))
_SPLIT = re.compile(r"\s?[-–,]\s?")
_MAX_CHARS = 80
# Letters that no other language of the rules has, but for a word now and then.
_LETTERS = re.compile(r"[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_LEAST_LETTERS, _LETTER_SHARE = 4, 0.04


@cache
def _syllables() -> frozenset[str]:
    text = files("cleaning.boilerplate").joinpath("phrases", "names_vi.txt").read_text(encoding="utf-8")
    return frozenset(word for row in text.splitlines() if not row.startswith("#") for word in row.split())


def is_vietnamese(text: str) -> bool:
    """Does a paragraph hold as many letters of Vietnamese as a sentence in it does: more than a few names have?"""
    return not text.isascii() and len(_LETTERS.findall(text)) >= max(_LEAST_LETTERS, _LETTER_SHARE * len(text))


def find_viet_names(text: str) -> tuple[str, ...]:
    """The names in a signature; none where the text is anything else.

    >>> find_viet_names("Nhật Hạ - Phước Tuấn"), find_viet_names("Ngọc Ánh (Theo Guardian)")
    (('Nhật Hạ', 'Phước Tuấn'), ('Ngọc Ánh',))
    >>> find_viet_names("Pháp luật"), find_viet_names("Hai Bà Trưng"), find_viet_names("Hải Dương")
    ((), (), ())
    """
    match = _SIGNATURE.fullmatch(text.strip()) if len(text) <= _MAX_CHARS else None
    names = tuple(_SPLIT.split(match["names"])) if match else ()
    if any(name.casefold() in _PLACES for name in names):
        return ()
    is_sure = all(syllable.casefold() in _syllables() for name in names for syllable in name.split())
    return names if is_sure else ()


def is_source(text: str) -> bool:
    """Does a line say where a report was taken from?

    >>> is_source("Theo Dân Việt"), is_source("(Theo VnExpress)"), is_source("Theo ông, cây cầu sẽ mở cửa vào mùa xuân")
    (True, True, False)
    """
    return len(text) <= _MAX_CHARS and _SOURCE.fullmatch(text.strip()) is not None
