"""Title, authors and day of publication that the engine finds in plain texts, and how often they are right.

    python benchmarks/text_metadata.py DATA [--model off|default] [--show FIELD]

Texts are the renderings of DATA's ``residual/``, without the title, the address or anything else that their pages say
of themselves; what is right is the labels of ``wcxb-dev.parquet`` and ``trafeval-dev.parquet``.

    holds    renderings one of whose short lines holds the labelled value; for authors also the first words of a longer one
    right    of these, share for which it is found, in per cent
    wrong    share for which something else is found
    lacks    renderings that do not hold it
    false    of these, share for which something is found
    sure     of all that is found, share that is right

    --show FIELD   print up to five short lines at the top of renderings whose title, authors or published is missed or wrong
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lines import group_of
from benchmarks.page_model_data import read_rows
from benchmarks.page_model_scores import person_names, same_words
from cleaning import Rejected, clean_text
from cleaning.dates import find_date
from cleaning.recipe import Recipe

FIELDS = ("title", "authors", "published")
# A line that states a value and little else is shorter; longer ones are paragraphs that mention it.
MOST_WORDS = 25
# "Jane Doe is a freelance writer who …": the box about an author.
OPENING_CHARS = 60


class Text(NamedTuple):
    """A rendering, and what its page is labelled with."""

    group: str
    name: str
    lines: list[str]
    title: str
    authors: frozenset[str]
    day: str


def read_texts(data: Path) -> list[Text]:
    """The renderings of all pages with labelled metadata."""
    rows = {f"dev-{row['id']}": row for row in read_rows(data, "wcxb", ["id", "title", "author", "publish_date"])}
    rows |= {row["id"]: row for row in read_rows(data, "trafeval", ["id", "title", "author", "publish_date"])}
    texts = []
    for file in ("dev", "multilang-dev"):
        with gzip.open(data / "residual" / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                row = rows.get(record["id"]) or {"title": None, "author": None, "publish_date": None}
                day = (row["publish_date"] or "")[:10]
                people = person_names(row["author"])
                name = f"{record['id']} {record['renderer']}"
                texts.append(Text(_group(record), name, record["lines"], row["title"] or "", people, day))
    return texts


def _group(record: dict[str, Any]) -> str:
    """Main content or whole page, and of the pages in many languages which they are."""
    languages = {"de": "German, ", "en": "English, "}.get(record["lang"], "other, ") if "lang" in record else ""
    return languages + group_of(record, "group")


def holds(text: Text) -> dict[str, bool | None]:
    """For each field whether a short line of the text holds the value; None where the page has no label."""
    short = [line for line in text.lines if len(line.split()) <= MOST_WORDS]
    days = {found.stated[:10] for line in short if (found := find_date(line))} if text.day else set()
    folded = " | ".join([*short, *(line[:OPENING_CHARS] for line in text.lines)]).casefold()
    return {
        "title": any(same_words(line, text.title) for line in short) if text.title else None,
        "authors": all(name in folded for name in text.authors) if text.authors else None,
        "published": text.day in days if text.day else None,
    }


def found_in(text: Text, model: str) -> dict[str, bool | None]:
    """For each field whether what is found is right; None where nothing is found."""
    try:
        document = clean_text("\n".join(text.lines), recipe=Recipe.model_validate({"line_model": model}))
    except Rejected:
        return dict.fromkeys(FIELDS)
    people = person_names(";".join(document.authors))
    return {
        "title": same_words(document.title, text.title) if document.title else None,
        "authors": people == text.authors if document.authors else None,
        "published": document.published_stated[:10] == text.day if document.published_stated else None,
    }


def measure(text: Text, model: str) -> tuple[dict[str, bool | None], dict[str, bool | None]]:
    """What a text holds, and what is found in it."""
    return holds(text), found_in(text, model)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):>8.1f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", choices=("off", "default"), default="default")
    parser.add_argument("--show", choices=FIELDS)
    args = parser.parse_args(argv)
    texts = read_texts(args.data)
    with Pool() as pool:
        found = pool.map(partial(measure, model=args.model), texts, chunksize=25)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text, (is_held, is_right) in zip(texts, found, strict=True):
        for field in FIELDS:
            if is_held[field] is None:
                continue
            found_right = is_right[field]
            for count in (counts[field, text.group], counts[field, f"all, {text.group.split(', ')[-1]}"]):
                count["held" if is_held[field] else "absent"] += 1
                if is_held[field]:
                    count["right"] += found_right is True
                    count["wrong"] += found_right is False
                else:
                    count["false"] += found_right is not None
            if args.show == field and is_held[field] and not found_right:
                print(f"{text.name}: {'wrong' if found_right is False else 'missed'}")
                for line in [line for line in text.lines[:12] if len(line.split()) <= MOST_WORDS][:5]:
                    print(f"    {line[:120]}")
    print(f"{'':<42}{'holds':>8}{'right':>8}{'wrong':>8}{'lacks':>8}{'false':>8}{'sure':>8}")
    for (field, group), count in sorted(counts.items()):
        held, absent, right = count["held"], count["absent"], count["right"]
        shares = (
            _percent(right, held),
            _percent(count["wrong"], held),
            _percent(count["false"], absent),
            _percent(right, right + count["wrong"] + count["false"]),
        )
        cells = (f"{held:>8}", shares[0], shares[1], f"{absent:>8}", *shares[2:])
        print(f"{field:<12}{group:<30}" + "".join(cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
