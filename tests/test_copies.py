"""Copies and retellings in whole runs: what is linked, whatever the order and the run before, and what verify sees."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cleaning.publish.read import find_document
from cleaning.publish.snapshot import latest_snapshot
from cleaning.publish.verify import verify_snapshot
from cleaning.recipe import Recipe
from tests.cleaning.test_link import prose
from tests.running import run_steps

CHANCE = random.Random(11)


def sentences(words: list[str]) -> str:
    lines = [" ".join(words[n : n + 15]).capitalize() + "." for n in range(0, len(words), 15)]
    return "\n".join(" ".join(lines[n : n + 3]) for n in range(0, len(lines), 3))


STORY, OTHER = prose(CHANCE, 300), prose(CHANCE, 240)
REWORDED = [CHANCE.choice(OTHER) if n % 5 == 0 else word for n, word in enumerate(STORY)]
TEXTS = {
    "story": (STORY, "2024-03-01T10:00:00Z"),
    "copy": (STORY, "2024-03-02T10:00:00Z"),
    "teaser": (STORY[:90], "2024-03-03T10:00:00Z"),
    "longer": ([*STORY, *prose(CHANCE, 45)], "2024-03-04T10:00:00Z"),
    "reworded": (REWORDED, "2024-03-05T10:00:00Z"),
    "quoting": ([*OTHER[:120], *STORY[60:105], *OTHER[120:]], "2024-03-06T10:00:00Z"),
    "other": (prose(CHANCE, 200), "2024-03-07T10:00:00Z"),
}


def write(folder: Path, names: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        words, published = TEXTS[name]
        row = {"text": sentences(words), "published": published, "url": f"https://{name}.example/{name}"}
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n")


def names_of(out: Path) -> dict[str, str]:
    rows = pq.read_table(out / "published/latest/documents", columns=["id", "source"]).to_pylist()
    return {row["id"]: row["source"].partition(".")[0] for row in rows}


def relations(out: Path) -> dict[tuple[str, str], dict[str, Any]]:
    names = names_of(out)
    rows = pq.read_table(out / "published/latest/relations").to_pylist()
    return {(names[row["id"]], names[row["other_id"]]): row for row in rows}


def column(out: Path, name: str) -> dict[str, str | None]:
    names = names_of(out)
    rows = pq.read_table(out / "published/latest/documents", columns=["id", name]).to_pylist()
    return {names[row["id"]]: names.get(row[name]) for row in rows}


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    write(folder / "in", list(TEXTS))
    run_steps([str(folder / "in")], folder / "out")
    return folder / "out"


def test_what_shares_text_is_related(linked: Path) -> None:
    found = {pair: row["relation"] for pair, row in relations(linked).items()}
    assert found[("copy", "story")] == "same"
    near = {("story", "longer"), ("copy", "longer"), ("teaser", "longer"), ("teaser", "story"), ("teaser", "copy")}
    assert {pair for pair, relation in found.items() if relation == "near_copy"} == near
    assert {pair for pair, relation in found.items() if relation == "rewrite"} >= {("reworded", "story")}
    assert {pair[0] for pair, relation in found.items() if relation == "quotes"} == {"quoting"}
    assert not any("other" in pair for pair in found)


def test_measures_and_direction_are_there(linked: Path) -> None:
    found = relations(linked)
    teaser = found["teaser", "story"]
    assert teaser["containment"] == 1.0 and 0.25 < teaser["resemblance"] < 0.35 and teaser["passage_words"] == 90
    assert teaser["direction"] == "backward" and found["story", "longer"]["direction"] == "forward"
    assert found["copy", "story"]["passage_words"] is None and found["copy", "story"]["direction"] == "backward"


def test_copies_name_what_is_kept_and_stories_their_first(linked: Path) -> None:
    kept = column(linked, "duplicate_of")
    assert kept == dict.fromkeys(("story", "copy", "teaser"), "longer") | dict.fromkeys(
        ("longer", "reworded", "quoting", "other")
    )
    stories = column(linked, "story_id")
    assert stories == dict.fromkeys(("story", "copy", "teaser", "longer", "reworded"), "story") | {
        "quoting": "quoting",
        "other": "other",
    }


def test_runs_of_parts_end_as_one_run_does(linked: Path, tmp_path: Path) -> None:
    names = list(TEXTS)
    for step in (["copy", "reworded"], [*names[3:], "copy"], names):
        write(tmp_path / "in", step)
        run_steps([str(tmp_path / "in")], tmp_path / "out", Recipe(chunk_documents=2))
    assert relations(tmp_path / "out") == relations(linked)
    for name in ("duplicate_of", "story_id"):
        assert column(tmp_path / "out", name) == column(linked, name)
    (tmp_path / "in" / "longer.jsonl").unlink()
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    assert column(tmp_path / "out", "duplicate_of")["teaser"] == "story"


def test_equal_texts_alone_where_the_recipe_says_so(tmp_path: Path) -> None:
    write(tmp_path / "in", list(TEXTS))
    run_steps([str(tmp_path / "in")], tmp_path / "out", Recipe(near_copies=False))
    assert {pair: row["relation"] for pair, row in relations(tmp_path / "out").items()} == {("copy", "story"): "same"}


def test_a_document_is_shown_with_what_it_shares_text_with(linked: Path) -> None:
    snapshot = latest_snapshot(linked)
    assert snapshot is not None
    found = find_document(snapshot, "teaser.jsonl#1").relations
    assert [row["source"] for row in found][:2] == ["copy.jsonl#1", "story.jsonl#1"]


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("duplicate_of", "teaser", "a copy of one that is not kept"),
        ("duplicate_of", "other", "a copy of one in another story"),
        ("duplicate_of", "reworded", "its relation to"),
        ("story_id", None, "a story_id is no document"),
    ],
)
def test_verify_sees_links_that_lead_nowhere(
    linked: Path, tmp_path: Path, name: str, wrong: str | None, said: str
) -> None:
    import pyarrow as pa

    from cleaning.publish import verify

    folder = tmp_path / "snapshot"
    for table in ("documents", "relations"):
        (folder / table).mkdir(parents=True)
        rows = pq.read_table(linked / "published/latest" / table)
        if table == "documents":
            ids = {source: key for key, source in names_of(linked).items()}
            values = rows[name].to_pylist()
            values[rows["id"].to_pylist().index(ids["copy"])] = ids[wrong] if wrong else "0" * 20
            rows = rows.set_column(rows.schema.names.index(name), name, pa.array(values, pa.string()))
        pq.write_table(rows, folder / table / "a.parquet")
    assert said in (verify._links(folder).fault or "")
    assert not [finding for finding in verify_snapshot(latest_snapshot(linked) or folder) if finding.fault]


EVENT = {
    "first": "A fire broke out in the old theatre of Tamworth on Friday night. Nobody was hurt, said fire chief Maria "
    "Okafor. Forty firefighters fought the flames until morning. The roof, which was built in 1911, fell in.",
    "second": "Tamworth has lost its theatre: flames destroyed the roof of the building from 1911 on Friday. The audience "
    "had left an hour before, fire chief Maria Okafor told reporters. Police look for the cause of the fire.",
}


@pytest.mark.parametrize(("same_story", "stories"), [(True, 1), (False, 2)])
def test_reports_on_one_event_are_one_story_where_the_recipe_wants_it(
    tmp_path: Path, same_story: bool, stories: int
) -> None:
    (tmp_path / "in").mkdir()
    for name, text in EVENT.items():
        row = {"text": text, "url": f"https://{name}.example/{name}", "published": "2024-03-02"}
        (tmp_path / "in" / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    out = tmp_path / "out"
    run_steps([str(tmp_path / "in")], out, Recipe(same_story=same_story))
    assert len(set(column(out, "story_id").values())) == stories and not any(column(out, "duplicate_of").values())
    found = relations(out)
    assert [row["relation"] for row in found.values()] == ["same_story"] * (2 - stories)
    assert all(0.28 <= row["similarity"] <= 1 for row in found.values())
    assert all(finding.fault is None for finding in verify_snapshot(out / "published/latest", tmp_path))


def test_links_are_the_same_with_what_the_last_run_left_of_the_texts_and_without(tmp_path: Path) -> None:
    names = list(TEXTS)
    write(tmp_path / "in", names[:4])
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    write(tmp_path / "in", names)
    assert (tmp_path / "out/work/sketches/note.json").is_file()
    run_steps([str(tmp_path / "in")], tmp_path / "out")
    kept = relations(tmp_path / "out")
    run_steps([str(tmp_path / "in")], tmp_path / "full", full=True)
    (tmp_path / "out/work/sketches/rows").write_bytes(b"broken")
    write(tmp_path / "in", ["story"])
    run_steps([str(tmp_path / "in")], tmp_path / "out", full=True)
    made = [{pair: row["relation"] for pair, row in relations(tmp_path / out).items()} for out in ("out", "full")]
    assert made[0] == made[1] == {pair: row["relation"] for pair, row in kept.items()}
