"""The recipe that a call names, and what is wrong with it, before any work."""

from __future__ import annotations

from pathlib import Path

from cleaning.boilerplate import RULES
from cleaning.boilerplate.decide import select_rules
from cleaning.errors import BadRecipe
from cleaning.recipe import Recipe, read_recipe


def recipe_of(path: Path | None) -> Recipe:
    """The recipe in a file, whose rules exist; the default one for None.

    Raises:
        BadRecipe: it is none, or names a rule that does not exist; the message names the file.
    """
    if path is None:
        return Recipe()
    recipe = read_recipe(path)
    try:
        select_rules(RULES, recipe)
    except BadRecipe as error:
        raise BadRecipe(f"{path}: {error}") from None
    return recipe
