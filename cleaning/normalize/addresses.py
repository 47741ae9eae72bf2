"""Web addresses and sites in one form."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|cmpid|ocid|ref_src)=", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


def normalize_url(url: str | None) -> str | None:
    """The address without credentials, fragment and tracking parameters; None where it is none.

    >>> normalize_url("HTTPS://user:secret@Example.com:443/a?utm_source=x&b=1#c")
    'https://example.com/a?b=1'
    """
    if not url:
        return None
    try:
        url.encode("utf-8")  # half a surrogate pair is in no address, and in no table
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORT or not host:
        return None
    scheme = parts.scheme.lower()
    place = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORT[scheme]:
        place += f":{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    return urlunsplit((scheme, place, parts.path or "/", query, ""))


def normalize_site(url: str | None) -> str | None:
    """The host of an address without ``www.``, lower case: the document's site.

    >>> normalize_site("https://www.Example.com/a")
    'example.com'
    """
    normal = normalize_url(url)
    host = urlsplit(normal).hostname if normal else None
    # The stop of a full name ends some hosts, and is all that others have.
    return host.removeprefix("www.").strip(".") or None if host else None
