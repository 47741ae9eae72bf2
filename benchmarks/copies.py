"""Copies, retellings and stories: what of the labelled pairs a run links, and what it links wrongly.

    python benchmarks/copies.py DATA [--keep OUT]

DATA holds ``langdup/dup_pairs.jsonl.gz`` (80 articles in 14 versions: with furniture of real sites around, edited, cut
short, quoted, rewritten), ``langdup/stories.jsonl.gz`` (600 articles on 51 events) and ``wcxb-dev.parquet``, whose articles
are each about something else, by their gold texts and dates. Each becomes a file of JSON lines that a whole run goes over:
plan, worker processes, check, publishing; without Prefect. What is scored is the published table ``relations`` and the
column ``story_id``.

Two versions are related where they hold text of one article. Stories are scored by B-cubed over the labelled articles
(Bagga and Baldwin 1998).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pyarrow.dataset as ds  # noqa: E402

from benchmarks.faults import RUN  # noqa: E402

Row = Mapping[str, Any]
_COPIES = ("same", "near_copy", "revision")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path, help="where the runs stay; a folder of its own, deleted, if not given")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="copies-") as name:
        folder = args.keep or Path(name)
        pairs = read_rows(args.data / "langdup/dup_pairs.jsonl.gz")
        score_pairs(pairs, clean(pairs, folder / "pairs"))
        print()
        stories = read_rows(args.data / "langdup/stories.jsonl.gz")
        score_stories(stories, clean(stories, folder / "stories"))
        print()
        articles = read_articles(args.data / "wcxb-dev.parquet")
        score_articles("by their dates", clean(articles, folder / "articles"))
        undated = [{**row, "published": None} for row in articles]
        score_articles("without dates", clean(undated, folder / "undated"))
    return 0


def read_rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_articles(path: Path) -> list[Row]:
    """The articles with their hand-checked texts."""
    columns = ["url", "page_type", "title", "publish_date", "main_content"]
    table = ds.dataset(path).to_table(columns=columns, filter=ds.field("page_type") == "article")
    return [
        {"text": row["main_content"], "title": row["title"], "site": row["url"], "published": row["publish_date"]}
        for row in table.to_pylist()
        if row["main_content"] and row["url"]
    ]


def clean(rows: Sequence[Row], folder: Path) -> Path:
    """The snapshot of a run over the rows; the n-th of them is the n-th record of the file."""
    folder.mkdir(parents=True)
    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            known = {"text": row["text"], "title": row.get("title"), "published": row.get("published")}
            site = row.get("site")
            url = site if not site or "//" in site else f"https://{site}/{number}"
            file.write(json.dumps({key: value for key, value in (known | {"url": url}).items() if value}) + "\n")
    (folder / "recipe.toml").write_text("")
    command = [sys.executable, "-c", RUN, *map(str, (folder / "in.jsonl", folder / "out", folder / "recipe.toml"))]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return folder / "out/published/latest"


def _numbers(snapshot: Path) -> dict[str, int]:
    documents = ds.dataset(snapshot / "documents").to_table(columns=["id", "source"]).to_pylist()
    return {row["id"]: int(row["source"].rsplit("#", 1)[1]) - 1 for row in documents}


def score_pairs(rows: Sequence[Row], snapshot: Path) -> None:
    """Links of an article with its versions, by kind, and links between texts that have no article in common."""
    numbers = _numbers(snapshot)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    right: Counter[tuple[str, bool]] = Counter()
    for link in ds.dataset(snapshot / "relations").to_table().to_pylist():
        one, other = rows[numbers[link["id"]]], rows[numbers[link["other_id"]]]
        is_right = bool(set(one["src"]) & set(other["src"]))
        right[link["relation"], is_right] += 1
        name = _name(one, other)
        if name and is_right:
            found[name][link["relation"]] += 1
    of = Counter(row["type"] for row in rows)
    print("| version of an article | linked % | as |\n|---|--:|---|")
    for name in [*(kind for kind in of if kind not in ("orig", "negsite")), "boil50a/boil50b"]:
        total = of[name.split("/", maxsplit=1)[0]]
        kinds = ", ".join(f"{relation} {count}" for relation, count in found[name].most_common())
        print(f"| {name} | {100 * found[name].total() / total:.0f} | {kinds} |")
    print("\n| relation | links | false |\n|---|--:|--:|")
    for relation in sorted({key for key, _ in right}):
        print(f"| {relation} | {right[relation, True] + right[relation, False]} | {right[relation, False]} |")
    true, false = (sum(right[name, is_right] for name in _COPIES) for is_right in (True, False))
    all_true, all_false = (sum(n for (_, ok), n in right.items() if ok == is_right) for is_right in (True, False))
    print(f"\nprecision: copies {true / (true + false):.4f}, all {all_true / (all_true + all_false):.4f}")


def _name(one: Row, other: Row) -> str:
    kinds = {one["type"], other["type"]}
    if one["base"] != other["base"]:
        return ""
    if kinds == {"boil50a", "boil50b"}:
        return "boil50a/boil50b"
    return (kinds - {"orig"}).pop() if "orig" in kinds and len(kinds) == 2 else ""


def score_stories(rows: Sequence[Row], snapshot: Path) -> None:
    """B-cubed of ``story_id``, and how many articles on something else are in a labelled story."""
    numbers = _numbers(snapshot)
    table = ds.dataset(snapshot / "documents").to_table(columns=["id", "story_id"]).to_pylist()
    story = {numbers[row["id"]]: row["story_id"] for row in table}
    labelled = [number for number, row in enumerate(rows) if row["story"]]
    groups, golds = _groups(story, labelled), _groups({n: rows[n]["story"] for n in labelled}, labelled)
    both = Counter((story[n], rows[n]["story"]) for n in labelled)
    shared = [both[story[n], rows[n]["story"]] for n in labelled]
    precision = sum(k / groups[story[n]] for n, k in zip(labelled, shared, strict=True)) / len(labelled)
    recall = sum(k / golds[rows[n]["story"]] for n, k in zip(labelled, shared, strict=True)) / len(labelled)
    outside = sum(1 for n, row in enumerate(rows) if not row["story"] and groups[story[n]])
    f1 = 2 * precision * recall / (precision + recall)
    print(f"stories: B-cubed precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; outside in one: {outside}")
    relations = ds.dataset(snapshot / "relations").to_table(columns=["id", "other_id", "relation"]).to_pylist()
    pairs = Counter((row["relation"], _one_story(rows, numbers, row)) for row in relations)
    for relation in sorted({key for key, _ in pairs}):
        print(f"  {relation}: of one story {pairs[relation, True]}, of two {pairs[relation, False]}")


def score_articles(name: str, snapshot: Path) -> None:
    """How many articles, each about something else, are in a story with another."""
    stories = ds.dataset(snapshot / "documents").to_table(columns=["story_id"])["story_id"].to_pylist()
    sizes = Counter(stories)
    relations = Counter(ds.dataset(snapshot / "relations").to_table(columns=["relation"])["relation"].to_pylist())
    together = sum(size for size in sizes.values() if size > 1)
    print(f"{len(stories)} articles on different things, {name}: {together} in a story with another; {dict(relations)}")


def _groups(names: Mapping[int, str], numbers: Sequence[int]) -> Counter[str]:
    return Counter(names[number] for number in numbers)


def _one_story(rows: Sequence[Row], numbers: Mapping[str, int], link: Row) -> bool:
    one, other = rows[numbers[link["id"]]], rows[numbers[link["other_id"]]]
    return one["story"] is not None and one["story"] == other["story"]


if __name__ == "__main__":
    sys.exit(main())
