"""Terms of use and privacy policies that are the text: what is furniture elsewhere is what they say.

"We use cookies to keep you signed in.", "By using the service you agree to these terms." and "If you have questions,
please contact us" stand below many a story, and in a policy they are the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.boilerplate.mentions import topic
from cleaning.boilerplate.phrases.words import fold
from cleaning.boilerplate.rule import Line, Page
from cleaning.records import Kind, Mark

# So many sentences, and of them such a share with a word of law: 221 of 378 policies, terms and guidelines (Open Terms
# Archive), and 5 renderings of 3 of 709 labelled pages, of which one is such a text and one a dialog about cookies.
_SENTENCES, _SHARE = 12, 0.5
# What such texts say in headings and items, and what in sentences only: "Share this article" is furniture.
_SAID = frozenset({Kind.COOKIE_NOTICE, Kind.CONTACT, Kind.COMMENT_PROMPT, Kind.NAVIGATION, Kind.TEMPLATE})
_SAID_IN_SENTENCES = frozenset({
    *_SAID, Kind.APP_PROMO, Kind.COPYRIGHT, Kind.NEWSLETTER, Kind.PAYWALL, Kind.RELATED_LINKS, Kind.SHARE,
})  # fmt: skip
# "Accept all", "Cookie settings": buttons, unless they are headings or items.
_LABEL_WORDS = 3
_ITEM = re.compile(r"[#*•●◦▪–-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)


def policy_lines(page: Page) -> range:
    """Indices of the lines from the first to the last sentence of a policy; empty in other texts."""
    return page.once(_policy_lines)


def _policy_lines(page: Page) -> range:
    told = [line for line in page.lines if line.is_prose or line.is_sentence]
    if len(told) < _SENTENCES:
        return range(0)
    of_law = [line.index for line in told if topic("policy").search(fold(line.text))]
    return range(of_law[0], of_law[-1] + 1) if len(of_law) >= _SHARE * len(told) else range(0)


def said_in_policy(page: Page) -> frozenset[int]:
    """Indices of those lines of a policy that are more than a label."""
    return frozenset(index for index in policy_lines(page) if _is_said(page.lines[index]))


def without_policy(page: Page, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks but those of prompts and notices on the lines of a policy."""
    said = {page.lines[index].start: page.lines[index] for index in said_in_policy(page)} if marks else {}
    return [mark for mark in marks if not _is_spared(said.get(mark.start), mark)] if said else marks


def _is_spared(line: Line | None, mark: Mark) -> bool:
    return line is not None and mark.kind in (_SAID_IN_SENTENCES if line.is_sentence else _SAID)


def _is_said(line: Line) -> bool:
    return line.is_sentence or line.n_words >= _LABEL_WORDS or _ITEM.match(line.text) is not None
