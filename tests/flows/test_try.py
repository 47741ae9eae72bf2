"""``cleaning try``: before and after, in the terminal and as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.cli_try import try_

PARAGRAPH = "The council voted on Tuesday to keep the old bridge open for another two years, the mayor said at night."
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge stays open</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Bridge stays open</h1>
{"".join(f"<p>{PARAGRAPH} It was vote number {n}.</p>" for n in range(5))}
<p>© 2024 Example News. All rights reserved.</p></article><footer>&lt;script&gt; Imprint</footer></body></html>"""


def test_before_and_after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "bad.txt").write_text("\0\1")
    view = tmp_path / "view.html"
    assert try_(str(tmp_path / "page.html"), str(tmp_path / "bad.txt"), html=view) == 0
    shown = capsys.readouterr().out
    assert "quarantine  decode: binary" in shown
    assert "- © 2024 Example News. All rights reserved." in shown or "left out as no part" in shown
    page = view.read_text()
    assert page.count(PARAGRAPH) == 10 and "&lt;script&gt; Imprint" in page and "<script>" not in page
    assert not list(tmp_path.glob("published"))


def test_everything_and_most(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{PARAGRAPH} It was vote number {number}.\n")
    assert try_(str(tmp_path), most=2, everything=True) == 0
    assert capsys.readouterr().out.count(PARAGRAPH) == 2
