"""Text in one normal form: NFC, ``\\n`` only, plain spaces, no invisible or control characters.

What this changes, and nothing else: mojibake is repaired (ftfy), HTML entities in text that holds
no ``<`` are decoded (ftfy's rule), terminal escapes, control characters, soft hyphens, zero-width
spaces and byte order marks go, ligatures and widths stay, every kind of horizontal space becomes
a plain space, line breaks become ``\\n``, blanks at the end of a line go, more than one blank line
becomes one, blank lines at both ends go. Quotes and dashes stay as the author set them.
"""

from __future__ import annotations

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad

# Zero-width joiner and non-joiner stay: Persian, Hindi and emoji need them.
_INVISIBLE = dict.fromkeys([0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB])
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(range(127, 160))
_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")
_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_DROP = {**_INVISIBLE, **_CONTROL}
_UNUSUAL = re.compile("[" + re.escape("".join(map(chr, [*_DROP, *_SPACES]))) + "]")
# Lone surrogates, and control characters that stand for letters of Windows code pages.
_BROKEN = re.compile(r"[\ud800-\udfff\x80-\x9f]")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONFIG = ftfy.TextFixerConfig(
    uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False, explain=False, normalization="NFC"
)
# ftfy works segment by segment; above this many characters a line is only normalised by us.
_FTFY_MAX_CHARS = 1_000_000


def normalize_text(text: str) -> str:
    """The text in its one normal form; doing it twice changes nothing.

    >>> normalize_text("Caf\\u0065\\u0301\\r\\nnew\\u00a0line  \\n\\n\\n\\nend\\n")
    'Café\\nnew line\\n\\nend'
    """
    text = _BREAKS.sub("\n", text)
    for _ in range(4):  # a repair, or a character that goes, can uncover more to repair
        before = text
        is_broken, is_unusual = _needs_repair(text), bool(_UNUSUAL.search(text))
        if is_broken:
            text = "\n".join(_repair(line) for line in text.split("\n"))
        text = _plain(text)
        if text == before or not (is_broken or is_unusual):
            break
    return text


def _plain(text: str) -> str:
    """One form of everything that needs no guess."""
    text = _BREAKS.sub("\n", text)
    text = text.translate(_DROP).translate(_SPACES) if _UNUSUAL.search(text) else text
    # Line by line: a pattern for blanks before a line break takes quadratic time on a line of blanks.
    text = "\n".join(line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def _needs_repair(text: str) -> bool:
    """Is there anything for ftfy: mojibake by its own measure, entities, escapes, lone surrogates?"""
    if "&" in text or "\x1b" in text:
        return True
    if text.isascii():
        return False
    # Line by line, as repairs are made: the measure is slow, and most lines are plain.
    return bool(_BROKEN.search(text)) or any(is_bad(line) for line in text.split("\n") if not line.isascii())


def _repair(line: str) -> str:
    if len(line) > _FTFY_MAX_CHARS:
        return line.encode("utf-8", "replace").decode("utf-8")
    return ftfy.fix_text_segment(line, _CONFIG) if _needs_repair(line) else line


def normalize_line(text: str) -> str:
    """A value of one line in its normal form: as ``normalize_text``, with every run of blanks one space."""
    return " ".join(normalize_text(text).split())
