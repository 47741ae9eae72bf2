"""Main text and metadata of labelled web pages: ours beside what else is used, in one run.

    python benchmarks/pages.py DATA [--clones FOLDER] [--folds FOLDER] [--sample N] [--only NAME …]

DATA holds ``wcxb-dev.parquet`` and ``trafeval-dev.parquet``. The shipped model has seen these pages; FOLDER holds models
that have not (``python benchmarks/train_page_model.py DATA --folds FOLDER``): each page is judged by the model that saw no
page of its site. Peers that are not installed are left out with a line that says so: the extra ``bench`` has them.

    word F1   words are ``\\w+`` of the lower-case text; F1 of the multisets a page; mean over pages. WCXB
    public    the same of the pages of ``benchmarks/public_pages.py``, of whose repositories --clones holds clones, by
              language; a letter of a script without blanks is a word
    with      share of the snippets that must be in the text which are; ``without`` of those which must not. WCXB
    snippets  F1 pooled over pages: 2 hits / (2 hits + missed + wrong). trafeval, by language of the snippets
    title     the same words in the same order as the gold title, case apart; pages with a gold title
    author    the same people as the gold names, in any order; pages whose gold names a person (teams, accounts and
              companies are none), both sides in our normal form of names
    day       the same day of publication; pages with a gold date
    CPU ms    a page, user and system, of the whole call; for us ``clean_html``: text, metadata, lines, language
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import FOLDS
from benchmarks.page_model_data import fold_of, page_text, public_rows, read_rows, row_site
from benchmarks.page_model_scores import Board, Read, mean
from cleaning import Rejected, clean_html
from cleaning.extract import page_model
from cleaning.extract.page import extract_page
from cleaning.extract.page_model import KINDS

Reader = Callable[[bytes, str, str | None], Read]
# A language with fewer public pages has no column of its own.
_PUBLIC_PAGES = 5


def ours(data: bytes, page: str, url: str | None) -> Read:
    """The whole of our per-document work."""
    try:
        document = clean_html(data, url=url)
    except Rejected:
        return Read()
    return Read(document.text, document.title, document.authors, document.published_stated)


def ours_extracted(data: bytes, page: str, url: str | None) -> Read:
    """Our extraction alone, before any line is removed."""
    found = extract_page(page, url)
    if found is None:
        return Read()
    said = found.metadata
    return Read(found.text, said.title, said.authors, said.published)


def _trafilatura(**options: Any) -> Reader:
    def read(data: bytes, page: str, url: str | None) -> Read:
        from trafilatura import extract

        return Read(extract(page, url=url, **options) or "")

    return read


def trafilatura_with_metadata(data: bytes, page: str, url: str | None) -> Read:
    """Trafilatura as its users call it, and the measure of our time."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, url=url, with_metadata=True)
    if found is None:
        return Read()
    return Read(found.text or "", found.title, (found.author or "").split(";"), found.date)


def resiliparse(data: bytes, page: str, url: str | None) -> Read:
    from resiliparse.extract.html2text import extract_plain_text

    return Read(extract_plain_text(page, main_content=True))


def readability(data: bytes, page: str, url: str | None) -> Read:
    from lxml.html import fromstring
    from readability import Document

    summary = Document(page).summary()
    return Read(fromstring(summary).text_content() if summary else "")


def justext(data: bytes, page: str, url: str | None) -> Read:
    import justext

    paragraphs = justext.justext(page.encode("utf-8", "replace"), justext.get_stoplist("English"), encoding="utf-8")
    return Read("\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate))


def newspaper(data: bytes, page: str, url: str | None) -> Read:
    import newspaper

    article = newspaper.Article(url=url or "https://example.com/", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else None
    return Read(article.text, article.title, article.authors, day)


READERS: dict[str, tuple[str, Reader]] = {
    "ours": ("cleaning", ours),
    "ours, extraction alone": ("cleaning", ours_extracted),
    "trafilatura, metadata": ("trafilatura", trafilatura_with_metadata),
    "trafilatura": ("trafilatura", _trafilatura()),
    "trafilatura, no comments": ("trafilatura", _trafilatura(include_comments=False)),
    "trafilatura fast": ("trafilatura", _trafilatura(include_comments=False, fast=True)),
    "resiliparse": ("resiliparse", resiliparse),
    "readability-lxml": ("readability", readability),
    "jusText": ("justext", justext),
    "newspaper4k": ("newspaper", newspaper),
}


def run(rows: Sequence[dict[str, Any]], names: Sequence[str], models: Sequence[Any]) -> dict[str, Board]:
    """The scores of all readers. What a reader raises on a page counts as an empty text."""
    boards = {name: Board() for name in names}
    for number, row in enumerate(rows):
        if models:
            model = models[fold_of(row_site(row))]
            page_model.read_model = lambda path=page_model.PATH, model=model: model
        page = page_text(row["html"]).replace("\x00", "")
        for name in names:
            if number == 0:
                READERS[name][1](row["html"], page, row["url"])  # what is loaded once does not count
            start = time.process_time()
            try:
                read = READERS[name][1](row["html"], page, row["url"])
            except Exception as error:  # noqa: BLE001
                print(f"{name} on {row['id']}: {type(error).__name__}", file=sys.stderr)
                read = Read()
            boards[name].add(row, read, time.process_time() - start)
    return boards


def show(boards: dict[str, Board]) -> None:
    """Prints all tables, the last with our time as a share of trafilatura's."""
    groups = ["all", *KINDS]
    _table("word F1", groups, {n: [f"{mean(b.f1[g]):.3f}" for g in groups] for n, b in boards.items()})
    rates = {n: [f"{mean(b.rates[g]):.3f}" for g in ("with", "without")] for n, b in boards.items()}
    _table("snippets, WCXB", ["with", "without"], rates)
    counts = Counter({group: len(scores) for b in boards.values() for group, scores in b.public.items()})
    groups = [group for group, count in counts.most_common() if count >= _PUBLIC_PAGES]
    if groups:
        rows = {n: [f"{mean(b.public[g]):.3f}" for g in groups] for n, b in boards.items()}
        _table("word F1, public", groups, {"pages": [str(counts[g]) for g in groups], **rows})
    groups = ["all", "German", "English", "other"]
    _table("snippet F1", groups, {n: [f"{b.snippet_f1(g):.3f}" for g in groups] for n, b in boards.items()})
    groups = ["title", "author", "day"]
    known = {n: b for n, b in boards.items() if n.startswith(("ours", "trafilatura, m", "newspaper"))}
    _table(
        "metadata, % right", groups, {n: [f"{100 * mean(b.metadata[g]):.1f}" for g in groups] for n, b in known.items()}
    )
    base = boards.get("trafilatura, metadata")
    rows = {
        n: [f"{1000 * b.seconds / b.pages:.1f}", f"{b.seconds / base.seconds:.2f}" if base else ""]
        for n, b in boards.items()
    }
    _table("CPU", ["ms", "share"], rows)


def _table(title: str, columns: Sequence[str], rows: dict[str, list[str]]) -> None:
    print(f"\n{title:26s}" + "".join(f"{column[:12]:>14s}" for column in columns))
    for name, cells in rows.items():
        print(f"{name:26s}" + "".join(f"{cell:>14s}" for cell in cells))


def main(argv: Sequence[str] | None = None) -> int:
    """Runs and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--clones", type=Path, help="also the pages of these repositories")
    parser.add_argument("--folds", type=Path, help="folder of models that have not seen the pages they judge")
    parser.add_argument("--sample", type=int, help="about so many pages, evenly over both files")
    parser.add_argument("--only", nargs="*", choices=list(READERS), help="these readers only")
    args = parser.parse_args(argv)
    logging.disable(logging.CRITICAL)
    rows = [row for name in ("wcxb", "trafeval") for row in read_rows(args.data, name)]
    if args.clones:
        rows += public_rows(args.clones)
    rows = rows[:: max(1, len(rows) // args.sample)] if args.sample else rows
    names = []
    for name in args.only or READERS:
        if find_spec(READERS[name][0]) is None:
            print(f"{name}: not installed, left out (pip install 'content-cleaning[bench]')")
        else:
            names.append(name)
    models = [page_model.read_model(args.folds / f"fold{fold}.npz") for fold in range(FOLDS)] if args.folds else []
    if not models:
        print("NOTE: the shipped model has seen these pages; figures of ours are too good (see --folds)")
    show(run(rows, names, models))
    return 0


if __name__ == "__main__":
    sys.exit(main())
