"""MD006 dateline."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.datelines import find_dateline, may_name_agency
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# A place without an agency is a dateline in the first lines of prose; further down it may be the subject.
_FIRST_PROSE_LINES = 2
_LINES_BELOW = 2  # its title may stand between


def _may_name_agency(line: Line) -> bool:
    return may_name_agency(line.text)


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    first = page.lines[page.first_prose : page.first_prose + _FIRST_PROSE_LINES]
    lines = {line.index: line for line in (*page.lines_that(_may_name_agency), *first)}
    for line in map(lines.__getitem__, sorted(lines)):
        if len(line.text) < 4:
            continue
        is_first = (
            line.index >= page.first_prose and line.index < page.first_prose + _FIRST_PROSE_LINES and line.is_prose
        )
        end = find_dateline(line.text, is_first=is_first)
        if end and (end < len(line.text) or _is_above_prose(page, line)):
            yield Span(
                line.start, line.start + end, f"a place or an agency before the story: {line.text[:end].strip()!r}"
            )


def _is_above_prose(page: Page, line: Line) -> bool:
    """A dateline that is a line of its own: "The Old Bridge (Reuters)" elsewhere is an item of a list."""
    below = page.lines[line.index + 1 : line.index + 1 + _LINES_BELOW]
    return line.index <= page.first_prose and any(other.is_prose for other in below)


RULE = Rule(
    code="MD006",
    name="dateline",
    kind=Kind.DATELINE,
    scope=Scope.LINE,
    summary="The place, day and agency before the first sentence of a story.",
    why="It says where the text was written, and by whom: metadata, not a part of the sentence.",
    risk="A first paragraph that names its subject in capitals and goes on behind a dash.",
    source="first paragraphs of agency copy in the stories of the language benchmark",
    find=_find,
    examples=(
        """
- LONDON, March 5 (Reuters) - The council voted on Tuesday to keep the old bridge open for another two years.
+ The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- RALEIGH, N.C., Oct. 3, 2024 /PRNewswire/ -- The council voted on Tuesday to keep the old bridge open for two years.
+ The council voted on Tuesday to keep the old bridge open for two years.
""",
        """
- GREEN BAY, Wis. (WBAY) -- The council voted on Tuesday to keep the old bridge open for another two years.
+ The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- WASHINGTON (Aug. 13)--The council voted on Tuesday to keep the old bridge open for another two years.
+ The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- Berlin (dpa) - Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
+ Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
- Wien, 14. Dezember 2021 – Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
+ Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
- (ANSA) - ROMA, 5 MAR - Il consiglio ha votato martedì per tenere aperto il vecchio ponte per altri due anni.
+ Il consiglio ha votato martedì per tenere aperto il vecchio ponte per altri due anni.
""",
        """
- 新华社北京3月5日电（记者 王晓明）市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍。
+ 市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍。
""",
        """
- 江州日报讯（记者 李一民）市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍。
+ 市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍。
""",
        """
- 〔記者王小明／台北報導〕市議會週二投票決定保留舊橋兩年，工程師們要求的經費是核定的三倍。
+ 市議會週二投票決定保留舊橋兩年，工程師們要求的經費是核定的三倍。
""",
        """
  据法新社（AFP）报道，市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍。
  他曾在美联社（AP）工作十二年，报道过许多座桥，其中有三座后来都没有了。
""",
        """
  Nobody – not even the mayor – had expected that the council would vote to keep the bridge open.
  London (the largest city of the country) voted on Tuesday to keep the old bridge open until May.
  Paris: a city of light, of bridges and of people who have seen it all and say so every day.
  The agency (Reuters) said on Tuesday that it would leave the town, and nobody was surprised.
""",
        """
  The council chose four films about the old bridge for the festival, and it will show them by the harbour in May.
  The Bridge (Reuters)
  Gamma-Linolenic Acid (DHA) | 0.1 g
  Stones and Water (Example Pictures, CNN)
  The mayor will open the festival with a film of his own, which nobody has seen so far.
""",
    ),
)
