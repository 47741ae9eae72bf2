"""CO002 author-bio."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where, word_set
from cleaning.boilerplate.jobs import JOB, WORK
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.names import PARTICLES
from cleaning.records import Kind

_NAME = r"(?-i:[^\W\d_a-z][\w.'’-]+)(?:\s+(?:(?:de|van|von|der|la|al|bin)\s+)*(?-i:[^\W\d_a-z][\w.'’-]*)){1,3}"
_BIO = re.compile(
    rf"""[\[(*–—-]*\s*(?:
        {_NAME}(?:,[^,]{{1,40}},|\s\(@[^()]{{1,40}}\))?\s+(?:is|was|has\s+been)\s+(?:(?:a|an|the|one)\s+)?(?:[\w’'&.-]+\s+){{0,6}}{JOB}\b
      | {_NAME}\s+(?:covers(?!\s+of\b)|writes\s+(?:about|for|on)|reports\s+(?:on|for|from))\s+
      | (?:you\s+can\s+)?(?:follow|contact|reach|email|e-mail)\s+(?:him|her|them|me|the\s+(?:author|reporter|writer)|{_NAME})\s+(?:on|at|via|by|@)
      | {_NAME}\s+is\s+on\s+(?:Twitter|Facebook|Instagram|Bluesky|Mastodon|Threads|LinkedIn)\s+(?:at|as|@|\()
      | (?:(?:he|she|they)\s+can\s+be\s+(?:reached|followed|contacted)|(?:{_NAME})\s+can\s+be\s+reached)\s+
      | contact\s+{_NAME}:?\s+\S+@\S+\.\w
      | (?:the\s+)?(?:views|opinions)\s+expressed\b[^.]{{0,120}}(?:author|own|necessarily|those\s+of)
      | (?:über\s+(?:den\s+autor|die\s+autorin)|zur\s+person|à\s+propos\s+de\s+l['’]auteur|sobre\s+(?:el\s+autor|la\s+autora|o\s+autor))\s*:
    )[^\n]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# Many a story ends with who somebody is: here the name must be new to it.
# "is a trusted development partner that builds software" is a company.
_PERSON = (
    r"(?:(?:Dr|Prof|Rev|Professor)\.?\s+)?(?!The\s|This\s|Our\s|An?\s)(?-i:[^\W\d_a-z][\w.’'“”\"-]+)"
    r"(?:\s+(?:(?:de|van|von|der|la|al|bin)\s+)*(?-i:[^\W\d_a-z][\w.’'“”\"-]*)){0,3}(?:(?:,[^,\d]{1,30}){1,3},|\s\(@[^()]{1,40}\))?"
)
_NEW_BIO = re.compile(
    rf"""[\[(*–—-]*\s*(?P<name>{_PERSON}|the\s+(?:writer|author|reviewer|columnist))\s+(?:
        (?P<job>(?:is|was|has\s+been)\s+an?\s+(?:[\w’'&.,-]+\s+){{0,10}}?(?:{WORK}|{JOB})\b(?!\s(?:that|which)\s))
      | (?P<paper>(?:covers|reports\son|writes\sabout)\s[^.]{{3,70}}\sfor\s(?:the\s)?(?-i:[A-Z]))
      | is\s+(?:the\s+)?(?:[\w’'&.,-]+\s+){{0,4}}?(?:{WORK}|{JOB})\s(?:of|at|for|behind|with)\s
      | is\s+a\s+(?:[\w’'&.-]+\s+)?graduate\s+of\s(?=(?:\S+\s+){{7}})
      | (?:teaches|studies|reviews|edits|blogs|specialise?s|speciali[sz]es)\s
      | has\sbeen\swith\s[^.]{{3,50}}\ssince\s
      | (?:lives|works)\s(?:in|for|with|as)\s | (?:has\s+(?:written|covered|reviewed|translated)|co-?founded)\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NEW_LINES = 3
_NAME_WORDS = 2
# Without one of these the pattern above matches nothing.
_BIO_WORDS = word_set(
    """writer reporter editor journalist correspondent columnist contributor author freelancer blogger producer photographer
    fellow intern staffer chief newsletter covers writes reports follow contact reach email mail reached followed contacted
    expressed autor autorin person auteur autora twitter facebook instagram bluesky mastodon threads linkedin"""
)
# "Anna Kühn ist Redakteurin bei …": what somebody does for a paper, in the languages of the lists.
_JOBS = word_set(
    """redakteur redakteurin journalist journalistin reporter reporterin korrespondent korrespondentin autor autorin
    volontär volontärin kolumnist kolumnistin ressortleiter journaliste correspondant correspondante rédacteur
    rédactrice chroniqueur chroniqueuse periodista corresponsal redactor redactora columnista reportero
    reportera giornalista corrispondente redattore redattrice inviato inviata jornalista repórter correspondente
    redator redatora colunista editora redacteur verslaggever correspondent dziennikarz dziennikarka dziennikarzem
    dziennikarką redaktor redaktorka redaktorem publicysta korespondent reporterka journalisten reportern
    korrespondenten skribent frilansjournalist toimittaja kirjeenvaihtaja redaktorkou novinář novinářka novinářem
    reportér újságíró újságírója szerkesztő szerkesztője tudósító tudósítója jurnalist jurnalistă corespondent
    muhabir muhabiri muhabiridir gazeteci editörü yazarı корреспондент корреспондентка журналист журналистка
    редактор обозреватель обозревательница кореспондент кореспондентка журналіст журналістка редакторка
    δημοσιογράφος συντάκτης συντάκτρια ανταποκριτής jurnalis wartawan صحفي صحفية مراسل مراسلة כתב כתבת עיתונאי
    עיתונאית पत्रकार संवाददाता"""
)
_IS = word_set(
    """ist est es è é jest är er on je este — arbeitet arbetar schreibt écrit escribe scrive escreve pisze skriver is adalah είναι является"""
)
# "Kiss Anna a Hírlap újságírója": in Hungarian an article says it, before the paper.
_OF_THE_PAPER = word_set("újságíró újságírója szerkesztő szerkesztője tudósító tudósítója riporter riportere")
# "Jane Doe, who is a scientist at the institute, said, “This …”": whom a story quotes is not its author.
_QUOTES = re.compile(
    r"""\b(?:said|says|adds|added|notes|noted|explains|explained|writes|wrote|told\s\w+),?:?\s["“„«]
      |["”«»“],?\s(?:said|says|adds|added|notes|noted|explains|explained|told)\b""",
    re.VERBOSE,
)
# Boxes about the author stand behind the story; the same sentence within it may be about its subject.
_LAST_LINES = 6
_MAX_WORDS = 70


def _test(line: Line, page: Page) -> str | None:
    if line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS or not _is_behind_story(line, page):
        return None
    is_bio = not _BIO_WORDS.isdisjoint(line.word_set) and _BIO.match(line.text)
    match = is_bio or _is_of_a_journalist(line) or _is_of_a_newcomer(line, page)
    if not match or _QUOTES.search(line.text):
        return None
    return f"among the last lines, about the author: {line.text[:40]!r}"


def _is_behind_story(line: Line, page: Page) -> bool:
    """Is the line one of the last, and in the second half of a short text?"""
    return line.index >= max(1, len(page.lines) - _LAST_LINES, len(page.lines) // 2)


def _is_of_a_newcomer(line: Line, page: Page) -> bool:
    """Does one of the last lines say what somebody does whom no paragraph has named?"""
    if line.index < len(page.lines) - _NEW_LINES or (not line.is_prose and not line.ends_sentence):
        return False
    found = _NEW_BIO.match(line.text)
    if found is None:
        return False
    words = found["name"].partition(",")[0].casefold().split()
    if len(words) < _NAME_WORDS and not (found["job"] or found["paper"]):
        return False
    return not any(words[-1] in other.word_set for other in page.lines[: line.index] if other.is_prose)


def _is_of_a_journalist(line: Line) -> bool:
    """Two names, a word that says "is" or "writes" near them, and a job at a paper near that."""
    if _JOBS.isdisjoint(line.word_set):
        return False
    words = line.text.split()
    names = [word for word in words[:4] if word.casefold() not in PARTICLES][:2]
    if len(words) < 4 or not all(word[0].isupper() or word[0].lower() == word[0].upper() for word in names):
        return False
    # Of "ZDF-Korrespondentin" the last part.
    near = [word.strip(",.:;()").casefold().rpartition("-")[2] for word in words[:14]]
    is_said = (
        not _IS.isdisjoint(near[1:6]) or near[-1] in _JOBS or ("a" in near[1:6] and not _OF_THE_PAPER.isdisjoint(near))
    )
    return is_said and not _JOBS.isdisjoint(near[2:])


RULE = Rule(
    code="CO002",
    name="author-bio",
    kind=Kind.AUTHOR_BIO,
    scope=Scope.LINE,
    summary="A line at the end that says who the author is and where to reach them.",
    why="It is about the writer, on every story of theirs alike.",
    risk="A story about a journalist that ends with who that is.",
    source="author boxes of the residual benchmark's development pages; phrases of the kind author_bio",
    find=lines_where(_test, lambda page: page.lines[-_LAST_LINES:]),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Jane Doe is a senior political reporter at Example News, where she covers the council.
- Follow her on Twitter @janedoe
- John Roe is on Twitter at @johnroe.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Jane Doe, CFP, is a fee-only financial planner who began her career at the harbour.
- John Roe is a graduate of Harbour College, where he now teaches the history of bridges.
- Mary Poe (@marypoe) is a contributor to the Harbour News blog.
- The writer is a former ambassador.
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- Erika Mustermann ist Redakteurin im Ressort Politik und schreibt über Brücken.
- Erika Mustermann ist ZDF-Korrespondentin in Mittelamerika.
- Ana del Mar Ortega es corresponsal de El Faro en Madrid.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  Jane Doe is the engineer who said that the foundations would not last another winter.
""",
        """
  The council voted on Tuesday to keep the old bridge open, on the advice of the engineer Jane Doe.
  Jane Doe is a professor of engineering at Harbour College who has built four bridges.
""",
        """
  The council voted on Tuesday to name the old bridge after the writer who had lived beside it.
  The writer is a teacher of three of its members.
  The writer is the second to be honoured so.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  Anna Roe is confident she and fellow swimmer Jane Doe will not be punished for crossing below it.
  John Roe, a journalist based in the harbour, said that nobody had ever been punished for it.
  Mary Poe, co-director of the bridge studies centre at Harbour College, said the debate would play out in May.
  The Harbour News covers of the old bridge through the years hang in the town hall.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years, on the advice of two engineers.
  C. Jane DOE, who is a director at Harbour College, said, "This makes a crucial step in keeping bridges open."
  ROE Mary, who is a data scientist in the team and at Harbour College, notes, "The bridge is remarkable in how it moves."
""",
    ),
)
