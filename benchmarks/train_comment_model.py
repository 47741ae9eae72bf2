"""Trains the words of readers' comments anew: python benchmarks/train_comment_model.py DATA --blogs FOLDER [--more FILE].

Comments are those of benchmarks/written_comments.tsv and of three blogs that keep the comments of their readers beside
their posts, clones in FOLDER (docs/wordings.md names them). Stories are the posts of these blogs, the lines labelled
content in DATA/residual and of the public pages (--more), sentences of the samples in DATA/langdup and of treebanks
(--treebanks), and what benchmarks/written_lines.tsv calls a story. Writes the artifact beside the runtime. Needs
scikit-learn and PyYAML.
"""

import argparse
import html
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import Record, path_of_fold, read_all
from benchmarks.train_wording_model import Example, fit_folds, fold_of, sentences, treebank_sentences, written
from cleaning.boilerplate.line_model import words
from cleaning.boilerplate.line_model.comments import PATH, SLOTS, write_comments
from cleaning.boilerplate.line_model.reading import Floats, read_page
from cleaning.boilerplate.line_model.shape import character_classes

WRITTEN = Path(__file__).with_name("written_comments.tsv")
# Folders of comments and of posts.
BLOGS = (
    ("haacked.com/_data/comments", "haacked.com/_posts"),
    ("made-mistakes-jekyll/src/_data/comments", "made-mistakes-jekyll/src/_posts"),
    ("willymcallister.github.io/_data/comments", "willymcallister.github.io/_articles"),
)
# What each source weighs all in all, and how many of its lines are read at most: comments as much as stories.
WEIGHTS = {"blog comments": 1.0, "written comments": 0.6, "posts": 0.2, "labelled": 0.6, "sentences": 0.3}
WEIGHTS |= {"treebanks": 0.3, "written stories": 0.2}
MOST_LINES = {"blog comments": 40_000, "posts": 30_000, "treebanks": 40_000, "sentences": 40_000}
STRENGTH = 3.0  # inverse of the penalty
LENGTHS = range(15, 2_000)  # characters of a line that is learnt from
_PART = 4_000  # lines that are read at a time
_MARKUP = re.compile(r"(?is)<(pre|code)[^>]*>.*?</\1>|```.*?```|\{%.*?%\}")
_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:p|li|div|blockquote|h\d)>")
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_HEAD = re.compile(r"(?s)^---.*?\n---\n")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def written_comments(path: Path = WRITTEN) -> Iterator[str]:
    """The paragraphs of the comments of a file."""
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            yield from row.split("\t")[1].split(" ¶ ")


def blog_comments(folder: Path) -> Iterator[str]:
    """The lines of the comments that files of a folder hold."""
    import yaml

    for path in sorted(folder.rglob("*.yml")):
        try:
            fields = yaml.load(path.read_text(encoding="utf-8", errors="replace"), Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            continue
        if isinstance(fields, dict):
            text = _BREAK.sub("\n", _MARKUP.sub(" ", str(fields.get("message") or "")))
            yield from (" ".join(line.split()) for line in html.unescape(_TAG.sub("", text)).split("\n"))


def posts(folder: Path) -> Iterator[str]:
    """The paragraphs of the posts of a folder."""
    for path in sorted(folder.rglob("*.m*d*")):
        text = _MARKUP.sub("", _HEAD.sub("", path.read_text(encoding="utf-8", errors="replace")))
        for paragraph in _PARAGRAPHS.split(html.unescape(_TAG.sub("", _LINK.sub(r"\1", text)))):
            yield " ".join(paragraph.split()).strip(" #*>-")


def content(records: Sequence[Record]) -> Iterator[Example]:
    """The lines labelled content, each once."""
    lines = {
        line: record.fold
        for record in records
        for line, label in zip(record.lines, record.labels, strict=True)
        if label == "c"
    }
    return (Example(line, False, 1.0, fold) for line, fold in lines.items())


def read_examples(
    data: Path, blogs: Path, more: Path | None, treebanks: Path | None
) -> tuple[list[Example], dict[str, int]]:
    """Weighted lines, and how many of each source; of readers' comments "boilerplate" is said."""
    sources: dict[str, list[Example]] = {
        "blog comments": _examples((line for part, _ in BLOGS for line in blog_comments(blogs / part)), True),
        "written comments": _examples(written_comments(), True),
        "posts": _examples((line for _, part in BLOGS for line in posts(blogs / part)), False),
        "labelled": [*content(read_all(data, more))],
        "sentences": [*sentences(data)],
        "treebanks": [*treebank_sentences(treebanks)] if treebanks else [],
        "written stories": _examples((line for kind, line in written() if kind == "story"), False),
    }
    order = np.random.default_rng(0)
    result, counts = [], {}
    for name, examples in sources.items():
        kept = [example for example in examples if len(example.text) in LENGTHS]
        most = MOST_LINES.get(name, len(kept))
        if len(kept) > most:
            kept = [kept[index] for index in sorted(order.choice(len(kept), most, replace=False))]
        weight = WEIGHTS[name] * 50_000 / max(len(kept), 1)
        result += [example._replace(weight=weight) for example in kept]
        counts[name] = len(kept)
    return result, counts


def _examples(lines: Iterator[str], is_comment: bool) -> list[Example]:
    return [Example(line, is_comment, 1.0, fold_of(line)) for line in dict.fromkeys(lines)]


def matrix_of(lines: Sequence[str]) -> Any:
    """Sparse matrix (lines, SLOTS) of words and pairs, each row over the root of their number."""
    from scipy.sparse import csr_matrix, vstack

    parts, table = [], character_classes()
    for start in range(0, len(lines), _PART):
        page, _ = read_page(lines[start : start + _PART], table)
        grams = words.find_grams(page, words.chain_hashes(page.hashes, words.PHRASE_TOKENS))
        line, slot = grams.lines[: grams.bag], grams.slots(SLOTS)[: grams.bag]
        size = 1 / np.sqrt(np.maximum(np.bincount(line, minlength=page.count), 1))
        parts.append(csr_matrix((size[line].astype(np.float32), (line, slot)), shape=(page.count, SLOTS)))
    return vstack(parts, format="csr")


def fit(examples: Sequence[Example]) -> tuple[Floats, float]:
    """Weights and bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    target = [example.is_boilerplate for example in examples]
    model.fit(matrix_of([e.text for e in examples]), target, sample_weight=[e.weight for e in examples])
    return model.coef_[0], float(model.intercept_[0])


def main(argv: Sequence[str] | None = None) -> int:
    """Trains and writes the artifact."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--blogs", type=Path, required=True, help="folder of the clones that docs/wordings.md names")
    parser.add_argument("--more", type=Path, help="further labelled lines, of benchmarks/public_lines.py")
    parser.add_argument("--treebanks", type=Path, help="folder of the treebanks that docs/wordings.md names")
    parser.add_argument("--output", type=Path, default=PATH, help="where the artifact goes")
    parser.add_argument("--models", type=Path, help="also write the words of the folds here, for benchmarks/unseen.py")
    args = parser.parse_args(argv)
    examples, counts = read_examples(args.data, args.blogs, args.more, args.treebanks)
    print(", ".join(f"{name} {count:,}" for name, count in counts.items()))
    write_comments(*fit(examples), args.output)
    if args.models:
        for fold, fitted in enumerate(fit_folds(fit, examples)):
            write_comments(*fitted, path_of_fold(args.models, fold, PATH.name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
