"""RL002 see-also-line."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

# A colon (or bar, arrow) must follow: "Read more" alone opens sentences of the story in 56 of 722 blocks.
_LEAD = re.compile(
    r"""[\[(*>»▶►→•·-]*\s*(?:
        see\s+also | also\s+see | read\s+(?:also|more|next|the\s+full\s+story\s+here) | also\s+read | related(?:\s+(?:stor(?:y|ies)|articles?|reading|coverage|posts?|content|links?|topics?|news|videos?))?
      | more\s+(?:on\s+this|stories|reading) | don['’]t\s+miss | recommended\s+(?:reading|stories|for\s+you)
      | you\s+(?:may|might)\s+also\s+like | watch\s+(?:also|more|now|next)
      | (?-i:READ|WATCH|MORE|LISTEN)(?=\s?:)
      | lesen\s+sie\s+(?:auch|mehr|dazu) | lies\s+auch | mehr\s+(?:dazu|zum\s+thema) | auch\s+interessant | siehe\s+auch | lesetipp
      | (?:à|a)?\s?lire\s+(?:aussi|également) | voir\s+aussi | sur\s+le\s+même\s+(?:sujet|thème)
      | lea\s+(?:también|además|más) | lee\s+también | vea\s+también | te\s+puede\s+interesar | le\s+puede\s+interesar
      | leia\s+(?:também|mais) | veja\s+também | saiba\s+mais | leggi\s+anche | guarda\s+anche | vedi\s+anche
      | lees\s+ook | lees\s+meer | läs\s+(?:också|även|mer) | les\s+(?:også|mer) | læs\s+(?:også|mere) | lue\s+(?:myös|lisää)
      | czytaj\s+(?:też|także|również|więcej) | zobacz\s+(?:też|także|również) | čtěte\s+(?:také|více) | přečtěte\s+si\s+také
      | читайте\s+(?:также|ещё|еще) | смотрите\s+также | читайте\s+(?:також|ще) | дивіться\s+також
      | baca\s+juga | simak\s+juga | xem\s+thêm | đọc\s+thêm | bunu\s+da\s+oku(?:yun)? | διαβάστε\s+(?:επίσης|ακόμη) | δείτε\s+επίσης
      | اقرأ\s+(?:أيضا|أيضًا|المزيد) | بیشتر\s+بخوانید | קראו\s+(?:גם|עוד) | ये\s+भी\s+पढ़ें | यह\s+भी\s+पढ़ें | इसे\s+भी\s+पढ़ें
      | 関連記事 | 相关新闻 | 相關新聞 | 推荐阅读 | 延伸閱讀 | 관련\s*기사
    )\s*(?:[:：|»>→▶►]|\s[–—-]\s)\s*(?P<headline>\S.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
# Longest headline in the related blocks of the residual benchmark's development pages: 31 words.
_MAX_WORDS = 34


def _test(line: Line, _: Page) -> str | None:
    if len(line.text) > MATCH_CHARS or line.n_words > _MAX_WORDS:
        return None
    match = _LEAD.match(line.text)
    if match is None or _goes_on_as_story(match["headline"]):
        return None
    return line.text[: match.start("headline")].strip()


def _goes_on_as_story(headline: str) -> bool:
    """A headline has no full stop at its end; what has one is a sentence of the story or of a list."""
    return headline.rstrip("\"'”’»)").endswith((".", "。"))


RULE = Rule(
    code="RL002",
    name="see-also-line",
    kind=Kind.RELATED_LINKS,
    scope=Scope.LINE,
    summary="A line such as 'SEE ALSO: …' that links to another story from within this one.",
    why="It interrupts the story with the headline of another one.",
    risk="A line of a list of references that starts with 'See also:' goes too.",
    source="seeds/000_1378d33102b1ddb1.txt; phrases/related_links.tsv",
    find=lines_where(_test),
    examples=(
        """
  "We understand your questions and concern about this," Putin said.
- SEE ALSO: Relatives Of Kazakhs Missing In Xinjiang Silenced As China's Xi Visits
  He did not mention Ukraine in his public remarks, nor was the topic noted in a readout.
""",
        """
- Lesen Sie auch: Warum die Brücke gesperrt bleibt
- Lire aussi : Le pont restera fermé jusqu'en mai
- Leia também: Ponte fica fechada até maio
  Die Stadt will den Verkehr über die alte Straße leiten, bis die Brücke saniert ist.
""",
        """
  Read more slowly and you will remember more, the study of 400 students found.
  See also the report that the committee published in March on the same question.
  Related costs: heating, water and the lift, which the tenants pay themselves
  Recommended: two tablets a day with water.
  READ: The verdict in full was published at noon.
""",
    ),
)
