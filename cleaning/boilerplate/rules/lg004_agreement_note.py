"""LG004 agreement-note."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_that, word_set
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

# Without one of these a line agrees to nothing.
_AGREE_WORDS = word_set(
    """agree agreeing consent consenting accept acknowledge confirm understand certify authorize consents agrees
    stimme stimmst stimmen akzeptiere akzeptierst akzeptieren erkläre erklärst erklären bestätige bestätigen willige willigst willigen
    acceptez accepte acceptes reconnaissez reconnais consentez consens autorisez
    acepta acepto aceptas autorizo autorizas consiente consiento confirmo declaro
    accetto accetti accetta acconsento acconsenti acconsente dichiaro dichiari autorizzo
    concorda concordo aceita aceito declara autoriza
    akkoord accepteer accepteert instemt
    akceptuję akceptujesz wyrażam wyrażasz zgadzam zgadzasz
    godkänner samtycker accepterar godtar samtykker aksepterer accepterer
    соглашаетесь соглашаюсь принимаете даете даёте подтверждаете"""
)
_MADE = r"(?:click|submit|sign|us|regist|subscrib|continu|enter|provid|creat|proceed|join|check|select|access|log|fill|tick|download|purchas|plac|sharing|mak)"
_TO = r"(?:terms|privacy|polic(?:y|ies)|conditions|agreement|cookies?|newsletters?|e-?mails?|texts?|messages?|communications?|marketing|offers?|updates|guidelines|notice|disclaimer|data|contact(?:ed)?)"
_NOTE = re.compile(
    rf"""(?:
        (?:^|[.!?*]\s|\W{{1,4}})by\s{_MADE}\w*\b.{{0,160}}?\b(?:you|i|we|and)(?:['’]re|\s(?:are|also|hereby|will|have\sread))*\s(?:agree|consent|accept|acknowledge|confirm|understand|certify|authorize)\w*\b.{{0,200}}?\b{_TO}\b
      | \b(?:you|i|indicates\s(?:that\s)?you(?:r)?)\s(?:agree|consent|accept|acknowledge)\w*\s(?:and\s\w+\s)?(?:with|to|that\syou\shave\sread)?\s?(?:and\s\w+\s)?(?:our|the\s(?:website|site|google)|(?-i:[A-Z])[\w.]+(?:['’]s?)?)\s(?:[\w’']+\s){{0,3}}{_TO}\b
      | (?:^|[.!?]\s)(?:mit|durch|indem|ich|wenn)\b.{{0,160}}\b(?:stimm|akzeptier|erklär|bestätig|willig)\w*\b.{{0,200}}\b(?:datenschutz|nutzungsbed|agb\b|geschäftsbed|teilnahmebed|einwillig|verarbeit|newsletter)
      | (?:^|[.!?]\s)(?:en\s(?:vous\s|nous\s)?[\w’']+ant\b|je\b).{{0,160}}\b(?:accept|reconnai|consen|autoris)\w*\b.{{0,200}}\b(?:conditions|confidentialité|politique|données|newsletters?|e-?mails?)
      | (?:^|[.!?]\s)al\s\w+r(?:se|te)?\b.{{0,160}}\b(?:acept|autoriz|consien|declar|confirm)\w*\b.{{0,200}}\b(?:términos|condiciones|privacidad|política)
      | (?:^|[.!?]\s)\w+ndo(?:ti|si|vi)?\b.{{0,160}}\b(?:accett|acconsent|dichiar|autorizz)\w*\b.{{0,200}}\b(?:termini|privacy|condizioni|informativa)
      | (?:^|[.!?]\s)ao\s\w+r(?:-se)?\b.{{0,160}}\b(?:concord|aceit|declar|autoriz)\w*\b.{{0,200}}\b(?:termos|privacidade|política|condições)
      | (?:^|[.!?]\s)door\b.{{0,160}}\b(?:akkoord|accepteert?|instemt)\b.{{0,200}}(?:voorwaarden|privacy)
      | (?:^|[.!?]\s)\w+jąc\b.{{0,160}}\b(?:akceptuj|wyraża|zgadza)\w*\b.{{0,200}}\b(?:regulamin|polityk|prywatnoś|zgod|warunk)
      | (?:^|[.!?]\s)(?:genom\satt|ved\så|ved\sat)\b.{{0,160}}\b(?:godkänner|samtycker|accepterar|godtar|samtykker|aksepterer|accepterer)\b.{{0,200}}(?:villkor|integritet|personvern|vilkår|privatliv|betingelser|personuppgift)
      | (?:^|[.!?]\s)(?:нажимая|подписываясь|регистрируясь|отправляя|оставляя)\b.{{0,200}}\b(?:соглаша|принимает|да[её]те|подтвержда)\w*\b.{{0,200}}\b(?:услови|политик|обработк|правил)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_WORDS = 100


def _test(line: Line) -> str | None:
    if _AGREE_WORDS.isdisjoint(line.word_set) or line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return None
    note = _NOTE.search(line.text)
    return f"says what a reader agrees to: {note.group(0).strip()[:60]!r}" if note else None


RULE = Rule(
    code="LG004",
    name="agreement-note",
    kind=Kind.COOKIE_NOTICE,
    scope=Scope.LINE,
    summary="What a reader agrees to by signing up, clicking or reading on: terms, a privacy policy, e-mails; in eleven languages.",
    why="It belongs to a form of the page.",
    risk="A line of a contract or of a policy that is the text itself.",
    source="118 boilerplate lines of 70 sites of the residual benchmark's development pages and of public pages, one that a gold keeps",
    find=lines_that(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- By clicking Subscribe, you confirm that you have read and agree to our Terms of Use.
- By submitting your e-mail you agree to receive updates of the town.
- Sign up for news of the harbour. By entering your address, you agree to our Privacy Policy.
- Subscribing indicates your consent to our Privacy Policy, and you agree to our Terms.
- Mit der Anmeldung stimmen Sie unseren Nutzungsbedingungen zu.
- En vous inscrivant, vous acceptez nos conditions générales.
- Al suscribirte aceptas nuestra política de privacidad.
""",
        """
  By the time you agree to the terms of a sale, the price has gone up again, she said.
  By moving to the country you accept that the nearest school is an hour away.
  Read the terms of the loan before you agree to it, and ask what happens when you are late.
  Mit dem Vertrag stimmen die Länder überein, sagte der Minister am Dienstag in Berlin.
""",
    ),
    score=0.95,
)
