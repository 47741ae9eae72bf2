"""Mails and web pages saved as mail (MHTML)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import BinaryIO

from cleaning.ingest.formats.record import (
    BrokenContainer,
    Format,
    Ignored,
    Item,
    Reading,
    Record,
    read_limited,
    too_large,
)
from cleaning.records import RawMetadata, Reason

# The page of a mail with alternatives says more than its plain text, where there is a page.
_BODIES = ("html", "plain")
_SAVED_PAGE = "multipart/related"  # of which the other parts are pictures and styles


def read_mail(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The one document of a mail or a saved page; what is attached to a mail is named and left alone."""
    data = read_limited(stream, reading.limits.file_bytes)
    if data is None:
        unread = too_large("", reading.limits)
        raise BrokenContainer(unread.reason, unread.detail)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(_BODIES)
        content = body.get_payload(decode=True) if body is not None else None
        media_type = body.get_content_type() if body is not None else ""
        charset = body.get_content_charset() if body is not None else None
        metadata = _metadata(message, is_page=media_type == "text/html")
        attached = [] if message.get_content_type() == _SAVED_PAGE else list(_attached(message, body))
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError) as error:
        raise BrokenContainer(Reason.UNDECODABLE, f"the mail cannot be read: {error}") from None
    if not isinstance(content, bytes):
        raise BrokenContainer(Reason.NO_TEXT, "the mail has no part that is text or a page")
    yield Record("", content, media_type, charset, metadata)
    yield from attached


def _attached(message: EmailMessage, body: Message | None) -> Iterator[Ignored]:
    """The files and mails that hang on a mail, by their names, or else by their numbers."""
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part is not body:
            yield Ignored(part.get_filename() or str(number), f"attached to a mail: {part.get_content_type()}")


def _metadata(message: EmailMessage, *, is_page: bool) -> RawMetadata:
    """Of a saved page its address; of a mail subject, sender and date."""
    address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    if address and is_page:
        return RawMetadata(url=address)
    sender = message["From"]
    names = [item.display_name for item in getattr(sender, "addresses", ()) if item.display_name]
    return RawMetadata(
        title=_header(message, "Subject"), authors=tuple(names), published=_header(message, "Date"), url=address
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    return str(value).strip() or None if value is not None else None


def _begins(head: bytes) -> bool:
    start = head[:400].lower()
    return start.startswith((b"from: <saved by", b"mime-version:", b"received: ", b"return-path: ", b"delivered-to: "))


FORMATS = (Format("mail", (".eml", ".mhtml", ".mht"), read_mail, _begins),)
