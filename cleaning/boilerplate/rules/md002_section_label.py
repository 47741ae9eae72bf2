"""MD002 section-label."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.broken import has_broken_sentences, is_in_sentence
from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.records import Kind, Mark

# A label stands above the story: among the first lines, with nothing but headings and prompts before it.
_TOP_LINES = 4


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    top = page.lines[: min(_TOP_LINES, page.first_prose)]
    if page.first_prose == len(page.lines):
        return
    for line in top:
        phrase = line.phrase_of(Kind.SECTION_LABEL)
        if phrase is not None and not is_in_sentence(page, line) and not has_broken_sentences(page):
            yield Span(line.start, line.end, f"the section {phrase!r} above the story")


RULE = Rule(
    code="MD002",
    name="section-label",
    kind=Kind.SECTION_LABEL,
    scope=Scope.LINE,
    summary="The name of a section, such as 'News' or 'Politik', above the story.",
    why="It is the place of the story on the site: the column section.",
    risk="A story whose own first heading is the bare word, such as 'Health', loses that heading.",
    source="seeds/003_20a66667152be587.txt",
    find=_find,
    examples=(
        """
- News

  Russian president Vladimir Putin has acknowledged Chinese concerns about the war in Ukraine.
""",
        """
  Russian president Vladimir Putin has acknowledged Chinese concerns about the war in Ukraine.

  News

  The word alone between two paragraphs may be a heading of the story, so it stays where it is.
""",
        """
  Die Brücke war am Dienstag Thema im
  Sport
  des Senders, der aus dem Rathaus von der Abstimmung über ihre Zukunft berichtete.
""",
    ),
)
