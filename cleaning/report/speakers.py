"""What marks spans beside the rules: models, templates and extractors, by the names that removals carry in ``rule``."""

from __future__ import annotations

from dataclasses import dataclass

_KEEP_MORE = 'line_model = "conservative" (or "off") in a recipe keeps more of them'
_REPORT_PAGE = "the file itself has the page; please report one whose story is cut"


@dataclass(frozen=True, slots=True)
class Speaker:
    """``about``: how it tells; ``kinds``: of what it takes; ``undo``: how to keep more of that."""

    name: str
    about: str
    kinds: str
    undo: str


SPEAKERS = {
    speaker.name: speaker
    for speaker in (
        Speaker(
            "line-model",
            "learned from labelled lines, looks at the line, its neighbours and its place (docs/line_model.md)",
            "the one that the line's words speak for, else navigation, related_links or template",
            _KEEP_MORE,
        ),
        Speaker(
            "wording",
            "learned from lines that were written as furniture, looks at the words of the line alone "
            "(docs/wordings.md)",
            "the one that the line's words speak for",
            _KEEP_MORE,
        ),
        Speaker(
            "reader-comments",
            "the lines from a line that leaves to the end of the text speak as readers do, and the story above them "
            "does not (docs/wordings.md)",
            "comment_prompt",
            _KEEP_MORE,
        ),
        Speaker(
            "template",
            "the line stands in several documents of the site; the table templates has the counts",
            "template",
            "template_documents = 0 in a recipe keeps them; a higher number asks for more documents",
        ),
        Speaker(
            "page-model",
            "learned from labelled pages, chooses the blocks that make the main text (docs/page_model.md)",
            "outside_main_text",
            _REPORT_PAGE,
        ),
        Speaker(
            "trafilatura",
            "it read this page in place of the page model, which was unsure of it (docs/page_model.md)",
            "outside_main_text",
            _REPORT_PAGE,
        ),
        Speaker(
            "visible",
            "neither page model nor trafilatura found a main text, so that all that the page shows is its text",
            "outside_main_text",
            _REPORT_PAGE,
        ),
        Speaker(
            "declared",
            "the page shows nothing of the text that its JSON-LD declares and scripts write: that text is taken",
            "outside_main_text",
            _REPORT_PAGE,
        ),
    )
}


def speaker_page(speaker: Speaker) -> str:
    """The page of one of them."""
    lines = [
        f"## {speaker.name}",
        "",
        f"No rule, but what removals name in `rule`: {speaker.about}.",
        "",
        f"- Kind: {speaker.kinds}",
        f"- Undo: {speaker.undo}",
        "",
    ]
    return "\n".join(lines)
