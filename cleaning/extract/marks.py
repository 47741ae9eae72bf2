"""What tags, classes, ids and roles say of an element, as bits: conventions of code, no words of a language's text."""

from __future__ import annotations

import re
from functools import lru_cache

# Elements that do not break a line.
INLINE = frozenset((
    "a", "abbr", "acronym", "annotation-xml", "area", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "label", "link", "map", "mark", "math", "meta", "mi", "mn", "mo", "mrow",
    "ms", "msub", "msup", "mtext", "nobr", "picture", "q", "rb", "rp", "rt", "ruby", "s", "samp", "semantics", "small",
    "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
# Elements that do; unknown ones only outside of paragraphs: "no one speaks about <keyword>water</keyword>".
BREAKING = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "input", "legend", "li", "main", "menu", "nav", "noscript", "ol", "optgroup",
    "option", "output", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
# Elements without text for a reader. The head's own stay for the metadata, which is read before they go.
WITHOUT_TEXT = (
    "script", "style", "svg", "iframe", "template", "select", "textarea", "audio", "video", "canvas", "object",
    "embed", "applet", "datalist", "title", "annotation", "rt", "rp",
)  # fmt: skip
# In a heading, a link of such a text leads to the heading itself.
ANCHORS = frozenset(("#", "¶", "§", "🔗", "❡", "∞"))

_TAGS = (
    ("nav", "nav"), ("header", "header"), ("footer", "footer"), ("aside", "aside"), ("main", "main"),
    ("article", "article"), ("form", "form fieldset"), ("figure", "figure figcaption caption"), ("table", "table"),
    ("cell", "td th"), ("list", "ul ol menu"), ("item", "li"), ("quote", "blockquote q"), ("pre", "pre code"),
    ("definitions", "dl dt dd"), ("details", "details summary"), ("button", "button"), ("link", "a"),
    ("dialog", "dialog"), ("heading", "h1 h2 h3 h4 h5 h6"), ("noscript", "noscript"),
)  # fmt: skip
# Parts of class names, ids, roles and item properties, by what they tell of the element.
_GROUPS = (
    ("c_nav", "nav|menu|breadcrumb|pagination|pager|tabs|toolbar|toc|sitemap"),
    ("c_foot", "foot(?!note)|copyright|legal|imprint|impressum|contentinfo|colophon"),
    ("c_head", "masthead|topbar|banner|header|brand|logo"),
    ("c_side", "side|aside|rail|widget|complementary|sticky"),
    ("c_review", "review|rating|testimonial|opinion|bewertung"),
    ("c_comment", "comment|disqus|kommentar|comentario|commentaire|livefyre|feedback|discuss"),
    ("c_reply", "repl(?:y|ies)|respond|answer|question|antwort"),
    ("c_post", "post(?!ed|al)|message|thread|topic|forum"),
    ("c_related", "relat|recommend|recirc|similar|also|further|suggest|read-?more|more-"),
    ("c_teaser", "teaser|trending|popular|latest|most|headlines|promo|featured|next|prev"),
    ("c_share", "share|sharing|social|follow|facebook|twitter|whatsapp|pinterest|addthis"),
    ("c_ad", r"(?<![a-z])ad(?:s|vert\w*)?(?![a-z])|sponsor|outbrain|taboola|werbung|anzeige|dfp|adsense|cta"),
    ("c_author", "byline|author|avatar|profile|user|bio|autor"),
    ("c_meta", "date|time|meta|credit|kicker|source|published"),
    ("c_tag", "tag|categor|label|keyword|badge|taxonomy"),
    ("c_body", "article-?body|entry-?content|story|post-?body|post-?content|body-?text|rich-?text|prose|wysiwyg"),
    ("c_content", "content|article|entry|main"),
    ("c_text", "text|copy|markdown|paragraph|description|detail|desc"),
    ("c_card", "card|tile|product|result|listing|archive|feed|excerpt"),
    ("c_grid", "grid|item|loop|list|row|col(?![ol])"),
    ("c_form", "form(?!at)|search|login|sign-?up|register|subscri|newsletter|input|field|captcha"),
    ("c_button", "button|btn|action|icon|toggle|dropdown"),
    ("c_popup", "modal|popup|pop-up|overlay|dialog|paywall|notice|alert|toast|lightbox|drawer"),
    ("c_consent", "cookie|consent|gdpr|onetrust|privacy"),
    ("c_hidden", "hidden|hide|sr-only|screen-?reader|visually|invisible|offscreen|display-none|noprint"),
    ("c_fold", "collaps|accordion|expand|faq|panel|tab-"),
    ("c_shop", "price|cart|sku|variant|shipping|buy|stock|quantity|checkout|wishlist"),
    ("c_spec", "spec|attribute|feature|param|property"),
    ("c_media", "figure|gallery|image|photo|video|media|thumb"),
    ("c_caption", "caption|legend"),
    ("c_slide", "slide|carousel|swiper|slick"),
    ("c_skip", "skip|jump|anchor|permalink|print|download"),
    ("c_note", "footnote|reference|citation|reflist|notes"),
    ("c_quote", "quote|signature|spoiler|code|highlight"),
    ("c_lead", "lead|intro|summary|subtitle|standfirst|abstract|deck|hero"),
    ("c_title", "title|headline|heading"),
)  # fmt: skip
NAMES = (*(name for name, _ in _TAGS), *(name for name, _ in _GROUPS), "hidden")
HIDDEN = 1 << (len(NAMES) - 1)
TAG_MARKS = {tag: 1 << bit for bit, (_, tags) in enumerate(_TAGS) for tag in tags.split()}
_BIT_OF = {name: 1 << (bit + len(_TAGS)) for bit, (name, _) in enumerate(_GROUPS)}
COMMENTS = _BIT_OF["c_comment"]
BYLINES = _BIT_OF["c_author"]
_BRANCH = re.compile(r"(?:\([^()]*\)|\[[^\]]*\]|\\.|[^|])+")
_LOOKBEHIND = re.compile(r"^\(\?<![^()]*\)")


def _by_first_letter() -> dict[str, re.Pattern[str]]:
    """The patterns of the groups by the letter that a part begins with: at most letters few or none can match."""
    parts: dict[str, dict[str, list[str]]] = {}
    for name, pattern in _GROUPS:
        for branch in _BRANCH.findall(pattern):
            parts.setdefault(_LOOKBEHIND.sub("", branch)[0], {}).setdefault(name, []).append(branch)
    return {
        letter: re.compile("|".join(f"(?P<{name}>{'|'.join(branches)})" for name, branches in groups.items()))
        for letter, groups in parts.items()
    }


_PARTS = _by_first_letter()
_ATTRIBUTE_CHARS = 300
# Inline elements of these classes are read out only: "opens in a new window", "advertisement".
_READ_OUT = re.compile(r"(?:^|[ _-])(?:sr-only|screen-?reader|visually-?hidden|visuallyhidden)", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def marks_of(names: str) -> int:
    """Bits of the groups that the names of an element (classes, id, role) hold a part of.

    >>> marks_of("site-footer") == _BIT_OF["c_foot"]
    True
    """
    found = 0
    for name in names[:_ATTRIBUTE_CHARS].lower().split():
        found |= _marks_of_one(name)
    return found


# Names repeat over pages, their combinations less: most of a page's are known.
@lru_cache(maxsize=100_000)
def _marks_of_one(name: str) -> int:
    found = place = 0
    while place < len(name):
        pattern = _PARTS.get(name[place])
        match = pattern.match(name, place) if pattern else None
        if match:
            found |= _BIT_OF[match.lastgroup or ""]
        place = match.end() if match else place + 1
    return found


@lru_cache(maxsize=10_000)
def is_read_out(names: str) -> bool:
    """Is an element of these classes there for screen readers only?"""
    return bool(_READ_OUT.search(names[:_ATTRIBUTE_CHARS]))


def is_unseen(style: str) -> bool:
    """Does a style attribute hide its element?"""
    return bool(_UNSEEN.search(style))
