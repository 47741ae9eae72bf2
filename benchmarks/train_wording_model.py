"""Trains wordings and kinds anew: python benchmarks/train_wording_model.py DATA --teacher FILE [--more FILE] [--treebanks FOLDER].

What a sentence encoder says of lines (--teacher, benchmarks/wording_teacher.py) is learnt beside the labels.
Learns from single lines, whatever stands around them: those of benchmarks/written_lines.tsv, the phrase lists, the lines in
DATA/residual, of the public pages (--more), and sentences of the language and story samples in DATA/langdup. Which
kind of furniture a line is, is learnt from the written lines and the phrase lists. Writes the artifacts beside the
runtime. Needs scikit-learn. What they are worth: benchmarks/held_out_lines.py.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import FOLDS, Record, path_of_fold, read_all
from cleaning.boilerplate.line_model import words
from cleaning.boilerplate.line_model.kinds import PATH as KINDS_PATH
from cleaning.boilerplate.line_model.kinds import SLOTS as KIND_SLOTS
from cleaning.boilerplate.line_model.kinds import kind_slots, write_kinds
from cleaning.boilerplate.line_model.reading import Floats, read_page
from cleaning.boilerplate.line_model.shape import character_classes
from cleaning.boilerplate.line_model.wording import MEANING_SLOTS, PATH, SLOTS, write_wordings
from cleaning.boilerplate.phrases import phrase_rows
from cleaning.records import Kind

WRITTEN = Path(__file__).with_name("written_lines.tsv")
STORY = "story"
# Lines that were written to be furniture are; a page's label says what a line was in its place, which is another
# question for headlines and names. Sentences of stories that were written to look like furniture are few, and weigh twice
# as much as it: with a weight of 1 beside 10, as before, where 2 % of the look-alikes that were held out go, 31 % of the
# furniture do, with these 39 %.
WRITTEN_WEIGHT, WRITTEN_STORY_WEIGHT, LABEL_WEIGHT = 5.0, 10.0, 0.1
LONG_LABEL_WEIGHT, LONG_WORDS = 0.03, 8  # longer lines labelled boilerplate are text that a gold left out, often
PHRASE_WEIGHT = 1.0
DECLARATION_WEIGHT = 0.5  # the same thirty articles in each language
_PARAGRAPH = re.compile(r"<(?:p|h[1-3])>([^<]+)</")
# Added to the bias: log odds mean about what they meant with the weights of version 4, for which the thresholds were
# chosen. Where 2 % of the look-alikes go they were 4.33, and are 3.44 without it; the rest is what sentences gain.
OFFSET = 0.7
STRENGTH = 1.0  # inverse of the penalty
MOST_CHARS, LEAST_SENTENCE_CHARS, LEAST_TREEBANK_CHARS = 400, 25, 12
_TEXT = "# text = "
# Kinds of written lines as kinds of removals. All others are notes, credits and captions: what becomes metadata
# takes a rule that can read it.
KINDS = {
    **{
        name: Kind(name)
        for name in ["advertisement", "app_promo", "author_bio", "comment_prompt", "contact", "cookie_notice"]
    },
    **{
        name: Kind(name)
        for name in ["media_player", "navigation", "newsletter", "paywall", "related_links", "share", "sponsored"]
    },
    "company_cta": Kind.ADVERTISEMENT,
    "events": Kind.ADVERTISEMENT,
    "shop": Kind.ADVERTISEMENT,
    "reader_comment": Kind.COMMENT_PROMPT,
    "table_of_contents": Kind.NAVIGATION,
    "support": Kind.PAYWALL,
    "follow_us": Kind.SHARE,
}
# Inverse of the penalty. Of the held-out lines 71 % get half of the probability or more, of which 79 % are right; with
# 1 they are 83 and 73 %, with .1 57 and 82 %.
KIND_STRENGTH = 0.3
# Of .1, .3 and 1 the weights agree best with the teacher on lines of other sites (.84) at .3.
MEANING_PENALTY = 0.3
LEAST_MET = 8  # lines that a known word stands in: with three, words of other languages are known, too
_ITEM = re.compile(r"[•*+\-–—|#>]")  # an item of a menu says nothing by itself
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z\"“„«])|(?<=[。！？।؟])\s*")
_PART = 4_000  # lines that are read at a time


Fit = Callable[[Sequence["Example"]], tuple[Floats, float]]


class Example(NamedTuple):
    """A line, whether it is boilerplate, what it weighs and its fold."""

    text: str
    is_boilerplate: bool
    weight: float
    fold: int


def written(path: Path = WRITTEN) -> list[tuple[str, str]]:
    """(kind, line) of each row of a file of written lines."""
    return [(kind, line) for _, kind, line in written_by_language(path)]


def written_by_language(path: Path = WRITTEN) -> Iterator[tuple[str, str, str]]:
    """(language, kind, line) of each row; a comment of one word names the language of the rows below, English comes first."""
    language = "English"
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            language = row[2:] if " " not in row[2:] else language
        elif row:
            kind, line = row.split("\t")
            yield language, kind, line


def labelled(records: Sequence[Record]) -> Iterator[Example]:
    """The counted lines of the records, each once a page."""
    seen: set[tuple[str, str]] = set()
    for record in records:
        for line, label in zip(record.lines, record.labels, strict=True):
            if label not in "bc" or len(line) > MOST_CHARS or (record.page, line) in seen:
                continue
            seen.add((record.page, line))
            if label == "c":
                yield Example(line, False, 1.0, record.fold)
            elif not record.is_partial and not _ITEM.match(line):
                long = len(line.split()) > LONG_WORDS
                yield Example(line, True, LONG_LABEL_WEIGHT if long else LABEL_WEIGHT, record.fold)


def sentences(folder: Path) -> Iterator[Example]:
    """Sentences of the samples for languages and stories, each once."""
    texts: list[str] = []
    for name in ("stories.jsonl.gz", "lid.jsonl.gz"):
        with gzip.open(folder / "langdup" / name, "rt", encoding="utf-8") as file:
            texts += [row["text"] for row in map(json.loads, file) if row.get("set", "doc1k") == "doc1k"]
    parts = (
        part.strip()[:MOST_CHARS] for text in texts for line in text.split("\n") for part in _SENTENCES.split(line)
    )
    for part in dict.fromkeys(part for part in parts if len(part) >= LEAST_SENTENCE_CHARS):
        yield Example(part, False, 1.0, fold_of(part))


def treebank_sentences(folder: Path) -> Iterator[Example]:
    """Sentences of the smaller parts of treebanks of Universal Dependencies, folders in ``folder``, each once.

    Without them there are eight documents of each language but English and German that are no furniture.
    """
    files = sorted(path for part in ("dev", "test") for path in folder.glob(f"UD_*/*-ud-{part}.conllu"))
    rows = (row for path in files for row in path.read_text(encoding="utf-8").splitlines() if row.startswith(_TEXT))
    for text in dict.fromkeys(row[len(_TEXT) :].strip() for row in rows):
        if LEAST_TREEBANK_CHARS <= len(text) <= MOST_CHARS:
            yield Example(text, False, 1.0, fold_of(text))


def declaration_sentences(folder: Path) -> Iterator[Example]:
    """Paragraphs of the translations of the Universal Declaration of Human Rights, one page a language, each once.

    Of most languages nothing else is there that is no furniture.
    """
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.html")):
        for text in _PARAGRAPH.findall(path.read_text(encoding="utf-8")):
            line = " ".join(unescape(text).split())
            if LEAST_TREEBANK_CHARS <= len(line) <= MOST_CHARS:
                found[line] = None
    for line in found:
        yield Example(line, False, DECLARATION_WEIGHT, fold_of(line))


def phrases() -> list[tuple[Kind, str]]:
    """Kind and text of the rows of the phrase lists that are prompts; a gap becomes a space."""
    known = set(KINDS.values())
    return [(row.kind, " ".join(row.phrase.replace("…", " ").split())) for row in phrase_rows() if row.kind in known]


def fold_of(line: str) -> int:
    """The fold of a line that belongs to no site."""
    return crc32(line.encode()) % FOLDS


def grams_of(lines: Sequence[str]) -> Iterator[tuple[words.Grams, int]]:
    """The n-grams of the lines, and of how many lines, part by part."""
    table = character_classes()
    for start in range(0, len(lines), _PART):
        page, _ = read_page(lines[start : start + _PART], table)
        yield words.find_grams(page, words.chain_hashes(page.hashes, words.PHRASE_TOKENS)), page.count


def matrix_of(lines: Sequence[str], slots: int = SLOTS) -> Any:
    """Sparse matrix (lines, slots) of counts."""
    from scipy.sparse import csr_matrix, vstack

    parts = [
        csr_matrix((np.ones(grams.lines.size, np.float32), (grams.lines, grams.slots(slots))), shape=(count, slots))
        for grams, count in grams_of(lines)
    ]
    return vstack(parts, format="csr")


def read_teacher(path: Path, without: int | None = None) -> tuple[list[str], Floats]:
    """Lines and log odds of benchmarks/wording_teacher.py, those of one fold left out."""
    arrays = np.load(path)
    kept = arrays["folds"] != (-1 if without is None else without)
    return arrays["lines"][kept].tolist(), arrays["odds"][kept].astype(np.float64)


def fit_meaning(lines: Sequence[str], odds: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Weights (MEANING_SLOTS,) whose sum over the root of their number is a line's odds, and the words that are known.

    There is no bias: a line of unknown words says nothing.
    """
    from scipy.sparse import diags
    from sklearn.linear_model import Ridge

    counts = matrix_of(lines, MEANING_SLOTS)
    size = np.sqrt(np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1))
    model = Ridge(alpha=MEANING_PENALTY, solver="lsqr", max_iter=80, fit_intercept=False)
    model.fit((diags(1 / size) @ counts).tocsr(), odds)
    met = np.zeros(SLOTS, dtype=np.int64)
    for grams, _ in grams_of(lines):
        slot = grams.slots(SLOTS)[: grams.words]
        once_a_line = np.unique(grams.lines[: grams.words] * SLOTS + slot)
        met += np.bincount(once_a_line % SLOTS, minlength=SLOTS)
    return model.coef_, met >= LEAST_MET


def fit_meaning_without(job: tuple[Path, int]) -> tuple[Floats, NDArray[np.bool_]]:
    """``fit_meaning`` from what the teacher said of the lines of all folds but one."""
    return fit_meaning(*read_teacher(*job))


def fit(examples: Sequence[Example]) -> tuple[Floats, float]:
    """Weights and bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    target = [example.is_boilerplate for example in examples]
    model.fit(matrix_of([e.text for e in examples]), target, sample_weight=[e.weight for e in examples])
    return model.coef_[0], float(model.intercept_[0]) + OFFSET


def fit_kinds() -> tuple[list[str], Floats, Floats]:
    """Names, weights (names, slots) and bias of the kinds."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [(KINDS.get(kind, Kind.TEMPLATE), line) for kind, line in written() if kind != STORY]
    rows += phrases()
    line, slot = kind_slots([text for _, text in rows], character_classes())
    counts = csr_matrix((np.ones(line.size, np.float32), (line, slot)), shape=(len(rows), KIND_SLOTS))
    model = LogisticRegression(C=KIND_STRENGTH, max_iter=300).fit(counts, [str(kind) for kind, _ in rows])
    return [str(name) for name in model.classes_], model.coef_, model.intercept_


def fit_folds(fit: Fit, examples: Sequence[Example]) -> list[tuple[Floats, float]]:
    """Weights and bias for each fold, from the examples of the others; two at a time."""
    others = ([example for example in examples if example.fold != fold] for fold in range(FOLDS))
    with ProcessPoolExecutor(2) as pool:
        return [*pool.map(fit, others)]


def main(argv: Sequence[str] | None = None) -> int:
    """Trains, writes the artifacts and with --models those of the folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--teacher", type=Path, required=True, help="what benchmarks/wording_teacher.py wrote")
    parser.add_argument("--more", type=Path, help="further labelled lines, of benchmarks/public_lines.py")
    parser.add_argument("--treebanks", type=Path, help="folder of the treebanks that docs/wordings.md names")
    parser.add_argument("--declarations", type=Path, help="folder of pages, one a language, of one declaration")
    parser.add_argument("--output", type=Path, default=PATH, help="where the artifact goes")
    parser.add_argument(
        "--models", type=Path, help="also write the wordings of the folds here, for benchmarks/unseen.py"
    )
    args = parser.parse_args(argv)
    records = read_all(args.data, args.more)
    examples = [*labelled(records), *sentences(args.data)]
    examples += [
        Example(line, kind != STORY, WRITTEN_STORY_WEIGHT if kind == STORY else WRITTEN_WEIGHT, fold_of(line))
        for kind, line in written()
    ]
    examples += [Example(phrase, True, PHRASE_WEIGHT, fold_of(phrase)) for _, phrase in phrases()]
    if args.treebanks:
        examples += treebank_sentences(args.treebanks)
    if args.declarations:
        examples += declaration_sentences(args.declarations)
    print(f"{len(examples):,} lines, {sum(e.is_boilerplate for e in examples):,} of them boilerplate")
    write_wordings(*fit(examples), *fit_meaning(*read_teacher(args.teacher)), args.output)
    write_kinds(*fit_kinds(), args.output.with_name(KINDS_PATH.name))
    if args.models:
        with ProcessPoolExecutor(2) as pool:
            meanings = [*pool.map(fit_meaning_without, [(args.teacher, fold) for fold in range(FOLDS)])]
        for fold, (fitted, meaning) in enumerate(zip(fit_folds(fit, examples), meanings, strict=True)):
            write_wordings(*fitted, *meaning, path_of_fold(args.models, fold, PATH.name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
