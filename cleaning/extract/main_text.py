"""The main text of a parsed page: the model's choice of blocks, trafilatura's where it is unsure, else what shows.

What a page shows nothing of and holds in its JSON-LD goes before: scripts write it into the page in a browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cleaning.extract.borrowed import read_main_text
from cleaning.extract.layout import PageLine, lay_out_blocks, lay_out_text, put_back
from cleaning.extract.marks import HIDDEN

if TYPE_CHECKING:
    from cleaning.extract.blocks import Blocks

# Under this forecast of F1, out of fold, no text is right on 6 of 7 labelled pages: walls against machines, shells of
# apps, all with less than 70 words of prose. A page with more is read in another way.
_LEAST_FORECAST = 0.25
_LEAST_PROSE_WORDS = 100
# Articles with a lower forecast are better read by trafilatura, which was made for them. Out of fold, of .6 to .95:
# 12 WCXB articles gain .2 each, while on every other kind of page the blocks win at any forecast.
_SURE_OF_ARTICLE = 0.7
# The same where the page is in a language that hardly any labelled page was in: snippet F1 .898 in place of .888.
_SURE_ELSEWHERE = 0.85
_LEARNT_LANGUAGES = ("de", "en")
# Kept blocks so likely are put back into a text by trafilatura. Out of fold 3 of 2,529 pages change, all are better.
_SURE_OF_BLOCK = 0.7
# From this probability on a page is read as an article: see ``keep_sure``, ``drop_comments``.
_ARTICLE_SCORE = 0.6
_PARAGRAPH_CHARS = 80
_SCRIPT_CHARS = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself beside its blocks.

    ``types`` are those that it gives itself, ``title`` stands in its head, ``parts`` are what it names as its content,
    ``body`` is the whole of that, as scripts may write it into the page.
    """

    types: tuple[str, ...] = ()
    title: str = ""
    parts: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text, who made it, and what the model says of the page.

    It was made of the ``blocks``, by ``trafilatura``, of all that is ``visible``, or ``declared`` by the page.
    ``sure`` are the kept blocks of running text that hardly can be wrong. ``lines``, where asked for, are those of the
    text with the blocks that were left out in their places.
    """

    text: str
    made_by: str
    kind: str | None
    kind_score: float | None
    forecast: float
    prose_words: float = 0.0
    is_latin: bool = True
    likely: tuple[float, ...] = ()
    sure: tuple[str, ...] = ()
    lines: tuple[PageLine, ...] = ()


_NOTHING = MainText("", "blocks", None, None, 0.0)


def find_main_text(
    root: Any, blocks: Blocks, page: str, said: Said, url: str | None, *, keep_dropped: bool = False
) -> MainText | None:
    """The main text of a page, from its tree and the blocks of that; None where nothing can be read."""
    from cleaning.extract.stated import is_untold

    chosen = judge_text(blocks, said, url, keep_dropped=keep_dropped) if blocks.texts else _NOTHING
    if said.body and is_untold(said.body, chosen.text, blocks):
        # The standfirst above a wall, or what a page shows of itself, stays.
        return _made_by("declared", "\n".join(filter(None, (chosen.text, said.body))), chosen, blocks)
    if not blocks.texts:
        return None
    if not chosen.text and chosen.prose_words < _LEAST_PROSE_WORDS:
        return None
    if not chosen.text or _is_unsure(chosen, root):
        other = read_main_text(page, url)
        if other:
            return _made_by("trafilatura", put_back(other, blocks, chosen.sure), chosen, blocks)
    if chosen.text:
        return chosen
    shown = visible_text(blocks)
    return _made_by("visible", shown, chosen, blocks) if shown else None


def _made_by(name: str, text: str, chosen: MainText, blocks: Blocks) -> MainText:
    """Another text in place of the chosen blocks'."""
    lines = lay_out_text(text, blocks, chosen.likely) if chosen.lines else ()
    return replace(chosen, text=text, made_by=name, lines=tuple(lines))


def _is_unsure(chosen: MainText, root: Any) -> bool:
    if chosen.kind != "article":
        return chosen.forecast < _LEAST_FORECAST
    language = (root.get("lang") or "")[:2].lower()
    is_elsewhere = language not in _LEARNT_LANGUAGES if language else not chosen.is_latin
    return chosen.forecast < (_SURE_ELSEWHERE if is_elsewhere else _SURE_OF_ARTICLE)


def judge_text(blocks: Blocks, said: Said, url: str | None, *, keep_dropped: bool = False) -> MainText:
    """The text of the blocks that the model keeps; empty where it expects too little of them."""
    import numpy as np

    from cleaning.extract import choice, gaps
    from cleaning.extract.block_features import table_of
    from cleaning.extract.judge import judge_blocks
    from cleaning.extract.next_story import drop_next_stories
    from cleaning.extract.page_model import read_model
    from cleaning.extract.render import render_blocks
    from cleaning.extract.stated import keep_stated

    table, names = table_of(blocks, said.types, url)
    prose = float(np.expm1(table[names.index("page_prose"), 0]))
    judged = judge_blocks(table, read_model())
    words = np.expm1(table[0].astype(np.float64))
    keep, forecast = choice.choose_blocks(judged.blocks, words)
    if forecast < _LEAST_FORECAST:
        keep[:] = False
    is_article = judged.kind == "article" and judged.kind_score >= _ARTICLE_SCORE
    keep = gaps.keep_sure(blocks, judged.blocks, words, keep) if is_article else keep
    keep = gaps.fill_gaps(blocks, judged.blocks, words, keep, judged.kind)
    keep = choice.drop_comments(blocks, judged.blocks, words, keep) if is_article else keep
    keep = drop_next_stories(blocks, words, keep, said.title) if is_article else keep
    by_model, keep = keep, keep_stated(blocks, judged.blocks, keep, said.parts)
    keep = choice.drop_data(blocks.texts, keep, blocks.is_code)
    keep = choice.drop_pulled(blocks, words, choice.drop_repeats(blocks, words, keep))
    likely = tuple(judged.blocks.tolist()) if keep_dropped else ()
    lines = tuple(lay_out_blocks(blocks, keep.tolist(), likely)) if keep_dropped else ()
    text = render_blocks(blocks, np.flatnonzero(keep).tolist())
    is_latin = sum(map(_is_latin, text[:_SCRIPT_CHARS])) >= sum(map(str.isalpha, text[:_SCRIPT_CHARS])) / 2
    is_sure = keep & ((judged.blocks >= _SURE_OF_BLOCK) | ~by_model)
    sure = tuple(blocks.texts[number] for number in np.flatnonzero(is_sure).tolist() if not _is_link(blocks, number))
    return MainText(text, "blocks", judged.kind, judged.kind_score, forecast, prose, is_latin, likely, sure, lines)


def _is_link(blocks: Blocks, number: int) -> bool:
    link, _, chars = blocks.chars[number]
    return 2 * link > chars


def _is_latin(character: str) -> bool:
    return character.isalpha() and character < "\u0250"


def visible_text(blocks: Blocks) -> str:
    """All that shows, of a page that has a paragraph at least: better than nothing in a language that nobody knows."""
    shown = [
        text for text, node in zip(blocks.texts, blocks.node, strict=True) if not blocks.nodes.above[node] & HIDDEN
    ]
    return "\n".join(shown) if has_paragraph(shown) else ""


def has_paragraph(lines: Iterable[str]) -> bool:
    """Is there a line as long as a paragraph at least? Scripts without blanks say it in half the letters."""
    return any(len(line) >= (_PARAGRAPH_CHARS if line.isascii() else _PARAGRAPH_CHARS // 2) for line in lines)
