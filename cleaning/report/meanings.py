"""What each kind of a removal and each reason of quarantine means, for the data set's card."""

from __future__ import annotations

from collections.abc import Mapping

from cleaning.records import MOVED_KINDS, Kind, Reason

KINDS: Mapping[Kind, str] = {
    Kind.TITLE: "The headline of the story.",
    Kind.BYLINE: "Who wrote it; a label such as 'By' alone, too.",
    Kind.DATELINE: "Place, day and agency in front of the first sentence.",
    Kind.TIMESTAMP: "When it was published or changed, and reading times.",
    Kind.SECTION_LABEL: "The name of a section above the story.",
    Kind.CAPTION: "Captions and credits of pictures.",
    Kind.AGENCY_CREDIT: "Agencies and newsrooms that are credited, and notes of where a text is from.",
    Kind.CONTRIBUTOR_CREDIT: "People who are credited beside the authors.",
    Kind.AUTHOR_BIO: "Who the author is, and where to follow them.",
    Kind.COPYRIGHT: "Notices of rights and of whose views a text holds, and links to legal pages.",
    Kind.RELATED_LINKS: "Links to other stories, with their headings.",
    Kind.NEWSLETTER: "Prompts to subscribe, and what mails say of themselves.",
    Kind.SHARE: "Prompts to share or to follow, counts of shares and views.",
    Kind.NAVIGATION: "Menus, link bars, hashtags and labels of buttons.",
    Kind.ADVERTISEMENT: "Markers of advertisements.",
    Kind.SPONSORED: "Notes on paid content and affiliate links, prompts to buy.",
    Kind.COOKIE_NOTICE: "Prompts for consent, and what a reader agrees to.",
    Kind.PAYWALL: "Prompts to sign in or to pay.",
    Kind.COMMENT_PROMPT: "Readers' comments, and prompts to comment.",
    Kind.APP_PROMO: "Prompts to install an app.",
    Kind.MEDIA_PLAYER: "Labels and clocks of audio and video players.",
    Kind.CONTACT: "Addresses of authors and newsrooms.",
    Kind.MARKUP: "Remnants of markup, shortcodes, placeholders and names of images.",
    Kind.TEMPLATE: "Lines that stand in several documents of a site, or that the line model takes for such.",
    Kind.REPEATED: "Paragraphs that stand twice.",
    Kind.OUTSIDE_MAIN_TEXT: "Blocks of a page outside its main text; only with keep_dropped_blocks in the recipe.",
}
REASONS: Mapping[Reason, str] = {
    Reason.UNREADABLE: "The file cannot be opened, or what a remote place holds does not come.",
    Reason.VANISHED: "It was there when the run began.",
    Reason.NAME_NOT_UTF8: "The bytes of its name are no UTF-8.",
    Reason.TOO_LARGE: "It has more bytes than the recipe allows.",
    Reason.EMPTY: "It has no bytes, or nothing but blanks.",
    Reason.BINARY: "It is no text: a picture, a program, an office document.",
    Reason.TRUNCATED: "It breaks off.",
    Reason.UNDECODABLE: "Its bytes, or its lines and rows, cannot be read.",
    Reason.TOO_MANY_LINES: "It has more lines than the recipe allows.",
    Reason.LINE_TOO_LONG: "One of its lines is longer than the recipe allows.",
    Reason.NO_TEXT: "There is no text in it.",
    Reason.UNWANTED_LANGUAGE: "Its language is none of those that the recipe names.",
    Reason.MOSTLY_BOILERPLATE: "Less of it would stay than the recipe's max_removed_share wants.",
    Reason.EXTRACTION_FAILED: "Not in use.",
    Reason.TOO_DEEP: "It lies in more archives in one another than the recipe allows.",
    Reason.TOO_MANY_MEMBERS: "The archive has more members than the recipe allows.",
    Reason.ARCHIVE_BOMB: "It unpacks to more than the recipe allows.",
    Reason.TIMED_OUT: "It took more processor time than the recipe allows.",
    Reason.CRASHED: "It made a parser fail, or ended the process that read it.",
    Reason.FAILED_EXPECTATION: "A row of it failed an expectation; failed_expectations names it.",
}


def kind_table() -> list[str]:
    """The kinds as rows of Markdown, with what happens to each by default."""
    rows = [f"| {kind} | {meaning} | {_action(kind)} |" for kind, meaning in KINDS.items()]
    return ["| kind | meaning | unless the recipe says otherwise |", "|---|---|---|", *rows]


def reason_table() -> list[str]:
    """The reasons as rows of Markdown."""
    return ["| reason | meaning |", "|---|---|", *(f"| {reason} | {meaning} |" for reason, meaning in REASONS.items())]


def _action(kind: Kind) -> str:
    if kind == Kind.REPEATED:
        return "flagged"
    return "moved" if kind in MOVED_KINDS else "dropped"
