"""Furniture removed from dressed articles, and what it costs the story, for us and for what else is used.

    python benchmarks/dressed.py DATA [--count N] [--lines own|pages] [--model off|default] [--misses] [--losses]

Real articles of many languages, dressed with furniture lines (see ``dressed_text.py``). A line of furniture counts as
removed when no word of it is left; one that is glued to a paragraph when the paragraph is left as it was.

    removed    furniture lines removed / furniture lines
    c_lost     lines of the story of which a word went / lines of the story
    w_lost     words of the story that went / words of the story
    dev        the half of the wordings that rules were tuned on; held-out is the other one
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.dressed_text import Dressed, Row, dress, read_page_lines, read_wordings
from benchmarks.lines import Keep, c4, justext_lines, phrase_list, refined_web
from cleaning.boilerplate import find_removals
from cleaning.normalize.characters import normalize_text
from cleaning.recipe import Recipe
from cleaning.records import Action

# What is left of each line of an article.
Left = Callable[[Dressed], list[str]]
_WORD = re.compile(r"\w+")


@dataclass
class Count:
    """Counts over some articles."""

    furniture: int = 0
    removed: int = 0
    lines: int = 0
    hurt_lines: int = 0
    words: int = 0
    lost_words: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)

    def add(self, row: Row, left: str) -> None:
        if row.kind:
            is_gone = left.strip() == row.story.strip() if row.story else not _WORD.search(left)
            self.furniture += 1
            self.removed += is_gone
            if not is_gone:
                self.missed[f"{row.kind}: {row.text if not row.story else row.text[:60] + ' … ' + row.text[-60:]}"] += 1
        if row.story:
            words, kept = Counter(_WORD.findall(row.story)), Counter(_WORD.findall(left))
            lost = (words - kept).total()
            self.lines += 1
            self.hurt_lines += bool(lost)
            self.words += words.total()
            self.lost_words += lost
            if lost:
                self.losses.append(f"{row.text[:200]!r} -> {left[:120]!r}")

    def shown(self) -> str:
        shares = (
            100 * self.removed / max(1, self.furniture),
            100 * self.hurt_lines / max(1, self.lines),
            100 * self.lost_words / max(1, self.words),
        )
        return f"{self.furniture:>9}" + "".join(f"{share:>10.2f}" for share in shares)


def ours(recipe: Recipe) -> Left:
    """What our engine leaves of each line."""

    def left(article: Dressed) -> list[str]:
        text = article.separator.join(row.text for row in article.rows)
        keep = bytearray(b"\x01") * len(text)
        for removal in find_removals(text, recipe):
            if removal.action != Action.FLAGGED:
                keep[removal.start : removal.end] = bytes(removal.end - removal.start)
        found, start = [], 0
        for row in article.rows:
            found.append("".join(c for c, kept in zip(row.text, keep[start:], strict=False) if kept))
            start += len(row.text) + len(article.separator)
        return found

    return left


def peer(keep: Keep) -> Left:
    """What a method that keeps or drops lines leaves."""

    def left(article: Dressed) -> list[str]:
        lines = [row.text for row in article.rows]
        return [line if kept else "" for line, kept in zip(lines, keep(lines), strict=True)]

    return left


def measure(articles: Sequence[Dressed], left: Left) -> dict[tuple[str, str, str], Count]:
    """Counts by half, language and kind; the kind of the story is empty."""
    counts: dict[tuple[str, str, str], Count] = defaultdict(Count)
    for article in articles:
        for row, rest in zip(article.rows, left(article), strict=True):
            counts[article.half, article.language, row.kind or ""].add(row, rest)
    return counts


def total(counts: dict[tuple[str, str, str], Count], half: str, language: str = "", kind: str = "") -> Count:
    """The sum over what fits."""
    result = Count()
    for (of_half, of_language, of_kind), count in counts.items():
        if half == of_half and language in ("", of_language) and kind in ("", of_kind):
            for name in ("furniture", "removed", "lines", "hurt_lines", "words", "lost_words", "missed"):
                setattr(result, name, getattr(result, name) + getattr(count, name))
            result.losses += count.losses
    return result


def normalized(article: Dressed) -> Dressed:
    """The article as the engine gets it: each line in normal form, none empty."""
    rows = tuple(Row(normalize_text(row.text), normalize_text(row.story), row.kind) for row in article.rows)
    return Dressed(article.language, article.half, tuple(row for row in rows if row.text), article.separator)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=16, help="articles a half and language")
    parser.add_argument("--lines", default="own", choices=["own", "pages"], help="own wordings, or lines of pages")
    parser.add_argument("--model", default="default", choices=["off", "conservative", "default", "aggressive"])
    parser.add_argument("--misses", action="store_true", help="list what we missed on the dev half")
    parser.add_argument("--losses", action="store_true", help="list what of the story we cut, on the dev half")
    options = parser.parse_args()
    wordings = read_wordings() if options.lines == "own" else read_page_lines(options.data)
    articles = [normalized(article) for article in dress(options.data, wordings, options.count)]
    print(f"{len(articles)} articles; {'':<27}{'lines':>9}{'removed':>10}{'c_lost':>10}{'w_lost':>10}")
    found = measure(articles, ours(Recipe(line_model=options.model)))
    languages, kinds = sorted({key[1] for key in found}), sorted({key[2] for key in found} - {""})
    for half in ("dev", "held-out"):
        for language in languages:
            print(f"{'ours':<16}{half:<10}{language:<18}{total(found, half, language).shown()}")
        for kind in kinds:
            print(f"{'ours':<16}{half:<10}{kind:<18}{total(found, half, kind=kind).shown()}")
    peers: dict[str, Left] = {"ours": ours(Recipe(line_model=options.model))}
    if not (options.misses or options.losses):
        table = phrase_list(options.data.parent / "phrases" / "trigger_phrases.csv")
        methods = {"C4 line rules": c4, "RefinedWeb": refined_web, "jusText": justext_lines, "phrase list": table}
        peers.update({name: peer(keep) for name, keep in methods.items()})
    for name, left in peers.items():
        counts = found if name == "ours" else measure(articles, left)
        for half in ("dev", "held-out"):
            print(f"{name:<16}{half:<10}{'all':<18}{total(counts, half).shown()}")
    dev = total(found, "dev")
    if options.misses:
        print("\n".join(f"{n:>3} {line}" for line, n in sorted(dev.missed.items())))
    if options.losses:
        print("\n".join(dev.losses))


if __name__ == "__main__":
    main()
