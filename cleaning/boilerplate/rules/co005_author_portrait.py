"""CO005 author-portrait."""

import re

from cleaning.boilerplate.finders import lines_where, word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_NAME = r"(?:(?:Dr|Prof)\.?\s)*(?-i:[^\W\d_a-z])[\w.’'-]+(?:\s(?:(?:de|van|von|der|la|al|bin)\s)*(?-i:[^\W\d_a-z])[\w.’'-]*){1,3}(?:,\s(?-i:[A-Z])[\w.®]{1,6}\b){0,3}"
_OPENING = re.compile(
    rf"""[(\[*_]{{0,3}}{_NAME}(?:\s?,[^,]{{1,60}},)?\s
        (?:is|has|covers|writes|reports|works|serves|holds|lives|hails|leads|manages|oversees|spent|speciali[sz]es|contributes|brings|currently
          |loves|enjoys|joined|started|began|studied|graduated
          |ist|hat|schreibt|arbeitet|studierte|berichtet|volontierte|est|a\s(?:étudié|travaillé)|écrit|couvre|travaille
          |es|escribe|trabaja|cubre|ha|è|scrive|lavora|é|escreve|trabalha)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING_WORDS = word_set(
    """is has covers writes reports works serves holds lives hails leads manages oversees spent specializes specialises contributes brings
    currently loves enjoys joined started began studied graduated ist hat schreibt arbeitet studierte berichtet volontierte est a écrit
    couvre travaille es escribe trabaja cubre ha è scrive lavora é escreve trabalha"""
)
# "Harbour Moving is a locally owned and operated company": what it is, with nothing that it is head, editor or part of.
_COMPANY = re.compile(
    r"""\s(?:is|ist|est|es|è|é)\s(?:an?|the|one\sof\sthe|eine?|die|das|une?|una|la|uma?)(?:\s(?!of\b|at\b|for\b|with\b)[\w’'&,-]+){0,8}?
        \s(?:company|firm|agency|brand|service|provider|business|manufacturer|maker|retailer|store|shop|restaurant|hotel|school
          |university|organi[sz]ation|charity|startup|start-up|platform|app|programme|program|podcast|show|unternehmen|firma|entreprise
          |société|empresa|compañía|azienda|società)
        (?=[,.;]|\s(?:based|that|which|in|with|of|for|from|located|serving|speciali[sz]ing|founded|offering|run|owned|mit|aus|das|die|basée|qui|que|con|che)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
# One person, not a company.
_PERSON = word_set(
    "he she his her him hers er sie seine ihre seiner ihrer il elle son sa ses él ella su sus lui lei suo sua ele ela seu"
)
# Facts of a writer's career: each group counts once.
_FACTS = tuple(
    map(
        word_set,
        (
            "writes writing writer writers written wrote schreibt autor autorin écrit auteur auteure escribe escritor escritora scrive scrittore scrittrice escreve",
            "covers covered covering coverage berichtet berichtete themen schwerpunkt schwerpunkte couvre cubre temas segue",
            "reports reporter reporting reported reporterin korrespondent korrespondentin correspondent correspondant correspondante corresponsal",
            "contributes contributor contributed contributing beiträge",
            "journalism journalist journalistin journalismus journaliste journalisme periodista periodismo giornalista giornalismo jornalista jornalismo",
            "edits editor edited editing editorial redakteur redakteurin redaktion ressort rédacteur rédactrice redactor redactora redattore redattrice editora",
            "published publication publications publisher publishes veröffentlicht veröffentlichte publié publicado",
            "author authored authors bestselling",
            "passion passionate passionné passionnée apasionado apasionada appassionato appassionata leidenschaft",
            "enjoys enjoy loves love",
            "specializes specializing specialist specialised specializes specialises specialising specialized spezialisiert spécialisé spécialisée spécialiste especializado especializada specializzato specializzata",
            "experience experienced experiences erfahrung expérience experiencia esperienza experiência",
            "degree degrees graduate graduated graduating bachelor bachelor's bachelors master master's masters mba phd studied studierte studium studiert diplômé diplômée licenciado licenciada laureato laureata",
            "lives living resides residing based lebt wohnt vit vive mora",
            "previously formerly prior before zuvor vorher früher auparavant anteriormente precedentemente anteriormente",
            "joined joining kam stieß rejoint",
            "worked working arbeitete gearbeitet travaillé trabajado trabajó lavorato trabalhou",
            "follow folgen",
            "byline bylines",
            "freelance freelancer freelancing freier freie freiberuflich",
            "magazine magazines newspaper newspapers newsroom outlets zeitung zeitungen magazin journal",
            "blog blogs blogger podcast podcasts newsletter newsletters",
            "expertise expert experts expertin experte experto experta esperto esperta",
            "award awards award-winning ausgezeichnet preis",
            "years jahren ans años anni anos",
            "appeared featured",
        ),
    )
)
_ANYWHERE, _AT_EDGES = 4, 3
_LAST_LINES = 6
_MIN_WORDS, _MAX_WORDS = 12, 220
_COMPANY_CHARS = 160


def _facts(line: Line) -> int:
    return sum(not group.isdisjoint(line.word_set) for group in _FACTS)


def _is_portrait(line: Line) -> bool:
    if not _MIN_WORDS <= line.n_words <= _MAX_WORDS or line.text[0] in '“"„«':
        return False
    if _PERSON.isdisjoint(line.word_set) or _OPENING_WORDS.isdisjoint(line.words[:18]):
        return False
    if _facts(line) < _AT_EDGES or _OPENING.match(line.text) is None:
        return False
    return _COMPANY.search(line.text, 0, _COMPANY_CHARS) is None


def _test(line: Line, page: Page) -> str | None:
    facts = _facts(line)
    is_edge = line.index >= max(1, len(page.lines) - _LAST_LINES) or line.index < page.first_prose
    if facts < (_AT_EDGES if is_edge else _ANYWHERE):
        return None
    return f"{facts} facts of a writer's career: {line.text[:40]!r}"


RULE = Rule(
    code="CO005",
    name="author-portrait",
    kind=Kind.AUTHOR_BIO,
    scope=Scope.LINE,
    summary="A paragraph that tells who wrote the text: a name, what they do now, and four facts of a career (three at the end).",
    why="It is about the writer, on every story of theirs alike.",
    risk="A portrait of a journalist that tells in the present tense where they studied, worked and live.",
    source="51 boilerplate lines of development and public pages; the 7 that golds keep are portraits of authors and experts too",
    find=lines_where(_test, lambda page: page.lines_that(_is_portrait)),
    examples=(
        """
- Jane Doe is a freelance writer based in Harbour who covers bridges. She has ten years of experience, and her work has appeared in three newspapers.
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Erika Mustermann ist Redakteurin im Ressort Politik und schreibt über Brücken. Sie studierte Journalismus in Köln und arbeitete zuvor bei einer Zeitung.
""",
        """
  Jane Doe is the engineer who said that the foundations would not last. She has built bridges for ten years.
  Jane Doe was a journalist who covered the harbour for ten years. She joined the paper in 1990, wrote two books and lived by the old bridge.
  The council is an expert in writing reports with years of experience, and it enjoys publishing them.
  "Jane Doe is a writer, an editor and a journalist with years of experience," said the mayor of his friend.
  Harbour Moving is a locally owned and operated company based in the city. They have ten years of experience, specialize in pianos, and have their own blog.
""",
    ),
    score=0.95,
)
