"""Which lines are boilerplate, why, and the text without them."""

from cleaning.boilerplate.cut import cut, restore
from cleaning.boilerplate.find import find_removals
from cleaning.boilerplate.rule import Rule, Scope, split_page
from cleaning.boilerplate.rules import RULES

__all__ = ["RULES", "Rule", "Scope", "cut", "find_removals", "restore", "split_page"]
