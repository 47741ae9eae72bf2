"""Numbers of lines beside code are no code."""

from __future__ import annotations

import pytest

from tests.cleaning.test_extract import text_of

CODE = "total = 1\nprint(total)"
SHOWN = "a\n" + CODE + "\nb"


@pytest.mark.parametrize(
    "code",
    [
        '<pre><span class="lineno">1</span>total = 1\n<span class="lineno">2</span>print(total)</pre>',
        '<pre><code><span class="ln">1</span><span>total = 1\n</span><span class="ln">2</span>print(total)</code></pre>',
        '<pre><span style="user-select: none"> 1</span>total = 1\n<span aria-hidden="true">2</span>print(total)</pre>',
        f'<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>{CODE}</pre></td></tr></table>',
        '<table><tr><td class="gutter"><div>1</div><div>2</div></td><td class="code"><div>total = 1</div>'
        "<div>print(total)</div></td></tr></table>",
        f'<table><tr><td><pre><span class="lnt">1\n</span><span class="lnt">2\n</span></pre></td><td><pre>{CODE}</pre>'
        "</td></tr></table>",
        f'<pre><code>{CODE}</code><ul class="pre-numbering"><li>1</li><li>2</li></ul></pre>',
        '<pre><div><div class="gutter"><div class="ln">1</div></div><div>total = 1</div></div>'
        '<div><div class="gutter"><div class="ln">2</div></div><div>print(total)</div></div></pre>',
    ],
)
def test_numbers_of_lines_go(code: str) -> None:
    assert text_of(f"<p>a</p>{code}<p>b</p>") == SHOWN


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<pre>x = <span class="number">1</span></pre>', "x = 1"),
        ('<div class="gutter">12</div><p>b</p>', "12\nb"),
        ('<table><tr><td class="gutter">1</td><td>Jane Doe</td></tr></table>', "1 | Jane Doe"),
        ('<pre><span class="lineno">Table</span> 2</pre>', "Table 2"),
    ],
)
def test_other_numbers_stay(body: str, text: str) -> None:
    assert text_of(body) == text
