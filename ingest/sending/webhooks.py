"""One signed POST to an address that a user has named: in bounded time, to public addresses only, redirects refused."""

import asyncio
import hmac
from dataclasses import dataclass
from hashlib import sha256

import aiohttp
from aiohttp import hdrs

from graph.errors import DeliveryError
from graph.version import find_version
from ingest.network.addresses import Network, find_host, hide_password
from ingest.network.connecting import explain, make_socket_factory

SIGNATURE = "X-Claimgraph-Signature"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a POST may do: networks that may be called although they are not public, seconds for the whole of it."""

    allowed: tuple[Network, ...] = ()
    deadline: float = 15.0


def sign(body: bytes, secret: str) -> str:
    """What the header says: `sha256=` and the HMAC-SHA256 of the body with the secret, in hexadecimal digits."""
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


def post(url: str, body: bytes, secret: str, limits: Limits) -> None:
    """Sends JSON; any answer from 200 to 299 means that it was taken, and nothing but that is read of it.

    DeliveryError with a stable reason for every other answer, and when none comes in time.
    """
    try:
        asyncio.run(_post(url, body, secret, limits))
    except TimeoutError as error:
        raise _fail(url, "timeout", f"no answer within {limits.deadline:g} s") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise _fail(url, *explain(find_host(url), error)) from error


async def _post(url: str, body: bytes, secret: str, limits: Limits) -> None:
    headers = {
        hdrs.CONTENT_TYPE: "application/json",
        hdrs.USER_AGENT: f"claimgraph/{find_version()} (webhook)",
        SIGNATURE: sign(body, secret),
    }
    connector = aiohttp.TCPConnector(socket_factory=make_socket_factory(limits.allowed))
    async with (
        asyncio.timeout(limits.deadline),
        aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(total=None)
        ) as session,
        session.post(url, data=body, headers=headers, allow_redirects=False) as reply,
    ):
        status = reply.status
        reply.close()  # otherwise leaving the block would read the rest of an endless body
    if 300 <= status < 400:
        raise _fail(url, f"http_{status}", f"HTTP {status}: redirects are not followed; name the address it leads to")
    if not 200 <= status < 300:
        raise _fail(url, f"http_{status}", f"HTTP {status}")


def _fail(url: str, reason: str, what: str) -> DeliveryError:
    shown = hide_password(url)
    return DeliveryError(f"{shown}: {what}", subject=shown, reason=reason)
