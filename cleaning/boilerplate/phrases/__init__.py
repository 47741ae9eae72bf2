"""Phrase lists: data that a person extends without Python.

One ``<kind>.tsv`` a kind with the columns ``language``, ``use`` and ``phrase``; ``#`` starts a comment.
What ``use`` says of a line:

- ``line``: it is the phrase, and goes; with a gap at its start it ends with the phrase, with one at its end it
  starts with it and is short. A single word goes above and below the story or beside another phrase only.
- ``label``: as ``line``, and goes between paragraphs too though it is a single word ("Subscribe").
- ``edge``: as ``line``, and goes above and below the story or beside another phrase only, though it has more words:
  what somebody may ask or say in the story ("What do you think?").
- ``heading``: it is the phrase, which titles a block: it goes with what stands under it.
- ``start``: it starts with the phrase and has at most ``MAX_START_WORDS`` words; where the phrase ends with a quotation
  mark, so does what the line starts with.
- ``lead``: it starts with the phrase, a colon or the like, and a headline or a list behind that. One of related links
  with two words or more is a ``heading`` where it stands alone: extractors break the line at the link.

In a phrase of any other use than ``lead`` ``…`` stands for any words: "sign up … newsletter", "… contributed to this
report", "more from …"; ``*`` at the end of a word stands for its endings: "newsletter*". A ``lead`` that is written
in capitals is only met in capitals. What a line costs does not depend on how many phrases there are: its words are
looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from cleaning.boilerplate.phrases.patterns import Pattern, Patterns, as_pattern
from cleaning.boilerplate.phrases.words import find_words, fold, is_unspaced, split_words
from cleaning.emphasis import without_emphasis
from cleaning.errors import BrokenRules
from cleaning.records import Kind

# Bullets, arrows, bars and closing marks around a phrase. Quotes, brackets, slashes and the like stay: a line
# such as '--file=' or '[print]' is code, not the label of a button.
_EDGE_SIGNS = " \t|•·●▪▸►▶→←↓↑»«›‹✓✔★☆❯➤>☞■◆▼▲⇒➡※🔴👉📲\ufe0f"
_EDGES = re.compile(
    rf"^(?:[{re.escape(_EDGE_SIGNS)}]+|[-–—*+#]+\s+|\(+(?=[^()]*\)\W*$)|【(?=[^【】]*】$))+"
    r"|[\s|•·●▸►▶→←↓↑»«›‹>:：.…!?,;)】。！？–—-]+(?:\s\*)?$"
    r"|\s\*$"  # a form marks its fields so
)
_COUNT = re.compile(r"[(（\[]?\d[\d.,]*(?:\s?[kKmM](?!\w)|\s?[件条條개])?[)）\]]?")
_DIGIT = re.compile(r"\d")
# The longest listed phrase has 67 characters; a longer line cannot be one.
LONGEST_PHRASE_CHARS = 100
# Prompts that start with a phrase have at most so many words in 99 of 100 lines of the residual benchmark's
# development pages; the longest phrase has nine words.
MAX_START_WORDS = 40
MAX_START_CHARS = 400
_NOTICE_LETTERS = 4
# Longest headline in the related blocks of the residual benchmark's development pages: 31 words.
MAX_LEAD_WORDS = 34
# Headings such as "More on …" with their topic: 49 of 50 of the same pages.
MAX_HEADING_WORDS = 8
# A line whose last words are the phrase: prompts such as "This article is for subscribers".
MAX_ENDING_WORDS = 14
# A short phrase says little: of a line that starts with one, it must be most.
MAX_WORDS_BY_PHRASE = {1: 3, 2: 14}
# Uses of which the phrase is the whole line, but for a gap in it.
LINE_USES = ("line", "label", "edge")
USES = (*LINE_USES, "heading", "start", "lead")
# A line that opens with a quotation mark quotes somebody; a label does not.
# Of 265 labelled lines that are a lead of two words or more 15 are of a story: one of these, as are 75 others.
_NEVER_ALONE = frozenset((
    "check out", "more info", "more information", "our review", "related resources", "fact check", "in pictures",
    "in photos", "photo gallery", "im video", "en imágenes", "en fotos", "en images", "alle infos", "in beeld",
))  # fmt: skip
_ALONE_LETTERS = 4
_OPENING_QUOTES = "\"'“”„‘’‚«『「`"
_BULLETS = "•·●-*+–—#"
_COUNTED = (Kind.COMMENT_PROMPT, Kind.SHARE)
_SEPARATOR = re.compile(r"\s?[:：|»>→▶►]+\s*|\s+[–—-]\s+|[】\]］]\s*")
# What is to be read may be named: "Läs också ledaren: …".
_NAMED_SEPARATOR = re.compile(r"(?:\s[\w’'-]+){1,2}:\s+")
_CAPITALS_SEPARATOR = re.compile(_SEPARATOR.pattern + r"|[?!]?\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of a phrase list."""

    kind: Kind
    language: str
    use: str
    phrase: str


def normalize_phrase(text: str) -> str:
    """The form in which lines and phrases are compared.

    >>> normalize_phrase("▸ Read  More: »"), normalize_phrase("_**Related:**_")
    ('read more', 'related')
    """
    return fold(" ".join(_EDGES.sub("", without_emphasis(text).replace("’", "'")).split()))


def read_rows(lists: Iterable[tuple[Kind, Traversable]]) -> Iterable[Phrase]:
    """The rows of phrase lists in order.

    Raises:
        BrokenRules: a row has not three columns, or an unknown use; names the file and the line. Or it is not UTF-8.
    """
    for kind, file in lists:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise BrokenRules(
                f"{file}: is not UTF-8: {error.reason} at byte {error.start}. Save it as UTF-8."
            ) from None
        for number, row in enumerate(text.splitlines(), start=1):
            if not row.strip() or row.startswith("#"):
                continue
            parts = row.split("\t")
            if len(parts) != 3 or parts[1] not in USES:
                wanted = f"language<TAB>{'|'.join(USES)}<TAB>phrase"
                raise BrokenRules(f"{file}, line {number}: not {wanted!r}: {row!r}")
            yield Phrase(kind, *parts)


@cache
def phrase_rows() -> tuple[Phrase, ...]:
    """All rows of all lists.

    Raises:
        BrokenRules: as ``read_rows``.
    """
    resources = ((kind, files(__package__).joinpath(f"{kind}.tsv")) for kind in Kind)
    return tuple(read_rows((kind, file) for kind, file in resources if file.is_file()))


class PhraseLists:
    """Rows compiled for looking lines up: a table of whole lines, and patterns by their first words.

    Raises:
        BrokenRules: a row with a gap (…) has no word before or behind it.
    """

    def __init__(self, rows: Iterable[Phrase]) -> None:
        rows = tuple(rows)
        table: dict[str, list[Phrase]] = {}
        for row in rows:
            if row.use != "lead" and not _is_pattern(row):
                table.setdefault(normalize_phrase(row.phrase), []).append(row)
        for row in filter(_may_stand_alone, rows):
            table.setdefault(normalize_phrase(row.phrase), [replace(row, use="heading")])
        self.table: Mapping[str, tuple[Phrase, ...]] = {key: tuple(found) for key, found in table.items()}
        self._table_words = frozenset(map(split_words, table))
        patterns = [(as_pattern(row.phrase), row) for row in rows if row.use in ("start", "lead") or _is_pattern(row)]
        for pattern, row in patterns:
            if not pattern.runs or not all(pattern.runs):
                raise BrokenRules(f"{row.kind}.tsv: {row.phrase!r}: no word beside a gap or none at all. Take it out.")
        self._patterns = Patterns(patterns)

    def find(self, line: str, words: tuple[str, ...] | None = None) -> tuple[Phrase, ...]:
        """The rows that list the line as a phrase, or as one that fits a pattern; most lines are neither.

        ``words`` are those of the line, where they are known.
        """
        if len(line) > MAX_START_CHARS:
            return ()
        plain = without_emphasis(line)
        if words is None or plain != line:
            line, words = plain, find_words(plain)
        if len(line) <= LONGEST_PHRASE_CHARS:
            # Few lines consist of the words of a phrase; to tell that is cheaper than to bring them into its form.
            rows = self.table.get(normalize_phrase(line)) if words in self._table_words else None
            rows = rows or self._find_counted(line)
            if rows:
                return rows
        return self._find_patterns(line, words) or (self._find_counted_start(line) if line[:1].isdigit() else ())

    def _find_counted(self, line: str) -> tuple[Phrase, ...]:
        """The rows of a label that comes with a number: "Comments (12)", "3 Shares"."""
        if len(line) > 40 or not _DIGIT.search(line):
            return ()
        rows = self.table.get(normalize_phrase(_COUNT.sub(" ", line, count=1)), ())
        return tuple(row for row in rows if row.kind in _COUNTED)

    def _find_counted_start(self, line: str) -> tuple[Phrase, ...]:
        """The rows of a heading that a number opens: "3 thoughts on “Why the bridge stays open”"."""
        count = _COUNT.match(line)
        # "3. Show the comments" is an item of a list.
        rest = line[count.end() :].lstrip() if count and count.group()[-1].isdigit() else ""
        rows = self._find_patterns(rest, find_words(rest)) if rest else ()
        return tuple(row for row in rows if row.kind in _COUNTED and row.use == "start")

    def _find_patterns(self, line: str, words: tuple[str, ...]) -> tuple[Phrase, ...]:
        """The rows of the patterns that a line fits, the one of most letters first."""
        if len(words) > MAX_START_WORDS or not words:
            return ()
        rows = self._patterns.find(line, words, by_letters=is_unspaced(line))
        if not rows:
            return ()
        found = [
            (pattern.size, row)
            for pattern, row, end in rows
            if _fits(line, words, pattern, row, end) and (row.use == "lead" or not _tells(words, row.language, pattern))
        ]
        return tuple(row for _, row in sorted(found, key=lambda pair: -pair[0]))


def _may_stand_alone(row: Phrase) -> bool:
    """Is a lead a heading too? In capitals many a one is a section of the paper or a part of the story."""
    if row.use != "lead" or row.kind != Kind.RELATED_LINKS or row.phrase.casefold() in _NEVER_ALONE:
        return False
    if is_unspaced(row.phrase):
        return len(row.phrase) >= _ALONE_LETTERS
    is_capitals = row.phrase == row.phrase.upper() != row.phrase.lower()
    return not is_capitals and len(row.phrase.split()) > 1


@cache
def phrase_lists() -> PhraseLists:
    """All lists of the package, compiled.

    Raises:
        BrokenRules: as ``read_rows``.
    """
    return PhraseLists(phrase_rows())


def phrase_table() -> Mapping[str, tuple[Phrase, ...]]:
    """Normalised phrase to the rows that list it as a whole line."""
    return phrase_lists().table


@lru_cache(maxsize=1024)
def find_phrases(line: str) -> tuple[Phrase, ...]:
    """The rows of the package's lists that the line is, or fits; kept, since a text is gone through several times."""
    return phrase_lists().find(line)


def _is_pattern(row: Phrase) -> bool:
    return "…" in row.phrase or "*" in row.phrase


@cache
def past_words() -> Mapping[str, frozenset[str]]:
    """By language words that tell what was or was said: a line with one of them is of the story, however it starts."""
    rows = files(__package__).joinpath("past_words.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split(":", 1) for row in rows if not row.startswith("#"))
    return {language: frozenset(words.split()) for language, words in pairs}


def _tells(words: tuple[str, ...], language: str, pattern: Pattern) -> bool:
    """Does a word of the language tell what was, beside those of the pattern?"""
    # A phrase of one language can be one of another as well ("download … app"): the English words count for all, but
    # German "was" asks ("Was meinen Sie?").
    past = {word for code in (language, "en") for word in past_words().get(code, frozenset()).intersection(words)}
    if not past or (language == "de" and past == {"was"}):
        return False
    return not past.issubset(word.rstrip("*") for run in pattern.runs for word in run)


def _fits(line: str, words: tuple[str, ...], pattern: Pattern, row: Phrase, end: int) -> bool:
    """Is the line what the use of the row says, given that the first run of the pattern ends at an offset of it?"""
    if row.use == "lead":
        return len(words) <= MAX_LEAD_WORDS and _is_lead(line, row, end)
    stripped = line.lstrip(_EDGE_SIGNS + "([【（ ")
    # What stands behind a bullet is an item of a list.
    if line[0] in _BULLETS or stripped[:1] in _OPENING_QUOTES or not (stripped[:1].isalnum() or stripped[:1] in "¿¡@"):
        return False
    n_words = len(line) // 2 if pattern.by_letters else len(words)
    # "免责声明：…": notices of rights run on.
    is_notice = pattern.by_letters and row.kind == Kind.COPYRIGHT and len(row.phrase) >= _NOTICE_LETTERS
    if is_notice and row.use == "start" and "…" not in row.phrase:
        return True
    if row.use == "heading":
        most = MAX_HEADING_WORDS if pattern.n_words > 1 else MAX_HEADING_WORDS // 2
        return n_words <= most and line[-1] not in ".。" and ": " not in line
    if row.use in LINE_USES:
        if pattern.is_open:
            return n_words <= MAX_HEADING_WORDS and line[-1] not in ".。"
        return n_words <= MAX_ENDING_WORDS and pattern.ends(line, words)
    # "3 thoughts on “The bridge”": the title of a story follows. "Thoughts on Bridges" is one.
    if row.phrase[-1] in _OPENING_QUOTES and not line[end:].lstrip().startswith(tuple(_OPENING_QUOTES)):
        return False
    return n_words <= MAX_WORDS_BY_PHRASE.get(pattern.n_words, MAX_START_WORDS)


def _is_lead(line: str, row: Phrase, end: int) -> bool:
    """Does a headline follow the phrase, behind a colon or the like? A sentence with a full stop is none."""
    is_capitals = row.phrase == row.phrase.upper() != row.phrase.lower()
    start = end - len(row.phrase)
    if is_capitals and line[max(0, start) : end] != row.phrase:
        return False
    separator = (_CAPITALS_SEPARATOR if is_capitals and " " in row.phrase else _SEPARATOR).match(line, end)
    if separator is None and len(row.phrase.split()) > 1:
        separator = _NAMED_SEPARATOR.match(line, end)
    if separator is None or separator.end() == len(line):
        return False
    return not line.rstrip("\"'”’»)]").endswith((".", "。", "।"))
