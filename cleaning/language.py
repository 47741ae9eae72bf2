"""The language of a text, by langdetect: seeded, on a bounded sample, with its score.

langdetect knows 55 languages and is certain on those it does not know (Serbian comes out as Macedonian with 1.00). So
py3langid is asked, too: where it is sure of a language that langdetect does not know, it is that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from cleaning.second_opinion import SURE, is_plain_english, second_opinion

# 200 to 400 characters suffice (of the first 600 of a page with furniture around 68 % are right). Of 1,984 gold texts
# three places give the language of the whole text for all but two, the middle alone for all but three.
SAMPLE_CHARS = 600
_PLACES = 3
_CODE_CHARS, _WORD_CHARS = 2, 30
# Below this many letters langdetect guesses: capitals and lists of names come out as German.
MIN_LETTERS = 20
# Below this score there is no answer.
MIN_SCORE = 0.5
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_]+")
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "THAI": "Thai",
    "LAO": "Laoo",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "ETHIOPIC": "Ethi",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "CJK": "Hani",
    "TIBETAN": "Tibt",
}
# Scripts that no profile of langdetect is written in: its answer would be noise.
_UNKNOWN_TO_LANGDETECT = frozenset({"Sinh", "Laoo", "Mymr", "Khmr", "Geor", "Armn", "Ethi", "Tibt"})
# Scripts that are of one language. What is in Chinese signs and no kana is Chinese.
_WRITTEN_IN = {"Hani": "zh", "Jpan": "ja", "Hang": "ko", "Thai": "th", "Grek": "el"}


@dataclass(frozen=True, slots=True)
class Language:
    """ISO 639-1 code or None, score from 0 to 1 (four places), ISO 15924 script or None."""

    code: str | None
    score: float | None
    script: str | None


def detect_language(text: str) -> Language:
    """The language of a text with its score; None where nothing can be said."""
    sample = sample_of(text)
    script = detect_script(sample)
    letters = sum(map(str.isalpha, sample))
    if letters < MIN_LETTERS:
        return Language(None, None, script)
    if sum(map(str.isupper, sample)) * 2 > letters:
        sample = sample.lower()
    found = None if script in _UNKNOWN_TO_LANGDETECT else _detect(sample, script)
    code, score = found if found is not None and found[1] >= MIN_SCORE else (None, None)
    if code == "en" and is_plain_english(sample):
        return Language(code, score, script)
    other, sureness = second_opinion(sample)
    if other not in _known_to_langdetect() and len(other) == _CODE_CHARS and sureness >= SURE:
        return Language(other, round(sureness, 4), script)
    if score is not None and other != code:
        # The two disagree: the language stands, its certainty does not.
        score = min(score, max(round(1 - sureness, 4), MIN_SCORE))
    if code is None and script in _WRITTEN_IN:
        # Of a few words, or beside many in Latin letters, langdetect is sure of none; the script says it all the same.
        return Language(_WRITTEN_IN[script], MIN_SCORE, script)
    return Language(code, score, script)


def sample_of(text: str) -> str:
    """Up to ``SAMPLE_CHARS`` characters of a text from three places, addresses and digits left out.

    One place may be a quotation in another language, or the only one that is not.
    """
    if len(text) <= 2 * SAMPLE_CHARS:
        return " ".join(_NOISE.sub(" ", text).split())[:SAMPLE_CHARS]
    size, room = SAMPLE_CHARS // _PLACES - 1, 2 * SAMPLE_CHARS // _PLACES
    parts = []
    for place in range(_PLACES):
        start = (len(text) - room) * (2 * place + 1) // (2 * _PLACES)
        # The window may begin and end inside a word.
        words = _NOISE.sub(" ", text[start : start + room]).split()
        part = " ".join(words[1:-1] or words)[:size]
        # The last word may be cut off; in scripts without blanks it may be all there is.
        last = part.rfind(" ")
        parts.append(part[:last] if len(part) - last <= _WORD_CHARS else part)
    return " ".join(parts)


def detect_script(text: str) -> str | None:
    """ISO 15924 code of the script that most letters of a text belong to."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    del counts[None]
    if counts["Jpan"] and counts["Jpan"] + counts["Hani"] > sum(counts.values()) / 2:
        return "Jpan"
    return counts.most_common(1)[0][0] if counts else None


@cache
def _script(character: str) -> str | None:
    name = unicodedata.name(character, "")
    return _SCRIPTS.get(name.split(" ", 1)[0].split("-", 1)[0])


@cache
def _known_to_langdetect() -> frozenset[str]:
    return frozenset(_iso(code) for code in _factory().langlist)


def _iso(code: str) -> str:
    """ISO 639-1 of langdetect's own codes, zh-cn and zh-tw among them."""
    return code.partition("-")[0]


@cache
def _factory() -> Any:
    """Langdetect's detector with its profiles loaded (0.4 s) and its seed set."""
    from langdetect import detector_factory

    detector_factory.DetectorFactory.seed = 0
    detector_factory.init_factory()
    return detector_factory._factory


def _detect(sample: str, script: str | None) -> tuple[str, float] | None:
    from langdetect.lang_detect_exception import LangDetectException

    from cleaning.language_odds import OddsDetector

    detector = OddsDetector(_factory())
    detector.append(sample)
    found: dict[str, float] = defaultdict(float)
    try:
        for one in detector.get_probabilities():
            found[_iso(str(one.lang))] += float(one.prob)
    except LangDetectException:
        return None
    if script == "Hani":
        # What is written in Chinese characters alone is Chinese: a list of dishes came out as Korean with .57.
        found = {"zh": found["zh"] + found["ja"] + found["ko"]}
    code, score = max(found.items(), key=itemgetter(1), default=("", 0.0))
    # Profile order and Python's summation change the digits behind the fourth.
    return (code, round(score, 4)) if score else None
