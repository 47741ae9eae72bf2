"""Kept blocks as text: a line each; list items with a dash, cells of a row side by side, code as it is."""

from __future__ import annotations

from collections.abc import Iterable

from cleaning.extract.blocks import Blocks

_CELLS = frozenset(("td", "th"))
_CELL_BREAK = " | "
_ITEM_SIGN = "- "


def render_blocks(blocks: Blocks, kept: Iterable[int]) -> str:
    """The text of the blocks of these numbers, in order."""
    return "\n".join(text for _, text in render_lines(blocks, kept))


def render_lines(blocks: Blocks, kept: Iterable[int]) -> list[tuple[int, str]]:
    """The lines of the blocks of these numbers, in order, each with the number of its first block."""
    lines: list[tuple[int, str]] = []
    last_row = -1
    for number in kept:
        text = blocks.texts[number]
        is_item, row = _place(blocks, number)
        if row >= 0 and row == last_row:
            first, begun = lines[-1]
            lines[-1] = (first, begun + _CELL_BREAK + text)
            continue
        last_row = row
        lines.append((number, _ITEM_SIGN + text if is_item and not blocks.is_code[number] else text))
    return lines


def _place(blocks: Blocks, number: int) -> tuple[bool, int]:
    """Does the block open a list item, and of which table row is it a whole cell (-1: of none)?"""
    nodes, node = blocks.nodes, blocks.node[number]
    while node >= 0 and nodes.first[node] == number:
        tag = nodes.tag[node]
        if tag == "li":
            return True, -1
        if tag in _CELLS and nodes.end[node] == number + 1:
            return False, nodes.parent[node]
        node = nodes.parent[node]
    return False, -1
