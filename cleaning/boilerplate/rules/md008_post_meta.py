"""MD008 post-meta."""

import re
from collections.abc import Sequence

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.boilerplate.threads import posts_stamps
from cleaning.emphasis import without_emphasis
from cleaning.post_meta import MAX_CHARS, parse_post_meta
from cleaning.records import Kind

_MAX_WORDS = 30
# A head of a text, with a standfirst that reads like a first paragraph, has its byline among so many lines.
_HEAD_LINES = 12
# "— Jane Doe (@janedoe) May 3, 2024" ends a quotation from a network; what stands behind a bullet is an item of a list.
_QUOTED = re.compile(r"^\s?[—–*•·-]|\(@\w")


def _candidates(page: Page) -> Sequence[Line]:
    """The first lines and those at the edges, but those that sign posts of a thread."""
    if page.last_prose < 0:
        return ()
    of_posts = frozenset(line.index for line in posts_stamps(page))
    lines = (*page.lines[:_HEAD_LINES], *(line for line in page.edges if line.index >= _HEAD_LINES))
    return [line for line in lines if line.index not in of_posts] if of_posts else lines


def _test(line: Line, page: Page) -> str | None:
    if line.n_words > _MAX_WORDS or len(line.text) > MAX_CHARS or _QUOTED.search(without_emphasis(line.text)):
        return None
    if line.is_row and any(
        other.is_row for other in page.lines[max(0, line.index - 1) : line.index + 2] if other is not line
    ):
        return None
    meta = parse_post_meta(line.text)
    # Below the story a bare name beside a day is of another story's card.
    if meta is None or not (meta.is_led or line.index < max(page.first_prose, _HEAD_LINES)):
        return None
    said = [f"by {', '.join(meta.names)}"] if meta.names else []
    said += [f"of {meta.published.stated}"] if meta.published else []
    said += [f"changed on {meta.modified.stated}"] if meta.modified else []
    said += [f"in {meta.section!r}"] if meta.section else []
    return f"says of the text and nothing else: {'; '.join(said) or 'how often it was read'}"


RULE = Rule(
    code="MD008",
    name="post-meta",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="A line above or below the story that says several things of it: who wrote it, when, where it is filed, how many comments it has.",
    why="It is the columns authors, published, modified and section.",
    risk="A line of a chronicle that names a person and a day, at the very top or end of the text.",
    source="first lines of the residual benchmark's and of public pages: 258 lines of metadata, 76 of boilerplate, two of content",
    find=lines_where(_test, _candidates),
    examples=(
        """
- Posted by Jane Doe on May 3, 2024 in News | 5 comments
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- May 3, 2024 · 9:00 am · Jane Doe
- By Jane DoeUpdated May 3, 2024, 9:00 AM EST
- May 3rd, 2024 by harbourfan // 12 Comments
- Categories: Bridges, Rivers | May 3, 2024
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
        """
- 04.02.2022 | 15:33 Uhr | Erika Mustermann
- Veröffentlicht am 13. März 2019 von brueckenfreund in Allgemeines
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
""",
        """
- 来源：海港晚报 2021-11-25 16:26:07
  市议会周二投票决定保留旧桥两年，工程师们要求的资金是批准的三倍，而且没有人知道钱从哪里来。
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  — Jane Doe (@janedoe) May 3, 2024
""",
        """
  Phoenix (11/18/2026)
  The bridge of May 3, 2024
  Built by Volvo in May 2024
  The council voted on Tuesday to keep the old bridge open for another two years.
""",
    ),
)
