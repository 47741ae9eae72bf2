"""Articles that tell of one event in their own words: what makes them alike, and what keeps them apart."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.link import RELATIONS, Facts, Linker, Links, Relation, sketch
from cleaning.link import topics as topics_module
from cleaning.link.facts import DAY
from cleaning.link.topics import ONE_EVENT, Topics, average_link
from cleaning.link.words import MOST_WORDS, topic_words

FIRE = [
    "A fire broke out in the old theatre of Tamworth on Friday night. Nobody was hurt, said fire chief Maria Okafor. "
    "Forty firefighters fought the flames until morning. The roof of the theatre, which was built in 1911, fell in.",
    "Tamworth has lost its theatre: flames destroyed the roof of the building from 1911 on Friday. The audience had left "
    "an hour before, fire chief Maria Okafor told reporters. Police look for the cause of the fire.",
    "Police in Tamworth said that an old heater may have caused the fire that destroyed the theatre on Friday. The mayor "
    "promised that the building of 1911 would rise again. Firefighters under Maria Okafor had worked all night.",
]
OTHERS = [
    "The council of Armidale voted on Friday to close the old swimming pool. Mayor Jonas Petrie said that the repair would "
    "cost four million dollars, which the town does not have. Swimmers protested before the town hall.",
    "Put the flour into a bowl and rub in the butter. Add an egg and some water, knead it until it is smooth, and leave "
    "it in the fridge for an hour. Heat the oven and roll out the dough. Bake it until it is golden.",
]
ONE_DAY = 1_700_000_000_000_000


def facts(documents: int, *, sites: list[int] | None = None, times: list[int] | None = None) -> Facts:
    nothing = np.zeros(documents, np.int64)
    known = [np.array(values, np.int64) if values else nothing for values in (sites, times)]
    return Facts(known[0], nothing, known[1], nothing.astype(bool))


def link(texts: list[str], folder: Path, known: Facts | None = None, *, order: list[int] | None = None) -> Links:
    linker = Linker(len(texts), folder)
    for number in order or range(len(texts)):
        linker.add(number, texts[number].encode(), sketch(texts[number]))
    return linker.finish(known or facts(len(texts)))


def test_reports_on_one_event_are_one_story_and_nothing_else_is(tmp_path: Path) -> None:
    links = link([*FIRE, *OTHERS], tmp_path / "link")
    assert links.stories.tolist() == [0, 0, 0, 3, 4] and links.kept_for.tolist() == [0, 1, 2, 3, 4]
    found = {(int(row["first"]), int(row["second"])): RELATIONS[row["relation"]] for row in links.rows}
    assert found and set(found.values()) == {Relation.SAME_STORY}
    assert all(ONE_EVENT <= row["similarity"] <= 1 for row in links.rows) and not links.rows["is_copy"].any()


def test_what_is_weeks_apart_is_another_event(tmp_path: Path) -> None:
    near = facts(2, times=[ONE_DAY, ONE_DAY + 13 * DAY])
    far = facts(2, times=[ONE_DAY, ONE_DAY + 15 * DAY])
    unknown = facts(2, times=[ONE_DAY, 0])
    found = [link(FIRE[:2], tmp_path / str(n), known).stories.tolist() for n, known in enumerate((near, far, unknown))]
    assert found == [[0, 0], [0, 1], [0, 0]]


def test_two_texts_of_one_site_are_one_story_where_another_site_tells_it(tmp_path: Path) -> None:
    assert link(FIRE[:2], tmp_path / "two", facts(2, sites=[5, 5])).stories.tolist() == [0, 1]
    assert link(FIRE, tmp_path / "three", facts(3, sites=[5, 5, 6])).stories.tolist() == [0, 0, 0]


def test_a_copy_is_linked_as_one_and_is_of_the_story(tmp_path: Path) -> None:
    links = link([FIRE[0], FIRE[1], FIRE[0] + " More was to follow."], tmp_path / "link")
    found = {(int(row["first"]), int(row["second"])): RELATIONS[row["relation"]] for row in links.rows}
    assert found == {(0, 2): Relation.NEAR_COPY, (2, 1): Relation.SAME_STORY}
    assert links.stories.tolist() == [0, 0, 0] and links.kept_for.tolist() == [2, 1, 2]


def test_names_are_capitals_inside_of_sentences_that_the_text_does_not_write_small() -> None:
    text = "Bakers in Wollongong met bakers from Kiama. Bakers rarely do, says the Bakers Guild of 1904. "
    found = topic_words(text * 2)
    assert found["is_name"].sum() == 3 and not len(topic_words(text))
    assert np.isclose((found["weight"].astype(float) ** 2).sum(), 1)


@pytest.mark.parametrize("text", ["", "\n", "qwx zzkp vvrt pplk " * 30, "+ – ="])
def test_texts_without_known_words_tell_nothing(text: str) -> None:
    assert not len(topic_words(text))


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_has_words_of_a_vector_of_length_one_or_none(text: str, title: str) -> None:
    found = topic_words(text, title)
    assert len(found) <= MOST_WORDS and len(np.unique(found["word"])) == len(found)
    assert not len(found) or np.isclose((found["weight"].astype(float) ** 2).sum(), 1, atol=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)))
def test_order_does_not_matter(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    folder = tmp_path_factory.mktemp("topics")
    links, again = link([*FIRE, *OTHERS], folder / "one"), link([*FIRE, *OTHERS], folder / "other", order=order)
    assert again.rows.tolist() == links.rows.tolist() and again.stories.tolist() == links.stories.tolist()


@given(st.integers(2, 12), st.randoms(use_true_random=False))
def test_groups_of_average_link_are_alike_on_average(size: int, chance: random.Random) -> None:
    alike = np.eye(size)
    for one in range(size):
        for other in range(one):
            alike[one, other] = alike[other, one] = round(chance.random(), 2)
    groups = average_link(alike, 0.5)
    places = [place for group in groups for place in group]
    assert len(set(places)) == len(places)
    for group in groups:
        within = alike[np.ix_(group, group)]
        assert (within.sum() - len(group)) / (len(group) * (len(group) - 1)) >= 0.5 - 1e-9


def test_too_many_that_hang_together_are_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics_module, "_MOST_TOGETHER", 2)
    topics = Topics(4, tmp_path / "topics")
    for number, text in enumerate([*FIRE, OTHERS[0]]):
        topics.add(number, topic_words(text))
    groups = [group for group, _ in topics.events(np.arange(4), {}, facts(4))]
    assert all(len(group) == 2 for group in groups)


def test_vowel_signs_are_part_of_words_and_those_that_may_be_left_out_are_not() -> None:
    from cleaning.link.words import all_words

    assert list(all_words("प्रधानमंत्री ने दिल्ली में कहा")) == ["प्रधानमंत्री", "ने", "दिल्ली", "में", "कहा"]
    pointed, plain = "قالَ الرَّئِيسُ إنّ الاجتماعَ سيُعقد في القاهرة. ", "قال الرئيس إن الاجتماع سيعقد في القاهرة. "
    assert topic_words(pointed * 6).tolist() == topic_words(plain * 6).tolist()


def test_events_that_recur_are_found_in_a_large_archive(tmp_path: Path) -> None:
    """What a hundred documents of other years share hides no pair of two weeks."""
    chance = random.Random(5)
    words = sorted({word for text in (*FIRE, *OTHERS) for word in text.split()})
    texts = [*FIRE, *(" ".join(chance.sample(words, 45)) + " said Maria Okafor of Tamworth." for _ in range(120))]
    times = [ONE_DAY + 300 * 30 * DAY] * 3 + [ONE_DAY + n * 30 * DAY for n in range(120)]
    order = np.argsort(times, kind="stable")
    links = link([texts[n] for n in order], tmp_path / "link", facts(123, times=sorted(times)))
    stories = links.stories[[int(np.flatnonzero(order == n)[0]) for n in range(3)]]
    assert len(set(stories.tolist())) == 1


def test_a_document_that_is_kept_stands_for_the_first_of_its_copies(tmp_path: Path) -> None:
    texts = [FIRE[0], FIRE[1], FIRE[0] + " More was to follow."]
    known = facts(3, times=[ONE_DAY, ONE_DAY + DAY, ONE_DAY + 60 * DAY])
    assert link(texts, tmp_path / "link", known).stories.tolist() == [0, 0, 0]


def test_no_group_holds_two_documents_that_are_weeks_apart(tmp_path: Path) -> None:
    known = facts(3, times=[ONE_DAY, ONE_DAY + 10 * DAY, ONE_DAY + 20 * DAY])
    links = link(FIRE, tmp_path / "link", known)
    assert links.stories[0] != links.stories[2]
