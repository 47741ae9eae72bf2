"""The language of labelled texts: ours beside langdetect's and py3langid's answers, in one run.

    python benchmarks/languages.py DATA

DATA holds ``langdup/lid.jsonl.gz``: sentences, snippets of 200 characters and documents of 1,000 in 74 languages.

    all          share of right answers, mean over languages
    known        the same over the languages that langdetect knows
    wrong, sure  share of the texts whose answer is wrong and has a score of .9 or more
    CPU ms       a text
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from cleaning import language
from cleaning.language import detect_language, detect_script, sample_of
from cleaning.second_opinion import second_opinion

Answer = tuple[str | None, float]
_SETS = ("sentence", "snippet200", "doc1k")
_SURE = 0.9
_SAME = {"nb": "no", "nn": "no"}


def ours(text: str) -> Answer:
    found = detect_language(text)
    return found.code, found.score or 0.0


def langdetect(text: str) -> Answer:
    sample = sample_of(text)
    found = language._detect(sample, detect_script(sample))
    return found or (None, 0.0)


def py3langid(text: str) -> Answer:
    return second_opinion(sample_of(text))


def print_scores(name: str, ask: Callable[[str], Answer], rows: list[dict[str, Any]]) -> None:
    """A line a method: figures of each set of texts."""
    ask(rows[0]["text"])
    began = time.process_time()
    answers = [ask(row["text"]) for row in rows]
    taken = 1000 * (time.process_time() - began) / len(rows)
    shown = []
    known = language._known_to_langdetect()
    for kind in _SETS:
        right: dict[str, list[bool]] = defaultdict(list)
        wrong_and_sure = []
        for row, (code, score) in zip(rows, answers, strict=True):
            if row["set"] == kind:
                wanted = _SAME.get(row["lang"], row["lang"])
                right[wanted].append(code == wanted)
                wrong_and_sure.append(code is not None and code != wanted and score >= _SURE)
        shares = {code: sum(hits) / len(hits) for code, hits in right.items()}
        of_known = [share for code, share in shares.items() if code in known]
        everywhere, there = sum(shares.values()) / len(shares), sum(of_known) / len(of_known)
        shown.append(f"{everywhere:>8.1%}{there:>8.1%}{sum(wrong_and_sure) / len(wrong_and_sure):>8.2%}  ")
    print(f"{name:<12}{''.join(shown)}{taken:>8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data
    with gzip.open(data / "langdup" / "lid.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    print(f"{'':<12}{''.join(f'{kind:>26}' for kind in _SETS)}")
    print(f"{'':<12}{'     all   known   wrong  ' * len(_SETS)}  CPU ms")
    for method in (langdetect, py3langid, ours):
        print_scores(method.__name__, method, rows)


if __name__ == "__main__":
    main()
