"""Dates and times as pages print them, read as UTC, and as they are stated.

A value is read only where one reading is possible: ``03/04/2024`` is either of two days and gives
None. Month names of 18 languages are known. A time without a zone counts as UTC; a date without a
time is midnight UTC. What is stated keeps its own day, zone and precision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro styczeń stycznia leden ledna januari января январь січня ocak ιανουαρίου tammikuuta ianuarie január januára januarja siječnja januara януари јануари јануара sausio janvāris janvārī janvāra jaanuar gener ינואר בינואר يناير जनवरी",
    2: "february feb februar février févr fév febrero febbraio fevereiro fev luty lutego únor února februari февраля февраль лютого şubat φεβρουαρίου helmikuuta februarie február februára februarja veljače februara фебруари февруари фебруара vasario februāris februārī februāra veebruar febrer פברואר בפברואר فبراير फरवरी",
    3: "march mar märz mrz mars marzo março marzec marca březen března maart марта март березня mart μαρτίου maaliskuuta martie március ožujka marta maret marts kovo martā märts març מרץ במרץ مارس मार्च",
    4: "april apr avril avr abril abr aprile kwiecień kwietnia duben dubna апреля апрель квітня nisan απριλίου huhtikuuta aprilie április apríla aprila travnja април априла balandžio aprīlis aprīlī aprīļa aprill אפריל באפריל أبريل ابريل अप्रैल",
    5: "may mai mayo maggio mag maio maj maja květen května mei мая май травня mayıs μαΐου toukokuuta május mája svibnja мај маја gegužės maijs maijā maija maig במאי مايو मई",
    6: "june jun juni juin junio giugno giu junho czerwiec czerwca červen června июня июнь червня haziran ιουνίου kesäkuuta iunie június júna junija lipnja juna юни јун јуна јуни birželio jūnijs jūnijā jūnija juuni juny יוני ביוני يونيو जून",
    7: "july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července июля июль липня temmuz ιουλίου heinäkuuta iulie július júla julija srpnja jula юли јул јула јули liepos jūlijs jūlijā jūlija juuli juliol יולי ביולי يوليو जुलाई",
    8: "august aug août agosto ago sierpień sierpnia srpen srpna augustus augusti августа август серпня ağustos αυγούστου elokuuta augusztus augusta avgusta kolovoza agustus rugpjūčio augusts augustā agost אוגוסט באוגוסט أغسطس अगस्त",
    9: "september sept sep septembre septiembre settembre set setembro wrzesień września září сентября сентябрь вересня eylül σεπτεμβρίου syyskuuta septembrie szeptember septembra rujna септември септембар септембра rugsėjo septembris septembrī setembre ספטמבר בספטמבר سبتمبر सितंबर",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out październik października říjen října октября октябрь жовтня ekim οκτωβρίου lokakuuta octombrie október októbra oktobra oktobar октомври октобар октобра spalio oktobris oktobrī oktoober אוקטובר באוקטובר أكتوبر اكتوبر अक्टूबर",
    11: "november nov novembre noviembre novembro listopad listopada listopadu ноября ноябрь kasım νοεμβρίου marraskuuta noiembrie novembra studenoga studenog ноември новембар новембра lapkričio novembris novembrī נובמבר בנובמבר نوفمبر नवंबर",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia prosinec prosince декабря декабрь грудня aralık δεκεμβρίου joulukuuta decembrie decembra prosinca desember декември децембар децембра gruodžio decembris decembrī detsember desembre דצמבר בדצמבר ديسمبر दिसंबर",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = "(?:" + "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True)) + r")\b\.?"
_DATE = re.compile(
    rf"""(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)
    | (?P<y2>(?:19|20)\d\d)\s?年\s?(?P<m2>\d\d?)\s?月\s?(?P<d2>\d\d?)\s?日
    | (?P<y3>(?:19|20)\d\d)\s?년\s?(?P<m3>\d\d?)\s?월\s?(?P<d3>\d\d?)\s?일
    | (?<!\d)(?P<d4>\d\d?)(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s+|of\s+|d['’])?(?P<n4>{_NAME}),?\s*(?:de\s+|del\s+)?(?P<y4>(?:19|20)\d\d)(?!\d)
    | \b(?P<n5>{_NAME})\s*(?P<d5>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y5>(?:19|20)\d\d)(?!\d)
    | (?<!\d)(?P<y7>(?:19|20)\d\d)(?:\.|\sm\.)?\s(?P<n7>{_NAME})\s(?P<d7>\d\d?)(?!\d|,?\s(?:19|20)\d\d)
    | (?<!\d)(?P<y8>(?:19|20)\d\d)\.\sgada\s(?P<d8>\d\d?)\.\s(?P<n8>{_NAME})
    | (?<!\d)(?P<y9>(?:19|20)\d\d)\.\s(?P<m9>\d\d?)\.\s(?P<d9>\d\d?)\.
    | (?<!\d)(?P<d6>\d\d?)(?P<sep>[./-])(?P<m6>\d\d?)(?P=sep)(?P<y6>(?:19|20)\d\d)(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 60,
    "CET": 60,
    "MEZ": 60,
    "CEST": 120,
    "MESZ": 120,
    "EET": 120,
    "EEST": 180,
    "MSK": 180,
    "EST": -300,
    "EDT": -240,
    "ET": -300,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "JST": 540,
    "KST": 540,
    "AEST": 600,
    "AEDT": 660,
    "IST": 330,
    "PT": -480,
    "MT": -420,
    "CT": -360,
    "AST": -240,
    "ADT": -180,
    "AKST": -540,
    "AKDT": -480,
    "HST": -600,
    "BRT": -180,
    "WEST": 60,
    "WAT": 60,
    "SAST": 120,
    "TRT": 180,
    "EAT": 180,
    "PKT": 300,
    "WIB": 420,
    "HKT": 480,
    "SGT": 480,
    "AWST": 480,
    "ACST": 570,
    "ACDT": 630,
    "NZST": 720,
    "NZDT": 780,
}
# Zones that mean the hour of winter and of summer; their hours above count where the system knows no regions.
_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
# Zones that are words of some language ("à 10:30 et", "um 10:30 ist"): in capitals, or behind "am" and "pm".
_WORDS = "|".join(("ET", "EST", "IST", "MST", "WET", "WEST", "EAT", "WAT", "PT", "MT", "CT"))
_SHORT_ZONES = "|".join(sorted(set(_ZONES) - {"Z", *_WORDS.split("|")}))
_REGION = r"(?-i:(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:/[A-Z]\w{1,20}){1,2})"
_AFTERNOON = ("午後", "下午", "晚上", "오후")
_TIME = re.compile(
    rf"""(?<![\d:])(?:(?P<part>午前|上午|오전|{"|".join(_AFTERNOON)})\s?)?
    (?P<h>[01]?\d|2[0-3])
    (?: [:.h](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?!\d)
      | \s?[時时點点시]\s?(?P<m2>[0-5]?\d)\s?[分분](?:\s?(?P<s2>[0-5]?\d)\s?[秒초])? )
    (?:\s*(?P<half>[ap]\.?\s?m\b\.?))?(?:\s*(?:uhr\b|hrs?\b))?
    (?:\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d\d:?\d\d|(?:{_SHORT_ZONES})\b|(?-i:{_WORDS})\b
      |(?:(?<=m\s)|(?<=m\.\s))(?:{_WORDS})\b))?
    (?:\s*\[?(?P<region>{_REGION})\]?)?""",
    re.IGNORECASE | re.VERBOSE,
)

# What fromisoformat reads beside these (weeks, days of a year, hours alone) would come out more precise than it is.
_ISO = re.compile(
    r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
# A time is looked for in so many characters behind a date.
_TIME_AFTER_CHARS = 30
# A date is looked for in so many characters; a line that holds one and little else is shorter.
MAX_CHARS = 400
# Years in which a page can have been published: the first web page is of 1990.
PAGE_YEARS = range(1990, 2101)
# Years that a record may state for its text, as the suite of documents holds them: books and letters are older than pages.
RECORD_YEARS = range(1500, 2101)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in UTC, and as it is stated: ISO 8601, in its own zone, no more precise than it was."""

    at: datetime
    stated: str


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A moment, where the text says it, ``text[start:end]``, and how: as in ``Stamp``."""

    at: datetime
    start: int
    end: int
    stated: str


def find_date(text: str) -> FoundDate | None:
    """The first date of a text that can be read, with the time next to it, in UTC, or None.

    >>> find_date("Updated: 5:30 PM EST, Thu September 15, 2022").at.isoformat()
    '2022-09-15T22:30:00+00:00'
    >>> find_date("03/04/2024") is None
    True
    >>> [find_date(text).stated for text in ("2023. május 3.", "2023 m. gegužės 3 d.", "3. svibnja 2023.", "3 januari 2023")]
    ['2023-05-03', '2023-05-03', '2023-05-03', '2023-01-03']
    """
    text = text[:MAX_CHARS]
    before = -_TIME_AFTER_CHARS
    for match in _DATE.finditer(text):
        day = _day(match)
        if day is not None:
            return _found(text, match, day, before + _TIME_AFTER_CHARS)
        before = match.end()
    return None


def _found(text: str, match: re.Match[str], day: datetime, begin: int) -> FoundDate:
    """The day that matched, with the time next to it; ``begin``: what is before belongs to a date that is none."""
    start, end = match.span()
    time = _TIME.search(text, end, end + _TIME_AFTER_CHARS)
    # A zone may be longer than the distance at which a time is looked for.
    time = _TIME.match(text, time.start()) if time else _TIME.search(text, max(begin, start - 45), max(begin, start))
    if time is None:
        return FoundDate(day, start, end, day.date().isoformat())
    local = _with_time(day, time)
    stated = local.isoformat(timespec="seconds" if time["s"] or time["s2"] else "minutes")
    at = _in_utc(local)
    return FoundDate(at or day, min(start, time.start()), max(end, time.end()), stated)


def find_dates(text: str) -> list[FoundDate]:
    """All dates of a text with the times next to them, in order; a time between two belongs to the first.

    >>> [(found.stated, found.start) for found in find_dates("May 3, 2024, 9:00 | Updated May 4, 2024 10:30")]
    [('2024-05-03T09:00', 0), ('2024-05-04T10:30', 28)]
    """
    text, begin, dates = text[:MAX_CHARS], 0, []
    while (found := find_date(text[begin:])) is not None:
        dates.append(FoundDate(found.at, begin + found.start, begin + found.end, found.stated))
        begin += found.end
    return dates


def parse_date(text: str | None) -> datetime | None:
    """The moment that a value of a page names, in UTC, or None where it names none.

    >>> parse_date("2022-09-15T17:30:00-05:00").isoformat()
    '2022-09-15T22:30:00+00:00'
    """
    stamp = parse_stamp(text)
    return stamp.at if stamp else None


def parse_stamp(text: str | None) -> Stamp | None:
    """The moment that a value of a page names, as it is stated too, or None where it names none.

    >>> parse_stamp("2022-09-15T17:30:00.000-05:00").stated, parse_stamp("Sept 15, 2022").stated
    ('2022-09-15T17:30:00-05:00', '2022-09-15')
    """
    text = (text or "").strip()
    if not text:
        return None
    form = _ISO.fullmatch(text)
    try:
        value = datetime.fromisoformat(text) if form else None
    except ValueError:
        value = None
    if form is None or value is None:
        found = find_date(text)
        return Stamp(found.at, found.stated) if found else None
    at = _in_utc(value)
    if at is None:
        return None
    if not form["minute"]:
        return Stamp(at, value.date().isoformat())
    precision = "seconds" if form["second"] else "minutes"
    return Stamp(at, value.replace(microsecond=0).isoformat(timespec=precision))


def stamp_within(text: str | None, years: range) -> Stamp | None:
    """The moment that a value names, in UTC, where it is of one of these years: one of another year is none.

    >>> stamp_within("1969-07-20", PAGE_YEARS), stamp_within("1969-07-20", RECORD_YEARS).stated
    (None, '1969-07-20')
    """
    stamp = parse_stamp(text)
    return stamp if stamp and stamp.at.year in years else None


def is_month(word: str) -> bool:
    """Is the word the name of a month, or its short form, in one of the known languages?

    >>> is_month("Sept."), is_month("Septimus")
    (True, False)
    """
    return word.strip(".,").casefold() in _MONTH


def _day(match: re.Match[str]) -> datetime | None:
    groups = {key[0]: value for key, value in match.groupdict().items() if value is not None and key != "sep"}
    month = _MONTH.get(groups["n"].rstrip(".").casefold(), 0) if "n" in groups else int(groups["m"])
    day = int(groups["d"])
    # 03/04/2024 may be two days; with a full stop the day comes first.
    if match["y6"] and match["sep"] != "." and day != month:
        if day <= 12 and month <= 12:
            return None
        day, month = (day, month) if month <= 12 else (month, day)
    try:
        return datetime(int(groups["y"]), month, day, tzinfo=UTC)
    except ValueError:
        return None


def _with_time(day: datetime, time: re.Match[str]) -> datetime:
    """The day with the time of day, in its zone; without one where that is not stated or not known."""
    hour, minute, second = int(time["h"]), int(time["m"] or time["m2"]), int(time["s"] or time["s2"] or 0)
    if (time["half"] or time["part"]) and hour <= 12:
        is_afternoon = time["part"] in _AFTERNOON if time["part"] else time["half"][0] in "pP"
        hour = hour % 12 + (12 if is_afternoon else 0)
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=_zone(time["zone"], time["region"]))


def _zone(zone: str | None, region: str | None) -> tzinfo | None:
    name = (zone or "").upper()
    shift = _ZONES.get(name)
    offset = re.search(r"([+-])(\d\d):?(\d\d)$", zone or "")
    if offset:
        shift = int(offset[1] + "1") * (int(offset[2]) * 60 + int(offset[3]))
    fixed = timezone(timedelta(minutes=shift)) if shift is not None and abs(shift) < 24 * 60 else None
    region = _REGIONS.get(name) or (region if shift is None else None)
    try:
        return ZoneInfo(region) if region else fixed
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fixed


def _in_utc(value: datetime) -> datetime | None:
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        return None
