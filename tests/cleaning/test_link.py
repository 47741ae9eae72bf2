"""Linking: what counts as a copy, a retelling and a quotation, and that nothing depends on the order."""

from __future__ import annotations

import random
import shutil
import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.link import LINK, RELATIONS, Facts, Linker, Links, Relation, first_with_text, for_all_copies, sketch
from cleaning.link.candidates import all_pairs, band_keys, often_enough, pair_entries, with_first
from cleaning.link.groups import Groups
from cleaning.link.likeness import Runs, likeness, relation_of
from cleaning.link.scratch import Buckets, Sequences
from cleaning.link.shingles import chars_a_word, shingles

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "rk", "st", "ll", "m")]


def prose(chance: random.Random, words: int) -> list[str]:
    return [chance.choice(WORDS) for _ in range(words)]


def link(texts: list[str], folder: Path, *, sites: list[int] | None = None, times: list[int] | None = None) -> Links:
    linker = Linker(len(texts), folder / "scratch")
    for number, text in enumerate(texts):
        linker.add(number, text.encode(), sketch(text, may_report=False))
    nothing = np.zeros(len(texts), np.int64)
    known = [np.array(values, np.int64) if values else nothing for values in (sites, None, times)]
    facts = Facts(known[0], known[1], known[2], nothing.astype(bool))
    links = linker.finish(facts)
    shutil.rmtree(folder / "scratch")
    return links


def unknown(documents: int) -> Facts:
    nothing = np.zeros(documents, np.int64)
    return Facts(nothing, nothing, nothing, nothing.astype(bool))


def runs(words: list[str]) -> Runs:
    return Runs(shingles(" ".join(words)))


def pairs(links: Links) -> dict[tuple[int, int], Relation]:
    return {(int(row["first"]), int(row["second"])): RELATIONS[row["relation"]] for row in links.rows}


def test_runs_of_words_do_not_know_case_punctuation_or_place() -> None:
    plain, printed = shingles("she said no one was hurt"), shingles("“SHE said,\nno one — was hurt!”")
    assert plain.tolist() == printed.tolist() and len(plain) == 4
    assert shingles("Then she said no one was hurt")[1:].tolist() == plain.tolist()
    assert not len(shingles("two words")) and not len(shingles("")) and not len(shingles(" \n – "))


def test_runs_of_words_are_the_same_on_every_machine() -> None:
    assert shingles("a b c d").tolist() == [9214620111309898858, 2912339236287454760]


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_text_has_runs(text: str, before: str) -> None:
    own = shingles(text)
    assert len(own) == len(np.asarray(own)) and set(own.tolist()) <= set(shingles(before + " . " + text).tolist())


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("这座城市的会议将在星期五举行，而结果尚未确定。", "这座城市的会议将在星期五\n举行,而结果尚未确定."),
        ("การประชุมของเมืองจะมีขึ้นในวันศุกร์นี้", "การประชุมของเมือง\nจะมีขึ้นใน วันศุกร์นี้"),
        ("市議会は金曜日に開かれます。", "「市議会は、金曜日に開かれます」"),
    ],
)
def test_scripts_without_spaces_have_runs_of_characters(text: str, printed: str) -> None:
    whole, part = shingles(text), shingles(text[4:])
    # Marks above letters begin none.
    assert len(text) - 2 >= len(whole) > len(text) / 2
    assert set(part.tolist()) <= set(whole.tolist())
    assert shingles(printed).tolist() == whole.tolist()
    assert chars_a_word(text) > 1


def test_vowel_signs_are_part_of_words_and_those_that_may_be_left_out_are() -> None:
    assert len(shingles("हिन्दी में लिखा हुआ पाठ")) == 3
    assert shingles("قالَ الرئيسُ إنّ الاجتماعَ سيُعقد").tolist() == shingles("قال الرئيس ان الاجتماع سيعقد").tolist()
    assert not len(shingles("🚗 🚗 🚗 🚗 ★ ★ ★ ★")) and chars_a_word("🚗 A small car and a bridge") == 1


def test_texts_longer_than_a_piece_are_read_to_their_end() -> None:
    text = "the old bridge " * 70_000
    assert len(shingles(text + "and nothing more")) - len(shingles(text)) == 3


def test_what_a_version_of_a_text_is(tmp_path: Path) -> None:
    chance = random.Random(1)
    story = prose(chance, 400)
    other = prose(chance, 300)
    reworded = [chance.choice(WORDS) if n % 4 == 0 else word for n, word in enumerate(story)]
    texts = [" ".join(words) for words in (story, story[:120], [*prose(chance, 40), *story], reworded)]
    texts += [" ".join([*other[:100], *story[200:240], *other[100:]]), " ".join(other)]
    found = pairs(link(texts, tmp_path))
    assert found[1, 0] == found[1, 2] == found[0, 2] == Relation.NEAR_COPY
    assert found[3, 0] == Relation.REWRITE
    assert found[4, 0] == Relation.QUOTES
    assert found[5, 4] == Relation.NEAR_COPY
    assert (5, 0) not in found and (0, 5) not in found


def test_the_fullest_copy_is_kept_and_every_copy_names_it(tmp_path: Path) -> None:
    chance = random.Random(2)
    story = prose(chance, 300)
    texts = [" ".join(words) for words in (story[:100], story[:290], story, [*story, *prose(chance, 60)])]
    links = link(texts, tmp_path)
    assert links.kept_for.tolist() == [3, 3, 3, 3] and set(links.stories.tolist()) == {0}


def test_of_copies_of_like_length_the_one_published_first_is_kept(tmp_path: Path) -> None:
    story = prose(random.Random(3), 300)
    changed = [*story[:-2], "quite", "otherwise"]
    assert link([" ".join(story), " ".join(changed)], tmp_path).kept_for.tolist() == [0, 0]
    assert link([" ".join(changed), " ".join(story)], tmp_path).kept_for.tolist() == [0, 0]


def test_a_page_of_many_reports_is_the_story_of_none_but_the_first(tmp_path: Path) -> None:
    chance = random.Random(4)
    reports = [[*prose(chance, 40), "one", "of", "the", "many", *prose(chance, 40)] for _ in range(8)]
    texts = [" ".join(report) for report in reports] + [" ".join(word for report in reports for word in report)]
    links = link(texts, tmp_path)
    assert all(found == Relation.NEAR_COPY for found in pairs(links).values()) and len(links.rows) == 8
    assert links.stories.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 0]
    assert links.kept_for.tolist() == [8, 1, 2, 3, 4, 5, 6, 7, 8]


def test_an_update_with_a_new_beginning_is_a_revision_and_both_are_kept(tmp_path: Path) -> None:
    chance = random.Random(12)
    story = prose(chance, 150)
    texts = [" ".join(story), " ".join([*prose(chance, 40), *story[30:]])]
    links = link(texts, tmp_path, sites=[1, 1], times=[5, 9])
    assert pairs(links) == {(1, 0): Relation.REVISION} and links.kept_for.tolist() == [0, 1]
    assert not pairs(link(texts, tmp_path, sites=[1, 1]))


def test_what_a_program_writes_of_each_day_is_no_revision(tmp_path: Path) -> None:
    chance = random.Random(13)
    form = [prose(chance, 12) for _ in range(8)]
    texts = [" ".join(word for part in form for word in [*part, *prose(chance, 4)]) for _ in range(2)]
    assert not pairs(link(texts, tmp_path, sites=[1, 1], times=[5, 9]))


def test_one_sentence_is_a_quotation(tmp_path: Path) -> None:
    chance = random.Random(14)
    said = prose(chance, 24)
    texts = [" ".join([*prose(chance, 300), *said, *prose(chance, 300)]) for _ in range(2)]
    assert pairs(link(texts, tmp_path)) == {(1, 0): Relation.QUOTES}


def test_a_page_that_drifts_is_linked_in_bounded_time(tmp_path: Path) -> None:
    chance = random.Random(15)
    words, texts = prose(chance, 200), []
    for _ in range(300):
        texts.append(" ".join(words))
        words = [*words[10:], *prose(chance, 10)]
    links = link(texts, tmp_path)
    assert 30 < np.count_nonzero(links.kept_for == np.arange(300)) < 120
    assert len(links.rows) < 300 * 20


def test_a_report_that_many_print_among_words_of_their_own_is_linked(tmp_path: Path) -> None:
    chance = random.Random(16)
    report = prose(chance, 200)
    links = link([" ".join([*prose(chance, 60), *report, *prose(chance, 60)]) for _ in range(70)], tmp_path)
    assert {pair for pair in pairs(links) if pair[1] == 0} == {(n, 0) for n in range(1, 70)}


def test_one_site_is_related_by_copies_alone() -> None:
    chance = random.Random(5)
    story = prose(chance, 300)
    found = likeness(runs(story), runs([*story[:150], *prose(chance, 120)]))
    assert relation_of(found, one_site=False, are_versions=False) == Relation.REWRITE
    assert relation_of(found, one_site=True, are_versions=False) is None
    copy = likeness(runs(story), runs(story[:-20]))
    assert relation_of(copy, one_site=True, are_versions=True) == Relation.REVISION
    assert relation_of(copy, one_site=True, are_versions=False) == Relation.NEAR_COPY
    assert relation_of(copy, one_site=False, are_versions=True) == Relation.NEAR_COPY


def test_a_day_is_not_before_an_hour_of_it() -> None:
    day, hour = 86_400_000_000, 3_600_000_000
    times = np.array([2 * day, 2 * day + 6 * hour, 3 * day, 0])
    facts = Facts(np.ones(4, np.int64), np.zeros(4, np.int64), times, np.array([True, False, True, True]))
    order = facts.order(np.array([0, 0, 1, 0, 2]), np.array([1, 2, 2, 3, 0]))
    assert order.tolist() == [0, -1, -1, 0, 1]
    assert not facts.are_versions(0, 1) and facts.are_versions(0, 2)


def test_versions_of_one_address_or_of_two_times_are_revisions(tmp_path: Path) -> None:
    story = prose(random.Random(6), 200)
    texts = [" ".join(story), " ".join([*story, "more", "was", "said"])]
    assert pairs(link(texts, tmp_path, sites=[1, 1], times=[5, 9])) == {(1, 0): Relation.REVISION}
    assert pairs(link(texts, tmp_path, sites=[1, 2], times=[5, 9])) == {(1, 0): Relation.NEAR_COPY}
    assert pairs(link(texts, tmp_path, sites=[1, 1], times=[5, 0])) == {(1, 0): Relation.NEAR_COPY}


def test_the_seed_that_retells_another_is_a_rewrite(tmp_path: Path) -> None:
    texts = [(SEEDS / name).read_text(encoding="utf-8") for name in sorted(path.name for path in SEEDS.iterdir())]
    found = pairs(link(texts, tmp_path))
    assert found[4, 1] == Relation.REWRITE
    assert not {Relation.NEAR_COPY, Relation.REVISION} & set(found.values())


def test_many_copies_are_one_group_and_a_retelling_of_them_is_found(tmp_path: Path) -> None:
    chance = random.Random(7)
    story = prose(chance, 300)
    copies = [[*story, *prose(chance, 5)] for _ in range(120)]
    reworded = [chance.choice(WORDS) if n % 5 == 0 else word for n, word in enumerate(story)]
    links = link([" ".join(words) for words in (*copies, reworded)], tmp_path)
    assert links.kept_for.tolist() == [0] * 120 + [120]
    assert pairs(links)[120, 0] == Relation.REWRITE
    assert len(links.rows) < 400
    assert set(links.stories.tolist()) == {0}


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 7))
def test_what_is_kept_stands_for_every_copy_and_order_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, size: int
) -> None:
    stories = [prose(chance, 120) for _ in range(3)]
    texts = []
    for _ in range(size):
        story = chance.choice(stories)
        first, last = sorted(chance.sample(range(120), 2))
        texts.append(" ".join(chance.choice([story, story[first:last], [*story, *chance.choice(stories)[:40]]])))
    folder = tmp_path_factory.mktemp("link")
    links = link(texts, folder)
    found = pairs(links)
    for number, kept in enumerate(links.kept_for.tolist()):
        assert links.kept_for[kept] == kept
        if kept != number:
            assert found[number, kept] in (Relation.NEAR_COPY, Relation.REVISION)
            assert links.stories[number] == links.stories[kept]
    for row in links.rows[links.rows["is_copy"]]:
        assert links.kept_for[row["first"]] != row["first"] or links.kept_for[row["second"]] != row["second"]
    for row in links.rows:
        assert row["first"] != row["second"] and 0 < row["resemblance"] <= 1 and 0 < row["containment"] <= 1
    assert all(links.stories[links.stories[n]] == links.stories[n] <= n for n in range(size))
    linker = Linker(size, folder / "again")
    order = list(range(size))
    chance.shuffle(order)
    for number in order:
        linker.add(number, texts[number].encode(), sketch(texts[number], may_report=False))
    again = linker.finish(unknown(size))
    assert again.rows.tolist() == links.rows.tolist() and again.kept_for.tolist() == links.kept_for.tolist()


def test_exact_copies_have_the_links_of_their_text(tmp_path: Path) -> None:
    story = prose(random.Random(8), 200)
    long, short = " ".join(story), " ".join(story[:60])
    texts = [short, long, short, "Something else altogether, of nine words or so.", long]
    first_of = first_with_text(np.array([text.encode() for text in texts]))
    assert first_of.tolist() == [0, 1, 0, 3, 1]
    links = for_all_copies(link([short, long, texts[3]], tmp_path), first_of, unknown(5))
    assert links.kept_for.tolist() == [1, 1, 1, 3, 1] and links.stories.tolist() == [0, 0, 0, 3, 0]
    near = {(0, 1), (0, 4), (2, 1), (2, 4)}
    expected = dict.fromkeys(near, Relation.NEAR_COPY) | {(2, 0): Relation.SAME, (4, 1): Relation.SAME}
    assert pairs(links) == expected


def test_copies_of_one_text_have_sites_and_times_of_their_own(tmp_path: Path) -> None:
    story = prose(random.Random(17), 200)
    texts = [" ".join(story), " ".join([*story, "and", "more", "was", "said"])]
    first_of = np.array([0, 1, 0, 1])
    nothing = np.zeros(4, np.int64)
    facts = Facts(np.array([1, 1, 2, 2]), nothing, np.array([5, 9, 5, 9]), nothing.astype(bool))
    links = for_all_copies(link(texts, tmp_path, sites=[1, 1], times=[5, 9]), first_of, facts)
    assert {pair: found for pair, found in pairs(links).items() if found != Relation.SAME} == {
        (1, 0): Relation.REVISION,
        (3, 2): Relation.REVISION,
        (1, 2): Relation.NEAR_COPY,
        (3, 0): Relation.NEAR_COPY,
    }


def test_two_texts_with_many_copies_each_are_not_every_pair() -> None:
    row = (1, 0, RELATIONS.index(Relation.NEAR_COPY), True, False, 0.9, 0.95, 100, 0.0)
    links = Links(np.array([row], LINK), np.array([0, 0]), np.array([0, 0]))
    found = for_all_copies(links, np.repeat([0, 5_000], 5_000), unknown(10_000))
    assert len(found.rows) == 2 * 4_999 + 5_000 and set(found.kept_for.tolist()) == {0}


def test_large_groups_of_equal_texts_have_a_row_a_document() -> None:
    links = Links(np.empty(0, LINK), np.arange(1), np.arange(1))
    found = for_all_copies(links, np.zeros(500, np.int64), unknown(500))
    assert len(found.rows) == 499 and set(found.kept_for.tolist()) == {0}


@given(st.lists(st.lists(st.integers(0, 30), max_size=6), max_size=12))
def test_the_index_finds_every_pair_that_shares_enough(held: list[list[int]]) -> None:
    entries = sorted((key << 50, owner) for owner, keys in enumerate(held) for key in set(keys))
    bucket = np.array([key for key, _ in entries], np.uint64), np.array([owner for _, owner in entries], np.int64)
    found = [pair_entries(one) for one in all_pairs([bucket])]
    keys = np.concatenate([np.empty(0, np.uint64), *(key for key, _ in found)])
    owners = np.concatenate([np.empty(0, np.int64), *(owner for _, owner in found)])
    order = np.lexsort((owners, keys))
    first, second = often_enough((keys[order], owners[order]), np.array([len(set(one)) for one in held] or [0]))
    wanted = {(a, b) for a, b in combinations(range(len(held)), 2) if len(set(held[a]) & set(held[b])) >= 3}
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == wanted
    stars = set(zip(*(one.tolist() for one in with_first([bucket])), strict=True))
    firsts = {key: min(owner for k, owner in entries if k == key) for key, _ in entries}
    assert stars == {(firsts[key], owner) for key, owner in entries if firsts[key] != owner}


def test_texts_that_are_about_the_same_meet_in_a_band() -> None:
    chance = random.Random(9)
    for size in (20, 100, 1000):
        story = prose(chance, size)
        other = [*story[: size - size // 20], *prose(chance, size // 20)]
        one, two = (band_keys(np.unique(shingles(" ".join(words)))) for words in (story, other))
        assert len(set(one.tolist()) & set(two.tolist())) >= 4
    assert not len(band_keys(np.empty(0, np.uint64)))


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 1000)), max_size=60), st.integers(0, 40_000_000))
def test_what_goes_into_buckets_comes_out_sorted(entries: list[tuple[int, int]], expected: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        buckets = Buckets(Path(folder) / "b", expected)
        for key, owner in entries:
            buckets.add(np.array([key], np.uint64), owner)
        out = [pair for keys, owners in buckets.read() for pair in zip(keys.tolist(), owners.tolist(), strict=True)]
    assert out == sorted(entries)


def test_sequences_come_back_by_their_place(tmp_path: Path) -> None:
    sequences = Sequences(tmp_path / "s", np.uint64)
    values = [np.arange(n, dtype=np.uint64) for n in (3, 0, 5)]
    for one in values:
        sequences.add(one)
    assert [sequences[n].tolist() for n in range(3)] == [one.tolist() for one in values]
    sequences.close()
    nothing = Sequences(tmp_path / "n", np.uint64)
    nothing.add(np.empty(0, np.uint64))
    assert not len(nothing[0])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_groups_are_named_by_their_lowest_number(joins: list[tuple[int, int]]) -> None:
    groups, plain = Groups(10), [{n} for n in range(10)]
    for first, second in joins:
        groups.join(first, second)
        both = plain[first] | plain[second]
        for number in both:
            plain[number] = both
    assert [groups[n] for n in range(10)] == [min(plain[n]) for n in range(10)]
    several = {tuple(sorted(one)) for one in plain if len(one) > 1}
    assert groups.of_several() == [list(one) for one in sorted(several)]


def test_versions_of_one_address_and_one_time_are_told_by_their_changes() -> None:
    same, nothing = np.full(3, 7, np.int64), np.zeros(3, np.int64)
    changes = np.array([30, 10, 0])
    facts = Facts(same, same, same, nothing.astype(bool), changes)
    assert facts.order(np.array([0, 1, 0]), np.array([1, 0, 2])).tolist() == [1, -1, 0]
    elsewhere = Facts(same, np.array([7, 8, 9]), same, nothing.astype(bool), changes)
    assert elsewhere.order(np.array([0]), np.array([1])).tolist() == [0]
