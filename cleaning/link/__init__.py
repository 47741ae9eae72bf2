"""Which documents are copies of one another, which retell and quote one another, and which tell one story."""

from cleaning.link.exact import first_with_text, for_all_copies
from cleaning.link.facts import Facts
from cleaning.link.likeness import Relation
from cleaning.link.linker import Linker
from cleaning.link.sketch import Sketch, Sketches, sketch
from cleaning.link.work import LINK, RELATIONS, Links

__all__ = [
    "LINK",
    "RELATIONS",
    "Facts",
    "Linker",
    "Links",
    "Relation",
    "Sketch",
    "Sketches",
    "first_with_text",
    "for_all_copies",
    "sketch",
]
