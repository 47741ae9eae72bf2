"""Which lines are boilerplate, why, and the text without them."""

from cleaning.boilerplate.cut import cut, restore
from cleaning.boilerplate.find import find_removals
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.boilerplate.rules import RULES
from cleaning.boilerplate.split import split_page
from cleaning.boilerplate.templates import TemplateCount, find_templates

__all__ = ["RULES", "Rule", "Scope", "TemplateCount", "cut", "find_removals", "find_templates", "restore", "split_page"]
