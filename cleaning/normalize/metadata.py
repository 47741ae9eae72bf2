"""Metadata from two sources in one form: what came with the document, and what was moved out of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from cleaning.credits import parse_credit_line
from cleaning.dates import PAGE_YEARS, RECORD_YEARS, Stamp, parse_stamp
from cleaning.names import agencies, bare_label, find_agencies, is_place, listed_phrases, named_agencies
from cleaning.normalize.addresses import normalize_site, normalize_url
from cleaning.normalize.authors import parse_authors
from cleaning.normalize.characters import normalize_line, normalize_text
from cleaning.normalize.heads import find_authors, find_portrayed, find_sections, find_title, post_lines
from cleaning.normalize.origins import RECORD, list_sources
from cleaning.normalize.rights import parse_rights
from cleaning.post_meta import read_stamps
from cleaning.records import Action, Kind, Metadata, RawMetadata, Removal

# 99 of 100 tags and 97 of 100 sections of 1,848 labelled pages are no longer; longer sections are lists and sentences.
MAX_LABEL_CHARS = 60
MAX_TAGS = 30
_DAY_CHARS = len("2024-05-03")
_LIST = re.compile(r"[,;|，、،]|\s[>»›•·]\s")
_TAG_BREAK = re.compile(r"[,;|，、；،]")
# So many short words with blanks between them are no phrase.
_CHINESE_KEYWORDS = re.compile(r"[^\s]{0,3}[\u3400-\u9fff][^\s]{0,9}(?:\s+[^\s]{0,3}[\u3400-\u9fff][^\s]{0,9}){2,}")
_MACHINE_TAG = re.compile(r"^[@/]|__|[<>]")
_MACHINE = re.compile(r"://|\w:\w|^www\.|[{}<>=]", re.IGNORECASE)
_PROMPTS = (
    "navigation",
    "related_links",
    "newsletter",
    "share",
    "app_promo",
    "paywall",
    "comment_prompt",
    "cookie_notice",
)
_LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|\d{3}))?(?![\w-])")
# Which kinds of removals each field can come from.
_MOVED_TO = {
    "title": (Kind.TITLE,),
    "authors": (Kind.BYLINE, Kind.DATELINE, Kind.TIMESTAMP, Kind.AUTHOR_BIO),
    "published": (Kind.BYLINE, Kind.TIMESTAMP),
    "modified": (Kind.BYLINE, Kind.TIMESTAMP),
    "section": (Kind.SECTION_LABEL, Kind.BYLINE, Kind.TIMESTAMP),
    "agencies": (Kind.BYLINE, Kind.DATELINE, Kind.AGENCY_CREDIT, Kind.CONTRIBUTOR_CREDIT),
    "contributors": (Kind.AGENCY_CREDIT, Kind.CONTRIBUTOR_CREDIT),
    "captions": (Kind.CAPTION,),
    "rights_holder": (Kind.COPYRIGHT,),
    "rights_year": (Kind.COPYRIGHT,),
}
# What each entry of a block of related links may have too.
_OF_ANY_STORY = frozenset([Kind.BYLINE, Kind.TIMESTAMP, Kind.SECTION_LABEL])
# So many characters between two removals are text of the story, not blank lines or a sign.
_STORY_CHARS = 20
# Links and defaults of content systems that stand where a section is expected, beside the listed phrases.
_NO_SECTION = re.compile(
    r"""(?:learn|read|see|view|show)\s(?:more|all) | more | next | previous | home | menu | (?:sign|log)\s?in
    | subscribe | skip\sto\s\w+ | mehr\s(?:erfahren|lesen) | weiterlesen | en\ssavoir\splus | lire\sla\ssuite
    | leer\smás | (?:saiba|leia)\smais | scopri\sdi\spiù | lees\smeer
    | un[ck]ategori[sz](?:ed|iert) | non\sclassé | s(?:in|em|enza)\scategor[ií]a | none | null | undefined""",
    re.IGNORECASE | re.VERBOSE,
)


def normalize_metadata(raw: RawMetadata, removals: Iterable[Removal] = ()) -> Metadata:
    """One form of everything that is known; what the page said of itself comes first."""
    of_story = [*_of_this_story(removals)]
    moved = [removal for removal in of_story if removal.action == Action.MOVED]
    portraits = [removal for removal in of_story if removal.kind == Kind.AUTHOR_BIO]
    known = _normalize(raw, moved, portraits)
    stated = _normalize(raw, (), ()) if moved or portraits else known
    from_text = {
        field: max((removal.score for removal in [*moved, *portraits] if removal.kind in kinds), default=None)
        for field, kinds in _MOVED_TO.items()
        if getattr(known, field) != getattr(stated, field)
    }
    return replace(known, metadata_sources=tuple(list_sources(known, raw.origins, from_text)))


def _of_this_story(removals: Iterable[Removal]) -> Iterator[Removal]:
    """All but the names, dates and sections in a block of related links below the story: they are other stories'."""
    end, has_story, is_below_links = 0, False, False
    for removal in sorted(removals, key=lambda removal: removal.start):
        if removal.start - end > _STORY_CHARS:
            has_story, is_below_links = True, False
        is_below_links |= has_story and removal.kind == Kind.RELATED_LINKS
        if not (is_below_links and removal.kind in _OF_ANY_STORY):
            yield removal
        end = max(end, removal.end)


def _normalize(raw: RawMetadata, moved: Sequence[Removal], portraits: Sequence[Removal]) -> Metadata:
    published, modified = _dates(raw, moved)
    image = normalize_url(raw.image)
    holder, year = _rights(raw, moved)
    found_agencies, contributors = _credits(moved)
    authors, author_agencies = _authors(raw, moved, portraits)
    return Metadata(
        title=_one(raw.title) or find_title(moved),
        authors=authors,
        published=published.at if published else None,
        published_stated=published.stated if published else None,
        modified=modified.at if modified else None,
        modified_stated=modified.stated if modified else None,
        section=next(filter(None, map(parse_section, (raw.section, *find_sections(moved)))), None),
        tags=parse_tags(raw.tags),
        description=_one(raw.description),
        url=normalize_url(raw.url),
        site=normalize_site(raw.url),
        image=image,
        image_caption=_one(raw.image_caption) if image else None,
        license=normalize_url(raw.license) or _one(raw.license),
        declared_language=parse_language_tag(raw.declared_language),
        agencies=_unique([*author_agencies, *found_agencies]),
        contributors=contributors,
        captions=_unique(filter(is_caption, (_text(removal) for removal in moved if removal.kind == Kind.CAPTION))),
        rights_holder=holder,
        rights_year=year,
        extra=tuple((normalize_line(key), normalize_text(value)) for key, value in (*raw.extra, *_unread_authors(raw))),
    )


def parse_section(value: str | None) -> str | None:
    """The first section of a value, or None where it is a prompt, an address, a sentence or too long.

    >>> parse_section("#Energy, Climate"), parse_section("Learn more")
    ('Energy', None)
    """
    parts = (part.strip(" \t#|/\\*•·-–—>»›<«‹\"'") for part in _LIST.split(normalize_line(value or "")))
    first = next((part for part in parts if part), "")
    is_prompt = any(bare_label(first) in listed_phrases(kind) for kind in _PROMPTS)
    is_sentence = first.endswith((".", "!", "?", "…"))
    is_none = is_prompt or is_sentence or _NO_SECTION.fullmatch(first) or _MACHINE.search(first)
    return first if 1 < len(first) <= MAX_LABEL_CHARS and not is_none else None


def parse_tags(values: Iterable[str]) -> tuple[str, ...]:
    """The tags among the values: no addresses, no sentences, each once whatever its case.

    >>> parse_tags(["Energy", "energy", "https://example.com/tag", "#Climate"])
    ('Energy', 'Climate')
    """
    tags: dict[str, str] = {}
    for value in values:
        tag = normalize_line(value[: 10 * MAX_LABEL_CHARS]).strip(" #|,;\"'")
        is_machine = "://" in tag or tag.casefold().startswith("www.") or _MACHINE_TAG.search(tag)
        if 0 < len(tag) <= MAX_LABEL_CHARS and not is_machine:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:MAX_TAGS]


def split_tags(value: str) -> list[str]:
    """The tags of a list in one value: at commas, semicolons and bars; at blanks where all of it is Chinese keywords.

    >>> split_tags("日本 の 歴史")
    ['日本 の 歴史']
    >>> split_tags("Labor &amp; Unions; Energy")
    ['Labor & Unions', 'Energy']
    >>> split_tags("Energy; Climate|New York"), split_tags("旧桥 市议会 维修 居民"), split_tags("旧桥 维修")
    (['Energy', 'Climate', 'New York'], ['旧桥', '市议会', '维修', '居民'], ['旧桥 维修'])
    """
    # "Labor &amp;amp; Unions" would part at the sign of an entity.
    parts = [part.strip() for part in _TAG_BREAK.split(unescape(value))]
    if len(parts) == 1 and _CHINESE_KEYWORDS.fullmatch(parts[0]):
        parts = parts[0].split()
    return [part for part in parts if part]


def is_caption(text: str) -> bool:
    """Does the caption say anything: is it more than a label, an agency or one word?

    >>> is_caption("Getty Images"), is_caption("The bridge on Tuesday. Photo: Jane Doe")
    (False, True)
    """
    label = bare_label(text)
    # Scripts without blanks between words: a caption of one run of more than ten letters is a sentence.
    is_one_word = " " not in label and (label.isascii() or label != label.upper() or len(label) <= 10)
    return not is_one_word and label not in listed_phrases("caption") and label not in agencies()


# "dpa abc/def"
_LETTERS_OF_DESK = re.compile(r"\s[a-z]{2,4}(?:/[a-z]{2,4}){1,3}$")
_PARTS_OF_BYLINE = re.compile(r"\s*[,|/•·()]\s*|\s[–—-]\s")
_BEFORE_AGENCY = re.compile(r"^(?:by|von|par|por|di|door|av|af)?\s*(?:the\s)?", re.IGNORECASE)


def _rights(raw: RawMetadata, moved: Sequence[Removal]) -> tuple[str | None, int | None]:
    found = [parse_rights(_text(removal)) for removal in moved if removal.kind == Kind.COPYRIGHT]
    found += [parse_rights(normalize_line(raw.rights))] if raw.rights else []
    known = [pair for pair in found if pair[1] is not None] or found
    return known[0] if known else (None, None)


def _credits(moved: Sequence[Removal]) -> tuple[list[str], tuple[str, ...]]:
    found: list[str] = []
    people: list[str] = []
    for removal in moved:
        if removal.kind == Kind.DATELINE:
            found.extend(named_agencies(_text(removal)))
        elif removal.kind == Kind.BYLINE:
            found.extend(_agencies_of_byline(_text(removal)))
        if removal.kind not in (Kind.AGENCY_CREDIT, Kind.CONTRIBUTOR_CREDIT):
            continue
        credit = parse_credit_line(_text(removal))
        if credit:
            found.extend(credit[0])
            people.extend(name for name in credit[1] if not is_place(name))
        else:
            found.extend(find_agencies(_LETTERS_OF_DESK.sub("", _text(removal).strip(" ()[]*_—–-.|/"))))
    return found, _unique(people)


def _agencies_of_byline(text: str) -> Iterator[str]:
    """The agencies in a byline: "— Reuters", "By Jane Doe, Associated Press", "By JANE DOE Associated Press"."""
    text = text.strip(" ()[]—–-.")
    words = text.split()
    ends = [" ".join(words[-n:]) for n in (2, 3) if len(words) > n]
    for part in dict.fromkeys((*_PARTS_OF_BYLINE.split(text), *ends)):
        name = _BEFORE_AGENCY.sub("", part.strip())
        if agency := agencies().get(name.casefold()):
            yield agency


def _authors(
    raw: RawMetadata, moved: Sequence[Removal], portraits: Sequence[Removal]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(people, agencies): as the page says, as the bylines say, or as the boxes about the author do."""
    names = parse_authors(raw.authors) or parse_authors(find_authors(moved)) or parse_authors(find_portrayed(portraits))
    people = _unique(name for name in names if name.casefold() not in agencies())
    own = [name for name in people if not _is_of_site(name, raw.url)]
    return tuple(own or people), tuple(agencies()[name.casefold()] for name in names if name.casefold() in agencies())


def _unread_authors(raw: RawMetadata) -> Iterator[tuple[str, str]]:
    """What a record has as its authors and names nobody: a newsroom, a company, initials, an account."""
    is_of_page = any(origin.field == "authors" for origin in raw.origins)
    unread = () if is_of_page else tuple(value for value in raw.authors if not parse_authors([value]))
    key = raw.authors_key or "authors"
    if unread and key not in dict(raw.extra):
        yield key, "; ".join(unread)


def _is_of_site(name: str, url: str | None) -> bool:
    """Is it the name of the site: USA Today at usatoday.com? Blogs and shops bear the names of their authors, too."""
    labels = (normalize_site(url) or "").replace("-", "").split(".")
    return "".join(filter(str.isalnum, name)).casefold() in labels


def _dates(raw: RawMetadata, moved: Sequence[Removal]) -> tuple[Stamp | None, Stamp | None]:
    """What the page says, or else the lines that were moved; these also where they add the hour to its day."""
    of_page = {origin.field for origin in raw.origins if origin.source != RECORD}
    published, modified = (
        _stamp_in(PAGE_YEARS if field in of_page else RECORD_YEARS, parse_stamp(said))
        for field, said in (("published", raw.published), ("modified", raw.modified))
    )
    for line in post_lines(moved):
        first, changed = (_stamp_in(PAGE_YEARS, stamp) for stamp in read_stamps(line))
        published, modified = _more_exact(published, first), _more_exact(modified, changed)
    return published, modified


def _more_exact(known: Stamp | None, other: Stamp | None) -> Stamp | None:
    if known is None or other is None:
        return known or other
    is_bare_day = len(known.stated) == _DAY_CHARS
    return other if is_bare_day and other.stated.startswith(f"{known.stated}T") else known


def _stamp_in(years: range, stamp: Stamp | None) -> Stamp | None:
    """The stamp, where a page, or a text that a record holds, can be so old."""
    return stamp if stamp and stamp.at.year in years else None


def parse_language_tag(value: str | None) -> str | None:
    """The tag in its usual form, as pt-BR or zh-Hans.

    >>> parse_language_tag("PT_br"), parse_language_tag("English")
    ('pt-BR', None)
    """
    match = _LANGUAGE_TAG.match((value or "").strip().replace("_", "-"))
    if not match:
        return None
    subtags = match[0].split("-")
    shaped = (tag.upper() if len(tag) == 2 else tag.title() if len(tag) == 4 else tag.lower() for tag in subtags[1:])
    return "-".join([subtags[0].lower(), *shaped])


def _text(removal: Removal) -> str:
    return normalize_line(removal.text)


def _one(value: str | None) -> str | None:
    return normalize_line(value) or None if value else None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
