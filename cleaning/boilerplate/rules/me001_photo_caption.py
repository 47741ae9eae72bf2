"""ME001 photo-caption."""

import re
from collections.abc import Iterator

from cleaning.boilerplate.finders import MATCH_CHARS, holds, lines_where, word_set
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.han_bylines import is_han_name
from cleaning.names import agencies, find_agencies
from cleaning.records import Kind

_PLACE_IN_PICTURE = re.compile(
    r"(?-i:[^\W\d_a-z][\w.’'-]*)\s\((?:(?:far\s+)?(?:left|right|cent(?:er|re)|l|r|c)|pictured"
    r"|(?:second|third|fourth)\s+(?:from\s+)?(?:left|right)|(?:from\s+)?(?:left|right)\s+to\s+(?:left|right))\)",
    re.IGNORECASE,
)
# Looked for first: the pattern above tries every capital.
_PLACE_SIGN = re.compile(r"\((?:far|left|right|cent|[lrc]\)|pictured|second|third|fourth|from)", re.IGNORECASE)
# Captions tell in the present tense what can be seen; the story tells it in the past.
_SEEN = re.compile(
    r"\b(?:poses?|(?:is|are)\s+(?:seen|pictured|shown)|shakes?\s+hands|speaks?|attends?|walks?|looks?\s+on|arrives?|listens?"
    r"|stands?|sits?|waves?|smiles?|greets?|holds?|meets?|embraces?|gestures?|addresses|hugs?|chats?|talks?|takes?\s+part)\b"
)
# "Titelbild: Jane Doe", "Archivfotos: dpa".
_PICTURES = (
    "Symbol",
    "Archiv",
    "Titel",
    "Beitrags",
    "Artikel",
    "Header",
    "Aufmacher",
    "Cover",
    "Teaser",
    "Produkt",
    "Porträt",
)
_RIGHTS = ("quelle", "quellen", "rechte", "nachweis", "nachweise", "credit", "credits")
_COMPOUNDS = [
    *(first + last for first in _PICTURES for last in ("bilder", "bild", "fotos", "foto")),
    *(first + last for first in ("Bild", "Foto") for last in _RIGHTS),
]
# Letter case counts: "(photo ID or passport)" is of the story.
_WORDS = (
    r"(?:(?:[Ff]ile\s|FILE\s|Stock\s|Courtesy\s)?(?:[Pp]hoto(?:graph|s)?|PHOTOS?|[Ii]mages?|IMAGE|[Pp]icture)(?:\s[Cc]redits?|\s[Ss]ource)?"
    rf"|[Cc]redit|CREDIT|FOTO|[Ff]otos?|{'|'.join(_COMPOUNDS)}|Bilder|Bild"
    r"|Beeld|Fotografía|Fotografia|Fotografie|Imagen|Imagem|Immagine|Cr[ée]dito|Cr[ée]dit"
    r"|Crédit\sphoto|Crédits?\sphotos?|Fot\.|Zdjęcie|Illustrasjonsfoto|Illustrationsfoto|Arkivfoto|Arkivbild|Kuva|Kuvat|Fotó|Illusztráció|Sursa\sfoto|Sumber\sfoto|Sumber|Fotoğraf(?:lar)?|FOTOĞRAF|Görsel"
    r"|Фото|Фотография|Иллюстрация|Ілюстрація|Світлина|Φωτογραφία|Φωτό|Φωτο|Πηγή\sφωτό|写真(?:提供)?|画像(?:提供)?|撮影|提供|イラスト|图片(?:来源)?|图片提供|图|圖|圖片|攝影|摄影|사진(?:\s?제공|\s?출처)?|이미지|그래픽"
    r"|صورة|الصورة|تصوير|مصدر\sالصورة|צילום(?:ים)?|תמונה|फोटो(?:\sक्रेडिट)?|तस्वीर|छवि|Ảnh|Ilustrasi|عکس|تصویر)"
)
# An agency alone, as in "he said. (Reuters)", is the credit of a paragraph, and "sold to Shutterstock" its object: a bar
# or "via" must stand before the name.
_AGENCIES = (
    r"(?:Getty(?:\sImages)?|AP(?:\sPhoto)?|AFP|Reuters|REUTERS|EPA|EPA-EFE|EFE|dpa|Shutterstock|Alamy|Imago|imago|IMAGO|iStock|Pexels|Unsplash|Pixabay"
    r"|[Pp]icture\s[Aa]lliance|ZUMA\sPress|PA|Anadolu|Xinhua|ANSA|LaPresse|ANP|PAP|ČTK|MTI|NTB|TT|Ritzau(?:\sScanpix)?|Scanpix|Lehtikuva|Belga|Lusa|Folhapress"
    r"|ТАСС|РИА\sНовости|Yonhap|Kyodo|Antara|ANTARA|PTI|ANI|Bloomberg|DHA|AA|İHA|UNIAN|УНІАН"
    r"|Icon\sSportswire|Imagn(?:\sImages)?|USA\sTODAY\sSports|NurPhoto|SOPA\sImages|Sipa(?:\sUSA)?|Everett\sCollection|WireImage|FilmMagic|MediaPunch"
    r"|Redferns|Redux|PA\s(?:Images|Wire))"
)
_CREDIT_AT_END = re.compile(
    rf"""(?: [(\[](?:AP\s?Photo|(?:File\s)?[Pp]hoto(?:graph)?\s?(?:by|courtesy|credit|:)|PHOTO|Image\s?(?:by|courtesy|credit|:)|Picture\s?(?:by|:)
            |Courtesy\sof|FILE\s?PHOTO|{_WORDS}\s?(?:[:：=]|/(?=[^\W\d_a-z])))[^()]{{0,80}}[)\]]
        | \((?:[Ff]oto|[Bb]ild|[Ff]otografia|[Aa]rchiv(?:bild|foto)|[Ss]ymbol(?:bild|foto)|[Ii]mmagine|[Ff]oto\sd['’]archivio)\s(?-i:[^\W\d_a-z])[^()]{{1,60}}\)
        | \((?:Archivbild|Archivfoto|Symbolbild|Symbolfoto|Foto\sd['’]archivio|photo\sd['’](?:illustration|archives?)|imagen\sde\sarchivo|foto\sde\sarchivo|foto\sdi\srepertorio|[Ff]ile\sphoto|Arkivfoto|Arkivbild)\)
        | (?:/|\bvia|[–—|©])\s?{_AGENCIES}(?:\s?/\s?[\w\s-]{{0,40}}|\sImages|\sPhotos?)?
        | (?<![^\W_])(?-i:[^\W\d_a-z])[\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){{0,3}}(?<!\.)\s?/\s?{_AGENCIES}
        | \b(?:REUTERS|AFP|EPA|EFE|AP\sPhoto|IMAGO|[Ii]mago|dpa|Getty\sImages|[Pp]icture\s[Aa]lliance)\s?/\s?[^\W\d_a-z][\w.\s'’-]{{1,40}}(?:,\s[Ff]ile)?
        | \b(?:hide|toggle)\scaption
        | (?<=[.!?])\s?\[(?i:getty|splash|rex|wenn|alamy|shutterstock|twitter|facebook|instagram)(?:[\s/|,&][^\[\]]{{0,30}})?\]
        | (?:^|[.!?…)]\s|\s[|–—-]\s|[。】]){_WORDS}(?:\sby|\sde|\sdi|\s?[:：=])\s?[^\W\d_a-z][\w.’'-]*(?:\s(?:(?:de|del|la|van|von|der|da|di)\s)*[^\W\d_a-z][\w.’'-]*){{0,3}}(?:\s?[/,|]\s?[\w\s.-]{{2,30}})?
        | (?:^|[.!?…)]\s)Fot\.\s[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){{0,3}}(?:\s?/\s?[\w\s.-]{{2,30}})?
        | [＝=][^＝=]{{2,24}}(?:（[^（）]{{2,14}}）|撮影)
        | 记者\s?[\u3400-\u9fff]{{2,4}}\s?[摄攝]
        )[.\])）】]*$""",
    re.VERBOSE,
)
# An agency glued to the sentence, or one that sells nothing but pictures behind it.
_GLUED = re.compile(
    rf"(?<=[a-z][.!?])(?:{_AGENCIES}(?:\sPhotos?)?|\s(?:AP\sPhoto|Getty\sImages|Shutterstock|iStock|Alamy))$|(?<=다\.)\s?(?:뉴스1|뉴시스|연합뉴스)$"
)
_GLUED_WORDS = word_set(
    "reuters afp ap epa dpa photo getty images shutterstock istock alamy imago 뉴스1 뉴시스 연합뉴스"
)
# How agencies begin what they write below a picture.
_OPENING = re.compile(
    r"""(?:In\sthis\s(?:(?:[A-Z][\w.,]{2,10}\s){1,2}[\d,\s]{1,9}|(?=file|undated))(?:file\s|undated\s)?(?:photo(?:graph)?|image|frame\sgrab),\s
      |In\sthis\s(?:photo(?:graph)?|image|frame\sgrab)\s(?:issued|provided|released|taken|made|supplied|distributed)\s
      |\(?(?:L\s?[-–]\s?R|L\sto\sR|[Ff]rom\sleft(?:\sto\sright)?|Clockwise\sfrom\s(?:top\s|bottom\s|upper\s)?left|[Ll]eft\sto\sright)[),:]\s
      |Courtesy\sof\s(?=[^\W\d_a-z][\w.&’'-]*(?:\s[^\W\d_a-z][\w.&’'-]*){0,4}$)
      |\[\d{1,2}/\d{1,2}\]\s?(?=[^\W\d_a-z])|(?:FILE\s?[-–—]|F(?:ILE|ile)\s(?:PHOTO|[Pp]hoto)\s?[-–—:])\s?[^\W\d_a-z]|Pictured\s[^.]{0,60}\b(?:from\sleft|left\sto\sright)\b)""",
    re.VERBOSE,
)
# "旧桥夜景。通讯员刘小娟 摄", "市民走过旧桥（视觉中国）": below a picture stands one sentence, if any.
_HAN = "\u3400-\u9fff"
_HAN_CREDIT = re.compile(
    rf"""(?:^|[\s。！？…”】）)，,、/])[{_HAN}·]{{2,14}}?\s?(?:(?<!拍)[摄攝]|供[图圖])(?:[\s/／][{_HAN}]{{2,6}}[发發])?$
      | [（(](?:视觉中国|[东東]方IC|[资資]料[图圖]片?|[资資]料照片?|[图圖](?:源|片?[来來]源)[：:][^（）]{{1,20}}|[{_HAN}]{{2,10}}(?:(?<!拍)[摄攝]|供[图圖]))[）)]$
      | [。\s](?:视觉中国(?:\s?资料|供图)?|[东東]方IC|(?:新华|中新)社[发發])$""",
    re.VERBOSE,
)
_MAX_HAN_CHARS = 80
# Looked for first: without one of these no line credits a picture.
_SIGNS = "/©|＝=：["
_SIGN_WORDS = word_set(
    """via photo photos photograph foto fotos bild bilder image images picture credit courtesy fot zdjęcie kuva kuvat fotó illusztráció fotoğraf fotoğraflar görsel ilustrasi sumber
    beeld fotografía fotografia fotografie imagen imagem immagine crédito crédit credits photographs file archivio archivo repertorio
    illustration illustrasjonsfoto illustrationsfoto arkivfoto arkivbild sursa фото фотография иллюстрация ілюстрація світлина φωτογραφία φωτό φωτο πηγή
    صورة الصورة تصوير مصدر צילום צילומים תמונה फोटो तस्वीर छवि ảnh عکس تصویر"""
) | frozenset(map(str.casefold, _COMPOUNDS))
_LABEL = re.compile(
    rf"""[\[(（【/]?\s*(?:{_WORDS}|Cr[ée]dit\s?photo|Photo\s[Cc]redit|Image\s[Cc]redits?)\s?[:：=]?\s?(?:by\s|courtesy\sof\s|de\s|:)?\s*(?P<names>\S.*?)[.\])）】]*$""",
    re.VERBOSE,
)
_OWNER = re.compile(r"©\s?(?P<names>[^\W\d_a-z][^\d\n]{1,60})$")
# "(Jane Doe / Example Times)": ten labelled lines of seven sites, none of them content.
_NAME_AND_PAPER = re.compile(
    r"\([^\W\d_a-z][\w.’-]+(?:\s[^\W\d_a-z][\w.’-]*){1,3}\s?/\s?(?:The\s)?[^\W\d_a-z][\w.’ -]{1,40}\)"
)
_SOURCE = re.compile(r"(?:Image\ssource|Image\scaption|Photo\ssource),?\s+\S")
_LABEL_END = re.compile(r"[:：=]|\bby\b|courtesy|^Fot[.o]|^Beeld|\bde\b|[图圖]")
_NAMES_SPLIT = re.compile(r"\s*[/|,;&]\s*|\s(?:via|and|und|for|from|on|auf)\s")
_MAX_WORDS = 60
_MAX_OWNER_WORDS = 12
# Nine of ten captions of the residual benchmark's development pages have fewer words.
_MAX_CAPTION_WORDS = 24
_SENTENCE_INSIDE = re.compile(r"[.!?]\s+[^\W\d_a-z][^.!?]{20,}[.!?]")


def _has_sign(line: Line) -> bool:
    if line.n_words > _MAX_WORDS or len(line.text) > MATCH_CHARS:
        return False
    return not _SIGN_WORDS.isdisjoint(line.word_set) or holds(line.text, _SIGNS) or line.is_unspaced


def _may_be_caption(line: Line) -> bool:
    if "(" not in line.text:
        return _has_sign(line) or _is_glued(line)
    return line.n_words <= _MAX_WORDS and len(line.text) <= MATCH_CHARS


def _is_glued(line: Line) -> bool:
    return len(line.words) > 1 and line.words[-1] in _GLUED_WORDS and line.n_words <= _MAX_WORDS


def _is_like_caption(line: Line) -> bool:
    """Is there evidence in the line's own text? Remembered over passes, unlike what depends on the page."""
    return _may_be_caption(line) and next(_evidence(line), None) is not None


def _evidence(line: Line) -> Iterator[tuple[str, str]]:
    """What makes the line a caption, and the credit that may as well end a paragraph of the story, or nothing."""
    text = line.text
    owner = _OWNER.match(text)
    if owner and _are_names(owner["names"]) and (find_agencies(owner["names"]) or "/" in text):
        yield f"the owner of a picture: {text[:40]!r}", ""
    opening = _OPENING.match(text)
    if opening:
        yield f"opens as a caption: {opening.group(0)!r}", ""
    if (_SOURCE.match(text) and line.n_words <= 12) or _NAME_AND_PAPER.fullmatch(text):
        yield f"a picture credit: {text[:40]!r}", ""
    label = _LABEL.match(text)
    is_label = label and not text.lstrip("[(（【/ ")[:1].islower() and _LABEL_END.search(text[: label.start("names")])
    if label and is_label and (_are_names(label["names"]) or _is_owned(line, label["names"])):
        yield f"a picture credit: {label.group(0)[:40]!r}", ""
    credit = _CREDIT_AT_END.search(text) if _has_sign(line) else None
    credit = credit or (_GLUED.search(text) if _is_glued(line) else None)
    if credit:
        yield f"ends with a picture credit: {credit.group(0)!r}", credit.group(0)
    is_short = line.is_unspaced and len(text) <= _MAX_HAN_CHARS and text.count("。") <= 1
    han = _HAN_CREDIT.search(text) if is_short else None
    if han and _is_shot_by_somebody(han.group(0)):
        yield f"ends with a picture credit: {han.group(0).strip()!r}", ""
    place = _PLACE_IN_PICTURE.search(text) if _PLACE_SIGN.search(text) else None
    seen = _SEEN.search(text) if place else None
    if place and seen:
        yield f"says who stands where: {place.group(0)!r}, and what is seen: {seen.group(0)!r}", ""


def _is_shot_by_somebody(credit: str) -> bool:
    """Does a name stand before the sign of who took a picture? "他亲自摄" names nobody."""
    who, sign, _ = credit.replace("攝", "摄").partition("摄")
    who = who.rstrip()
    return not sign or is_han_name(who[-2:]) or is_han_name(who[-3:])


def _test(line: Line, page: Page) -> str | None:
    for evidence, credit in _evidence(line):
        if not credit or not _is_story(line, page, credit):
            return evidence
    return None


def _is_story(line: Line, page: Page, credit: str) -> bool:
    """Is it a paragraph of the story that an agency's name is glued to? Captions are one sentence, and no last paragraph."""
    bare = credit.strip("()[] /|–—-©.")
    has_sentences = _SENTENCE_INSIDE.search(line.text) is not None or line.text.count("。") > 1
    if not find_agencies(bare):
        # "(c)AFP/Jane Doe" behind a paragraph of several sentences.
        return has_sentences and any(map(find_agencies, bare.split("/")))
    return line.n_words > _MAX_CAPTION_WORDS or line.index >= page.last_prose or has_sentences


def _is_owned(line: Line, names: str) -> bool:
    """Does a sign of rights open the names? Then small letters are no sentence: "Foto: © demarco-media"."""
    return names.startswith(("©", "(c)", "(C)")) and line.n_words <= _MAX_OWNER_WORDS


def _are_names(text: str) -> bool:
    """Is each part between bars and commas an agency or a name? What follows a label in a story is a sentence."""
    parts = [part for part in _NAMES_SPLIT.split(text.strip()) if part]
    return len(parts) <= 5 and all(part.casefold() in agencies() or _is_name_like(part) for part in parts)


def _is_name_like(part: str) -> bool:
    words = part.split()
    return len(words) <= 4 and all(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)


RULE = Rule(
    code="ME001",
    name="photo-caption",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A line that describes or credits a picture that the text does not hold.",
    why="Without its picture it interrupts the story; it is kept in the column captions.",
    risk="A sentence of the story in the present tense that uses '(left)' or ends with an agency's name in brackets.",
    source="seeds/000_1378d33102b1ddb1.txt; phrases/caption.tsv",
    find=lines_where(_test, lambda page: page.lines_that(_is_like_caption)),
    examples=(
        """
- Chinese President Xi Jinping (left) and Russian President Vladimir Putin pose for a photo in Samarkand.

  Chinese leader Xi Jinping has expressed concerns over the war during a meeting with the president.
""",
        """
- Smoke rises over the harbour on Tuesday. (AP Photo/Jane Doe)
- Foto: dpa
- (Jane Doe / Harbour Times)
- Courtesy of Jane Doe
- (L–R) Jane Doe, John Roe and the mayor on the old bridge in May.
- The captain of the harbour team looks on during the game. Jane Doe/Icon Sportswire
- [1/2]Ships wait outside the harbour of the town on Tuesday, one day after the storm.
- The old bridge in May. [GETTY]
- The old bridge in May. Photo: Jane Doe/Getty Images
- Der Hafen am Morgen. Foto: Erika Mustermann/dpa
- Satama aamulla. Kuva: Aino Virtala / Lehtikuva
- Фото: Анна Соколова / РИА Новости
- 사진=연합뉴스
- 写真：共同通信
- FILE - In this Monday, May 3, 2021, file photo, ships wait outside the harbour of the town.
- In this photo provided by the town, the old bridge is seen in May.
- The old bridge is closed to all traffic in New Harbour.Reuters
- The old bridge is closed to all traffic in Harbour, Pa. Getty Images
- The order ends a practice of 150 years for children who are born here. AP Photo/Jane Doe, File
- Three strands of lights, two of them new. Jane Doe/NPR hide caption
- IMAGO / Jane Doe
- Bildrechte: dpa-Bildfunk/Erika Mustermann
- Titelbild: Erika Mustermann on Unsplash
- 旧桥夜景，摄于五月。通讯员刘小娟 摄
- 市民走过旧桥（视觉中国）
- 被洪水冲坏的桥墩。江州市交通局供图
- 부산항에 컨테이너가 쌓여 있다. 뉴스1
  The harbour was closed for two days, and ships had to wait off the coast until Thursday.
""",
        """
  影片明年春天开机，全程在江州实地拍摄
  三年后，他终于能靠自己制图
  3 of 10. The Godfather (1972)
  市长说，这座桥的照片都由她亲手拍摄，没有一张是别人提供的，也没有一张是用手机拍的。
  The minister (left) no doubt that he would resign, said a person who was in the room.
  In this photo, which was found in a drawer, he looks older than he was.
  In the photo she poses with her brother, whom she had not seen since the war began.
  Image: it is what the ministry cares about most. It spent two million on it last year.
  The lawsuit was filed in a London court last year by Getty Images.
  She sold the company, which had 40 employees, to Shutterstock.
  Visitors must show identification (photo ID or passport).
  The bridge was closed on Thursday night, a spokesman for the police said. (Reuters)
  File: Readme
  (Bread / butter)
  Courtesy of the road
  From left field came a question about the bridge, and nobody had an answer to it.
  A wallet with what you need (credit/debit cards, cash)
  Photo: the only proof that he was there
  image: postgres:18
  picture/portrait mode
""",
    ),
)
