"""Names of people by themselves: "Jane Doe" where nothing else says that it is a name."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from cleaning.names import PARTICLES, agencies, places, word_set

MAX_NAME_WORDS = 4
_DEGREES = re.compile(
    r"(?:,?\s+(?:Ph\.?\s?D|M\.?D|D\.?O|R\.?N|R\.?D|R\.?D\.?N|J\.?D|M\.?B\.?A|M\.?P\.?H|M\.?Sc?|B\.?Sc?|M\.?A|B\.?A|CFA|CFP|CPA|Esq|DDS|DVM"
    r"|Psy\.?D|Ed\.?D|PharmD|LCSW|LPC|LMFT|FAND|CSCS|CPT|NASM|MSN|FNP|LDN|CDN)\b\.?)+$"
)
_TITLES = re.compile(r"^(?:Dr|Prof|Professor|Doctor|Mr|Mrs|Ms|Sir|Rev|Fr|Dipl\.-Ing)\.?\s+(?=[^\W\d_])")
# What stands for the picture beside a byline.
_PICTURE = re.compile(r"\s(?:Image|Photo|Picture|Headshot|Avatar|Profile)$")
# "Victoria Park", "Madison County", "Jordan Times": the first word is a given name, the whole is a place or a thing.
_THINGS = word_set(
    """airport apartments association avenue award awards bank beach blog book books bridge castle center centre
    charity church city club coast college company council county cup day days diary edition fest festival
    foundation fund gallery game games garden gardens gazette group guide hall hill hills hospital hotel house
    inc institute interview island islands journal lake library llc ltd magazine mountain museum news park
    police post press prize project pub recipe recipes report review reviews river road school show song
    square stadium station store stories story street team theatre theater times tower town trail trust
    university valley village war week"""
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*\.?")


@cache
def given_names() -> frozenset[str]:
    """Given names of people in many languages, case-folded."""
    rows = files("cleaning.boilerplate").joinpath("phrases", "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for row in rows if not row.startswith("#") for name in row.split(":", 1)[1].split())


def find_person(text: str) -> str | None:
    """The name that the whole text is, without titles and degrees; None where it is anything else.

    Two to four capitalised words, the first of them a given name; twice the same name is that name.

    >>> find_person("Jane Q. Doe, PhD"), find_person("Dr. Erika von der Heide"), find_person("JANE DOE")
    ('Jane Q. Doe', 'Erika von der Heide', 'JANE DOE')
    >>> find_person("Victoria Park"), find_person("New Bridge"), find_person("Jane doe runs"), find_person("Jane")
    (None, None, None, None)
    """
    if not 4 <= len(text) <= 90 or (not text[-1].isalpha() and text[-1] != ".") or not text[0].isupper():
        return None
    name = _PICTURE.sub("", _TITLES.sub("", _DEGREES.sub("", text.strip()))).strip()
    words = name.split()
    if len(words) > 3 and words[: len(words) // 2] == words[len(words) // 2 :]:
        words = words[: len(words) // 2]
        name = " ".join(words)
    if not 2 <= len(words) <= MAX_NAME_WORDS or not all(map(_WORD.fullmatch, words)):
        return None
    if words[0].casefold().split("-")[0] not in given_names() and words[0].casefold() not in given_names():
        return None
    if not all(word[0].isupper() or word.casefold() in PARTICLES for word in words) or not words[-1][0].isupper():
        return None
    is_thing = words[-1].casefold() in _THINGS or name.casefold() in places() or name.casefold() in agencies()
    return None if is_thing else name
