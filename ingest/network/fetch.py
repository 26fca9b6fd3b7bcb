"""The network: one request in, one response of bounded size in bounded time out, from public addresses only."""

import asyncio
import re
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import hdrs
from aiohttp.http_exceptions import LineTooLong
from multidict import CIMultiDictProxy
from yarl import URL

from graph.errors import FetchError
from graph.version import find_version
from ingest.network.addresses import Network, hide_password, name_host
from ingest.network.connecting import explain, has_cause, make_socket_factory
from ingest.network.gates import Gate, LocalGate
from ingest.network.headers import parse_fresh_for, parse_retry_after
from ingest.network.unpacking import ENCODINGS, Unpacker

FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"

MEGABYTE = 1_000_000
# The largest real feed seen in a year of 53 crawled ones was 2.6 MB; article pages stay under 5.
DEFAULT_LIMIT = 10 * MEGABYTE
_MAX_REDIRECTS = 5
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A server that let so many requests in a row go unanswered is left alone for the rest of the run: 500 pages of a silent
# host would hold it up for an hour.
_STRIKES = 3
_UNANSWERED = frozenset({"timeout", "connect"})
_HEADER_LIMIT = 16_384
_READ_SIZE = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """How to behave on the network.

    contact     an address for people whose server we bother; sent in the User-Agent
    allowed     networks that may be called although they are not public
    deadline    seconds for one request with its redirects, waiting for a free slot not counted
    silence     seconds without a byte after which a server is given up
    concurrency requests in flight in all
    """

    contact: str = ""
    allowed: tuple[Network, ...] = ()
    deadline: float = 30.0
    connect: float = 10.0
    silence: float = 15.0
    concurrency: int = 32

    @property
    def user_agent(self) -> str:
        """What servers see: name, version, what it is and whom to write to."""
        return f"claimgraph/{find_version()} (+feed reader{'; ' + self.contact if self.contact else ''})"


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch.

    etag, modified  validators of the last answer, byte for byte; None asks for the document itself
    limit           most bytes taken, packed and unpacked each
    cut             keep the first `limit` bytes of a longer body instead of failing
    pause           seconds to leave the host alone afterwards
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    accept: str = FEED_TYPES
    limit: int = DEFAULT_LIMIT
    cut: bool = False
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole and unpacked.

    url           the final address, after redirects
    content_type  lower case, without parameters; empty when the server names none
    not_modified  the validators still hold; the body is empty
    moved_to      where the address has moved for good; None when it has not
    fresh_for     seconds for which the server says that this holds
    """

    url: str
    status: int
    body: bytes
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    not_modified: bool = False
    moved_to: str | None = None
    fresh_for: float = 0.0


Fetch = Callable[[Request], Awaitable[Response]]


class StatusError(FetchError):
    """The server answered, and not with a document. The schedule obeys its `retry_after` (seconds, at most a day)."""

    def __init__(self, message: str, *, subject: str, reason: str, retry_after: float | None = None) -> None:
        super().__init__(message, subject=subject, reason=reason)
        self.retry_after = retry_after


class Fetcher:
    """A callable from Request to Response, with one session behind it. Use as an async context manager.

    gate  who may ask a host now, each hop of a redirect by itself; this process alone decides when not given
    """

    def __init__(self, config: FetchConfig | None = None, gate: Gate | None = None) -> None:
        self._config = config or FetchConfig()
        self._gate = gate or LocalGate(self._config.allowed)
        self._session: aiohttp.ClientSession | None = None
        self._strikes: Counter[tuple[str | None, int | None]] = Counter()

    async def __aenter__(self) -> Self:
        config = self._config
        # limit_per_host stays 0: our own gate holds requests back, so that waiting costs nothing of the deadline.
        connector = aiohttp.TCPConnector(
            limit=config.concurrency,
            limit_per_host=0,
            ttl_dns_cache=60,
            socket_factory=make_socket_factory(config.allowed),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=config.connect, sock_read=config.silence),
            headers={hdrs.USER_AGENT: config.user_agent, hdrs.ACCEPT_ENCODING: "gzip, deflate"},
            max_line_size=_HEADER_LIMIT,
            max_field_size=_HEADER_LIMIT,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def __call__(self, request: Request) -> Response:
        """The answer to a request, redirects followed. Raises FetchError with a stable reason."""
        url, moved_to, seen = _parse_url(request.url), None, set[URL]()
        permanent = True
        left = self._config.deadline
        for _ in range(_MAX_REDIRECTS + 1):
            if url in seen:
                raise _fail(request, "redirect_loop", f"redirects in a circle at {hide_password(str(url))}")
            seen.add(url)
            async with self._gate.passing(name_host(str(url)), request.pause):
                started = time.monotonic()
                answer = await self._ask(request, url, left)
                left -= time.monotonic() - started
            if isinstance(answer, Response):
                return _with_move(answer, moved_to)
            permanent = permanent and answer.status in _PERMANENT
            url = _parse_url(answer.target, request.url)
            moved_to = str(url) if permanent else moved_to
        raise _fail(request, "too_many_redirects", f"more than {_MAX_REDIRECTS} redirects")

    async def _ask(self, request: Request, url: URL, seconds: float) -> "Response | _Redirect":
        """One hop, unless the server has not answered the last ones."""
        server = (url.host, url.port)
        if self._strikes[server] >= _STRIKES:
            raise _fail(request, "host_down", f"not asked: {url.host} did not answer {_STRIKES} requests before")
        try:
            answer = await self._try_twice(request, url, seconds)
        except FetchError as error:
            self._strikes[server] = self._strikes[server] + 1 if error.reason in _UNANSWERED else 0
            if self._strikes[server] == _STRIKES:
                await self._gate.rest(name_host(str(url)))
            raise
        self._strikes[server] = 0
        return answer

    async def _try_twice(self, request: Request, url: URL, seconds: float) -> "Response | _Redirect":
        """One hop; a connection that the server had closed meanwhile gets a second try in what time is left."""
        started = time.monotonic()
        try:
            return await self._hop(request, url, seconds)
        except FetchError as error:
            if error.reason != "reset":
                raise
        return await self._hop(request, url, seconds - (time.monotonic() - started))

    async def _hop(self, request: Request, url: URL, seconds: float) -> "Response | _Redirect":
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                return await self._get(request, url)
        except TimeoutError as error:
            raise _fail(request, "timeout", f"no answer within {self._config.deadline:g} s") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _translate(request, url, error) from error

    async def _get(self, request: Request, url: URL) -> "Response | _Redirect":
        if self._session is None:
            raise RuntimeError("use the fetcher as an async context manager")
        headers = {hdrs.ACCEPT: request.accept}
        if request.etag:
            headers[hdrs.IF_NONE_MATCH] = request.etag
        if request.modified:
            headers[hdrs.IF_MODIFIED_SINCE] = request.modified
        async with self._session.get(url, headers=headers, allow_redirects=False) as reply:
            try:
                return await _read_reply(request, reply)
            except BaseException:
                reply.close()  # otherwise leaving the block would read the rest of an endless body
                raise


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    target: str


async def _read_reply(request: Request, reply: aiohttp.ClientResponse) -> Response | _Redirect:
    if reply.status in _REDIRECTS and (target := reply.headers.get(hdrs.LOCATION)):
        return _Redirect(reply.status, _join(reply.url, target))
    if reply.status == 304 and (request.etag or request.modified):
        return _make_response(request, reply, b"")
    if not 200 <= reply.status < 300:
        raise _refusal(request, reply)
    return _make_response(request, reply, await _read_body(request, reply))


async def _read_body(request: Request, reply: aiohttp.ClientResponse) -> bytes:
    unpacker = Unpacker(_find_encoding(request, reply), request.limit)
    raw = 0
    try:
        async for chunk in reply.content.iter_chunked(_READ_SIZE):
            raw += len(chunk)
            unpacker.feed(chunk)
            if raw > request.limit:
                raise OverflowError
    except OverflowError as error:
        if request.cut:
            return bytes(unpacker.body[: request.limit])
        raise _fail(request, "too_large", f"more than {request.limit:,} bytes") from error
    except zlib.error as error:
        raise _fail(request, "bad_encoding", f"not {unpacker.encoding} although the server says so") from error
    if not unpacker.complete:
        raise _fail(request, "truncated", "the packed body ends in the middle")
    return bytes(unpacker.body)


def _find_encoding(request: Request, reply: aiohttp.ClientResponse) -> str:
    named = reply.headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower().removeprefix("x-") or "identity"
    if named not in ENCODINGS:
        raise _fail(request, "bad_encoding", f"content encoding {named[:40]!r}, which we did not ask for")
    return named


def _make_response(request: Request, reply: aiohttp.ClientResponse, body: bytes) -> Response:
    unchanged = reply.status == 304
    headers: CIMultiDictProxy[str] = reply.headers
    named_type = headers.get(hdrs.CONTENT_TYPE, "")
    charset = _CHARSET.search(named_type)
    return Response(
        url=str(reply.url),
        status=reply.status,
        body=body,
        content_type=named_type.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else None,
        etag=_read_validator(headers.get(hdrs.ETAG)) or (request.etag if unchanged else None),
        modified=_read_validator(headers.get(hdrs.LAST_MODIFIED)) or (request.modified if unchanged else None),
        not_modified=unchanged,
        fresh_for=parse_fresh_for(headers, datetime.now(UTC)),
    )


def _read_validator(value: str | None) -> str | None:
    """The value, if it can be sent back byte for byte: aiohttp writes UTF-8 and would change other bytes."""
    return value if value and not any("\ud800" <= char <= "\udfff" for char in value) else None


def _with_move(response: Response, moved_to: str | None) -> Response:
    return replace(response, moved_to=moved_to) if moved_to else response


def _parse_url(url: str, subject: str | None = None) -> URL:
    """An absolute http or https address. Raises FetchError `bad_url`."""
    shown = hide_password(subject or url)
    try:
        parsed = URL(url)
        # aiohttp would ask the name server for a host with a space.
        has_host = bool(name_host(url)) and " " not in name_host(url) and parsed.port != 0
    except ValueError as error:
        raise FetchError(f"{shown}: not an address", subject=shown, reason="bad_url") from error
    if parsed.scheme not in {"http", "https"}:
        what = f"{parsed.scheme or 'no scheme'}: only http and https addresses are read"
        raise FetchError(f"{shown}: {what}", subject=shown, reason="bad_url")
    if not has_host:
        raise FetchError(f"{shown}: not an address: there is no host of this name", subject=shown, reason="bad_url")
    return parsed.with_fragment(None)


def _join(base: URL, target: str) -> str:
    try:
        return str(base.join(URL(target)))
    except ValueError:
        return target


def _fail(request: Request, reason: str, what: str) -> FetchError:
    shown = hide_password(request.url)
    return FetchError(f"{shown}: {what}", subject=shown, reason=reason)


def _refusal(request: Request, reply: aiohttp.ClientResponse) -> StatusError:
    shown = hide_password(request.url)
    wait = parse_retry_after(reply.headers.get(hdrs.RETRY_AFTER), datetime.now(UTC))
    later = f"; asked to come back in {wait:.0f} s" if wait else ""
    return StatusError(
        f"{shown}: HTTP {reply.status}{later}", subject=shown, reason=f"http_{reply.status}", retry_after=wait
    )


def _translate(request: Request, url: URL, error: Exception) -> FetchError:
    """The library's error as ours."""
    if has_cause(error, LineTooLong):
        return _fail(request, "too_large", f"a header of more than {_HEADER_LIMIT:,} bytes")
    return _fail(request, *explain(url.host or "", error))
