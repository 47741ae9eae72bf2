"""CO005 author-portrait."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap

from cleaning.boilerplate.finders import word_set
from cleaning.boilerplate.jobs import JOB, WORK
from cleaning.boilerplate.rule import Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

_NAME = r"(?!(?:The|Mr|Ms|Mrs|Herr|Frau)\b)(?:(?:Dr|Prof)\.?\s)*(?-i:[^\W\d_a-z])[\w.’'-]+(?:\s(?:(?:de|van|von|der|la|al|bin)\s)*(?-i:[^\W\d_a-z])[\w.’'-]*){1,3}(?:,\s(?-i:[A-Z])[\w.®]{1,6}\b){0,3}"
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
_JOB_CHARS = 240
_WRITES = word_set(
    """writes writing covers coverage reports contributes worked works joined joins studied graduated experts professional sommelier member ist schreibt berichtet arbeitet studierte
    volontierte est écrit travaille couvre es escribe trabaja cubre è scrive lavora é escreve trabalha"""
)


# A name alone, or behind "By" and before letters of a degree.
_NAME_LINE = re.compile(
    r"""(?:(?:by|written\sby|article\sby|posted\sby|about|meet|von|über|par|por|di)\s)?
        (?P<name>(?-i:[^\W\d_a-z][\w.’'-]+)(?:\s(?:(?:de|van|von|der|la|al|bin)\s)*(?-i:[^\W\d_a-z][\w.’'-]*)){1,3})
        (?:,?\s(?-i:[A-Z][\w.®]{1,8}),?){0,4}""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME_CHARS = 60
_JOB = re.compile(rf"\b(?:{WORK}|{JOB})\b", re.IGNORECASE | re.VERBOSE)
# Below its name a paragraph is one about the author with a single fact or job, where it is among the last 12 lines or the
# last 4 paragraphs: on the development and public pages 63 were boilerplate and none was content, elsewhere 79 and 13.
_NAMED_LINES, _NAMED_PARAGRAPHS, _NAMED_WORDS, _NAMED_OPENING = 12, 4, 10, 12
# More such names are whom the text is about, as is anybody whom a paragraph above has named.
_AUTHORS = 2


def _facts(line: Line) -> int:
    return sum(not group.isdisjoint(line.word_set) for group in _FACTS)


def _is_of_a_job(line: Line) -> bool:
    """Does the first sentence name a job, or what somebody writes?"""
    first = line.text[:_JOB_CHARS].partition(". ")[0]
    return _JOB.search(first) is not None or not _WRITES.isdisjoint(first.casefold().split())


def _is_portrait(line: Line) -> bool:
    if not _MIN_WORDS <= line.n_words <= _MAX_WORDS or line.text[0] in '“"„«':
        return False
    if _PERSON.isdisjoint(line.word_set) or _OPENING_WORDS.isdisjoint(line.words[:18]):
        return False
    if _facts(line) < _AT_EDGES or _OPENING.match(line.text) is None:
        return False
    return _COMPANY.search(line.text, 0, _COMPANY_CHARS) is None


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines_that(_is_portrait):
        facts = _facts(line)
        is_edge = line.index >= max(1, len(page.lines) - _LAST_LINES) or line.index < page.first_prose
        if facts >= (_AT_EDGES if is_edge else _ANYWHERE) and _is_of_a_job(line):
            yield Span(line.start, line.end, f"{facts} facts of a writer's career: {line.text[:40]!r}")
    tail = min(len(page.lines) - _NAMED_LINES, page.last_prose - _NAMED_PARAGRAPHS + 1)
    named = [line for line in page.lines[max(tail, 1) :] if _is_named(line, page.lines[line.index - 1])]
    for line in named if named and sum(starmap(_begins_with_name, pairwise(page.lines))) <= _AUTHORS else ():
        above = page.lines[line.index - 1]
        surname = _words_of_name(above)[-1]
        if not any(surname in other.word_set for other in page.lines[: above.index] if other.is_prose):
            yield Span(above.start, line.end, f"below the name {above.text!r}, who that is: {line.text[:40]!r}")


def _is_named(line: Line, above: Line) -> bool:
    """Does the line say of one person what they do, below a line that is their name?"""
    if not _NAMED_WORDS <= line.n_words <= _MAX_WORDS or _PERSON.isdisjoint(line.word_set):
        return False
    if _OPENING_WORDS.isdisjoint(line.words[:_NAMED_OPENING]) or not _begins_with_name(above, line):
        return False
    return _facts(line) > 0 or _JOB.search(line.text) is not None


def _begins_with_name(above: Line, line: Line) -> bool:
    """Does the line begin with the first word of the name that the one above it is?"""
    return bool(line.words) and len(above.text) <= _NAME_CHARS and line.words[:1] == tuple(_words_of_name(above)[:1])


def _words_of_name(line: Line) -> list[str]:
    """The words of the name that a line is, folded; none where it is no name."""
    found = _NAME_LINE.fullmatch(line.text)
    return found["name"].casefold().split() if found else []


RULE = Rule(
    code="CO005",
    name="author-portrait",
    kind=Kind.AUTHOR_BIO,
    scope=Scope.LINE,
    summary="A paragraph that tells who wrote the text: a name, what they do now, and four facts of a career (three at the end, one below a line with the name).",
    why="It is about the writer, on every story of theirs alike.",
    risk="A portrait of a journalist that tells in the present tense where they studied, worked and live.",
    source="51 boilerplate lines of development and public pages; the 7 that golds keep are portraits of authors and experts too",
    find=_find,
    examples=(
        """
- Jane Doe is a freelance writer based in Harbour who covers bridges. She has ten years of experience, and her work has appeared in three newspapers.
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Erika Mustermann ist Redakteurin im Ressort Politik und schreibt über Brücken. Sie studierte Journalismus in Köln und arbeitete zuvor bei einer Zeitung.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  The vote is expected in the first week of May, two people close to the talks said.
- Jane Doe, CFP®
- Jane is a fee-only financial adviser at Harbour Bank. When she is not at her desk, she swims.
""",
        """
  The council voted on Tuesday to keep the old bridge open, on the advice of two engineers.
  Jane Doe
  Jane built her first bridge when she was twelve, out of crates, and fell into the harbour with it.
  Mary Roe
  In the winter Mary Roe is often on the ice below the old bridge, where she looks for cracks.
""",
        """
  The council voted on Tuesday to keep the old bridge open. Two of those who will mend it have done so before.
  Jane Doe
  Jane Doe is an engineer who has built bridges for ten years, and her first one still stands.
  Mary Roe
  Mary is a diver. When Doe called her she had been under the bridge for two days.
  Ann Poe
  Ann Poe is the painter of the team, and she lives in a house below the bridge.
""",
        """
  Anna Roe is taking action over a programme. She said that watching it for years had made her ill, and that she had appeared in one before, when she lived by the harbour.
  Ms Roe started her blog in May to help her over her loss. She made up the paper that she worked for, covered the names of her editors and wrote of the years before.
  Jane Doe is the engineer who said that the foundations would not last. She has built bridges for ten years.
  Jane Doe was a journalist who covered the harbour for ten years. She joined the paper in 1990, wrote two books and lived by the old bridge.
  The council is an expert in writing reports with years of experience, and it enjoys publishing them.
  "Jane Doe is a writer, an editor and a journalist with years of experience," said the mayor of his friend.
  Harbour Moving is a locally owned and operated company based in the city. They have ten years of experience, specialize in pianos, and have their own blog.
""",
    ),
    score=0.95,
)
