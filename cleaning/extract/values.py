"""The plain values of a page's metadata: of its JSON-LD, else its meta tags, else what stands on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from cleaning.extract.declared import Declared
from cleaning.extract.head import MAX_CHARS, Head, text_of
from cleaning.extract.origins import JSON_LD, META, PAGE, Said, pick
from cleaning.normalize.addresses import normalize_url
from cleaning.normalize.metadata import parse_language_tag, parse_section
from cleaning.records import Origin

_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "cxenseparse:category")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_IMAGE_CAPTIONS = ("og:image:alt", "twitter:image:alt")
# Files that stand where a picture would be.
_NO_PICTURE = re.compile(
    r"(?:blank|spacer|placeholder|transparent|pixel|1x1|no[-_]?image)(?:[-_]?\d+(?:x\d+)?)?\.\w{3,4}$", re.IGNORECASE
)
_LICENSES = ("dcterms.license", "dc.rights.license", "license", "dcterms.rights", "dc.rights")
_LANGUAGES = ("content-language", "language", "dc.language", "og:locale")


def pick_values(
    root: Any, head: Head, declared: Declared, url: str | None, *, is_story: bool
) -> Mapping[str, tuple[str | None, Origin]]:
    """Section, description, picture with caption, licence and language, each with the part that says it."""
    section: list[Said] = [(JSON_LD, declared.section), (META, head.first(*_SECTIONS))]
    if is_story and not any(value and parse_section(value) for _, value in section):
        section.append((PAGE, _linked(root, "category")))
    images = [(JSON_LD, declared.image), *((META, value) for name in _IMAGES for value in head.meta.get(name, ()))]
    image = pick("image", [(part, _absolute(value, url)) for part, value in images], _picture)
    captions = [
        (JSON_LD, declared.image_caption),
        (META, head.first(*_IMAGE_CAPTIONS)),
        (PAGE, _caption(root, image[0])),
    ]
    licenses = [(JSON_LD, declared.license), (META, head.license or head.first(*_LICENSES)), (PAGE, _licensed(root))]
    languages = [(PAGE, head.language), (JSON_LD, declared.language), (META, head.first(*_LANGUAGES))]
    language = pick("declared_language", languages, parse_language_tag)
    # Compared without regions: "en" and "en-GB" agree.
    short = [(part, value and (parse_language_tag(value) or "")[:2]) for part, value in languages]
    return {
        "section": pick("section", section, parse_section),
        "description": pick("description", [(JSON_LD, declared.description), (META, head.first(*_DESCRIPTIONS))]),
        "image": image,
        "image_caption": pick("image_caption", captions if image[0] else ()),
        "license": pick("license", [(part, _absolute(value, url)) for part, value in licenses]),
        "declared_language": (language[0], pick("declared_language", short)[1]),
    }


def _absolute(value: str | None, url: str | None) -> str | None:
    """The address that a relative one stands for; other texts as they are."""
    if not value or " " in value or "/" not in value:
        return value
    try:
        return urljoin(url or "", value)
    except ValueError:
        return value


def _picture(address: str | None) -> str | None:
    """The address in its normal form; none of a site's front page, or of a picture that stands for none.

    >>> _picture("https://example.com/"), _picture("https://example.com/img/blank.gif")
    (None, None)
    """
    found = normalize_url(unescape(address or ""))
    is_front = found is None or (urlsplit(found).path in ("", "/") and not urlsplit(found).query)
    return None if is_front or _NO_PICTURE.match(_file_name(found)) else found


def _linked(root: Any, relation: str) -> str | None:
    """The text of the first link that says it leads to the page's category."""
    links = (link for link in root.iter("a") if relation in (link.get("rel") or "").split())
    return next((text_of(link)[:MAX_CHARS] for link in links), None)


def _licensed(root: Any) -> str | None:
    links = (link.get("href") for link in root.iter("a") if "license" in (link.get("rel") or "").lower().split())
    return next(filter(None, links), None)


def _caption(root: Any, image: str | None) -> str | None:
    """The caption of the figure that shows the picture: its file has the same name."""
    name = _file_name(image)
    for figure in root.iter("figure") if name else ():
        caption = figure.find(".//figcaption")
        shown = {_file_name(picture.get("src")) for picture in figure.iter("img")}
        if caption is not None and name in shown:
            return text_of(caption)[:MAX_CHARS] or None
    return None


def _file_name(address: str | None) -> str:
    return (address or "").partition("?")[0].rpartition("/")[2]
