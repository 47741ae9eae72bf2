"""Mails, folders of mails in one file (mbox), and web pages saved as mail (MHTML)."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from typing import BinaryIO

from cleaning.dates import RECORD_YEARS, stamp_within
from cleaning.ingest.formats.record import (
    BrokenContainer,
    Format,
    Ignored,
    Item,
    Reading,
    Record,
    Unread,
    read_limited,
    too_large,
)
from cleaning.records import Origin, RawMetadata, Reason

# What stands above each mail of a mailbox (RFC 4155), and how such a line in a mail was written instead.
_ENVELOPE = re.compile(
    rb"From \S{1,200} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [\w ]{5,9} \d\d:\d\d(?::\d\d)?[\w +:-]{0,40}"
    rb"(?: remote from .{1,80})?\s*$"
)
_HEADER = re.compile(rb"[!-9;-~]{1,70}:[ \t]")
_QUOTED_ENVELOPE = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def read_mail(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The one document of a mail or a saved page; what is attached to a mail is named and left alone."""
    data = read_limited(stream, reading.limits.file_bytes)
    if data is None:
        unread = too_large("", reading.limits)
        raise BrokenContainer(unread.reason, unread.detail)
    yield from _read_message(data)


def read_mailbox(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """A document a mail, named for its place, counted from 1.

    Raises:
        BrokenContainer: no line begins a mail.
    """
    number = 0
    for number, data in enumerate(_mails(stream, reading.limits.file_bytes), start=1):
        reading.count_member()
        name = str(number)
        if data is None:
            yield too_large(name, reading.limits)
            continue
        try:
            for item in _read_message(_QUOTED_ENVELOPE.sub(b"", data)):
                yield replace(item, name=f"{name}/{item.name}" if item.name else name)
        except BrokenContainer as broken:
            yield Unread(name, broken.reason, broken.detail)
    if not number:
        detail = "no line begins a mail (From …, with a day and an hour); a single mail is read as .eml"
        raise BrokenContainer(Reason.UNDECODABLE, detail)


def _mails(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The mails of a mailbox; None for one of more bytes than the limit."""
    parts: list[bytes] = []
    size, is_open, after_blank = 0, False, True
    while line := stream.readline(limit):
        line = line.removeprefix(codecs.BOM_UTF8) if not is_open and not parts else line
        if after_blank and _ENVELOPE.match(line):
            # What stands before the first mail is none, and is not lost.
            if is_open or any(map(bytes.strip, parts)):
                yield b"".join(parts) if size <= limit else None
            parts, size, is_open = [], 0, True
        else:
            size += len(line)
            if size <= limit:
                parts.append(line)
        after_blank = not line.strip()
    if is_open:
        yield b"".join(parts) if size <= limit else None


def _read_message(data: bytes) -> Iterator[Item]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = _body(message)
        content = body.get_payload(decode=True) if body is not None else None
        media_type = body.get_content_type() if body is not None else ""
        charset = body.get_content_charset() if body is not None else None
        metadata = _metadata(message, is_page=media_type == "text/html")
        attached = [] if _is_saved_page(message) else list(_named(_attached(message, body)))
    except Exception as error:  # noqa: BLE001
        # The standard library's parser of headers raises what its own faults raise: "From: a@ [" an UnboundLocalError.
        detail = f"the mail cannot be read: {type(error).__name__}: {error}; mend the mail or leave it out"
        raise BrokenContainer(Reason.UNDECODABLE, detail) from None
    if isinstance(content, bytes):
        yield Record("", content, media_type, charset, metadata)
    yield from attached
    if not isinstance(content, bytes):
        raise BrokenContainer(Reason.NO_TEXT, "the mail has no part that is text or a page")


def _body(message: EmailMessage) -> Message | None:
    """The page of a mail, which says more than its plain text; where they are no forms of one, the longer."""
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if page is None or text is None:
        return text if page is None else page
    forms = (list(part.walk()) for part in message.walk() if part.get_content_type() == "multipart/alternative")
    if any(page in parts and text in parts for parts in forms):
        return page
    return max((page, text), key=lambda part: len(part.get_payload(decode=True) or b""))


def _attached(part: Message, body: Message | None) -> Iterator[Message]:
    """The files, pictures and mails in a part, without the body and other forms of it."""
    is_one_of_forms = part.get_content_type() == "multipart/alternative"
    for inner in part.get_payload() if part.is_multipart() else ():
        if not isinstance(inner, Message) or inner is body:
            continue
        if inner.is_multipart() and inner.get_content_maintype() == "multipart":
            yield from _attached(inner, body)
        elif not (is_one_of_forms and inner.get_content_maintype() == "text"):
            yield inner


def _named(parts: Iterable[Message]) -> Iterator[Ignored]:
    for number, part in enumerate(parts, start=1):
        yield Ignored(part.get_filename() or str(number), f"attached to a mail: {part.get_content_type()}")


def _is_saved_page(message: EmailMessage) -> bool:
    """Is it a page, whose other parts are its pictures and styles?"""
    has_address = any(_header(message, name) for name in ("Snapshot-Content-Location", "Content-Location"))
    return has_address or "Saved by" in (_header(message, "From") or "")


_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s?:\s*)+", re.IGNORECASE)


def _metadata(message: EmailMessage, *, is_page: bool) -> RawMetadata:
    """Of a saved page its address; of a mail subject, sender and date."""
    address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    if address and is_page:
        return RawMetadata(url=address)
    sender = message["From"]
    names = [item.display_name for item in getattr(sender, "addresses", ()) if item.display_name]
    # "Fwd:" alone says nothing.
    subject = _header(message, "Subject")
    subject = subject if subject and _REPLY.sub("", subject).strip() else None
    sent = _header(message, "Date")
    return RawMetadata(
        title=subject,
        authors=tuple(names),
        authors_key="From",
        published=sent,
        url=address,
        extra=(("Date", sent),) if sent and not stamp_within(sent, RECORD_YEARS) else (),
        origins=tuple(Origin(name, "record") for name in ("title", "published") if name != "title" or subject),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    return str(value).strip() or None if value is not None else None


def _begins(head: bytes) -> bool:
    start = head[:400].lower()
    return start.startswith((b"from: <saved by", b"mime-version:", b"received: ", b"return-path: ", b"delivered-to: "))


def _begins_mailbox(head: bytes) -> bool:
    """An envelope, and the first header of a mail below it."""
    first, _, below = head.partition(b"\n")
    return _ENVELOPE.match(first) is not None and _HEADER.match(below) is not None


FORMATS = (
    Format("mailbox", (".mbox",), read_mailbox, _begins_mailbox),
    Format("mail", (".eml", ".mhtml", ".mht"), read_mail, _begins),
)
