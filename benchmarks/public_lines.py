"""Labelled lines from pages of public repositories: python benchmarks/public_lines.py CLONES FOLDER.

Writes FOLDER/public.jsonl.gz, which benchmarks/train_line_model.py takes as --more.
CLONES holds clones of the repositories that benchmarks/public_pages.py names. Each page is rendered to text nine ways, each
line labelled against the gold text of the page, and six of the renderings are written in the format of the residual lines;
so is the gold text, as rendering "gold", of which every line is content.
Needs readability-lxml, boilerpy3, resiliparse, beautifulsoup4, html2text and inscriptis. No network.
"""

import argparse
import gzip
import importlib.util
import json
import multiprocessing
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import trafilatura
from trafilatura.utils import decode_file

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_labels import BOILERPLATE, CONTENT, METADATA, UNSURE, Words, label_lines, words_of
from benchmarks.line_model_data import CLEAN, LEAST_CLEAN_LINES
from benchmarks.public_pages import Gold, PublicPage, read_pages
from cleaning.boilerplate.decide import mark_page
from cleaning.boilerplate.model_marks import rule_shares
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import page_of_rows
from cleaning.language import detect_language

LEAST_RENDERED_SHARE = 0.5  # of a gold text's words in a rendering, as in the residual lines
RENDERINGS = 6  # of a page; a page of the residual lines has 6.2
SURE = 0.95  # a line of which rules take so much is theirs
# A b line of so many words or characters inside the story that no rule takes may be a gap of the gold text.
PROSE_WORDS, PROSE_CHARS = 12, 80
TAIL_LINES = 6  # lines below the last line of the story that may still be of it
TITLE_WORDS, AUTHOR_LINE_WORDS, DATE_LINE_WORDS, DATE_LINES, CAPTION_WORDS = 5, 14, 8, 12, 5
BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "br", "ul", "ol", "table", "pre")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b|年")
_SENTENCE_END = re.compile(r'[.!?…。！？"”»]$')
# Elements between a line and the element that holds the paragraphs of the story.
_INNER = {"p", "li", "ul", "ol", "td", "tr", "tbody", "table", "strong", "b", "em", "span", "a", "code", "pre"}
_OUTER = _INNER | {"blockquote", "dd", "dt", "h2", "h3", "h4", "h5"}
_LEAST_PARAGRAPH_WORDS = 8
_LONGEST_ELEMENT = 5_000  # characters


def _readability(html: str) -> str:
    from readability import Document

    tree = lxml.html.fromstring(Document(html).summary())
    for element in tree.iter(*BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br":
            element.text = "\n" + (element.text or "")
    return str(tree.text_content())


def _boilerpy(html: str) -> str:
    from boilerpy3.extractors import ArticleExtractor

    return str(ArticleExtractor(raise_on_failure=False).get_content(html))


def _resiliparse(html: str, main_content: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(html, main_content=main_content, alt_texts=not main_content))


def _bs4(html: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return str(soup.get_text("\n"))


def _html2text(html: str) -> str:
    from html2text import HTML2Text

    writer = HTML2Text()
    writer.ignore_links = writer.ignore_images = True
    writer.body_width = 0
    return str(writer.handle(html))


def _inscriptis(html: str) -> str:
    from inscriptis import get_text

    return str(get_text(html))


RENDERERS: dict[str, Callable[[str], str | None]] = {
    "trafilatura": trafilatura.extract,
    "trafilatura_recall_nocomments": lambda html: trafilatura.extract(html, favor_recall=True, include_comments=False),
    "readability_lxml": _readability,
    "boilerpy3_article": _boilerpy,
    "resiliparse": lambda html: _resiliparse(html, True),
    "resiliparse_all": lambda html: _resiliparse(html, False),
    "bs4": _bs4,
    "html2text": _html2text,
    "inscriptis": _inscriptis,
}


NEEDED = ("readability", "boilerpy3", "resiliparse", "bs4", "html2text", "inscriptis")


def render(name: str, html: str) -> list[str]:
    """The lines of one rendering, stripped, none empty; no lines where the renderer fails."""
    try:
        text = RENDERERS[name](html) or ""
    except Exception as error:  # noqa: BLE001 - libraries with errors of their own
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        return []
    return [line for line in (re.sub(r"\s+", " ", line).strip() for line in text.splitlines()) if line]


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup of a page knows of its texts."""

    titles: set[Words]
    captions: set[Words]
    in_story: set[Words]  # texts of elements beside paragraphs of the gold text

    @classmethod
    def read(cls, tree: Any, gold: Gold) -> "Markup":
        """From the tree of the page and its gold."""
        heads = [gold.title, *tree.xpath("//title/text()"), *tree.xpath('//meta[@property="og:title"]/@content')]
        heads += [re.split(r"\s[|–—-]\s", title)[0] for title in tree.xpath("//title/text()")]
        heads += [element.text_content() for element in tree.iter("h1")]
        notes = [*gold.captions, *(element.text_content() for element in tree.iter("figcaption"))]
        notes += tree.xpath('//meta[@name="description" or @property="og:description"]/@content')
        return cls(
            {words for words in map(words_of, heads) if len(words) > 2},
            {words for words in map(words_of, notes) if len(words) > 2},
            set(_texts_in_story(tree, {words_of(text) for text in gold.paragraphs})),
        )


def _texts_in_story(tree: Any, gold: set[Words]) -> Iterator[Words]:
    """Words of each element that stands where paragraphs of the gold text stand, itself or in a list or table."""
    texts = {}
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "body", "html", "head"):
            text = element.text_content()
            if len(text) <= _LONGEST_ELEMENT:
                texts[element] = words_of(text)
    holders = {
        element.getparent()
        for element, words in texts.items()
        if len(words) >= _LEAST_PARAGRAPH_WORDS and words in gold
    }
    for element, words in texts.items():
        inner = element
        while inner is not None and inner.tag in _OUTER:
            if inner.getparent() in holders:
                yield words
                break
            inner = inner.getparent() if inner.tag in _INNER else None


def second_look(lines: Sequence[str], labels: list[str], gold: Gold, markup: Markup) -> list[str]:
    """The labels with m for titles, bylines and dates, and u for what the gold text may have left out or let in."""
    page = page_of_rows(lines)
    ruled = rule_shares(page, mark_page(page, RULES))[:2].max(axis=0) > SURE
    story = [number for number, label in enumerate(labels) if label == CONTENT]
    first, last = story[0], story[-1]
    authors = [words for words in map(words_of, gold.authors) if words]
    result = list(labels)
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        words = words_of(line)
        if label == CONTENT:
            result[number] = UNSURE if ruled[number] else CONTENT
        elif _is_metadata(line, words, number - first, authors, markup):
            result[number] = METADATA
        elif label == BOILERPLATE and (
            _is_caption(words, markup)
            or (first < number < last and not ruled[number] and _is_long(line))
            or (first < number < last + TAIL_LINES and words in markup.in_story)
        ):
            result[number] = UNSURE
    return result


def _is_metadata(line: str, words: Words, below_first: int, authors: list[Words], markup: Markup) -> bool:
    if words in markup.titles or any(
        len(words) >= TITLE_WORDS and words[: len(title)] == title for title in markup.titles
    ):
        return True
    if len(words) <= AUTHOR_LINE_WORDS and any(_holds(words, author) for author in authors):
        return True
    return len(words) <= DATE_LINE_WORDS and abs(below_first) <= DATE_LINES and bool(_DATE.search(line))


def _is_caption(words: Words, markup: Markup) -> bool:
    return words in markup.captions or any(
        len(caption) >= CAPTION_WORDS and words[: len(caption)] == caption and len(words) <= len(caption) + DATE_LINES
        for caption in markup.captions
    )


def _is_long(line: str) -> bool:
    return len(line.split()) >= PROSE_WORDS or (len(line) >= PROSE_CHARS and bool(_SENTENCE_END.search(line)))


def _holds(words: Words, part: Words) -> bool:
    return any(words[k : k + len(part)] == part for k in range(len(words) - len(part) + 1))


def label_page(page: PublicPage) -> list[dict[str, Any]]:
    """Records of a page, one for each of the renderings drawn and one of its gold text; none where no gold fits."""
    html = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", decode_file(page.html))
    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    whole = words_of(" ".join(tree.itertext()))
    fitting = page.fitting_gold(whole)
    if fitting is None:
        return []
    text, gold = fitting
    markup, language, records = Markup.read(tree, gold), detect_language("\n".join(gold.paragraphs)).code, []
    for name in RENDERERS:
        lines = render(name, html)
        labels = label_lines(lines, text)
        found = sum(len(words_of(line)) for line, label in zip(lines, labels, strict=True) if label == CONTENT)
        if found >= LEAST_RENDERED_SHARE * len(text.words):
            letters = "".join(second_look(lines, labels, gold, markup))
            said = {"url": page.url or f"http://{page.name}/", "language": language}
            records.append({"id": page.name, "renderer": name, **said, "lines": lines, "labels": letters})
    chosen = random.Random(page.name).sample(records, min(RENDERINGS, len(records)))
    clean = [line for line in (" ".join(line.split()) for line in gold.paragraphs) if line]
    if chosen and len(clean) >= LEAST_CLEAN_LINES:
        said = {"url": page.url or f"http://{page.name}/", "language": language}
        chosen.append(
            {"id": f"{page.name} gold", "renderer": CLEAN, **said, "lines": clean, "labels": "c" * len(clean)}
        )
    return chosen


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the records and prints how many there are of each letter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args(argv)
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        parser.error(f"rendering needs {', '.join(missing)}: see the first lines of this file")
    letters: Counter[str] = Counter()
    pages, empty = 0, []
    args.folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(args.folder / "public.jsonl.gz", "wt", encoding="utf-8") as out, multiprocessing.Pool() as pool:
        everything = list(read_pages(args.clones))
        for page, records in zip(everything, pool.imap(label_page, everything, 4), strict=True):
            pages += bool(records)
            empty += [] if records else [page.name]
            for record in records:
                letters.update(record["labels"])
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{pages} pages, {dict(letters.most_common())}; the gold does not fit: {', '.join(empty) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
