"""CR004 origin-note."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import MATCH_CHARS, lines_matching, lines_where, word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# How WordPress and its plug-in for search engines end each entry of a feed: "The post … appeared first on …".
_POST = (
    r"th(?:e|is)\s+post|der\s+beitrag|(?:cet\s+|l['’])article|la\s+entrada|l['’]entrada|[oa]\s+(?:post|conteúdo|artigo|entrada)|l['’]articolo|het\s+bericht"
    r"|inlägget|indlægget|innlegget|artikkeli|artykuł|post|wpis|příspěvek|príspevok|articolul|postarea|запись|сообщение|стаття|публикацията"
    r"|το\s+άρθρο|투고|投稿|bài\s+viết|artikel|postingan|pos|objava|članak|הפוסט|ظهرت\s+المقالة|المقالة|نوشته"
)
_APPEARED = (
    r"(?:appeared\s+first|first\s+appeared)\s+on|erschien\s+zuerst\s+auf|est\s+apparu\s+en\s+premier\s+sur|(?:se\s+publicó|aparece|apareció)\s+primero\s+en"
    r"|ha\s+aparegut\s+primer\s+a|(?:apareceu|aparece)\s+primeiro\s+em|proviene\s+da|verscheen\s+eerst\s+op|dök\s+först\s+upp\s+på"
    r"|(?:dukkede|blev|vises)\s+først\s+(?:op\s+|udgivet\s+)?på|dukket\s+først\s+opp\s+på|julkaistiin\s+ensi(?:mmäisenä|n)|pochodzi\s+z\s+serwisu"
    r"|pojawił\s+się\s+(?:po\s?raz\s+)?pierwszy\s+(?:raz\s+)?(?:w|na)|se\s+nejdříve\s+objevil\s+na|zobrazený\s+najskôr"
    r"|apare\s+prima\s+dată\s+(?:în|pe)|(?:впервые\s+появилась|появились?\s+сначала)\s+на|се\s+появи\s+първо\s+(?:на|в)|εμφανίστηκε\s+πρώτα\s+στο"
    r"|(?:đã\s+)?xuất\s+hiện\s+(?:đầu\s+tiên|trước)\s+(?:vào\s+ngày|trên|tại)|(?:pertama\s+kali\s+(?:tampil|muncul)|muncul\s+pertama\s+kali)\s+(?:pada|di)"
    r"|pojavila\s+se\s+prvi\s+puta?\s+na|(?:に最初に表示されました|は最初に)|הופיע\s+לראשונה|(?:نشرت\s+)?أولا?ً?\s+(?:على|في)|اولین\s+بار\s+در"
)
# How papers say that a machine wrote, translated or helped.
_BY_MACHINE = re.compile(
    r"(?:this\s+(?:article|story|content|report|summary|text|translation|page)\s+(?:was|is|has\s+been)\s+(?:\w+\s+){0,3}?"
    r"(?:constructed|written|created|generated|produced|edited|drafted|translated|summari[sz]ed|compiled)\s+(?:\w+\s+){0,3}?"
    r"(?:with|using|by)\s+(?:the\s+)?(?:(?:assistance|help|use|aid|support)\s+of\s+)?(?:an?\s+)?"
    r"(?:artificial\s+intelligence|AI\b|generative\s+AI|ChatGPT|machine\s+translation)"
    r"|(?:dieser|dieses|diese)\s+(?:text|artikel|beitrag|meldung|inhalt|übersetzung|zusammenfassung)\s+(?:wurde|ist)\s+(?:\w+\s+){0,4}?"
    r"(?:mit\s?hilfe\s+(?:von\s+|einer\s+)?|mit\s+unterstützung\s+(?:von\s+)?|von\s+|durch\s+)(?:einer\s+)?(?:künstlicher?\s+intelligenz|KI\b)"
    r"|cet(?:te)?\s+(?:article|contenu|texte|traduction)\s+a\s+été\s+(?:\w+\s+){0,3}?(?:rédigée?|traduite?|générée?|créée?)\s+(?:[\w’']+\s+){0,3}?"
    r"(?:par|avec|grâce\s+à|à\s+l['’]aide\s+de)\s+(?:une?\s+|l['’])?(?:intelligence\s+artificielle|IA\b)"
    r"|est[ea]\s+(?:artículo|texto|contenido|traducción|artigo|conteúdo)\s+(?:ha\s+sido|fue|foi)\s+(?:\w+\s+){0,3}?"
    r"(?:escrit|generad|traducid|elaborad|cread|gerad|traduzid|produzid)[oa]\s+(?:[\w’']+\s+){0,4}?(?:con|por|com)\s+"
    r"(?:(?:la\s+ayuda|ayuda|ajuda|o\s+auxílio)\s+de\s+)?(?:la\s+|una\s+)?(?:inteligencia\s+artificial|inteligência\s+artificial|IA\b))",
    re.IGNORECASE,
)
_MACHINES = word_set(
    "ai chatgpt ki ia artificial machine künstlicher künstliche intelligence inteligencia inteligência"
)
_NOTE = re.compile(
    r"""[\[(*–—-]*\s*(?!the\s[^\n]{1,80}\b(?:and|but|before)\b[^\n]{1,20}\b(?:later|then)\b)(?:
        (?:this|the)\s+(?:article|story|post|piece|report|interview|op-?ed|column|essay|text)\s+(?:was|has\s+been|is)?\s*
            (?:originally|first|also|previously)?\s*(?:published|appeared|republished|reprinted|syndicated|contributed(?=\s+by\s+(?-i:[A-Z])[^,]*$)|written|produced)\s+
            (?:in|on|by|at|from|for|with|as|under|originally)\b
      | (?:this|the)\s+(?:article|story|post|piece|report)\s+(?:was|has\s+been)\s+(?:originally|first|last)\s+(?:published|updated|posted)[,:]?\s+
            (?=[^\n]{0,12}\d)
      | (?:originally|first)\s+published\s+(?:on|in|at|by)\b | (?:re)?printed\s+with\s+permission | republished\s+(?:with\s+permission|from)
      | (?:except\s+for\s+the\s+headline,?\s+)?(?:this|the)\s+(?:article|story|copy|report|content|item)\s+
            (?:has\s+not\s+been\s+(?:edited|created|written|verified)\s+by | (?:is|was|has\s+been)\s+(?:auto-?generated|automatically\s+generated)\s+from)\b
      | this\s+(?:article|story|report)\s+by\s+\S.{1,60}?\s+was\s+first\s+published\b
      | (?:this|the)\s+(?:article|story|report)\s+(?:also\s+)?(?:includes|contains|incorporates|draws\s+on|uses)\s+(?:additional\s+)?
            (?:material|information|reporting|content|copy|files)\s+(?:from|by)\b
      | (?:information|material|reporting|content)\s+from\s+\S.{1,60}?\s+(?:was|were)\s+used\s+in\s+this\s+(?:article|story|report)\b
      | (?:this|the)\s+(?:article|story|post|piece|essay|interview)\s+(?:was|is)\s+(?:also\s+|first\s+)?featured\s+in\s+(?:the|our)\s+[^.]{1,60}\bnewsletter\b
      | this\s+(?:article|story|essay|interview)\s+appears\s+in\s+(?:the|our)\s[^\n]{0,60}\b(?:issue|edition)\b
      | an?\s+(?:\w+\s+)?version\s+of\s+this\s+(?:article|story|column|essay|piece|post|interview)\s+(?:first\s+|originally\s+|also\s+)?(?:appeared|appears|ran|was\s+published|is\s+published)\b
      | citation:?\s[^\n]{10,260}\(\d{4},\s\w+\s\d{1,2}\)\s+retrieved\s+\d
      | (?:story\s+)?materials?\s+provided\s+by\s+\S[^\n]{1,120}\b(?:edited|original)\b
      | the\s+news\s+and\s+editorial\s+(?:departments|staffs?)\s+of\s+\S[^\n]{1,80}\bhad\s+no\s+(?:role|part)\b
      | (?:dieser|der)\s+(?:artikel|beitrag|text)\s+(?:erschien|ist|wurde)\s+(?:zuerst|zunächst|ursprünglich)
      | dieser\s+(?:artikel|beitrag|text)\s+(?:erschien|ist)\s+in\s+(?:der|unserer)\s[^\n]{0,30}ausgabe\b
      | cet\s+article\s+(?:a\s+été|est)\s+(?:publié|paru)\s+(?:initialement|pour|d['’]abord)
      | este\s+(?:artículo|texto)\s+(?:fue|se)\s+(?:publicado|publicó)\s+(?:originalmente|por)
    )[^\n]{0,200}$""",
    re.IGNORECASE | re.VERBOSE,
)

_WORDS = word_set(
    """published appeared republished reprinted printed syndicated contributed written produced edited generated includes contains
    incorporates draws uses used verified created featured appears ran citation provided role part erschien ist wurde paru publié publicado publicó"""
)
# Only as one of the last lines of an entry: a sentence of a story may say as much of a post.
_ENDING = re.compile(
    rf"""(?:{_POST})\s[^\n]{{1,240}}?\s(?:{_APPEARED})\s?(?:(?-i:[^\Wa-zà-ÿа-я])|[\w-]+\.\w|。)[^\n,;]{{0,60}}$
      | a\(?z?\)?\s[^\n]{{1,240}}?\sbejegyzés\s+először\s+[^\n,;]{{1,60}}$""",
    re.IGNORECASE | re.VERBOSE,
)
# "Source: https://…" below the text. Between paragraphs it may be of a quotation or a table.
_ADDRESS = re.compile(
    r"[\[(*–—-]*\s*(?:source|quelle|fuente|fonte|font|bron|źródło|zdroj|kilde|källa|lähde|forrás|sursa|izvor|kaynak|sumber|nguồn|πηγή"
    r"|источник|джерело|източник|извор|المصدر|منبع|מקור|स्रोत|来源|來源|出典|출처|ที่มา)(?:\s+url)?\s?[:：]\s*<?(?:https?://|www\.)[^\s<>]{4,300}[>\])]*$",
    re.IGNORECASE,
)
_DATA_FILE = re.compile(r"\.(?:csv|xlsx?|json|xml|zip|pdf|tsv|txt)\b", re.IGNORECASE)
_LAST_LINES = 2

# "（原题为《…》）", "本文原标题：…", "本文首发于…".
_HAN_NOTE = re.compile(
    r"[（(\[【]?\s?(?:(?:本文)?原(?:标题|標題|题|題)\s?[为為：:]?\s?[《“「].{2,100}|本文原(?:标题|標題)\s?[：:].{2,100}"
    r"|本文(?:首[发發][于於]|原[载載][于於]|[转轉][载載]自|[来來]自微信)[^，。？！]{2,40}[）)】。]?)$"
)

_find_notes = lines_matching(_NOTE, max_words=50, words=_WORDS)
_find_machines = lines_matching(_BY_MACHINE, max_words=50, words=_MACHINES)


def _test_ending(line: Line, page: Page) -> str | None:
    if len(line.text) > MATCH_CHARS:
        return None
    if _ADDRESS.match(line.text):
        # What a colon announces, or one of several, is the story's.
        above = page.lines[line.index - 1].text
        return None if above.endswith((":", "：")) or "://" in above or _DATA_FILE.search(line.text) else line.text
    return line.text if _ENDING.match(line.text) else None


_find_han_notes = lines_matching(_HAN_NOTE, max_words=60, words=frozenset())
_find_endings = lines_where(_test_ending, lambda page: page.lines[max(1, len(page.lines) - _LAST_LINES) :])


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    yield from _find_notes(page, marks)
    yield from _find_machines(page, marks)
    yield from _find_han_notes(page, marks)
    yield from _find_endings(page, marks)


RULE = Rule(
    code="CR004",
    name="origin-note",
    kind=Kind.AGENCY_CREDIT,
    scope=Scope.LINE,
    summary="A line that says where the text was published first.",
    why="It speaks of the text's way to the page, not of its subject.",
    risk="A line of a story that is itself about where an article appeared; one that goes on about it stays.",
    source="phrases 'originally published' and 'originally appeared' of the phrase list: met outside the story only",
    find=_find,
    examples=(
        """
  The post of the mayor first appeared on a list in 1968, and nobody knew who had put it there, she said.
  Der Beitrag der Stadt erschien zuerst auf dem Konto der Brücke, sagte sie, und dann nirgends mehr.
  The vote is expected in the first week of May, two people close to the talks said.
- The post Old bridge stays open, council says appeared first on Harbour News.
""",
        """
  Source: https://example.org/figures/bridges.csv
  The vote is expected in the first week of May, two people close to the talks said.
- This article was contributed by Harbour Plan.
- This post Old bridge stays open, council says appeared first on Harbour News.
""",
        """
  The vote is expected in the first week of May, two people close to the talks said.
- Source: https://example.org/2024/05/old-bridge-stays-open/
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- L'articolo Il vecchio ponte resta aperto proviene da Il Faro.
- Der Beitrag Die alte Brücke bleibt offen erschien zuerst auf hafenblatt.example.
""",
        """
  The vote is expected in the first week of May, two people close to the talks said.
- This article was originally published on The Conversation. Read the original article.
- Reprinted with permission of the publisher.
- This story was originally published March 5, 2024, 9:14 AM.
- (Except for the headline, this story has not been edited by our staff and is published from a syndicated feed.)
- This report includes material from AFP.
- This article appears in the May 2024 issue of Harbour News.
- This article was written with the assistance of artificial intelligence and checked by our editors.
- Dieser Artikel wurde mithilfe von KI erstellt.
- This article was featured in the Story of the Day newsletter. Sign up for it here.
- A version of this story appeared in Harbour News, Vol 3, Issue 2.
- Citation: The old bridge is weaker than it looks (2024, May 2) retrieved 3 May 2024 from https://example.org/bridge
- Materials provided by the University of Harbour. Note: Content may be edited for style and length.
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- Dieser Artikel erschien zuerst in der Regionalausgabe.
- Dieser Text ist in der Printausgabe vom 4. Mai erschienen.
""",
        """
  市议会周二投票决定，在新桥建成之前，旧桥再开放两年，工程师们要求的资金是批准的三倍。
- （原题为《旧桥再开放两年》）
- 本文首发于微信公众号“江州观察”
""",
        """
  This article of the constitution was written in haste, and nobody has dared to touch it since.
  The essay first appeared in a student magazine and was later expanded into a book about the river.
  The report includes a map of the river, and the names of all who lived on its banks.
  A version of this story is told in every village along the river, and each has another end.
  The story appeared to be over when the council met, but it was not.
""",
    ),
)
