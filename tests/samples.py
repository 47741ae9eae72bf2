"""Made-up texts and files that several tests share."""

from __future__ import annotations

import os
from pathlib import Path

STORY = (
    "The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours.",
    "Engineers had asked for three times the money that they were given, and for more time to look at the foundations.",
    "Nobody in the room could say where the money would come from, or who had signed the first contract in 1998.",
)

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bridge stays open | Example News</title>
<meta property="og:title" content="Bridge stays open for two more years">
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2024-03-05T10:00:00+01:00">
<meta property="article:section" content="Local"><meta property="og:url" content="https://www.example.com/news/bridge?utm_source=x">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Bridge stays open for two more years</h1><p>By Jane Doe</p>
<p>{}</p><p>{}</p><p>SEE ALSO: <a href="/x">Mayor Resigns After Vote On Budget</a></p><p>{}</p>
<p>With reporting by AFP</p></article>
<footer><p>© 2024 Example News. All rights reserved.</p></footer></body></html>
""".format(*STORY)

BAD = {
    "empty.txt": ("empty", b""),
    "blank.txt": ("empty", b" \n\n\t\n"),
    "binary.txt": ("binary", bytes(range(256)) * 8),
    "picture.html": ("binary", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "cut-utf8.txt": (
        "truncated",
        "Die Brücke bleibt noch zwei Jahre für alle offen, sagte der Bürgermeister von Grünstadt ü".encode()[:-1],
    ),
    "cut-utf16.txt": (
        "truncated",
        "\ufeffThe bridge stays open for two more years, the council said.".encode("utf-16-le")[:-1],
    ),
    "cut.html": ("truncated", PAGE.encode()[: PAGE.index('<a href="/x"') + 8]),
    "script-only.html": ("no_text", b"<html><head><script>var a = 1;</script></head><body></body></html>"),
    "signs.txt": ("no_text", b"*** --- ***\n" * 20),
    "numbers.txt": ("failed_expectation", b"12 345 678\n" * 40),
}


def write_bad_files(folder: Path) -> None:
    """Files that belong in quarantine, one that is skipped, and one whose name is not UTF-8."""
    for name, (_, data) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "notes.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / ".hidden.txt").write_text("hidden")
    with open(os.fsencode(folder) + b"/name-\xff.txt", "wb") as file:
        file.write(STORY[0].encode())
