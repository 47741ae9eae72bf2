"""What keeps a document back: too many lines, or too few words of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cleaning.errors import Rejected
from cleaning.normalize.characters import normalize_text
from cleaning.quality import count_words
from cleaning.recipe import Limits, Recipe
from cleaning.records import Action, Kind, RawDocument, Reason, Rejection, Removal, Stage

PREVIEW_CHARS = 200
# So many rules are named of a text that is mostly boilerplate.
_NAMED_RULES = 3


def reject(
    raw: RawDocument,
    stage: Stage,
    reason: Reason,
    detail: str,
    source_text: str = "",
    removals: tuple[Removal, ...] = (),
) -> Rejection:
    """The rejection of a raw document, with the first characters of its text or bytes."""
    shown = source_text or raw.data[:PREVIEW_CHARS].decode("utf-8", "backslashreplace")
    return Rejection(
        id=raw.source.id,
        source=raw.source.path,
        stage=stage,
        reason=reason,
        detail=detail,
        preview=normalize_text(shown)[:PREVIEW_CHARS],
        size_bytes=raw.source.size_bytes,
        container=raw.source.container,
        media_type=raw.media_type,
        raw_sha256=raw.raw_sha256,
        source_text=source_text if removals else "",
        removals=removals,
    )


def check_lines(raw: RawDocument, text: str, limits: Limits) -> None:
    """Checks the lines of a normalised text.

    Raises:
        Rejected: there are too many, or one is too long.
    """
    if text.count("\n") >= limits.lines:
        detail = f"more than {limits.lines:,} lines; raise limits.lines in the recipe or split the file"
        raise Rejected(reject(raw, Stage.CLEAN, Reason.TOO_MANY_LINES, detail))
    longest = max(map(len, text.split("\n")))
    if longest > limits.line_chars:
        detail = f"a line of {longest:,} characters; raise limits.line_chars in the recipe or break the line"
        raise Rejected(reject(raw, Stage.CLEAN, Reason.LINE_TOO_LONG, detail))


def check_enough_left(
    raw: RawDocument, source: str, removals: tuple[Removal, ...], words: tuple[int, int], recipe: Recipe
) -> None:
    """Checks what is left of the source text. ``words``: of the source, blocks outside the main text aside; left.

    Raises:
        Rejected: it has no words, or the removals take more of them than the recipe allows.
    """
    source_words, n_words = words
    if not source_words:
        raise Rejected(reject(raw, Stage.CLEAN, Reason.NO_TEXT, "there is not one word in it", source))
    taken = _words_by_rule(removals)
    # Words that readers wrote below the text: however many they are, the text is as whole as it was.
    n_comments = sum(n for (kind, _), n in taken.items() if kind == Kind.COMMENT_PROMPT)
    own_words = max(source_words - n_comments, 1)
    removed = own_words - n_words
    if not n_words or removed / own_words > recipe.max_removed_share:
        beside = f", beside {n_comments:,} of readers' comments" if n_comments else ""
        detail = (
            f"{removed:,} of {own_words:,} words{beside} are boilerplate, most by {_most(taken)}: more than the "
            f"recipe's max_removed_share of {recipe.max_removed_share:g}; cleaning try shows the lines; look at them, "
            "or raise the share"
        )
        raise Rejected(reject(raw, Stage.CLEAN, Reason.MOSTLY_BOILERPLATE, detail, source, removals))


def _words_by_rule(removals: Iterable[Removal]) -> Counter[tuple[Kind, str]]:
    """How many words of the main text go, by kind and rule."""
    taken: Counter[tuple[Kind, str]] = Counter()
    for removal in removals:
        if removal.action != Action.FLAGGED and removal.kind != Kind.OUTSIDE_MAIN_TEXT:
            taken[removal.kind, removal.rule] += count_words(removal.text)
    return taken


def _most(taken: Counter[tuple[Kind, str]]) -> str:
    """The rules that take most words, with their number; of readers' comments only where there is nothing else."""
    own = {key: n for key, n in taken.items() if key[0] != Kind.COMMENT_PROMPT} or taken
    rules: Counter[str] = Counter()
    for (_, rule), n in own.items():
        rules[rule] += n
    return ", ".join(f"{rule} ({n:,})" for rule, n in rules.most_common(_NAMED_RULES))
