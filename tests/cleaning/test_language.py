"""Language and script."""

from __future__ import annotations

from typing import Any

import pytest

from cleaning import language
from cleaning.language import SAMPLE_CHARS, detect_language, detect_script, sample_of
from tests.samples import STORY

TEXTS = {
    ("en", "Latn"): "The council voted on Tuesday to keep the old bridge open for another two years.",
    ("de", "Latn"): "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.",
    ("fr", "Latn"): "Le conseil a voté mardi pour laisser le vieux pont ouvert pendant deux années supplémentaires.",
    ("ru", "Cyrl"): "Совет проголосовал во вторник за то, чтобы старый мост оставался открытым ещё два года.",
    ("ja", "Jpan"): "市議会は火曜日、古い橋をさらに二年間開けておくことを決めました。",
    ("ar", "Arab"): "صوت المجلس يوم الثلاثاء على إبقاء الجسر القديم مفتوحا لمدة عامين آخرين.",
    ("ko", "Hang"): "시의회는 화요일에 오래된 다리를 2년 더 개방하기로 결정했습니다.",
}


@pytest.mark.parametrize(("expected", "text"), TEXTS.items())
def test_language_and_script(expected: tuple[str, str], text: str) -> None:
    found = detect_language(text)
    assert (found.code, found.script) == expected
    assert found.score is not None and found.score == round(found.score, 4) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "宫保鸡丁 红烧牛肉 麻婆豆腐 清炒时蔬 酸辣土豆丝 米饭 茶水",
        "北京大學 上海市政府 臺灣銀行 香港電影 東京大學 人民公園 火車站",
    ],
)
def test_chinese_characters_alone_are_chinese(text: str) -> None:
    found = detect_language(text)
    assert (found.script, found.code) == ("Hani", "zh")


@pytest.mark.parametrize("text", ["", "12345 67890", "OK", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎠᎴ ᎠᏰᎵ ᎠᎹᏱᏟ ᎠᏂᎩᎵᏏ"])
def test_where_nothing_can_be_said_there_is_no_answer(text: str) -> None:
    assert detect_language(text).code is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "sr",
            "Градско веће је у уторак одлучило да стари мост остане отворен још две године, рекао је градоначелник.",
        ),
        ("kk", "Қалалық кеңес сейсенбі күні ескі көпірді тағы екі жылға ашық қалдыру туралы шешім қабылдады."),
        ("is", "Borgarráð samþykkti á þriðjudag að hafa gömlu brúna opna í tvö ár til viðbótar, sagði borgarstjórinn."),
        ("ka", "საკრებულომ სამშაბათს გადაწყვიტა, რომ ძველი ხიდი კიდევ ორი წლის განმავლობაში ღია დარჩეს."),
        (
            "mk",
            "Градскиот совет во вторникот одлучи стариот мост да остане отворен уште две години, рече градоначалникот.",
        ),
    ],
)
def test_languages_that_langdetect_takes_for_others(code: str, text: str) -> None:
    assert detect_language(text).code == code


def test_what_the_two_disagree_on_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXTS["de", "Latn"]
    monkeypatch.setattr(language, "second_opinion", lambda _: ("nl", 0.7))
    assert (detect_language(text).code, detect_language(text).score) == ("de", 0.5)
    monkeypatch.setattr(language, "second_opinion", lambda _: ("lb", 0.7))
    assert detect_language(text).code == "de"
    monkeypatch.setattr(language, "second_opinion", lambda _: ("lb", 0.95))
    assert detect_language(text).code == "lb"


def test_plain_english_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "second_opinion", lambda _: pytest.fail("asked"))
    assert detect_language(" ".join(STORY)).code == "en"


@pytest.mark.parametrize("cut", [12, 30, 1000])
def test_the_faster_arithmetic_gives_langdetects_answers(cut: int) -> None:
    from langdetect.detector import Detector

    from cleaning.language_odds import OddsDetector

    def answer(detector: Any, text: str) -> list[tuple[str, float]]:
        detector.append(text[:cut])
        return [(found.lang, round(found.prob, 4)) for found in detector.get_probabilities()]

    language._factory.cache_clear()
    factory = language._factory()
    for text in TEXTS.values():
        # The profiles hold lists until they are drawn: a detector of the library's own takes arrays as well.
        assert answer(OddsDetector(factory), text) == answer(Detector(factory), text)


def test_the_same_text_has_the_same_answer() -> None:
    text = "Kort tekst om broen, som er blevet ved med at være åben i to år."
    assert len({detect_language(text) for _ in range(5)}) == 1


def test_the_sample_is_bounded_and_of_several_places() -> None:
    text = " ".join(f"word{chr(97 + place // 100)}" for place in range(1200))
    sample = sample_of(text)
    assert len(sample) <= SAMPLE_CHARS and {"wordc", "wordf", "wordj"} <= set(sample.split())
    assert len(sample_of("a" * 5000 + " middle " + "b" * 5000)) <= SAMPLE_CHARS


def test_a_quotation_in_the_middle_is_not_the_text() -> None:
    german, english = TEXTS["de", "Latn"], TEXTS["en", "Latn"]
    assert detect_language(" ".join([german] * 12 + [english] * 10 + [german] * 12)).code == "de"


def test_capitals_are_read_as_words() -> None:
    assert detect_language("THE COUNCIL VOTED ON TUESDAY TO KEEP THE OLD BRIDGE OPEN FOR TWO YEARS").code == "en"


def test_no_letters_have_no_script() -> None:
    assert detect_script("123 !?") is None
