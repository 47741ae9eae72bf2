"""ME009 spoken-label."""

import re

from cleaning.boilerplate.finders import MATCH_CHARS, lines_that
from cleaning.boilerplate.rule import Line, Rule, Scope
from cleaning.records import Kind

# What pages have screen readers say before the owner of a picture, and before what it shows.
_SOURCES = (
    "Image source|Image copyright|Fuente de la imagen|Derechos de autor de la imagen|Direito de imagem|Crédito da imagem|Crédit photo"
    "|Crédit image|Copyright de l['’]image|Правообладатель иллюстрации|Правовласник зображення|Автор фото|مصدر الصورة|صدر الصورة|منبع تصویر"
    "|حق نشر عکس|تصویر کا ذریعہ|تصویر کے کاپی رائٹ|इमेज स्रोत|इमेज कॉपीरइट|ছবির উৎস|ছবির কপিরাইট|பட மூலாதாரம்|ఫొటో సోర్స్|फोटो स्रोत|ઇમેજ સ્રોત"
    "|ਤਸਵੀਰ ਸਰੋਤ|तस्बिर स्रोत|Telif hakkı|Görsel kaynağı|Nguồn hình ảnh|Bản quyền hình ảnh|Sumber gambar|Hak atas foto|Chanzo cha picha|图像来源"
    "|圖像來源|사진 출처|ที่มาของภาพ"
)
_TEXTS = (
    "Image caption|Pie de foto|Legenda da foto|Légende image|Подпись к фото|Підпис до фото|التعليق على الصورة|توضیح تصویر|تصویر کا کیپشن"
    "|इमेज कैप्शन|ছবির ক্যাপশান|ছবির ক্যাপশন|படக்குறிப்பு|ఫొటో క్యాప్షన్|फोटो कॅप्शन|ઇમેજ કૅપ્શન|ਤਸਵੀਰ ਕੈਪਸ਼ਨ|तस्बिरको क्याप्सन|Fotoğraf altı yazısı"
    "|Chụp lại hình ảnh|Keterangan gambar|Maelezo ya picha|图像加注文字|圖像加註文字|사진 설명|คำบรรยายภาพ"
)
_LABEL = re.compile(rf"(?:(?P<source>{_SOURCES})|{_TEXTS})(?:(?P<sign>\s?[,:：，،])\s*|\s+)(?=\S)")
_OPENINGS = frozenset(label[:4] for label in f"{_SOURCES}|{_TEXTS}".split("|"))
_MOST_WORDS = 60
# In scripts without capitals a name is told from the beginning of a sentence by its length alone.
_NAME_WORDS, _PLAIN_WORDS = 5, 3


def _test(line: Line) -> str | None:
    if line.text[:4] not in _OPENINGS or line.n_words > _MOST_WORDS or len(line.text) > MATCH_CHARS:
        return None
    label = _LABEL.match(line.text)
    if label is None:
        return None
    # "Telif hakkı yasası …" is of the story: without a comma a name must follow, or what is no sentence about captions.
    behind = line.text[label.end() :]
    if not label["sign"] and not (_is_name(behind) if label["source"] else _may_be_caption(line, behind)):
        return None
    return f"opens as pages speak of a picture: {label.group(0).strip()!r}"


def _may_be_caption(line: Line, behind: str) -> bool:
    return behind[0].isupper() or (behind[0].lower() == behind[0].upper() and not line.ends_sentence)


def _is_name(text: str) -> bool:
    words = text.split()
    has_capitals = any(word[0].isupper() for word in words)
    return len(words) <= (_NAME_WORDS if has_capitals else _PLAIN_WORDS) and not any(
        word[0].islower() for word in words
    )


RULE = Rule(
    code="ME009",
    name="spoken-label",
    kind=Kind.CAPTION,
    scope=Scope.LINE,
    summary="A caption or the owner of a picture, behind a label for those who have the page read out.",
    why="Without its picture it interrupts the story; it is kept in the column captions.",
    risk="A paragraph of up to 60 words about captions that opens with these very words.",
    source="200 lines of 1,300 Urdu and 1,543 Spanish news texts (github.com/MaazAmjad/Datasets-for-Urdu-news, jpposadas/FakeNewsCorpusSpanish)",
    find=lines_that(_test),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Image source, Getty Images
- Image caption, The bridge was built in 1958. Nobody has painted it since.
  The vote is expected in the first week of May, two people close to the talks said.
""",
        """
  El ayuntamiento votó el martes mantener abierto el viejo puente durante otros dos años.
- Fuente de la imagen, Getty Images
- Derechos de autor de la imagen AFP
- Pie de foto, El puente se construyó en 1958.
  Fuente de la imagen que tenemos del puente es el cuadro que un vecino pintó en aquel verano.
""",
        """
  شہر کی کونسل نے منگل کو فیصلہ کیا کہ پرانا پل مزید دو سال تک کھلا رہے گا۔
- تصویر کے کاپی رائٹ Getty Images
- تصویر کا کیپشن یہ پل سنہ 1958 میں بنایا گیا تھا
  میئر نے کہا کہ اس کام کے لیے رقم اگلے سال کے بجٹ میں رکھی جائے گی۔
""",
        """
  Telif hakkı yasası uzun bir tartışmadan sonra salı günü değişti.
  Image sources differ in what they ask for a photograph of the old bridge.
  Sumber gambar itu adalah seorang warga yang tinggal di dekat jembatan.
""",
    ),
    score=0.95,
)
