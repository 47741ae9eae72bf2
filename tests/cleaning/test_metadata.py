"""Names, dates, addresses and rights in one form."""

from __future__ import annotations

import pytest

from cleaning import clean_text
from cleaning.credits import parse_byline, parse_credit_line
from cleaning.dates import parse_date
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.metadata import normalize_metadata, parse_rights
from cleaning.records import RawMetadata
from tests.samples import STORY


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("With reporting by TASS and Interfax", (("TASS", "Interfax"), ())),
        (
            "CNN's Anna Chernova and Betsy Klein contributed to this report.",
            (("CNN",), ("Anna Chernova", "Betsy Klein")),
        ),
        ("(Reporting by Jane Doe in Paris; Editing by John Roe)", ((), ("Jane Doe", "John Roe"))),
        ("The Associated Press contributed to this report.", (("AP",), ())),
        ("Mit Material von dpa", (("dpa",), ())),
        ("Con información de EFE y Europa Press", (("EFE", "Europa Press"), ())),
        ("Avec AFP", (("AFP",), ())),
        ("Avec Marie", None),
        ("Additional reporting by the staff of a paper that nobody reads contributed to this report", None),
        ("Rain contributed to the delay", None),
    ],
)
def test_credit_lines(line: str, found: object) -> None:
    assert parse_credit_line(line) == found


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By JANE DOE, Staff Writer", ("JANE DOE",)),
        ("Von Erika Mustermann und Hans Müller", ("Erika Mustermann", "Hans Müller")),
        ("By Monday", None),
        ("By the time the bridge opened", None),
    ],
)
def test_bylines(line: str, names: object) -> None:
    assert parse_byline(line) == names


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-05T10:00:00+01:00", "2024-03-05T09:00:00+00:00"),
        ("March 5, 2024", "2024-03-05T00:00:00+00:00"),
        ("5. März 2024, 17:30 Uhr", "2024-03-05T17:30:00+00:00"),
        ("Published 5:30 PM EST, Thu September 15, 2022", "2022-09-15T22:30:00+00:00"),
        ("15.09.2022", "2022-09-15T00:00:00+00:00"),
        ("13/04/2024", "2024-04-13T00:00:00+00:00"),
        ("12 de octubre de 2023", "2023-10-12T00:00:00+00:00"),
        ("2023年10月12日", "2023-10-12T00:00:00+00:00"),
        ("5 марта 2024", "2024-03-05T00:00:00+00:00"),
        ("03/04/2024", None),
        ("2024-13-45", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, moment: str | None) -> None:
    found = parse_date(text)
    assert (found.isoformat() if found else None) == moment


@pytest.mark.parametrize(
    ("notice", "found"),
    [
        ("© 2024 Newsmax. All rights reserved.", ("Newsmax", 2024)),
        ("Copyright © 2019-2023 Example Media Group, Inc.", ("Example Media Group, Inc", 2023)),
        ("Alle Rechte vorbehalten.", (None, None)),
    ],
)
def test_rights(notice: str, found: object) -> None:
    assert parse_rights(notice) == found


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address", "http://[", "", None])
def test_what_is_no_address_is_none(url: str | None) -> None:
    assert normalize_url(url) is None and normalize_site(url) is None


def test_credentials_never_reach_the_data() -> None:
    assert normalize_url("https://user:secret@example.com/a") == "https://example.com/a"


def test_accounts_and_agencies_are_not_authors() -> None:
    metadata = normalize_metadata(RawMetadata(authors=("admin", "Reuters", "By Jane Doe and John Roe")))
    assert metadata.authors == ("Jane Doe", "John Roe")
    assert metadata.agencies == ("Reuters",)


def test_lines_above_the_story_become_metadata() -> None:
    document = clean_text(f"Politics\n\nBy Jane Doe\n\nUpdated: March 5, 2024 10:00 UTC\n\n{STORY[0]}\n\n{STORY[1]}")
    assert (document.section, document.authors) == ("Politics", ("Jane Doe",))
    assert document.modified is not None and document.modified.isoformat() == "2024-03-05T10:00:00+00:00"
    assert document.text == f"{STORY[0]}\n\n{STORY[1]}"
