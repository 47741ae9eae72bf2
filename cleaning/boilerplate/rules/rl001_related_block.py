"""RL001 related-block."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.finders import claimed_block, is_label, marked_lines
from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark


def _find(page: Page, marks: Sequence[Mark]) -> Iterator[Span]:
    marked = marked_lines(page, marks)
    claimed_until, title = 0, _title_place(page, marks)
    for line in page.listed:
        row = line.row_of(Kind.RELATED_LINKS, "heading")
        if row is None or not is_label(page, line, row):
            continue
        yield Span(line.start, line.end, f"the line is the heading {row.phrase!r}")
        if line.index < claimed_until:
            continue
        for claimed in claimed_block(page, line, marked):
            claimed_until = claimed.index
            if claimed.index == title:
                continue
            yield Span(claimed.start, claimed.end, f"stands in the block under {line.text!r}")


def _title_place(page: Page, marks: Sequence[Mark]) -> int:
    """Index of the line above the byline or the date of the story that begins below a menu; -1 without one."""
    dated = marked_lines(page, [mark for mark in marks if mark.kind in (Kind.BYLINE, Kind.TIMESTAMP)])
    heads = [index for index in dated if index < page.first_prose and index - 1 not in dated]
    return max(heads, default=0) - 1


RULE = Rule(
    code="RL001",
    name="related-block",
    kind=Kind.RELATED_LINKS,
    scope=Scope.BLOCK,
    summary="A heading such as 'Articles You May Like' with the headlines under it.",
    why="The headlines belong to other stories; a reader of this one never asked for them.",
    risk="Short lines of the story right under such a heading go with it; a last one before prose stays, and so does a list that goes on below.",
    source="seeds/003_20a66667152be587.txt; phrases/related_links.tsv",
    find=_find,
    examples=(
        """
  He is due to arrive in Samarkand on Thursday evening, Indian officials said on Wednesday.

- Articles You May Like

- How to Trade SPX Weeklies Like a Professional vs Regular Investor
- GDP Explained
- 3 Option Strategies to Buying Stocks as They Dip
""",
        """
  Das Gericht hatte die Klage im März abgewiesen, nun liegt der Fall beim Bundesgerichtshof.
- Das könnte Sie auch interessieren
- Wie die Stadt ihre Brücken saniert
- Drei Fragen an den neuen Bürgermeister
""",
        """
  The first half of the story ends here, after a paragraph about the people in the town.

- Related Stories

- Mayor resigns after vote
- Bridge to stay closed

  What happens next

  The second half of the story goes on with what the council will have to decide in May.
""",
        """
  The first school is known for its classes on finance, and for a city that is full of those who hire.
- Related Articles
- - What the first school asks of those who write to it
- - How many it takes
  2. The second school
  The second school is strong in technology, in all senses of the word, and takes fewer than the first.
- Related Articles
  3. The third school
  The third school is the smallest of the three, and the one that is farthest from any city at all.
""",
        """
  The harbour was closed on Tuesday, and ships had to wait off the coast until it opened again.
- More on this story
- Ferry captains ask for a pay rise before the summer
- Mayor visits the new hospital by the sea
  The council of the town voted to close the old bridge over the river, as had been expected. - Jane Doe
""",
        """
  The harbour was closed on Tuesday, and ships had to wait off the coast until it opened again.
- More on this story
- Ferry captains ask for a pay rise before the summer
  Nobody had asked them to.
""",
        """
  The tuner of the organ has worked in the cathedral for thirty years, and he answered our questions there.
- Related Articles
- How the old bells were saved from the fire
  Was it in tune?
  Nearly.
  What note?
  Between two.
""",
        """
  Peel the potatoes, cut them into slices as thick as a finger, and let them stand in cold water for ten minutes.
- Related recipes
- Potato soup as the ferryman cooks it
  300 g potatoes
  2 tbsp olive oil
  Heat the oil, put the slices into it one by one, and turn them over when they have become brown at the edges.
""",
        """
  The articles you may like least are those that tell you what you would rather not know.
  Related stories are told in every village along the river, and no two of them agree.
""",
    ),
)
