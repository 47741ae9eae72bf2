"""Bytes to text: byte order marks, declared character sets, UTF-8, then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cleaning.ingest.guess import MIXED, guess_codec, read_mixed
from cleaning.ingest.labels import LEGACY_CODECS, codec_of
from cleaning.records import Reason

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Beginnings that no text has: each holds a byte that is none of a text's, or more than the name of the format.
_MAGIC = (
    (re.compile(rb"%PDF-\d\.\d\s*[\r\n]"), "a PDF file"),
    (re.compile(rb"\x89PNG"), "a PNG picture"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG picture"),
    (re.compile(rb"PK\x03\x04"), "a zip archive or office document"),
    (re.compile(rb"\x1f\x8b"), "gzip-compressed data"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2-compressed data"),
    (re.compile(rb"\xfd7zXZ"), "xz-compressed data"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstandard-compressed data"),
    (re.compile(rb"\x7fELF"), "a program"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old office document"),
)
# Beginnings that prose has too ("ID3 tags are"): these formats have lengths with zeros after the name, prose has none.
_WORD_MAGIC = (
    (b"GIF8", "a GIF picture"),
    (b"MZ", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"RIFF", "audio or video"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
)
_EARLY_CONTROL = re.compile(rb"[\x00-\x08]")
_EARLY_BYTES = 64
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.IGNORECASE)
# Character sets of ASCII bytes only, and what begins the other letters in them.
_SEVEN_BIT = {"iso2022_jp": (b"\x1b$", b"\x1b("), "iso2022_kr": (b"\x1b$)C",), "hz": (b"~{",)}
# Share of control characters and NUL bytes above which bytes are not text.
_MAX_CONTROL_SHARE = 0.02
# Share of a text's characters beyond ASCII that may be damaged, each of which becomes U+FFFD: browsers show such pages.
_MAX_DAMAGED_SHARE = 0.05
_DETECT_BYTES = 64_000
# Fewer bytes say nothing of every other one being zero.
_MIN_WIDE_BYTES = 16
_CONTROL = bytes(sorted({*range(32), 127} - {9, 10, 12, 13, 27}))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes and the character set that read it, by its Python name, or ``MIXED``."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Undecoded:
    """Why bytes are not text."""

    reason: Reason
    detail: str


def decode(data: bytes, *, declared: str | None = None, is_html: bool = False) -> Decoded | Undecoded:
    """The text of some bytes, or why they have none.

    In this order: byte order mark, UTF-16 without one, character sets that hide in ASCII, UTF-8, the declared
    character set (a header's, then the page's own), a guess by letters, charset-normalizer's on the first
    64 kB. Bytes that are UTF-8 but for stray ones are read as UTF-8 with those as Windows-1252, where these are few or
    the text so reads more like a language than in any one set.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        detail = "the file has no bytes" if not data else "the file holds nothing but blanks"
        return Undecoded(Reason.EMPTY, f"{detail}; fetch it again or leave it out")
    for bom, name in _BOMS:
        if data.startswith(bom):
            found = _strictly(data, name)
            if found or bom != codecs.BOM_UTF8 or _last_start(data) is not None:
                return found or _cut_short(data, name)
            # It says that it is UTF-8, and one stray byte does not make it anything else.
            data, declared, is_html = data.removeprefix(bom), "utf-8", False
    what = _format_of(data)
    if what:
        return Undecoded(Reason.BINARY, f"this is {what}, not text; convert it to text or HTML first")
    wide = _wide(data)
    if wide:
        found = _strictly(data, wide)
        if found is None:
            return _cut_short(data, wide)
        if sum(character < " " for character in found.text) <= 0.2 * len(found.text):
            return found
    if len(data) - len(data.translate(None, _CONTROL)) > _MAX_CONTROL_SHARE * len(data):
        return Undecoded(Reason.BINARY, "the bytes are not text in any character set; convert the file first")
    return _narrow(data, declared, is_html=is_html)


def _format_of(data: bytes) -> str | None:
    """What a file is that begins as no text does."""
    for pattern, what in _MAGIC:
        if pattern.match(data):
            return what
    if _EARLY_CONTROL.search(data[:_EARLY_BYTES]):
        return next((what for magic, what in _WORD_MAGIC if data.startswith(magic)), None)
    return None


def _narrow(data: bytes, declared: str | None, *, is_html: bool) -> Decoded | Undecoded:
    names = (declared, _declared_in(data) if is_html else None)
    codecs_named = [codec for name in names if name and (codec := codec_of(name))]
    strict = _seven_bit(data, codecs_named) or _strictly(data, "utf-8")
    if strict:
        return strict
    start = _last_start(data)
    if start is not None and not data[:start].isascii():
        return _cut_short(data, "utf-8")
    for codec in codecs_named:
        found = _strictly(data, codec)
        if found:
            return found
    if mixed := _mixed(data):
        return mixed
    for codec in codecs_named:
        if damaged := _damaged(data, codec):
            return damaged
    return _guessed(data)


def _last_start(data: bytes) -> int | None:
    """Where the character begins inside which a text in UTF-8 breaks off; None where it does not."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start if error.reason == "unexpected end of data" and error.end == len(data) else None
    return None


def _seven_bit(data: bytes, declared: list[str]) -> Decoded | Undecoded | None:
    """Text in a character set whose bytes are all ASCII; Japanese mail and old pages do not always name theirs."""
    if not data.isascii():
        return None
    for codec, signs in _SEVEN_BIT.items():
        if not (codec == "iso2022_jp" or codec in declared) or not any(sign in data for sign in signs):
            continue
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            if error.end == len(data) and error.reason == "incomplete multibyte sequence":
                return _cut_short(data, codec.replace("_", "-"))
            continue
        # Escapes that switch a terminal's letters are followed by ASCII.
        if not text.isascii():
            return Decoded(text, codec)
    return None


def _strictly(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), name.removesuffix("-sig"))
    except UnicodeDecodeError:
        return None


def _cut_short(data: bytes, name: str) -> Undecoded:
    plain = name.removesuffix("-sig")
    return Undecoded(
        Reason.TRUNCATED,
        f"the {plain.upper()} text breaks off inside a character or is damaged ({len(data):,} bytes); fetch it again",
    )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Western text is zero."""
    head = data[:4000]
    if len(head) < _MIN_WIDE_BYTES:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * (len(head) / 2) or min(even, odd) > 0.05 * len(head):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared_in(data: bytes) -> str | None:
    match = _XML_ENCODING.match(data[:400]) or _META_CHARSET.search(data[:8000])
    return match[1].decode("ascii", "ignore") if match else None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with stray bytes of Windows-1252, as templates that paste old text produce it."""
    text, n_wide, n_stray = read_mixed(data)
    return Decoded(text, MIXED) if n_wide and n_stray * 2 <= n_wide else None


def _damaged(data: bytes, codec: str) -> Decoded | Undecoded | None:
    """The text in a character set that does not read a few of its characters; why it has none where it breaks off."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "incomplete multibyte sequence":
            return _cut_short(data, codec)
    text = data.decode(codec, "replace")
    beyond = sum(character > "\x7f" for character in text)
    return Decoded(text, codec) if text.count("\ufffd") <= _MAX_DAMAGED_SHARE * beyond else None


def _guessed(data: bytes) -> Decoded | Undecoded:
    codec = guess_codec(data)
    if codec == MIXED:
        return Decoded(read_mixed(data)[0], MIXED)
    if codec is None:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_DETECT_BYTES], cp_isolation=list(LEGACY_CODECS)).best()
        codec = best.encoding if best else None
    try:
        if codec:
            return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError:
        if found := _damaged(data, codec or ""):
            return found
    return Undecoded(Reason.UNDECODABLE, "no character set reads the bytes; save the file as UTF-8 and run again")
