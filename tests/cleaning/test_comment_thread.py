"""CO003 and CO006: a thread without a heading, known by who wrote or by when."""

import pytest

from cleaning import clean_text
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import split_page

STORY = "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours."
COMMENT = "I could not agree more, and I have been saying so since the last bridge was built."
THREADS = [rule for rule in RULES if rule.code in ("CO003", "CO006")]


def taken(lines: list[str]) -> list[int]:
    """The lines that the rules take, by index."""
    page = split_page("\n".join(lines))
    starts = {line.start: line.index for line in page.lines}
    return sorted({starts[span.start] for rule in THREADS for span in rule.find(page, ())})


def thread(count: int) -> list[str]:
    return [line for day in range(1, count + 1) for line in (f"Ann Lee {day}", f"May {day}, 2019 at 2:57 pm", COMMENT)]


@pytest.mark.parametrize(("paragraphs", "goes"), [(60, True), (9, False)])
def test_times_tell_a_thread_below_a_long_story_alone(paragraphs: int, goes: bool) -> None:
    lines = [STORY] * paragraphs + thread(5)
    assert taken(lines) == (list(range(paragraphs, len(lines))) if goes else [])


def test_questions_with_their_answers_stay() -> None:
    answers = [line for day in range(1, 6) for line in (f"answered May {day}, 2019 at 2:57", COMMENT)]
    assert taken([STORY] * 60 + answers) == []


def test_three_times_are_no_thread() -> None:
    assert taken([STORY] * 60 + thread(3)) == []


def test_a_thread_that_thins_out_is_none() -> None:
    assert taken([STORY] * 60 + thread(5) + [STORY] * 100) == []


SIGNATURES = {
    "name and day": [f"{name} on May {day}, 2024 at {day}:0{day} pm" for day, name in enumerate(("Jane", "roe77", "A. Doe", "Jim"), 1)],
    "day and name": [f"0{day}.15.12 at 1{day}:59 {name}" for day, name in enumerate(("Jane", "roe77", "A. Doe", "Jim"), 1)],
    "glued": [f"{name}August {day}, 2012 4:1{day} AM" for day, name in enumerate(("JaneAtTheHarbour", "roe", "ada", "jim"), 1)],
    "ago": [f"{name} {day + 10} days ago" for day, name in enumerate(("Jane Doe", "roe77", "A. Doe", "Jim"), 1)],
    "said": ["Jane Doe said...", "Anonymous said...", "roe77 said...", "Old Man River said..."],
}  # fmt: skip


@pytest.mark.parametrize("signed", SIGNATURES.values(), ids=SIGNATURES)
def test_a_thread_is_known_by_signatures_that_are_alike(signed: list[str]) -> None:
    lines = [STORY] * 12 + [line for name in signed for line in (name, COMMENT)]
    assert taken(lines) == list(range(12, len(lines)))


def test_a_forum_whose_first_post_is_signed_too_stays() -> None:
    posts = [line for name in SIGNATURES["name and day"] for line in (name, *[STORY] * 4)]
    assert taken(["Where to cross the river", *posts]) == []


def test_the_day_of_a_story_that_is_stated_as_those_of_its_comments_hides_no_thread() -> None:
    thread = [line for name in SIGNATURES["name and day"] for line in (name, COMMENT)]
    head = ["The bridge that stays", "Ann Lee on April 30, 2024 at 8:00 am"]
    assert taken([*head, *[STORY] * 30, *thread]) == list(range(32, 40))
    assert taken([*head, *[STORY] * 12, *thread]) == []


def test_a_timetable_below_a_story_stays() -> None:
    timetable = [f"May {day}, 2024 at 7:30 pm" for day in range(10, 20)]
    assert taken([STORY] * 12 + ["The film can be seen on these days:", *timetable]) == []


def test_a_post_with_ten_times_as_many_comments_is_published() -> None:
    thread = [line for day in range(1, 29) for line in (f"Ann Lee on May {day}, 2019 at 2:57 pm", *[COMMENT] * 6)]
    document = clean_text("\n".join([*[STORY] * 12, *thread]))
    assert document.text.count(STORY) == 12
    assert COMMENT not in document.text


REPORT = [
    "The river Tarrow rose by more than two metres during Sunday night and broke through its banks in three places. By the "
    "morning the lower half of the town stood under water, and some four hundred households had been brought to safety.",
    "The fire brigade counted sixty rescues by boat before noon. Nobody is missing, according to the county, and the hospital "
    "treated eleven people, most of them for cold. The school, the library and the depot of the buses remain closed.",
    "The authority that looks after the banks had warned of the third breach in a report of last year. It put the cost of the "
    "repair at £1.2 million, of which a quarter had been granted. Work was to begin in April, once the ground had dried.",
    "At a meeting on Sunday evening the mayor promised that the money would now be found, whoever had to pay for it in the "
    "end. The insurers expect claims of several million pounds. The railway was opened again at six on Monday morning.",
    "Our reporter Ada Roe spent the night in the control room of the brigade and on the boats. What follows are her notes, in "
    "the order in which she sent them. Times are those at which they arrived, the spelling of places is that of the map.",
]
BY_THE_HOUR = {
    "5 March 2024, 21:40": "The siren goes at Mill Lane. Two engines leave for the weir, a third one stays behind for the hospital.",
    "5 March 2024, 22:15": "The gauge at the weir stands at 3.4 metres. It rose by forty centimetres within the hour, the officer in charge says.",
    "5 March 2024, 23:05": "The bank gives way at Tanner's Field. The crew on the spot pulls back to the road and asks for both boats.",
    "6 March 2024, 00:30": "Power fails in the lower town. The brigade runs on its own generator from now on; the hospital reports the same.",
    "6 March 2024, 02:10": "The second breach, at the depot. Eleven buses stand in the water. The drivers had moved the other nine at midnight.",
    "6 March 2024, 04:45": "The gauge falls for the first time, by two centimetres. The officer in charge takes off his jacket and sits down.",
}  # fmt: skip


def test_a_story_that_is_told_by_the_hour_stays() -> None:
    """Entries of a live blog are signed by day and hour as comments are; what stands between them is no reader's."""
    lines = [*REPORT, *(line for entry in BY_THE_HOUR.items() for line in entry)]
    assert taken(lines) == list(range(len(REPORT), len(lines)))
    assert clean_text("\n".join(lines)).text == "\n".join(lines)


def test_readers_below_the_same_report_go() -> None:
    said = [
        "I live on Mill Lane and I can tell you the siren was an hour late. Thanks for nothing!",
        "Great reporting as always, thank you Ada. I don't know how you do it.",
        "Why didn't they fix it last year? I'm so tired of this council, honestly.",
        "My mum was one of the sixty. If anyone knows the guy with the red boat please tell him we love him!",
        "I think you mean Tanners Field, not Tanner's. Sorry, I'm a pedant.",
        "lol they'll find the money alright, it'll be on my council tax bill",
    ]
    thread = [line for day, comment in zip(BY_THE_HOUR, said, strict=True) for line in (day, comment)]
    assert clean_text("\n".join([*REPORT, *thread])).text == "\n".join(REPORT)
