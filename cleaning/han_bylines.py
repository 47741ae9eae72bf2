"""Chinese bylines and the heads of Chinese, Japanese and Taiwanese reports: who reports for whom, from where.

Names have no blanks around them and no capitals: a name is what stands behind a role and begins with a family name.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u3040-\u30ff"
_RANK = (
    r"全媒体|全媒體|融媒体|首席|资深|資深|见习|見習|实习|實習|特约|特約|特派"
    r"|高级|视频|摄影|攝影|财经|財經|体育|體育|科技"
)
ROLE = (
    rf"(?:{_RANK}){{0,2}}(?:记者|記者|通讯员|通訊員|实习生|實習生|特派员|特派員"
    r"|撰稿人|评论员|評論員|专栏作者|專欄作者|专栏作家|專欄作家)"
)
_LEAD = (
    r"(?:(?:采写|採寫|采访|採訪|撰文|撰稿|执笔|執筆|作者|图文|圖文|文|图)\s?[:：/／｜|丨]\s?"
    r"|文\s?[/／、]\s?图[\s:：]\s?)"
)
# Behind "作者" a name may stand at once; a verb ("作者认为") begins with no family name.
_NAME = rf"(?!编辑|編輯|责编|責編|校对|摄影|攝影|制图|图[:：]|視頻|视频)(?:(?![发發]自)[{_HAN}]){{2,4}}"
_BETWEEN = r"(?:\s?[、，,/／和与與]\s?|\s)"
_SHOT = (
    r"(?:\s?(?:摄影报道|攝影報導|综合报道|綜合報導|报道|報導|報道|摄影|攝影|摄|攝|文/图|图/文"
    rf"|[发發]自[{_HAN}]{{2,6}}))?"
)
_OTHERS = r"编辑|編輯|责编|責編|校对|校對|审校|運營|运营|设计|設計|摄影|攝影|制图|製圖|排版|视频|视觉|统筹|监制|出品"
_DESK = rf"[《「『]?[{_HAN}A-Za-z·]{{2,14}}?[》」』]?\s?"
# "文｜李明 编辑｜王红": who edited it is no author.
_MADE = rf"(?:[\s；;，,、]*(?:{_OTHERS})\s?[:：/／｜|丨\s]\s?{_NAME}(?:{_BETWEEN}{_NAME}){{0,3}}){{0,4}}"
_PLACED = rf"(?:\s?[／/]\s?[{_HAN}]{{2,6}}|\s?[{_HAN}]{{2,3}})(?:報導|报道|報道|電|电)"
_ROLED = re.compile(rf"(?:{ROLE}|作者)\s?[:：]?\s?(?P<names>{_NAME}(?:{_BETWEEN}{_NAME}){{0,5}})")
_LED = re.compile(rf"{_LEAD}(?:{_DESK})??(?:{ROLE}\s?)?(?P<names>{_NAME}(?:{_BETWEEN}{_NAME}){{0,5}})")
_BYLINE = re.compile(
    rf"[【\[（(〔]?\s?(?:{_LEAD})?(?:(?:{_DESK})??(?:{ROLE}|作者)\s?[:：]?\s?{_NAME}(?:{_BETWEEN}{_NAME}){{0,5}}[\s；;，,、]*){{1,4}}"
    rf"(?:{_PLACED})?{_SHOT}\s?[】\]）)〕]?{_MADE}"
    rf"|{_LEAD}(?:{_DESK})??{_NAME}(?:{_BETWEEN}{_NAME}){{0,5}}{_SHOT}{_MADE}"
)
_MAX_CHARS, _LEAST_CHARS = 60, 4
_WORDS = re.compile(r"记者|記者|通讯员|通訊員|实习生|實習生|特派|撰|作者|作家|评论员|評論員|采|採|执笔|執筆|文|图|圖")
_SPLIT = re.compile(r"[\s、，,/／和与與]+")
_PLACE_BEHIND = re.compile(
    rf"(?P<name>[{_HAN}]{{2,3}})(?:[{_HAN}]{{2,3}})?(?:\d{{1,2}}日)?(?:電|电|報導|报道|報道|讯|訊)"
)

_DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日"
_ORGAN = (
    rf"(?:本[报報社刊网網台臺]|[{_HAN}A-Za-z·]{{1,12}}?"
    r"(?:[报報社网網台臺]|在线|在線|客户端|新闻|新聞|周刊|卫视|衛視|视频|大纪元|快讯))"
)
_IN_BOX = r"[^（）()【】〔〕\[\]\n]"
_REPORTERS = rf"\s?[（(【〔［\[]\s?{_IN_BOX}{{0,20}}?(?:{ROLE}|作者|编译|編譯|文/){_IN_BOX}{{0,40}}[）)】〕］\]]"
# "新华社北京3月5日电（记者 …）", "新京报讯（记者 …）", "本报讯 ".
_SENT = re.compile(
    rf"(?:据|據)?{_ORGAN}[{_HAN}]{{0,8}}?(?:(?P<day>{_DAY})(?:专)?[电電讯訊]|(?P<sign>[讯訊电電]|(?:{_DAY})?(?:综合|特稿)?(?:报道|報導|消息)))"
    rf"(?P<people>(?:{_REPORTERS}){{0,2}})(?P<end>\s|(?=\S)|$)\s*"
)
# "【环球网报道 记者 …】", "（中央社記者…台北5日電）", "〔記者…／台北報導〕", "【本报讯】".
_BOXED = re.compile(
    rf"[【〔［\[（(]\s?(?P<inside>[^【】〔〕［］\[\]（）()\n]{{2,40}})[】〕］\]）)](?P<people>{_REPORTERS})?\s*"
)
_INSIDE = re.compile(
    rf"(?:{_ORGAN})?[^。！？!?，,]{{0,20}}?(?:(?:{ROLE})[^。！？!?]{{2,30}}|{_DAY}[电電讯訊]|{_ORGAN}(?:报道|報導|讯|訊|[电電]|快讯))"
)
# "【ロンドン=山田太郎】", "（ロンドン＝共同）".
# "（東京＝大阪）間の移動" is no head.
_PLACED_BOX = re.compile(
    rf"[【（(]\s?[{_HAN}{_KANA}]{{1,12}}\s?[=＝]\s?[{_HAN}{_KANA}・]{{2,14}}[】）)](?![間のはがをにで]|より)\s*"
)
# "記者王小明／台北報導 …"
_BARE = re.compile(rf"(?:{_DESK})??{ROLE}\s?{_NAME}\s?[／/]\s?[{_HAN}]{{2,8}}(?:報導|报道|報道)\s*")
_TWO_NAMES = 4  # signs of two short names that nothing parts
_SIGNS = frozenset("日讯訊电電=＝记記报報")
_HEAD_CHARS = 90


@cache
def _words_of(name: str) -> frozenset[str]:
    """The words of a list of the package."""
    text = files("cleaning.boilerplate").joinpath("phrases", name).read_text(encoding="utf-8")
    return frozenset(word for row in text.splitlines() if not row.startswith("#") for word in row.split())


def is_han_name(word: str) -> bool:
    """May a word be the name of a Chinese person: a family name and one or two signs more?

    >>> is_han_name("王小明"), is_han_name("欧阳娜娜"), is_han_name("获悉"), is_han_name("综合报道")
    (True, True, False, False)
    """
    names = _words_of("surnames_zh.txt")
    if word in _words_of("no_names_zh.txt"):
        return False
    if word[:2] in names and 3 <= len(word) <= 4:
        return True
    return word[:1] in names and 2 <= len(word) <= 3


def find_han_names(text: str) -> tuple[str, ...]:
    """The names of those who report, in a byline or in the head of a report.

    >>> find_han_names("记者 张伟 通讯员 李娜"), find_han_names("（中央社記者王小明台北5日電）")
    (('张伟', '李娜'), ('王小明',))
    >>> find_han_names("采写：江州日报记者 李一民"), find_han_names("记者获悉")
    (('李一民',), ())
    """
    found: dict[str, None] = {}
    for match in sorted((*_ROLED.finditer(text), *_LED.finditer(text)), key=lambda match: match.start("names")):
        for word in _SPLIT.split(match["names"]):
            name = _without_place(word, text)
            pair = (name[:2], name[2:])
            # "本报记者张伟李娜"
            is_pair = len(name) == _TWO_NAMES and not is_han_name(name) and all(map(is_han_name, pair))
            found |= dict.fromkeys(filter(is_han_name, pair if is_pair else (name,)))
    return tuple(found)


def _without_place(word: str, text: str) -> str:
    """王小明 of 王小明台, where 台北5日電 follows in the text."""
    placed = _PLACE_BEHIND.match(text, text.find(word))
    return placed["name"] if placed and len(placed[0]) >= len(word) and is_han_name(placed["name"]) else word


def parse_han_byline(text: str) -> tuple[str, ...] | None:
    """The names of a line that says who reports, or None where it is none.

    >>> parse_han_byline("江州日报全媒体记者 周小琳 实习生 王小鸣"), parse_han_byline("記者王小明／台北報導")
    (('周小琳', '王小鸣'), ('王小明',))
    >>> parse_han_byline("记者了解到，市议会周二投票"), parse_han_byline("作者认为这很重要")
    (None, None)
    """
    text = text.strip()
    if not _LEAST_CHARS <= len(text) <= _MAX_CHARS or not _WORDS.search(text) or not _BYLINE.fullmatch(text):
        return None
    return find_han_names(text) or None


def find_han_head(text: str) -> int:
    """The end of the head of a report, 0 where a text begins with none.

    >>> text = "新京报讯（记者 李一民）市议会周二投票决定保留旧桥。"
    >>> text[find_han_head(text):]
    '市议会周二投票决定保留旧桥。'
    >>> find_han_head("据法新社5月3日报道，市议会投票决定保留旧桥。")
    0
    """
    head = text[:_HEAD_CHARS]
    if _SIGNS.isdisjoint(head):
        return 0
    placed = _PLACED_BOX.match(head) or _BARE.match(head)
    if placed:
        return placed.end()
    boxed = _BOXED.match(head)
    if boxed and _INSIDE.fullmatch(boxed["inside"]):
        # "【记者观察】" is a label of the paper.
        is_label = re.search(ROLE, boxed["inside"]) and not find_han_names(boxed.group(0))
        return 0 if is_label else boxed.end()
    sent = _SENT.match(head)
    if sent is None or not (sent["people"] or sent["day"] or sent["end"].isspace()):
        return 0
    # "据新华社3月5日电，…": what the sentence says of its source.
    is_clause = head[sent.end() : sent.end() + 1] in tuple("，,、：:的") or (head[0] in "据據" and not sent["people"])
    return 0 if is_clause else sent.end()
