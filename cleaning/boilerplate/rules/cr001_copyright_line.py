"""CR001 copyright-line."""

import re

from cleaning.boilerplate.finders import lines_matching, word_set
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

_SIGN = r"(?:©|ⓒ|\(c\)|℗|&copy;)"
# A sign or the word alone is not enough: stories about copyright law open lines with the word too.
# A year, or the words that reserve rights, must stand behind it.
_NOTICE = re.compile(
    rf"""(?:
        (?:™\s*(?:&|and)\s*)? (?:(?:all\s+)?(?:text|content|contents|images?|photos?|story|article)\s+)?
        (?: {_SIGN}\s*(?:copyright|copr\.?)? | (?:copyright|copr\.)\s*{_SIGN} ) \s*
            (?: (?-i:(?=[^a-z\s]))[^.!?]{{0,60}}? (?:19|20)\d\d\b [^!?]{{0,200}}$ | (?<!\(c\))(?<!\(c\)\s)(?: (?-i:(?=[^a-z\s]))[^!?]{{1,60}}$ | [\w.-]{{2,24}}$ ) )
      | (?:copyright)\s*(?:by|of|:|,)?\s+[^.!?]{{0,60}}?(?:19|20)\d\d\b(?!\s+(?:act|law|case|ruling|bill|directive))
            (?:[,.\s]*$ | [,.\s–—-]+(?-i:[A-Z])[^!?]{{0,160}}$)
      | [^.!?]{{0,80}}?[,.|·–—-]?\s*(?:all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+réservés
            |todos\s+los\s+derechos\s+reservados|todos\s+os\s+direitos\s+reservados|tutti\s+i\s+diritti\s+riservati
            |alle\s+rechten\s+voorbehouden|wszelkie\s+prawa\s+zastrzeżone|všechna\s+práva\s+vyhrazena
            |все\s+права\s+защищены|усі\s+права\s+захищені|tüm\s+hakları\s+saklıdır|alla\s+rättigheter\s+förbehållna
            |alle\s+rettigheter\s+forbeholdt|alle\s+rettigheder\s+forbeholdes|kaikki\s+oikeudet\s+pidätetään
            |minden\s+jog\s+fenntartva|toate\s+drepturile\s+rezervate|版权所有|版權所有|無断転載を禁じます|무단\s*전재
            |جميع\s+الحقوق\s+محفوظة)(?:\s*[.!。|·;,–—-].{{0,120}})?\s*$
      | [<(\[]?[^.!?]{{0,60}}?무단\s*(?:전재|복제|배포|사용)[^.!?]{{0,60}}(?:금지|금합니다|불허)[.>)\]\s]*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_WORDS = word_set(
    """c copyright copr copy rights rechte droits derechos direitos diritti rechten prawa práva права hakları rättigheter rettigheter
    rettigheder oikeudet jog drepturile الحقوق"""
)

RULE = Rule(
    code="CR001",
    name="copyright-line",
    kind=Kind.COPYRIGHT,
    scope=Scope.LINE,
    summary="A line that says who owns the page and since when.",
    why="It repeats on every page of a publisher and tells nothing of the story.",
    risk="A caption with a dated credit on a line of its own goes too.",
    source="seeds/002_c09e1257469e2e7b.txt",
    find=lines_matching(_NOTICE, max_words=40, words=_WORDS, signs="©ⓒ℗"),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- © 2024 Newsmax. All rights reserved.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Copyright 2019 Example News. All rights reserved.
- Copyright © 2021, Example Media Group
- (c) Example Verlag, 2020. Alle Rechte vorbehalten.
- Tous droits réservés.
""",
        """
  시의회는 화요일 긴 토론 끝에 새 다리가 완공될 때까지 옛 다리를 2년 더 개방하기로 표결했다.
- <저작권자 ⓒ 강변일보, 무단 전재 및 재배포 금지>
- ⓒ 강변일보
""",
        """
  Copyright law has changed since 2019, the court said in its ruling on Thursday.
  Copyright 2019 ruling splits the court, and nobody knows what the publishers will do next.
  The author has waived all rights reserved to her under the contract, according to her lawyer.
  (c) The tenant shall pay the costs of heating
  (c) Copper and zinc are mixed
  © is the sign that the United States made optional in 1989, when it joined the convention.
""",
    ),
)
