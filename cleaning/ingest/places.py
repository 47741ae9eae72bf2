"""Remote places: addresses such as ``s3://bucket/folder``, read through fsspec.

Credentials do not stay in an address. They are taken out where it comes in and kept in the environment of this
process, which its worker processes inherit; nothing else ever holds them.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast
from urllib.parse import quote, unquote, urlsplit
from urllib.request import url2pathname

from cleaning.errors import BadCall, CleaningError
from cleaning.ingest.formats import StreamLost
from cleaning.records import Reason

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
WEB = ("http", "https")
# In their addresses the first part is a bucket, which has no port.
_BUCKETS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs"}
_EXTRAS = {**_BUCKETS, "http": "http", "https": "http"}
_CREDENTIALS = "CONTENT_CLEANING_CREDENTIALS"
# A stream holds one block of this size, and the one that is read ahead.
_BLOCK_BYTES = 4 << 20
_ATTEMPTS = 8
# What fsspec says of a server that sends the whole file where a part was asked for.
_NO_RANGES = "range requests"
# Names of the parts of a query that let whoever has them in: S3, Google and Azure signatures, tokens and keys.
_SECRET_NAME = re.compile(r"sig|token|key|secret|passw|credential|auth|^(?:x-amz|x-goog)-|^s[eprvt]$", re.IGNORECASE)
# Linux takes no longer value in an environment than 128 KiB.
_MOST_CHARS = 100_000
# With a colon, everything up to the last @: secrets may hold / and @ themselves.
_USER = re.compile(r"(?<=://)(?:[^\s/@:'\"]*:[^\s'\"]*|[^\s/@'\"]*)@")
_QUERY = re.compile(r"(https?://[^\s?'\"]*|://[^\s?'\"]*(?=\?[\w.-]+=))\?[^\s'\"]*")
# Shorter ones are found as parts of addresses only: as words they would be found everywhere.
_SECRET_CHARS = 6


def is_remote(argument: str) -> bool:
    """Is this an address of a place that is not on this machine?

    >>> is_remote("s3://bucket/a"), is_remote("file:///a"), is_remote("data/a")
    (True, False, False)
    """
    found = _SCHEME.match(argument)
    return found is not None and found[1].lower() != "file"


def local_name(argument: str) -> str:
    """The argument, or the path that a ``file://`` address stands for.

    >>> local_name("file:///tmp/a%20b"), local_name("a b")
    ('/tmp/a b', 'a b')
    """
    return url2pathname(urlsplit(argument).path) if argument.lower().startswith("file://") else argument


def without_credentials(address: str) -> str:
    """The remote address as it may be shown; its credentials are kept for this process and those that it starts.

    >>> without_credentials("s3://bucket/a/")
    's3://bucket/a'

    Raises:
        BadCall: it cannot be told what is a credential, or there is a query that means nothing.
    """
    scheme, _, rest = address.partition("://")
    scheme = _BUCKETS.get(scheme.lower(), scheme.lower())
    host, slash, path = rest.partition("/")
    user, _, host = host.rpartition("@")
    query = ""
    # Credentials that hold @ or / as they are cannot be told from the rest.
    if (user and "@" in path) or (":" in host and "@" in path) or _is_strange(scheme, host):
        raise BadCall(
            f"{scheme}://…: what stands before the @ cannot be read. Leave credentials out of addresses and set "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write / in them as %2F and @ as %40."
        )
    if scheme in WEB:
        path, query = _without_secrets(path)
    elif re.search(r"\?[\w.-]+=", path):
        raise BadCall(f"{scheme}://{host}/…: an address of this kind has no query (?name=value). Leave it out.")
    root = f"{scheme}://{host}"
    shown = f"{root}{slash}{path}".rstrip("/")
    if user:
        _keep(root, {"user": user})
    if query:
        _keep(shown, {"query": query})
    return shown


def _without_secrets(path: str) -> tuple[str, str]:
    """The path, with its query where that says which page it is; the query where it is a signature or key."""
    before, _, query = path.partition("#")[0].partition("?")
    is_secret = any(_SECRET_NAME.search(part.partition("=")[0]) for part in query.split("&"))
    return (before, query) if is_secret or not query else (f"{before}?{query}", "")


def _is_strange(scheme: str, host: str) -> bool:
    """Does a host have a colon that begins no port?"""
    has_port = scheme not in _BUCKETS and re.fullmatch(r".*:\d+", host) is not None
    return ":" in host and not host.startswith("arn:") and not has_port


def _keep(shown: str, more: dict[str, str]) -> None:
    known = _known()
    before = known.get(shown, {})
    if any(before.get(name, value) != value for name, value in more.items()):
        raise BadCall(f"{shown}: two addresses that differ in their credentials only. Give them in two runs.")
    known[shown] = before | more
    written = json.dumps(known)
    if len(written) > _MOST_CHARS:
        raise BadCall("more addresses with signatures than a run can hold, some 300. Give them in several runs.")
    os.environ[_CREDENTIALS] = written


def _known() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(os.environ.get(_CREDENTIALS) or "{}")
    return found


def hide_credentials(text: str) -> str:
    """The text without what stands before the ``@`` of addresses, without their queries, and without known secrets.

    >>> hide_credentials("cannot read https://me:pw@example.com/a?sig=1: no")
    'cannot read https://example.com/a?… no'
    """
    text = _QUERY.sub(r"\1?…", _USER.sub("", text))
    for entry in _known().values():
        for secret in (entry.get("query", ""), *entry.get("user", "").split(":", 1)):
            for written in {secret, unquote(secret), quote(unquote(secret), safe="")}:
                if len(written) >= _SECRET_CHARS:
                    text = text.replace(written, "…")
    return text


def filesystem_of(address: str) -> tuple[Any, str]:
    """The fsspec file system of a remote address, and the path in it.

    Raises:
        BadCall: what reads such addresses is not installed.
    """
    import fsspec

    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    known = _known()
    user = known.get(f"{scheme}://{host}", {}).get("user", "")
    query = known.get(address, {}).get("query", "")
    options: dict[str, Any] = {"use_listings_cache": False}
    if scheme == "s3":
        options["config_kwargs"] = {"retries": {"mode": "standard", "max_attempts": _ATTEMPTS}}
    if query:
        # A signature holds for the address letter by letter.
        options["encoded"] = True
    if user and scheme not in WEB:
        names = ("key", "secret") if scheme == "s3" else ("username", "password")
        options |= dict(zip(names, map(unquote, user.split(":", 1)), strict=False))
    try:
        system = fsspec.filesystem(scheme, **options)
    except ImportError:
        extra = _EXTRAS.get(scheme)
        what = f"pip install 'content-cleaning[{extra}]'" if extra else f"install what fsspec needs for {scheme}://"
        raise BadCall(f"{address}: what reads {scheme}:// is not installed. Run: {what}") from None
    except (ValueError, TypeError):
        raise BadCall(f"{address}: {scheme}:// is no kind of address that can be read. Check the address.") from None
    if scheme in WEB:
        return system, f"{scheme}://{user}{'@' * bool(user)}{host}{slash}{path}{'?' * bool(query)}{query}"
    return system, str(system._strip_protocol(address))


@contextmanager
def telling(address: str) -> Iterator[None]:
    """While this lasts, errors of a store are BadCall, without credentials.

    Raises:
        BadCall: the store said no, or nothing.
    """
    try:
        yield
    except CleaningError:
        raise
    except FileNotFoundError:
        raise BadCall(f"{address}: no such file or folder. Check the address.") from None
    except PermissionError as error:
        why = hide_credentials(str(error))
        raise BadCall(f"{address}: access was refused ({why}). Check the credentials in the environment.") from None
    except Exception as error:  # noqa: BLE001 - each store has errors of its own
        why = hide_credentials(f"{type(error).__name__}: {error}")
        raise BadCall(
            f"{address}: cannot be reached ({why}). Check the address, the network and the credentials."
        ) from (None)


def open_place(place: str) -> io.BufferedReader:
    """The file at a path or remote address, to be read as a stream; a remote one can be read from any place, too.

    Raises:
        OSError: of a file on this machine.
        StreamLost: of a remote one, here or while it is read.
    """
    if not is_remote(place):
        return open(place, "rb")
    return io.BufferedReader(cast(Any, RemoteStream(place)), 1 << 17)


def can_be_read(place: str) -> bool:
    """Does the first byte of a remote file come?"""
    try:
        with open_place(place) as file:
            file.read(1)
    except StreamLost:
        return False
    return True


class RemoteStream(io.RawIOBase):
    """A remote file, whose errors are those of the stream and not of what is in it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._file: BinaryIO | None = None
        with self._losing():
            system, path = filesystem_of(address)
            self._file = system.open(path, "rb", block_size=_BLOCK_BYTES, cache_type="readahead")
            if not self._file.seekable():
                self._fetch_whole()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._opened.seekable()

    def tell(self) -> int:
        return self._opened.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        try:
            return self._opened.seek(offset, whence)
        except ValueError:  # a seek to nowhere is the reader's doing
            raise
        except Exception as error:
            with self._losing():
                raise error

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with self._losing():
            try:
                data = self._opened.read(len(buffer))
            except ValueError as error:
                if _NO_RANGES not in str(error):
                    raise
                self._fetch_whole()
                data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _fetch_whole(self) -> None:
        """Keeps the file on disk: a server of web pages need not give out parts of one."""
        at = self._opened.tell()
        system, path = filesystem_of(self._address)
        whole = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed with this stream
        with system.open(path, "rb", block_size=0) as stream:
            shutil.copyfileobj(stream, whole, _BLOCK_BYTES)
        whole.seek(at)
        self._opened.close()
        self._file = whole

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    @property
    def _opened(self) -> BinaryIO:
        assert self._file is not None
        return self._file

    @contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            detail = "the object was there when the run began and is gone; run again"
            raise StreamLost(Reason.VANISHED, detail) from None
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - each store has errors of its own
            why = hide_credentials(f"{type(error).__name__}: {error}")
            raise StreamLost(Reason.UNREADABLE, f"{why}; the next run reads it again") from None
