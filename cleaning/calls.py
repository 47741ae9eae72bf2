"""Are the arguments of a call what it takes? Who passes others is told, not what breaks on them further in."""

from __future__ import annotations

from cleaning.recipe import Recipe


def check_call(function: str, given: object, wanted: tuple[type, ...], recipe: object) -> None:
    """Checks what is to be cleaned, and the recipe.

    Raises:
        TypeError: one of them is of another type.
    """
    if not isinstance(given, wanted):
        hint = "; clean_many finds the character set of bytes" if isinstance(given, bytes) else ""
        names = " or ".join(one.__name__ for one in wanted)
        raise TypeError(f"{function} takes {names}, not {type_name(given)}{hint}")
    check_recipe(recipe)


def check_recipe(recipe: object) -> None:
    """Checks that a recipe is one.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(recipe, Recipe):
        raise TypeError(f"recipe is a {type_name(recipe)}, not a Recipe: Recipe(ignore=['CR']), or read_recipe(path)")


def type_name(value: object) -> str:
    """The name of a value's type."""
    return type(value).__name__
