"""All text of a page, for people who compare it with what became of it."""

from __future__ import annotations


def page_lines(page: str) -> list[str]:
    """The runs of text of a page in document order, hidden ones too; none where it has no tree that can be used."""
    from cleaning.extract.blocks import drop_unread, read_blocks
    from cleaning.extract.parse import is_too_large, parse_page

    root = None if is_too_large(page) else parse_page(page)
    if root is None:
        return []
    drop_unread(root)
    return read_blocks(root).texts
