"""MD004 timestamp."""

import re
from collections.abc import Sequence

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.boilerplate.threads import posts_stamps
from cleaning.date_words import are_of_span, date_words, is_day
from cleaning.dates import is_month
from cleaning.digits import has_digit
from cleaning.names import agencies
from cleaning.records import Kind

_MAX_WORDS, _MAX_CHARS = 18, 120
# A standfirst reads like a first paragraph; a date alone that stands so early is the text's, if the text has no other.
_HEAD_LINES, _DAY_CHARS = 8, 60
# So many days of one programme ("November 9th & 10th", "December 1st") are of the story.
_CALENDAR, _CALENDAR_CHARS = 4, 40
_MONTH_DAY = re.compile(
    r"(?:[^\W\d_]{2,12}[.,]?\s)?(?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th|h)?(?:\s?[&–-]\s?\d{1,2}(?:st|nd|rd|th)?)?|\d{1,2}\.?\s[^\W\d_]{3,12}\.?)"
)
_BYLINE_WORDS = 10  # "May 3, 2024 by Jane Doe"
_LABEL_WORDS = 3  # "Data ostatniej aktualizacji: …"
_NOT_PUBLISHED = ("", "時間", "时间", "日期")  # of an event as often
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[۱١]\d{3}|[01]?\d:[0-5]\d|2[0-3]:[0-5]\d)(?!\d)"
)
# From when to when something is open or goes on: no text has two times.
_HOURS = re.compile(
    r"(?<![\d.])\d{1,2}[.:h][0-5]\d\s?(?:h\s|uhr\s)?(?:[-–—~～]\s?|[^\W\d_]{1,5}\s)\d{1,2}[.:h][0-5]\d(?![\d.])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "This post was originally published on March 10, 2025.": what is said before the word of publication.
_SUBJECT = re.compile(r"\W?this\s(?:post|article|story|recipe|page)\s(?:was|has\sbeen)\s(?=\w+\s)", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-3])[.h][0-5]\d(?![\d.])")
_CJK = re.compile(
    r"""[\s\[（(【<■]*(?P<published>(?:公開|更新|掲載|配信|発行|最終更新|作成|投稿)(?:日時?|時間|時刻)?|(?:发布|更新|发表|發布|編輯|時間|时间|日期|最后更新|刊登)(?:于|时间|日期|時間)?
        |(?:기사\s?)?(?:입력|수정|등록|승인|송고|게재|업데이트|최종\s?수정|발행)(?:일시?|시간|시각)?)?[:：\s]*
        (?:19|20)\d\d\s?[年년./-]\s?\d{1,2}\s?[月월./-]\s?\d{1,2}\s?[日일.]?
        (?:[\s\d:.,/|·｜\-年月日時时分秒点시분초()（）［］\[\]【】<>]|오전|오후|午前|午後|上午|下午|[A-Z]{2,4}|[月火水木金土日一二三四五六월화수목금토일]曜?日?요?일?|星期.|周.
          |更新|公開|配信|掲載|발행|수정|입력|등록|发布|来源|：|:)*$""",
    re.VERBOSE,
)


def _test(line: Line, page: Page) -> str | None:
    text = line.text
    if len(text) > _MAX_CHARS or page.last_prose < 0 or line.n_words > _MAX_WORDS or not has_digit(text):
        return None
    is_inside = page.first_prose <= line.index <= page.last_prose
    if not text.isascii() and (cjk := _CJK.match(text)):
        return (
            None
            if is_inside and (cjk["published"] or "")[:2] in _NOT_PUBLISHED
            else f"a date and nothing else: {text[:40]!r}"
        )
    subject = _SUBJECT.match(text)
    tokens = [word for word in line.words[len(subject[0].split()) if subject else 0 :] if not word[0].isdigit()]
    if _HOURS.search(text) and not _YEAR.search(text) and date_words().published.isdisjoint(tokens):
        return None
    if is_inside:
        return _published(text, tokens) or _only_date(page, line)
    around = date_words().around
    if subject and date_words().published.isdisjoint(tokens[:_LABEL_WORDS]):
        return None
    left = [token for token in tokens if token not in around and not is_month(token)]
    has_month = any(map(is_month, tokens))
    if (left and not (has_month or _DATE.search(text))) or not all(_is_known(word, line) for word in left):
        return None
    is_date = _DATE.search(text) or (has_month and re.search(r"\d", text))
    if (
        is_date
        and _is_of_calendar(line)
        and len({other.text for other in page.lines_that(_is_of_calendar)}) >= _CALENDAR
    ):
        return None
    return f"a date and nothing else: {text[:40]!r}" if is_date or are_of_span(tokens) else None


def _is_of_calendar(line: Line) -> bool:
    """Is a line the day of a month, without a year or an hour: of a programme as often as of a text?"""
    return (
        len(line.text) <= _CALENDAR_CHARS
        and _MONTH_DAY.fullmatch(line.text) is not None
        and any(map(is_month, line.words))
    )


def _published(text: str, tokens: Sequence[str]) -> str | None:
    """Does a line between paragraphs say when the text was published or changed, and nothing else?"""
    words = date_words()
    if words.published.isdisjoint(tokens[:_LABEL_WORDS]):
        return None
    if any(token not in words.around and not is_month(token) for token in tokens):
        return None
    is_date = _DATE.search(text) or _CLOCK.search(text) or (any(map(is_month, tokens)) and re.search(r"\d", text))
    return f"a date of publication and nothing else: {text[:40]!r}" if is_date else None


def _only_date(page: Page, line: Line) -> str | None:
    """Is a line of the head, below a headline and a standfirst, a day, and no other line of the page one?"""
    if not 0 < page.first_prose < line.index < _HEAD_LINES or not _is_day(line):
        return None
    is_head = sum(other.is_prose for other in page.lines[: line.index]) == 1
    is_only = is_head and sum(map(_is_day, page.lines)) == 1
    return f"a date and nothing else among the first lines: {line.text[:40]!r}" if is_only else None


def _is_day(line: Line) -> bool:
    return len(line.text) <= _DAY_CHARS and line.text[0] not in "•*·-–—|#>" and is_day(line.text)


def _candidates(page: Page) -> Sequence[Line]:
    """The lines at the edges, the first ones, and those that begin with a word of publication; none of a thread's."""
    published, of_posts = date_words().published, frozenset(line.index for line in posts_stamps(page))
    return [
        line
        for line in page.lines
        if line.index not in of_posts
        and (
            not page.first_prose <= line.index <= page.last_prose
            or line.index < _HEAD_LINES
            or line.is_unspaced
            or not published.isdisjoint(line.words[:_LABEL_WORDS])
            or _SUBJECT.match(line.text)
        )
    ]


def _is_known(word: str, line: Line) -> bool:
    """May the word stand beside a date: is it an agency's name, or of a name that follows "by" behind the date?"""
    if word in agencies():
        return True
    date, by, name = line.text.partition(" by ")
    names = name.split()
    is_name = bool(names) and len(line.words) <= _BYLINE_WORDS and all(part[0].isupper() for part in names)
    return bool(by) and is_name and has_digit(date) and word in ("by", *name.casefold().split())


RULE = Rule(
    code="MD004",
    name="timestamp",
    kind=Kind.TIMESTAMP,
    scope=Scope.LINE,
    summary="A line that says when the story was published or updated; above or below it a bare date, or how long it takes to read, too.",
    why="It is the column published or modified.",
    risk="A line of a chronicle that holds nothing but a date, at the very top or end of the text.",
    source="the 'm' lines of the residual benchmark's development part",
    find=lines_where(_test, _candidates),
    examples=(
        """
- Published 5:30 PM EST, Thu September 15, 2022
- 3 hours ago
- 5 min read
- This post was originally published on March 10th, 2025, and updated on May 3, 2026.

  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- Stand: 15.09.2022, 17:30 Uhr
- Lesezeit: 4 Minuten

  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  The film about it can be seen in these towns:
  May 3rd
  Harbour Hall
  May 4th & 5th
  The Old Mill
  May 9th
  Town Hall
  May 12th
  Bridge House
""",
        """
- Опубликовано 5 марта 2024, 10:30
- 입력 2024.03.05 10:30
- 2024年3月5日 10時30分
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Updated 3 May 2024, 14:32
- Uppdaterad 14.05.2024 kl 12:05
- Opublikowano 3 maja 2024, 12:05
- 更新日時：2024年3月5日 10時30分
  Updated rules take effect on 3 May
  3 May 2024
  The bridge over the river has been closed to lorries since the winter of 2019.
""",
        """
  Bus routes will be mailed by July 15
  Doors close by 7:30
  Designed by Ada Lovelace, 12 May 1843
- May 3, 2024 by Jane Doe
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
  10 minutes
  In 2022
  Bridge of 1898
  De martes a viernes, de 8.00 a 14.30
  Mo–Fr 10:00–18:00 Uhr
  On September 15, 2022, the council voted to keep the old bridge open for another two years.
""",
    ),
)
