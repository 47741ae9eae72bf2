"""The language of a text, by langdetect: seeded, on a bounded sample, with its score.

langdetect knows 55 languages and is certain on those it does not know (Serbian comes out as
Macedonian with 1.00); a text in a script that none of its languages uses gives None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

# 200 to 400 characters suffice, and the middle of a cleaned body was right on every document
# of the measurement (first 600 characters with furniture around: 68 %).
SAMPLE_CHARS = 600
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
    if letters < MIN_LETTERS or script in _UNKNOWN_TO_LANGDETECT:
        return Language(None, None, script)
    if sum(map(str.isupper, sample)) * 2 > letters:
        sample = sample.lower()
    found = _detect(sample, script)
    if found is None or found[1] < MIN_SCORE:
        return Language(None, None, script)
    return Language(found[0], found[1], script)


def sample_of(text: str) -> str:
    """Up to ``SAMPLE_CHARS`` characters from the middle of a text, addresses and digits left out."""
    window = text
    if len(text) > 2 * SAMPLE_CHARS:
        start = (len(text) - 2 * SAMPLE_CHARS) // 2
        window = text[start : start + 2 * SAMPLE_CHARS]
    words = " ".join(_NOISE.sub(" ", window).split())
    start = max(0, len(words) - SAMPLE_CHARS) // 2
    return words[start : start + SAMPLE_CHARS]


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
    try:
        found = [(str(one.lang), float(one.prob)) for one in detector.get_probabilities()]
    except LangDetectException:
        return None
    if script == "Hani":
        found = _chinese(found)
    # Profile order and Python's summation change the digits behind the fourth.
    return (found[0][0], round(found[0][1], 4)) if found else None


def _chinese(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """What is written in Chinese characters alone is Chinese: a list of dishes came out as Korean with .57."""
    likeliest = next((code for code, _ in found if code.startswith("zh")), "zh-cn")
    shares = [share for code, share in found if code in ("ja", "ko") or code.startswith("zh")]
    return [(likeliest, sum(shares))] if shares else []
