"""CO001 comment-prompt."""

from cleaning.boilerplate.finders import lines_of_phrases
from cleaning.boilerplate.rule import Rule, Scope
from cleaning.records import Kind

RULE = Rule(
    code="CO001",
    name="comment-prompt",
    kind=Kind.COMMENT_PROMPT,
    scope=Scope.LINE,
    summary="A line that asks for comments or heads the thread of them.",
    why="It belongs to the readers' thread, not to the story.",
    risk="A heading 'Comments' in the story itself.",
    source="cleaning/boilerplate/phrases/comment_prompt.tsv",
    find=lines_of_phrases(Kind.COMMENT_PROMPT),
    examples=(
        """
  The council voted on Tuesday to keep the old bridge open for another two years.
- Leave a comment
- Kommentar schreiben
""",
        """
  Leave a comment in the margin was the rule, and the editors of 1911 kept to it.
""",
    ),
    score=0.9,
)
