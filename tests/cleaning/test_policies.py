"""Terms and policies that are the text stay whole; below a story their sentences are furniture."""

from __future__ import annotations

import pytest

from cleaning import clean_text
from cleaning.boilerplate.policies import policy_lines, said_in_policy
from cleaning.boilerplate.split import page_of_rows

ENGLISH = [
    "Privacy Policy of the Old Bridge Ferry",
    "This policy says what personal data we collect when you use our services, and what we do with it.",
    "1. What we collect",
    "We may collect your name, your address and the days on which you took the ferry over the river.",
    "We use cookies to keep you signed in while you book, and for nothing else.",
    "● Strictly necessary cookies",
    "Without these cookies the service cannot know which of two passengers you are.",
    "By using the service you agree to these terms and to what this policy says.",
    "Your consent is asked for before we share personal information with third parties such as the harbour.",
    "You may withdraw your consent at any time, without giving a reason for it.",
    "You must not book for others unless they have agreed to these terms.",
    "2. How to reach us",
    "If you have any questions about this Privacy Policy, please contact us at privacy@example.com.",
    "Our liability for luggage that falls into the river is limited to what the applicable law says.",
    "We may change these terms, and we will tell you by mail before we do.",
    "Please check this page from time to time to see whether our privacy policy has changed.",
    "The applicable law is that of the country on whose bank you went on board.",
]
GERMAN = [
    "Datenschutzerklärung der Fähre an der alten Brücke",
    "Der Schutz personenbezogener Daten ist der Fähre wichtig, und wir halten uns an die DSGVO.",
    "Wir verwenden Cookies, damit Sie beim Buchen angemeldet bleiben, und für nichts sonst.",
    "Die Verarbeitung erfolgt auf der Grundlage Ihrer Einwilligung nach Artikel 6.",
    "Mit der Buchung stimmen Sie unseren Nutzungsbedingungen zu.",
    "Sie können Ihre Einwilligung jederzeit ohne Angabe von Gründen widerrufen.",
    "Der Vertrag kommt zustande, sobald die Fähre die Buchung bestätigt hat.",
    "Die Haftung für Gepäck, das in den Fluss fällt, ist auf den Zeitwert begrenzt.",
    "Personenbezogene Daten werden gelöscht, sobald der Zweck der Verarbeitung entfällt.",
    "Wenn Sie Fragen zum Datenschutz haben, schreiben Sie uns bitte an datenschutz@example.com.",
    "Ein Widerruf des Vertrags ist bis eine Stunde vor der Abfahrt möglich.",
    "Es gelten unsere Geschäftsbedingungen in der Fassung vom Tag der Buchung.",
    "Über Änderungen dieser Datenschutzerklärung informieren wir Sie per Mail.",
]
STORY = [
    "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours.",
    "Nobody knows who is going to pay for the repair, which engineers say will cost three times what was granted.",
    "The ferry, which has run since 1911, will go on twice a day until the bridge is closed to heavy lorries.",
]


@pytest.mark.parametrize("text", [ENGLISH, GERMAN])
def test_a_policy_stays_whole(text: list[str]) -> None:
    document = clean_text("\n".join(text))
    assert [line for line in document.text.split("\n") if line] == text[1:] or document.text.split("\n") == text


def test_below_a_story_the_same_sentences_go() -> None:
    notices = [ENGLISH[4], "Accept all", "By using this site you agree to our Privacy Policy and Terms of Use."]
    text = clean_text("\n".join([*STORY, *STORY[::-1], *notices])).text.split("\n")
    assert notices[-1] not in text and notices[1] not in text
    assert not policy_lines(page_of_rows([*STORY * 4, *notices]))


def test_labels_among_the_sentences_are_no_part_of_it() -> None:
    rows = [*ENGLISH[:9], "Accept all", "Share this article", *ENGLISH[9:]]
    said = said_in_policy(page_of_rows(rows))
    assert rows.index("Accept all") not in said and rows.index("● Strictly necessary cookies") in said
    text = clean_text("\n".join(rows)).text.split("\n")
    assert "Share this article" not in text and set(ENGLISH[1:]) <= set(text)


def test_a_story_about_a_contract_is_no_policy() -> None:
    """Its words are those of a policy; its newsletter prompt is furniture, as in any story."""
    story = [
        "Der Stadtrat hat dem Vertrag mit der Fähre am Dienstag mit neun zu vier Stimmen zugestimmt.",
        "Der Vertrag gilt für zwei Jahre und kann danach um ein weiteres Jahr verlängert werden.",
        "Die Haftung für Unfälle übernimmt nach dem Vertrag die Stadt, nicht die Fähre.",
        "Eine Einwilligung des Landes ist nach Auskunft des Bürgermeisters nicht nötig.",
        "Den alten Vertrag hatte die Fähre im Herbst gekündigt, weil er ihr zu wenig einbrachte.",
        "Für Schäden an der Brücke haftet die Fähre weiterhin selbst, wie der Vertrag es vorsieht.",
        "Die Verarbeitung der Anträge hatte fast ein Jahr gedauert, und niemand wusste warum.",
        "Im neuen Vertrag steht auch, wie oft die Fähre im Winter fahren muss.",
        "Die Opposition hält den Vertrag für zu teuer und will ihn prüfen lassen.",
        "Ein Widerruf ist bis zum Ende des Monats möglich, danach ist die Stadt gebunden.",
        "Vor Gericht hatte die Haftung der Stadt zuletzt eine große Rolle gespielt.",
        "Der Vertrag soll am Freitag im Rathaus unterschrieben werden.",
        "Die Fähre fährt seit 1911 zweimal am Tag über den Fluss.",
    ]
    prompt = "Abonnieren Sie unseren Newsletter und erhalten Sie die wichtigsten Nachrichten jeden Morgen per E-Mail."
    rows = [*story[:6], prompt, *story[6:]]
    assert not policy_lines(page_of_rows(rows))
    assert prompt not in clean_text("\n".join(rows)).text


def test_long_paragraphs_of_a_policy_count() -> None:
    paragraph = "We may share your personal data with third parties under these terms. " * 16
    assert len(policy_lines(page_of_rows([paragraph] * 14))) == 14
