"""Articles dressed with furniture lines: what ``benchmarks/dressed.py`` measures on.

Articles come from the folder of benchmark data at run time; wordings of furniture from ``dressed_lines.txt`` (written
for this) and from lines that pages of that data are labelled to hold outside their story. Each wording belongs to one of
two halves, by a hash of its text (of its site, for lines of pages): tune on ``dev``, judge by ``held-out``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).parent
HALVES = ("dev", "held-out")
AGENCIES = ("Reuters", "AFP", "AP", "dpa", "Bloomberg")
LOCAL_AGENCIES = {
    "ja": ("共同通信", "ロイター", "AFP"),
    "zh": ("新华社", "路透社"),
    "ko": ("연합뉴스", "뉴시스"),
    "ru": ("ТАСС", "РИА Новости", "Интерфакс"),
    "uk": ("Укрінформ", "УНІАН", "Reuters"),
    "de": ("dpa", "AFP", "Reuters"),
    "it": ("ANSA", "Adnkronos", "LaPresse"),
    "es": ("EFE", "Europa Press", "Reuters", "AFP"),
    "pt": ("Lusa", "Agência Brasil", "Reuters"),
    "pl": ("PAP", "Reuters"),
    "cs": ("ČTK", "Reuters"),
    "hu": ("MTI", "Reuters"),
    "sv": ("TT", "Reuters"),
    "da": ("Ritzau", "Reuters"),
    "no": ("NTB", "Reuters"),
    "fi": ("STT", "Reuters"),
    "ro": ("Agerpres", "Mediafax", "Reuters"),
    "tr": ("AA", "DHA", "Reuters"),
    "nl": ("ANP", "Reuters", "Belga"),
    "id": ("Antara", "Reuters"),
    "hi": ("PTI", "भाषा", "ANI"),
    "ar": ("رويترز", "أ ف ب", "الأناضول"),
    "el": ("ΑΠΕ-ΜΠΕ", "Reuters"),
    "he": ("רויטרס", "AP"),
    "fa": ("ایرنا", "فارس"),
}
TOP = ("menu", "section_label", "title", "byline", "timestamp", "share", "caption", "media_player", "dateline")
INSIDE = (
    *("related_line", "advertisement", "newsletter", "caption", "media_player", "related_head", "paywall", "markup"),
    *("app_promo", "share", "cookie_notice"),
)
END = (
    *(
        "agency_credit",
        "contributor_credit",
        "author_bio",
        "contact",
        "share",
        "newsletter",
        "related_head",
        "navigation",
    ),
    *("related_line", "comment_prompt", "app_promo", "paywall", "advertisement", "sponsored", "timestamp", "byline"),
    *("cookie_notice", "comment_head", "copyright"),
)
_COMMENTS = (
    "{name} says:",
    "I could not agree more, this should have been done years ago!",
    "Reply",
    "{name2}",
    "2 days ago",
    "Well said {name}.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a dressed article: its text, the part of it that is of the story, and the furniture's kind."""

    text: str
    story: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Dressed:
    """An article with its furniture; ``separator`` stands between its lines."""

    language: str
    half: str
    rows: tuple[Row, ...]
    separator: str


# (title, paragraphs) by language.
Articles = dict[str, list[tuple[str | None, list[str]]]]
Wordings = dict[tuple[str, str, str], list[str]]


def half_of(text: str) -> str:
    """The half that a wording belongs to."""
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


def read_wordings() -> Wordings:
    """Own wordings by half, language and kind."""
    found: Wordings = defaultdict(list)
    language = ""
    for row in (HERE / "dressed_lines.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("["):
            language = row.strip("[]")
        elif row and not row.startswith("#"):
            kind, wording = row.split(": ", 1)
            found[half_of(f"{language} {kind} {wording}"), language, kind].append(wording)
    return found


_SORTER = {
    "newsletter": r"newsletter|inbox|mailing list|bolet[ií]n|rundbrief",
    "cookie_notice": r"\bcookies?\b|datenschutzeinstellung",
    "copyright": r"©|copyright|all rights reserved|alle rechte|droits réservés|derechos reservados",
    "app_promo": r"\bapp store|google play|download (?:the|our) app|\bapp herunterladen",
    "paywall": r"\bsubscri(?:be|ber|ption)|\babonn|\babo\b|sign in|log in|anmelden|einloggen|suscr[ií]b",
    "share": r"\bshare (?:this|on)|follow us|teilen\b|folgen sie|partager|comparti|facebook|whatsapp",
    "comment_prompt": r"\bcomments?\b.{0,20}$|leave a reply|kommentar|commentaire|comentario",
    "related_line": r"^(?:read (?:more|also)|related|see also|lesen sie|lire aussi|mehr zum thema|you may also|das könnte)",
    "contributor_credit": r"contributed to this|reporting by|edited by|editing by",
    "caption": r"^(?:photo|image|foto|bild|picture|credit)\b.{0,60}$|getty images|ap photo",
    "author_bio": r"^(?:about the author|über den autor)|\bis an? (?:senior |staff |freelance )?(?:reporter|writer|editor|journalist)",
    "advertisement": r"^\W*(?:advertisement|anzeige|werbung|publicidad|publicité|sponsored)\W*$",
}


def read_page_lines(data: Path) -> Wordings:
    """Lines of pages that labels call boilerplate, sorted by words of their kind; others are left out."""
    found: Wordings = defaultdict(list)
    sorter = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _SORTER.items()}
    for name in ("dev", "multilang-dev"):
        for record in _read(data / "residual" / f"{name}.jsonl.gz"):
            half = half_of(urlsplit(record.get("url") or "").netloc.removeprefix("www."))
            for line, label in zip(record["lines"], record["labels"], strict=True):
                if label != "b" or not 3 < len(line) < 300:
                    continue
                kind = next((kind for kind, pattern in sorter.items() if pattern.search(line)), None)
                if kind:
                    found[half, record.get("lang", "en"), kind].append(line)
    return {key: sorted(set(lines)) for key, lines in found.items()}


def read_articles(data: Path, languages: Sequence[str]) -> Articles:
    """(title, paragraphs) of articles by language."""
    articles: Articles = defaultdict(list)
    for row in _read(data / "langdup" / "stories.jsonl.gz"):
        rows = [line.strip() for line in row["text"].split("\n") if line.strip()]
        # Some texts start with their title: it is not a line of the story.
        title = row["title"] or (rows[0] if rows and rows[0][-1] not in ".!?\"'”" and len(rows[0]) < 120 else None)
        rows = rows[1:] if rows and rows[0] == title else rows
        # What the texts hold of furniture themselves is none of the story either.
        rows = [_DATELINE.sub("", line) for line in rows if not _FURNITURE.search(line)]
        if len(rows) > 3:
            articles["en"].append((title, rows))
    sentences: dict[str, list[str]] = defaultdict(list)
    for row in _read(data / "langdup" / "lid.jsonl.gz"):
        if row["set"] == "doc1k" and row["lang"] != "en":
            parts = re.split(r"(?<=[.。।؟?!])\s+", row["text"])
            language = "no" if row["lang"] in ("nb", "nn") else row["lang"]
            sentences[language] += [part for part in parts if _is_sentence(part)]
    for language, parts in sentences.items():
        for at in range(0, len(parts) - 8, 8):
            paragraphs = [" ".join(parts[i : i + 2]) for i in range(at, at + 8, 2)]
            articles[language].append((None, paragraphs))
    return {language: articles[language] for language in languages if articles[language]}


_FURNITURE = re.compile(
    r"^Copyright|^©|^Originally published|^\[ ?[A-Z][\w' ]{2,20}\]$|^https?:|^\S+ may earn|Disclosure:|^\(Reporting by|저작권자|All rights"
    r"|^Contributing: |^Disclaimer: |image credit: |^Visit \w+ \w+'s homepage|^See it now: |^Related:$|^Story continues|^This article has been adapted"
    r"|\S+@\S+\.\w+$|^\[사진=|^[A-Z]{4}[A-Z ,.]{0,24}\s[-–—]+$"
)
_DATELINE = re.compile(
    r"^(?:[A-Z][\w.,' ]{2,36}\s)?\((?:AP|AFP|Reuters|UPI|CNN)\)\s*[-–—]+\s*|^[A-Z]{4}[A-Z ,.]{0,24}(?:[A-Z][a-z.]+)?\s+[-–—]+\s+|^New York, NY –\s+"
)


def _is_sentence(text: str) -> bool:
    return 30 < len(text) < 400 and text[-1] in ".。।!?؟" and not re.search(r"[|»>©@#]|https?:|\d\d:\d\d", text)


def dress(data: Path, wordings: Wordings, count: int, seed: int = 7) -> Iterator[Dressed]:
    """Dressed articles: ``count`` for each half and language (five times as many in English)."""
    languages = [language for language in read_slots() if language not in ("vi", "fa")]
    return dress_articles(read_articles(data, languages), wordings, count, seed)


def dress_articles(articles: Articles, wordings: Wordings, count: int, seed: int = 7) -> Iterator[Dressed]:
    """The same of given articles by language."""
    slots = read_slots()
    for language, pool in articles.items():
        headlines = _headlines(pool)
        for half in HALVES:
            chance = random.Random(f"{seed} {half} {language}")
            for _ in range(count * (5 if language == "en" else 1)):
                title, paragraphs = chance.choice(pool)
                yield _dress_one(chance, (half, language), wordings, slots[language], (title, paragraphs), headlines)


def read_slots() -> dict[str, list[list[str]]]:
    """Values of the slots by language."""
    rows = (HERE / "dressed_slots.txt").read_text(encoding="utf-8").splitlines()
    split = ([part.strip() for part in row.split("|")] for row in rows if not row.startswith("#"))
    return {parts[0]: [[value.strip() for value in part.split(";")] for part in parts[1:]] for parts in split}


def fill(wording: str, chance: random.Random, language: str, slots: list[list[str]], headlines: Sequence[str]) -> str:
    """The wording with its slots filled."""
    names, cities, topics, sites, dates, country = slots
    agencies = LOCAL_AGENCIES.get(language, AGENCIES)
    first, second = chance.sample(names, 2)
    city, city2 = chance.sample(cities, 2)
    agency = chance.choice(agencies)
    return wording.format(
        name=first,
        name2=second,
        NAME=first.upper(),
        city=city,
        city2=city2,
        CITY=city.upper(),
        country=country[0],
        topic=chance.choice(topics),
        site=chance.choice(sites),
        date=chance.choice(dates),
        time=f"{chance.randint(6, 22)}:{chance.randint(10, 59)}",
        year=chance.randint(2015, 2025),
        n=chance.randint(2, 97),
        agency=agency,
        agency2=chance.choice([name for name in (*agencies, "Reuters") if name != agency]),
        headline=chance.choice(headlines),
        handle="example_user",
        email="redaktion@example.com" if language == "de" else "news@example.com",
    )


def _dress_one(
    chance: random.Random,
    where: tuple[str, str],
    wordings: Wordings,
    slots: list[list[str]],
    article: tuple[str | None, list[str]],
    headlines: Sequence[str],
) -> Dressed:
    half, language = where
    title, paragraphs = article

    def furniture(kind: str) -> list[Row]:
        known = wordings.get((half, language, kind))
        if not known:
            return []
        text = (
            fill(chance.choice(known), chance, language, slots, headlines)
            if "{" in "".join(known)
            else chance.choice(known)
        )
        if kind == "menu":
            return [Row(part, "", kind) for part in text.split("|")]
        rows = [Row(text, "", kind)]
        if kind == "related_head":
            rows += [Row(chance.choice(headlines), "", kind) for _ in range(chance.randint(2, 4))]
        if kind == "comment_head" and language == "en":
            rows += [Row(fill(part, chance, language, slots, headlines), "", kind) for part in _COMMENTS]
        return rows

    rows = [row for kind in TOP if chance.random() < 0.35 for row in furniture(kind)]
    if title and chance.random() < 0.5:
        rows.append(Row(title, "", "title"))
    for number, paragraph in enumerate(paragraphs):
        glued = _glue(chance, number, len(paragraphs), paragraph, furniture)
        rows.append(glued)
        if 0 < number < len(paragraphs) - 1 and chance.random() < 0.25:
            rows += furniture(chance.choice(INSIDE))
    rows += [row for kind in END if chance.random() < 0.3 for row in furniture(kind)]
    return Dressed(language, half, tuple(rows), chance.choice(["\n", "\n\n"]))


def _glue(chance: random.Random, number: int, count: int, paragraph: str, furniture: Any) -> Row:
    kind = "dateline_glue" if number == 0 else "tail_glue" if number == count - 1 else None
    found = furniture(kind) if kind and chance.random() < 0.4 and len(paragraph) > 60 else []
    if not found:
        return Row(paragraph, paragraph, None)
    glue = found[0].text
    text = glue.lstrip() + paragraph if kind == "dateline_glue" else f"{paragraph} {glue}"
    return Row(text, paragraph, kind)


def _headlines(pool: Sequence[tuple[str | None, list[str]]]) -> list[str]:
    """Titles where there are some; else the first words of sentences."""
    titles = [title for title, _ in pool if title and 15 < len(title) < 110 and title[-1] != "."]
    if len(titles) > 20:
        return titles
    starts = [re.split(r"[,.;:。，、]", rows[0])[0].strip() for _, rows in pool]
    return sorted({" ".join(start.split()[:9])[:60] for start in starts if len(start) > 8})


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
