"""Chinese, Japanese and Korean reports: their heads and bylines become metadata, their sentences stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning import clean_text
from cleaning.boilerplate.datelines import find_dateline
from cleaning.bylines import parse_byline
from cleaning.credits import parse_credit_line
from cleaning.han_bylines import find_han_head, find_han_names, parse_han_byline

STORY = (
    "市议会周二经过长时间辩论后投票决定，在新桥建成之前，旧桥再开放两年，几位议员对此表示反对。",
    "市长说，没有这座桥，两岸的居民每天要多走四十分钟的路，孩子们上学会成为很大的问题。",
    "工程师们三月份曾警告说，自二零一三年洪水以来，九个桥墩中有两个已经移动了多达四厘米。",
)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("江州日报讯（记者 李一民）", ("李一民",)),
        ("本报讯（记者 张伟 通讯员 李娜）", ("张伟", "李娜")),
        ("〔記者王小明／台北報導〕", ("王小明",)),
        ("（中央社記者王小明台北5日電）", ("王小明",)),
        ("新华社北京3月5日电（记者 王晓明）", ("王晓明",)),
        ("【江州在线报道 记者 张小雅】", ("张小雅",)),
        ("江州在线6月3日讯 ", ()),
        ("【ロンドン=山田太郎】", ()),
    ],
)
def test_the_head_of_a_report_names_its_authors(head: str, authors: tuple[str, ...]) -> None:
    document = clean_text("\n".join((head + STORY[0], *STORY[1:])))
    assert document.text == "\n".join(STORY)
    assert document.authors == authors


@pytest.mark.parametrize(
    "sentence",
    [
        "据法新社（AFP）报道，市议会周二投票决定保留旧桥两年。",
        "法新社（AFP）援引消息人士的话说，市议会周二投票决定保留旧桥。",
        "他曾在美联社（AP）工作十二年，报道过许多座桥。",
        "记者从中国新闻社（中新社）获悉，市议会周二投票决定保留旧桥。",
        "发言人3月5日在接受天空新闻（Sky News）采访时表示，他支持这个决定。",
        "据新华社3月5日电，市议会投票决定保留旧桥。",
        "央视新闻客户端消息，市议会投票决定保留旧桥。",
        "北京时间3月5日，市议会投票决定保留旧桥。",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_sentence_that_names_its_source_stays_whole(sentence: str, is_first: bool) -> None:
    assert find_dateline(sentence, is_first=is_first) == 0


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("江州日报全媒体记者 周小琳 实习生 王小鸣", ("周小琳", "王小鸣")),
        ("采写：江州日报见习记者 林小青", ("林小青",)),
        ("【文/江州网专栏作者 王文】", ("王文",)),
        ("文｜李明 编辑｜王红", ("李明",)),
        ("本报记者张伟李娜", ("张伟", "李娜")),
        ("记者王小明、李四发自上海", ("王小明", "李四")),
        ("[강변일보 홍길동 기자]", ("홍길동",)),
        ("记者：您怎么看", None),
        ("记者获悉", None),
        ("责任编辑：张三", None),
    ],
)
def test_bylines_without_blanks(line: str, names: tuple[str, ...] | None) -> None:
    assert parse_byline(line) == names


def test_a_source_may_be_any_paper() -> None:
    assert parse_credit_line("来源丨江州发布、新华社") == (("江州发布", "Xinhua"), ())
    assert parse_credit_line("来源：我不知道，他说。") is None


@given(st.text(alphabet="记者報导讯電报社日北京王小明张伟（）【】〔〕／/ 、，5月文｜作者采写：=", max_size=60))
def test_a_head_lies_within_its_text_and_names_are_of_it(text: str) -> None:
    assert 0 <= find_han_head(text) <= len(text)
    assert all(name in text for name in (*find_han_names(text), *(parse_han_byline(text) or ())))
