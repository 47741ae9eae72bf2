"""Lists that a line with a colon announces: "You can get it from foods such as:"."""

from __future__ import annotations

from collections.abc import Iterable

from cleaning.boilerplate.rule import Line, Page

_ANNOUNCE_WORDS, _ITEM_WORDS, _ITEM_CHARS = 4, 6, 60
_FIRST, _LEAST, _MOST = 2, 5, 60
_COLONS, _STOPS = (":", "："), ".!?。！？:："


def announced_items(page: Page, taken: Iterable[Line]) -> frozenset[int]:
    """The items of lists of five or more, the first two of which stay: such a list goes or stays as one.

    ``taken``: the lines that the models would take. Of the labelled texts with their story on top seven lines of
    content are saved so, and no line of furniture stays; below menus, lists of links are announced as well.
    """
    gone = {line.index for line in taken}
    found: set[int] = set()
    for line in page.lines:
        if line.index in gone or line.n_words < _ANNOUNCE_WORDS or not line.text.endswith(_COLONS):
            continue
        items: list[int] = []
        for item in page.lines[line.index + 1 : line.index + 1 + _MOST]:
            if not _is_item(item):
                break
            items.append(item.index)
        if len(items) >= _LEAST and gone.isdisjoint(items[:_FIRST]):
            found.update(items)
    return frozenset(found)


def _is_item(line: Line) -> bool:
    return len(line.text) < _ITEM_CHARS and line.n_words <= _ITEM_WORDS and line.text[-1] not in _STOPS
