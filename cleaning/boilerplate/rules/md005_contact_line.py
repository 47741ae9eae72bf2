"""MD005 contact-line."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_where
from cleaning.boilerplate.phrases.words import find_words
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind

_PHONE = re.compile(
    r"(?:phone|tel|telefon|telephone|téléphone|teléfono|telefono|telefone|fax|mobile|whatsapp|тел|телефон|電話|电话|전화|هاتف|טלפון|फोन|telp)[.:：\s]{1,3}[+(]?\d[\d ()/.+-]{5,24}$",
    re.IGNORECASE,
)
# Any other address of the web is a source or the very matter as often (22 labelled lines of content, 23 of boilerplate),
# and so is that of a post on a network: of profiles the path is a name, or two steps ("/company/example").
_ADDRESS = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{2,30})+|(?<![\w.])@\w{3,20}\b"
    r"|\bhttps?://(?:www\.|m\.)?(?:twitter|x|facebook|instagram|linkedin|threads|t)\.(?:com|net|me)/(?:(?:in|company|groups|pages)/)?[\w.%+-]{2,60}/?(?:\?\S{1,100})?(?=\s|$)"
)
# Words that stand around an address in a line that is nothing else.
_LABELS = frozenset(
    [
        "e",
        "mail",
        "email",
        "emails",
        "mails",
        "contact",
        "contacto",
        "contactar",
        "kontakt",
        "contacter",
        "phone",
        "tel",
        "telefon",
        "téléphone",
        "teléfono",
        "fax",
        "twitter",
        "facebook",
        "instagram",
        "www",
        "at",
        "via",
        "correo",
        "contatti",
        "contatto",
        "contato",
        "kapcsolat",
        "kontak",
        "контакты",
        "контакт",
        "почта",
        "связаться",
        "с",
        "редакцией",
        "редакция",
        "зв'язатися",
        "зв",
        "язатися",
        "з",
        "επικοινωνία",
        "제보",
        "문의",
        "للتواصل",
        "צור",
        "קשר",
        "संपर्क",
        "お問い合わせ",
        "投稿",
        "邮箱",
        "投稿邮箱",
        "an",
        "die",
        "der",
        "das",
        "la",
        "le",
        "l",
        "il",
        "lo",
        "de",
        "den",
        "di",
        "da",
        "del",
        "do",
        "till",
        "til",
        "je",
        "ons",
        "os",
        "oss",
        "uns",
        "unsere",
        "unserer",
        "redaktion",
        "redaktionen",
        "rédaction",
        "redacción",
        "redaccion",
        "redazione",
        "redactie",
        "redakcji",
        "redakcja",
        "redakcja",
        "redaktora",
        "newsroom",
        "news",
        "desk",
        "tip",
        "tips",
        "send",
        "mail",
        "scrivi",
        "alla",
        "écrire",
        "à",
        "escriba",
        "escribe",
        "napisz",
        "do",
        "skriv",
        "ota",
        "yhteyttä",
        "write",
        "autor",
        "autora",
        "auteur",
        "autore",
        "by",
        "or",
        "and",
        "und",
        "et",
        "y",
        "to",
        "the",
        "author",
        "reporter",
        "editor",
        "him",
        "her",
        "us",
        "me",
        "schreiben",
        "follow",
        "on",
        "x",
    ]
)
# What may be left of a line that is an address and nothing else: a name.
_MAX_LEFT_WORDS = 3
# "@property" above a definition is code.
_DEFINITION = re.compile(r"(?:@|async |def |class |public |private |protected |export |function |static |final )")


def _test(line: Line, page: Page) -> str | None:
    at_edge = line.index < page.first_prose or line.index > page.last_prose
    if len(line.text) > MATCH_CHARS or not at_edge or page.last_prose < 0:
        return None
    if _PHONE.match(line.text):
        return f"a telephone number and little else: {line.text[:40]!r}"
    # "“What a bridge!” wrote @janedoe": somebody is quoted by the name of their account.
    is_quoted = line.text[0] in '"“„«「'
    found = _ADDRESS.search(line.text) if not is_quoted and ("@" in line.text or "http" in line.text) else None
    if line.text[0] == "@" and any(
        _DEFINITION.match(other.text) for other in page.lines[line.index + 1 : line.index + 2]
    ):
        return None
    # A bare link is as often an item of the story; a last one leads to the site.
    if found is None or (found.group(0).startswith("http") and not _is_last_link(line, page)):
        return None
    left = [word for word in find_words(_ADDRESS.sub(" ", line.text)) if word not in _LABELS]
    return f"an address and little else: {found.group(0)[:60]!r}" if len(left) <= _MAX_LEFT_WORDS else None


def _is_last_link(line: Line, page: Page) -> bool:
    """Is it among the last lines below the story, with no other link beside it?"""
    beside = page.lines[max(0, line.index - 2) : line.index] + page.lines[line.index + 1 : line.index + 3]
    is_last = line.index > page.last_prose and line.index >= len(page.lines) - 6
    return is_last and not any("http" in other.text for other in beside)


RULE = Rule(
    code="MD005",
    name="contact-line",
    kind=Kind.CONTACT,
    scope=Scope.LINE,
    summary="A line above or below the story with an e-mail address, an account or a link and little else.",
    why="It leads to the writer or the site, not into the story.",
    risk="The address at the end of an announcement, where readers are to send something.",
    source="author boxes of the residual benchmark's development pages",
    find=lines_where(_test, lambda page: page.edges),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Contact the author at jane.doe@example.com
- Twitter: @janedoe
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- https://twitter.com/janedoe
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  [3] https://twitter.com/janedoe/status/1234567890
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
  Letters to the council about the future of the bridge can be sent until May to bridge@example.com
  "What a bridge!" wrote @janedoe
""",
        """
  The engine of the ferry was built in the town, as the council had asked for, and it has these figures:
  TORQUE: 151lb.-ft.@4000rpm
  https://example.com/ferry/engine
  @property
  def torque(self) -> int:
""",
    ),
)
