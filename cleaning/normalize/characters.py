"""Text in one normal form: NFC, ``\\n`` only, plain spaces, no invisible or control characters.

What this changes, and nothing else: mojibake is repaired (ftfy), the HTML entities of prose are decoded in lines
that hold neither ``<`` nor ``&lt;`` (those are about markup), terminal escapes, control characters, soft hyphens,
zero-width spaces and byte order marks go, words of private-use characters alone (icons) go, ligatures and widths
stay, every kind of horizontal space becomes a plain space, line breaks become ``\\n``, blanks at the end of a line go,
more than one blank line becomes one, blank lines at both ends go. Quotes and dashes stay as the author set them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import name2codepoint

import ftfy
from ftfy.badness import BADNESS_RE

# Zero-width joiner and non-joiner stay: Persian, Hindi and emoji need them.
_INVISIBLE = dict.fromkeys([0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB])
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(range(127, 160))
_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")
_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_DROP = {**_INVISIBLE, **_CONTROL}
_UNUSUAL = re.compile("[" + re.escape("".join(map(chr, [*_DROP, *_SPACES]))) + "]")
# Lone surrogates, and control characters that stand for letters of Windows code pages.
_BROKEN = re.compile(r"[\ud800-\udfff\x80-\x9f]")
# Icon fonts draw private-use characters: alone they are no word. In a word they can be a rare letter of an old code.
_PRIVATE = "[\ue000-\uf8ff]"
_ICONS = re.compile(rf"^[ \t]*{_PRIVATE}(?:{_PRIVATE}|[ \t])*\n|(?<!\S){_PRIVATE}+(?:[ \t]+|(?!\S))", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False, explain=False,
    normalization="NFC",
)  # fmt: skip
# The names of HTML 4 but those of operators, which are words of code too ("&int;"): HTML 5 has "&num;" as well.
_OF_CODE = (
    "and ang cap cong cup empty equiv exist forall ge image int isin lang le loz minus nabla ne ni not notin nsub oplus"
    " or otimes part perp prod prop radic rang real sdot sim sub sube sum sup supe there4 weierp"
)
_NAMES = "|".join(sorted({*name2codepoint, "apos"} - set(_OF_CODE.split())))
_ENTITY = re.compile(rf"&(?:#\d{{2,7}}|#[xX][\da-fA-F]{{2,6}}|{_NAMES});")
_ESCAPED_AGAIN = re.compile(r"&(?:amp;)+(?=#?\w{2,10};)")
_OF_MARKUP = re.compile(r"<|&(?:amp;)*(?:lt|#60|#[xX]3[cC]);")
# ftfy works segment by segment; above this many characters a line is only normalised by us.
_FTFY_MAX_CHARS = 1_000_000
# Each of ftfy's signs of mojibake has a character beyond ASCII and is at most this long (a test asks its pattern).
SIGN_CHARS = 7
_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f](?:.{{0,{2 * SIGN_CHARS}}}[^\x00-\x7f])*", re.DOTALL)


def normalize_text(text: str) -> str:
    """The text in its one normal form; doing it twice changes nothing.

    >>> normalize_text("Caf\\u0065\\u0301\\r\\nnew\\u00a0line  \\n\\n\\n\\nend\\n")
    'Café\\nnew line\\n\\nend'
    """
    text = _BREAKS.sub("\n", text)
    repaired: dict[str, str] = {}
    for _ in range(4):  # a repair, or a character that goes, can uncover more to repair
        before = text
        if "&" in text:
            text = "\n".join(map(_decode_entities, text.split("\n")))
        if _may_be_broken(text):
            text = "\n".join(_repair(line, repaired) for line in text.split("\n"))
        text = _plain(text)
        if text == before:
            break
    return text


def _decode_entities(line: str) -> str:
    if "&" not in line or _OF_MARKUP.search(line):
        return line
    # Escaped more than once: at whatever depth, so that doing it twice changes nothing.
    return _ENTITY.sub(_unescape, _ESCAPED_AGAIN.sub("&", line))


def _unescape(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _plain(text: str) -> str:
    """One form of everything that needs no guess."""
    text = _BREAKS.sub("\n", text)
    text = text.translate(_DROP).translate(_SPACES) if _UNUSUAL.search(text) else text
    text = text if text.isascii() else _ICONS.sub("", text)
    # Line by line: a pattern for blanks before a line break takes quadratic time on a line of blanks.
    text = "\n".join(line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def _may_be_broken(text: str) -> bool:
    return not text.isascii() or "\x1b" in text


def _repair(line: str, repaired: dict[str, str]) -> str:
    """The line as ftfy repairs it; ``repaired`` keeps what it made of lines, for its measure of mojibake is slow."""
    if not _may_be_broken(line):
        return line
    if line not in repaired:
        repaired[line] = _repair_anew(line)
    return repaired[line]


def _repair_anew(line: str) -> str:
    if len(line) > _FTFY_MAX_CHARS:
        return line.encode("utf-8", "replace").decode("utf-8")
    is_broken = "\x1b" in line or bool(_BROKEN.search(line)) or is_bad(line)
    return ftfy.fix_text_segment(line, _CONFIG) if is_broken else line


def is_bad(line: str) -> bool:
    """``ftfy.badness.is_bad``, which tries thirty signs at each character, only where one can be."""
    search = BADNESS_RE.search
    return any(
        search(line, max(0, run.start() - SIGN_CHARS), run.end() + SIGN_CHARS) for run in _BEYOND_ASCII.finditer(line)
    )


def normalize_line(text: str) -> str:
    """A value of one line in its normal form: as ``normalize_text``, with every run of blanks one space."""
    return " ".join(normalize_text(text).split())
