"""CR005 rights-sentence."""

import re

from cleaning.boilerplate.finders import lines_matching, word_set
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

_SENTENCE = re.compile(
    r"""(?:
        (?:this|the|all|any|our)?\s*(?:material|content|contents|article|story|text|website|site|information)s?\b[^.!?]{0,80}?
            (?:may|must|can)\s*not\s+be\s+(?:published|reproduced|copied|redistributed|republished|used|broadcast|rewritten|duplicated)\b
      | (?![^\n]{0,300},\s(?:\S+\s){0,4}(?:said|says|ruled|told|added|wrote)\b)
        (?:this|the|our|all)\s+(?:article|content|material|story|post|report|text|work)s?\s+(?:may|can)\s+be\s+(?:freely\s+)?
            (?:reproduced|republished|reprinted|redistributed|reposted)\b[^.!?]{0,120}
            \b(?:attribution|permission|credit(?:ed)?|link(?:ed|s)?|acknowledg\w+|unchanged|without\s+charge)\b
      | no\s+part\s+of\s+this\s+(?:\w+\s+)?(?:site|website|page|publication|article|work|material|story|text)\s+may\s+be\b
      | (?:unauthorized|unauthorised)\s+(?:use|reproduction|copying|distribution)\b[^.!?]{0,120}(?:prohibited|forbidden)
      | (?:reproduction|republication|redistribution)\b[^.!?]{0,120}(?:prohibited|forbidden|without\s+(?:written\s+|prior\s+|express\s+)*permission)
      | (?:die\s+)?(?:vervielfältigung|weiterverbreitung|nachdruck)\b[^.!?]{0,120}(?:untersagt|verboten|nicht\s+gestattet|genehmigung)
      | toute\s+reproduction\b[^.!?]{0,120}interdite | (?:queda\s+)?prohibida\s+(?:su|la|toda)\s+reproducción
      | (?:é\s+)?(?:proibida|vedada)\s+a\s+reprodução | (?:é\s+)?vietata\s+la\s+riproduzione
      | перепечатка\b[^.!?]{0,120}(?:запрещена|разрешена|только|с\s+согласия) | 未经[^。]{0,20}(?:授权|许可|同意)[^。]{0,30}不得转载
    )[^\n]{0,300}$""",
    re.IGNORECASE | re.VERBOSE,
)

_WORDS = word_set(
    """be part unauthorized unauthorised reproduction republication redistribution vervielfältigung weiterverbreitung nachdruck toute
    prohibida proibida vedada vietata перепечатка"""
)

RULE = Rule(
    code="CR005",
    name="rights-sentence",
    kind=Kind.COPYRIGHT,
    scope=Scope.LINE,
    summary="A sentence that forbids to copy or republish the text, or says how it may be.",
    why="It stands on every page of the publisher.",
    risk="A one-line paragraph of a story that quotes such a ban.",
    source="phrases 'may not be reproduced' and 'No part of this' of the phrase list",
    find=lines_matching(_SENTENCE, max_words=60, words=_WORDS),
    examples=(
        """
  The vote is expected in the first week of May, two people close to the talks said.
- This material may not be published, broadcast, rewritten or redistributed.
- Unauthorized reproduction of this text in any form is prohibited.
- This article may be freely reproduced in full or in part with attribution and a link to the original.
""",
        """
  Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zwei weitere Jahre offen zu halten.
- Nachdruck, auch auszugsweise, nur mit Genehmigung des Verlags.
""",
        """
  The material that the bridge is made of may not be what the engineers had been promised in 1898.
  Reproduction of the fish has come to a halt since the flood, and nobody knows what to do about it.
""",
    ),
)
