"""CO006 stamped-thread."""

from collections.abc import Iterator, Sequence

from cleaning.boilerplate.rule import Page, Rule, Scope, Span
from cleaning.boilerplate.threads import name_above, posts_stamps, thread_from
from cleaning.records import Kind, Mark

# A story of so many words of prose must stand above the first of them: of 24 forum threads among the development pages'
# gold texts 23 sign their first post too, and of 42 texts that three extractors left of forum pages three have more prose
# above the first signature left.
_STORY_WORDS = 200
# Between the lines of a timetable stand fewer words.
_COMMENT_WORDS = 5


def _find(page: Page, _: Sequence[Mark]) -> Iterator[Span]:
    signs = posts_stamps(page)
    if not signs or signs[0].index <= page.first_prose:
        return
    above = sum(line.n_words for line in page.lines[: signs[0].index] if line.is_prose)
    n_words = sum(line.n_words for line in page.lines[signs[0].index :]) - sum(line.n_words for line in signs)
    if above >= _STORY_WORDS and n_words >= _COMMENT_WORDS * len(signs):
        yield from thread_from(page, name_above(page, signs[0]), len(signs))


RULE = Rule(
    code="CO006",
    name="stamped-thread",
    kind=Kind.COMMENT_PROMPT,
    scope=Scope.BLOCK,
    summary="Below a long story, from the first of several lines such as 'March 5, 2024 at 10:12 am' or '3 days ago' on, all that follows.",
    why="Readers wrote it, not the author.",
    risk="A live blog, a diary or a log tells its story by the hour, too; these stay where the line model can say that they do not speak as readers.",
    source="reader comments of the residual benchmark's development pages, and of 337 blog posts with theirs below",
    find=_find,
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours in which engineers, shopkeepers and the parents of two schools were heard, and at the end of which the mayor asked for a show of hands that nobody had expected of him.
  Engineers had asked for three times the money that they were given, and for more time as well, since four of the six piers have rotted below the water, and since the cranes that could lift the deck can come up the river in the weeks of the spring tides alone, of which there are two.
  The bridge was built by the grandfather of the present mayor, and links the harbour with the market. On a count in March eleven hundred people crossed it on a weekday, most of them before nine in the morning, and a third of them with a bicycle, a cart or a child by the hand.
  A ferry will run from Monday for those who do not trust the piers any more. It will cost nothing, and it will stop at ten in the evening, which is an hour before the last train from the city comes in, so that the late shift of the cannery will have to walk round by the lock as it did before.
- Jane Doe
- March 5, 2024 at 10:12 am
- I could not agree more, this should have been done years ago, when the bridge was still young.
- roe77
- March 5, 2024 at 11:40 am
- Totally agree with Jane, my kids love that bridge!
- Ann Lee
- March 6, 2024 at 8:40 am
- Does anyone know if the ferry takes bikes? I can't find anything about it.
- Old Man River
- March 7, 2024 at 9:05 pm
- Well said, and thanks for the article.
""",
        """
  The council voted on Tuesday to keep the old bridge open for another two years, after a debate of five hours in which engineers, shopkeepers and the parents of two schools were heard, and at the end of which the mayor asked for a show of hands that nobody had expected of him.
  Engineers had asked for three times the money that they were given, and for more time as well, since four of the six piers have rotted below the water, and since the cranes that could lift the deck can come up the river in the weeks of the spring tides alone, of which there are two.
  The bridge was built by the grandfather of the present mayor, and links the harbour with the market. On a count in March eleven hundred people crossed it on a weekday, most of them before nine in the morning, and a third of them with a bicycle, a cart or a child by the hand.
  A ferry will run from Monday for those who do not trust the piers any more. It will cost nothing, and it will stop at ten in the evening, which is an hour before the last train from the city comes in, so that the late shift of the cannery will have to walk round by the lock as it did before.
  The next crossings of the ferry:
  March 11, 2024 at 7:30 am
  March 11, 2024 at 8:30 am
  March 11, 2024 at 9:30 am
  March 11, 2024 at 10:30 am
""",
    ),
)
