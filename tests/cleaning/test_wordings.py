"""Lines that go by their words: prompts alone between paragraphs, in no wording that a list holds."""

import pytest

from cleaning import Recipe, clean_text
from cleaning.boilerplate.find import find_removals
from cleaning.boilerplate.line_model import LineScorer
from cleaning.boilerplate.line_model.kinds import PATH as KINDS_PATH
from cleaning.boilerplate.line_model.kinds import likeliest_kind, read_kinds
from cleaning.boilerplate.line_model.wording import PATH, SLOTS, WORDING_VERSION, read_wordings
from cleaning.boilerplate.wordings import WORDING_NAME
from cleaning.records import MOVED_KINDS, Kind

STORY = [
    "The council of the town voted on Tuesday to close the old bridge over the river, after engineers had found new cracks.",
    "Residents who use the bridge to reach the hospital said that they had been told nothing before the vote on it.",
    "Engineers had asked for three times the money that they were given, and for more time to look at the piers below.",
    "The mayor said that the repair would take two years, and that the town could not pay for it alone.",
]
PROMPTS = [
    "Never miss a goal: get our free football briefing in your inbox before breakfast",
    "Enjoying what you are reading? Help keep our reporting free for everyone with a small gift today",
    "Our podcast takes you behind the headlines every Friday, wherever you get your podcasts",
]
SENTENCES = [
    "The newsletter, which began in 2017 as an email to 40 friends, now has 310,000 subscribers and a staff of nine.",
    "Subscriptions rose 14 per cent in the quarter, but advertising revenue slid for the fifth time in a row.",
    "“Follow us,” the guide shouted over the wind, and forty tourists stumbled down the ridge behind her.",
    "The photo by Nick Ut, taken on June 8, 1972, shows children running from a napalm strike near Trang Bang.",
]


def _between(line: str) -> str:
    return "\n".join([*STORY[:2], line, *STORY[2:]])


@pytest.mark.parametrize("line", PROMPTS)
def test_a_prompt_alone_in_a_story_goes(line: str) -> None:
    found = clean_text(_between(line))
    assert found.text == "\n".join(STORY)
    assert [removal.text.strip() for removal in found.removals] == [line]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_about_such_things_stays(line: str) -> None:
    assert clean_text(_between(line)).text == _between(line)


def test_the_trail_says_that_words_spoke() -> None:
    rules = {removal.rule for line in PROMPTS for removal in clean_text(_between(line)).removals}
    assert WORDING_NAME in rules
    evidence = [r.evidence for line in PROMPTS for r in clean_text(_between(line)).removals if r.rule == WORDING_NAME]
    assert all(text.startswith("log odds of its words ") for text in evidence)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (PROMPTS[0], Kind.NEWSLETTER),
        (PROMPTS[1], Kind.PAYWALL),
        ("Hol dir die Nachrichten jeden Morgen kostenlos per E-Mail", Kind.NEWSLETTER),
        ("Tell us what you think in the comments", Kind.COMMENT_PROMPT),
        ("Request a quote for your project today", Kind.ADVERTISEMENT),
    ],
)
def test_words_say_the_kind(line: str, kind: Kind) -> None:
    assert likeliest_kind(line)[0] == kind


def test_a_prompt_is_kept_where_its_kind_is_kept() -> None:
    kept = clean_text(_between(PROMPTS[0]), recipe=Recipe(kinds={Kind.NEWSLETTER: "keep"}))
    assert kept.text == _between(PROMPTS[0])


def test_no_kind_that_becomes_metadata_is_guessed() -> None:
    assert MOVED_KINDS.isdisjoint(read_kinds().names)
    assert KINDS_PATH.stat().st_size < 500_000


def test_off_means_off() -> None:
    recipe = Recipe(line_model="off")
    found = [r.rule for line in PROMPTS for r in clean_text(_between(line), recipe=recipe).removals]
    assert WORDING_NAME not in found


def test_a_line_says_the_same_wherever_it_stands() -> None:
    lines = [*STORY, PROMPTS[0]]
    scorer = LineScorer()
    scorer.score(lines)
    once = scorer.wordings(lines).tolist()
    scorer.score(lines[::-1])
    assert scorer.wordings(lines[::-1]).tolist() == once[::-1]
    assert once[-1] > 5 > max(once[:-1])


def test_artifact() -> None:
    wordings = read_wordings()
    assert wordings.weights.shape == (SLOTS,)
    assert PATH.stat().st_size < 1_200_000
    with pytest.raises(ValueError, match="version"):
        read_wordings(PATH.with_name("comments.npz"))
    assert WORDING_VERSION


def test_the_first_line_above_a_paragraph_may_be_the_title() -> None:
    title = "Asia shares defy post-quake gloom"
    text = "\n".join([title, *STORY[:2], "What the brokers say", *STORY[2:]])
    document = clean_text(text)
    assert title in document.text or document.title == title


@pytest.mark.parametrize("prompt", ["Give this article to a friend", "JavaScript is disabled in your browser"])
def test_a_prompt_above_a_story_is_no_title(prompt: str) -> None:
    document = clean_text("\n".join([prompt, *STORY]))
    assert document.title is None
    assert document.text == "\n".join(STORY)


def test_the_only_line_that_is_no_sentence_is_the_title() -> None:
    title = "Parmalat to return to stockmarket"
    document = clean_text("\n".join([title, *STORY]))
    assert document.title == title


def test_headlines_of_a_text_of_several_stories_stay() -> None:
    doubted = "Shares in ferry line jump on takeover talk"
    others = (
        "Bakers ask for cheaper flour",
        "Old bridge to stay open",
        "Rain ends the long drought",
        "Two hurt in fire",
    )
    stories = [f"{headline}\n{sentence}" for headline, sentence in zip((*others, doubted), STORY * 2, strict=False)]
    assert doubted in clean_text("\n".join(stories)).text
    # Alone between two paragraphs it may go.
    assert doubted not in clean_text(f"{STORY[0]}\n{doubted}\n{STORY[1]}\n{STORY[2]}").text


# "The town council voted on Tuesday to keep the old bridge open for two more years.", and a heading.
SCRIPTS_WITHOUT_SENTENCES = {
    "ml": "നഗരസഭ ചൊവ്വാഴ്ച പഴയ പാലം രണ്ട് വർഷം കൂടി തുറന്നിടാൻ വോട്ട് ചെയ്തു. പോലീസ് ഉദ്യോഗസ്ഥർ ചിത്രം പോസ്റ്റ് ചെയ്തിരുന്നു.",
    "kn": "ನಗರ ಸಭೆಯು ಮಂಗಳವಾರ ಹಳೆಯ ಸೇತುವೆಯನ್ನು ಇನ್ನೂ ಎರಡು ವರ್ಷಗಳ ಕಾಲ ತೆರೆದಿಡಲು ಮತ ಹಾಕಿತು.",
    "si": "නගර සභාව අඟහරුවාදා පැරණි පාලම තවත් වසර දෙකක් විවෘතව තබා ගැනීමට ඡන්දය ලබා දුන්නේය.",
    "my": "မြို့တော်ကောင်စီသည် အင်္ဂါနေ့တွင် တံတားဟောင်းကို နောက်ထပ်နှစ်နှစ် ဖွင့်ထားရန် မဲပေးခဲ့သည်။",
    "km": "ក្រុមប្រឹក្សាក្រុងបានបោះឆ្នោតកាលពីថ្ងៃអង្គារ ដើម្បីរក្សាស្ពានចាស់ឱ្យបើកសម្រាប់រយៈពេលពីរឆ្នាំទៀត។",
    "or": "ନଗର ପରିଷଦ ମଙ୍ଗଳବାର ପୁରୁଣା ପୋଲକୁ ଆଉ ଦୁଇ ବର୍ଷ ଖୋଲା ରଖିବାକୁ ଭୋଟ ଦେଇଛି।",
    "am": "የከተማው ምክር ቤት ማክሰኞ ዕለት አሮጌው ድልድይ ለተጨማሪ ሁለት ዓመታት ክፍት ሆኖ እንዲቆይ ድምጽ ሰጥቷል።",
    "lo": "ສະພາເມືອງໄດ້ລົງຄະແນນສຽງໃນວັນອັງຄານ ເພື່ອຮັກສາຂົວເກົ່າໃຫ້ເປີດອີກສອງປີ.",
}


@pytest.mark.parametrize("language", SCRIPTS_WITHOUT_SENTENCES)
def test_of_scripts_that_nothing_was_learnt_of_words_say_nothing(language: str) -> None:
    sentence = SCRIPTS_WITHOUT_SENTENCES[language]
    words = sentence.split()
    lines = [sentence, *(" ".join([*words[n:], *words[:n]]) for n in range(1, len(words))), " ".join(words[:3])]
    scorer = LineScorer()
    scorer.score(lines)
    assert scorer.wordings(lines).max() <= 0 and scorer.comments(lines).max() <= 0
    assert find_removals("\n".join(lines), Recipe()) == ()
