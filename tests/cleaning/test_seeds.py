"""What must come out of the five seeds: exactly this, and not one other word goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning import CleanDocument, clean_text, restore

CUT = {
    "000_1378d33102b1ddb1": [
        ("title", "Putin Acknowledges China's Concerns Over Ukraine In First Meeting Since Invasion"),
        ("caption", "Chinese President Xi Jinping (left) and Russian President Vladimir Putin pose for a photo on the sidelines "
                    "of the Shanghai Cooperation Organization summit in Samarkand, Uzbekistan, on September 15."),
        ("related_links", "SEE ALSO: Relatives Of Kazakhs Missing In Xinjiang Silenced As China's Xi Visits"),
        ("related_links", "SEE ALSO: Xi Showcases China's Eurasian Vision With Central Asian Tour, Putin Meeting"),
        ("agency_credit", "With reporting by TASS and Interfax"),
    ],
    "001_169fa4f3fae447bb": [
        ("contributor_credit", "CNN’s Anna Chernova, Betsy Klein and Ivana Kottasová contributed to this report."),
    ],
    "002_c09e1257469e2e7b": [("copyright", "© 2024 Newsmax. All rights reserved.")],
    "003_20a66667152be587": [
        ("section_label", "News"),
        ("contributor_credit", "With additional reporting from Maiqi Ding in Beijing"),
        ("related_links", "Articles You May Like"),
        ("related_links", "How to Trade SPX Weeklies Like a Professional vs Regular Investor"),
        ("related_links", "GDP Explained"),
        ("related_links", "Limiting Your Risk When Buying Options"),
        ("related_links", "Four Factors Behind the Zacks Rank Performance"),
        ("related_links", "3 Option Strategies to Buying Stocks as They Dip"),
    ],
    "004_89e3bb1e6087a87b": [
        ("title", "Putin acknowledges China’s ‘questions and worries’ on Russia’s sputtering invasion of Ukraine."),
    ],
}  # fmt: skip


def clean(seeds: Path, name: str) -> CleanDocument:
    return clean_text((seeds / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CUT)
def test_exactly_these_lines_go(seeds: Path, name: str) -> None:
    document = clean(seeds, name)
    assert [(str(r.kind), r.text.strip("\n")) for r in document.removals] == CUT[name]
    raw = (seeds / f"{name}.txt").read_text(encoding="utf-8")
    gone = {text for _, text in CUT[name]}
    kept = [" ".join(line.split()) for line in raw.splitlines() if line.strip() and line.strip() not in gone]
    assert [" ".join(line.split()) for line in document.text.splitlines() if line] == kept


@pytest.mark.parametrize("name", CUT)
def test_the_trail_gives_the_source_back(seeds: Path, name: str) -> None:
    document = clean(seeds, name)
    assert restore(document.text, document.removals) == document.source_text
    assert clean_text(document.text).text == document.text


def test_what_was_cut_became_metadata(seeds: Path) -> None:
    documents = {name[:3]: clean(seeds, name) for name in CUT}
    assert documents["000"].title == CUT["000_1378d33102b1ddb1"][0][1]
    assert documents["000"].agencies == ("TASS", "Interfax")
    assert documents["000"].captions == (CUT["000_1378d33102b1ddb1"][1][1],)
    assert documents["001"].contributors == ("Anna Chernova", "Betsy Klein", "Ivana Kottasová")
    assert documents["001"].agencies == ("CNN",)
    assert (documents["002"].rights_holder, documents["002"].rights_year) == ("Newsmax", 2024)
    assert documents["003"].section == "News"
    assert documents["003"].contributors == ("Maiqi Ding",)
    assert documents["004"].title == CUT["004_89e3bb1e6087a87b"][0][1]
    assert {document.language for document in documents.values()} == {"en"}
    assert all((document.language_score or 0) > 0.99 for document in documents.values())
