"""AD004 affiliate-note."""

import re
from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import MATCH_CHARS, word_set
from cleaning.boilerplate.rule import SENTENCE_WORDS, Line, Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# What is earned, who earns it and what for, by language: one of each in a line.
_EARNED = word_set(
    """commission commissions compensation revenue affiliate provision provisionen vermittlungsprovision comisión comisiones commissione
    commissioni affiliation afiliados afiliación afiliação associates affiliazione partnerprogramm partnerprogramms comissão comissões commissie commissies prowizję prowizji prowizja kommission"""
)
_EARNS = re.compile(
    r"""\b(?:
        (?:we|us|i|me|site|website|page|post|team|company|publication)[’']?d?\b
            (?:\s(?:may|might|can|could|will|would|do|also|sometimes|often|occasionally|then|usually|either|still|even)){0,3}
            \s(?:earns?|receives?|gets?|makes?|collects?|be\spaid|are\spaid|is\spaid|get\spaid)(?:\s(?!from)[\w-]+){0,4}
            \s(?:commissions?|compensation|share\sof\s(?:the\s)?(?:sales?|revenue)|revenue)
      | (?-i:[A-Z])[\w&.'’-]{1,20}[*_]{0,2}\s(?:may|can|might|will|could)\s(?:earn|receive|get|make|collect)(?:\s[\w-]+){0,3}\s(?:commissions?|share\sof\s(?:the\s)?(?:sales?|revenue))
      | participa(?:nts?|tes?)\sin\s(?:the\s)?(?:[\w.,-]+\s){0,5}(?:associates?|affiliates?)\s(?:advertising\s)?program\w*
      | (?:teilnehmer(?:in)?\s(?:des|am)\s|nimmt\sam\s)(?:amazon-?\s?)?partnerprogramms?
      | participe\sau\sprogramme\s(?:partenaires?|d.affiliation)
      | participa(?:nte)?\s(?:en\sel|no|del?|do)\sprograma\sde\s(?:afiliad\w+|associad\w+)
      | partecipa(?:nte)?\sal\sprogramma\s(?:di\s)?affiliazione
      | deelnemer\s(?:aan|van)\shet\s(?:\w+\s){0,3}(?:partner|associates?|affiliate)\w*(?:\s?-?programma)?
      | (?:earn|get|make|bring|net)s?\s(?:us|me)\s(?:[\w-]+\s){0,3}(?:commissions?|compensation|revenue)
      | (?:erhalte|erhalten|bekomme|bekommen|verdiene|verdienen|bekommt|erhält)\s(?:wir|ich|[\w.-]+)\s(?:[\w()-]+\s){0,6}(?:vermittlungs)?provision(?:en)?
      | (?:wir|ich)\s(?:[\w()-]+\s){0,8}(?:vermittlungs)?provision(?:en)?
      | (?:nous|je|site)\s(?:[\w’'-]+\s){0,4}commissions?
      | (?:recib\w+|gana\w*|obten\w+|ganar|llevar\w*)\s(?:[\w-]+\s){0,3}comisi(?:ón|ones)
      | (?:ricev\w+|guadagn\w+|percep\w+)\s(?:[\w-]+\s){0,3}commission[ei]
      | (?:receb\w+|ganh\w+|obt\w+)\s(?:[\w-]+\s){0,3}comiss(?:ão|ões)
      | (?:ontvang\w+|krijg\w+|verdien\w+)\s(?:wij|we|ik|\w+)\s(?:[\w-]+\s){0,4}commissies?
      | (?:otrzym\w+|zarabia\w+|dosta\w+)\s(?:[\w-]+\s){0,3}prowizj[ęi]
      | (?:får|tjänar|tjener|modtager)\s(?:vi|jag|jeg|\w+)\s(?:[\w-]+\s){0,4}(?:provision|kommission)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHAT_FOR = re.compile(
    r"""\b(?:links?|linking|amazon|purchas\w+|buy|buying|bought|retail\w*|partners?|products?|offers?|shop|stores?|merchants?|click|sales?|this\spage
        |(?:affiliate|partner|werbe|provisions)?-?links?|kauf\w*|gekauft|bestell\w*|liens?|achet\w+|achats?|partenaires?|enlaces?|compr\w+
        |acquist\w+|koop\w*|aankoop\w*|linków|link\w*|zakup\w*|länk\w*|köp\w*|køb\w*|kjøp\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Longer ones are paragraphs that say more than that.
_MAX_WORDS = 60
# "You need nothing else for this bread. (These are affiliate links.)"
_ASIDE = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]+)[)\]][.!*]?$")


def _test(line: Line) -> str | None:
    if _EARNED.isdisjoint(line.word_set) or line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return None
    earns = _EARNS.search(line.text)
    if earns is None or not _WHAT_FOR.search(line.text):
        return None
    return f"says that the site earns by what it links to: {earns.group(0)[:60]!r}"


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    for line in page.lines_that(_test):
        aside = _ASIDE.search(line.text)
        is_aside = (
            aside is not None and _EARNS.search(aside["inside"]) and not _EARNS.search(line.text[: aside.start()])
        )
        start = aside.start() if aside and is_aside and len(line.text[: aside.start()].split()) >= SENTENCE_WORDS else 0
        yield Span(line.start + start, line.end, _test(line) or "")


RULE = Rule(
    code="AD004",
    name="affiliate-note",
    kind=Kind.SPONSORED,
    scope=Scope.LINE,
    summary="A note that the site is paid for what its readers buy, in eleven languages.",
    why="It is about the site, and stands on every page that links to a shop.",
    risk="A writer of a story that says in the first person what they are paid for links.",
    source="notes of 50 sites of the residual benchmark's development pages and of public pages; 9 lines that golds keep are such notes too",
    find=_find,
    examples=(
        """
  The second of the two kettles boils a litre of water in less than three minutes, and is quieter.
- Our editors choose what we test. If you buy through our links, we may earn an affiliate commission.
- Acme may get a share of the revenue if you buy anything featured on our site.
- We are a participant in the Acme Services LLC Associates Program, an affiliate program for sites that link to it.
- Diese Seite ist Teilnehmer des Partnerprogramms von Acme und erhält Geld für Links.
- Ce site participe au Programme Partenaires d'Acme, un programme d'affiliation pour des liens.
- Buying through our links may earn us a small commission, which supports our work.
- Bei einem Kauf über diese Links erhalten wir eine Provision.
- Si vous achetez par ces liens, nous percevons une commission.
""",
        """
- The bread needs no special equipment, a bowl and a spoon are enough. (We may earn a commission from links here.)
+ The bread needs no special equipment, a bowl and a spoon are enough.
  The second of the two kettles boils a litre of water in less than three minutes, and is quieter.
""",
        """
  Brokers earn a commission when you buy a house through them, and they know what it is worth.
  He gets a commission of two percent for every kettle that the shop sells to a friend of his.
  We learned that the agents receive a commission for each policy that they sell.
  The farm is a participant in the program for young growers, which links it with shops in town.
  Der Bund zahlt eine Provision für jeden Kauf, sagte die Ministerin am Dienstag.
""",
    ),
    score=0.95,
)
