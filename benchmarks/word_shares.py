"""Counts words for cleaning/link/words.py: python benchmarks/word_shares.py DATA --treebanks FOLDER.

Of each language the share of texts that have a word: the gold texts of DATA/wcxb-dev.parquet (English), pages of
DATA/trafeval-dev.parquet in other languages as this project cleans them, the samples of 74 languages in
DATA/langdup/lid.jsonl.gz, and texts of 15 sentences from treebanks of Universal Dependencies. Of each word the largest
share that any language has is stored, if it stands in three texts of it, or in two that are a tenth.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from cleaning import clean_html
from cleaning.artifacts import write_arrays
from cleaning.errors import Rejected
from cleaning.link.shingles import LEFT_OUT
from cleaning.link.words import SHARES, SHARES_VERSION, all_words, word_number

_TEXT = "# text = "
_SENTENCES, _READ_WORDS = 15, 300
_LANGUAGES = {"nb": "no", "nn": "no"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of the treebanks of docs/wordings.md")
    args = parser.parse_args()
    texts: Counter[str] = Counter()
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for source in (samples(args.data), sentences(args.treebanks), pages(args.data)):
        for language, text in source:
            texts[language] += 1
            plain = text.translate(dict.fromkeys(LEFT_OUT))
            counts[language].update({word_number(word) for word in islice(all_words(plain), _READ_WORDS)})
    shares: dict[int, float] = {}
    for language, found in counts.items():
        for word, n in found.items():
            share = n / texts[language]
            if n >= 3 or (n == 2 and share >= 0.1):
                shares[word] = max(shares.get(word, 0.0), share)
    words = sorted(shares)
    stored = np.round(np.array([shares[word] for word in words]) * 65535).astype(np.uint16)
    write_arrays(SHARES, SHARES_VERSION, {"words": np.array(words, np.uint32), "shares": stored})
    print(f"{len(words):,} words of {len(texts)} languages, {texts.total():,} texts; {SHARES.stat().st_size:,} bytes")
    return 0


def samples(data: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(data / "langdup/lid.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["set"] == "doc1k":
                yield row["lang"], row["text"]


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("UD_*/*.conllu")):
        language = path.name.partition("_")[0]
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [line.removeprefix(_TEXT) for line in lines if line.startswith(_TEXT)]
        for start in range(0, len(found) - _SENTENCES + 1, _SENTENCES):
            yield _LANGUAGES.get(language, language), " ".join(found[start : start + _SENTENCES])


def pages(data: Path) -> Iterator[tuple[str, str]]:
    for text in pq.read_table(data / "wcxb-dev.parquet", columns=["main_content"])["main_content"].to_pylist():
        if text:
            yield "en", text
    for page in pq.read_table(data / "trafeval-dev.parquet", columns=["html"])["html"].to_pylist():
        try:
            document = clean_html(page)
        except Rejected:
            continue
        if document.language not in (None, "en"):
            yield document.language, document.text


if __name__ == "__main__":
    sys.exit(main())
