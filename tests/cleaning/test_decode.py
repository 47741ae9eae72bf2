"""Bytes to text."""

from __future__ import annotations

import pytest

from cleaning.ingest.decode import Decoded, Undecoded, decode
from tests.samples import BAD, PAGE

GERMAN = (
    "Die Brücke bleibt für zwei weitere Jahre offen, sagte der Bürgermeister. Über Köln zieht ein Gewitter auf. " * 4
)
RUSSIAN = "Мост останется открытым ещё на два года, сообщил мэр города после долгого заседания совета. " * 6
JAPANESE = (
    "市議会は火曜日、古い橋をさらに二年間開けておくことを決めました。技術者たちは三倍の資金を求めていました。" * 4
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_text_is_read_in_its_character_set(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert isinstance(found, Decoded), found
    assert found.text == text


@pytest.mark.parametrize("name", [name for name, (reason, _) in BAD.items() if reason in ("empty", "binary")])
def test_what_is_not_text_is_said_to_be_that(name: str) -> None:
    found = decode(BAD[name][1])
    assert isinstance(found, Undecoded) and found.reason == BAD[name][0]


@pytest.mark.parametrize("name", ["cut-utf8.txt", "cut-utf16.txt"])
def test_text_that_breaks_off_inside_a_character_is_truncated(name: str) -> None:
    found = decode(BAD[name][1])
    assert isinstance(found, Undecoded) and found.reason == "truncated"


def test_four_control_bytes_are_binary() -> None:
    found = decode(b"\x00\x01\x02\x03")
    assert isinstance(found, Undecoded) and found.reason == "binary"


def test_a_page_is_read_in_the_character_set_that_it_names() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1251"').replace("By Jane Doe", "Автор: Анна Иванова")
    found = decode(page.encode("cp1251"), is_html=True)
    assert isinstance(found, Decoded) and "Анна Иванова" in found.text


def test_stray_bytes_in_utf8_are_read_as_windows_1252() -> None:
    found = decode("Müller größer über ".encode() * 3 + b"caf\xe9 noir")
    assert isinstance(found, Decoded) and found.text.endswith("café noir")
