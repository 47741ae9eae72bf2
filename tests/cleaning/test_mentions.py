"""Sentences of a story that speak of prompts and notices stay; prompts and notices in a story go."""

import pytest

from cleaning import Recipe, clean_text

_LEAD = {
    "newsletter": "Newsletters are back in fashion, and the people who write them earn more than the papers do.",
    "ruling": "A court in Luxembourg has ruled on cookies, and the ruling changes what banners may look like.",
    "flood": "The river rose by two metres in the night, and the lower part of the town was under water at dawn.",
}
_MORE = {
    "newsletter": "Most subscribers found their newsletter through a friend, according to a survey of 2,000 readers.",
    "ruling": "Consent must be given freely, the judges wrote, and a cookie that nobody asked for is not free.",
    "flood": "Volunteers carried sandbags through the streets for six hours until the water began to fall again.",
}
_END = "The next chapter will be written in Brussels, where ministers are to meet in the second week of March."
_SENTENCES = {
    "newsletter": "Subscribe to five newsletters that you admire and write down where each one places its form.",
    "ruling": "By continuing to use this site, you accept our cookie policy: such sentences are no longer enough.",
}


@pytest.mark.parametrize("matter", _SENTENCES)
def test_a_sentence_stays_in_a_story_about_its_matter_and_goes_in_another(matter: str) -> None:
    sentence = _SENTENCES[matter]
    about = "\n".join([_LEAD[matter], sentence, _MORE[matter], _END])
    assert clean_text(about).text == about
    other = "\n".join([_LEAD["flood"], sentence, _MORE["flood"], _END])
    assert sentence not in clean_text(other, recipe=Recipe(line_model="off")).text


@pytest.mark.parametrize("matter", _SENTENCES)
def test_below_a_story_about_its_matter_it_goes(matter: str) -> None:
    story = "\n".join([_LEAD[matter], _MORE[matter], _END])
    assert clean_text(f"{story}\n{_SENTENCES[matter]}").text == story


def test_a_banner_that_speaks_of_its_matter_itself_goes() -> None:
    banner = [
        "We use cookies to improve your experience. By continuing to browse, you agree to our use of cookies.",
        "Functional cookies help us to remember who you are and what you had in your basket when you left.",
        "By continuing to use this site, you accept our cookie policy.",
    ]
    text = clean_text("\n".join([_LEAD["flood"], _MORE["flood"], _END, *banner])).text
    assert banner[0] not in text
    assert banner[2] not in text


def test_a_short_prompt_goes_from_a_story_about_its_matter() -> None:
    story = [_LEAD["newsletter"], _MORE["newsletter"], _END]
    prompt = "Sign up for our newsletter"
    assert prompt not in clean_text("\n".join([story[0], prompt, *story[1:]])).text.splitlines()


@pytest.mark.parametrize("notice", ["“© 2019 Example Press. All rights reserved.”", "»Alle Rechte vorbehalten.«"])
def test_a_quoted_notice_is_part_of_its_sentence(notice: str) -> None:
    sentence = f"The defendant had printed {notice} on each page of the catalogue."
    text = "\n".join([_LEAD["flood"], sentence, _END])
    assert clean_text(text).text == text
