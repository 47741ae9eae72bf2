"""What a tutorial shows of source text is no notice, link or tag of its page."""

from cleaning import clean_text

STORY = (
    "The library reads a page and gives its text back, and this tutorial tells how it is set up on a laptop.",
    "After that the example prints what it has found, and the reader may change it as they like.",
)
SOURCE = "// Copyright 2025 Example Ltd. All rights reserved.\nconst a = load();\n// Read more: https://example.com/docs\nrun(a);"
PAGE = '<footer>© 2025 Example Ltd. All rights reserved.</footer>\n<script src="banner.js"></script>'


def test_between_fences_everything_stays() -> None:
    text = f"{STORY[0]}\n\n```html\n{PAGE}\n```\n\n{STORY[1]}"
    document = clean_text(text)
    assert document.text == text
    assert document.rights_holder is None


def test_comments_beside_statements_stay() -> None:
    text = f"{STORY[0]}\n{SOURCE}\n{STORY[1]}"
    assert clean_text(text).text == text


def test_the_notice_of_the_page_goes() -> None:
    document = clean_text(
        f"{STORY[0]}\n\n```js\n{SOURCE}\n```\n\n{STORY[1]}\n\n© 2025 Harbour News. All rights reserved."
    )
    assert document.rights_holder == "Harbour News"
    assert document.text.endswith(STORY[1])
