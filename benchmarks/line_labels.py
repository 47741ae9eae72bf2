"""Labels the lines of a rendered page against its gold text: c content, b boilerplate, u neither for sure.

The method of ``residual/README.md`` (step 1): word 3-grams of a line are looked up in the gold text, and the heaviest chain of
lines that agree in page order and gold order is content. On every seventh record of the residual lines (`python
benchmarks/line_labels.py DATA`) 98.8 % of its c and 98.1 % of its b get the same letter, .6 % and .1 % the other one.
"""

import gzip
import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CONTENT, BOILERPLATE, UNSURE, METADATA = "c", "b", "u", "m"
CONTENT_SHARE, UNSURE_SHARE = 0.6, 0.2  # share of a line's words that stand in the gold text
GRAM = 3
SHORT_WORDS = 6  # lines of so many words are looked up between their neighbours
NEAR, FAR = 3, 40  # lines to content on one side, or on both
_DRIFT = 3  # words that may be missing in the gold text inside a line
_MOST_PLACES = 20  # of one 3-gram; more are a refrain
_SEGMENT_WORDS = 4_000
# A word is a run of letters and digits; of scripts written without spaces each character is one.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Lower-case words.

    >>> words_of("It's 5 p.m. 東京")
    ('it', 's', '5', 'p', 'm', '東', '京')
    """
    return tuple(_WORD.findall(text.lower()))


class GoldText:
    """The words of a gold text and where each 3-gram stands."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        by_line = [words_of(paragraph) for paragraph in paragraphs]
        self.lines = set(by_line)
        self.words = [word for line in by_line for word in line]
        self.places: dict[Words, list[int]] = defaultdict(list)
        for start, gram in enumerate(grams(self.words)):
            self.places[gram].append(start)

    def share_in(self, words: Sequence[str]) -> float:
        """Share of the gold text's 3-grams that stand in other words."""
        there = set(grams(words))
        return sum(gram in there for gram in grams(self.words)) / max(len(self.words) - GRAM + 1, 1)


@dataclass(frozen=True, slots=True)
class Match:
    """A line that agrees with a stretch of the gold text: how many of its words, and which share of them."""

    line: int
    start: int
    end: int
    weight: int
    share: float


def grams(words: Sequence[str]) -> Iterator[Words]:
    """All 3-grams, in order."""
    return zip(words, words[1:], words[2:], strict=False)


def _matches_of(line: int, words: Words, gold: GoldText) -> tuple[list[Match], float]:
    """Where a line agrees with the gold text, and the share of its words that stand anywhere in it."""
    found = [(k, place) for k, gram in enumerate(grams(words)) for place in gold.places.get(gram, ())[:_MOST_PLACES]]
    if not found:
        return [], 0.0
    anywhere = {k + n for k, _ in found for n in range(GRAM)}
    offsets = Counter(place - k for k, place in found).most_common(3)
    matches = []
    for offset, _ in offsets:
        near = [(k, place) for k, place in found if abs(place - k - offset) <= _DRIFT]
        covered = {k + n for k, _ in near for n in range(GRAM)}
        share = len(covered) / len(words)
        if share > UNSURE_SHARE:
            start, end = min(place for _, place in near), max(place for _, place in near) + GRAM
            matches.append(Match(line, start, end, len(covered), share))
    share = len(anywhere) / len(words)
    best = max((match.share for match in matches), default=0.0)
    if share > max(CONTENT_SHARE, best + 0.15):  # a sentence with words left out or put in
        start = max(offsets[0][0], 0)
        matches.append(Match(line, start, start + len(words), len(anywhere), share))
    return matches, share


def heaviest_chain(matches: Sequence[Match], size: int) -> dict[int, Match]:
    """The matches, at most one a line, whose starts never go back in a gold text of `size` words and that weigh most."""
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 2)  # Fenwick tree of the highest weight up to a start
    total, before = [0] * len(matches), [-1] * len(matches)
    order = sorted(range(len(matches)), key=lambda n: (matches[n].line, -matches[n].start))
    for n in order:
        best, place = (0, -1), matches[n].start + 1
        while place > 0:
            best = max(best, tree[place])
            place -= place & -place
        while best[1] >= 0 and matches[best[1]].line == matches[n].line:
            best = (total[before[best[1]]] if before[best[1]] >= 0 else 0, before[best[1]])
        total[n], before[n] = best[0] + matches[n].weight, best[1]
        place = matches[n].start + 1
        while place < len(tree):
            tree[place] = max(tree[place], (total[n], n))
            place += place & -place
    chain: dict[int, Match] = {}
    last = max(range(len(matches)), key=lambda n: total[n], default=-1)
    while last >= 0:
        chain[matches[last].line] = matches[last]
        last = before[last]
    return chain


def label_lines(lines: Sequence[str], gold: GoldText) -> list[str]:
    """A letter a line.

    >>> story = "The council voted on Tuesday to close the bridge for repairs until the spring of next year."
    >>> label_lines(["Home", story, "Subscribe to our newsletter today"], GoldText([story]))
    ['b', 'c', 'b']
    """
    words = [words_of(line) for line in lines]
    found = [_matches_of(number, line, gold) for number, line in enumerate(words)]
    chain = heaviest_chain([match for matches, _ in found for match in matches], len(gold.words))
    labels = []
    for number, (_, share) in enumerate(found):
        sure = number in chain and chain[number].share >= CONTENT_SHARE
        labels.append(CONTENT if sure else UNSURE if share >= UNSURE_SHARE or not words[number] else BOILERPLATE)
    numbers = sorted(chain)
    for number, line in enumerate(words):
        if labels[number] != CONTENT and 0 < len(line) <= SHORT_WORDS:
            if _is_between(number, line, numbers, chain, gold):
                labels[number] = CONTENT
            elif line in gold.lines:
                labels[number] = UNSURE
    return labels


def _is_between(number: int, line: Words, numbers: list[int], chain: dict[int, Match], gold: GoldText) -> bool:
    """Does a short line stand in the gold text between what the lines around it agree with?"""
    low, high = bisect_left(numbers, number) - 1, bisect_right(numbers, number)
    above = number - numbers[low] if low >= 0 else sys.maxsize
    below = numbers[high] - number if high < len(numbers) else sys.maxsize
    if min(above, below) > NEAR and max(above, below) > FAR:
        return False
    start = max(chain[numbers[low]].end - 1, 0) if low >= 0 else 0
    end = chain[numbers[high]].start + 1 if high < len(numbers) else len(gold.words)
    part = gold.words[start:end]
    return len(part) < _SEGMENT_WORDS and any(
        tuple(part[k : k + len(line)]) == line for k in range(len(part) - len(line) + 1)
    )


def agreement(folder: Path, step: int = 7) -> Counter[tuple[str, str]]:
    """(label of the data, label from here) of the lines of every seventh record, and how many."""
    from pyarrow.parquet import read_table

    pages = read_table(folder / "wcxb-dev.parquet", columns=["id", "main_content"]).to_pylist()
    golds = {f"dev-{page['id']}": page["main_content"] for page in pages}
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(folder / "residual" / "dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        for number, row in enumerate(map(json.loads, handle)):
            if number % step == 0:
                gold = GoldText(golds[row["id"]].split("\n"))
                counts.update(zip(row["labels"], label_lines(row["lines"], gold), strict=True))
    return counts


def main() -> int:
    """Prints how the letters agree with those of the residual lines."""
    counts = agreement(Path(sys.argv[1]))
    for label in "cbmu":
        total = sum(counts[label, mine] for mine in "cbu")
        print(label, total, {mine: f"{100 * counts[label, mine] / total:.2f} %" for mine in "cbu"})
    return 0


if __name__ == "__main__":
    sys.exit(main())
