"""Names, dates, addresses and rights in one form."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from cleaning import clean_document, clean_text
from cleaning.bylines import parse_byline
from cleaning.credits import parse_credit_line
from cleaning.dates import find_date, parse_date, parse_stamp
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.authors import parse_authors
from cleaning.normalize.metadata import is_caption, normalize_metadata, parse_section, parse_tags, split_tags
from cleaning.normalize.rights import parse_rights
from cleaning.records import Origin, RawDocument, RawMetadata, Source
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
        ("03/04/2024, updated May 5, 2024", "2024-05-05T00:00:00+00:00"),
        ("03/04/2024 10:30 | May 5, 2024", "2024-05-05T00:00:00+00:00"),
        ("31.02.2024, 1.3.2024 um 9:15", "2024-03-01T09:15:00+00:00"),
        ("2025-03-03T18:02:00[Europe/Berlin]", "2025-03-03T17:02:00+00:00"),
        ("2025-07-03T18:02:00+02:00[Europe/Berlin]", "2025-07-03T16:02:00+00:00"),
        ("3 March 2025, 18:02 America/Argentina/Buenos_Aires", "2025-03-03T21:02:00+00:00"),
        ("3 March 2025, 18:02 Europe/Nowhere", "2025-03-03T18:02:00+00:00"),
        ("3 March 2025, 18:02 America/Argentina", "2025-03-03T18:02:00+00:00"),
        ("2025年3月3日 18時02分", "2025-03-03T18:02:00+00:00"),
        ("2025年3月3日午後6時2分", "2025-03-03T18:02:00+00:00"),
        ("2025年3月3日 下午6:02", "2025-03-03T18:02:00+00:00"),
        ("2025年3月3日 上午12时02分30秒", "2025-03-03T00:02:30+00:00"),
        ("2025년 3월 3일 18시 02분", "2025-03-03T18:02:00+00:00"),
        ("2025. 3. 3. 오후 6:02", "2025-03-03T18:02:00+00:00"),
        ("2025. 03. 03. 18:02", "2025-03-03T18:02:00+00:00"),
        ("May 3, 2024 10:30 Eastern", "2024-05-03T10:30:00+00:00"),
        ("May 3, 2024 10:30 pm est", "2024-05-04T03:30:00+00:00"),
        ("May 3, 2024 10:30 p.m. ET", "2024-05-04T02:30:00+00:00"),
        ("le 3 mai 2024 à 10:30 et demain", "2024-05-03T10:30:00+00:00"),
        ("am 3. Mai 2024 um 10:30 ist es", "2024-05-03T10:30:00+00:00"),
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
        ("Riproduzione riservata", (None, None)),
        ("جميع الحقوق محفوظة", (None, None)),
        ("ⓒ 강원일보 무단 전재 및 재배포 금지", ("강원일보", None)),
        ("版权所有 海澜晚报 2024", ("海澜晚报", 2024)),
        ("© 2024 Example Betrieb GmbH / Fotograf: Jane Doe", ("Example Betrieb GmbH", 2024)),
        ("© 2024 Example, Photo: Jane Doe", ("Example", 2024)),
        ("© 2024 Example News is not responsible for the content of other sites", (None, 2024)),
        ("Copyright 2024 © The Example Post. All rights reserved.", ("The Example Post", 2024)),
        ("Example Pty Ltd © 2024. All times AEDT (GMT +11)", ("Example Pty Ltd", 2024)),
        ("Trademarks Privacy Policy ©2024 Example L.P. All Rights Reserved", ("Example L.P", 2024)),
        ("© 2010-2015 Example SocietyCopyright © 2015-2024 Example Partners, LLC", ("Example Partners, LLC", 2024)),
        ("Copyright © 2024 The Example Times | Privacy Statement | Terms of Service", ("The Example Times", 2024)),
        ("© 2024 Example Post, a division of Example Network Inc.", ("Example Post", 2024)),
        ("© 2024 St. Louis Example, 901 N. 10th St.", ("St. Louis Example", 2024)),
        ("© 2024 Example WelleDatenschutzImpressum", ("Example Welle", 2024)),
        ("Example News © 2011 - 2024 powered by Example Network", ("Example News", 2024)),
        ("Forum software by XenForo® © 2010-2019 XenForo Ltd.", (None, 2019)),
        ("© 2024 one two three four five six seven eight nine", (None, 2024)),
        ("© ~2019 Harbour News", ("Harbour News", 2019)),
        ("© Copyright of Harbour Media Group Limited 2024", ("Harbour Media Group Limited", 2024)),
        ("版权所有 示例新闻网 京ICP备00000000号-1", ("示例新闻网", None)),
        ("版权所有 备案号：京ICP备00000000号", (None, None)),
        ("© 2024 示例学会 地址：北京市示例路1号 邮编：100000", ("示例学会", 2024)),
        ("© 2024 Harbour Radio 12 Old Bridge Street, Harbour", ("Harbour Radio", 2024)),
        ("© 2024 Harbour Press ISSN 0000-0000", ("Harbour Press", 2024)),
        ("© 2013–2023 · Site Credits", (None, 2023)),
        ("Policies Copyright Notice© 2024", (None, 2024)),
        ("©2024, 40 Aprons.", ("40 Aprons", 2024)),
        ("© 2023 Example Bros. Discovery, Inc. or its affiliates", ("Example Bros. Discovery, Inc", 2023)),
        ("Powered by the Example Database © 2018, Example Research, Inc.", (None, None)),
    ],
)
def test_rights(notice: str, found: object) -> None:
    assert parse_rights(notice) == found


@pytest.mark.parametrize(
    "notice",
    [
        "© " + ", ".join(map(str, range(2004, 2025))) + " Example Ltd",
        "© " + "2024 - " * 3000,
        "© 2024" + " -" * 3000 + " x",
        "© Ex" + ", " * 10_000,
        "copyright " * 3000,
        ", " * 30_000 + "©",
    ],
)
def test_rights_take_no_time(notice: str) -> None:
    began = time.process_time()
    parse_rights(notice)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address", "http://[", "", None])
def test_what_is_no_address_is_none(url: str | None) -> None:
    assert normalize_url(url) is None and normalize_site(url) is None


@pytest.mark.parametrize("url", ["http://www./page", "https://www.", "http://WWW./", "http://../page"])
def test_an_address_without_a_host_of_its_own_has_no_site(url: str) -> None:
    assert normalize_site(url) is None
    assert normalize_site("https://www.example.com./a") == "example.com"


def test_credentials_never_reach_the_data() -> None:
    assert normalize_url("https://user:secret@example.com/a") == "https://example.com/a"


def test_names_in_related_links_are_not_the_authors() -> None:
    story = "The council voted on Tuesday to keep the old bridge open for another two years, it said in the evening.\n"
    related = "Related stories\nA new school for the town\nBy\nBo Ray\nMay 3, 2021\nThe mill opens again\nBy\nCy Orr"
    document = clean_text(f"The bridge stays open\nBy\nAnn Lee\n{3 * story}{related}")
    assert document.text == (3 * story).strip()
    assert (document.authors, document.published) == (("Ann Lee",), None)
    assert clean_text(f"The bridge stays open\n{3 * story}By\nAnn Lee\n{related}").authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("Old bridge stays open\nWritten by\nJane Doe\n", "", ("Jane Doe",)),
        ("# Old bridge stays open\n* JANE DOE\n* Sep 26, 2022\n* 2 min read\n", "", ("Jane Doe",)),
        ("Jane Doe\nAugust 13, 2024\n", "", ("Jane Doe",)),
        (
            "",
            "\nAbout the author\nJane Doe\nJane is a freelance writer who has covered bridges for 20 years.",
            ("Jane Doe",),
        ),
        ("", "\nJane Doe is a freelance writer. She has covered bridges for Example News since 2010.", ("Jane Doe",)),
        ("By John Roe\n", "\nJane Doe is a freelance writer. She has covered bridges since 2010.", ("John Roe",)),
    ],
)
def test_authors_are_found_beside_dates_below_labels_and_in_boxes(
    above: str, below: str, authors: tuple[str, ...]
) -> None:
    assert clean_text(above + "\n".join(STORY) + below).authors == authors


def test_accounts_and_agencies_are_not_authors() -> None:
    metadata = normalize_metadata(RawMetadata(authors=("admin", "Reuters", "By Jane Doe and John Roe")))
    assert metadata.authors == ("Jane Doe", "John Roe")
    assert metadata.agencies == ("Reuters",)


@pytest.mark.parametrize("value", ["Redaktion", "@jobrandt", "Elmline GmbH", "user7", "7"])
def test_what_names_no_author_is_kept(value: str) -> None:
    metadata = normalize_metadata(RawMetadata(authors=(value, "Jo Brandt"), extra=(("n", "1"),)))
    assert metadata.authors == ("Jo Brandt",) and metadata.extra == (("n", "1"), ("authors", value))
    page = RawMetadata(authors=(value,), origins=(Origin("authors", "meta"),))
    assert normalize_metadata(page).extra == ()


def test_lines_above_the_story_become_metadata() -> None:
    document = clean_text(f"Politics\n\nBy Jane Doe\n\nUpdated: March 5, 2024 10:00 UTC\n\n{STORY[0]}\n\n{STORY[1]}")
    assert (document.section, document.authors) == ("Politics", ("Jane Doe",))
    assert document.modified is not None and document.modified.isoformat() == "2024-03-05T10:00:00+00:00"
    assert document.text == f"{STORY[0]}\n\n{STORY[1]}"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Supermove February 8", ("Supermove",)),
        ("This review is posted", ()),
        ("User", ()),
        ("Human", ()),
        ("Deleted member", ()),
        ("Authorized Dealer", ()),
        ("Authorization Forms", ()),
        ("This post was written by Danielle Padula | Head | Community Development", ("Danielle Padula",)),
        ("Matt Check Head Winemaker | Co-Founder", ("Matt Check",)),
        ("Rasmus Barslund Founder | Lead Reviewer Updated Feb", ("Rasmus Barslund",)),
        ("Luke Kim December", ("Luke Kim",)),
        ("SmellSharpe Well-known member Joined Dec", ()),
        ("Datum", ()),
        ("Unbenannt", ()),
        ("Article by", ()),
        ("Auteur Anna Kubišta", ("Anna Kubišta",)),
        ("'Luana Patriolino", ("Luana Patriolino",)),
        ("Olympia-Verlag GmbH | Nürnberg | Germany", ()),
        ("SPIEGEL ONLINE; Hamburg; Germany", ()),
        ("Bundesministerium für Wirtschaft und Klimaschutz", ()),
        ("example.com", ()),
        ("The Example Team", ()),
        ("q_admin", ()),
        ("user447274", ()),
        ("JANE DOE, Staff Writer", ("Jane Doe",)),
        ("By Glen Owen And Brendan Carlin For The Mail On Sunday", ("Glen Owen", "Brendan Carlin")),
        ("Dr. Jane Doe, MD, PhD and John Roe RN", ("Jane Doe", "John Roe")),
        ("Giampiero Maggio", ("Giampiero Maggio",)),
        ("Theresa May", ("Theresa May",)),
        ("April Ryan", ("April Ryan",)),
        ("Jack Ma", ("Jack Ma",)),
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("王小明", ("王小明",)),
        ("Reuters", ("Reuters",)),
        ("Jane Doe works as a Global Cloud Consultant", ("Jane Doe",)),
        ("Works As A Global Cloud", ()),
        ("Brandt, Jo", ("Jo Brandt",)),
        ("Roe, Jane", ("Jane Roe",)),
        ("ROE, JANE", ("Jane Roe",)),
        ("By Roe, Jane Q.", ("Jane Q. Roe",)),
        ("By Okonkwo, Chidi", ("Chidi Okonkwo",)),
        ("van der Berg, Jan", ("Jan van der Berg",)),
        ("Brandt, Jo; Ort, Tim", ("Jo Brandt", "Tim Ort")),
        ("Lee, Min Soo; Ort, Tim", ("Min Soo Lee", "Tim Ort")),
        ("Brandt, Jo and Ort, Tim", ("Jo Brandt", "Tim Ort")),
        ("Jo Brandt, Tim Ort", ("Jo Brandt", "Tim Ort")),
        ("Jo Brandt, Spiegel; Tim Ort, Zeit", ("Jo Brandt", "Tim Ort")),
        ("Anna, Ben", ("Anna", "Ben")),
        ("Jane Doe, Hamburg", ("Jane Doe",)),
        ("Brandt, Hamburg", ("Brandt", "Hamburg")),
        ("Doe, Editor", ("Doe",)),
        ("Reuters, Jane Doe", ("Reuters", "Jane Doe")),
        ("Jane H.Doe", ("Jane H. Doe",)),
        ("Jane Doe Jane Doe", ("Jane Doe",)),
        ("Duran Duran", ("Duran Duran",)),
        ("By Jane Doe Uncategorized", ("Jane Doe",)),
    ],
)
def test_authors_are_people(value: str, names: object) -> None:
    assert parse_authors([value]) == names
    assert parse_authors(parse_authors([value])) == names


@pytest.mark.parametrize(
    "value", ["责任编辑：张三", "责编：张三", "编辑 李四", "Editor: Jane Doe", "Edited by: Jane Doe"]
)
def test_who_edited_is_no_author(value: str) -> None:
    assert parse_authors([value]) == ()


def test_a_site_is_no_author_beside_one() -> None:
    raw = RawMetadata(authors=("Jane Doe, USA TODAY",), url="https://www.usatoday.com/story/1")
    assert normalize_metadata(raw).authors == ("Jane Doe",)
    alone = RawMetadata(authors=("Jane Doe",), url="https://www.jane-doe.example.com/")
    assert normalize_metadata(alone).authors == ("Jane Doe",)


def test_an_author_is_named_once_whatever_the_case() -> None:
    assert parse_authors(["Jane Doe", "JANE DOE", "John Roe"]) == ("Jane Doe", "John Roe")


@pytest.mark.parametrize("sign", ["By ", "(", " and ", "a, ", "May ", "| ", "É", " ", "@", "/"])
def test_hostile_values_take_no_time(sign: str) -> None:
    value = (sign * 100_000)[:100_000]
    start = time.perf_counter()
    normalize_metadata(RawMetadata(authors=(value,), section=value, tags=(value,), published=value))
    parse_rights(f"© {value}")
    is_caption(value)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("value", "section"),
    [
        ("Learn more", None),
        ("#beginners area", "beginners area"),
        ("| | tech |", "tech"),
        ("Energy, Climate, Wind", "Energy"),
        ("word " * 100, None),
        ("https://example.com/news", None),
        ("Your cart is empty.", None),
        ("Uncategorized", None),
        ("Filme & Serien", "Filme & Serien"),
        (None, None),
    ],
)
def test_a_section_is_one_label(value: str | None, section: str | None) -> None:
    assert parse_section(value) == section


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("旧桥;市议会;;维修", ("旧桥", "市议会", "维修")),
        ("旧桥，市议会、维修", ("旧桥", "市议会", "维修")),
        ("Bridge | Council | New York", ("Bridge", "Council", "New York")),
        ("@harbour, TAG__bridge, Bridge", ("Bridge",)),
        ("旧桥 重新 开放 维修", ("旧桥", "重新", "开放", "维修")),
        ("old bridge repair council", ("old bridge repair council",)),
    ],
)
def test_tags_that_come_as_one_value(value: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(split_tags(value)) == tags


def test_tags_are_few_and_short() -> None:
    tags = parse_tags(["Energy", "energy ", "https://example.com/a", "x" * 61, *(f"tag {n}" for n in range(40))])
    assert tags[:2] == ("Energy", "tag 0")
    assert len(tags) == 30


@pytest.mark.parametrize(
    "label", ["Copyright", "File", "Image caption", "Getty Images", "(Symbolbild)", "Photo:", "- Illustration", "dpa"]
)
def test_a_bare_label_is_no_caption(label: str) -> None:
    assert not is_caption(label)


@pytest.mark.parametrize(
    "text", ["The bridge on Tuesday (Reuters)", "Photo: Jane Doe", "桥梁在周二仍然开放给所有市民使用"]
)
def test_what_says_something_is_a_caption(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize(
    "text", ["1900-01-01T00:10:00+14:00", "1989-12-31", "2101-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"]
)
def test_dates_that_no_page_can_have_are_none(text: str) -> None:
    origins = (Origin("published", "meta"), Origin("modified", "json-ld"))
    metadata = normalize_metadata(RawMetadata(published=text, modified=text, origins=origins))
    assert (metadata.published, metadata.modified) == (None, None)


@pytest.mark.parametrize("text", ["1969-07-20", "20 July 1969", "1500-01-01T00:10Z", "2100-12-31T23:59:59Z"])
@pytest.mark.parametrize("origins", [(), (Origin("published", "record"), Origin("modified", "record"))])
def test_a_record_may_be_older_than_any_page(text: str, origins: tuple[Origin, ...]) -> None:
    metadata = normalize_metadata(RawMetadata(published=text, modified=text, origins=origins))
    stamp = parse_stamp(text)
    assert stamp and (metadata.published, metadata.published_stated) == (stamp.at, stamp.stated)
    assert metadata.modified == stamp.at


@pytest.mark.parametrize("text", ["1500-01-01T00:10:00+14:00", "1499-12-31", "2101-01-01", "0001-01-01T00:00:00"])
def test_dates_that_no_record_can_have_are_none(text: str) -> None:
    metadata = normalize_metadata(RawMetadata(published=text, modified=text))
    assert (metadata.published, metadata.modified) == (None, None)


def test_the_date_of_a_record_stands_in_for_one_that_no_page_can_have() -> None:
    page = f"<html><head><meta property='article:published_time' content='0001-01-01'></head><body><p>{STORY[0]}</p>"
    raw = RawDocument(Source("a", 0, 0), "text/html", page.encode(), "", RawMetadata(published="1969-07-20"))
    found = clean_document(raw)
    assert found.published_stated == "1969-07-20"
    assert ("published", "record") in {(one.field, one.source) for one in found.metadata_sources}


def test_authors_that_name_nobody_are_kept_as_the_record_calls_them() -> None:
    metadata = normalize_metadata(RawMetadata(authors=("Redaktion", "Jo Brandt"), authors_key="byline"))
    assert (metadata.authors, metadata.extra) == (("Jo Brandt",), (("byline", "Redaktion"),))
    assert normalize_metadata(RawMetadata(authors=("Redaktion",))).extra == (("authors", "Redaktion"),)
    whole = RawMetadata(authors=("Redaktion",), authors_key="author", extra=(("author", '{"name": "Redaktion"}'),))
    assert normalize_metadata(whole).extra == whole.extra


@pytest.mark.parametrize(
    ("value", "names"),
    [("Al Bo", ("Al Bo",)), ("By Al Gore and Jo Brandt", ("Al Gore", "Jo Brandt")), ("al Bo", ()), ("Al", ())],
)
def test_al_is_a_given_name_too(value: str, names: tuple[str, ...]) -> None:
    assert parse_authors([value]) == names


def test_a_wrong_timestamp_line_does_not_reach_the_data() -> None:
    document = clean_text(f"Updated: 1900-01-01 00:10 +14:00\n\n{STORY[0]}\n\n{STORY[1]}")
    assert (document.published, document.modified) == (None, None)


def test_the_first_and_the_last_year_count() -> None:
    metadata = normalize_metadata(RawMetadata(published="1990-01-01", modified="2100-12-31"))
    assert metadata.published == datetime(1990, 1, 1, tzinfo=UTC)
    assert metadata.modified == datetime(2100, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        ("2024-W10", None),
        ("2024-03-01T10", "2024-03-01"),
        ("2024-03-01_10:15", "2024-03-01T10:15"),
        ("2024-03-01t10:15:30", "2024-03-01T10:15:30"),
        ("2024-03-01T25:00:00", "2024-03-01"),
        ("20240301T101530Z", "2024-03-01T10:15:30+00:00"),
        ("Mon, 04 Mar 2024 10:15:30 +0200", "2024-03-04T10:15:30+02:00"),
        ("9999-12-31T23:00:00-05:00", None),
        ("1234", None),
    ],
)
def test_a_time_is_no_more_precise_than_it_is_stated(value: str, stated: str | None) -> None:
    stamp = parse_stamp(value)
    assert (stamp.stated if stamp else None) == stated


@pytest.mark.parametrize("rest", [" Jane Doe", " by Jane Doe", " uhr Jane Doe"])
def test_a_name_behind_a_time_is_no_zone(rest: str) -> None:
    found = find_date(f"May 3, 2024 10:30{rest}")
    assert found is not None and found.stated == "2024-05-03T10:30"
    assert f"May 3, 2024 10:30{rest}"[found.end :].split()[-2:] == ["Jane", "Doe"]


@pytest.mark.parametrize(
    "unit", ["午後", "18時", "1:23 ", "2025. ", "1:23 Europe/A", "1.1.2024 ", "99.99.2024 ", "pm "]
)
def test_hostile_dates_take_no_time(unit: str) -> None:
    began = time.process_time()
    find_date(unit * 100_000)
    parse_stamp(unit * 100_000)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("line", ["— Reuters", "Reuters", "(Reuters)"])
def test_an_agency_alone_below_the_story_is_one(line: str) -> None:
    story = "The council voted on Tuesday to keep the old bridge open for another two years, the mayor said at night.\n"
    assert clean_text(f"{story * 3}{line}").agencies == ("Reuters",)


_BODY = f"{STORY[0]}\nEngineers had asked for three times the money that they were given in the end"


@pytest.mark.parametrize(
    ("tail", "agencies"),
    [
        (". dpa", ("dpa",)),
        (". dpa abc/def", ("dpa",)),
        (". - AP", ("AP",)),
        (". AFP/PTI", ("AFP", "PTI")),
        (". (APA, red, 3.3.2025)", ("APA",)),
        (". (red./dpa)", ("dpa",)),
        (". --IANS abc/def", ("IANS",)),
    ],
)
def test_agencies_behind_the_last_sentence(tail: str, agencies: tuple[str, ...]) -> None:
    document = clean_text(_BODY + tail)
    assert document.text == f"{_BODY}."
    assert document.agencies == agencies


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press",
        "By The Associated Press",
        "By Jo Brandt, Associated Press",
        "By JO BRANDT Associated Press",
    ],
)
def test_agencies_above_the_story(line: str) -> None:
    assert clean_text(f"{line}\n{_BODY}.").agencies == ("AP",)


@pytest.mark.parametrize(
    "end", [". He is with the ap", " by the AP", " of Reuters", ". It was sold to AFP and Reuters"]
)
def test_an_agency_that_a_sentence_names_stays(end: str) -> None:
    assert clean_text(f"{_BODY}{end}.").text == f"{_BODY}{end}."


@pytest.mark.parametrize("line", ["Bono, Sting", "Shakira, Drake", "Anna, Ben and Clara, Tim"])
def test_two_single_names_are_two_people(line: str) -> None:
    assert len(parse_authors([line])) == line.count(",") + 1 + line.count(" and ")


def test_a_record_may_be_older_than_the_web_and_a_page_may_not() -> None:
    of_record = normalize_metadata(RawMetadata(published="1850-01-02"), [])
    of_page = normalize_metadata(RawMetadata(published="1850-01-02", origins=(Origin("published", "meta"),)), [])
    assert (of_record.published_stated, of_page.published_stated) == ("1850-01-02", None)
