"""Which settings of a recipe keep a span that went: tried on its document, since something else may take it then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaning.boilerplate import RULES, find_removals
from cleaning.errors import BadRecipe
from cleaning.publish.read import StoredDocument
from cleaning.recipe import Recipe, parse_recipe
from cleaning.records import Action, Kind, Removal

_MODELS = ("line-model", "wording", "reader-comments")


def settings_tried(
    document: StoredDocument, removal: Removal, recipe: Mapping[str, Any]
) -> list[tuple[str, tuple[str, ...]]]:
    """Settings that are to keep a removal, as TOML, each with what takes it in this document all the same.

    It stays where nothing does: what a rule leaves alone another one or the line model may take.

    ``recipe``: that of the run, as its manifest has it. Nothing is tried of a recipe that another version has written,
    and of what documents beside this one, or the page around its main text, have a say in.
    """
    if removal.kind == Kind.OUTSIDE_MAIN_TEXT or removal.action == Action.FLAGGED:
        return []
    try:
        known = parse_recipe(recipe, "manifest")
    except BadRecipe:
        return []
    return [(said, _takers(document, removal, changed)) for said, changed in _changes(removal, known)]


def _changes(removal: Removal, recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    if removal.rule in _MODELS:
        for profile in ("conservative", "off"):
            yield f'line_model = "{profile}"', recipe.model_copy(update={"line_model": profile})
    elif any(rule.code == removal.rule for rule in RULES):
        ignored = (*recipe.ignore, removal.rule)
        yield f'ignore = ["{removal.rule}"]', recipe.model_copy(update={"ignore": ignored})
    else:
        return
    yield f'kinds.{removal.kind} = "keep"', recipe.model_copy(update={"kinds": {**recipe.kinds, removal.kind: "keep"}})


def _takers(document: StoredDocument, removal: Removal, recipe: Recipe) -> tuple[str, ...]:
    """The names of the rules and models that take a part of a removal with a recipe."""
    row = document.row
    outside = tuple(one for one in document.removals if one.kind == Kind.OUTSIDE_MAIN_TEXT)
    is_thread = row.get("page_kind") == "forum"
    all_found = find_removals(
        document.source_text, recipe, row["title"], row["site"], before=outside, is_thread=is_thread
    )
    found = [one for one in all_found if one.action != Action.FLAGGED]
    # Blanks may go with what stands beside them.
    text = document.source_text
    took = [one.rule for one in found if text[max(one.start, removal.start) : min(one.end, removal.end)].strip()]
    return tuple(dict.fromkeys(took))
