"""Bytes to text."""

from __future__ import annotations

import time

import pytest

from cleaning.ingest.decode import Decoded, Undecoded, decode
from cleaning.ingest.guess import MIXED
from tests.samples import BAD, PAGE

# Own words in each language, with the character sets that pages in it were written in. The first 140 characters
# and seven times the whole are guessed.
TEXTS = {
    "English": (
        ("cp1252",),
        "“We can’t afford it,” said the mayor – a former café owner – on Tuesday. The bridge cost £5 million; nobody’s "
        "sure who’ll pay for the rest of it, and the council’s vote is weeks away.",
    ),
    "French": (
        ("cp1252", "iso8859_15", "mac_roman"),
        "Le maire a déclaré mardi que l’ancien pont resterait ouvert pendant deux années supplémentaires. « C’est à "
        "l’État de payer », a-t-il ajouté, là où les élus espéraient une réponse.",
    ),
    "German": (
        ("cp1252", "mac_roman"),
        "Die Brücke bleibt für zwei weitere Jahre offen, sagte der Bürgermeister. Über Köln zieht ein Gewitter auf, und "
        "die Straßen müssen später geräumt werden – „das wäre schön“.",
    ),
    "Spanish": (
        ("cp1252",),
        "El año pasado la alcaldesa anunció que el puente seguiría abierto. ¿Quién pagará la reparación? Según los "
        "técnicos, harán falta más de tres millones, y el señor Núñez lo sabía.",
    ),
    "Portuguese": (
        ("cp1252",),
        "A câmara decidiu na terça-feira que a ponte não será fechada até ao próximo ano. Os técnicos pediram três vezes "
        "mais dinheiro para as fundações, mas ninguém respondeu à questão.",
    ),
    "Swedish": (
        ("cp1252",),
        "Den gamla bron hålls öppen i två år till, sade borgmästaren på tisdagen. Ingenjörerna hade begärt tre gånger så "
        "mycket pengar för att undersöka grunden, men ingen vågade lova något.",
    ),
    "Polish": (
        ("cp1250", "iso8859_2"),
        "Rada miasta zdecydowała we wtorek, że stary most pozostanie otwarty jeszcze przez dwa lata. Inżynierowie "
        "prosili o trzy razy więcej pieniędzy, a także o dłuższy czas na badania.",
    ),
    "Czech": (
        ("cp1250", "iso8859_2"),
        "Městská rada v úterý rozhodla, že starý most zůstane otevřený ještě dva roky. Inženýři žádali třikrát více "
        "peněz, než dostali, a také více času na průzkum základů.",
    ),
    "Hungarian": (
        ("cp1250", "iso8859_2"),
        "A városi tanács kedden úgy döntött, hogy a régi híd még két évig nyitva marad. A mérnökök háromszor ennyi "
        "pénzt kértek, és több időt az alapok vizsgálatára, de erről később döntenek.",
    ),
    "Turkish": (
        ("cp1254",),
        "Belediye meclisi salı günü eski köprünün iki yıl daha açık kalmasına karar verdi. Mühendisler üç kat daha fazla "
        "para istemişti; İstanbul’da kimse bu paranın nereden geleceğini söyleyemedi.",
    ),
    "Lithuanian": (
        ("cp1257",),
        "Miesto taryba antradienį nusprendė, kad senasis tiltas liks atviras dar dvejus metus. Inžinieriai prašė tris "
        "kartus daugiau pinigų, tačiau niekas nežinojo, iš kur jų gauti.",
    ),
    "Russian": (
        ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"),
        "Мост останется открытым ещё на два года, сообщил мэр города после долгого заседания совета. Инженеры просили "
        "втрое больше денег, но никто не мог сказать, откуда они возьмутся.",
    ),
    "Greek": (
        ("cp1253", "iso8859_7"),
        "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι η παλιά γέφυρα θα μείνει ανοιχτή για δύο ακόμη χρόνια. Οι "
        "μηχανικοί είχαν ζητήσει τριπλάσια χρήματα για τον έλεγχο των θεμελίων.",
    ),
    "Hebrew": (
        ("cp1255",),
        "מועצת העיר החליטה ביום שלישי שהגשר הישן יישאר פתוח עוד שנתיים. המהנדסים ביקשו פי שלושה כסף, ואיש לא ידע לומר "
        "מניין יבוא הכסף ומי חתם על החוזה הראשון בשנת 1998.",
    ),
    "Arabic": (
        ("cp1256",),
        "قرر مجلس المدينة يوم الثلاثاء أن يبقى الجسر القديم مفتوحا لمدة عامين آخرين. وكان المهندسون قد طلبوا ثلاثة "
        "أضعاف المال، ولم يستطع أحد أن يقول من أين سيأتي هذا المال ومن وقع العقد الأول.",
    ),
    "Thai": (
        ("cp874",),
        "สภาเมืองมีมติเมื่อวันอังคารให้เปิดสะพานเก่าต่อไปอีกสองปี วิศวกรขอเงินมากกว่าที่ได้รับถึงสามเท่า และขอเวลาเพิ่มเพื่อตรวจสอบฐานราก "
        "แต่ไม่มีใครบอกได้ว่าเงินจะมาจากไหน",
    ),
    "Japanese": (
        ("shift_jis", "euc_jp", "iso2022_jp"),
        "市議会は火曜日、古い橋をさらに二年間開けておくことを決めました。技術者たちは三倍の資金を求めていました。誰がその費用を払うのか、"
        "また最初の契約に誰が署名したのかは、まだ分かっていません。市長は来月までに答えを出すと述べ、住民には今後の説明会への参加を呼びかけています。",
    ),
    "Korean": (
        ("euc_kr",),
        "시의회는 화요일에 낡은 다리를 앞으로 2년 더 열어 두기로 결정했다. 기술자들은 세 배의 예산을 요구했지만, 그 돈이 어디에서 나올지는 아무도 말하지 못했다. "
        "시장은 다음 달까지 답을 내놓겠다고 밝히고 주민들에게 설명회에 와 달라고 말했다.",
    ),
    "Chinese": (
        ("gb18030",),
        "市议会星期二决定，旧桥将再开放两年。工程师们要求三倍的资金，还需要更多时间来检查地基，但是没有人知道这笔钱从哪里来，也没有人知道第一份合同是谁签的。"
        "市长表示，下个月之前会给出答案，并请居民参加说明会，大家可以在会上提出自己的意见。",
    ),
    "Taiwanese": (
        ("big5",),
        "市議會星期二決定，舊橋將再開放兩年。工程師們要求三倍的資金，還需要更多時間來檢查地基，但是沒有人知道這筆錢從哪裡來，也沒有人知道第一份合約是誰簽的。"
        "市長表示，下個月之前會給出答案，並請居民參加說明會，大家可以在會上提出自己的意見。",
    ),
}
GUESSES = [(language, encoding) for language, (encodings, _) in TEXTS.items() for encoding in encodings]
GERMAN = TEXTS["German"][1].replace("„", "").replace("“", "").replace("–", "-") * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
    ],
)
def test_unicode_is_read_in_its_form(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert isinstance(found, Decoded), found
    assert found.text == text


@pytest.mark.parametrize("name", [name for name, (reason, _) in BAD.items() if reason in ("empty", "binary")])
def test_what_is_not_text_is_said_to_be_that(name: str) -> None:
    found = decode(BAD[name][1])
    assert isinstance(found, Undecoded) and found.reason == BAD[name][0]


@pytest.mark.parametrize("name", ["cut-utf8.txt", "cut-utf16.txt"])
def test_text_that_breaks_off_inside_a_character_is_truncated(name: str) -> None:
    found = decode(BAD[name][1])
    assert isinstance(found, Undecoded) and found.reason == "truncated"


def test_four_control_bytes_are_binary() -> None:
    found = decode(b"\x00\x01\x02\x03")
    assert isinstance(found, Undecoded) and found.reason == "binary"


def test_a_page_is_read_in_the_character_set_that_it_names() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1251"').replace("By Jane Doe", "Автор: Анна Иванова")
    found = decode(page.encode("cp1251"), is_html=True)
    assert isinstance(found, Decoded) and "Анна Иванова" in found.text


def test_stray_bytes_in_utf8_are_read_as_windows_1252() -> None:
    found = decode("Müller größer über ".encode() * 3 + b"caf\xe9 noir")
    assert isinstance(found, Decoded) and found.text.endswith("café noir")


@pytest.mark.parametrize(("n_utf8", "n_latin"), [(1, 1), (1, 4), (4, 1), (1, 20), (20, 20)])
@pytest.mark.parametrize("language", ["German", "French", "Spanish"])
def test_a_file_in_two_character_sets_is_read_in_both(language: str, n_utf8: int, n_latin: int) -> None:
    one = "Die Stadt zahlt dafür fünf Millionen, sagt die „Züricher Zeitung“ – é à ñ.\n" * n_utf8
    other = f"{TEXTS[language][1]}\n" * n_latin
    for data in (one.encode() + other.encode("cp1252"), other.encode("cp1252") + one.encode()):
        found = decode(data)
        assert isinstance(found, Decoded) and found.encoding == "utf-8+cp1252"
        assert sorted(found.text.splitlines()) == sorted((one + other).splitlines())


@pytest.mark.parametrize("chars", [140, 1000])
@pytest.mark.parametrize(("language", "encoding"), GUESSES)
def test_a_character_set_that_nobody_names_is_guessed(language: str, encoding: str, chars: int) -> None:
    text = (TEXTS[language][1] + " ") * 7
    if encoding == "iso8859_15":
        text = text.replace("’", "'")
    data = text[:chars].encode(encoding)
    found = decode(data)
    assert isinstance(found, Decoded), found
    assert found.text == data.decode(encoding)


@pytest.mark.parametrize(
    "text", ["café", "“Hi”", "It’s", "20 °C", "5 µm", "£5", "© 2024 Foo", "El Niño", "½ cup", "6 × 9"]
)
def test_a_few_characters_are_windows_1252(text: str) -> None:
    found = decode(text.encode("cp1252"))
    assert found == Decoded(text, "cp1252")


def test_markup_does_not_outweigh_the_text_of_a_page() -> None:
    page = PAGE.replace(' charset="utf-8"', "").replace("By Jane Doe", TEXTS["Russian"][1]).replace("©", "(c)")
    found = decode(page.encode("koi8-r"), is_html=True)
    assert isinstance(found, Decoded) and TEXTS["Russian"][1] in found.text


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "gb18030", "iso2022_jp"])
def test_a_guessed_text_that_breaks_off_inside_a_character_is_truncated(encoding: str) -> None:
    language = "Chinese" if encoding == "gb18030" else "Japanese"
    found = decode(TEXTS[language][1][:40].encode(encoding).removesuffix(b"\x1b(B")[:-1])
    assert isinstance(found, Undecoded) and found.reason == "truncated"


def test_the_escapes_of_a_terminal_are_not_japanese() -> None:
    found = decode(b"plain \x1b(B\x1b[m text, and \x1b$ more")
    assert isinstance(found, Decoded) and found.encoding == "utf-8"


def test_hz_is_read_only_where_it_is_declared() -> None:
    data = TEXTS["Chinese"][1].encode("hz")
    assert decode(data, declared="hz-gb-2312") == Decoded(TEXTS["Chinese"][1], "hz")
    found = decode(data)
    assert isinstance(found, Decoded) and found.encoding == "utf-8"


@pytest.mark.parametrize(
    "label", ["utf-16", "utf-16le", "unicode_escape", "rot13", "idna", "base64", "utf-7", "raw_unicode_escape"]
)
def test_a_name_that_cannot_be_true_is_not_believed(label: str) -> None:
    head = f'<html><head><meta charset="{label}"></head><body>'
    for text, encoding in (("Straße \\u0041 Müller", "utf-8"), ("Straße \\u0041 Müller", "cp1252")):
        found = decode((head + text).encode(encoding), is_html=True)
        assert found == Decoded(head + text, encoding)


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("ISO-8859-1", "cp1252", "“naïve”"),
        ("x-sjis", "cp932", "①橋"),
        ("GB2312", "gb18030", "鎔基"),
        ("ks_c_5601-1987", "cp949", "펲시"),
        ("latin2", "iso8859_2", "žluťoučký"),
        ("windows-874", "cp874", "ไทย"),
    ],
)
def test_names_of_the_web_mean_what_browsers_take_them_for(label: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), declared=label) == Decoded(text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags are what players read.",
        "RIFF-RAFF was the headline of the day.",
        "GIF89a is a format for pictures.",
        "BZh is what such files begin with.",
        "MZ are the initials of an engineer.",
        "OggS, PAR1 and others are names.",
        "PAR1 is where the golf course begins.",
        "SQLite format 3 is stable since 2004.",
        "%PDF-1.7 begins a document, said the engineer.",
    ],
)
def test_prose_that_begins_as_a_format_is_named_is_prose(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"ID3\x03\x00\x00\x00\x00\x0f\x76TIT2" + b"x" * 2000, "audio"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt " + b"x" * 2000, "audio"),
        (b"GIF89a\x10\x00\x10\x00" + b"x" * 2000, "GIF"),
        (b"BZh91AY&SY" + b"x" * 2000, "bzip2"),
        (b"MZ\x90\x00\x03\x00" + b"x" * 2000, "program"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj" + b"x" * 2000, "PDF"),
        (b"SQLite format 3\x00" + b"x" * 2000, "SQLite"),
    ],
)
def test_a_format_is_named(data: bytes, what: str) -> None:
    found = decode(data)
    assert isinstance(found, Undecoded) and found.reason == "binary" and what in found.detail


HOSTILE = {
    "open tags": b"<" * 300_000 + b"\xe9",
    "all bytes": bytes(range(128, 256)) * 2000,
    "escapes": b"\x1b$B" * 100_000,
    "late": b"a " * 2_000_000 + "été".encode("cp1252"),
    "one letter": "я".encode("koi8-r") * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_guess_takes_bounded_time(name: str) -> None:
    began = time.perf_counter()
    decode(HOSTILE[name])
    assert time.perf_counter() - began < 10


def test_a_few_damaged_characters_are_marked() -> None:
    page = '<html><head><meta charset="gb2312"></head><body>' + "市议会周二投票决定将旧桥再开放两年。" * 20
    data = page.encode("gb18030")
    damaged = data[:400] + b"\xb7 " + data[400:]
    found = decode(damaged, is_html=True)
    assert isinstance(found, Decoded) and found.encoding == "gb18030" and found.text.count("\ufffd") == 1
    # Nothing of it reads: it is in another character set.
    named = '<html><head><meta charset="euc-kr"></head><body>' + "The café of the council. " * 3
    found = decode(named.encode("cp1252"), is_html=True)
    assert isinstance(found, Decoded) and "café" in found.text


@pytest.mark.parametrize(("codec", "cut"), [("gbk", 1), ("shift_jis", 3)])
def test_a_text_that_breaks_off_inside_a_character_is_not_whole(codec: str, cut: int) -> None:
    text = "これはニュースの記事です。" if codec == "shift_jis" else "这是一个关于新闻的文章，内容很多。"
    found = decode((text * 40).encode(codec)[:-cut], declared=codec)
    assert isinstance(found, Undecoded) and found.reason == "truncated"


@pytest.mark.parametrize("declared", [None, "iso-8859-1"])
def test_a_stray_byte_behind_the_mark_of_utf8_is_read_as_without_it(declared: str | None) -> None:
    found = decode(b"\xef\xbb\xbf" + GERMAN.encode() + b" \x96 1\n", declared=declared)
    assert found == Decoded(f"{GERMAN} \u2013 1\n", MIXED)
    # All of it is in another character set: the mark is wrong.
    found = decode(b"\xef\xbb\xbf" + GERMAN.encode("cp1252"))
    assert isinstance(found, Decoded) and found.text == GERMAN


@pytest.mark.parametrize("text", [GERMAN, "The council voted on Tuesday, and the caf"])
def test_a_text_behind_the_mark_of_utf8_that_breaks_off_is_truncated(text: str) -> None:
    found = decode(b"\xef\xbb\xbf" + f"{text}\u00e9".encode()[:-1])
    assert isinstance(found, Undecoded) and found.reason == "truncated"
    found = decode(b"\xef\xbb\xbf\x00\x01\x02\x03" * 9 + b"\xff")
    assert isinstance(found, Undecoded) and found.reason == "binary"
