"""MD001 title-line."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cleaning.boilerplate.finders import marked_lines, word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.names import agencies
from cleaning.people import find_person
from cleaning.records import Kind, Mark

# A headline does not end with one of these; a sentence that was broken at a link does.
_BROKEN = word_set(
    "a an and at by for from in of on or the to with der die das und von mit le la les de du des et el los y il"
)
_WORD = re.compile(r"\w{4,}")
_SENTENCE_INSIDE = re.compile(r"[.!?][\"'”’)]*\s+\S")
# A saying as a motto, with or without the number of its note: “… is not used.”1
_WHOLE_QUOTE = re.compile(r"[.!?…][\"”“»’']\W?\d{0,3}\W?$")
_LIST_OR_LABEL = re.compile(r"^(?:[-*•·–—]\s|\d+[.)]\s)|[:;,]$")
# "Article 515-10", the first of several; "Speaker 1: 00:00:12", who speaks from when on.
_PART_OR_TIME = re.compile(r"^[^\W\d_]+\s\d[\d.-]*$|\d{1,2}:\d\d\W?$")
# 99 of 100 gold titles of the WCXB articles have at most 25 words, and 98 at least 3.
_MAX_WORDS, _MIN_WORDS = 25, 3
# With a byline below it two words are a title; a standfirst, or a first sentence, has five.
_MIN_BYLINE_WORDS, _STANDFIRST_WORDS = 2, 5
# A longer line above a byline is a standfirst: 49 of 50 gold titles of the WCXB articles have at most 16 words.
_MAX_HEADLINE_WORDS = 16
# A head of so many lines is an article's, not a menu.
_HEAD_LINES, _HEADING_WORDS = 10, 4
_TOP_LINES = 12
_CREDITS, _NAMED_SHARE = word_set("by von par por di text texte texto fotos photos foto photo con avec mit"), 0.6
ALONE = "the first line, and the only one that is no sentence"
_ALONE_WORDS = 7
_STORY_LINES, _ASKS = 2, "?？؟"
# "Categories England", "Tweet": between a byline and the first sentence.
_LABELS, _LABEL_WORDS = 3, 4
# A title that ends with a full stop must be shorter, and the story must repeat this share of its longer words.
_MAX_SENTENCE_WORDS, _MIN_REPEATED_SHARE = 20, 0.5
# A heading that is not the page's title ("Frequently asked questions", "Free shipping on all orders") is not taken
# up by the prose right below it; of 235 titles on every second record of the residual benchmark 169 are.
_MIN_TAKEN_UP_SHARE = 0.34
# Of the words of a line so many must stand in the title that the page names; a site's name may follow there.
_MIN_TITLE_SHARE, _IN_ADDRESS = 0.6, 0.75


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    marked = marked_lines(page, marks)
    rest = [line for line in page.lines[:_TOP_LINES] if line.index not in marked]
    evidence = _title_evidence(page, rest)
    # Where the second line could be the title as well, neither is: the choice would depend on the other.
    if evidence and not _title_evidence(page, rest[1:]):
        if _may_be_title(page, rest[0]):
            yield Span(rest[0].start, rest[0].end, evidence)
        return
    dated = marked_lines(page, [mark for mark in marks if mark.kind in (Kind.BYLINE, Kind.TIMESTAMP)])
    for titles, reason in (
        (_standing_twice(page, rest, dated), "the first line, and the second one is the same"),
        (_above_byline(page, rest, dated), "the first line, and a byline or a date follows"),
        (_below_menus(page, marked, dated), "a heading above a byline, and the story takes up its words"),
        (_above_labels(page, marked), "the first line, and the story takes up its words"),
        (_in_address(page, rest), "the first line, and an address below the story names it"),
        (_alone_no_sentence(page, rest, marked), ALONE),
    ):
        if titles and _may_be_title(page, titles[0]):
            yield from (Span(line.start, line.end, reason) for line in titles)
            return


def _may_be_title(page: Page, line: Line) -> bool:
    """A page that names its title has no other: what else heads its text is its standfirst or its first heading.

    Of 11 such lines on 400 pages of articles 7 stand in the gold text, and one is the title in other words.
    """
    return not page.title or _shared_words(line.text, page.title) >= _MIN_TITLE_SHARE


def _standing_twice(page: Page, rest: Sequence[Line], dated: frozenset[int]) -> Sequence[Line]:
    """The first lines that no rule took where all of them are one heading, and no site's name."""
    if not rest or not _is_headline(rest[0]) or rest[0].n_words < _MIN_WORDS:
        return ()
    same = [*takewhile(lambda line: line.text == rest[0].text, rest)]
    if len(same) < 2:
        return ()
    is_dated = same[-1].index + 1 in dated
    prose = [line for line in page.lines[same[-1].index + 1 :] if line.is_prose][:3]
    return same if is_dated or _repeated_share(same[0], prose) >= _MIN_TAKEN_UP_SHARE else ()


def _in_address(page: Page, rest: Sequence[Line]) -> Sequence[Line]:
    """The first line that no rule took, where "Source: https://example.org/old-bridge-stays-open" repeats it."""
    if not rest or not _is_headline(rest[0]) or rest[0].n_words < _HEADING_WORDS:
        return ()
    addresses = [line.text for line in page.lines[-_TOP_LINES:] if "://" in line.text and line.text.count("-") > 1]
    return rest[:1] if any(_shared_words(rest[0].text, address) >= _IN_ADDRESS for address in addresses) else ()


def _alone_no_sentence(page: Page, rest: Sequence[Line], marked: frozenset[int]) -> Sequence[Line]:
    """The first line that no rule took, where every line below it is a sentence: a heading of a part would have others.

    Of 2,225 reports with their titles above them the story does not take up the words of 252: 203 of these are found so.
    """
    if len(rest) < 2 or not rest[1].is_prose or not _is_headline(rest[0]) or rest[0].n_words < _HEADING_WORDS:
        return ()
    below = [line for line in page.lines[rest[0].index + 1 :] if line.index not in marked]
    # A longer one may be the standfirst or the dedication below a title that has gone already.
    if rest[0].n_words > _ALONE_WORDS or rest[1].text[0].islower() or rest[0].text[0].islower() or _is_credit(rest[0]):
        return ()
    if rest[0].ends_sentence and (rest[0].text[-1] not in _ASKS or any(line.text[-1] in _ASKS for line in below)):
        return ()
    is_story = sum(line.is_prose for line in below) >= _STORY_LINES
    return rest[:1] if is_story and all(line.is_prose or line.ends_sentence for line in below) else ()


def _is_credit(line: Line) -> bool:
    """Does the line end with an agency, or name people behind a word for what they did? "Text: Jane Doe, Fotos: John Roe"."""
    last, behind = line.text.split()[-1].strip(".()").casefold(), line.text.split()[1:]
    if last in agencies():
        return True
    return line.words[0] in _CREDITS and sum(word[0].isupper() for word in behind) >= _NAMED_SHARE * len(behind)


def _above_byline(page: Page, rest: Sequence[Line], dated: frozenset[int]) -> Sequence[Line]:
    """The first line that no rule took, where a byline or a date stands below it, or below the standfirst.

    Where the standfirst could be the title as well neither is, as above.
    """
    if len(rest) < 2 or not (_is_headline(rest[0]) or _is_call(rest[0])):
        return ()
    first, second = rest[0], rest[1]
    if any(index in dated for index in range(first.index + 1, second.index)):
        return (first,) if _is_followed(page, rest[1:], dated) else ()
    if len(rest) < 3 or not _is_standfirst(first, second) or _title_evidence(page, rest[1:]):
        return ()
    is_dated = any(index in dated for index in range(second.index + 1, rest[2].index))
    return (first,) if is_dated and _tells(rest[2]) else ()


def _is_followed(page: Page, rest: Sequence[Line], dated: frozenset[int]) -> bool:
    """Does the story begin below the byline, after a few labels at most, none of which may be a title itself?"""
    for number, line in enumerate(rest[:_LABELS]):
        if _tells(line):
            return True
        if line.n_words > _LABEL_WORDS or line.index + 1 in dated or _title_evidence(page, rest[number:]):
            return False
    return False


def _below_menus(page: Page, marked: frozenset[int], dated: frozenset[int]) -> Sequence[Line]:
    """The last heading above a byline or a date above the story, where the story takes up its words.

    A name or a label may stand between: "Jane Doe" or "Written by".
    """
    prose = [line for line in page.lines[page.first_prose : page.first_prose + 3] if line.index not in marked]
    above = [
        line for line in reversed(page.lines[: page.first_prose]) if line.index not in marked and _is_headline(line)
    ]
    right_above = (line for line in above if line.index + 1 in dated and line.n_words >= _MIN_WORDS)
    above_name = (line for line in above if line.n_words >= _HEADING_WORDS and _is_above_name(page, line, dated))
    for line in (next(right_above, None), next(above_name, None)):
        if line and _repeated_share(line, prose) >= _MIN_TAKEN_UP_SHARE:
            return (line,)
    return ()


def _is_above_name(page: Page, line: Line, dated: frozenset[int]) -> bool:
    return line.index + 2 in dated and page.lines[line.index + 1].n_words <= _LABEL_WORDS


def _above_labels(page: Page, marked: frozenset[int]) -> Sequence[Line]:
    """The first line of a short head whose words the story takes up, with labels, names and alt texts below it.

    None where another line of the head may be the title.
    """
    if not 1 < page.first_prose <= _HEAD_LINES:
        return ()
    prose = [line for line in page.lines[page.first_prose : page.first_prose + 3] if line.index not in marked]
    head = [line for line in page.lines[: page.first_prose] if line.index not in marked]
    if not head or head[0].n_words < _HEADING_WORDS or not _is_headline(head[0]):
        return ()
    if any(line.n_words >= _HEADING_WORDS and _repeated_share(line, prose) >= _MIN_TAKEN_UP_SHARE for line in head[1:]):
        return ()
    return head[:1] if _repeated_share(head[0], prose) >= _MIN_REPEATED_SHARE else ()


def _is_headline(line: Line) -> bool:
    """Is the line shaped as a headline, and neither a name nor a piece of a sentence that was broken?"""
    if not _MIN_BYLINE_WORDS <= line.n_words <= _MAX_HEADLINE_WORDS or line.text[-1] in ".。":
        return False
    if line.words[-1] in _BROKEN or find_person(line.text):
        return False
    return not any(pattern.search(line.text) for pattern in (_SENTENCE_INSIDE, _LIST_OR_LABEL, _PART_OR_TIME))


def _is_call(line: Line) -> bool:
    """Is the line two short sentences, as "Bought one in June? Get another for free"?"""
    is_short = _MIN_WORDS < line.n_words <= _MAX_HEADLINE_WORDS
    return is_short and line.text[-1] not in ".。:;," and not _LIST_OR_LABEL.search(line.text)


def _is_standfirst(first: Line, second: Line) -> bool:
    return second.ends_sentence and second.n_words >= _STANDFIRST_WORDS and first.n_words >= _MIN_WORDS


def _tells(line: Line) -> bool:
    """Is the line the beginning of a story: prose, or a sentence that is short?"""
    return line.is_prose or (line.ends_sentence and line.n_words >= _STANDFIRST_WORDS)


def _title_evidence(page: Page, rest: Sequence[Line]) -> str | None:
    """What makes the first of the lines a title above the second one, or None."""
    # "… and hardly anybody who" / "eats fish …": a sentence that was broken.
    if len(rest) < 2 or not rest[1].is_prose or rest[1].text[0].islower():
        return None
    if not _MIN_WORDS <= rest[0].n_words <= _MAX_WORDS:
        return None
    first = rest[0]
    if any(pattern.search(first.text) for pattern in (_SENTENCE_INSIDE, _LIST_OR_LABEL, _WHOLE_QUOTE, _PART_OR_TIME)):
        return None
    if not first.ends_sentence:
        if page.title and _shared_words(first.text, page.title) >= _MIN_TITLE_SHARE:
            return "the first line, and the title that the page names"
        is_taken_up = _repeated_share(first, rest[1:4]) >= _MIN_TAKEN_UP_SHARE
        return "the first line, shaped as a heading, and the prose below takes up its words" if is_taken_up else None
    calls = first.text.endswith(("?", "!", "？", "！")) and first.blank_after
    if not (calls or _stands_apart(page, first)) or first.n_words > _MAX_SENTENCE_WORDS:
        return None
    repeats = _repeated_share(first, rest[1:4]) >= _MIN_REPEATED_SHARE
    return "the first line, set apart, and the story repeats its words" if repeats else None


def _stands_apart(page: Page, first: Line) -> bool:
    """Is the first line followed by a blank line though most lines of the page are not?"""
    blank = sum(line.blank_after for line in page.lines[first.index + 1 : -1])
    return first.blank_after and blank * 2 < len(page.lines) - first.index - 2


def _repeated_share(first: Line, following: Sequence[Line]) -> float:
    words = {_stem(word) for word in _WORD.findall(first.text)}
    seen = {_stem(word) for line in following for word in _WORD.findall(line.text[:2000])}
    return len(words & seen) / len(words) if words else 0.0


def _shared_words(line: str, title: str) -> float:
    words = {_stem(word) for word in _WORD.findall(line)}
    return len(words & {_stem(word) for word in _WORD.findall(title)}) / len(words) if words else 0.0


def _stem(word: str) -> str:
    return word.casefold()[:6]


RULE = Rule(
    code="MD001",
    name="title-line",
    kind=Kind.TITLE,
    scope=Scope.BLOCK,
    summary="The headline above the story.",
    why="It is the column title; in the text it would read as a broken first sentence.",
    risk="A first heading of a text without a title of its own is taken for the title.",
    source="seeds/000_1378d33102b1ddb1.txt, seeds/004_89e3bb1e6087a87b.txt",
    find=_find,
    examples=(
        """
- Putin Acknowledges China's Concerns Over Ukraine In First Meeting Since Invasion

  Chinese leader Xi Jinping has expressed concerns over the war in Ukraine during a meeting with Vladimir Putin.
""",
        """
- Council acknowledges questions on the sputtering repair of the bridge.

  On Thursday the council met engineers, and acknowledged that it had questions over the repair of the bridge.
  The engineers had asked for another two years, and for three times the money that they were given.
  Nobody in the room could say where the money would come from, or who had signed the first contract.
""",
        """
- The bridge that stays
  It had been a long night, and the council was not done with it when the sun came up on Wednesday.
  Source: https://example.org/2024/05/the-bridge-that-stays/
""",
        """
  Police arrested three men on Thursday.

  The arrests followed a search of two houses in the north of the city that lasted until the morning.

  A spokesman said that the men, all in their thirties, would be brought before a judge on Friday.
""",
        """
  Article 515-10
  This article applies to the bridge of the city and to both of its banks, as article 12 applies to others.
""",
        """
  “There is not too little time, there is too much time of which we make no use.”1

  That there is too much time of which nobody makes use was said by a philosopher of the first century.
""",
        """
  Frequently asked questions

  The moon watch is made of steel, weighs ninety grams and comes with two straps that are easy to change.
""",
        """
  Roses are red
  Violets are blue
  Sugar is sweet
  And so are you
""",
    ),
)
