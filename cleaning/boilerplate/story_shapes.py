"""Lines of a story that look like boilerplate to the line model: code, headings, tables, references, live blogs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from cleaning.boilerplate.rule import Line, Page
from cleaning.date_words import date_words
from cleaning.digits import has_digit

# Imports, definitions, assignments, calls, commands ("jobs.promote Doctor"): the model has learnt from articles, where
# hardly a line is code, and took such lines out of threads of forums and of a guide to a game. Of the labelled lines
# that it takes on the development pages none looks so.
_CODE = re.compile(
    r"""import\s[\w.]+|from\s[\w.]+\simport\s.+|(?:async\s)?def\s\w+\(.*|(?:await|return|yield|raise)\s[\w.]+\(.*
      |[\w.]+(?:\[[^\]]*\])?\s?[-+*/]?=\s?[^=\s>].*|[A-Za-z_]\w*(?:\.\w+)+\(.*\)[;:]?
      |[A-Za-z]\w*\.[a-z_]\w{4,}\s[\w{<\[].*
      |[a-z_]\w*\((?:|["'].*|[^()]*[,=(].*)\)[;:]?""",
    re.VERBOSE,
)
_CODE_CHARS = 300
# A list of references: lines with their number in front and a year or an address behind, or with "(n.d.)." or
# "(2025, May)." or a DOI, so many of them. Of the numbered ones that the model took 46 were content and 6 boilerplate,
# with fewer on the page 2 and 38 ("15 best … of 2026"); of the others 46 and none, with fewer 1 and 7.
_REFERENCE = re.compile(
    r"""(?:\[?\d{1,3}[\].)]?|\^)\s+\S.{0,400}?(?:\b(?:19|20)\d\d\b|https?:)
      |.{0,400}?(?:\((?:n\.d\.|(?:19|20)\d\d[a-z]?(?:,\ \w+(?:\ \d+)?)?)\)\.\s|\bdoi(?:\.org/|:))""",
    re.VERBOSE,
)
_REFERENCES = 8
_REFERENCE_STARTS = frozenset("[^0123456789")
# A transcript with the time before each line, as players of videos show it: sentences go on in the next line.
# Schedules, tickers and comments have times too, but whole sentences or names behind them, or other steps.
_CLOCK = re.compile(r"[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d\d)[\])]?[\s|]+(?=\S)")
_CLOCK_ALONE = re.compile(r"[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d\d)[\])]?$")  # subtitles: the time, then what is said
# "Speaker 0: 00:25:46", "[Audience]: 36:25": who speaks from when on, with what is said below.
_TURN = re.compile(r"\[?[^\W\d_][^:\n]{0,40}:\s[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d\d)[\])]?$")
_TRANSCRIPT_LINES = 10
_TRANSCRIPT_STEP = 12  # seconds, the median
# A glossary has so many entries: a heading of so many words, and the next one so few lines below it.
_ENTRIES, _ENTRY_WORDS, _ENTRY_LINES = 4, 5, 3
# What leads from a note back to its place, on a line of its own: three of them or more are the notes of an essay.
_BACK, _NOTES, _NOTE_LINES = frozenset("^↑↩⏎⤴"), 3, 6
# Of a sentence that a label begins so many words stand in the line below.
_REST_WORDS = 3
_GOES_ON_SHARE = 0.3  # of the lines begin with a small letter
# A live blog has at least so many lines that begin with a time and have no more words.
_STAMP = re.compile(r"[\[(]?\d{1,2}[:.h]\d\d(?!\d)")
_STAMPS, _STAMP_WORDS, _BLOG_MEAN, BLOG_SCORE = 6, 6, 0.7, 0.95


# A table that was rendered a cell a line, a timetable or a training plan: so many short lines, half of which are there
# three times or more, a third with digits, and the model finds them mixed. On pages of unseen sites it keeps
# 139 lines of content and 13 of boilerplate. The mean of lists of stories with their dates is .87 or more.
_CELLS, _CELL_TIMES, _CELL_SHARE, _DIGIT_SHARE, _CELL_MEAN = 20, 3, 1 / 2, 1 / 3, 0.85
# "Artikel 1", "§ 12.", "SCENA IV": short, with one number, which counts up from one to the next; so many of them.
_RANK, _RANKS = re.compile(r"#?(\d{1,2})[.):]\s?[^\W\d_]"), 3
_NUMBER = re.compile(r"\b(?:(\d{1,3})|([IVXLC]{1,7}))(?=[.:)ºª°]{0,2}(?:\s|$))")
_NUMBERED, _HEADING_CHARS = 3, 40
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# "Sunday: rain from the west, 12 degrees"
_ROW_WORDS = 8

# "… met in 1854.[50]": so many paragraphs of so many words with a source, and a few lines between two of them.
_CITATION = re.compile(r"[^\s\[]\[\d{1,3}\]")
_CITED, _CITED_WORDS, _CITED_GAP = 5, 20, 5


def is_code(text: str) -> bool:
    """Is the line an import, a definition, an assignment, a call or a command?

    >>> is_code("import numpy"), is_code("Import duties rose again in March")
    (True, False)
    """
    return len(text) <= _CODE_CHARS and _CODE.fullmatch(text) is not None


def numbered_headings(page: Page) -> frozenset[int]:
    """The lines that number the parts of a text, as laws, treaties, plays and books do.

    They are alike but for their number, which goes up by one, and each has lines of its own below it. To the wordings
    "Artikel 1" is a link to an article: of 372 translations of one declaration 18 lost all of them.
    """
    runs: dict[str, list[tuple[int, int]]] = {}
    found: set[int] = set()
    for line in page.lines:
        if len(line.text) > _HEADING_CHARS or (number := _NUMBER.search(line.text)) is None:
            continue
        name = line.text[: number.start()].casefold() + "#"
        if not any(map(str.isalpha, name)) and "§" not in name:
            continue
        value = int(number[1]) if number[1] else _from_roman(number[2])
        run = runs.setdefault(name, [])
        if not run or value != run[-1][1] + 1 or line.index == run[-1][0] + 1:
            run.clear()
        run.append((line.index, value))
        if len(run) >= _NUMBERED:
            found.update(index for index, _ in run[-_NUMBERED:])
    return frozenset(found)


def below_ranks(page: Page) -> frozenset[int]:
    """The sentences right below headings that count up or down, as in a list of the best: "2. Jane Doe"."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for line in page.lines[:-1]:
        number = _RANK.match(line.text) if len(line.text) <= _HEADING_CHARS else None
        if number is None or not page.lines[line.index + 1].ends_sentence:
            continue
        value = int(number[1])
        if run and abs(value - run[-1][1]) != 1:
            run.clear()
        run.append((line.index + 1, value))
        if len(run) >= _RANKS:
            found.update(index for index, _ in run)
    return frozenset(found)


def cells(page: Page, scores: Sequence[float]) -> frozenset[int]:
    """The lines of tables that were rendered a cell a line."""
    found: set[int] = set()
    for is_prose, lines in groupby(page.lines, key=lambda line: line.is_prose):
        run = [] if is_prose else list(lines)
        if len(run) < _CELLS or sum(scores[line.index] for line in run) >= _CELL_MEAN * len(run):
            continue
        times = Counter(line.text for line in run)
        again = sum(times[line.text] >= _CELL_TIMES for line in run)
        with_digits = sum(has_digit(line.text) for line in run)
        if again >= _CELL_SHARE * len(run) and with_digits >= _DIGIT_SHARE * len(run):
            found.update(line.index for line in run)
    return frozenset(found)


def _from_roman(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> [_from_roman(numeral) for numeral in ("IV", "XII", "XL")]
    [4, 12, 40]
    """
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def without_references(page: Page, lines: list[Line]) -> list[Line]:
    """The lines but those of a list of references."""
    if not any(map(_is_reference, lines)) or sum(map(_is_reference, page.lines)) < _REFERENCES:
        return lines
    return [line for line in lines if not _is_reference(line)]


def _is_reference(line: Line) -> bool:
    text = line.text
    may_be = text[:1] in _REFERENCE_STARTS or "). " in text or "doi" in text
    return may_be and _REFERENCE.match(text) is not None


def without_transcript(lines: list[Line]) -> list[Line]:
    """The lines but those of a transcript with times."""
    timed = [(line, found) for line in lines if (found := _CLOCK.match(line.text))]
    if len(timed) < _TRANSCRIPT_LINES:
        return lines
    goes_on = sum(line.text[found.end()].islower() for line, found in timed)
    if _is_spoken([found for _, found in timed]) and goes_on >= _GOES_ON_SHARE * len(timed):
        said = {line.index for line, _ in timed}
        return [line for line in lines if line.index not in said]
    return lines


def _is_spoken(times: Sequence[re.Match[str]]) -> bool:
    """Is the time between one and the next that of a few words?"""
    seconds = list(map(_seconds, times))
    steps = sorted(after - before for before, after in pairwise(seconds))
    return 0 < steps[len(steps) // 2] <= _TRANSCRIPT_STEP


def _seconds(time: re.Match[str]) -> int:
    return 3600 * int(time[1] or 0) + 60 * int(time[2]) + int(time[3])


def subtitles(page: Page) -> range:
    """The lines from the first time that stands alone to what is said behind the last one; so of turns of speakers."""
    turns = [(line.index, found) for line in page.lines if (found := _TURN.match(line.text))]
    if len(turns) >= _TRANSCRIPT_LINES and all(_seconds(a[1]) <= _seconds(b[1]) for a, b in pairwise(turns)):
        longest = max(after[0] - before[0] for before, after in pairwise(turns))
        return range(turns[0][0], turns[-1][0] + longest)
    timed = [(line.index, found) for line in page.lines if (found := _CLOCK_ALONE.match(line.text))]
    if len(timed) < _TRANSCRIPT_LINES or not _is_spoken([found for _, found in timed]):
        return range(0)
    return range(timed[0][0], timed[-1][0] + 2)


def live_blog(page: Page, scores: Sequence[float]) -> range:
    """The lines from the first time stamp to the last, unless the model takes the paragraphs between them for comments.

    The headings of entries, "Bus services" under "11:00 Jane Doe", look like labels, and their paragraphs half like
    comments.
    """
    stamps = [line.index for line in page.lines if line.n_words <= _STAMP_WORDS and _STAMP.match(line.text)]
    if len(stamps) < _STAMPS:
        return range(0)
    blog = range(stamps[0], stamps[-1] + 1)
    prose = [scores[index] for index in blog if page.lines[index].is_prose]
    return blog if prose and sum(prose) <= _BLOG_MEAN * len(prose) else range(0)


def is_of_weekday(line: Line) -> bool:
    """Is the line a row of a forecast or a timetable, as "Friday: cloudy, 45" or "Mon-Fri 9am-5pm"?"""
    if line.n_words > _ROW_WORDS:
        return False
    first = re.split(r"[:\s,–-]", line.text.lstrip("*•·-– "), maxsplit=1)[0].casefold().rstrip(".")
    return first in date_words().weekdays and (":" in line.text or has_digit(line.text))


def cited(page: Page) -> frozenset[int]:
    """The paragraphs of an encyclopedia that name sources by number, the few lines between two of them, and notes.

    The model took 19 of an article on a country, whose list of sources is longer than the text. On labelled pages 78
    such lines are content and none is boilerplate.
    """
    paragraphs = [
        line.index for line in page.lines if line.n_words >= _CITED_WORDS and _CITATION.search(line.text) is not None
    ]
    if len(paragraphs) < _CITED:
        return frozenset()
    between = (range(above, below) for above, below in pairwise(paragraphs) if below - above <= _CITED_GAP)
    back = (line.index for line in page.lines if line.text.lstrip("-*• ").startswith("^ "))
    return frozenset(paragraphs).union(*between, back)


def notes(page: Page) -> frozenset[int]:
    """The notes of an essay, each below a line that leads back to its place: they thank, and speak of comments."""
    signs = [line.index for line in page.lines if line.text.rstrip("\ufe0e\ufe0f") in _BACK]
    if len(signs) < _NOTES:
        return frozenset()
    ends = [*signs[1:], min(signs[-1] + 2, len(page.lines))]
    return frozenset(
        index for sign, end in zip(signs, ends, strict=True) for index in range(sign, min(end, sign + _NOTE_LINES))
    )


def goes_on(page: Page, line: Line) -> bool:
    """Does the sentence that the line begins end in the line below: "Contact us / today to discuss your project."?"""
    below = page.lines[line.index + 1] if line.index + 1 < len(page.lines) else None
    if below is None or line.ends_sentence or not below.text[0].islower() or below.n_words < _REST_WORDS:
        return False
    return below.ends_sentence or below.text[-1] == ","


def entries(page: Page, marked: frozenset[int]) -> frozenset[int]:
    """The headings of a glossary or the like, each once, sentences below it; two at least are not ``marked``."""
    heads = [
        line.index
        for line, below in pairwise(page.lines)
        if line.n_words <= _ENTRY_WORDS and not line.ends_sentence and below.ends_sentence and below.index not in marked
    ]
    found: set[int] = set()
    chain: list[int] = []
    for index in [*heads, len(page.lines) + _ENTRY_LINES]:
        if chain and index - chain[-1] > _ENTRY_LINES:
            if len(chain) >= _ENTRIES and len(set(chain).difference(marked)) > 1:
                found.update(chain)
            chain = []
        chain.append(index)
    seen = Counter(line.text for line in page.lines) if found else Counter()
    return frozenset(index for index in found if seen[page.lines[index].text] == 1)
