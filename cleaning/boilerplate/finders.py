"""The shapes that rules share: whole lines, lines at the edges, blocks under a heading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaning.boilerplate.phrases import Phrase, normalize_phrase
from cleaning.boilerplate.phrases.words import is_unspaced
from cleaning.boilerplate.rule import PROSE_WORDS, Find, Line, Page, Span
from cleaning.boilerplate.tails import Tail, find_tails
from cleaning.credits import parse_credit_line
from cleaning.digits import has_digit
from cleaning.records import Kind, Mark

# A line that a pattern is tried on has at most this many characters; prompts and credits are
# shorter (99.9 % of the boilerplate lines of the residual benchmark), stories are not.
MATCH_CHARS = 600

# Scripts without spaces: a word has two to four letters, a prompt more. Of 71 labelled lines of four letters that are a
# heading of related links 2 are of a story.
_LABEL_LETTERS, _BLOCK_LETTERS = 5, 4

_BULLETS = frozenset("-*•·–—")
# Labels of these kinds with a colon right above a paragraph were boilerplate 17 times and content 6 times on the
# development and public pages.
_OPENING = (Kind.NAVIGATION, Kind.SECTION_LABEL, Kind.SPONSORED)
# A phrase of so many words is a prompt behind a bullet too.
_PROMPT_WORDS = 4
_TAIL_SIGNS = frozenset(")]）】〕/")
_NOTICES = ("©", "Copyright", "ⓒ", "(c)")
# 19 of 20 headings between paragraphs of the residual benchmark's gold texts have fewer words.
_HEADLINE_WORDS = 7
_HEADING_WORDS, _LONG_WORD = 4, 5
_ANSWER_WORDS, _QUESTION_WORDS, _ASKS, _QUOTES = 2, 6, "?？", "\"'“”„‘’«»"
_SPEECH = re.compile(
    r"(?i)[–—]\s?[^\W\d_][^\n]*[.?!]$|\[(?:verse|chorus|bridge|intro|outro|refrain|hook|strophe|couplet)\b"
    r"|\d{1,4}(?:[.,/]\d{1,3})?\s?(?:k?g|mg|[mcd]?l|kcal|kj|oz|lbs?|tbsp|tsp|el|tl|msk|tsk)\b"
)
# So far above a heading a list is looked for that the block breaks in two.
_SERIES_LINES = 6

Test = Callable[[Line, Page], str | None]


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists of words that are written as a paragraph."""
    return frozenset(text.split())


def lines_matching(
    pattern: re.Pattern[str], *, max_words: int = 60, words: frozenset[str] | None = None, signs: str = ""
) -> Find:
    """Whole lines that the pattern matches from their start.

    With ``words`` only lines that hold one of them, one of the ``signs``, or letters of a script without spaces are
    looked at: looking up words costs a tenth of a pattern.
    """

    def test(line: Line) -> str | None:
        if line.n_words > max_words or len(line.text) > MATCH_CHARS:
            return None
        if (
            words is not None
            and words.isdisjoint(line.word_set)
            and not line.is_unspaced
            and not holds(line.text, signs)
        ):
            return None
        match = pattern.match(line.text)
        return match.group(0).strip() if match else None

    return lines_that(test)


def holds(text: str, signs: Iterable[str]) -> bool:
    """Does the text hold one of the signs? As any(), in half the time."""
    for sign in signs:  # noqa: SIM110 - a generator costs as much as three signs
        if sign in text:
            return True
    return False


def lines_that(test: Callable[[Line], str | None]) -> Find:
    """Whole lines for which a test of their text alone returns its evidence."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line in page.lines_that(test):
            yield Span(line.start, line.end, test(line) or "")

    return find


def lines_where(test: Test, among: Callable[[Page], Sequence[Line]] = lambda page: page.lines) -> Find:
    """Whole lines, ``among`` all or those that the test can be true of, for which the test returns its evidence."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line in among(page):
            evidence = test(line, page)
            if evidence is not None:
                yield Span(line.start, line.end, evidence)

    return find


def lines_of_phrases(kind: Kind) -> Find:
    """Whole lines that a list of the kind names: they are a phrase, or start with one that is listed for that."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line in page.listed:
            row = next((row for row in line.phrases if row.kind == kind), None)
            if row is None or (row.use == "lead" and kind == Kind.RELATED_LINKS):
                continue
            if (row.use == "lead" and not line.is_row) or is_label(page, line, row):
                is_whole = normalize_phrase(line.text) == normalize_phrase(row.phrase)
                evidence = f"the line {'is' if is_whole else 'starts with'} the phrase {row.phrase!r}"
                yield Span(line.start, line.end, evidence)

    return find


def is_label(page: Page, line: Line, row: Phrase) -> bool:
    """May a line that the row fits be a label? One of a single word is, above or below the prose or beside a phrase.

    "published." is the end of a sentence that was broken to a width, "Read more," above a small letter its beginning.

    Between paragraphs what starts with a small letter is a piece of a sentence, what stands behind a bullet and is
    short an item of a list, what begins a row ("Category | Low | High") the head of a table, "Case studies:" above a
    paragraph its heading, and a bare "Search", "Jobs" or "Cookies" as often a heading of the story; "Advertisement"
    never was (31 of 31 lines of every eighth record of the residual benchmark).
    """
    if line.text[0].islower() and line.text[-1] == "." and line.n_words == 1:
        return False
    if row.use in ("start", "lead") and line.is_row and line.text[0] == "|":
        return False
    if line.text[-1] == "," and line.index + 1 < len(page.lines) and page.lines[line.index + 1].text[0].islower():
        return False
    if row.kind == Kind.ADVERTISEMENT or not page.first_prose < line.index < page.last_prose:
        return True
    is_item = line.text[0] in _BULLETS and len(row.phrase.split()) < _PROMPT_WORDS
    if line.text[0].islower() or is_item or (row.use in ("start", "lead") and line.is_row):
        return False
    if row.kind == Kind.COMMENT_PROMPT and has_digit(line.text):
        return True
    if row.kind in _OPENING and line.text.endswith((":", "：")) and page.lines[line.index + 1].is_prose:
        return False
    if row.use == "label" or (row.use != "edge" and (" " in row.phrase or _is_unspaced_label(row, line))):
        return True
    return any(page.lines[index].phrases for index in (line.index - 1, line.index + 1))


def _is_unspaced_label(row: Phrase, line: Line) -> bool:
    is_block = row.kind == Kind.RELATED_LINKS and row.use == "heading"
    is_short = is_block or (row.use == "start" and f"{row.phrase}：" in line.text)
    return len(row.phrase) >= (_BLOCK_LETTERS if is_short else _LABEL_LETTERS) and is_unspaced(row.phrase)


def credit_lines(page: Page) -> Sequence[Line]:
    """The lines that are credits."""
    return page.lines_that(_is_credit)


def _is_credit(line: Line) -> bool:
    return parse_credit_line(line.text) is not None


def marked_lines(page: Page, marks: Sequence[Mark]) -> frozenset[int]:
    """Indices of the lines that marks cover whole."""
    starts = {line.start: line for line in page.lines}
    return frozenset(
        line.index for mark in marks if (line := starts.get(mark.start)) is not None and line.end <= mark.end
    )


_NUMBERED = re.compile(r"[(\[]?\d{1,3}[.)\]]\s")
_ITEM = re.compile(r"[-–—•*·▪►»›]\s")
_STOPS = frozenset(".。।")
_SENTENCE_WORDS = 4
# Not behind a capital or a short word: "vs.", "Jane D. Roe".
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{4})[.!?]|[।۔؟])[\"'”’»)]*\s|[。！？]")


def claimed_block(page: Page, heading: Line, marked: frozenset[int], *, most: int = 40) -> tuple[Line, ...]:
    """The short lines under a heading that its block claims: up to the next prose or to the end.

    A list of the story that the block stands in goes on below it: "July 3 – …" above the heading and under it.
    Where prose follows, only lines that are shaped as headlines are claimed, and the last one before it may be
    the heading of that prose: it is left alone when it stands apart from the lines above it, or when nothing
    tells the two apart and the block has other lines. A missed headline is better than a lost heading.
    """
    block: list[Line] = []
    is_inside = heading.index < page.last_prose
    above = page.lines[max(0, heading.index - _SERIES_LINES) : heading.index]
    broken_series = {line.series for line in above if line.index not in marked} - {None}
    for line in page.lines[heading.index + 1 : heading.index + 1 + most]:
        if _is_spoken_or_tabled(line):
            while block and block[-1].text[-1] in _ASKS and block[-1].n_words <= _QUESTION_WORDS:
                block.pop()
            return tuple(block)
        if line.is_prose or _is_sentence(line) or (is_inside and not _is_headline(line)) or _is_prose_with_tail(line):
            return tuple(_without_heading_of_prose(page, block, marked))
        if line.series in broken_series or (
            is_inside and (_is_of_another_list(line, block) or _is_below_headlines(line, block))
        ):
            return tuple(block)
        if line.index not in marked:
            block.append(line)
    return tuple(block)


def _is_spoken_or_tabled(line: Line) -> bool:
    """Is it an answer ("Nearly."), speech behind a dash, the mark of a stanza, an amount, or a row of a table?

    No headline is. Of what such blocks claim on the labelled and public pages five lines are, none of content.
    """
    text = line.text.strip(_QUOTES)
    is_answer = line.n_words <= _ANSWER_WORDS and text[-1:] in ".。" and text[:1].isupper() and text[:-1].isalpha()
    return is_answer or "\t" in line.text or _SPEECH.match(line.text) is not None


def _is_of_another_list(line: Line, block: Sequence[Line]) -> bool:
    """Does the line end the list above it: a line without its sign, or a numbered one where no other is?

    "More on the school: … - Its essays / 7. The next school": the last is the heading of what follows.
    """
    if not block:
        return _NUMBERED.match(line.text) is not None
    return any((sign.match(block[0].text) is None) != (sign.match(line.text) is None) for sign in (_NUMBERED, _ITEM))


def _is_below_headlines(line: Line, block: Sequence[Line]) -> bool:
    """Is it a label below headlines that have none between them?"""
    return (
        line.n_words <= _HEADING_WORDS and len(block) > 1 and all(entry.n_words >= _HEADLINE_WORDS for entry in block)
    )


def _is_sentence(line: Line) -> bool:
    """Is it a short paragraph? Of 242,000 lines of boilerplate some 60 are sentences that only such a block takes."""
    return line.n_words >= _SENTENCE_WORDS and line.text.rstrip("\"'”’»)]")[-1:] in _STOPS


def _is_prose_with_tail(line: Line) -> bool:
    """Does a sentence of some length end inside the line? A credit behind it: "… as had been expected. - Reuters"."""
    if line.n_words <= PROSE_WORDS or line.ends_sentence:
        return False
    last = max((found.start() for found in _SENTENCE_END.finditer(line.text)), default=0)
    return line.n_words * last >= PROSE_WORDS * len(line.text)


def _is_headline(line: Line) -> bool:
    """Is the line shaped as a headline: no piece of a sentence, no item of a list, not the head of one?"""
    last = line.text.rstrip("\"'”’»)]›」』 ")[-1:]
    return not (last in ".:;,。：" or line.text[0].islower() or line.text[0] in "#(") and line.n_words > 1


def _without_heading_of_prose(page: Page, block: list[Line], marked: frozenset[int]) -> list[Line]:
    # Behind headlines, the short lines above prose are its headings: "Status quo", "Range and charging".
    headlines = len(list(itertools.takewhile(lambda line: line.n_words >= _HEADLINE_WORDS, block)))
    if headlines and all(line.n_words <= _HEADING_WORDS for line in block[headlines:]):
        block = block[:headlines]
    if not block or block[-1].index + 1 in marked:
        return block
    last = block[-1]
    # Headings of prose are short, and the prose takes up their words.
    if last.n_words >= _HEADLINE_WORDS and not taken_up(last, page.lines[last.index + 1 : last.index + 3]):
        return block
    # One more headline in a list of headlines.
    is_even = len({line.blank_before for line in block}) == 1
    if len(block) > 1 and is_even and all(line.n_words >= _HEADLINE_WORDS for line in block):
        return block
    # Nothing tells one line alone from the heading of what follows it.
    apart = last.blank_before or not last.blank_after or len(block) == 1
    return block[:-1] if apart else block


def taken_up(line: Line, following: Sequence[Line]) -> bool:
    """Do the lines that follow repeat one of the longer words of the line?"""
    words = {word[:6] for word in line.words if len(word) >= _LONG_WORD}
    return not words or any(word[:6] in words for other in following for word in other.words)


def tails_of(*kinds: Kind) -> Find:
    """Credits and notices of the kinds that stand behind the last sentence of a line."""

    def find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
        for line, tail in page.once(_tails):
            if tail.kind in kinds:
                start, end = line.start + tail.start, line.start + tail.end
                yield Span(start, end, f"behind the last sentence: {page.text[start:end].strip()[:80]!r}")

    return find


def _tails(page: Page) -> list[tuple[Line, Tail]]:
    """The lines that end in credits and notices, with each of these."""
    last = page.lines[max(page.last_prose - 1, 0) : page.last_prose + 2]
    lines = {line.index: line for line in (*page.lines_that(_may_have_tail), *last)}
    return [
        (line, tail)
        for index, line in sorted(lines.items())
        for tail in find_tails(line.text, is_last=page.last_prose - 1 <= index <= page.last_prose + 1)
    ]


def _may_have_tail(line: Line) -> bool:
    text = line.text
    return text[-1] in _TAIL_SIGNS or text[-2:-1] in _TAIL_SIGNS or holds(text, _NOTICES)
